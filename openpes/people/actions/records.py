"""Education, skill grades and licences: recorded from papers, withdrawn with a reason, run out by the clock.

What the file shows of them (education, grade, skills) is derived here and written nowhere else.
"""

from dataclasses import dataclass
from datetime import date, datetime
from functools import partial
from typing import Any

from django.db import IntegrityError, models, transaction

from openpes.codes.queries import code_exists, occupation_exists, skill_codes
from openpes.kernel import Actor, Refused, action, clock, publish, refuse_if
from openpes.people.actions.learned import settle_learned
from openpes.people.actions.papers import paper_index, paper_mask, paper_number, sealed_paper
from openpes.people.choices import EducationProof, QualificationKind
from openpes.people.events import (
    EducationRecorded,
    EducationWithdrawn,
    QualificationExpired,
    QualificationRecorded,
    QualificationWithdrawn,
)
from openpes.people.models import EducationRecord, Person, Qualification
from openpes.people.queries.offices import office_of
from openpes.people.rules import records as rules


@dataclass(frozen=True, kw_only=True)
class EducationFacts:
    """An education as its paper says it; `level` is a code of `education_2006`."""

    level: str
    school: str
    graduated_on: date
    proof: str
    number: str
    subject: str = ""


@dataclass(frozen=True, kw_only=True)
class QualificationFacts:
    """A certificate: of a grade (`skill_level`) in an occupation or of a licence (`skill`), valid before `until_on`."""

    kind: str
    number: str
    issuer: str
    issued_on: date
    until_on: date | None = None
    grade: str = ""
    occupation: str = ""
    skill: str = ""


@action
def record_education(*, person: int, facts: EducationFacts, by: Actor, at: datetime) -> EducationRecord:
    """Record an education from its papers; the highest one is the education of the file from now on.

    :raises Person.DoesNotExist: the person is not of the actor's area
    :raises Refused: a fact is wrong, or a file holds this paper already
    """
    holder = Person.objects.visible_to(by.scope).select_for_update().get(pk=person)
    told = rules.Schooling(
        level=facts.level, school=facts.school, graduated_on=facts.graduated_on, proof=facts.proof, number=facts.number
    )
    known = partial(code_exists, "education_2006")
    refuse_if(rules.why_not_educated(told, known=known, born_on=holder.born_on, today=clock.day_of(at)))
    _keep_stated_education(holder)
    made = EducationRecord(
        level=facts.level,
        school=facts.school.strip(),
        subject=facts.subject.strip(),
        graduated_on=facts.graduated_on,
        proof=facts.proof,
        **_about(holder, facts.number, by, at),
    )
    _store_once(made, "education_paper_once")
    publish(EducationRecorded(person=holder.pk, area=made.area, record=made.pk, by=by.id, at=at))
    settle_learned(holder, by, at)
    return made


@action
def record_qualification(*, person: int, facts: QualificationFacts, by: Actor, at: datetime) -> Qualification:
    """Record a skill grade or a licence from its certificate; the file shows it while it is valid.

    :raises Person.DoesNotExist: the person is not of the actor's area
    :raises Refused: a fact is wrong, or a file holds this certificate already
    """
    holder = Person.objects.visible_to(by.scope).select_for_update().get(pk=person)
    occupation = facts.occupation if occupation_exists(facts.occupation) else ""
    refuse_if(
        rules.why_not_qualified(
            rules.Paper(
                kind=facts.kind, grade=facts.grade, occupation=occupation, skill=facts.skill, number=facts.number,
                issuer=facts.issuer, issued_on=facts.issued_on, until_on=facts.until_on,
            ),
            known_grade=partial(code_exists, "skill_level"),
            known_skill=skill_codes().__contains__,
            born_on=holder.born_on,
            today=clock.day_of(at),
        )
    )  # fmt: skip
    _keep_stated_grade(holder, facts)
    made = Qualification(
        kind=facts.kind,
        grade=facts.grade,
        occupation=occupation,
        skill=facts.skill,
        issuer=facts.issuer.strip(),
        issued_on=facts.issued_on,
        until_on=facts.until_on,
        **_about(holder, facts.number, by, at),
    )
    _store_once(made, "qualification_paper_once")
    publish(QualificationRecorded(person=holder.pk, area=made.area, record=made.pk, by=by.id, at=at))
    settle_learned(holder, by, at)
    return made


