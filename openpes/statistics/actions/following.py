"""Subscriptions: begun and ended by their holder, and brought once a month by the worker."""

import hashlib
from dataclasses import dataclass
from datetime import datetime

from django.conf import settings
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import override

from openpes.engine.calendars import Period
from openpes.kernel import Actor, Reason, Refused, action, publish, refuse_if, within
from openpes.kernel.clock import day_of
from openpes.kernel.scope import CITY
from openpes.messages.actions import send_message
from openpes.messages.choices import Channel
from openpes.messages.queries import words_for
from openpes.network.queries import area_heading
from openpes.statistics.choices import Content, EndedWhy
from openpes.statistics.events import SubscriptionBegun, SubscriptionChanged, SubscriptionEnded, SubscriptionIssued
from openpes.statistics.models import Subscription, SubscriptionIssue
from openpes.statistics.queries.following import address_of, why_over
from openpes.statistics.queries.monthly import pages_of
from openpes.statistics.queries.named import month_words
from openpes.statistics.rules import following as rules

LANGUAGES = frozenset(code for code, _name in settings.LANGUAGES)
PURPOSE = "figures_report"


@dataclass(frozen=True, kw_only=True)
class SubscriptionFacts:
    """What somebody wants every month: of which area, in which language, on which day of the month."""

    area: str
    content: str
    language: str
    day: int


@action
def subscribe(*, facts: SubscriptionFacts, by: Actor, at: datetime) -> Subscription:
    """Bring the board or the report of an area to an account every month, first on the next such day.

    :raises Refused: the area is not its own, what is wanted is none, or it is subscribed to already
    """
    on = day_of(at)
    over = why_over(account=by.id, area=facts.area, on=on)
    refuse_if(
        rules.why_not_subscribe(
            content=facts.content, language=facts.language, languages=LANGUAGES, day=facts.day, over=over,
            on_behalf=bool(by.behalf),
        )
    )  # fmt: skip
    row = Subscription(
        area=facts.area, account=by.id, content=facts.content, language=facts.language, day=facts.day,
        begun_at=at, next_on=rules.next_day(facts.day, on),
    )  # fmt: skip
    try:
        with transaction.atomic():
            row.save()
    except IntegrityError as error:
        if "subscribed_once" not in str(error):
            raise
        raise Refused(
            _("You get this every month already."), next_step=_("Change the day by ending that subscription first.")
        ) from None
    publish(
        SubscriptionBegun(
            subscription=row.pk, area=row.area, content=row.content, day=row.day, by=by.id, at=at
        )
    )  # fmt: skip
    return row


@action
def change_subscription(*, subscription: int, change: str, by: Actor, at: datetime) -> Subscription:
    """Pause a subscription, let it go on, or end it; done twice, nothing more happens. Only its holder does.

    The months of a pause are not brought afterwards.

    :raises Subscription.DoesNotExist: there is none inside one's area
    :raises Refused: it is somebody else's, it has ended, or the change is none
    """
    row = Subscription.objects.visible_to(by.scope).select_for_update().get(pk=subscription)
    if row.account != by.id:
        raise Refused(Reason(_("Only who gets it changes a subscription.")))
    if change not in ("pause", "resume", "end"):
        raise Refused(Reason(_("A subscription is paused, goes on or ends."), field="change"))
    if row.ended_at is not None:
        if change == "end":
            return row
        raise Refused(Reason(_("This subscription has ended."), next_step=_("Begin a new one.")))
    if change == "end":
        _end(row, EndedWhy.HOLDER, by, at)
    elif (row.paused_at is None) == (change == "pause"):
        row.paused_at = at if change == "pause" else None
        row.next_on = max(row.next_on, rules.next_day(row.day, day_of(at)))
        row.save(update_fields=["paused_at", "next_on"])
        publish(SubscriptionChanged(subscription=row.pk, area=row.area, changed=change, by=by.id, at=at))
    return row


@action
def bring(*, subscription: int, by: Actor, at: datetime) -> SubscriptionIssue | None:
    """Make the PDF of a subscription that is due, keep it, and write the mail that tells of it: all of it or nothing.

    The subscription is locked and asked again whether it is due: of two workers one brings it. Whose holder no longer
    sees the reports of the area gets nothing, and the subscription ends. Nothing (None) when nothing was brought.
    """
    with within(CITY):
        due = Subscription.objects.select_for_update().open().filter(
            pk=subscription, paused_at=None, next_on__lte=day_of(at)
        )  # fmt: skip
        row = due.first()
        if row is None:
            return None
        over = why_over(account=row.account, area=row.area, on=day_of(at))
        if over:
            _end(row, EndedWhy(over), by, at)
            return None
        return _brought(row, by, at)


def _brought(row: Subscription, by: Actor, at: datetime) -> SubscriptionIssue:
    period = rules.month_before(row.next_on)
    with override(row.language), within(row.area):  # nothing outside the area is on the paper
        pages = pages_of(content=row.content, area=row.area, period=period, on=day_of(at), at=at)
    seal = hashlib.sha256(pages).hexdigest()
    made = SubscriptionIssue.objects.create(
        area=row.area, subscription=row, from_on=period.from_on, until_on=period.until_on, pages=pages, digest=seal,
        message=_told(row, period, by, at), made_at=at,
    )  # fmt: skip
    row.next_on = rules.a_month_later(row.next_on)
    row.save(update_fields=["next_on"])
    publish(
        SubscriptionIssued(
            subscription=row.pk, area=row.area, from_on=period.from_on, seal=seal, by=by.id, at=at
        )
    )  # fmt: skip
    return made


def _told(row: Subscription, period: Period, by: Actor, at: datetime) -> int | None:
    """Write the mail to the address that the holder agreed to; it carries no figure, and its link asks to sign in."""
    known = address_of(account=row.account)
    if known is None:
        return None
    with override(row.language):
        link = settings.MESSAGES["site"] + reverse("statistics:subscription", args=[row.pk])
        told = {"area": area_heading(row.area), "what": str(Content(row.content).label)}
        text = words_for(PURPOSE, row.language, **told, month=month_words(period.from_on), link=link)
    written = send_message(
        channel=Channel.MAIL, to=known.to().reveal(), text=text, purpose=PURPOSE, area=row.area, by=by, at=at,
        language=row.language,
    )  # fmt: skip
    return written.pk


@action
def end_subscriptions_of(*, account: int, by: Actor, at: datetime) -> int:
    """End the subscriptions of an account in areas whose reports its own roles no longer see; gives how many."""
    with within(CITY):
        rows = list(Subscription.objects.select_for_update().open().of(account).order_by("pk"))
        over = [(row, why_over(account=account, area=row.area, on=day_of(at))) for row in rows]
        for row, why in over:
            if why:
                _end(row, EndedWhy(why), by, at)
    return sum(bool(why) for _row, why in over)


def _end(row: Subscription, why: EndedWhy, by: Actor, at: datetime) -> None:
    row.ended_at, row.ended_why = at, why
    row.save(update_fields=["ended_at", "ended_why"])
    publish(SubscriptionEnded(subscription=row.pk, area=row.area, reason=str(why), by=by.id, at=at))
