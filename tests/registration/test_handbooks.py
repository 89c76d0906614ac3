"""Handbooks: one a person, two officers, dead at once when lost, in one pair of hands, checked without a trace."""

import re
from collections import Counter
from datetime import date, timedelta
from uuid import uuid4

import pytest
from django.db import IntegrityError, connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext

from openpes.kernel import Actor, Refused, within
from openpes.kernel.action import PLATFORM
from openpes.kernel.clock import stopped
from openpes.kernel.scope import CITY
from openpes.people.actions import move_residence
from openpes.people.models import Person
from openpes.registration.actions import (
    end_status,
    hand_over_handbook,
    issue_handbook,
    replace_handbook,
    request_handbook,
    withdraw_registration,
)
from openpes.registration.models import Handbook, HandbookCopy, HandbookHolding, PaperProof
from openpes.registration.queries import checked_by_number, checked_by_token, handbook_of, held_handbooks
from openpes.registration.rules.handbooks import BookletState, HandbookCase, issue_due_on, number_prefix, why_not_apply
from tests.cast import COUNTY, NEIGHBOUR, self_service
from tests.employers.factories import make_employer
from tests.people.factories import a_person
from tests.registration.factories import employed, unemployed
from tests.registration.test_races import THREADS, at_once


@pytest.fixture
def colleague(cast):
    return cast.city_clerk


@pytest.fixture
def booklet(clerk, colleague, person, at):
    unemployed(person, by=clerk.actor, at=at)
    asked = request_handbook(person=person, by=clerk.actor, at=at)
    return issue_handbook(copy=asked.pk, by=colleague.actor, at=at)


def send(client, url, **typed):
    return client.post(url, {"idempotency_key": uuid4().hex, **typed})


def lines_of(person, scope=COUNTY):
    with within(scope):
        return [line.kind for line in handbook_of(scope=scope, person=person).lines]


def test_the_number_names_county_household_class_and_year(clerk, person, at):
    unemployed(person, by=clerk.actor, at=at)
    asked = request_handbook(person=person, by=clerk.actor, at=at)
    assert asked.handbook.number == "4501031126000001"
    assert number_prefix("4501", "20", date(2031, 1, 1)) == "4501002031"


def test_the_clock_counts_working_days():
    """Ten working days from the Monday; the last days before National Day 2026 end after the holiday."""
    assert issue_due_on(date(2026, 11, 23)) == date(2026, 12, 7)
    assert issue_due_on(date(2026, 9, 24)) > date(2026, 10, 8)


def test_every_reason_against_a_request_is_told_at_once():
    reasons = why_not_apply(HandbookCase(hukou="", registered=False, living=True))
    assert len(reasons) == 3 and all(reason.clause and reason.next_step for reason in reasons)
    assert why_not_apply(HandbookCase(hukou="11", registered=True, living=False)) == []


def test_a_handbook_is_issued_once_and_by_another_officer(clerk, colleague, person, at):
    unemployed(person, by=clerk.actor, at=at)
    asked = request_handbook(person=person, by=clerk.actor, at=at)
    with pytest.raises(Refused, match="issued once"):
        request_handbook(person=person, by=colleague.actor, at=at)
    with pytest.raises(Refused, match="does not issue"):
        issue_handbook(copy=asked.pk, by=clerk.actor, at=at)
    issued = issue_handbook(copy=asked.pk, by=colleague.actor, at=at)
    assert issued.token and len(issued.code) == 8
    with pytest.raises(Refused, match="issued or given up already"):
        issue_handbook(copy=asked.pk, by=colleague.actor, at=at)


def test_the_database_refuses_an_officer_who_issues_to_themselves(clerk, person, at):
    unemployed(person, by=clerk.actor, at=at)
    asked = request_handbook(person=person, by=clerk.actor, at=at)
    with pytest.raises(IntegrityError, match="handbook_copy_four_eyes"), within(COUNTY):
        HandbookCopy.objects.filter(pk=asked.pk).update(
            issued_at=at, issued_by=asked.applied_by, issued_hands=asked.applied_hands, token="x"
        )


def test_a_handbook_starts_with_what_was_registered_before_it(clerk, colleague, person, at):
    period = unemployed(person, by=clerk.actor, at=at)
    end_status(period=period.pk, reason="30", on=date(2026, 11, 10), by=clerk.actor, at=at)
    asked = request_handbook(person=person, by=clerk.actor, at=at)
    issue_handbook(copy=asked.pk, by=colleague.actor, at=at)
    assert lines_of(person) == ["unemployed", "unemp_end", "issued"]


