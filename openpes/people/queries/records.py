"""What the records of a person say: education, qualifications, groups, and what runs out soon."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from functools import partial
from typing import Any

from django.utils.translation import gettext as _

from openpes.codes.queries import code_label, code_rank, in_language, occupation_label, skill_label
from openpes.engine.calendars import DAY
from openpes.engine.groups import Derived, Group, derived_groups, evidence_titles, groups, groups_of_certificate
from openpes.engine.parameters import parameters
from openpes.people.choices import GroupOutcome
from openpes.people.models import EducationRecord, GroupMembership, Person, Qualification
from openpes.people.queries.steps import Step
from openpes.people.rules import records as rules

GROUP, PAPER = "group", "paper"
COLLEGE = "30"  # education_2006: the lowest level of a college or university


@dataclass(frozen=True)
class Standing:
    """A group in which a person stands on a day: recognised by officers, or derived by law from the file."""

    group: Group
    from_on: date
    until_on: date | None
    derived: bool

    @property
    def title(self) -> str:
        """Its name in the language of the reader."""
        return group_title(self.group.number)


@dataclass(frozen=True)
class Ending:
    """Something of a person that runs out soon or has run out: what, until which last day, and how urgent (a tone)."""

    person: int
    name: str
    what: str
    last_on: date
    tone: str
    step: Step


def learned_of(*, holder: Person, on: date) -> rules.Learned:
    """What the file shows of the records: where there are none of a kind, what the file says stays."""
    levels = list(EducationRecord.objects.filter(person=holder).standing().values_list("level", flat=True))
    ever = EducationRecord.objects.filter(person=holder).exists() if not levels else True
    papers = list(Qualification.objects.filter(person=holder).order_by("id"))
    valid = [paper for paper in papers if _is_valid(paper, on)]
    graded = [paper for paper in papers if paper.grade]
    return rules.Learned(
        education=rules.highest(levels, partial(code_rank, "education_2006")) if ever else holder.education,
        skill_level=(
            rules.highest((paper.grade for paper in valid), partial(code_rank, "skill_level"))
            if graded
            else holder.skill_level
        ),
        skills=rules.skills_of(
            holder.skills,
            shown_ever=frozenset(paper.skill for paper in papers if paper.skill),
            shown_now=frozenset(paper.skill for paper in valid if paper.skill),
        ),
    )


def graduation_of(*, person: int) -> date | None:
    """The latest graduation from a college or university that the records of a person show."""
    rows = EducationRecord.objects.filter(person=person, graduated_on__isnull=False).standing()
    return latest_graduation(rows)


def latest_graduation(rows: Iterable[EducationRecord]) -> date | None:
    """The latest graduation from a college or university among records."""
    least = code_rank("education_2006", COLLEGE) or 0
    days = [
        row.graduated_on
        for row in rows
        if row.graduated_on and not row.withdrawn_at and (code_rank("education_2006", row.level) or 0) >= least
    ]
    return max(days, default=None)


def groups_in_force(
    holder: Person, memberships: Iterable[GroupMembership], graduated_on: date | None, on: date
) -> list[Standing]:
    """The groups in which a person stands on a day, from rows that were read already, by their numbers."""
    counted = [
        Standing(groups()[row.group], row.from_on, row.until_on, False)
        for row in memberships
        if row.outcome == GroupOutcome.RECOGNISED
        and row.from_on <= on
        and (row.until_on is None or on < row.until_on)
    ]
    law = derived_groups(born_on=holder.born_on, sex=holder.sex, graduated_on=graduated_on, on=on)
    return sorted([*counted, *map(_by_law, law)], key=lambda one: one.group.number)


def groups_of(*, scope: str, person: int, on: date) -> list[Standing]:
    """The groups in which a person of the area stands on a day.

    :raises Person.DoesNotExist: there is none of that id in the area
    """
    holder = Person.objects.visible_to(scope).get(pk=person)
    rows = GroupMembership.objects.filter(person=holder).recognised().in_force_on(on)
    return groups_in_force(holder, rows, graduation_of(person=person), on)


def membership_for_certificate(*, person: int, group: str, on: date) -> GroupMembership | None:
    """The recognised membership that puts a person into a group of the preference certificate on a day."""
    numbers = [one.number for one in groups_of_certificate(group)]
    rows = GroupMembership.objects.filter(person=person, group__in=numbers).recognised()
    return rows.in_force_on(on).order_by("from_on", "id").first()


def memberships_of(*, scope: str, person: int) -> list[GroupMembership]:
    """Every membership of a person of the area, decided or not, the latest first."""
    return list(GroupMembership.objects.visible_to(scope).filter(person=person).order_by("-from_on", "-id"))


def memberships_waiting(*, scope: str) -> Any:
    """Memberships of the area that wait for the second officer, the oldest first."""
    return GroupMembership.objects.visible_to(scope).waiting().order_by("entered_at", "id")


def membership(*, scope: str, pk: int) -> GroupMembership:
    """One membership of the area.

    :raises GroupMembership.DoesNotExist: there is none of that id in the area
    """
    return GroupMembership.objects.visible_to(scope).select_related("person").get(pk=pk)


def educations_of(*, scope: str, person: int) -> list[EducationRecord]:
    """The records of education of a person of the area, the highest first, withdrawn ones last."""
    rows = EducationRecord.objects.visible_to(scope).filter(person=person).order_by("id")
    return sorted(rows, key=lambda row: (row.withdrawn_at is not None, -(code_rank("education_2006", row.level) or 0)))


def qualifications_of(*, scope: str, person: int) -> list[Qualification]:
    """The qualifications of a person of the area, withdrawn ones last."""
    rows = Qualification.objects.visible_to(scope).filter(person=person).order_by("-issued_on", "id")
    return sorted(rows, key=lambda row: row.withdrawn_at is not None)


def runs_out(*, scope: str, on: date, after: Step | None = None, limit: int | None = None) -> list[Ending]:
    """Certificates and groups of the area that run out within the dated time, or ran out as long ago, by their day.

    At most `limit` of them, those that come `after` a step.
    """
    days = timedelta(days=parameters().value("expiry_notice_days", on))
    first, last = on - days, on + days
    papers = Qualification.objects.visible_to(scope).ending_by(last).filter(until_on__gt=first)
    members = GroupMembership.objects.visible_to(scope).ending_by(last).filter(until_on__gt=first, end_kind="")
    found = []
    for kind, rows in ((GROUP, members), (PAPER, papers)):
        on_from_there = rows.filter(after.rows_after(kind, day="until_on")) if after else rows
        ordered = on_from_there.select_related("person").order_by("until_on", "id")[:limit]
        found += [_ending(row, kind, on) for row in ordered]
    return sorted(found, key=lambda one: one.step)[:limit]


def ran_out(*, on: date) -> list[int]:
    """Qualifications whose last day is over and that still count, by id."""
    rows = Qualification.objects.ending_by(on).filter(expired_on=None)
    return list(rows.order_by("id").values_list("pk", flat=True))


def group_title(number: int) -> str:
    """The name of a group in the language of the reader."""
    group = groups().get(number)
    return in_language(group.title_zh, group.title_en) if group else str(number)


def evidence_title(code: str) -> str:
    """The name of a paper that proves a group, in the language of the reader."""
    return in_language(*evidence_titles()[code]) if code in evidence_titles() else code


def group_choices() -> list[tuple[str, str]]:
    """The groups that officers enter, for a form field."""
    return [(str(number), group_title(number)) for number, group in groups().items() if not group.derived]


def evidence_choices() -> list[tuple[str, str]]:
    """The papers that prove groups, for a form field."""
    return [(code, evidence_title(code)) for code in evidence_titles()]


def qualification_title(row: Qualification) -> str:
    """What a qualification shows, in words: the grade with its occupation, or the licence."""
    if row.skill:
        return skill_label(row.skill)
    grade = code_label("skill_level", row.grade)
    return _("%(occupation)s, %(grade)s") % {"occupation": occupation_label(row.occupation), "grade": grade} if (
        row.occupation
    ) else grade


def education_title(row: EducationRecord) -> str:
    """What an education is, in words."""
    return code_label("education_2006", row.level)


def follows_from_records(*, person: int) -> tuple[bool, bool, frozenset[str]]:
    """Whether education and grade of a file follow from records, and which skills papers show."""
    educated = EducationRecord.objects.filter(person=person).standing().exists()
    papers = list(Qualification.objects.filter(person=person).standing().values_list("grade", "skill"))
    return educated, any(grade for grade, _skill in papers), frozenset(skill for _grade, skill in papers if skill)


def _by_law(derived: Derived) -> Standing:
    return Standing(derived.group, derived.from_on, derived.until_on, True)


def _is_valid(paper: Qualification, on: date) -> bool:
    return paper.withdrawn_at is None and (paper.until_on is None or paper.until_on > on)


def _ending(row: Any, kind: str, on: date) -> Ending:
    tone = "bad" if row.until_on <= on else "wait"
    what = group_title(row.group) if kind == GROUP else qualification_title(row)
    return Ending(row.person_id, row.person.name, what, row.until_on - DAY, tone, Step(row.until_on, kind, row.pk))
