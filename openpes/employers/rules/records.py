"""What must be stated of the papers and contacts of an employer, and which enterprises are how large."""

from collections.abc import Collection, Mapping
from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from openpes.employers.choices import SizeClass
from openpes.engine.identifiers import IdentifierError, parse_phone
from openpes.kernel.refusal import Reason

CONSENT_CLAUSE = lazy("Personal Information Protection Law, art. 13 and 15")
OTHER_INDUSTRY = "other"


def why_not_a_document(*, number: str, issued_by: str, valid_until_on: date | None, on: date) -> list[Reason]:
    """Everything that is wrong with a paper that somebody says to have seen."""
    found = []
    if not number:
        found.append(Reason(_("The number of the document is missing."), field="number"))
    if not issued_by:
        found.append(Reason(_("Say which authority issued the document."), field="issued_by"))
    if valid_until_on and valid_until_on < on:
        text = _("This document has run out.")
        found.append(Reason(text, field="valid_until_on", next_step=_("Ask for the one that followed it.")))
    return found


def why_not_a_contact(*, name: str, phone: str, purposes: Collection[str], given_on: date, on: date) -> list[Reason]:
    """Everything that is wrong with a contact; without a purpose that was agreed to nobody may be called."""
    found = []
    if not name:
        found.append(Reason(_("The contact has no name."), field="name"))
    try:
        parse_phone(phone)
    except IdentifierError as error:
        found.append(Reason(error.message.translated(_), field="phone"))
    if not purposes:
        text = _("Say what the person agreed to be contacted for.")
        found.append(Reason(text, clause=CONSENT_CLAUSE, field="purposes", next_step=_("Without consent, visit.")))
    if given_on > on:
        found.append(Reason(_("A consent of a later day is not given yet."), field="given_on"))
    return found


def size_class(*, industry: str, staff: int | None, least: Mapping[str, Mapping[str, int]]) -> SizeClass | None:
    """The size class of an enterprise by its staff alone; `least` gives by class and industry from how many on.

    The industry is looked for by its longest known beginning; nothing when the staff is not known.

    Source: 统计上大中小微型企业划分办法（2017）, whose other measures (turnover, assets) the service does not know.
    """
    if staff is None:
        return None
    for one in (SizeClass.LARGE, SizeClass.MEDIUM, SizeClass.SMALL):
        known = least[one]
        beginnings = (industry[:length] for length in range(len(industry), 0, -1))
        bound = next((known[start] for start in beginnings if start in known), known[OTHER_INDUSTRY])
        if staff >= bound:
            return one
    return SizeClass.MICRO
