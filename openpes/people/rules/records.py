"""Education, skill grades and licences: what may be recorded, and what of it the file shows."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from openpes.kernel.days import spoken_day
from openpes.kernel.refusal import Reason
from openpes.people.choices import EducationProof, QualificationKind

YOUNGEST_GRADUATE = 6  # years of age: nobody leaves a school before entering one
GRADED = frozenset({QualificationKind.NATIONAL, QualificationKind.LEVEL})


@dataclass(frozen=True, kw_only=True)
class Schooling:
    """What is told about an education."""

    level: str
    school: str
    graduated_on: date
    proof: str
    number: str


@dataclass(frozen=True, kw_only=True)
class Paper:
    """What is told about a certificate of a grade or a licence."""

    kind: str
    grade: str
    occupation: str
    skill: str
    number: str
    issuer: str
    issued_on: date
    until_on: date | None


@dataclass(frozen=True)
class Learned:
    """What the file shows of the records: the highest education, the highest valid grade, the skills."""

    education: str
    skill_level: str
    skills: tuple[str, ...]


def why_not_educated(told: Schooling, *, known: Callable[[str], bool], born_on: date, today: date) -> list[Reason]:
    """Why an education is not recorded."""
    reasons = []
    if not known(told.level):
        reasons.append(Reason(_("Choose one of the list."), field="level"))
    if told.proof not in EducationProof.values or told.proof == EducationProof.STATED:
        reasons.append(
            Reason(
                _("An education is recorded from its papers."),
                field="proof",
                next_step=_("What the person only says belongs into the file's facts."),
            )
        )
    if not told.school.strip():
        reasons.append(Reason(_("Name the school as the certificate does."), field="school"))
    if not told.number.strip():
        reasons.append(Reason(_("Copy the number of the certificate."), field="number"))
    if not born_on.year + YOUNGEST_GRADUATE <= told.graduated_on.year or told.graduated_on > today:
        words = _("The day of graduation lies in the future or too close to the birth, %(born_on)s.")
        reasons.append(Reason(words % {"born_on": spoken_day(born_on)}, field="graduated_on"))
    return reasons


def why_not_qualified(
    told: Paper, *, known_grade: Callable[[str], bool], known_skill: Callable[[str], bool], born_on: date, today: date
) -> list[Reason]:
    """Why a certificate of a grade or a licence is not recorded."""
    return [*_thing_reasons(told, known_grade, known_skill), *_paper_reasons(told, born_on, today)]


def why_not_withdraw(*, withdrawn: bool, reason: str) -> list[Reason]:
    """Why a record is not withdrawn."""
    if withdrawn:
        return [Reason(_("This record was withdrawn already."), next_step=_("Load the page again."))]
    if not reason.strip():
        return [Reason(_("Write why the record is withdrawn; it stays in the file with this reason."), field="reason")]
    return []


def known_paper() -> Reason:
    """The refusal of a paper that a file holds already, without a word about whose."""
    return Reason(
        _("A certificate with this number stands in a file already."),
        field="number",
        next_step=_("Compare the number with the paper. If it is right, ask the city office to look into it."),
    )


def why_not_typed(changed: Iterable[str], *, educated: bool, graded: bool, held: frozenset[str]) -> list[Reason]:
    """Why facts that follow from records are not typed; `held` are the changed skills that papers show."""
    named = set(changed)
    reasons = []
    if "education" in named and educated:
        reasons.append(_follows("education"))
    if "skill_level" in named and graded:
        reasons.append(_follows("skill_level"))
    if "skills" in named and held:
        reasons.append(_follows("skills"))
    return reasons


def highest(codes: Iterable[str], rank: Callable[[str], int | None]) -> str:
    """The code of the highest rank, of several the smallest; unranked ones only when there is nothing else."""
    ranked = sorted({code for code in codes if code}, key=lambda code: (-(rank(code) or 0), code))
    return ranked[0] if ranked else ""


def skills_of(stated: Iterable[str], *, shown_ever: frozenset[str], shown_now: frozenset[str]) -> tuple[str, ...]:
    """The skills of a file: what was only said stays, what papers showed once counts while one of them is valid."""
    return tuple(sorted({skill for skill in stated if skill not in shown_ever} | shown_now))


def _follows(field: str) -> Reason:
    return Reason(
        _("This follows from the records of the file and is not typed."),
        field=field,
        next_step=_("Add or withdraw a record on the page Records."),
    )


def _thing_reasons(
    told: Paper, known_grade: Callable[[str], bool], known_skill: Callable[[str], bool]
) -> list[Reason]:
    if told.kind in GRADED:
        reasons = [] if known_grade(told.grade) else [Reason(_("Choose the grade of the certificate."), field="grade")]
        if not told.occupation:
            reasons.append(Reason(_("Name the occupation of the certificate."), field="occupation"))
        if told.skill:
            reasons.append(Reason(_("A certificate of a grade names no licence."), field="skill"))
        return reasons
    if told.kind != QualificationKind.LICENCE:
        return [Reason(_("Choose the kind of the certificate."), field="kind")]
    reasons = [] if known_skill(told.skill) else [Reason(_("Choose the licence."), field="skill")]
    if told.grade:
        reasons.append(Reason(_("A licence has no grade."), field="grade"))
    return reasons


def _paper_reasons(told: Paper, born_on: date, today: date) -> list[Reason]:
    reasons = []
    if not told.number.strip():
        reasons.append(Reason(_("Copy the number of the certificate."), field="number"))
    if not told.issuer.strip():
        reasons.append(Reason(_("Name who issued the certificate."), field="issuer"))
    if not born_on < told.issued_on <= today:
        reasons.append(Reason(_("The day of issue lies in the future or before the birth."), field="issued_on"))
    if told.until_on is not None and told.until_on <= told.issued_on:
        reasons.append(Reason(_("The certificate ends before it begins."), field="until_on"))
    return reasons
