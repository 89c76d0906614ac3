"""What a person's file may say: identifiers, names, areas, dates of homes and households."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from functools import lru_cache, partial
from typing import TypeVar

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from pypinyin import Style, lazy_pinyin

from openpes.engine.areas import areas, contains, nearness
from openpes.engine.identifiers import (
    IdentifierError,
    ResidentId,
    mask_id,
    mask_phone,
    parse_name,
    parse_phone,
    parse_resident_id,
)
from openpes.kernel.days import spoken_day
from openpes.kernel.refusal import Reason, Refused
from openpes.people.choices import Purpose

T = TypeVar("T")
TAIL = 4
LONGEST_INITIALS = 40
PRIVACY_CLAUSE = gettext_lazy("Personal Information Protection Law, art. 6")

# Surnames that are read otherwise than the same character in words; 覃 is Qin in Guangxi.
SURNAME_INITIALS = {
    "覃": "q", "单": "s", "曾": "z", "仇": "q", "区": "o", "解": "x", "查": "z", "盖": "g", "乐": "y", "朴": "p",
    "缪": "m", "冼": "x", "万俟": "mq", "尉迟": "yc", "长孙": "zs", "种": "c", "重": "c", "秘": "b", "召": "s",
    "黑": "h", "繁": "p", "员": "y", "折": "s", "那": "n", "隗": "w", "翟": "z", "宓": "f", "呙": "g", "洗": "x",
}  # fmt: skip


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
    return _read_alone("name", lambda: parse_name(name))


def read_phone(phone: str) -> str:
    """A telephone number as it is stored, empty for none.

    :raises Refused: when it cannot be one
    """
    return _read_alone("phone", lambda: parse_phone(phone)) if phone.strip() else ""


def _read_alone(field: str, parse: Callable[[], T]) -> T:
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


def why_not_in_area(area: str, scope: str) -> list[Reason]:
    """Why a person may not be registered in an area by somebody of `scope`."""
    if area not in areas():
        return [
            Reason(
                _("There is no area “%(area)s” in this city.") % {"area": area},
                field="area",
                next_step=_("Choose the community or village where the person lives."),
            )
        ]
    if not contains(scope, area):
        return [
            Reason(
                _("This area does not belong to your office."),
                field="area",
                next_step=_("Choose an area of your office, or send the person to the office where they live."),
            )
        ]
    return []


def known_already(area: str, scope: str) -> Reason:
    """The refusal of an identity number that the city knows: of an own person, or without a word about another's."""
    if contains(scope, area):
        return Reason(
            _("A person with this identity number is already registered in your area."),
            field="id_number",
            next_step=_("Find the file by the identity number and go on there."),
        )
    office = {
        3: _("the office of your town or street"),
        2: _("the office of your county or district"),
    }.get(nearness(scope, area), _("the city office"))
    return Reason(
        _("A person with this identity number is already registered at another office of the city."),
        field="id_number",
        next_step=_("Ask %(office)s to hand the file over to you.") % {"office": office},
    )


def why_not_move(*, area: str, on: date, today: date, lives_there_from_on: date | None) -> list[Reason]:
    """Why a person cannot be recorded as having moved to an area on a day."""
    reasons = [] if area in areas() else why_not_in_area(area, area)
    if on > today:
        reasons.append(
            Reason(
                _("The day of the move, %(on)s, lies in the future.") % {"on": spoken_day(on)},
                field="on",
                next_step=_("Record the move when it has taken place."),
            )
        )
    if lives_there_from_on and on < lives_there_from_on:
        reasons.append(
            Reason(
                _("The person has lived at the present address since %(from_on)s, so the move cannot be on %(on)s.")
                % {"from_on": spoken_day(lives_there_from_on), "on": spoken_day(on)},
                field="on",
                next_step=_("Enter the day on which the person left the present address."),
            )
        )
    return reasons


