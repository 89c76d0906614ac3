"""What a person's file may say: identifiers, names, codes; and when a number is shown in full."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from functools import partial
from typing import TypeVar

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from openpes.audit.choices import Purpose
from openpes.engine.areas import contains, nearness
from openpes.engine.identifiers import (
    IdentifierError,
    ResidentId,
    mask_id,
    mask_phone,
    parse_name,
    parse_phone,
    parse_resident_id,
)
from openpes.kernel.refusal import Reason, Refused
from openpes.people.rules.homes import why_not_in_area

T = TypeVar("T")
TAIL = 4
PRIVACY_CLAUSE = gettext_lazy("Personal Information Protection Law, art. 6")


@dataclass(frozen=True)
class Reading:
    """The identifiers of a person as they were understood."""

    identity: ResidentId
    name: str
    phone: str


def read_person(*, id_number: str, name: str, phone: str, area: str, scope: str, on: date) -> Reading:
    """Understand what was typed about a person.

    :raises Refused: with a reason for each field that cannot be understood
    """
    faults: list[Reason] = why_not_in_area(area, scope)
    identity = _read("id_number", lambda: parse_resident_id(id_number, on), faults)
    good_name = _read("name", lambda: parse_name(name), faults)
    good_phone = _read("phone", partial(parse_phone, phone), faults) if phone.strip() else ""
    if faults or identity is None or good_name is None or good_phone is None:
        raise Refused(*faults)
    return Reading(identity, good_name, good_phone)


def read_name(name: str) -> str:
    """A name as it is stored.

    :raises Refused: when it cannot be one
    """
    return read_alone("name", lambda: parse_name(name))


def read_phone(phone: str) -> str:
    """A telephone number as it is stored, empty for none.

    :raises Refused: when it cannot be one
    """
    return read_alone("phone", lambda: parse_phone(phone)) if phone.strip() else ""


def read_alone(field: str, parse: Callable[[], T]) -> T:
    """What one field says.

    :raises Refused: when it cannot be understood
    """
    faults: list[Reason] = []
    found = _read(field, parse, faults)
    if found is None:
        raise Refused(*faults)
    return found


def _read(field: str, parse: Callable[[], T], faults: list[Reason]) -> T | None:
    try:
        return parse()
    except IdentifierError as error:
        faults.append(Reason(error.message.translated(_), field=field))
        return None


def known_already(area: str, scope: str) -> Reason:
    """The refusal of an identity number that the city knows: of an own person, or without a word about another's."""
    if contains(scope, area):
        return Reason(
            _("A person with this identity number is already registered in your area."),
            field="id_number",
            next_step=_("Find the file by the identity number and go on there."),
        )
    return Reason(
        _("A person with this identity number is already registered at another office of the city."),
        field="id_number",
        next_step=_("Ask %(office)s to hand the file over to you.") % {"office": asked_office(area, scope)},
    )


def asked_office(area: str, scope: str) -> str:
    """Which office to ask about a file of another area: the nearest above that holds both, without naming the area."""
    nearest = {3: _("the office of your town or street"), 2: _("the office of your county or district")}
    return nearest.get(nearness(scope, area), _("the city office"))


def known_formerly(area: str, scope: str) -> Reason:
    """The refusal of a number that a registered person had before: it is the same person, and has a file."""
    if not contains(scope, area):
        return known_already(area, scope)
    return Reason(
        _("This identity number was corrected since; the person is registered in your area under the new one."),
        field="id_number",
        next_step=_("Find the file by this number and go on there; ask the person for the present card."),
    )


def why_not_version(*, stored: int, read: int) -> list[Reason]:
    """Why a change that was made on an older reading of the file is not saved."""
    if stored == read:
        return []
    return [
        Reason(
            _("Somebody else changed this file while you had it open; nothing of yours was saved."),
            next_step=_("Load the page again, compare, and enter your change anew."),
        )
    ]


def why_not_coded(codes: Iterable[tuple[str, str]], *, known: Callable[[str, str], bool]) -> list[Reason]:
    """Which facts carry a code that their national list does not have."""
    return [
        Reason(
            _("“%(code)s” is not a code of this list.") % {"code": code},
            field=field,
            next_step=_("Choose one of the list, or leave it empty."),
        )
        for field, code in codes
        if code and not known(field, code)
    ]


def why_not_reveal(*, purpose: str, case: str) -> list[Reason]:
    """Why a sealed identifier is not shown in full."""
    reasons = []
    if purpose not in Purpose.values:
        reasons.append(Reason(_("Say what the number is needed for."), clause=PRIVACY_CLAUSE, field="purpose"))
    if not case.strip():
        reasons.append(
            Reason(
                _("Give the number of the case for which the number is needed."),
                clause=PRIVACY_CLAUSE,
                field="case",
                next_step=_("It stands on the receipt, the letter or the inquiry."),
            )
        )
    return reasons


def id_mask(number: str) -> str:
    """What is shown of an identity number."""
    return mask_id(number)


def phone_mask(number: str) -> str:
    """What is shown of a telephone number."""
    return mask_phone(number) if number else ""
