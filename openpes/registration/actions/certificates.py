"""Preference certificates: applied for, reviewed, put on notice, decided by another officer."""

from datetime import date, datetime

from django.db import connection
from django.utils.translation import gettext as _

from openpes.engine.areas import county_of
from openpes.engine.identifiers import mask_name
from openpes.kernel import Actor, Reason, action, clock, has_hand_in, publish, refuse_if, within
from openpes.kernel.scope import CITY
from openpes.network.queries import area_full_name
from openpes.people.models import Person
from openpes.people.queries import why_not_living
from openpes.registration.actions.certificate_groups import proved_in_file, recognise_group_of
from openpes.registration.actions.handbooks import write_line
from openpes.registration.actions.locks import locked_person, waits_for_answer
from openpes.registration.choices import CertificateOutcome, Line, Outcome, Subject
from openpes.registration.events import CertificateApplied, CertificateDecided, CertificateReviewed
from openpes.registration.models import CertificateNotice, CertificateObjection, Decision, PreferenceCertificate
from openpes.registration.queries import claim_of, spells_of
from openpes.registration.rules import certificates as rules
from openpes.registration.rules.endings import why_not_act_in_transfer
from openpes.registration.rules.replay import plain_results, plain_spell, replayed_claim


@action
def apply_certificate(*, person: int, facts: rules.CertificateFacts, by: Actor, at: datetime) -> PreferenceCertificate:
    """Take an application; the clocks of review (3) and of the whole procedure (7 working days) begin.

    :raises Person.DoesNotExist: the person is not of the actor's area
    :raises Refused: with every condition that is not met and every document that is missing
    """
    today = clock.day_of(at)
    holder = Person.objects.visible_to(by.scope).select_for_update().get(pk=person)
    wrong = rules.why_not_apply(claim_of(person=holder.pk, on=today, facts=facts))
    refuse_if([*why_not_living(person=holder.pk), *wrong])
    made = PreferenceCertificate.objects.create(
        area=holder.area,
        person=holder,
        group=facts.group,
        documents=sorted(set(facts.documents)),
        former_unit=facts.former_unit.strip(),
        applied_on=today,
        applied_at=at,
        applied_by=by.id,
        applied_hands=by.hands,
        review_due_on=rules.review_due_on(today),
        decide_due_on=rules.decide_due_on(today),
    )
    publish(CertificateApplied(person=holder.pk, area=made.area, certificate=made.pk, by=by.id, at=at))
    return made


@action
def review_certificate(*, certificate: int, note: str = "", by: Actor, at: datetime) -> PreferenceCertificate:
    """Find the documents in order and put the application on public notice, with a masked name.

    :raises PreferenceCertificate.DoesNotExist: it is not of the actor's area
    :raises Refused: it was reviewed already, or it waits in a hand-over
    """
    found, holder = locked_certificate(certificate, by)
    waits = why_not_act_in_transfer(waits=waits_for_answer(holder.pk, by))
    refuse_if([*rules.why_not_review(progress_of(found)), *waits])
    today = clock.day_of(at)
    found.reviewed_at, found.reviewed_by, found.reviewed_hands = at, by.id, by.hands
    found.review_note = note.strip()
    found.notice_from_on, found.notice_until_on = today, rules.notice_until_on(today)
    found.save(
        update_fields=[
            "reviewed_at", "reviewed_by", "reviewed_hands", "review_note", "notice_from_on", "notice_until_on",
        ]
    )  # fmt: skip
    CertificateNotice.objects.create(
        certificate=found.pk,
        masked_name=mask_name(holder.name),
        group=found.group,
        place=area_full_name(found.area),
        from_on=found.notice_from_on,
        until_on=found.notice_until_on,
    )
    publish(CertificateReviewed(person=found.person_id, area=found.area, certificate=found.pk, by=by.id, at=at))
    return found