def why_not_join(*, from_on: date, today: date, is_member_since_on: date | None, own: bool) -> list[Reason]:
    """Why a person cannot become a member of a household; `own` says that it is already this household's."""
    if is_member_since_on:
        text = (
            _("The person is already a member of this household since %(since)s.")
            if own
            else _("The person is a member of another household since %(since)s.")
        )
        return [
            Reason(
                text % {"since": spoken_day(is_member_since_on)},
                field="person",
                next_step=_("A person belongs to one household at a time: end that membership first."),
            )
        ]
    if from_on > today:
        return [Reason(_("The first day in the household lies in the future."), field="from_on")]
    return []


def why_not_leave(*, on: date, today: date, member_since_on: date | None) -> list[Reason]:
    """Why a membership of a household cannot end on a day."""
    if member_since_on is None:
        return [Reason(_("The person does not belong to a household."), field="person")]
    if on > today:
        return [Reason(_("The day of leaving lies in the future."), field="on")]
    if on < member_since_on:
        return [
            Reason(
                _("The person joined the household on %(since)s and cannot have left it before.")
                % {"since": spoken_day(member_since_on)},
                field="on",
            )
        ]
    return []


def why_not_head(*, is_member: bool) -> list[Reason]:
    """Why a person cannot be the head of a household."""
    if is_member:
        return []
    return [
        Reason(
            _("Only a member of the household can be its head."),
            field="person",
            next_step=_("Add the person to the household first."),
        )
    ]


def booklet_known(booklet_no: str) -> Reason:
    """The refusal of a second household with the same booklet in one area."""
    return Reason(
        _("A household with the booklet number %(number)s is already registered here.") % {"number": booklet_no},
        field="booklet_no",
        next_step=_("Add the person to that household instead."),
    )


def member_elsewhere() -> Reason:
    """The refusal of a second household at a time, without a word about the other one."""
    return Reason(
        _("The person already belongs to a household in this period."),
        field="person",
        next_step=_("A person belongs to one household at a time: end that membership first."),
    )


def household_not_formed() -> Reason:
    """The refusal of a member whose household nobody has formed yet."""
    return Reason(_("This household is not formed yet."), field="booklet_no")


def another_head() -> Reason:
    """The refusal of a second head under one booklet."""
    return Reason(
        _("The household with this booklet has another head."),
        field="booklet_no",
        next_step=_("Compare the booklet number; if the head changed, name the new one on the household's page."),
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


def why_not_live_since(from_on: date | None, born_on: date, today: date) -> list[Reason]:
    """Why a person cannot have lived at the address since a day."""
    if from_on is None or born_on <= from_on <= today:
        return []
    text = (
        _("The first day at this address lies in the future.")
        if from_on > today
        else _("The first day at this address lies before the birth of the person, %(born_on)s.")
        % {"born_on": spoken_day(born_on)}
    )
    return [Reason(text, field="resides_from_on")]


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


def initials_of(name: str) -> str:
    """The pinyin initials by which a name is found, lower case; characters without a reading are left out."""
    surname = next((name[:n] for n in (2, 1) if name[:n] in SURNAME_INITIALS), "")
    return (SURNAME_INITIALS.get(surname, "") + _read_aloud(name[len(surname) :])).lower()[:LONGEST_INITIALS]


@lru_cache(maxsize=16_384)  # given names repeat, and finding their readings takes longer than sealing a number
def _read_aloud(words: str) -> str:
    return "".join(lazy_pinyin(words, style=Style.FIRST_LETTER, errors=_plain_letters))


def _plain_letters(characters: str) -> str:
    return "".join(word[0] for word in characters.split() if word[0].isascii() and word[0].isalpha())


def id_mask(number: str) -> str:
    """What is shown of an identity number."""
    return mask_id(number)


def phone_mask(number: str) -> str:
    """What is shown of a telephone number."""
    return mask_phone(number) if number else ""
