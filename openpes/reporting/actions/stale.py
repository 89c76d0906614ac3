"""A vacancy of which nothing is heard freezes, and comes back with the next sign of life."""

from datetime import datetime

from django.utils.translation import gettext as _

from openpes.kernel import Actor, Refused, action
from openpes.kernel.clock import day_of
from openpes.reporting.queries import stale_days, stale_vacancies
from openpes.vacancies.actions import hold_vacancy, lift_hold
from openpes.vacancies.choices import HoldGround
from openpes.vacancies.models import Hold


@action
def hold_stale(*, by: Actor, at: datetime) -> int:
    """Hold every open vacancy of which nothing was heard for `vacancy_stale_days`; how many were held.

    One that somebody confirms or ends in the same moment is left alone: the act on it decides.
    """
    on, held = day_of(at), 0
    words = _("Nobody has said for %(days)s days that this vacancy is still open.") % {"days": stale_days(on)}
    found = list(stale_vacancies(scope=by.scope, on=on).values_list("pk", flat=True))
    for pk in found:
        if stale_vacancies(scope=by.scope, on=on).filter(pk=pk).select_for_update().first() is None:
            continue
        try:
            hold_vacancy(vacancy=pk, ground=HoldGround.STALE, words=words, by=by, at=at)
            held += 1
        except Refused:
            continue
    return held


@action
def come_back(*, vacancy: int, by: Actor, at: datetime) -> int:
    """End the hold of a vacancy that had no sign of life, now that there is one; how many holds were open."""
    holds = Hold.objects.visible_to(by.scope).open().filter(vacancy_id=vacancy, ground=HoldGround.STALE)
    lifted = 0
    for hold in list(holds.order_by("pk")):
        lift_hold(hold=hold.pk, words=_("The employer says that it is still open."), by=by, at=at)
        lifted += 1
    return lifted
