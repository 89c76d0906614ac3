"""Confirmations: by every way, reminders before the end, the end by silence, once and only after grace."""

from datetime import date, datetime, timedelta
from uuid import uuid4

import pytest

from openpes.kernel import Refused, within
from openpes.kernel.action import PLATFORM
from openpes.kernel.clock import BUSINESS_ZONE, stopped
from openpes.kernel.scope import CITY
from openpes.people.models import Person
from openpes.registration.actions import (
    confirm_unemployment,
    end_silent_registration,
    end_status,
    remind_of_confirmation,
)
from openpes.registration.jobs import keep_contacts
from openpes.registration.models import Contact, Decision, JobWish, StatusPeriod
from openpes.registration.queries import over_silence, to_be_reminded
from openpes.registration.rules.contacts import rhythm
from openpes.registration.rules.endings import CONSEQUENCES, consequence_words
from tests.cast import COUNTY, self_service
from tests.people.factories import a_person
from tests.registration.factories import employed, unemployed, wishing
from tests.registration.test_races import at_once


def night(day: date) -> datetime:
    return datetime(day.year, day.month, day.day, 0, 20, tzinfo=BUSINESS_ZONE)


def at_night(day: date) -> tuple[int, int]:
    with stopped(night(day)):
        return keep_contacts()


def now(period) -> StatusPeriod:
    with within(CITY):
        return StatusPeriod.objects.get(pk=period.pk)


@pytest.mark.parametrize(
    ("last", "reminded", "due", "silent", "ends"),
    [
        (date(2026, 11, 23), None, date(2027, 1, 23), date(2027, 2, 23), None),
        (date(2026, 11, 23), date(2027, 1, 23), date(2027, 1, 23), date(2027, 2, 23), date(2027, 2, 23)),
        (date(2026, 11, 23), date(2027, 2, 20), date(2027, 1, 23), date(2027, 2, 23), date(2027, 3, 6)),
        (date(2026, 11, 30), None, date(2027, 1, 30), date(2027, 2, 28), None),
    ],
)
def test_the_days_of_confirmation(last, reminded, due, silent, ends):
    days = rhythm(last_on=last, reminded_on=reminded, on=date(2026, 11, 23))
    assert (days.due_on, days.silent_on, days.ends_on) == (due, silent, ends)


def test_silence_is_reminded_of_and_then_ends_the_registration_once(period, person):
    assert at_night(date(2027, 1, 22)) == (0, 0)
    assert at_night(date(2027, 1, 23)) == (0, 1)
    assert at_night(date(2027, 1, 23)) == (0, 0)
    assert at_night(date(2027, 2, 22)) == (0, 0)
    assert at_night(date(2027, 2, 23)) == (1, 0)
    assert at_night(date(2027, 2, 23)) == (0, 0)
    ended = now(period)
    assert (ended.end_reason, ended.until_on) == ("50", date(2027, 2, 23))
    with within(COUNTY):
        decision = Decision.objects.get(person=person, subject="ending")
    assert decision.facts["last_contact_on"] == "2026-11-23" and decision.decided_by == 0


def test_nobody_ends_unasked_however_long_the_silence(period):
    """The first night after a year of silence only reminds; the days of grace come before the end."""
    later = date(2027, 11, 23)
    assert at_night(later) == (0, 1) and now(period).until_on is None
    assert at_night(later + timedelta(days=13)) == (0, 0)
    assert at_night(later + timedelta(days=14)) == (1, 0)


def test_the_night_finds_what_months_of_different_length_make_due(clerk, at):
    """From 31 August three months are over on 30 November, which counting back from it would miss."""
    moment = datetime(2026, 8, 31, 9, tzinfo=BUSINESS_ZONE)
    person = a_person(by=clerk.actor, at=moment).pk
    unemployed(person, by=clerk.actor, at=moment, from_on=date(2026, 8, 31))
    assert at_night(date(2026, 10, 31)) == (0, 1)
    assert at_night(date(2026, 11, 30)) == (1, 0)


def test_a_confirmation_begins_the_months_anew(clerk, period, person):
    at_night(date(2027, 1, 23))
    moment = datetime(2027, 2, 22, 10, tzinfo=BUSINESS_ZONE)
    made = confirm_unemployment(person=person, way="phone", note="本人接听", by=clerk.actor, at=moment)
    assert (made.way, made.number) == ("phone", period.number)
    assert at_night(date(2027, 2, 23)) == (0, 0) and now(period).reminded_on is None
    with pytest.raises(Refused, match="confirmed today already"):
        confirm_unemployment(person=person, way="phone", by=clerk.actor, at=moment)


def test_a_person_confirms_on_the_own_page_and_nobody_elses(clerk, period, person, at):
    seeker = self_service(username="own", person=person, at=at)
    made = confirm_unemployment(person=person, way="counter", by=seeker.actor, at=at + timedelta(days=40))
    assert made.way == "own_page"
    stranger = self_service(username="stranger", person=a_person(by=clerk.actor, at=at).pk, at=at)
    with pytest.raises(Person.DoesNotExist):
        confirm_unemployment(person=person, way="phone", by=stranger.actor, at=at)
    with stranger.actor.standing():
        assert Contact.objects.count() == 0


