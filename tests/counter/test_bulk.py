"""Acts on a selection: shown first for each with reasons, then done for all or the good ones; journal per row."""

from uuid import uuid4

import pytest
from django.urls import reverse
from django.utils import translation

from openpes.audit.models import JournalEntry
from openpes.counter.actions import act_on_many, foresee
from openpes.engine.calendars import add_months
from openpes.kernel import Actor, Refused, clock, within
from openpes.matters.models import HandOver, Matter, Responsibility
from openpes.matters.queries import own_matters
from openpes.registration.models import Contact, StatusPeriod
from tests.cast import COUNTY, NEIGHBOUR
from tests.people.factories import a_person
from tests.registration.factories import unemployed

CONFIRM = {"kind": "confirm", "told": {"way": "phone", "note": ""}}


@pytest.fixture(autouse=True)
def _in_english():
    with translation.override("en"):
        yield


@pytest.fixture
def persons(cast, at):
    """Two who are registered as unemployed, and one who is not."""
    by = cast.county_clerk.actor
    found = [a_person(by=by, at=at, name=name) for name in ("覃秀兰", "韦国强", "农志华")]
    for person in found[:2]:
        unemployed(person.pk, by=by, at=at)
    return found


@pytest.fixture
def chosen(persons):
    return [person.pk for person in persons]


def contacts() -> int:
    with within("4501"):
        return Contact.objects.count()


def test_what_would_happen_is_told_for_each_and_nothing_is_changed(chosen, cast, at):
    with within("4501"):
        before = JournalEntry.objects.count()
    rows = foresee(**CONFIRM, persons=chosen, by=cast.county_clerk.actor, at=at)
    assert [row.can for row in rows] == [True, True, False]
    assert "not registered as unemployed" in str(rows[2].reasons[0])
    with within("4501"):
        assert contacts() == 0 and JournalEntry.objects.count() == before
        assert not StatusPeriod.objects.exclude(contacted_on=None).exists()


def test_the_good_ones_are_done_and_each_has_a_line_of_its_own(chosen, cast, at):
    rows = act_on_many(**CONFIRM, persons=chosen, whole=False, by=cast.county_clerk.actor, at=at)
    assert [row.can for row in rows] == [True, True, False] and contacts() == 2
    with within("4501"):
        lines = JournalEntry.objects.filter(event__endswith="UnemploymentConfirmed").order_by("id")
        assert [line.person for line in lines] == chosen[:2]
        whole = JournalEntry.objects.get(event__endswith="SelectionActedOn")
    assert (whole.payload["rows"], whole.payload["rejected"]) == (2, 1)


def test_all_or_nobody(chosen, cast, at):
    with pytest.raises(Refused, match="not registered as unemployed"):
        act_on_many(**CONFIRM, persons=chosen, whole=True, by=cast.county_clerk.actor, at=at)
    assert contacts() == 0
    act_on_many(**CONFIRM, persons=chosen[:2], whole=True, by=cast.county_clerk.actor, at=at)
    assert contacts() == 2


def test_who_is_of_another_area_is_not_acted_on_and_not_named(chosen, cast, at):
    far = a_person(by=cast.neighbour_clerk.actor, at=at, name="陆海燕", area=f"{NEIGHBOUR}001001").pk
    rows = act_on_many(**CONFIRM, persons=[far, 10**12], whole=False, by=cast.county_clerk.actor, at=at)
    assert [(row.name, row.can) for row in rows] == [("", False), ("", False)]
    assert "not of your area" in str(rows[0].reasons[0])


@pytest.mark.parametrize(("count", "sentence"), [(0, "Nobody is chosen"), (101, "at most 100")])
def test_a_selection_has_its_limits(cast, at, count, sentence):
    with pytest.raises(Refused, match=sentence):
        foresee(**CONFIRM, persons=range(count), by=cast.county_clerk.actor, at=at)


def test_a_person_chosen_twice_is_done_once(chosen, cast, at):
    rows = act_on_many(**CONFIRM, persons=[chosen[0], chosen[0]], whole=True, by=cast.county_clerk.actor, at=at)
    assert len(rows) == 1 and contacts() == 1


