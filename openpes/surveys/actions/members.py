"""What is told about one member goes into the register: the file, the ledger, the household."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, fields, replace
from datetime import datetime
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _

from openpes.engine.identifiers import ResidentId, normalise_name, parse_resident_id
from openpes.kernel import Actor, Reason, Refused, clock, refuse_if
from openpes.kernel.sensitive import blind_index
from openpes.people.actions import (
    LedgerFacts,
    PersonChanges,
    PersonFacts,
    change_person,
    change_relation,
    join_household,
    leave_household,
    record_ledger,
    register_person,
)
from openpes.people.choices import Relation
from openpes.people.models import Household, HouseholdMember, LedgerEntry, Person, Residence
from openpes.surveys import rules
from openpes.surveys.choices import HUKOU
from openpes.surveys.models import MemberAnswer, SurveyAnswer
from openpes.surveys.models.answers import sealed
from openpes.surveys.queries import HouseholdSheet, KnownMember, ages_on

IN_FILE = ("name", "education", "hukou", "phone")
IN_LEDGER = ("status", "industry", "work_area", "work_way", "training_wish", "intention")
LEDGER_FACTS = tuple(one.name for one in fields(LedgerFacts))
YES = "yes"
Reference = list[Any]


@dataclass(frozen=True, kw_only=True)
class MemberTold:
    """What is told about a member: one who is known by `person`, or a new one by the identity number.

    `field` is what the form calls the member, so that a refusal finds its place.
    """

    told: Mapping[str, Any]
    person: int | None = None
    id_number: str = ""
    left: bool = False
    field: str = ""

    def is_asked_about_work(self, sheet: HouseholdSheet) -> bool:
        """Whether a member who is not known yet is asked about work: the identity number tells the age."""
        identity = self._identity(sheet)
        if identity is None:
            return False
        on = sheet.campaign.reference_on
        return rules.is_asked_about_work(born_on=identity.born_on, sex=identity.sex, on=on, ages=ages_on(on))

    def _identity(self, sheet: HouseholdSheet) -> ResidentId | None:
        try:
            return parse_resident_id(self.id_number, sheet.campaign.until_on)
        except ValueError:
            return None


@dataclass(frozen=True)
class Writing:
    """Where what was told at one visit is written: the answer it belongs to, the sheet, what the household told."""

    answer: SurveyAnswer
    sheet: HouseholdSheet
    household: Mapping[str, Any]
    by: Actor
    at: datetime

    def write(self, told: MemberTold) -> MemberAnswer:
        """Write what is told about a member into the register, and keep it as it was given.

        :raises Refused: with reasons at the fields of the member
        """
        known = next((one for one in self.sheet.members if one.person.pk == told.person), None)
        try:
            if told.person and known is None:
                raise Refused(_("This person is not a member of the household any more."))
            made = self._change(known, told) if known else self._add(told)
        except Refused as refused:
            raise Refused(*(self._at_field(reason, told) for reason in refused.reasons)) from refused
        return MemberAnswer.objects.create(
            area=self.answer.area, answer=self.answer, person_id=made.person, left=told.left,
            told_sealed=sealed({"told": dict(told.told), "before": made.before}), changed=made.changed,
            became=made.became,
        )  # fmt: skip

    def _change(self, known: KnownMember, told: MemberTold) -> "_Written":
        before = known.known | {"phone": _phone_of(known.person), "hukou_in_file": known.person.hukou}
        before["member"] = known.member.pk
        made = _Written(known.person.pk, before)
        if told.left:
            others = any(one is not known for one in self.sheet.members)
            refuse_if(rules.why_not_leave_household(is_head=known.is_head, others_stay=others))
            leave_household(person=known.person.pk, on=clock.day_of(self.at), by=self.by, at=self.at)
            made.changed.append("left")
            return made
        made.changed += rules.changed_keys(told.told, before)
        if "relation" in made.changed:
            home, relation, today = self.sheet.row.household_id, str(told.told["relation"]), clock.day_of(self.at)
            change_relation(
                household=home, person=known.person.pk, relation=relation, on=today, by=self.by, at=self.at
            )
        changes = _changes(told.told, made.changed)
        if changes:
            version = known.person.version
            person = change_person(
                person=known.person.pk, version=version, changes=changes, by=self.by, at=self.at
            )
            made.became.append(["version", person.version])
        self._tell_ledger(made, told, is_head=known.is_head, about_work=known.asked_about_work)
        return made

    def _add(self, told: MemberTold) -> "_Written":
        """A new member: registered, or recognised by the identity number when the office keeps the file already."""
        home = self.sheet.row.household
        person = recognised(id_number=told.id_number, name=str(told.told.get("name") or ""), by=self.by)
        made = _Written(person.pk if person else 0, {}, ["member"])
        relation = str(told.told.get("relation") or "")
        refuse_if(rules.why_not_join_as(is_head=relation == Relation.HEAD))
        if person is None:
            person = register_person(facts=_facts(told, home), by=self.by, at=self.at)
            residence = Residence.objects.values_list("pk", flat=True).get(person=person)
            made.person = person.pk
            made.became += [[Person._meta.label_lower, person.pk], [Residence._meta.label_lower, residence]]
        today = clock.day_of(self.at)
        member = join_household(
            household=home.pk, person=person.pk, relation=relation, from_on=today, by=self.by, at=self.at
        )
        made.became.append([HouseholdMember._meta.label_lower, member.pk])
        self._tell_ledger(made, told, is_head=False, about_work=told.is_asked_about_work(self.sheet))
        return made

    def _tell_ledger(self, made: "_Written", told: MemberTold, *, is_head: bool, about_work: bool) -> None:
        """Record what was asked; what the latest entry says about the rest goes on."""
        if not about_work and not is_head:
            return
        latest = LedgerEntry.objects.filter(person=made.person).order_by("-surveyed_on", "-id").first()
        facts = ledger_facts(told.told if about_work else {}, self.household if is_head else {}, latest)
        entry = record_ledger(
            person=made.person, household=self.sheet.row.household_id, facts=facts, by=self.by, at=self.at
        )
        if entry:
            made.became.append([entry._meta.label_lower, entry.pk])

    def _at_field(self, reason: Reason, told: MemberTold) -> Reason:
        return replace(reason, field=f"{told.field}-{reason.field}" if reason.field else f"{told.field}-name")


def recognised(*, id_number: str, name: str, by: Actor) -> Person | None:
    """The person of a file of the office by number and name; None when the office keeps none of that number.

    :raises Refused: the number is somebody else's
    """
    index = blind_index(id_number, context="person.id_number")
    found = Person.objects.held_by(by).filter(id_number_index=index).first()
    if found and normalise_name(found.name) != normalise_name(name):
        raise Refused(
            _("The file of this identity number has another name."),
            field="id_number",
            next_step=_("Compare number and name with the identity card; a changed name is entered in the file first."),
        )
    return found


@dataclass
class _Written:
    """What writing one member made and changed."""

    person: int
    before: dict[str, Any] = field(default_factory=dict)
    changed: list[str] = field(default_factory=list)
    became: list[Reference] = field(default_factory=list)


def ledger_facts(
    told: Mapping[str, Any], household: Mapping[str, Any], latest: LedgerEntry | None
) -> LedgerFacts:
    """What the ledger is told about a member, of the head also about the household; what was not asked stays as the
    latest entry has it.
    """
    facts: dict[str, Any] = {name: getattr(latest, name) for name in LEDGER_FACTS} if latest else {}
    facts |= {name: str(told[name] or "") for name in IN_LEDGER if name in told}
    if "income_fen" in told:
        facts["income_fen"] = _if_given(told["income_fen"], int)
    if "hardship" in household:
        facts["hardship"] = str(household["hardship"] or "")
    if "farmland_mu" in household:
        facts["farmland_mu"] = _if_given(household["farmland_mu"], lambda mu: Decimal(str(mu)))
    if "land_taken" in household:
        facts["land_taken"] = _if_given(household["land_taken"], lambda land: land == YES)
    return LedgerFacts(**facts)


def _if_given(value: Any, read: Callable[[Any], Any]) -> Any:
    return None if value in (None, "") else read(value)


def _facts(told: MemberTold, home: Household) -> PersonFacts:
    facts = told.told
    return PersonFacts(
        id_number=told.id_number,
        name=str(facts.get("name") or ""),
        area=home.area,
        address=home.address,
        phone=str(facts.get("phone") or ""),
        education=str(facts.get("education") or ""),
        hukou=HUKOU.get(str(facts.get("hukou") or ""), ""),
    )


def _changes(told: Mapping[str, Any], changed: list[str]) -> PersonChanges | None:
    wanted: dict[str, Any] = {key: str(told[key]) for key in IN_FILE if key in changed and told.get(key)}
    if "hukou" in wanted:
        wanted["hukou"] = HUKOU[wanted["hukou"]]
    return PersonChanges(**wanted) if wanted else None


def _phone_of(person: Person) -> str:
    phone = person.phone()
    return phone.reveal() if phone else ""
