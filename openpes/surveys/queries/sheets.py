"""A household as a survey meets it: who belongs to it, what is known, what was told before, in whose words."""

from collections.abc import Iterable, Mapping, Set
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from typing import Any

from django.utils.translation import get_language

from openpes.access.models import Account
from openpes.engine.parameters import parameters
from openpes.engine.questionnaires import MEMBER, WORK, Question, Questionnaire
from openpes.engine.sheets import Column
from openpes.intake.choices import kind_of
from openpes.kernel import refuse_if
from openpes.network.queries import area_name
from openpes.people.models import HouseholdMember, LedgerEntry, Person
from openpes.surveys import rules
from openpes.surveys.choices import Outcome
from openpes.surveys.models import Campaign, CheckedHousehold, MemberAnswer, SurveyAnswer, SurveyHousehold

FROM_ENTRY = ("status", "industry", "work_area", "work_way", "income_fen", "training_wish", "intention")
OF_HOUSEHOLD = ("hardship", "farmland_mu", "land_taken")
YES, NO = "yes", "no"


@dataclass(frozen=True)
class KnownMember:
    """A present member of a household with the answers that the register would give today."""

    person: Person
    member: HouseholdMember
    asked_about_work: bool
    known: dict[str, Any]

    @property
    def is_head(self) -> bool:
        return self.member.is_head


@dataclass(frozen=True)
class HouseholdSheet:
    """A household of a campaign with everything that a form about it shows; `elsewhere` members have their file in
    another office and are not asked here."""

    row: SurveyHousehold
    asked: Questionnaire
    members: list[KnownMember]
    known: dict[str, Any]
    latest: SurveyAnswer | None
    elsewhere: int

    @property
    def campaign(self) -> Campaign:
        return self.row.village.campaign

    @property
    def place(self) -> str:
        """The name of its village."""
        return area_name(self.row.area)

    @property
    def head(self) -> str:
        """The name by which the household is called."""
        names = [one.person.name for one in self.members if one.is_head] or [one.person.name for one in self.members]
        return names[0] if names else self.row.household.booklet_no

    def questions_of(self, member: KnownMember) -> tuple[Question, ...]:
        """What this member is asked."""
        return self.asked.of(MEMBER, WORK) if member.asked_about_work else self.asked.of(MEMBER)


@dataclass(frozen=True)
class VisitLine:
    """A recorded visit in the words of the reader."""

    answer: SurveyAnswer
    by: str
    rows: list[tuple[str, str, str]]


def household_sheet(*, scope: str, hands: Set[int], pk: int, on: date) -> HouseholdSheet:
    """A household of a campaign with its present members and what is known of them, for who acts by these accounts.

    :raises SurveyHousehold.DoesNotExist: there is none of that number in the area
    :raises Refused: it was drawn for a spot-check and one of the accounts may still ask it again
    """
    rows = SurveyHousehold.objects.visible_to(scope)
    row = rows.select_related("village__campaign", "household", "answer").get(pk=pk)
    refuse_if([rules.why_blind()] if hidden_from(hands, [row]) else ())
    return sheet_of(row, scope=scope, on=on)


def hidden_from(hands: Set[int], rows: Iterable[SurveyHousehold]) -> set[int]:
    """Which of these households were drawn and not asked again yet: who may ask them does not see the first answers."""
    drawn = CheckedHousehold.objects.blind_to(hands).filter(household__in=[row.pk for row in rows])
    return set(drawn.values_list("household", flat=True))


def without_answers(sheet: HouseholdSheet) -> HouseholdSheet:
    """Who belongs to a household, and nothing of what is known about it."""
    members = [replace(one, known={}) for one in sheet.members]
    return replace(sheet, members=members, known={}, latest=None)


def sheet_of(row: SurveyHousehold, *, scope: str, on: date) -> HouseholdSheet:
    """The sheet of a household that was read already."""
    return sheets_of([row], scope=scope, on=on)[0]


def sheets_of(rows: list[SurveyHousehold], *, scope: str, on: date) -> list[HouseholdSheet]:
    """The sheets of many households of one campaign, by three statements."""
    if not rows:
        return []
    campaign = rows[0].village.campaign
    ages, asked = ages_on(campaign.reference_on), campaign.asked
    members: dict[int, list[HouseholdMember]] = {row.household_id: [] for row in rows}
    present = HouseholdMember.objects.visible_to(scope).in_force_on(on).filter(household__in=members)
    for member in present.select_related("person").order_by("-is_head", "person__born_on", "id"):
        members[member.household_id].append(member)
    shared = {member.person_id for inside in members.values() for member in inside}
    mine = set(Person.objects.visible_to(scope).filter(pk__in=shared).values_list("pk", flat=True))
    entries = _latest_entries(mine)
    return [_sheet(row, asked, ages, campaign.reference_on, members[row.household_id], mine, entries) for row in rows]