def test_only_those_are_reminded_whose_confirmation_is_due(chosen, cast, at):
    told = {"kind": "remind", "persons": chosen, "told": {}, "by": cast.county_clerk.actor}
    assert [row.can for row in foresee(**told, at=at)] == [False, False, False]
    later = at.replace(year=add_months(at.date(), 2).year, month=add_months(at.date(), 2).month)
    with clock.stopped(later):
        rows = act_on_many(**told, whole=False, at=later)
    assert [row.can for row in rows] == [True, True, False]
    assert "No confirmation is due" in str(foresee(**told, at=later)[0].reasons[0])


def test_assigned_persons_are_offered_to_the_colleague_and_answered_for_by_oneself_until_then(chosen, cast, at):
    clerk, colleague = cast.county_clerk, cast.township_clerk
    told = {"officer": colleague.account.pk, "asked": "年前走访一次"}
    rows = act_on_many(kind="assign", persons=chosen, told=told, whole=True, by=clerk.actor, at=at)
    assert all(row.can for row in rows)
    with within(COUNTY):
        assert Matter.objects.count() == 3
        assert set(Responsibility.objects.present().values_list("officer", flat=True)) == {clerk.account.pk}
        assert set(HandOver.objects.waiting().values_list("to_officer", flat=True)) == {colleague.account.pk}
        assert set(Matter.objects.values_list("subject", flat=True)) == {"task"}
    with within(role="openpes_self", person=chosen[0]):  # an order between officers is no question of the person
        assert own_matters(actor=Actor(id=1, person=chosen[0]), on=at.date()) == []


def test_who_works_elsewhere_is_assigned_nobody(chosen, cast, at):
    told = {"officer": cast.neighbour_clerk.account.pk, "asked": "走访"}
    rows = act_on_many(kind="assign", persons=chosen, told=told, whole=False, by=cast.county_clerk.actor, at=at)
    assert not any(row.can for row in rows)
    with within(COUNTY):
        assert not Matter.objects.exists()  # a half of an act is none


# Pages


def send(client, name, **told):
    return client.post(reverse(f"counter:{name}"), told | {"idempotency_key": str(uuid4())})


def test_the_lists_offer_the_acts_and_the_way_back(persons, chosen, cast):
    client = cast.county_clerk.client()
    for page in ("people:list", "registration:unemployed_list"):
        text = client.get(reverse(page)).content.decode()
        assert f'name="pick" form="bulk" value="{chosen[0]}"' in text and 'name="act" value="confirm"' in text
    shown = send(client, "bulk", act="confirm", pick=chosen, back="/people/?sex=2").content.decode()
    assert "It can be done for 2 persons." in shown and "It cannot be done for 1 person." in shown
    assert contacts() == 0
    done = send(client, "bulk_act", act="confirm", pick=chosen, way="phone", back="/people/?sex=2")
    assert done["Location"] == "/people/?sex=2" and contacts() == 2


def test_all_or_nobody_on_the_page(chosen, cast):
    answer = send(cast.county_clerk.client(), "bulk_act", act="confirm", pick=chosen, way="phone", whole="1")
    assert answer.status_code == 422 and contacts() == 0
    assert "Nothing was done" in answer.content.decode()


@pytest.mark.parametrize("back", ["https://example.org/", "//example.org", "javascript:alert(1)", ""])
def test_the_way_back_leads_to_no_other_site(chosen, cast, back):
    done = send(cast.county_clerk.client(), "bulk_act", act="confirm", pick=chosen[:1], way="phone", back=back)
    assert done["Location"] == reverse("counter:home")


def test_an_act_without_its_right_is_not_offered_and_not_done(chosen, cast, at):
    from openpes.access.actions import grant_role, open_account
    from openpes.kernel import Actor
    from openpes.kernel.action import PLATFORM
    from tests.cast import Player

    account = open_account(username="reader", name="reader", by=PLATFORM, at=at)
    grant_role(account=account.pk, role="supervisor", scope=COUNTY, by=PLATFORM, at=at)
    client = Player(account, Actor(id=account.pk, scope=COUNTY)).client()
    assert 'name="pick"' not in client.get(reverse("people:list")).content.decode()
    for name in ("bulk", "bulk_act"):
        assert send(client, name, act="confirm", pick=chosen, way="phone").status_code == 403
    assert contacts() == 0


@pytest.mark.parametrize("told", [{"act": "delete"}, {"act": "confirm"}, {"act": "confirm", "pick": "x"}])
def test_bad_input_is_no_error_of_the_server(cast, told):
    for name in ("bulk", "bulk_act"):
        assert send(cast.county_clerk.client(), name, **told).status_code in (403, 422)
