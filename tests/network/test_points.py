"""Kinds of points, what is written down about them, their pictures, and their end."""

from datetime import date, timedelta

import pytest
from django.db import IntegrityError, connection, transaction

from openpes.kernel import Actor, Refused, within
from openpes.kernel.action import PLATFORM
from openpes.network import queries
from openpes.network.actions import (
    Host,
    add_picture,
    close_service_point,
    lay_out_service_points,
    open_service_point,
    post_staff,
    recognise_key_market,
    record_population,
    remove_picture,
)
from openpes.network.choices import Level, PointKind
from openpes.network.models import OpeningHours, PointPicture, Posting, ServicePoint
from tests.cast import COUNTY, NEIGHBOUR, TOWN, VILLAGE
from tests.engine.picture_samples import exif, jpeg, png
from tests.network.factories import a_point, described
from tests.races import at_once, or_refused

CENSUS = "第七次全国人口普查公报（2021）"


def reasons_of(refused) -> set[str]:
    return {reason.field for reason in refused.value.reasons}


@pytest.mark.parametrize(
    ("area", "kind"),
    [
        ("4501", PointKind.CITY_MARKET),
        (COUNTY, PointKind.COUNTY_MARKET),
        (TOWN, PointKind.TOWN_OFFICE),
        (VILLAGE, PointKind.COMMUNITY_STATION),
        ("450103001201", PointKind.VILLAGE_STATION),
    ],
)
def test_a_point_without_a_kind_gets_the_usual_one_of_its_unit(db, at, area, kind):
    assert a_point(area, at).kind == kind


def test_the_plan_counts_334_community_and_1391_village_stations_by_what_the_units_are_today(db, at):
    lay_out_service_points(by=PLATFORM, at=at)
    with within("4501"):
        board = queries.board(scope="4501", on=at.date())
    counts = {row.kind.value: row.points for row in board.kinds}
    assert counts == {
        "city_market": 1, "county_market": 12, "town_office": 121, "community_station": 339, "village_station": 1386,
    }  # fmt: skip
    assert (board.total.points, board.planned) == (1858, 1858)


def test_a_kind_stands_on_its_level_and_the_table_says_so_too(cast, at):
    with pytest.raises(Refused, match="stands on the level") as refused:
        open_service_point(
            area=TOWN, level=Level.TOWN, name="市场", opened_on=at.date(), kind="county_market", by=PLATFORM, at=at
        )
    assert reasons_of(refused) == {"kind"}
    row = {"area": TOWN, "level": Level.TOWN, "kind": "county_market", "name": "x", "opened_on": at.date()}
    with pytest.raises(IntegrityError, match="point_kind_fits_level"), within("4501"):
        ServicePoint.objects.create(**row)


def a_centre(at, **changes):
    told = {
        "area": COUNTY, "level": Level.COUNTY, "name": "糖厂再就业服务中心", "opened_on": at.date(),
        "kind": PointKind.REEMPLOYMENT_CENTRE, "by": PLATFORM, "at": at,
    }  # fmt: skip
    return open_service_point(**told | changes)


def test_a_re_employment_centre_names_its_firm_and_its_fixed_office(cast, at):
    with pytest.raises(Refused) as refused:
        a_centre(at)
    assert reasons_of(refused) == {"host_name", "contact_office"}
    market = a_point(COUNTY, at)
    centre = a_centre(at, host=Host("南宁糖业", "91450100198273421X", market.pk))
    assert (centre.contact_office, centre.host_name) == (market, "南宁糖业")
    with pytest.raises(Refused, match="one fixed office"):
        a_centre(at, name="第二中心", host=Host("南宁糖业", "", centre.pk))
    with pytest.raises(IntegrityError, match="centre_has_firm_and_office"), within("4501"), transaction.atomic():
        ServicePoint.objects.filter(pk=centre.pk).update(host_name="")


def test_an_office_that_a_centre_turns_to_closes_after_the_centre(cast, at):
    market = a_point(COUNTY, at)
    later = at + timedelta(days=9)
    centre = a_centre(at, host=Host("南宁糖业", "", market.pk))
    with pytest.raises(Refused, match="fixed office"):
        close_service_point(point=market.pk, reason="搬迁", by=PLATFORM, at=later)
    close_service_point(point=centre.pk, reason="企业改制完成", by=PLATFORM, at=later)
    closed = close_service_point(point=market.pk, reason="搬迁", by=PLATFORM, at=later)
    assert closed.closed_on == later.date()
    with pytest.raises(Refused, match="closed on"):
        close_service_point(point=market.pk, reason="搬迁", by=PLATFORM, at=later)


