"""Posting staff to service points from a day on, and letting them go."""

from datetime import date, datetime

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from openpes.access.models import Account
from openpes.kernel import Actor, Refused, action, clock, publish, refuse_if, within
from openpes.kernel.scope import CITY
from openpes.network import queries, rules
from openpes.network.events import PostingEnded, StaffPosted
from openpes.network.models import Posting, ServicePoint


@action
def post_staff(
    *, account: int, point: int, window: str = "", from_on: date | None = None, by: Actor, at: datetime
) -> Posting:
    """Let a member of staff work at a point from a day on, today when none is named; the posting before ends with it.

    :raises Refused: the day is over, the point is not open on it, they work there already, or a later posting is
        planned
    :raises ServicePoint.DoesNotExist: the point is outside one's area
    """
    today = clock.day_of(at)
    first_on = from_on or today
    Account.objects.select_for_update().get(pk=account)
    place = ServicePoint.objects.visible_to(by.scope).get(pk=point)
    before = queries.posting_of(account, first_on)
    later = Posting.objects.filter(account=account, from_on__gt=first_on).order_by("from_on").first()
    refuse_if(
        rules.why_not_post(
            rules.WantedPosting(
                on=first_on, today=today, opened_on=place.opened_on, closed_on=place.closed_on,
                already_here=before is not None and (before.point_id, before.window) == (place.pk, window),
                planned_on=later.from_on if later else None,
            )
        )
    )  # fmt: skip
    if before is not None:
        _end(before, first_on)
    posting = _begin_posting(account, place, window, first_on)
    publish(
        StaffPosted(
            account=account, point=place.pk, window=window, from_on=first_on, area=place.area, by=by.id, at=at
        )
    )  # fmt: skip
    return posting


@action
def end_posting(*, posting: int, on: date, by: Actor, at: datetime) -> Posting:
    """Let a member of staff go from a day on; a posting that would begin on it or later is called off.

    :raises Refused: it has ended, ends before that day already, or the day is over
    :raises Posting.DoesNotExist: it is outside one's area
    """
    today = clock.day_of(at)
    rows = Posting.objects.visible_to(by.scope)
    Account.objects.select_for_update().get(pk=rows.only("account_id").get(pk=posting).account_id)
    row = rows.select_for_update().get(pk=posting)
    refuse_if(rules.why_not_end_posting(on=on, today=today, until_on=row.until_on))
    _let_go(row, on, by, at)
    return row


@action
def end_postings_of(*, account: int, by: Actor, at: datetime) -> int:
    """Let somebody go today who no longer works for the service, wherever in the city; returns how many postings.

    The caller has made sure that the account is the actor's to close.
    """
    today = clock.day_of(at)
    with within(CITY):
        rows = Posting.objects.filter(account=account).not_ended_by(today).order_by("pk")
        found = list(rows.select_for_update())
        for row in found:
            _let_go(row, today, by, at)
    return len(found)


def _let_go(row: Posting, on: date, by: Actor, at: datetime) -> None:
    told = {"posting": row.pk, "account": row.account_id, "point": row.point_id, "area": row.area}
    _end(row, on)
    publish(PostingEnded(**told, until_on=on, by=by.id, at=at))


def _end(posting: Posting, on: date) -> None:
    if posting.from_on >= on:  # it never began, or was a mistake of the same day, and leaves no period
        posting.delete()
        return
    posting.until_on = on
    posting.save(update_fields=["until_on"])


def _begin_posting(account: int, place: ServicePoint, window: str, first_on: date) -> Posting:
    try:
        with transaction.atomic():
            return Posting.objects.create(
                area=place.area, account_id=account, point=place, window=window, from_on=first_on
            )
    except IntegrityError as elsewhere:
        raise Refused(
            _("This account is posted to a point outside your area."),
            field="account",
            next_step=_("Ask the office of that area to let them go, or the city."),
        ) from elsewhere
