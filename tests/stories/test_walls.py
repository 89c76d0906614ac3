"""What is outside one's area does not exist: every address, every role, and either guard alone."""

import pytest
from django.test import Client
from django.urls import path, reverse

from openpes.kernel import ScopedQuerySet, within
from openpes.people.models import Person
from tests.owner import owner_of
from tests.stories.marked_city import MarkedCity, build
from tests.stories.walls import Address, Unknown, Walk, addresses, unknown_parameters

SHARES = 4  # of all addresses, so that the cores share the walk
TOWN_HALL = ("township_clerk", "auditor", "administrator", "seeker", "employer")


@pytest.fixture
def marked(db, at) -> MarkedCity:
    return build(at)


def told(faults: list[str]) -> str:
    return f"{len(faults)} faults\n" + "\n".join(faults[:40])


@pytest.mark.slow
@pytest.mark.parametrize("share", range(SHARES))
def test_every_address_keeps_the_walls_for_every_role(marked, share):
    listed = list(addresses())[share::SHARES]
    walk = Walk(marked).all(listed)
    assert not walk.faults, told(walk.faults)
    assert not walk.unreached(listed), told(walk.unreached(listed))
    assert walk.requests > 1000


def test_without_signing_in_every_guarded_address_leads_to_the_door(marked):
    visitor, faults = Client(), []
    for address in addresses():
        if address.right == "public":
            continue
        value = marked.things[address.kind(address.arguments[0])][0].value if address.arguments else None
        where = address.of(value) if address.arguments else reverse(address.name)
        for method in ("get", "post", "put", "patch", "delete"):
            answer = getattr(visitor, method)(where)
            if answer.status_code != 302 or not answer["Location"].startswith(reverse("account_login")):
                faults.append(f"{method} {where}: {answer.status_code}")
    assert not faults, told(faults)


def test_public_pages_show_the_public_nothing_that_is_not_published(marked):
    walk = Walk(marked).anybody()
    assert not walk.faults, told(walk.faults)
    assert {"portal:search", "portal:vacancy", "screens:rows"} <= walk.reached


def test_every_parameter_that_a_view_reads_is_tried():
    assert unknown_parameters() == []


def test_an_address_that_nobody_told_the_walls_about_is_named():
    """The planted mistake: a new address with an argument of its own."""

    def view(request, station):
        raise AssertionError

    view.permission = "public"
    (new,) = addresses([path("exchange/<int:station>/", view, name="station")])
    with pytest.raises(Unknown, match=r"has an argument “station” .* Add \('exchange/', 'station'\) to NAMED"):
        new.kind("station")


def test_an_address_that_answers_nobody_is_named(marked):
    lonely = Address("people:lonely", "people/<int:pk>/lonely", ("pk",), "people.view")
    assert "people/<int:pk>/lonely answered nobody" in Walk(marked).unreached([lonely])[0]


# Either guard alone


def everything(self: ScopedQuerySet, scope: str) -> ScopedQuerySet:
    return self.all()


@pytest.mark.slow
def test_when_the_querysets_forget_the_area_the_database_still_keeps_it(marked, monkeypatch):
    """The first planted mistake."""
    monkeypatch.setattr(ScopedQuerySet, "visible_to", everything)
    with within("450103001"):
        assert Person.objects.visible_to("450105").count() == Person.objects.count() > 0
    walk = Walk(marked).some(*TOWN_HALL)
    assert not walk.faults, told(walk.faults)


def without_row_policies(city: dict) -> None:
    """Switch row-level security off on every table, as the owner of the tables can."""
    with owner_of(city) as owner:
        guarded = "SELECT oid::regclass::text FROM pg_class WHERE relrowsecurity AND relkind IN ('r', 'p')"
        for (table,) in owner.execute(guarded).fetchall():
            owner.execute(f"ALTER TABLE {table} DISABLE ROW LEVEL SECURITY")


@pytest.mark.slow
@pytest.mark.city
def test_when_the_database_forgets_the_area_the_querysets_still_keep_it(city, at):
    """The second planted mistake."""
    marked = build(at)
    without_row_policies(city)
    with within("450103001"):
        assert Person.objects.filter(area__startswith="450105").exists()
    walk = Walk(marked).some(*TOWN_HALL)
    assert not walk.faults, told(walk.faults)


@pytest.mark.slow
@pytest.mark.city
def test_when_both_forget_the_walk_finds_the_leaks(city, at, monkeypatch):
    """The planted mistake for the walk itself: without any wall it must find many holes."""
    marked = build(at)
    without_row_policies(city)
    monkeypatch.setattr(ScopedQuerySet, "visible_to", everything)
    faults = Walk(marked).some("township_clerk", "auditor", methods=("get",)).faults
    pages = ("/people/", "/vacancies/", "/registration/unemployed.csv", "/counter/person/", "/referrals/", "/intake/")
    for sign in pages:
        assert any(sign in fault for fault in faults), f"No leak was found at {sign}."
    assert any("instead of 404" in fault for fault in faults) and any("of others" in fault for fault in faults)
