"""What is strange in the rows has an answer in words: merged units, corrections, codes of another edition."""

from datetime import date, timedelta

import pytest
from django.urls import reverse
from django.utils import translation

from openpes.engine.calendars import Period, quarter_of
from openpes.kernel import Refused, within
from openpes.kernel.action import PLATFORM
from openpes.kernel.scope import CITY
from openpes.network.models import Area, AreaTerm
from openpes.network.queries import forget_areas
from openpes.people.models import Person
from openpes.statistics.actions import feed_facts, rebuild_facts
from openpes.statistics.actions.editions import ReportFacts, check_report, draw_up_report, publish_report
from openpes.statistics.choices import Dimension, FactKind, FactSource
from openpes.statistics.models import ReportEdition
from openpes.statistics.queries import Figure, renamed_inside, report, rows_behind, total_behind
from openpes.statistics.queries.cross import Question, cross_table
from openpes.statistics.queries.returns import SupplyDemand
from openpes.statistics.rules import notices
from openpes.vacancies.models import Vacancy
from tests.statistics.histories import History, feed
from tests.statistics.test_editions import IN_IT, QUARTER, city, clerk, facts, published, worked  # noqa: F401
from tests.vacancies.factories import make_open

REPORT = reverse("statistics:report")


@pytest.fixture(autouse=True)
def in_english():
    with translation.override("en"):
        yield


@pytest.fixture
def merged(db, clerk):  # noqa: F811
    """A town of the county that was merged into another on 10 August."""
    town = Area.objects.filter(parent_id=clerk.scope).order_by("path").first()
    name = AreaTerm.objects.filter(area=town).values_list("name", flat=True).last()
    AreaTerm.objects.filter(area=town).delete()
    AreaTerm.objects.create(
        area=town, code=town.path, name=name, from_on=date(2000, 1, 1), until_on=date(2026, 8, 10), source="test"
    )
    forget_areas()
    yield town.path, name
    forget_areas()


def test_a_unit_merged_inside_the_period_keeps_its_rows_and_the_reader_is_told(merged, clerk, cast):  # noqa: F811
    path, name = merged
    make_open(clerk, IN_IT, area=path, openings=8, closes_on=date(2026, 9, 10))
    with within(clerk.scope):
        for area in (path, clerk.scope):  # where it was, and above it
            assert report(scope=clerk.scope, area=area, period=QUARTER).overall[-1].demand == 8
            changes = renamed_inside(area, QUARTER)
            assert changes == ((name, "", date(2026, 8, 10)),)
        told = notices(report(scope=clerk.scope, area=path, period=QUARTER).tables, QUARTER, date(2026, 11, 1), changes)
    assert any("was merged on" in one and name in one for one in told)
    assert renamed_inside(path, quarter_of(2026, 2)) == ()
    page = cast.county_clerk.client().get(REPORT, {"area": path, "quarter": "2026-3"})
    assert page.status_code == 200 and "was merged on" in page.content.decode()


def test_the_year_in_which_a_county_was_renamed_tells_it_in_the_report_of_the_city_too(db):
    changes = renamed_inside(CITY, Period(date(2015, 1, 1), date(2016, 1, 1)))
    assert changes == (("武鸣县", "武鸣区", date(2015, 2, 16)),)


# Occupations that are coded anew


def test_a_later_re_coding_leaves_the_published_report_as_it_was_and_the_count_made_again_tells_what_differs(
    published, worked, clerk, city, cast, at  # noqa: F811
):
    before = [list(row["cells"]) for table in published.tables for row in table["rows"]]
    with within(clerk.scope):
        Vacancy.objects.update(occupation="4-03-99-01")  # of an edition that is no longer, or not yet, in force
    check = check_report(edition=published.pk, by=cast.statistician.actor, at=at)
    assert not check.same and set(check.differing) == {5, 6, 7} and check.vacancies == published.vacancies
    with within(clerk.scope):
        kept = ReportEdition.objects.get(pk=published.pk)
        assert [list(row["cells"]) for table in kept.tables for row in table["rows"]] == before
        assert kept.seal == published.seal
    page = cast.statistician.client().get(reverse("statistics:edition", args=[published.pk]), {"language": "en"})
    assert page.status_code == 200 and "<td>5 6 7</td>" in page.content.decode()
    again = ReportFacts(clerk.scope, QUARTER, reason="Occupations were coded anew.")
    second = publish_report(draft=draw_up_report(facts=again, by=clerk, at=at).pk, by=city, at=at)
    assert second.edition == 2 and second.seal != published.seal