@action
def withdraw_education(*, record: int, reason: str, by: Actor, at: datetime) -> EducationRecord:
    """Withdraw the record of an education; it stays readable with the reason.

    :raises EducationRecord.DoesNotExist: it is not of the actor's area
    :raises Refused: it was withdrawn, or no reason is given
    """
    found = EducationRecord.objects.visible_to(by.scope).get(pk=record)
    holder = _withdraw(found, reason, by, at)
    publish(EducationWithdrawn(person=holder.pk, area=found.area, record=found.pk, by=by.id, at=at))
    settle_learned(holder, by, at)
    return found


@action
def withdraw_qualification(*, record: int, reason: str, by: Actor, at: datetime) -> Qualification:
    """Withdraw the record of a skill grade or a licence; it stays readable with the reason.

    :raises Qualification.DoesNotExist: it is not of the actor's area
    :raises Refused: it was withdrawn, or no reason is given
    """
    found = Qualification.objects.visible_to(by.scope).get(pk=record)
    holder = _withdraw(found, reason, by, at)
    publish(QualificationWithdrawn(person=holder.pk, area=found.area, record=found.pk, by=by.id, at=at))
    settle_learned(holder, by, at)
    return found


@action
def expire_qualification(*, record: int, by: Actor, at: datetime) -> bool:
    """Let a certificate run out whose last day is over; whether it did. Twice changes nothing."""
    found = Qualification.objects.visible_to(by.scope).get(pk=record)
    holder = Person.objects.visible_to(by.scope).select_for_update().get(pk=found.person_id)
    found.refresh_from_db()
    if found.withdrawn_at or found.expired_on or found.until_on is None or found.until_on > clock.day_of(at):
        return False
    found.expired_on = found.until_on
    found.save(update_fields=["expired_on"])
    publish(
        QualificationExpired(
            person=holder.pk, area=found.area, record=found.pk, until_on=found.until_on, by=by.id, at=at
        )
    )
    settle_learned(holder, by, at)
    return True


def _about(holder: Person, number: str, by: Actor, at: datetime) -> dict[str, object]:
    """The columns that every record has: whose, its paper, who recorded it where."""
    bare = paper_number(number)
    return {
        "area": holder.area,
        "person": holder,
        "number_sealed": sealed_paper(bare),
        "number_index": paper_index(bare),
        "number_mask": paper_mask(bare),
        "recorded_at": at,
        "recorded_by": by.id,
        "recorded_office": office_of(by=by, on=clock.day_of(at)),
    }


def _keep_stated_education(holder: Person) -> None:
    """Before the first record: keep what the file said until now as a record without papers."""
    if holder.education and not EducationRecord.objects.filter(person=holder).standing().exists():
        EducationRecord.objects.create(
            area=holder.area, person=holder, level=holder.education, proof=EducationProof.STATED,
            recorded_at=holder.created_at, recorded_by=0,
        )  # fmt: skip


def _keep_stated_grade(holder: Person, facts: QualificationFacts) -> None:
    graded = Qualification.objects.filter(person=holder).standing().exclude(grade="")
    if facts.grade and holder.skill_level and not graded.exists():
        Qualification.objects.create(
            area=holder.area, person=holder, kind=QualificationKind.STATED, grade=holder.skill_level,
            recorded_at=holder.created_at, recorded_by=0,
        )  # fmt: skip


def _store_once(made: models.Model, constraint: str) -> None:
    try:
        with transaction.atomic():
            made.save(force_insert=True)
    except IntegrityError as error:  # the other file may be of an area that the actor cannot see
        if constraint not in str(error):
            raise
        raise Refused(rules.known_paper()) from error


def _withdraw(found: Any, reason: str, by: Actor, at: datetime) -> Person:
    """Withdraw an education or a qualification behind the lock of its person."""
    holder = Person.objects.visible_to(by.scope).select_for_update().get(pk=found.person_id)
    found.refresh_from_db()  # another officer may have withdrawn it before the lock
    refuse_if(rules.why_not_withdraw(withdrawn=found.withdrawn_at is not None, reason=reason))
    found.withdrawn_at, found.withdrawn_by, found.withdrawal = at, by.id, reason.strip()
    found.save(update_fields=["withdrawn_at", "withdrawn_by", "withdrawal"])
    return holder