def test_every_later_step_is_written_in(clerk, person, booklet, at):
    employed(person, by=clerk.actor, at=at, from_on=at.date(), category="010", workplace="某公司")
    assert lines_of(person) == ["unemployed", "issued", "unemp_end", "employed"]
    with within(COUNTY):
        last = handbook_of(scope=COUNTY, person=person).lines[-1]
    assert ("某公司" in last.more and "单位就业" in last.more) or "Employed by a unit" in last.more


def test_what_was_taken_back_stays_written(clerk, colleague, person, booklet, at):
    work = employed(person, by=clerk.actor, at=at, from_on=at.date())
    withdraw_registration(period=work.pk, by=clerk.actor, at=at)
    assert lines_of(person)[-2:] == ["employed", "taken_back"]


def test_nobody_changes_a_line(booklet):
    with pytest.raises(Exception, match="permission denied"), within(COUNTY), connection.cursor() as cursor:
        cursor.execute("UPDATE registration_handbookentry SET kind = 'lost'")


def test_a_lost_booklet_is_dead_at_once_and_the_next_has_the_same_number(clerk, colleague, booklet, at):
    number = booklet.handbook.number
    assert checked_by_token(token=booklet.token).state == BookletState.VALID
    asked = replace_handbook(copy=booklet.pk, reason="lost", by=clerk.actor, at=at)
    for answer in (checked_by_token(token=booklet.token), checked_by_number(number=number, code=booklet.code)):
        assert answer.state == BookletState.DEAD
    issued = issue_handbook(copy=asked.pk, by=colleague.actor, at=at)
    assert issued.handbook.number == number and issued.copy_no == 2 and issued.token != booklet.token
    assert checked_by_number(number=number, code=issued.code).state == BookletState.VALID
    assert checked_by_token(token=booklet.token).state == BookletState.DEAD
    with pytest.raises(Refused, match="not valid any more"):
        replace_handbook(copy=booklet.pk, reason="lost", by=clerk.actor, at=at)


def test_death_ends_the_booklet(clerk, person, booklet, at):
    with within(COUNTY):
        period = booklet.person_id
    from openpes.registration.models import StatusPeriod

    with within(COUNTY):
        open_one = StatusPeriod.objects.get(person_id=period, until_on=None)
    end_status(period=open_one.pk, reason="70", on=at.date(), by=clerk.actor, at=at)
    assert checked_by_token(token=booklet.token).state == BookletState.DEAD


def test_an_employer_holds_it_only_while_it_employs(clerk, cast, person, booklet, at):
    firm = make_employer(cast.neighbour_clerk.actor, at, area=NEIGHBOUR)
    book = booklet.handbook_id
    with pytest.raises(Refused, match="not registered as employed"):
        hand_over_handbook(handbook=book, holder="employer", employer=firm.pk, by=clerk.actor, at=at)
    work = employed(person, by=clerk.actor, at=at, from_on=at.date(), category="010", employer=firm.pk)
    hand_over_handbook(handbook=book, holder="employer", employer=firm.pk, by=clerk.actor, at=at)
    boss = self_service(username="boss", employer=firm.pk, at=at)
    with boss.actor.standing():
        assert [row.to_return for row in held_handbooks(actor=boss.actor)] == [False]
    end_status(period=work.pk, reason="40", on=at.date(), by=clerk.actor, at=at)
    with boss.actor.standing():
        assert [row.to_return for row in held_handbooks(actor=boss.actor)] == [True]
    other = self_service(username="other", employer=make_employer(clerk.actor, at).pk, at=at)
    with pytest.raises(Handbook.DoesNotExist):
        hand_over_handbook(handbook=book, holder="person", by=other.actor, at=at)
    hand_over_handbook(handbook=book, holder="person", by=boss.actor, at=at)
    with boss.actor.standing():
        assert held_handbooks(actor=boss.actor) == []
    with within(COUNTY):
        hands = handbook_of(scope=COUNTY, person=person).hands
    assert [hand.until_on for hand in hands] == [None, at.date(), at.date()]


def test_a_handbook_is_in_one_pair_of_hands(booklet, person, at):
    with pytest.raises(IntegrityError, match="one_holder_at_a_time"), within(COUNTY):
        HandbookHolding.objects.create(
            area=COUNTY, person_id=person, handbook_id=booklet.handbook_id, holder="office", from_on=at.date(),
            handed_at=at, handed_by=1,
        )  # fmt: skip