def test_whoever_works_at_a_point_that_closes_is_posted_nowhere(cast, at):
    market = a_point(COUNTY, at)
    post_staff(account=cast.county_clerk.account.pk, point=market.pk, by=PLATFORM, at=at)
    post_staff(account=cast.township_clerk.account.pk, point=market.pk, by=PLATFORM, at=at + timedelta(days=5))
    close_service_point(point=market.pk, reason="合并", by=PLATFORM, at=at + timedelta(days=5))
    with within("4501"):
        rows = list(Posting.objects.values_list("account", "until_on"))
    assert rows == [(cast.county_clerk.account.pk, (at + timedelta(days=5)).date())]


def test_a_town_of_more_than_70000_people_becomes_a_key_market_and_one_of_70000_does_not(cast, at):
    office = a_point(TOWN, at)
    with pytest.raises(Refused, match="No population"):
        recognise_key_market(point=office.pk, by=PLATFORM, at=at)
    for day, persons in ((date(2000, 11, 1), 90_000), (date(2020, 11, 1), 70_000)):
        record_population(area=TOWN, counted_on=day, persons=persons, source=CENSUS, by=PLATFORM, at=at)
    with pytest.raises(Refused, match="70,000 people; a key township market needs more than 70,000"):
        recognise_key_market(point=office.pk, by=PLATFORM, at=at)
    record_population(area=TOWN, counted_on=date(2020, 11, 1), persons=70_001, source=CENSUS, by=PLATFORM, at=at)
    assert recognise_key_market(point=office.pk, by=PLATFORM, at=at).kind == PointKind.KEY_TOWN_MARKET
    with pytest.raises(Refused, match="Only a township"):
        recognise_key_market(point=office.pk, by=PLATFORM, at=at)
    assert [(one.counted_on.year, one.persons) for one in queries.populations(TOWN)] == [(2020, 70_001), (2000, 90_000)]


def test_a_population_has_a_source_a_past_day_and_an_area_of_ones_own(cast, at):
    with pytest.raises(Refused) as refused:
        record_population(
            area=NEIGHBOUR, counted_on=at.date() + timedelta(days=1), persons=1, source=" ",
            by=cast.county_clerk.actor, at=at,
        )  # fmt: skip
    assert reasons_of(refused) == {"area", "counted_on", "source"}


def test_what_is_written_down_replaces_what_was_there_before(cast, at):
    point = described(a_point(COUNTY, at), at, by=cast.county_clerk.actor)
    described(point, at, by=cast.county_clerk.actor, windows={"guidance": (3,)}, equipment={}, hours={6: ((540, 720),)})
    with within(COUNTY):
        sheet = queries.sheet(scope=COUNTY, point=ServicePoint.objects.get(pk=point.pk), on=at.date())
    assert ([(p.value, n) for p, n in sheet.windows], sheet.equipment) == ([("guidance", [3])], [])
    assert [(day.weekday.name, day.text) for day in sheet.week if day.text] == [("SATURDAY", "9:00–12:00")]


def test_two_editors_of_one_point_do_not_overwrite_each_other(cast, at):
    point = a_point(COUNTY, at)
    described(point, at)
    with pytest.raises(Refused, match="Somebody else changed this point"):
        described(point, at)


def test_hours_that_overlap_and_a_hall_larger_than_the_floor_come_back_together(cast, at):
    point = a_point(COUNTY, at)
    with pytest.raises(Refused) as refused:
        described(point, at, hours={1: ((540, 720), (700, 800)), 2: ((800, 700),)}, hall_m2=201)
    assert reasons_of(refused) == {"hours_1", "hours_2", "hall_m2"}
    row = {"area": COUNTY, "point": point, "weekday": 1}
    with pytest.raises(IntegrityError, match="opening_hours_apart"), within(COUNTY), transaction.atomic():
        for begins, until in ((540, 720), (700, 800)):
            OpeningHours.objects.create(from_minute=begins, until_minute=until, **row)


def test_a_clerk_describes_no_point_of_the_neighbour(cast, at):
    point = a_point(NEIGHBOUR, at)
    with pytest.raises(ServicePoint.DoesNotExist):
        described(point, at, by=cast.county_clerk.actor)
    with pytest.raises(ServicePoint.DoesNotExist):
        add_picture(point=point.pk, caption="大厅", file=png(), by=cast.county_clerk.actor, at=at)


