"""The start page of each level: every number is the number of the list to which it opens; clocks of what waits."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import translation

from openpes.access.actions import grant_role, open_account
from openpes.counter.queries import home_of, waiting_lines
from openpes.kernel import Actor, clock, within
from openpes.kernel.action import PLATFORM
from openpes.kernel.composed import forget_composed
from openpes.matters.actions import Receiver, note_matter, propose_hand_over
from openpes.network.actions import post_staff
from openpes.referrals.actions import refer, report_hire
from openpes.registration.actions import (
    UnemploymentFacts,
    file_appeal,
    refuse_registration,
    request_handbook,
)
from openpes.registration.models import StatusPeriod
from openpes.vacancies.actions import ask_publication
from tests.cast import COUNTY, TOWN, VILLAGE, Player
from tests.employers.factories import make_employer
from tests.network.factories import a_point
from tests.people.factories import a_person
from tests.referrals.factories import hire_facts, introduced
from tests.registration.factories import unemployed, wishing
from tests.vacancies.factories import make_draft, make_open

OTHER_TOWN = "450103002001"


@pytest.fixture(autouse=True)
def _in_english():
    with translation.override("en"):
        yield


@pytest.fixture
def busy(cast, at):
    """Persons, wishes, vacancies, introductions and matters in two towns of the county."""
    by = cast.county_clerk.actor
    firm = make_employer(by, at)
    for area, count in ((VILLAGE, 3), (OTHER_TOWN, 2)):
        vacancy = make_open(by, at, employer=firm.pk, area=area, title="包装工", openings=9)
        for n in range(count):
            person = a_person(by=by, at=at, name=f"韦{'甲乙丙'[n]}", area=area)
            _jobless(person.pk, by, at, 80)
            wishing(person.pk, by=by, at=at)
            refer(person=person.pk, vacancy=vacancy.pk, by=by, at=at)
            note_matter(person=person.pk, subject="other", asked="问", by=by, at=at)
    return cast


def _jobless(person: int, by: Actor, at, days: int) -> None:
    """Registered as unemployed so many days ago."""
    unemployed(person, by=by, at=at - timedelta(days=days), from_on=at.date() - timedelta(days=days))


def rights_of(client) -> frozenset[str]:
    return client.get(reverse("counter:home")).wsgi_request.rights


def opened(client, figure) -> int:
    """How many rows the list has to which a number opens."""
    address = reverse(figure.page) + (f"?{figure.query}" if figure.query else "")
    return client.get(address).context["page"].paginator.count


@pytest.mark.parametrize("who", ["city_clerk", "county_clerk", "township_clerk", "village_officer", "neighbour_clerk"])
def test_every_number_of_every_level_is_that_of_its_list(busy, who, at):
    player = getattr(busy, who)
    client = player.client()
    with player.actor.standing():
        home = home_of(scope=player.actor.scope, on=at.date(), rights=rights_of(client))
    assert len(home.figures) == 6
    for figure in home.figures:
        assert opened(client, figure) == figure.value, figure
    for line in home.lines:
        for figure in line.figures:
            if figure.value:
                assert opened(client, figure) == figure.value, figure
    if who == "county_clerk":
        assert [figure.value for figure in home.figures] == [5, 5, 5, 2, 5, 5]
        assert {line.unit.path: line.figures[0].value for line in home.lines if line.figures[0].value} == {
            TOWN: 3, OTHER_TOWN[:9]: 2,
        }  # fmt: skip
    if who == "village_officer":
        assert home.lines == [] and home.figures[0].value == 3
    if who == "neighbour_clerk":
        assert not any(figure.value for figure in home.figures)


def test_whose_end_lies_ahead_is_counted_until_then(cast, at):
    by = cast.county_clerk.actor
    period = unemployed(a_person(by=by, at=at).pk, by=by, at=at)
    with within(COUNTY):
        StatusPeriod.objects.filter(pk=period.pk).update(until_on=at.date() + timedelta(days=1))
    for days, count in ((0, 1), (1, 0)):
        with within(COUNTY):
            home = home_of(scope=COUNTY, on=at.date() + timedelta(days=days), rights=frozenset({"registration.view"}))
        assert home.figures[0].value == count


def test_a_supervisor_sees_the_units_and_no_work_that_is_not_theirs(busy, at):
    account = open_account(username="supervisor", name="supervisor", by=PLATFORM, at=at)
    grant_role(account=account.pk, role="supervisor", scope="4501", by=PLATFORM, at=at)
    client = Player(account, Actor(id=account.pk, scope="4501")).client()
    page = client.get(reverse("counter:home"))
    text = page.content.decode()
    assert "Open matters" not in text and "Registered unemployed" in text
    assert [line.label for line in page.context["waiting"]] == []
    assert len(page.context["home"].lines) == 12


def test_what_waits_is_told_with_its_clock(busy, at):
    by, colleague = busy.county_clerk.actor, busy.township_clerk
    person = a_person(by=by, at=at, name="农志华")
    _jobless(person.pk, by, at, 0)
    request_handbook(person=person.pk, by=by, at=at)
    facts = UnemploymentFacts(from_on=at.date(), reason="90", willing=False)
    refused = refuse_registration(person=person.pk, facts=facts, by=by, at=at)
    file_appeal(decision=refused.pk, grounds="愿意工作", by=by, at=at)
    matter = note_matter(person=person.pk, subject="other", asked="问", by=colleague.actor, at=at)
    propose_hand_over(matter=matter.pk, to=Receiver(by.id), reason="业务", by=colleague.actor, at=at)
    rights = rights_of(busy.county_clerk.client())

    def lines(on):
        with within(COUNTY):
            found = waiting_lines(actor=by, on=on, rights=rights)
        return {str(line.label): (line.rows, line.late) for line in found}

    today = lines(at.date())
    assert today["Confirmations due"] == (5, 5) and today["Matters that you answer for"] == (5, 0)
    assert today["Matters offered to you"] == (1, 0)
    assert today["Handbooks to be issued"] == today["Appeals to be ruled"] == (1, 0)
    later = lines(at.date() + timedelta(days=60))
    assert later["Matters offered to you"] == (1, 1) and later["Appeals to be ruled"] == (1, 1)


def test_what_employers_ask_and_report_waits_in_lists_of_as_many(busy, at):
    by, client = busy.county_clerk.actor, busy.county_clerk.client()
    firm = make_employer(by, at)
    boss = Actor(id=80_000 + firm.pk, employer=firm.pk)
    vacancy = make_open(by, at, employer=firm.pk, title="保洁员")
    applied = introduced(at, by, vacancy.pk)
    report_hire(referral=applied.pk, facts=hire_facts(begins_on=at.date()), by=boss, at=at)
    ask_publication(vacancy=make_draft(by, at, employer=firm.pk).pk, by=boss, at=at)
    with within(COUNTY):
        found = waiting_lines(actor=by, on=at.date() + timedelta(days=1), rights=rights_of(client))
    lines = {str(line.label): line for line in found}
    confirm, publish = lines["Hires to be confirmed"], lines["Vacancies to be published"]
    assert (confirm.rows, confirm.late, confirm.first_due_on) == (1, 1, at.date())
    assert (publish.rows, publish.late, publish.query) == (1, 0, "state=asked")
    assert opened(client, publish) == 1
    assert opened(client, lines["Answers to be asked for"]) == lines["Answers to be asked for"].rows == 6
    assert len(client.get(reverse(confirm.page)).context["reported"]) == 1


def test_what_is_offered_to_ones_office_waits_for_oneself(busy, at):
    office, colleague = a_point(TOWN, at), busy.township_clerk
    person = a_person(by=colleague.actor, at=at, name="农志华")
    matter = note_matter(person=person.pk, subject="other", asked="问", by=busy.county_clerk.actor, at=at)
    told = {"matter": matter.pk, "to": Receiver(point=office.pk), "reason": "业务"}
    propose_hand_over(**told, by=busy.county_clerk.actor, at=at)
    rights = frozenset({"matters.answer"})
    with within(TOWN):
        assert waiting_lines(actor=colleague.actor, on=at.date(), rights=rights) == []
    post_staff(account=colleague.account.pk, point=office.pk, by=busy.city_clerk.actor, at=at)
    with within(TOWN):
        assert [line.rows for line in waiting_lines(actor=colleague.actor, on=at.date(), rights=rights)] == [1]


def test_readers_by_turns_each_see_their_own(busy, at):
    """What is composed for one reader is sent for the area and the officer of the next."""
    told = {who: getattr(busy, who) for who in ("county_clerk", "township_clerk", "neighbour_clerk", "village_officer")}
    rights = rights_of(busy.county_clerk.client())

    def seen(player):
        with within(player.actor.scope):
            lines = waiting_lines(actor=player.actor, on=at.date(), rights=rights)
            return lines, home_of(scope=player.actor.scope, on=at.date(), rights=rights)

    alone = {}
    for who, player in told.items():
        forget_composed()
        alone[who] = seen(player)
    assert [seen(player) for _turn in range(2) for player in told.values()] == 2 * list(alone.values())
    assert alone["county_clerk"][0] and not alone["neighbour_clerk"][0]
    note_matter(person=a_person(by=busy.county_clerk.actor, at=at, area=VILLAGE).pk, subject="other", asked="再问",
                by=busy.county_clerk.actor, at=at)  # fmt: skip
    after = seen(busy.county_clerk)[1].figures[-1].value
    assert after == alone["county_clerk"][1].figures[-1].value + 1


def test_the_numbers_come_by_one_statement_each(busy, at):
    rights = rights_of(busy.city_clerk.client())
    with within("4501"), CaptureQueriesContext(connection) as asked:
        home_of(scope="4501", on=at.date(), rights=rights)
        waiting_lines(actor=busy.city_clerk.actor, on=at.date(), rights=rights)
    assert [query["sql"].count("UNION ALL") > 2 for query in asked] == [True, True]


def test_the_wishes_of_a_unit_are_narrowed_by_the_address(busy):
    client = busy.county_clerk.client()
    page = client.get(reverse("counter:wishes"), {"area": TOWN})
    assert page.context["page"].paginator.count == 3 and "韦甲" in page.content.decode()
    assert client.get(reverse("counter:wishes"), {"area": "450105"}).context["page"].paginator.count == 0


def test_the_clock_of_confirmations_is_that_of_the_law(cast, at):
    """The database counts months as the rules do, at the ends of months too."""
    from openpes.registration.queries import contacts_in_words, due_contacts

    by = cast.county_clerk.actor
    for n, days in enumerate((57, 84, 85, 86, 87, 88, 115)):
        _jobless(a_person(by=by, at=at, name=f"韦{'甲乙丙丁戊己庚'[n]}").pk, by, at, days)
    with clock.stopped(at), within(COUNTY):
        (line,) = waiting_lines(actor=by, on=at.date(), rights=frozenset({"registration.unemployment"}))
        due = [
            row.days.due_on for row in contacts_in_words(list(due_contacts(scope=COUNTY, on=at.date())), on=at.date())
        ]
    assert line.rows == len(due) and line.first_due_on == min(due)
    assert line.late == sum(day < at.date() for day in due)