def test_a_code_of_another_edition_counts_in_its_major_class_and_opens_to_its_rows(worked, clerk, cast):  # noqa: F811
    with within(clerk.scope):
        Vacancy.objects.update(occupation="4-03-99-01")
        made = report(scope=clerk.scope, area=clerk.scope, period=QUARTER)
        found = {row.row: row.demand for row in made.by_occupation}
        assert (found["商业和服务业人员"], found["生产运输设备操作工"], found["合计"]) == (40, 0, 40)
        assert [(gap.code, gap.demand) for gap in made.tables.shortage] == [("4-03-99", 40)]
        figure = Figure("demand", 5, "4")
        assert total_behind(scope=clerk.scope, area=clerk.scope, period=QUARTER, figure=figure) == 40
    for address in (REPORT, reverse("statistics:report_csv"), reverse("statistics:report_xlsx")):
        assert cast.county_clerk.client().get(address, {"quarter": "2026-3"}).status_code == 200


def test_a_report_is_held_against_no_other_definition(published, cast, at, monkeypatch):  # noqa: F811
    monkeypatch.setattr(SupplyDemand, "definition", "supply-demand-12/3")
    with pytest.raises(Refused, match="supply-demand-12/2; the one in force is supply-demand-12/3"):
        check_report(edition=published.pk, by=cast.statistician.actor, at=at)


# Corrections that outweigh what was registered


def test_corrections_of_closed_months_stand_as_negative_numbers_in_the_open_one(db, cast):
    town = History(IN_IT)
    town.open_vacancy(3)
    feed(town.at)
    with within(CITY):
        vacancy = Vacancy.objects.get()
        places = vacancy.openings
    later = town.at + timedelta(days=70)
    with within(CITY):
        Vacancy.objects.filter(pk=vacancy.pk).update(openings=1, occupation="2-02-10-03")
    feed_facts(subjects=[(FactSource.VACANCY, vacancy.pk)], by=PLATFORM, at=later)
    assert rebuild_facts(by=PLATFORM, at=later).total == 0
    asked = Question(
        area=CITY, from_on=date(2026, 10, 1), until_on=date(2026, 11, 1), counted=FactKind.PLACES_OFFERED,
        rows=Dimension.MAJOR, columns=Dimension.MONTH,
    )  # fmt: skip
    with within(CITY):
        table = cross_table(scope=CITY, question=asked)
        stock = report(scope=CITY, area=CITY, period=QUARTER).overall[-1].demand
    assert table.total == 1 - places and min(table.numbers.values()) == -places
    assert stock == 1  # from the rows: what is right now
    asked_page = {"what": "places_offered", "rows": "major", "columns": "month", "period": "2026-10"}
    page = cast.city_clerk.client().get(reverse("statistics:cross"), asked_page)
    assert page.status_code == 200 and f"-{places}" in page.content.decode().replace("\u2212", "-")


# Seekers without an education on record


def test_seekers_without_an_education_stand_in_a_row_of_their_own_that_opens(worked, clerk, city, at, cast):  # noqa: F811
    where = {"scope": clerk.scope, "area": clerk.scope, "period": QUARTER}
    with within(clerk.scope):
        whole = {row.row: row for row in report(**where).tables.grouped[11]}
        assert "未登记" not in whole  # nobody: the form as it is
        ids = list(Person.objects.order_by("pk").values_list("pk", flat=True)[:2])
        Person.objects.filter(pk__in=ids).update(education="")
        made = {row.row: row for row in report(**where).tables.grouped[11]}
        assert (made["未登记"].seekers, made["未登记"].demand, made["未登记"].ratio) == (2, None, None)
        assert made["初中及以下"].seekers == 0 and made["合计"].seekers == whole["合计"].seekers == 7
        figure = Figure("seekers", 11, "7")
        assert {wish.person_id for wish in rows_behind(**where, figure=figure)} == set(ids)
        assert total_behind(**where, figure=figure) == 2
    page = cast.county_clerk.client().get(REPORT, {"quarter": "2026-3"})
    text = page.content.decode()
    assert "row of their own in table 11" in text and "table=11&amp;row=7" in text
    shown = publish_report(
        draft=draw_up_report(facts=ReportFacts(clerk.scope, QUARTER), by=clerk, at=at).pk, by=city, at=at
    ).public_tables  # fmt: skip
    rows = {row["row"]: row["cells"] for row in next(table for table in shown if table["table"] == 11)["rows"]}
    assert rows["未登记"][2] is None and rows["高中"][2] is None  # two of seven: neither is told
