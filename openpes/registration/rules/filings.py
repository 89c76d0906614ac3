"""What employers file and by when: a hire within 30 days, an end within 15 (dated); late ones are marked."""

from datetime import date, timedelta

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from openpes.engine.parameters import parameters
from openpes.kernel.refusal import Reason
from openpes.registration.choices import Filed

FILING_CLAUSE = gettext_lazy("Provisions on Employment Services and Employment Management, art. 62")
TIMES = {Filed.HIRE: "employer_hiring_filing_days", Filed.END: "employer_ending_filing_days"}


def filing_due_on(filed: Filed, happened_on: date) -> date:
    """The last day on which an employer files what happened on a day, by the law of that day (art. 62)."""
    return happened_on + timedelta(days=parameters().value(TIMES[filed], happened_on))


def days_late(due_on: date, filed_on: date) -> int:
    """How many days after its last day a filing came; 0 when it came in time."""
    return max((filed_on - due_on).days, 0)


def unknown_person() -> list[Reason]:
    """The one answer to an employer whose number and name mean nobody, or not the same person."""
    return [
        Reason(
            _("Nobody is registered in the city under this identity number and name."),
            clause=FILING_CLAUSE,
            field="id_number",
            next_step=_("Compare the identity card; who is not registered yet comes to any counter once."),
        )
    ]
