"""Posting staff to service points."""

from datetime import date, datetime

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from openpes.access.models import Account
from openpes.kernel import Actor, Refused, action, clock, publish, refuse_if
from openpes.network import queries, rules
from openpes.network.events import StaffPosted
from openpes.network.models import Posting, ServicePoint


@action
def post_staff(*, account: int, point: int, window: str = "", by: Actor, at: datetime) -> Posting:
    """Let a member of staff work at a point from today on; where they worked before ends today.

    :raises Refused: the point is not open today, or they work there already
    :raises ServicePoint.DoesNotExist: the point is outside one's area
    """
    today = clock.day_of(at)
    Account.objects.select_for_update().get(pk=account)
    place = ServicePoint.objects.visible_to(by.scope).get(pk=point)
    before = queries.posting_of(account, today)
    already_here = before is not None and (before.point_id, before.window) == (place.pk, window)
    refuse_if(
        rules.why_not_post(
            on=today, opened_on=place.opened_on, closed_on=place.closed_on, already_here=already_here
        )
    )
    if before is not None:
        _end_posting(before, today)
    posting = _begin_posting(account, place, window, today)
    publish(
        StaffPosted(account=account, point=place.pk, window=window, area=place.area, by=by.id, at=at)
    )
    return posting


def _end_posting(posting: Posting, today: date) -> None:
    if posting.from_on == today:  # moved twice on one day: the first was a mistake and leaves no period
        posting.delete()
        return
    posting.until_on = today
    posting.save(update_fields=["until_on"])


def _begin_posting(account: int, place: ServicePoint, window: str, today: date) -> Posting:
    try:
        with transaction.atomic():
            return Posting.objects.create(
                area=place.area, account_id=account, point=place, window=window, from_on=today
            )
    except IntegrityError as elsewhere:
        raise Refused(
            _("This account is posted to a point outside your area."),
            field="account",
            next_step=_("Ask the office of that area to let them go, or the city."),
        ) from elsewhere
