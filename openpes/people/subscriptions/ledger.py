"""The rural ledger as a kind of table: how its rows are compared, accepted and taken back."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, gettext_noop

from openpes.engine.areas import contains
from openpes.intake.actions import offer
from openpes.intake.choices import Accepted, Grouping, Incoming, Reference, Remark, Values
from openpes.kernel import Actor, Refused, within
from openpes.kernel.rows import any_of
from openpes.kernel.scope import CITY
from openpes.kernel.sensitive import blind_index
from openpes.people import rules
from openpes.people.actions import (
    HouseholdFacts,
    LedgerFacts,
    LedgerRow,
    PersonFacts,
    enter_ledger,
    withdraw_ledger_rows,
)
from openpes.people.choices import Relation
from openpes.people.models import Household, Person
from openpes.people.permissions import REGISTER_PERSONS
from openpes.people.subscriptions.ledger_sheet import HUKOU, YES, ledger_sheet

RECOGNISED = gettext_noop("This person is registered already; the file stays as it is.")
DIFFERS = gettext_noop("The file says something else here. It was not changed; compare, and change the file by hand.")
OTHER_VILLAGE = gettext_noop("The file of this person is kept in another village of your area.")
COMPARED = ("name", "education", "hukou")


def _key(values: Values) -> str:
    return f"{values['area']}|{values['booklet_no']}" if values["area"] and values["booklet_no"] else ""


def _leads(values: Values) -> bool:
    return bool(values["relation"] == Relation.HEAD)


def _known_households(keys: Iterable[str], *, area: str) -> set[str]:
    """Which of these households are formed already, so that members may join them without a row of the head."""
    numbers = {key.partition("|")[2] for key in keys}
    rows = Household.objects.visible_to(area).filter(booklet_no__in=numbers).order_by("id")
    return {f"{place}|{number}" for place, number in rows.values_list("area", "booklet_no")}


def _label(values: Values) -> str:
    booklet = _("household %(booklet)s") % {"booklet": values["booklet_no"]} if values["booklet_no"] else ""
    return " · ".join(filter(None, [values["name"] or "", booklet]))


def check_rows(
    rows: Sequence[Incoming], *, area: str, by: Actor, at: datetime
) -> Iterable[tuple[int, Remark]]:
    """Tell who is registered already: at another office (an error that says nothing of the person), or here."""
    numbers = {row.row_no: _index(row.values) for row in rows if row.values["id_number"]}
    known = _known_persons(set(numbers.values()))
    for row in rows:
        person = known.get(numbers.get(row.row_no, b""))
        if person is None:
            continue
        if not contains(area, person["area"]):
            reason = rules.known_already(person["area"], area)
            yield row.row_no, Remark("id_number", f"{reason.text} {reason.next_step}")
        else:
            yield from ((row.row_no, note) for note in _notes(row.values, person))


def accept_rows(
    rows: Sequence[Incoming], *, area: str, by: Actor, at: datetime
) -> list[Accepted | Refused]:
    """Register or recognise the person of each row, form or join the household, record what the ledger says."""
    outcomes = enter_ledger(rows=[_ledger_row(row.values) for row in rows], by=by, at=at)
    return [outcome if isinstance(outcome, Refused) else Accepted(outcome) for outcome in outcomes]


def undo_rows(rows: Sequence[Sequence[Reference]], *, by: Actor, at: datetime) -> None:
    """Take back what rows became, all or none of them.

    :raises Refused: something else depends on one of them by now
    """
    withdraw_ledger_rows(rows=rows, by=by, at=at)


def _ledger_row(values: Values) -> LedgerRow:
    return LedgerRow(
        person=PersonFacts(
            id_number=values["id_number"],
            name=values["name"],
            area=values["area"],
            phone=values["phone"] or "",
            education=values["education"] or "",
            hukou=_hukou(values),
        ),
        household=HouseholdFacts(
            area=values["area"],
            booklet_no=values["booklet_no"],
            kind=values["hardship"] or "",
            farmland_mu=values["farmland_mu"],
            land_taken=values["land_taken"] == YES,
        ),
        relation=values["relation"],
        told=_ledger_facts(values),
    )


def _ledger_facts(values: Values) -> LedgerFacts:
    texts = ("status", "industry", "work_area", "work_way", "training_wish", "intention", "hardship")
    return LedgerFacts(
        **{name: values[name] or "" for name in texts},
        income_fen=values["income_fen"],
        farmland_mu=values["farmland_mu"],
        land_taken=None if values["land_taken"] is None else values["land_taken"] == YES,
    )


def _known_persons(indexes: set[bytes]) -> dict[bytes, dict[str, Any]]:
    with within(CITY):  # an identity number is unique in the city, so its holder may stand outside the clerk's area
        rows = Person.objects.filter(any_of(Person, "id_number_index", list(indexes))).order_by("id")
        found = rows.values("area", "id_number_index", "phone_index", *COMPARED)
        return {bytes(row["id_number_index"]): row for row in found}


def _notes(values: Values, person: Mapping[str, Any]) -> Iterable[Remark]:
    yield Remark("id_number", RECOGNISED, is_note=True)
    told = {"name": values["name"], "education": values["education"], "hukou": _hukou(values)}
    for column in COMPARED:
        if told[column] and told[column] != person[column]:
            yield Remark(column, DIFFERS, is_note=True)
    phone = values["phone"]
    if phone and blind_index(phone, context="person.phone") != bytes(person["phone_index"] or b""):
        yield Remark("phone", DIFFERS, is_note=True)
    if values["area"] and values["area"] != person["area"]:
        yield Remark("area", OTHER_VILLAGE, is_note=True)


def _hukou(values: Values) -> str:
    return HUKOU.get(values["hukou"] or "", "")


def _index(values: Values) -> bytes:
    return blind_index(values["id_number"], context="person.id_number")


RURAL_LEDGER = offer(
    kind="rural_ledger",
    title=gettext_lazy("Rural household and member ledger"),
    sheet=ledger_sheet,
    permission=REGISTER_PERSONS,
    accept_rows=accept_rows,
    undo_rows=undo_rows,
    label=_label,
    check_rows=check_rows,
    side_by_side=True,
    grouping=Grouping(
        key=_key,
        leads=_leads,
        known=_known_households,
        column="head",
        held=gettext_noop("The row of this household's head, row %(row)s, has an error. Mend it; the household waits."),
        second=gettext_noop("Row %(row)s is already the head of this household. A household has one head."),
        leaderless=gettext_noop("No row of this file is the head of this household, and it is not formed yet."),
    ),
)
