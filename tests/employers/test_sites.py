"""Places where an employer's people work: written down, changed, given up, and found on the map."""

from datetime import timedelta
from decimal import Decimal

import pytest
from django.db import IntegrityError, transaction

from openpes.employers.actions import SiteFacts, add_site, change_site, give_up_site
from openpes.employers.models import Employer, Site
from openpes.employers.queries import located_sites, sites_of
from openpes.kernel import Actor, Refused, within
from openpes.kernel.clock import day_of
from openpes.kernel.scope import CITY
from tests.cast import COUNTY, NEIGHBOUR
from tests.employers.factories import make_employer
from tests.races import outcomes

CLERK = Actor(id=1, scope=COUNTY)
OTHER = Actor(id=2, scope=NEIGHBOUR)
PLANT = SiteFacts(
    name="一号车间", area=NEIGHBOUR, address="江南区友谊路 48 号", latitude=Decimal("22.75"), longitude=Decimal("108.3")
)


def test_a_site_in_another_county_belongs_to_the_employer_and_is_seen_on_the_map(db, at):
    firm = make_employer(CLERK, at)
    site = add_site(employer=firm.pk, facts=PLANT, by=CLERK, at=at)
    assert [row.pk for row in sites_of(employer=firm.pk, on=day_of(at))] == [site.pk]
    assert located_sites(employers=[firm.pk], on=day_of(at)) == {
        firm.pk: [(NEIGHBOUR, PLANT.address, Decimal("22.75"), Decimal("108.3"))]
    }
    with within(NEIGHBOUR):
        assert Site.objects.seen_by(OTHER).get() == site
    with within(COUNTY):
        assert not Site.objects.exists()


def test_a_neighbour_changes_no_site_of_an_employer_that_it_does_not_keep(db, at):
    site = add_site(employer=make_employer(CLERK, at).pk, facts=PLANT, by=CLERK, at=at)
    for act in (
        lambda: change_site(site=site.pk, facts=PLANT, by=OTHER, at=at),
        lambda: give_up_site(site=site.pk, by=OTHER, at=at),
    ):
        with pytest.raises(Site.DoesNotExist):
            act()
    with pytest.raises(Employer.DoesNotExist):
        add_site(employer=site.employer_id, facts=PLANT, by=OTHER, at=at)


def test_an_employers_account_keeps_its_own_sites_only(db, at):
    mine, foreign = make_employer(CLERK, at), make_employer(CLERK, at)
    me = Actor(id=9, employer=mine.pk)
    site = add_site(employer=mine.pk, facts=PLANT, by=me, at=at)
    assert give_up_site(site=site.pk, by=me, at=at).until_on == day_of(at)
    with pytest.raises(Employer.DoesNotExist):
        add_site(employer=foreign.pk, facts=PLANT, by=me, at=at)


def test_what_is_wrong_with_a_site_is_told_all_at_once(db, at):
    firm = make_employer(CLERK, at)
    wrong = SiteFacts(name=" ", area="999999", address="", latitude=Decimal("108.3"), longitude=Decimal("22.7"))
    with pytest.raises(Refused) as refused:
        add_site(employer=firm.pk, facts=wrong, by=CLERK, at=at)
    assert [reason.field for reason in refused.value.reasons] == ["name", "address", "area", "latitude"]
    half = SiteFacts(name="库房", area=COUNTY, address="路 1 号", latitude=Decimal("22.7"))
    with pytest.raises(Refused) as refused:
        add_site(employer=firm.pk, facts=half, by=CLERK, at=at)
    assert [reason.field for reason in refused.value.reasons] == ["longitude"]


def test_the_database_alone_refuses_a_place_outside_the_country(db, at):
    firm = make_employer(CLERK, at)
    with within(CITY), pytest.raises(IntegrityError, match="site_in_the_country"), transaction.atomic():
        Site.objects.create(
            employer=firm, area=COUNTY, name="x", address="x", from_on=day_of(at), latitude=22, longitude=22
        )


def test_a_given_up_site_is_gone_and_its_name_free_again(db, at):
    firm = make_employer(CLERK, at)
    site = add_site(employer=firm.pk, facts=PLANT, by=CLERK, at=at)
    later = at + timedelta(days=3)
    give_up_site(site=site.pk, by=CLERK, at=later)
    assert sites_of(employer=firm.pk, on=day_of(later)) == []
    with pytest.raises(Site.DoesNotExist):
        give_up_site(site=site.pk, by=CLERK, at=later)
    assert add_site(employer=firm.pk, facts=PLANT, by=CLERK, at=later).pk != site.pk


@pytest.mark.city
def test_of_eight_who_write_one_site_down_at_once_one_succeeds(city, at):
    firm = make_employer(CLERK, at)

    added = outcomes(
        lambda number: add_site(employer=firm.pk, facts=PLANT, by=Actor(id=number, scope=COUNTY), at=at), range(1, 9)
    )
    assert added == {"done": 1, "refused": 7}
