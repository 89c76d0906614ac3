"""The rural ledger as a kind of table: how its rows are compared, accepted and taken back."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, gettext_noop

from openpes.engine.areas import contains
from openpes.intake.actions import offer
from openpes.intake.choices import Accepted, Grouping, Incoming, Reference, Remark, Values
from openpes.kernel import Actor, Reason, Refused, clock, within
from openpes.kernel.scope import CITY
from openpes.kernel.sensitive import blind_index
from openpes.people import rules
from openpes.people.actions import (
    HouseholdFacts,
    LedgerFacts,
    PersonFacts,
    form_household,
    join_household,
    record_ledger,
    register_person,
    withdraw_ledger_row,
)
from openpes.people.choices import Relation
from openpes.people.models import Household, HouseholdMember, Person, Residence
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


def accept_row(values: Values, *, area: str, by: Actor, at: datetime) -> Accepted:
    """Register or recognise the person of a row, form or join the household, and record what the ledger says.

    :raises Refused: with reasons at the columns
    """
    became: list[Reference] = []
    person = _person(values, became, by, at)
    household = _household(values, person, became, by, at)
    entry = record_ledger(person=person.pk, household=household.pk, facts=_ledger_facts(values), by=by, at=at)
    if entry:
        became.append((entry._meta.label_lower, entry.pk))
    return Accepted(tuple(became))


def undo_row(became: Sequence[Reference], *, by: Actor, at: datetime) -> None:
    """Take back what a row became.

    :raises Refused: something else depends on it by now
    """
    withdraw_ledger_row(became=became, by=by, at=at)


def _person(values: Values, became: list[Reference], by: Actor, at: datetime) -> Person:
    known = Person.objects.visible_to(by.scope).filter(id_number_index=_index(values)).first()
    if known:
        return known
    facts = PersonFacts(
        id_number=values["id_number"],
        name=values["name"],
        area=values["area"],
        phone=values["phone"] or "",
        education=values["education"] or "",
        hukou=_hukou(values),
    )
    person = register_person(facts=facts, by=by, at=at)
    home = Residence.objects.get(person=person)
    became += [(person._meta.label_lower, person.pk), (home._meta.label_lower, home.pk)]
    return person


def _household(values: Values, person: Person, became: list[Reference], by: Actor, at: datetime) -> Household:
    household = (
        Household.objects.visible_to(by.scope)
        .with_booklet(values["booklet_no"])
        .filter(area=values["area"])
        .order_by("id")
        .first()
    )
    if household is None:
        return _formed(values, person, became, by, at)
    present = HouseholdMember.objects.filter(household=household, until_on=None).order_by("id")
    mine = present.filter(person=person).first()
    if _leads(values) and not (mine and mine.is_head):
        raise Refused(_another_head())
    if mine is None:
        row = join_household(
            household=household.pk,
            person=person.pk,
            relation=values["relation"],
            from_on=clock.day_of(at),
            by=by,
            at=at,
        )
        became.append((row._meta.label_lower, row.pk))
    return household


def _formed(values: Values, head: Person, became: list[Reference], by: Actor, at: datetime) -> Household:
    if not _leads(values):
        raise Refused(Reason(_("This household is not formed yet."), field="booklet_no"))
    facts = HouseholdFacts(
        area=values["area"],
        booklet_no=values["booklet_no"],
        kind=values["hardship"] or "",
        farmland_mu=values["farmland_mu"],
        land_taken=values["land_taken"] == YES,
    )
    household = form_household(facts=facts, head=head.pk, from_on=clock.day_of(at), by=by, at=at)
    row = HouseholdMember.objects.get(household=household, person=head, until_on=None)
    became += [(household._meta.label_lower, household.pk), (row._meta.label_lower, row.pk)]
    return household


def _another_head() -> Reason:
    return Reason(
        _("The household with this booklet has another head."),
        field="booklet_no",
        next_step=_("Compare the booklet number; if the head changed, name the new one on the household's page."),
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
        rows = Person.objects.filter(id_number_index__in=indexes).order_by("id")
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
    accept_row=accept_row,
    undo_row=undo_row,
    label=_label,
    check_rows=check_rows,
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
