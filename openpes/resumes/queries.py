"""The CV of a person: its versions, who may read it, as pages and paper show it."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from openpes.codes.queries import skill_label
from openpes.kernel import Actor, within
from openpes.kernel.days import spoken_day
from openpes.kernel.scope import CITY
from openpes.look.queries import city_name, typeset
from openpes.people.models import EducationRecord, Person, Qualification
from openpes.people.queries import education_title, qualification_title
from openpes.resumes import rules
from openpes.resumes.choices import Audience
from openpes.resumes.models import Resume, Sharing


@dataclass(frozen=True)
class ResumeView:
    """A CV in words: who, what work, own words, jobs, and what of the records was picked and still stands."""

    resume: Resume
    name: str
    jobs: tuple[tuple[str, str, str], ...]
    skills: tuple[str, ...]
    educations: tuple[str, ...]
    qualifications: tuple[str, ...]


def own_resume(*, actor: Actor) -> Resume | None:
    """The newest version of the own CV."""
    return Resume.objects.filter(person_id=actor.person).order_by("-version").first()


def own_versions(*, actor: Actor) -> list[Resume]:
    """Every version of the own CV, the newest first."""
    return list(Resume.objects.filter(person_id=actor.person).order_by("-version"))


def sharing_of(*, person: int) -> Sharing | None:
    """Who may read the CV of a person, as far as the present standing shows it."""
    return Sharing.objects.filter(person_id=person).first()


def own_records(*, person: int) -> tuple[list[tuple[int, str]], list[tuple[int, str]]]:
    """The standing records of a person with their titles: educations, then qualifications."""
    schools = EducationRecord.objects.filter(person_id=person).standing().order_by("-graduated_on", "pk")
    papers = Qualification.objects.filter(person_id=person).standing().order_by("-issued_on", "pk")
    return [(row.pk, _school(row)) for row in schools], [(row.pk, qualification_title(row)) for row in papers]


def shown_to(*, person: int, met: bool, suits: bool = False, on: date) -> Resume | None:
    """The CV of a person for an employer, if the person lets it: `met` where it applied or was introduced, `suits`
    where a vacancy of the employer suits it. Asked on every reading, so that taking it back counts at once."""
    with within(CITY):
        sharing = sharing_of(person=person)
        if sharing is None:
            return None
        if not rules.is_shown(audience=sharing.audience, until_on=sharing.until_on, on=on, met=met, suits=suits):
            return None
        return Resume.objects.filter(person_id=person).order_by("-version").first()


def shared_with_all(*, persons: Collection[int], on: date) -> set[int]:
    """Which of these persons let every employer with a suitable vacancy read their CV on a day."""
    with within(CITY):
        rows = Sharing.objects.filter(person_id__in=persons, audience=Audience.ALL, until_on__gt=on)
        return set(rows.order_by("person_id").values_list("person_id", flat=True))


def resume_view(resume: Resume, *, on: date) -> ResumeView:
    """A CV in words; records that were withdrawn or have run out since stand in it no more."""
    with within(CITY):
        name = Person.objects.values_list("name", flat=True).get(pk=resume.person_id)
        schools = EducationRecord.objects.filter(person_id=resume.person_id, pk__in=resume.educations).standing()
        papers = Qualification.objects.filter(person_id=resume.person_id, pk__in=resume.qualifications).valid_on(on)
        educations = tuple(_school(row) for row in schools.order_by("-graduated_on", "pk"))
        qualifications = tuple(qualification_title(row) for row in papers.order_by("-issued_on", "pk"))
    jobs = tuple((_stretch(job["begun"], job["until"]), job["work"], job["firm"]) for job in resume.jobs)
    skills = tuple(skill_label(code) for code in resume.skills)
    return ResumeView(resume, name, jobs, skills, educations, qualifications)


def resume_paper(resume: Resume, *, on: date, at: datetime) -> bytes:
    """A CV as a PDF in the language of the reader."""
    view = resume_view(resume, on=on)
    parts = [
        [_("About me"), [resume.own_words]],
        [_("Work"), [" · ".join(part for part in job if part) for job in view.jobs]],
        [_("Education"), list(view.educations)],
        [_("Skill grades and licences"), list(view.qualifications)],
        [_("Skills"), ["、".join(view.skills)] if view.skills else []],
    ]
    values = {
        "city": city_name(),
        "language": get_language() or "zh-hans",
        "title": view.name,
        "headline": resume.headline,
        "labels": {"number": "", "page": _("Page")},
        "parts": [[title, [line for line in lines if line]] for title, lines in parts if any(lines)],
        "foot": _("Written by the person on %(day)s; version %(version)s.")
        % {"day": spoken_day(resume.written_at), "version": resume.version},
    }
    return typeset("resumes/resume.typ", values, at)


def running_out(*, on: date) -> list[int]:
    """Persons whose CV runs out soon and who were not reminded of it yet, by their numbers."""
    last = on + rules.reminder_days(on)
    rows = Sharing.objects.exclude(audience=Audience.NOBODY).filter(until_on__gt=on, until_on__lte=last)
    return list(rows.filter(reminded_on=None).order_by("person_id").values_list("person_id", flat=True))


def _school(row: EducationRecord) -> str:
    year = str(row.graduated_on.year) if row.graduated_on else ""
    return " · ".join(part for part in (education_title(row), row.school, row.subject, year) if part)


def _stretch(begun: str, until: str) -> str:
    return f"{begun} – {until or _('today')}"
