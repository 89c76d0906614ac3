"""The search by distance starts from the site where the work is, else from the seat of the county."""

from dataclasses import replace
from datetime import timedelta
from decimal import Decimal

import pytest

from openpes.employers.actions import SiteFacts, add_site, change_site, give_up_site
from openpes.engine.places import LocatedSite, county_seats
from openpes.engine.search import Near
from openpes.kernel import within
from openpes.kernel.scope import PUBLIC
from openpes.matching.choices import Sort
from openpes.matching.queries import SearchWish, search_vacancies
from openpes.vacancies.models import PublishedVacancy
from openpes.vacancies.rules import spot_of_work
from tests.cast import TOWN, VILLAGE, self_service
from tests.employers.factories import make_employer
from tests.portal.factories import CLERK
from tests.vacancies.factories import make_open

FAR = SiteFacts(name="伊岭工厂", area=VILLAGE, address="工业路 8 号", latitude=Decimal("23.15812"),
                longitude=Decimal("108.27444"))  # fmt: skip
HERE = LocatedSite(VILLAGE, "工业路 8 号", Decimal("23.15812"), Decimal("108.27444"))
THERE = LocatedSite(VILLAGE, "大学路1号", Decimal("22.81"), Decimal("108.37"))


@pytest.mark.parametrize(
    ("area", "address", "sites", "spot"),
    [
        (TOWN, "工业路8号", [HERE, THERE], "23.16,108.27"),  # named, however it is spaced
        ("4501", "工业路 8 号", [HERE, THERE], "23.16,108.27"),
        (TOWN, "别处", [HERE], "23.16,108.27"),  # the only one of its town
        (VILLAGE, "", [HERE, HERE], "23.16,108.27"),  # two at one spot
        (TOWN, "别处", [HERE, THERE], ""),  # two spots, and neither is named
        (TOWN[:6], "别处", [HERE], ""),  # a county is too large for one site to be meant
        ("450181101", "", [HERE], ""),
        (TOWN, "工业路8号", [], ""),
    ],
)
def test_the_site_that_a_vacancy_means_is_the_named_one_or_the_only_one_of_its_town(area, address, sites, spot):
    assert spot_of_work(area=area, address=address, sites=sites) == spot


def found(at, km: float) -> list[int]:
    seat = county_seats()[TOWN[:6]]
    wish = SearchWish(near=Near(*seat, km), sort=Sort.DISTANCE)
    with within(role=PUBLIC):
        return [row.pk for row in search_vacancies(wish=wish, on=at.date()).rows]


@pytest.fixture
def row(db, at):
    return make_open(CLERK, at, area=TOWN, address="工业路8号", closes_on=at.date() + timedelta(days=60))


def test_a_site_moves_its_vacancies_on_the_map_and_one_given_up_gives_them_back(row, at):
    other = make_open(CLERK, at, area=TOWN, title="别家的岗位")
    assert set(found(at, 5)) == {row.pk, other.pk}
    site = add_site(employer=row.employer_id, facts=FAR, by=CLERK, at=at)
    assert found(at, 5) == [other.pk] and found(at, 60) == [other.pk, row.pk]
    change_site(site=site.pk, facts=replace(FAR, latitude=None, longitude=None), by=CLERK, at=at)
    assert set(found(at, 5)) == {row.pk, other.pk}
    change_site(site=site.pk, facts=FAR, by=CLERK, at=at)
    assert found(at, 5) == [other.pk]
    give_up_site(site=site.pk, by=CLERK, at=at)
    assert set(found(at, 5)) == {row.pk, other.pk}


def test_a_site_that_an_employer_writes_down_itself_counts_too(row, at):
    me = self_service(username="firm", employer=row.employer_id, at=at)
    add_site(employer=row.employer_id, facts=FAR, by=me.actor, at=at)
    with within(role=PUBLIC):
        assert PublishedVacancy.objects.get(pk=row.pk).spot == "23.16,108.27"


def test_a_vacancy_of_an_employer_with_a_site_is_published_with_its_spot(db, at):
    firm = make_employer(CLERK, at)
    add_site(employer=firm.pk, facts=FAR, by=CLERK, at=at)
    row = make_open(CLERK, at, employer=firm.pk, area=VILLAGE, address="")
    assert found(at, 5) == [] and found(at, 60) == [row.pk]
