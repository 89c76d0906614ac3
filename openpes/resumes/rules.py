"""What a CV may say, until when it is shown, and to whom."""

import re
from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import date, timedelta

from django.utils.translation import gettext as _

from openpes.engine.calendars import add_months
from openpes.engine.parameters import parameters
from openpes.kernel.refusal import Reason
from openpes.resumes.choices import Audience

MONTH = re.compile(r"(19|20)\d\d-(0[1-9]|1[0-2])", re.ASCII)
# An identity number (15 or 18 characters) or a mobile number, whatever stands between its digits.
NUMBER = re.compile(
    r"(?<!\d)(?:\d[ -]?){17}[\dXx](?!\d)|(?<!\d)(?:\d[ -]?){14}\d(?!\d)|(?<!\d)1[3-9](?:[ -]?\d){9}(?!\d)"
)
MOST_WORDS, MOST_JOBS, MOST_LINE = 2000, 6, 60


@dataclass(frozen=True)
class Job:
    """An earlier job as told; months as `2020-03`, `until` empty for a present one."""

    firm: str
    work: str
    begun: str
    until: str = ""


@dataclass(frozen=True, kw_only=True)
class ResumeFacts:
    """What a person writes, and which of the own records it picks."""

    headline: str
    own_words: str = ""
    jobs: tuple[Job, ...] = ()
    skills: tuple[str, ...] = ()
    educations: tuple[int, ...] = field(default=())
    qualifications: tuple[int, ...] = field(default=())


def valid_until(on: date) -> date:
    """The first day on which a CV that was written or confirmed on a day is no longer shown."""
    return add_months(on, parameters().value("resume_validity_months", on))


def reminder_days(on: date) -> timedelta:
    """How long before its end the person is reminded."""
    return timedelta(days=parameters().value("resume_reminder_days", on))


def why_not_write(facts: ResumeFacts, *, educations: Collection[int], qualifications: Collection[int]) -> list[Reason]:
    """Everything that is wrong with a CV; `educations` and `qualifications` are the person's own records."""
    reasons = [*_wrong_words(facts), *_wrong_jobs(facts.jobs)]
    if not set(facts.educations) <= set(educations) or not set(facts.qualifications) <= set(qualifications):
        reasons.append(
            Reason(
                _("A record was picked that is not in your file, or was withdrawn."),
                field="educations",
                next_step=_("Load the page again and pick anew."),
            )
        )
    return reasons


def is_shown(*, audience: str, until_on: date, on: date, met: bool, suits: bool) -> bool:
    """Whether an employer may read a CV on a day: `met` where the person applied or was introduced, `suits` where a
    vacancy of the employer suits."""
    if until_on <= on:
        return False
    if audience == Audience.ALL:
        return met or suits
    return audience == Audience.APPLIED and met


def _wrong_words(facts: ResumeFacts) -> list[Reason]:
    reasons = []
    if not facts.headline.strip():
        reasons.append(Reason(_("Write in one line what work you look for."), field="headline"))
    if len(facts.own_words) > MOST_WORDS:
        told = {"count": len(facts.own_words), "most": MOST_WORDS}
        text = _("These words have %(count)s characters; at most %(most)s are kept.") % told
        reasons.append(Reason(text, field="own_words", next_step=_("Write shorter.")))
    if NUMBER.search(facts.own_words) or NUMBER.search(facts.headline):
        reasons.append(
            Reason(
                _("An identity or telephone number stands in these words; employers must not read it here."),
                field="own_words",
                next_step=_("Take it out. Employers reach you through the platform."),
            )
        )
    return reasons


def _wrong_jobs(jobs: tuple[Job, ...]) -> list[Reason]:
    reasons = []
    if len(jobs) > MOST_JOBS:
        reasons.append(Reason(_("At most %(most)s jobs can be named.") % {"most": MOST_JOBS}, field="job_1_firm"))
    for number, job in enumerate(jobs, 1):
        if not job.work.strip() or not MONTH.fullmatch(job.begun) or (job.until and not MONTH.fullmatch(job.until)):
            text = _("Job %(number)s needs the work and the months, written like 2020-03.") % {"number": number}
            reasons.append(Reason(text, field=f"job_{number}_begun"))
        elif job.until and job.until < job.begun:
            text = _("Job %(number)s ends before it begins.") % {"number": number}
            reasons.append(Reason(text, field=f"job_{number}_until"))
        if NUMBER.search(job.firm + " " + job.work):
            text = _("An identity or telephone number stands in job %(number)s.") % {"number": number}
            reasons.append(Reason(text, field=f"job_{number}_work", next_step=_("Take it out.")))
    return reasons