def test_the_handbook_goes_with_a_person_who_moves(clerk, cast, person, booklet, at):
    move_residence(person=person, area="450105001", address="", on=at.date(), by=clerk.actor, at=at)
    with within(NEIGHBOUR):
        assert handbook_of(scope=NEIGHBOUR, person=person).is_issued
    with pytest.raises(HandbookCopy.DoesNotExist):
        replace_handbook(copy=booklet.pk, reason="lost", by=clerk.actor, at=at)
    replace_handbook(copy=booklet.pk, reason="lost", by=cast.neighbour_clerk.actor, at=at)


def test_the_neighbour_does_not_find_it(cast, person, booklet, at):
    other = cast.neighbour_clerk
    with pytest.raises(Person.DoesNotExist):
        request_handbook(person=person, by=other.actor, at=at)
    for act in (issue_handbook, replace_handbook):
        with pytest.raises(HandbookCopy.DoesNotExist):
            act(copy=booklet.pk, **({"reason": "lost"} if act is replace_handbook else {}), by=other.actor, at=at)
    client = other.client()
    assert client.get(f"/registration/persons/{person}/handbook").status_code == 404
    assert client.get(f"/registration/handbooks/copies/{booklet.pk}/pages.pdf").status_code == 404
    assert send(client, f"/registration/handbooks/copies/{booklet.pk}/replace", reason="lost").status_code == 404


def test_the_person_reads_the_own_handbook_and_no_other(clerk, person, booklet, at):
    from openpes.registration.queries import own_handbook

    seeker = self_service(username="own", person=person, at=at)
    with seeker.actor.standing():
        assert own_handbook(actor=seeker.actor).handbook.number == booklet.handbook.number
        assert Handbook.objects.count() == 1
    stranger = self_service(username="stranger", person=a_person(by=clerk.actor, at=at).pk, at=at)
    with stranger.actor.standing():
        assert Handbook.objects.count() == HandbookCopy.objects.count() == 0


# The public check


def queries_of(url_or_form, client):
    with CaptureQueriesContext(connection) as seen:
        page = client.get(url_or_form) if isinstance(url_or_form, str) else client.post(*url_or_form)
    asked = [re.sub(r"'[^']*'|s\d+_x\d+", "?", row["sql"]) for row in seen.captured_queries]
    # What was left to be sent before travels with the first statement, which counts the question.
    return page, [re.sub(r".*(?=INSERT INTO kernel_asking)", "", sql, flags=re.DOTALL) for sql in asked]


def test_known_dead_and_unknown_cost_the_same_work_and_have_the_same_shape(clerk, booklet, at):
    client = Client()
    url = "/registration/papers/check"
    number = booklet.handbook.number
    client.get(url)  # with it goes what the acts before left to be written
    valid, first = queries_of(f"{url}/{booklet.token}", client)
    unknown, second = queries_of(f"{url}/{'x' * 22}", client)
    wrong, third = queries_of((url, {"number": number, "code": "AAAAAAAA"}), client)
    nobody, fourth = queries_of((url, {"number": "4501031126999999", "code": "AAAAAAAA"}), client)
    assert first == second and third == fourth and sum("paperproof" in sql for sql in first) == 1
    assert {page.status_code for page in (valid, unknown, wrong, nobody)} == {200}
    assert len({page.content.count(b"<dt") for page in (valid, unknown, wrong, nobody)}) == 1

    def without_secrets(page):
        return [line for line in page.content.decode().splitlines() if "csrf" not in line and "nonce" not in line]

    assert [line.replace(number, "4501031126999999") for line in without_secrets(wrong)] == without_secrets(nobody)


def test_the_public_reads_digests_and_no_names(booklet, person):
    with within(role="openpes_public"):
        row = PaperProof.objects.exclude(digest="").first()
        assert booklet.token not in str(vars(row)) and booklet.handbook.number not in str(vars(row))
    with pytest.raises(Exception, match="permission denied"), within(role="openpes_public"):
        Handbook.objects.count()


def test_the_letters_are_typed_in_any_width_and_case(booklet):
    number = booklet.handbook.number
    typed = {"number": " ".join(number[n : n + 4] for n in range(0, 16, 4)), "code": booklet.code.lower()}
    page = Client(headers={"accept-language": "en"}).post("/registration/papers/check", typed)
    assert "notice-ok" in page.content.decode()


