"""What a person does with the own CV: write, confirm, choose who reads it, take it back; and its readings."""

from dataclasses import asdict
from datetime import datetime

from django.utils.translation import gettext as _

from openpes.kernel import Actor, Refused, action, publish, refuse_if, within
from openpes.kernel.clock import day_of
from openpes.kernel.scope import CITY
from openpes.people.models import Person
from openpes.people.queries import own_person
from openpes.resumes import rules
from openpes.resumes.choices import READ_PURPOSE, Audience
from openpes.resumes.events import AudienceChosen, ResumeRead, ResumeReminded, ResumeWithdrawn, ResumeWritten
from openpes.resumes.models import Resume, Sharing
from openpes.resumes.queries import own_records, shown_to
from openpes.resumes.rules import Job as Job
from openpes.resumes.rules import ResumeFacts as ResumeFacts


@action
def write_resume(*, facts: ResumeFacts, by: Actor, at: datetime) -> Resume:
    """Write a new version of the own CV; it is valid for the full time again, for whoever may read it already.

    :raises Person.DoesNotExist: the account stands for no person
    :raises Refused: with everything that is wrong with it
    """
    holder = _locked(by)
    educations, qualifications = own_records(person=holder.pk)
    refuse_if(
        rules.why_not_write(
            facts, educations=[pk for pk, _title in educations], qualifications=[pk for pk, _title in qualifications]
        )
    )
    last = Resume.objects.filter(person=holder).order_by("-version").first()
    told = asdict(facts) | {name: list(getattr(facts, name)) for name in ("skills", "educations", "qualifications")}
    told["jobs"] = [asdict(job) for job in facts.jobs]
    told["headline"], told["own_words"] = facts.headline.strip(), facts.own_words.strip()
    row = Resume.objects.create(
        area=holder.area, person=holder, version=(last.version if last else 0) + 1, **told, written_at=at,
        written_by=by.id,
    )  # fmt: skip
    _valid_anew(holder, row.version, by, at)
    return row


@action
def confirm_resume(*, by: Actor, at: datetime) -> Sharing:
    """Confirm that the own CV is still right: it is valid for the full time again.

    :raises Refused: there is none yet
    """
    holder = _locked(by)
    last = Resume.objects.filter(person=holder).order_by("-version").first()
    if last is None:
        raise _none_yet()
    return _valid_anew(holder, last.version, by, at)


@action
def choose_audience(*, audience: str, by: Actor, at: datetime) -> Sharing:
    """Say which employers may read the own CV from now on.

    :raises Refused: there is no CV yet, or the choice is none
    """
    holder = _locked(by)
    if audience not in Audience.values:
        raise Refused(_("Choose one of the list."), field="audience")
    row = Sharing.objects.filter(person=holder).first()
    if row is None:
        raise _none_yet()
    row.audience, row.withdrawn_at = audience, None
    row.agreed_at = None if audience == Audience.NOBODY else at
    row.save(update_fields=["audience", "withdrawn_at", "agreed_at"])
    publish(AudienceChosen(person=holder.pk, area=holder.area, audience=audience, by=by.id, at=at))
    return row


@action
def withdraw_resume(*, by: Actor, at: datetime) -> Sharing:
    """Take the own CV back: from this moment on no employer reads it, also not where one has applied.

    :raises Refused: there is none yet
    """
    holder = _locked(by)
    row = Sharing.objects.filter(person=holder).first()
    if row is None:
        raise _none_yet()
    row.audience, row.agreed_at, row.withdrawn_at = Audience.NOBODY, None, at
    row.save(update_fields=["audience", "agreed_at", "withdrawn_at"])
    publish(ResumeWithdrawn(person=holder.pk, area=holder.area, by=by.id, at=at))
    return row


@action
def read_resume(*, person: int, met: bool, suits: bool = False, by: Actor, at: datetime) -> Resume | None:
    """Read the CV of a person for the own employer, if the person lets it; the reading stands in its file.

    `met` says that the person applied to or was introduced to this employer, `suits` that a vacancy suits; the caller
    has made sure of both. Nothing is told about why there is none to read.
    """
    assert by.employer is not None
    found = shown_to(person=person, met=met, suits=suits, on=day_of(at))
    if found is not None:
        publish(
            ResumeRead(
                person=person, area=found.area, employer=by.employer, purpose=READ_PURPOSE, by=by.id, at=at
            )
        )
    return found


@action
def remind_of_expiry(*, person: int, by: Actor, at: datetime) -> bool:
    """Remind a person that the CV runs out; once for each time it was made valid."""
    with within(CITY):
        row = Sharing.objects.select_for_update().get(person_id=person)
        if row.reminded_on is not None or row.audience == Audience.NOBODY:
            return False
        row.reminded_on = day_of(at)
        row.save(update_fields=["reminded_on"])
        publish(ResumeReminded(person=person, area=row.area, until_on=row.until_on, by=by.id, at=at))
    return True


def _locked(by: Actor) -> Person:
    return Person.objects.select_for_update().get(pk=own_person(actor=by).pk)


def _valid_anew(holder: Person, version: int, by: Actor, at: datetime) -> Sharing:
    until_on = rules.valid_until(day_of(at))
    row = Sharing.objects.filter(person=holder).first() or Sharing(area=holder.area, person=holder)
    row.until_on, row.reminded_on = until_on, None
    row.save()
    publish(ResumeWritten(person=holder.pk, area=holder.area, version=version, until_on=until_on, by=by.id, at=at))
    return row


def _none_yet() -> Refused:
    return Refused(_("You have no CV yet."), next_step=_("Write it first."))
