"""What vacancies hear from below: an employer's new name reaches its public rows."""

from openpes.employers.events import EmployerChanged
from openpes.kernel import listen
from openpes.kernel.clock import day_of
from openpes.vacancies.actions import renew_publications_of

SHOWN = frozenset({"name", "industry"})


@listen(EmployerChanged)
def renew_public_rows(event: EmployerChanged) -> None:
    """Renew what the public reads of the employer, in the transaction of the change."""
    if SHOWN.intersection(event.changed):
        renew_publications_of(employer=event.employer, on=day_of(event.at))