@action
def decide_certificate(
    *, certificate: int, issues: bool, note: str = "", by: Actor, at: datetime
) -> PreferenceCertificate:
    """Issue or refuse a certificate after review and notice, by another officer than took or reviewed it.

    :raises PreferenceCertificate.DoesNotExist: it is not of the actor's area
    :raises Refused: by whom it was prepared, before the notice is over, or a refusal without its reason
    """
    today = clock.day_of(at)
    found, holder = locked_certificate(certificate, by)
    prepared = has_hand_in(by, found.applied_hands, found.reviewed_hands)
    reasons = rules.why_not_decide(progress_of(found), prepared=prepared, on=today, issues=issues)
    reasons += why_not_act_in_transfer(waits=waits_for_answer(holder.pk, by))
    if not issues and not note.strip():
        reasons.append(Reason(_("Write why it is refused; the person reads it."), field="note"))
    refuse_if(reasons)
    found.outcome = CertificateOutcome.ISSUED if issues else CertificateOutcome.REFUSED
    found.outcome_note = note.strip()
    found.decided_at, found.decided_by, found.decided_hands = at, by.id, by.hands
    if issues:
        found.number, found.issued_on = _next_number(found.area, today), today
        found.check_due_on = rules.check_due_on(today)
    found.save(
        update_fields=[
            "outcome", "outcome_note", "decided_at", "decided_by", "decided_hands", "number", "issued_on",
            "check_due_on",
        ]
    )  # fmt: skip
    _keep_decision(found, by, at)
    if issues:
        recognise_group_of(found, by, at)
        write_line(person=found.person_id, kind=Line.CERTIFIED, on=today, told=told_of(found), by=by, at=at)
    publish(
        CertificateDecided(
            person=found.person_id, area=found.area, certificate=found.pk, outcome=found.outcome, by=by.id, at=at
        )
    )
    return found


def locked_certificate(certificate: int, by: Actor) -> tuple[PreferenceCertificate, Person]:
    """A certificate of the actor's area behind the lock of its person, who may live in another county by now.

    :raises PreferenceCertificate.DoesNotExist: it is not of the actor's area
    """
    rows = PreferenceCertificate.objects.visible_to(by.scope)
    holder = locked_person(rows.only("person_id").get(pk=certificate).person_id)
    return rows.select_for_update().get(pk=certificate), holder


def progress_of(found: PreferenceCertificate) -> rules.Progress:
    """How far an application has come, for the rules."""
    with within(CITY):  # an earlier office may have taken an objection
        unanswered = CertificateObjection.objects.filter(certificate=found).unanswered().count()
    return rules.Progress(
        reviewed=found.reviewed_by is not None,
        notice_until_on=found.notice_until_on,
        unanswered=unanswered,
        outcome=found.outcome,
        revoked_on=found.revoked_on,
    )


def _next_number(area: str, on: date) -> str:
    with connection.cursor() as cursor:
        cursor.execute("SELECT nextval('registration_certificate_serial')")
        serial = cursor.fetchone()[0]
    return f"{county_of(area)}{on.year}{serial:06d}"


def told_of(found: PreferenceCertificate) -> dict[str, str]:
    """What a line of the handbook tells of a certificate."""
    return {"number": found.number or ""}


def _keep_decision(found: PreferenceCertificate, by: Actor, at: datetime) -> None:
    facts = {
        "on": found.applied_on.isoformat(),
        "group": found.group,
        "documents": found.documents,
        "former_unit": found.former_unit,
        "note": found.outcome_note,
        "spells": [plain_spell(spell) for spell in spells_of(found.person_id)],
        "proved": proved_in_file(found, found.applied_on),
    }
    granted = found.outcome == CertificateOutcome.ISSUED
    Decision.objects.create(
        area=found.area,
        person_id=found.person_id,
        subject=Subject.CERTIFICATE,
        number=found.number or "",
        on=clock.day_of(at),
        outcome=Outcome.GRANTED if granted else Outcome.REFUSED,
        facts=facts,
        results=plain_results(replayed_claim(facts)),
        decided_at=at,
        decided_by=by.id,
        decided_hands=by.hands,
    )