# Pages


def test_a_handbook_is_asked_for_issued_printed_and_replaced_on_its_page(clerk, colleague, person, at):
    unemployed(person, by=clerk.actor, at=at)
    client, other = clerk.client(), colleague.client()
    url = f"/registration/persons/{person}/handbook"
    assert "Ask for the handbook" in client.get(url).content.decode()
    assert send(client, f"{url}/request").status_code == 302
    page = client.get(url).content.decode()
    assert "10 working days left" in page and "Issue the booklet" not in page
    with within(CITY):
        copy = HandbookCopy.objects.get(person_id=person)
    assert "Issue the booklet" in other.get("/registration/handbooks").content.decode()
    assert send(client, f"/registration/handbooks/copies/{copy.pk}/issue").status_code == 422
    assert send(other, f"/registration/handbooks/copies/{copy.pk}/issue").status_code == 302
    pdf = client.get(f"/registration/handbooks/copies/{copy.pk}/pages.pdf")
    assert pdf.content.startswith(b"%PDF") and len(pdf.content) > 5000
    assert send(client, f"{url}/hand-over", holder="employer").status_code == 422
    assert send(client, f"{url}/hand-over", holder="office").status_code == 302
    assert send(client, f"/registration/handbooks/copies/{copy.pk}/replace", reason="lost").status_code == 302
    assert client.get(f"/registration/handbooks/copies/{copy.pk}/pages.pdf").status_code == 404
    with stopped(at + timedelta(days=30)):
        assert "working days late" in client.get("/registration/handbooks").content.decode()


def test_a_village_officer_asks_but_does_not_issue(cast, person, clerk, at):
    unemployed(person, by=clerk.actor, at=at)
    asked = request_handbook(person=person, by=clerk.actor, at=at)
    client = cast.village_officer.client()
    assert client.get(f"/registration/persons/{person}/handbook").status_code == 200
    assert send(client, f"/registration/handbooks/copies/{asked.pk}/issue").status_code == 403


# Races


@pytest.mark.city
def test_eight_requests_make_one_handbook(city, at):
    person = a_person(by=PLATFORM, at=at).pk
    unemployed(person, by=PLATFORM, at=at)
    got = at_once(lambda n: request_handbook(person=person, by=PLATFORM, at=at))
    assert got.pop("won") == 1 and sum(got.values()) == 7 and all("issued once" in words for words in got)


@pytest.mark.city
def test_eight_handbooks_get_eight_numbers_in_a_row(city, at):
    people = [a_person(by=PLATFORM, at=at).pk for _n in range(THREADS)]
    for person in people:
        unemployed(person, by=PLATFORM, at=at)
    assert at_once(lambda n: request_handbook(person=people[n], by=PLATFORM, at=at)) == Counter({"won": THREADS})
    with within(CITY):
        numbers = sorted(Handbook.objects.values_list("number", flat=True))
    assert [number[-6:] for number in numbers] == [f"{n:06d}" for n in range(1, 9)]


@pytest.mark.city
def test_a_booklet_is_issued_once_and_lost_once(city, at):
    person = a_person(by=PLATFORM, at=at).pk
    unemployed(person, by=PLATFORM, at=at)
    copy = request_handbook(person=person, by=PLATFORM, at=at).pk
    officers = [Actor(id=100 + n, scope=CITY) for n in range(THREADS)]
    got = at_once(lambda n: issue_handbook(copy=copy, by=officers[n], at=at))
    assert got.pop("won") == 1 and sum(got.values()) == 7
    got = at_once(lambda n: replace_handbook(copy=copy, reason="lost", by=officers[n], at=at))
    assert got.pop("won") == 1 and sum(got.values()) == 7


@pytest.mark.city
def test_numbers_read_and_counted_by_hand_collide(city, at):
    """The planted mistake: the serial is read and then raised, without the one statement that does both."""
    from threading import Barrier

    from openpes.registration.models import HandbookSerial

    with within(CITY):
        HandbookSerial.objects.create(prefix="4501031126", last=0)
    gate = Barrier(THREADS, timeout=20)
    drawn = []

    def naive(_n: int) -> None:
        with transaction.atomic():
            last = HandbookSerial.objects.get(prefix="4501031126").last
            gate.wait()
            HandbookSerial.objects.filter(prefix="4501031126").update(last=last + 1)
            drawn.append(last + 1)

    at_once(naive)
    assert len(drawn) == THREADS and len(set(drawn)) == 1
