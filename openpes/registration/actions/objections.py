"""Objections against a preference certificate during its notice: written down one by one, looked into, answered."""

from datetime import datetime

from openpes.kernel import Actor, action, publish, refuse_if, within
from openpes.kernel.scope import CITY
from openpes.registration.actions.certificates import locked_certificate, progress_of
from openpes.registration.events import ObjectionAnswered, ObjectionNoted
from openpes.registration.models import CertificateObjection
from openpes.registration.rules import certificates as rules


@action
def note_objection(*, certificate: int, said: str, by: Actor, at: datetime) -> CertificateObjection:
    """Write down what somebody said against an application; it is not issued before somebody looked into it.

    :raises PreferenceCertificate.DoesNotExist: it is not of the actor's area
    :raises Refused: nothing is said, or the application is not on notice
    """
    found, _holder = locked_certificate(certificate, by)
    refuse_if(rules.why_not_object(progress_of(found), said=said))
    made = CertificateObjection.objects.create(
        area=found.area,
        person_id=found.person_id,
        certificate=found,
        said=said.strip(),
        noted_at=at,
        noted_by=by.id,
    )
    publish(
        ObjectionNoted(
            person=found.person_id, area=found.area, certificate=found.pk, objection=made.pk, by=by.id, at=at
        )
    )
    return made


@action
def answer_objection(*, certificate: int, objection: int, answer: str, by: Actor, at: datetime) -> CertificateObjection:
    """Write down what was found when an objection was looked into.

    :raises PreferenceCertificate.DoesNotExist: the application is not of the actor's area
    :raises CertificateObjection.DoesNotExist: the application has no such objection
    :raises Refused: it was answered already, or nothing is written
    """
    found, _holder = locked_certificate(certificate, by)
    with within(CITY):  # an earlier office may have taken it
        row = CertificateObjection.objects.select_for_update().get(pk=objection, certificate=found)
        refuse_if(rules.why_not_answer(answered=row.answered_at is not None, answer=answer))
        row.area, row.answer, row.answered_at, row.answered_by = found.area, answer.strip(), at, by.id
        row.save(update_fields=["area", "answer", "answered_at", "answered_by"])
    publish(
        ObjectionAnswered(
            person=found.person_id, area=found.area, certificate=found.pk, objection=row.pk, by=by.id, at=at
        )
    )
    return row