def shown(point, at, file=None, by=PLATFORM, caption="大厅") -> PointPicture:
    return add_picture(point=point.pk, caption=caption, file=png() if file is None else file, by=by, at=at)


def test_a_photograph_is_kept_without_the_place_where_it_was_taken(cast, at):
    picture = shown(a_point(COUNTY, at), at, file=jpeg(extra=exif(6)))
    assert (picture.media_type, picture.width) == ("image/jpeg", 8)
    assert b"22.8170N" not in bytes(picture.content)


@pytest.mark.parametrize(
    ("file", "caption", "fields"),
    [
        (b"", "", {"file", "caption"}),
        (b"GIF89a" + bytes(20), "大厅", {"file"}),
        (png()[:-4], "大厅", {"file"}),
        (png() + bytes(2_000_000), "大厅", {"file"}),
        (png(5000, 5000), "大厅", {"file"}),
    ],
)
def test_what_is_no_fitting_picture_is_refused(cast, at, file, caption, fields):
    point = a_point(COUNTY, at)
    with pytest.raises(Refused) as refused:
        shown(point, at, file=file, caption=caption)
    assert reasons_of(refused) == fields


def test_the_same_picture_twice_is_refused_and_a_freed_place_is_taken_again(cast, at):
    point = a_point(COUNTY, at)
    first, second = shown(point, at), shown(point, at, file=png(5, 5))
    with pytest.raises(Refused, match="this very picture"):
        shown(point, at)
    assert remove_picture(picture=first.pk, by=PLATFORM, at=at) == point.pk
    assert (shown(point, at, file=png(6, 6)).place_no, second.place_no) == (1, 2)
    with pytest.raises(PointPicture.DoesNotExist):
        remove_picture(picture=second.pk, by=Actor(id=1, scope=NEIGHBOUR), at=at)


@pytest.mark.city
def test_eight_pictures_at_once_stop_at_the_six_that_a_point_may_show(city, at):
    point = a_point(COUNTY, at)

    def send(size: int) -> str:
        shown(point, at, file=png(size, size))
        return "shown"

    assert sorted(at_once(or_refused(send), range(1, 9))) == ["refused"] * 2 + ["shown"] * 6
    with within("4501"):
        assert sorted(PointPicture.objects.values_list("place_no", flat=True)) == [1, 2, 3, 4, 5, 6]


def test_counting_before_the_lock_would_show_more_than_six(cast, at):
    """The planted mistake: whoever counted before the others wrote still sees a free place; the constraint does not."""
    point = a_point(COUNTY, at)
    with within("4501"):
        seen_free = PointPicture.objects.filter(point=point).count() + 1
    row = {"area": COUNTY, "point": point, "caption": "x", "media_type": "image/png", "width": 1, "height": 1,
           "content": b"x", "added_by": 0, "added_at": at}  # fmt: skip
    with within("4501"):
        PointPicture.objects.create(place_no=seen_free, digest="a", **row)
        with pytest.raises(IntegrityError, match="picture_place_once"), transaction.atomic():
            PointPicture.objects.create(place_no=seen_free, digest="b", **row)


def test_the_offices_that_serve_a_village_are_its_own_and_those_above_the_nearest_first(cast, at):
    for area in ("4501", COUNTY, TOWN, VILLAGE, NEIGHBOUR):
        described(a_point(area, at), at)
    with within(role="openpes_public"):
        found = queries.offices_serving(area=VILLAGE, on=at.date())
    assert [point.area for point, _today, _known in found] == [VILLAGE, TOWN, COUNTY, "4501"]
    assert [today.text for _point, today, _known in found] == ["8:30–12:00, 14:30–17:30"] * 4


def test_places_are_found_by_every_word_of_a_name(db):
    assert queries.areas_named("兴宁 社区")[0].name == "兴宁社区居委会"
    assert queries.areas_named("  ") == []
    assert queries.areas_named("没有这个地方") == []


def test_what_stands_in_a_point_and_who_brought_its_pictures_is_not_public(cast, at):
    from django.db.utils import ProgrammingError

    shown(described(a_point(COUNTY, at), at), at)
    for question in ("SELECT kind FROM network_pointequipment", "SELECT added_by FROM network_pointpicture"):
        with pytest.raises(ProgrammingError, match="permission denied"), within(role="openpes_public"):
            connection.cursor().execute(question)


