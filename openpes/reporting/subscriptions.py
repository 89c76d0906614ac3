"""What reporting hears: a sign of life ends a hold, a vacancy list is a report, an employer moves with its rows."""

from django.utils.translation import gettext_lazy as _

from openpes.employers.events import EmployerChanged
from openpes.intake.events import BatchAccepted
from openpes.intake.models import BatchRow
from openpes.kernel import Actor, listen
from openpes.kernel.action import actor_of
from openpes.kernel.pages import OfferedPage, offer_page
from openpes.reporting.actions import come_back, move_with_employer, note_list
from openpes.reporting.models import Visit
from openpes.reporting.permissions import VIEW_REPORTING
from openpes.vacancies.events import VacancyConfirmed
from openpes.vacancies.models import Vacancy

LIST_KIND = "vacancy_list"


@listen(VacancyConfirmed)
def bring_back(event: VacancyConfirmed) -> None:
    """Lift the hold of a vacancy without a sign of life, in the transaction of the sign."""
    come_back(vacancy=event.vacancy, by=actor_of(event.by, scope=event.area), at=event.at)


@listen(BatchAccepted)
def count_the_list(event: BatchAccepted) -> None:
    """Count an accepted vacancy list as the report of the employers on it, by the way of a list."""
    if event.kind != LIST_KIND:
        return
    label = Vacancy._meta.label_lower
    rows = BatchRow.objects.filter(batch_id=event.batch).exclude(became=[]).order_by("pk")
    vacancies = [pk for became in rows.values_list("became", flat=True) for kind, pk in became if kind == label]
    if vacancies:
        note_list(vacancies=vacancies, by=actor_of(event.by, scope=event.area), at=event.at)


@listen(EmployerChanged)
def move_along(event: EmployerChanged) -> None:
    """What is kept of an employer goes with it when it moves to another area."""
    if "area" in event.changed:
        move_with_employer(employer=event.employer, by=actor_of(event.by, scope=event.area), at=event.at)


def _visits(actor: Actor, pk: int) -> int:
    return Visit.objects.visible_to(actor.scope).filter(employer_id=pk, made_on__isnull=False).count()


offer_page(
    "employer",
    OfferedPage(_("Reports and visits"), "reporting:of_employer", VIEW_REPORTING.code, _visits),
)
