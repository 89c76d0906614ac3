"""The records of a person in words, as their page lists them."""

from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from openpes.access.models import Account
from openpes.engine.calendars import DAY
from openpes.kernel.days import spoken_day
from openpes.people.choices import GroupEnd, GroupOutcome
from openpes.people.models import EducationRecord, GroupMembership, Person, Qualification
from openpes.people.queries.records import (
    Standing,
    education_title,
    educations_of,
    evidence_title,
    group_title,
    groups_in_force,
    latest_graduation,
    memberships_of,
    qualification_title,
    qualifications_of,
)


@dataclass(frozen=True)
class Line:
    """One record in words: its title, badge, what it says, and which steps are open."""

    pk: int
    title: str
    badge: str
    tone: str
    about: tuple[str, ...]
    may_decide: bool = False
    may_end: bool = False


@dataclass(frozen=True)
class Dossier:
    """What was recorded of a person: groups, education, qualifications; and the groups in force."""

    standing: list[Standing]
    groups: list[Line]
    educations: list[Line]
    qualifications: list[Line]


def dossier(*, scope: str, person: int, on: date) -> Dossier:
    """The records of a person of the area in words.

    :raises Person.DoesNotExist: there is none of that id in the area
    """
    holder = Person.objects.visible_to(scope).get(pk=person)
    members, schools = memberships_of(scope=scope, person=person), educations_of(scope=scope, person=person)
    papers = qualifications_of(scope=scope, person=person)
    names = _names([*members, *schools, *papers])
    return Dossier(
        groups_in_force(holder, members, latest_graduation(schools), on),
        [_group(row, names, on) for row in members],
        [_education(row, names) for row in schools],
        [_qualification(row, names, on) for row in papers],
    )


def group_line(row: GroupMembership, on: date) -> Line:
    """One membership in words."""
    return _group(row, _names([row]), on)


def _names(rows: list[GroupMembership | EducationRecord | Qualification]) -> dict[int, str]:
    columns = ("entered_by", "decided_by", "ended_by", "recorded_by", "withdrawn_by")
    wanted = {getattr(row, column, None) for row in rows for column in columns} - {None, 0}
    return dict(Account.objects.filter(pk__in=wanted).values_list("pk", "name")) if wanted else {}


def _group(row: GroupMembership, names: dict[int, str], on: date) -> Line:
    badge, tone = _state_of(row, on)
    return Line(
        row.pk, group_title(row.group), badge, tone,
        _told(
            _period(row.from_on, row.until_on),
            _paper(evidence_title(row.evidence), row.evidence_mask, row.evidence_on),
            row.note,
            _by(_("Entered by %(who)s"), row.entered_by, row.entered_office, row.entered_at, names),
            row.decided_at and _by(row.get_outcome_display() + _(": %(who)s"), row.decided_by, row.decided_office,
                                   row.decided_at, names),
            row.refusal and _("Reason: %(reason)s") % {"reason": row.refusal},
            row.ended_at and _by(row.get_end_kind_display() + _(": %(who)s"), row.ended_by, "", row.ended_at, names),
            row.end_reason and _("Reason: %(reason)s") % {"reason": row.end_reason},
        ),
        may_decide=not row.outcome,
        may_end=row.outcome == GroupOutcome.RECOGNISED and (row.until_on is None or row.until_on > on),
    )  # fmt: skip


def _state_of(row: GroupMembership, on: date) -> tuple[str, str]:
    if not row.outcome:
        return _("waits for the second officer"), "wait"
    if row.outcome == GroupOutcome.REFUSED:
        return str(row.get_outcome_display()), "bad"
    if row.end_kind == GroupEnd.REVOKED:
        return _("revoked"), "bad"
    if row.until_on is not None and row.until_on <= on:
        return _("over"), "plain"
    return _("in force"), "ok"


def _education(row: EducationRecord, names: dict[int, str]) -> Line:
    return Line(
        row.pk, education_title(row), *_standing_badge(row, _("on file")),
        _told(
            " · ".join(filter(None, [row.school, row.subject])),
            row.graduated_on and _("Graduated on %(day)s") % {"day": spoken_day(row.graduated_on)},
            _paper(str(row.get_proof_display()), row.number_mask, None),
            _by(_("Recorded by %(who)s"), row.recorded_by, row.recorded_office, row.recorded_at, names),
            *_withdrawal(row, names),
        ),
        may_end=row.withdrawn_at is None,
    )  # fmt: skip


def _qualification(row: Qualification, names: dict[int, str], on: date) -> Line:
    badge, tone = _standing_badge(row, _("valid"))
    if row.withdrawn_at is None and row.until_on is not None and row.until_on <= on:
        badge, tone = _("expired"), "bad"
    return Line(
        row.pk, qualification_title(row), badge, tone,
        _told(
            _paper(str(row.get_kind_display()), row.number_mask, row.issued_on),
            row.issuer,
            row.until_on and _("Valid until %(day)s") % {"day": spoken_day(row.until_on - DAY)},
            _by(_("Recorded by %(who)s"), row.recorded_by, row.recorded_office, row.recorded_at, names),
            *_withdrawal(row, names),
        ),
        may_end=row.withdrawn_at is None,
    )  # fmt: skip


def _standing_badge(row: EducationRecord | Qualification, words: str) -> tuple[str, str]:
    return (_("withdrawn"), "plain") if row.withdrawn_at else (words, "ok")


def _withdrawal(row: EducationRecord | Qualification, names: dict[int, str]) -> list[str]:
    if row.withdrawn_at is None:
        return []
    return [
        _by(_("Withdrawn by %(who)s"), row.withdrawn_by, "", row.withdrawn_at, names),
        _("Reason: %(reason)s") % {"reason": row.withdrawal},
    ]


def _told(*parts: object) -> tuple[str, ...]:
    return tuple(str(part) for part in parts if part)


def _period(from_on: date, until_on: date | None) -> str:
    if until_on is None:
        return _("since %(day)s") % {"day": spoken_day(from_on)}
    if until_on == from_on:
        return _("never in force")
    return _("%(from_on)s to %(last_on)s") % {"from_on": spoken_day(from_on), "last_on": spoken_day(until_on - DAY)}


def _paper(title: str, mask: str, on: date | None) -> str:
    number = _("No. %(number)s") % {"number": mask} if mask else ""
    return " · ".join(filter(None, [title, number, spoken_day(on) if on else ""]))


def _by(words: str, account: int | None, office: str, at: object, names: dict[int, str]) -> str:
    who = names.get(account or 0, _("The platform"))
    return " · ".join(filter(None, [words % {"who": who}, office, spoken_day(at)]))  # type: ignore[arg-type]