def test_who_is_not_registered_confirms_nothing_and_the_neighbour_finds_nobody(clerk, cast, person, at):
    with pytest.raises(Refused, match="not registered as unemployed"):
        confirm_unemployment(person=person, way="phone", by=clerk.actor, at=at)
    with pytest.raises(Person.DoesNotExist):
        confirm_unemployment(person=person, way="phone", by=cast.neighbour_clerk.actor, at=at)


def test_lists_of_the_night_hold_only_who_is_silent(clerk, period, person, at):
    employed(a_person(by=clerk.actor, at=at).pk, by=clerk.actor, at=at)
    assert to_be_reminded(scope=CITY, on=date(2027, 1, 23)) == [period.pk]
    assert over_silence(scope=CITY, on=date(2027, 6, 1)) == []
    assert to_be_reminded(scope="450105", on=date(2027, 6, 1)) == []


# What follows from an end


def test_every_reason_of_the_list_has_its_consequences():
    from openpes.codes.queries import code_items

    assert {item.code for item in code_items("unemployment_cancel_reason")} == CONSEQUENCES.keys()
    assert all(len(consequence_words(code)) >= 3 for code in CONSEQUENCES)


@pytest.mark.parametrize(("reason", "wish_goes_on"), [("20", False), ("40", False), ("70", False), ("30", True),
                                                      ("50", True), ("99", True)])  # fmt: skip
def test_the_wish_ends_only_where_nobody_can_be_placed(clerk, person, period, at, reason, wish_goes_on):
    wishing(person, by=clerk.actor, at=at)
    end_status(period=period.pk, reason=reason, on=at.date(), note="说明", by=clerk.actor, at=at)
    with within(COUNTY):
        assert JobWish.objects.filter(person=person).in_force_on(at.date()).exists() is wish_goes_on
        assert now(period).end_note == "说明"


def test_who_lost_all_ability_registers_again_with_proof(clerk, person, period, at):
    from openpes.registration.queries import eligibility

    end_status(period=period.pk, reason="20", on=at.date(), by=clerk.actor, at=at)
    with within(COUNTY):
        rules = {rule.code: rule.state for rule in eligibility(scope=COUNTY, person=person, on=at.date())}
    assert rules["ended"] == "missing"
    assert unemployed(person, by=clerk.actor, at=at, from_on=at.date(), proofs=("2", "7")).pk


# Pages


def send(client, url, **typed):
    return client.post(url, {"idempotency_key": uuid4().hex, **typed})


def test_confirmations_are_written_on_the_pages(clerk, person, period, at):
    client = clerk.client()
    with stopped(at + timedelta(days=70)):
        assert "Reached by telephone" in client.get("/registration/confirmations").content.decode()
        assert send(client, f"/registration/persons/{person}/confirm", way="phone").status_code == 302
        assert "Everybody has kept in contact" in client.get("/registration/confirmations").content.decode()
        page = client.get(f"/registration/persons/{person}/file").content.decode()
        assert "By telephone" in page and "in time" in page
        assert send(client, f"/registration/persons/{person}/confirm", way="phone").status_code == 422


def test_the_own_page_confirms(clerk, person, period, at):
    client = self_service(username="own", person=person, at=at).client()
    with stopped(at + timedelta(days=70)):
        assert "Your confirmation is due" in client.get("/registration/own").content.decode()
        assert send(client, "/registration/own/confirm").status_code == 302
        assert "You confirmed today" in client.get("/registration/own").content.decode()


def test_staff_have_no_own_page_and_other_needs_its_words(clerk, period):
    assert clerk.client().get("/registration/own").status_code == 403
    wrong = send(clerk.client(), f"/registration/{period.pk}/end", reason="99", on="2026-11-23")
    assert wrong.status_code == 422 and "needs its reason in words" in wrong.content.decode()


# Races


@pytest.mark.city
def test_a_confirmation_and_the_end_by_silence_never_both_happen(city, at):
    person = a_person(by=PLATFORM, at=at).pk
    period = unemployed(person, by=PLATFORM, at=at)
    remind_of_confirmation(period=period.pk, by=PLATFORM, at=night(date(2027, 1, 23)))
    moment = night(date(2027, 2, 23))

    def act(number: int) -> None:
        if number % 2:
            confirm_unemployment(person=person, way="phone", by=PLATFORM, at=moment)
        elif not end_silent_registration(period=period.pk, by=PLATFORM, at=moment):
            raise Refused("The end came too late.")

    got = at_once(act)
    assert got["won"] == 1
    ended, confirmed = now(period).end_reason == "50", now(period).contacted_on == moment.date()
    assert ended != confirmed


@pytest.mark.city
def test_two_nights_at_once_remind_once(city, at):
    person = a_person(by=PLATFORM, at=at).pk
    period = unemployed(person, by=PLATFORM, at=at)
    done = []
    at_once(lambda _n: done.append(remind_of_confirmation(period=period.pk, by=PLATFORM, at=night(date(2027, 1, 23)))))
    assert sorted(done) == [False] * 7 + [True]
