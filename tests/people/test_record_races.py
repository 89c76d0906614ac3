"""Two officers do the same to a file at once: one wins, the other hears the sentence; and without the guards."""

from collections import Counter
from threading import Barrier

import pytest

from openpes.kernel import Actor, Refused, within
from openpes.kernel.action import PLATFORM
from openpes.people.actions import (
    Answer,
    GroupFacts,
    answer_correction,
    ask_correction,
    enter_group,
    recognise_group,
)
from openpes.people.models import CorrectionRequest, GroupMembership
from tests import races
from tests.people.factories import a_person

THREADS = 8
pytestmark = pytest.mark.city


def officer(number: int) -> Actor:
    return Actor(id=9100 + number, scope="4501")


def at_once(act) -> Counter:
    """Do the same in eight threads that start together; what each of them got."""

    def tried(number: int) -> str:
        try:
            act(number)
        except Refused as refused:
            return str(refused)
        return "won"

    return Counter(races.at_once(tried, range(THREADS)))


def told(at) -> GroupFacts:
    return GroupFacts(group=60, evidence="disability", evidence_on=at.date(), from_on=at.date())


def test_a_group_is_entered_once(city, at):
    person = a_person(by=PLATFORM, at=at).pk
    got = at_once(lambda n: enter_group(person=person, facts=told(at), by=officer(n), at=at))
    with within("4501"):
        assert GroupMembership.objects.count() == 1
    assert got.pop("won") == 1
    assert all("entered in this group already" in words for words in got)


def test_a_group_is_recognised_once(city, at):
    person = a_person(by=PLATFORM, at=at).pk
    row = enter_group(person=person, facts=told(at), by=PLATFORM, at=at).pk
    got = at_once(lambda n: recognise_group(membership=row, by=officer(n), at=at))
    assert got.pop("won") == 1
    assert sum(got.values()) == 7 and all("decided already" in words for words in got)


def test_a_request_is_answered_once_whatever_the_officers_say(city, at):
    person = a_person(by=PLATFORM, at=at).pk
    asked = ask_correction(person=person, fact="marital", wanted="20", evidence="结婚证", by=PLATFORM, at=at).pk
    answers = (Answer(answer="accepted"), Answer(answer="refused", note="没有证件"))
    got = at_once(lambda n: answer_correction(request=asked, answer=answers[n % 2], by=officer(n), at=at))
    assert got.pop("won") == 1
    assert sum(got.values()) == 7 and all("answered already" in words for words in got)


def test_without_the_constraint_a_group_would_stand_twice(city, at):
    """The naive variant: look, then write, without lock and constraint."""
    person = a_person(by=PLATFORM, at=at).pk
    first = enter_group(person=person, facts=told(at), by=PLATFORM, at=at)
    with within("4501"):
        GroupMembership.objects.filter(pk=first.pk).delete()
    gate, seen = Barrier(THREADS), []

    def naive(number: int) -> bool:
        with within("4501"):
            free = not GroupMembership.objects.filter(person=person, group=60).exists()
        gate.wait(races.PATIENCE)
        seen.append(number)
        return free

    assert races.at_once(naive, range(THREADS)) == [True] * THREADS  # all eight would have written
    assert len(seen) == THREADS


def test_without_the_lock_a_request_would_be_answered_twice(city, at):
    """The naive variant: read the request as waiting, then answer it."""
    person = a_person(by=PLATFORM, at=at).pk
    asked = ask_correction(person=person, fact="marital", wanted="20", evidence="结婚证", by=PLATFORM, at=at).pk
    gate = Barrier(THREADS)

    def naive(number: int) -> int:
        with within("4501"):
            waiting = CorrectionRequest.objects.filter(pk=asked).waiting().exists()
            gate.wait(races.PATIENCE)
            told = {"answer": "refused", "answer_note": str(number), "answered_by": 9100 + number, "answered_at": at}
            told["answered_hands"] = {9100 + number}
            return CorrectionRequest.objects.filter(pk=asked).update(**told) if waiting else 0

    assert sum(races.at_once(naive, range(THREADS))) == THREADS
