"""Loading areas, opening points, posting staff, and the days on which points work."""

from datetime import timedelta

import pytest

from openpes.kernel import Refused, publish, within
from openpes.kernel.action import PLATFORM
from openpes.network.actions import lay_out_service_points, load_areas, open_service_point, post_staff
from openpes.network.choices import Level
from openpes.network.events import ServicePointOpened
from openpes.network.models import Area, AreaTerm, Posting, ServicePoint, WorkingDay
from openpes.network.queries import posting_of
from tests.cast import COUNTY, NEIGHBOUR
from tests.network.factories import a_point

CITY = "4501"


def working_days() -> list:
    with within(CITY):
        return list(WorkingDay.objects.order_by("worked_on").values_list("point", "worked_on"))


def test_loading_the_areas_twice_changes_nothing(db, at):
    before = list(Area.objects.values_list()), list(AreaTerm.objects.values_list())
    assert load_areas(by=PLATFORM, at=at) == len(before[0]) == 1 + 12 + 138 + 1856
    assert (list(Area.objects.values_list()), list(AreaTerm.objects.values_list())) == before


def test_a_county_has_its_own_market_opened_by_its_clerk(cast, at):
    point = a_point(COUNTY, at, by=cast.county_clerk.actor)
    with within(COUNTY):
        assert ServicePoint.objects.get(pk=point.pk).level == Level.COUNTY


def test_a_point_outside_ones_own_area_is_refused_and_leaves_no_trace(cast, at):
    with pytest.raises(Refused, match="outside your own"):
        a_point(NEIGHBOUR, at, by=cast.county_clerk.actor)
    with within(CITY):
        assert not ServicePoint.objects.exists()


def test_the_same_name_twice_in_one_area_is_refused(cast, at):
    a_point(COUNTY, at)
    with pytest.raises(Refused, match="already a service point"):
        a_point(COUNTY, at)


def test_all_reasons_come_at_once(cast, at):
    with pytest.raises(Refused) as refused:
        open_service_point(
            area=NEIGHBOUR, level=Level.TOWN, name=" ", opened_on=at.date(), by=cast.county_clerk.actor, at=at
        )
    assert [reason.field for reason in refused.value.reasons] == ["area", "level", "name"]


def test_the_plan_is_laid_out_once(db, at):
    assert lay_out_service_points(by=PLATFORM, at=at) == 1859
    assert lay_out_service_points(by=PLATFORM, at=at) == 1859
    with within(CITY):
        assert ServicePoint.objects.count() == 1859


def test_a_posting_ends_the_one_before_on_the_same_day(cast, at):
    first, second = a_point(COUNTY, at), a_point(COUNTY, at, name="分市场")
    who = cast.county_clerk.account.pk
    post_staff(account=who, point=first.pk, window="1", by=PLATFORM, at=at)
    later = at + timedelta(days=30)
    post_staff(account=who, point=second.pk, by=PLATFORM, at=later)
    with within(CITY):
        assert posting_of(who, at.date()).point == first
        assert posting_of(who, later.date()).point == second
        assert posting_of(who, at.date()).until_on == later.date()


def test_a_second_posting_on_one_day_replaces_the_first(cast, at):
    first, second = a_point(COUNTY, at), a_point(COUNTY, at, name="分市场")
    who = cast.county_clerk.account.pk
    post_staff(account=who, point=first.pk, by=PLATFORM, at=at)
    post_staff(account=who, point=second.pk, by=PLATFORM, at=at)
    with within(CITY):
        assert [posting.point for posting in Posting.objects.filter(account=who)] == [second]


def test_the_same_posting_twice_is_refused(cast, at):
    point = a_point(COUNTY, at)
    post_staff(account=cast.county_clerk.account.pk, point=point.pk, by=PLATFORM, at=at)
    with pytest.raises(Refused, match="already works at this point"):
        post_staff(account=cast.county_clerk.account.pk, point=point.pk, by=PLATFORM, at=at)


def test_nobody_is_posted_to_a_point_of_the_neighbour(cast, at):
    point = a_point(NEIGHBOUR, at)
    with pytest.raises(ServicePoint.DoesNotExist):
        post_staff(account=cast.county_clerk.account.pk, point=point.pk, by=cast.county_clerk.actor, at=at)


def test_whoever_works_elsewhere_is_not_taken_away_by_a_county(cast, at):
    there, here = a_point(NEIGHBOUR, at), a_point(COUNTY, at)
    who = cast.neighbour_clerk.account.pk
    post_staff(account=who, point=there.pk, by=PLATFORM, at=at)
    with pytest.raises(Refused, match="outside your area"):
        post_staff(account=who, point=here.pk, by=cast.county_clerk.actor, at=at + timedelta(days=1))


def test_two_postings_of_one_account_cannot_overlap_whatever_the_code_does(cast, at):
    from django.db import IntegrityError, transaction

    point = a_point(COUNTY, at)
    with within(CITY):
        row = {"area": COUNTY, "account": cast.county_clerk.account, "point": point, "from_on": at.date()}
        Posting.objects.create(**row)
        with pytest.raises(IntegrityError, match="posting_at_one_point"), transaction.atomic():
            Posting.objects.create(**row | {"window": "2"})


def test_the_first_act_of_a_day_is_a_working_day_of_the_point_and_the_second_adds_none(cast, at):
    point = a_point(COUNTY, at)
    post_staff(account=cast.county_clerk.account.pk, point=point.pk, by=PLATFORM, at=at)
    assert working_days() == []
    for minutes in (0, 5, 24 * 60):
        a_point(COUNTY, at + timedelta(minutes=minutes), name=f"第{minutes}分市场", by=cast.county_clerk.actor)
    assert working_days() == [(point.pk, at.date()), (point.pk, (at + timedelta(days=1)).date())]


def test_somebody_without_a_posting_and_the_platform_make_no_working_day(cast, at):
    a_point(COUNTY, at)
    a_point(COUNTY, at, name="分市场", by=cast.county_clerk.actor)
    assert working_days() == []


def test_a_posting_that_ended_makes_no_working_day_for_the_old_point(cast, at):
    first, second = a_point(COUNTY, at), a_point(COUNTY, at, name="分市场")
    who = cast.county_clerk
    post_staff(account=who.account.pk, point=first.pk, by=PLATFORM, at=at)
    later = at + timedelta(days=2)
    post_staff(account=who.account.pk, point=second.pk, by=PLATFORM, at=later)
    with who.actor.standing():
        publish(ServicePointOpened(point=0, area=COUNTY, by=who.actor.id, at=later))
    assert working_days() == [(second.pk, later.date())]
