"""An employer on the blacklist: its vacancies leave the public with the decision and come back when it ends."""

from datetime import timedelta

import pytest

from openpes.employers.actions import decide_blacklisting, propose_blacklisting, tell_blacklist_changes
from openpes.kernel import Actor, Refused
from openpes.kernel.action import PLATFORM
from openpes.kernel.clock import day_of
from openpes.vacancies.actions import publish_vacancy
from openpes.vacancies.models import PublishedVacancy
from tests.cast import COUNTY
from tests.employers.test_blacklist import blame
from tests.vacancies.factories import look_twice, make_draft, make_open

FIRST, SECOND = Actor(id=1, scope=COUNTY), Actor(id=2, scope=COUNTY)


def enter(employer: int, at, days: int) -> None:
    told = blame(at, ends_on=day_of(at) + timedelta(days=days))
    entry = propose_blacklisting(employer=employer, blame=told, by=FIRST, at=at)
    decide_blacklisting(entry=entry.pk, enters=True, by=SECOND, at=at)


def is_public(pk: int) -> bool:
    return PublishedVacancy.objects.filter(pk=pk).exists()


def test_what_is_public_goes_with_the_decision_and_comes_back_when_the_entry_ends(cast, at):
    vacancy = make_open(cast.county_clerk.actor, at)
    assert is_public(vacancy.pk)
    enter(vacancy.employer_id, at, days=10)
    assert not is_public(vacancy.pk)
    tell_blacklist_changes(by=PLATFORM, at=at + timedelta(days=10))
    assert is_public(vacancy.pk)


def test_nothing_of_a_blacklisted_employer_is_published_and_the_clause_is_named(cast, at):
    clerk = cast.county_clerk.actor
    draft = make_draft(clerk, at)
    enter(draft.employer_id, at, days=10)
    last = day_of(at) + timedelta(days=30)
    with pytest.raises(Refused, match="on the blacklist until") as refused:
        publish_vacancy(vacancy=draft.pk, closes_on=last, by=clerk, at=at)
    assert [str(reason.clause) for reason in refused.value.reasons] == ["Labour Contract Law, art. 9 and 84"]
    later = at + timedelta(days=10)
    look_twice(publish_vacancy(vacancy=draft.pk, closes_on=last, by=clerk, at=later), clerk, later)
    assert is_public(draft.pk)
