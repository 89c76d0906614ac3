"""Signs of life of a vacancy."""

from datetime import datetime

from django.utils.translation import gettext as _

from openpes.kernel import Actor, Refused, action, publish
from openpes.kernel.clock import day_of
from openpes.vacancies.choices import SignWay, State
from openpes.vacancies.events import VacancyConfirmed
from openpes.vacancies.models import SignOfLife, Vacancy
from openpes.vacancies.queries import state_on


@action
def confirm_vacancy(*, vacancy: int, way: SignWay, by: Actor, at: datetime) -> SignOfLife:
    """Note that the employer still wants people for an open or held vacancy; whoever holds it decides what follows.

    :raises Vacancy.DoesNotExist: there is none of that id that the actor may see
    :raises Refused: it is a draft, or it has ended
    """
    row = Vacancy.objects.seen_by(by).select_for_update().get(pk=vacancy)
    on = day_of(at)
    state = state_on(row, on)
    if state not in (State.OPEN, State.HELD):
        raise Refused(
            _("Only an open vacancy can be confirmed; this one is: %(state)s.") % {"state": state.label},
            next_step=_("Copy it into a new one if it shall be offered again."),
        )
    row.last_sign_on = on
    row.save(update_fields=["last_sign_on"])
    sign = SignOfLife.objects.create(
        area=row.area,
        vacancy=row,
        employer_id=row.employer_id,
        way=SignWay(way),
        noted_on=on,
        noted_at=at,
        noted_by=by.id,
    )
    publish(
        VacancyConfirmed(
            vacancy=row.pk, area=row.area, employer=row.employer_id, way=sign.way, by=by.id, at=at
        )
    )
    return sign