def ages_on(on: date) -> rules.Ages:
    """The ages of the ledger in force on a day."""
    names = ("survey_age_from", "survey_age_men", "survey_age_women")
    return rules.Ages(*(int(parameters().value(name, on)) for name in names))


def columns_of(asked: Questionnaire, *, area: str, on: date) -> dict[str, Column]:
    """The column of the ledger that reads and names the answer to each question."""
    sheet = kind_of(asked.sheet).sheet(area=area, on=on)
    return {question.key: sheet.column(question.key) for question in asked.questions}


def plain(value: Any) -> Any:
    """An answer as it is kept: codes and texts as they are, areas of land as text, the rest as it is."""
    if isinstance(value, Decimal):
        return f"{value.normalize():f}"
    return value


def answer_words(column: Column, value: Any, language: str = "") -> str:
    """An answer in the words of the reader, or of a language."""
    if value is None or value == "":
        return ""
    if column.choices:
        tongue = "zh" if (language or get_language() or "zh").startswith("zh") else "en"
        return next((option.label(tongue) for option in column.choices if option.code == value), str(value))
    if column.key.endswith("_fen"):
        return f"{Decimal(value) / 100:f}".rstrip("0").rstrip(".") if int(value) % 100 else str(int(value) // 100)
    return str(value)


def told_of(answer: SurveyAnswer) -> dict[int, dict[str, Any]]:
    """What a visit told: by person, under 0 what was told of the household itself; who left is not in it."""
    members = MemberAnswer.objects.filter(answer=answer, left=False).order_by("id")
    return {0: answer.told()} | {member.person_id: member.told()["told"] for member in members}


def visits_of(*, scope: str, hands: Set[int], row: SurveyHousehold, on: date) -> list[VisitLine]:
    """The recorded visits of a household, the latest first, with what was told in words.

    :raises Refused: as `household_sheet`
    """
    refuse_if([rules.why_blind()] if hidden_from(hands, [row]) else ())
    answers = list(SurveyAnswer.objects.visible_to(scope).filter(household=row).order_by("-id"))
    names = dict(Account.objects.filter(pk__in={one.surveyed_by for one in answers}).values_list("pk", "name"))
    columns = columns_of(row.village.campaign.asked, area=row.area, on=on)
    return [VisitLine(one, names.get(one.surveyed_by, "OpenPES"), _visit_rows(one, columns)) for one in answers]


def _visit_rows(answer: SurveyAnswer, columns: Mapping[str, Column]) -> list[tuple[str, str, str]]:
    if answer.outcome != Outcome.MET:
        return []
    language = "zh" if (get_language() or "zh").startswith("zh") else "en"
    told = [("", answer.told())]
    members = MemberAnswer.objects.filter(answer=answer).select_related("person").order_by("id")
    told += [(member.person.name, member.told()["told"]) for member in members]
    return [
        (name, columns[key].title(language), answer_words(columns[key], value))
        for name, answers in told
        for key, value in answers.items()
        if key in columns and value not in (None, "") and key != "phone"
    ]


def _sheet(
    row: SurveyHousehold, asked: Questionnaire, ages: rules.Ages, on: date, members: list[HouseholdMember],
    *known: Any,
) -> HouseholdSheet:  # fmt: skip
    mine, entries = known
    inside = [member for member in members if member.person_id in mine]
    found = [
        KnownMember(
            member.person,
            member,
            rules.is_asked_about_work(born_on=member.person.born_on, sex=member.person.sex, on=on, ages=ages),
            known_answers(member, entries.get(member.person_id)),
        )
        for member in inside
    ]
    head = next((member for member in inside if member.is_head), None)
    known_here = known_of_household(entries.get(head.person_id) if head else None)
    return HouseholdSheet(row, asked, found, known_here, row.answer, len(members) - len(inside))


def known_answers(member: HouseholdMember, entry: LedgerEntry | None) -> dict[str, Any]:
    """What the register would answer for a member; the telephone number is not shown."""
    person = member.person
    of_file = {
        "relation": member.relation,
        "name": person.name,
        "education": person.education,
        "hukou": rules.ledger_code_of(person.hukou),
    }
    return of_file | {key: plain(getattr(entry, key)) if entry else None for key in FROM_ENTRY}


def known_of_household(entry: LedgerEntry | None) -> dict[str, Any]:
    """What the register would answer about the household itself: it stands in the entry of the head."""
    if entry is None:
        return dict.fromkeys(OF_HOUSEHOLD)
    land = {True: YES, False: NO}.get(entry.land_taken)  # type: ignore[call-overload]
    return {"hardship": entry.hardship, "farmland_mu": plain(entry.farmland_mu), "land_taken": land}


def _latest_entries(persons: set[int]) -> dict[int, LedgerEntry]:
    rows = LedgerEntry.objects.filter(person__in=persons).order_by("person_id", "-surveyed_on", "-id")
    return {entry.person_id: entry for entry in rows.distinct("person_id")}

