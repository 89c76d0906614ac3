"""The group of a certificate and the groups of the person's file are one truth: proved once, written once."""

from datetime import date, datetime

from openpes.engine.groups import groups_of_certificate
from openpes.kernel import Actor, clock, within
from openpes.kernel.scope import CITY
from openpes.people.actions import Entered, GroupFacts, end_groups_proved_by, enter_decided_group
from openpes.people.queries import membership_for_certificate
from openpes.registration.models import PreferenceCertificate

PAPER = "preference"  # the paper of `engine.groups` that a certificate is


def proved_in_file(found: PreferenceCertificate, on: date) -> bool:
    """Whether officers had recognised the group of a certificate in the person's file on a day."""
    with within(CITY):  # the person may live in another county by now
        return membership_for_certificate(person=found.person_id, group=found.group, on=on) is not None


def recognise_group_of(found: PreferenceCertificate, by: Actor, at: datetime) -> None:
    """Write the group of an issued certificate into the file, unless officers recognised it before."""
    today = clock.day_of(at)
    if proved_in_file(found, today):
        return
    group = groups_of_certificate(found.group)[0]
    facts = GroupFacts(
        group=group.number, evidence=PAPER, evidence_no=found.number or "", evidence_on=today, from_on=today
    )
    entered = Entered(by=found.applied_by, hands=found.applied_hands)
    enter_decided_group(person=found.person_id, facts=facts, entered=entered, by=by, at=at)


def end_group_of(found: PreferenceCertificate, reason: str, by: Actor, at: datetime) -> None:
    """Let the group that stands on a revoked certificate end with it; one with other papers stays."""
    end_groups_proved_by(person=found.person_id, evidence=PAPER, reason=reason, by=by, at=at)
