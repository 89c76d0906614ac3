"""What follows when the refusal or the revocation of a preference certificate falls after an appeal."""

from datetime import datetime

from openpes.kernel import Actor, clock, has_hand_in, publish
from openpes.registration.actions.certificate_groups import recognise_group_of
from openpes.registration.actions.certificate_life import CHECKED
from openpes.registration.actions.certificates import told_of
from openpes.registration.actions.handbooks import write_line
from openpes.registration.choices import CertificateOutcome, Line, Outcome
from openpes.registration.events import CertificateDecisionFell
from openpes.registration.models import Decision, PreferenceCertificate
from openpes.registration.rules import certificates as rules


def let_decision_fall(decision: Decision, area: str, by: Actor, at: datetime) -> None:
    """Open a refused application again, or make a revoked certificate valid again, for the office of an area.

    Not when the person has another certificate or application by now. The caller sees the whole city and has locked
    the person. Policies that ended with the revocation are written in anew by the units that grant them.
    """
    found = _decided_by(decision)
    mine = PreferenceCertificate.objects.filter(person=decision.person_id)
    if found is None or mine.undecided().exists() or mine.valid_on(clock.day_of(at)).exists():
        return
    found.area = area
    if decision.outcome == Outcome.ENDED:
        _make_valid(found, decision, by, at)
    else:
        _open_again(found, at)
    publish(
        CertificateDecisionFell(person=found.person_id, area=area, certificate=found.pk, by=by.id, at=at)
    )


def _decided_by(decision: Decision) -> PreferenceCertificate | None:
    mine = PreferenceCertificate.objects.filter(person=decision.person_id).select_for_update()
    if decision.outcome == Outcome.ENDED:
        return mine.filter(number=decision.number).exclude(revoked_on=None).first()
    return mine.filter(outcome=CertificateOutcome.REFUSED, decided_at=decision.decided_at).first()


def _make_valid(found: PreferenceCertificate, decision: Decision, by: Actor, at: datetime) -> None:
    today = clock.day_of(at)
    found.revoked_on, found.revoked_by, found.revocation = None, None, ""
    if decision.results[0]["code"] == CHECKED:  # the ruling stands in the place of the check that failed
        found.check_due_on = rules.check_due_on(today)
    found.save(update_fields=["area", "revoked_on", "revoked_by", "revocation", "check_due_on"])
    if not has_hand_in(by, found.applied_hands):  # who took the application recognises no group by it
        recognise_group_of(found, by, at)
    write_line(person=found.person_id, kind=Line.CERTIFIED, on=today, told=told_of(found), by=by, at=at)


def _open_again(found: PreferenceCertificate, at: datetime) -> None:
    """The clocks of the procedure run anew; another officer than took or reviewed it decides, as ever."""
    today = clock.day_of(at)
    found.outcome, found.outcome_note = "", ""
    found.decided_at = found.decided_by = found.decided_hands = None
    found.review_due_on, found.decide_due_on = rules.review_due_on(today), rules.decide_due_on(today)
    found.save(
        update_fields=[
            "area", "outcome", "outcome_note", "decided_at", "decided_by", "decided_hands", "review_due_on",
            "decide_due_on",
        ]
    )  # fmt: skip
