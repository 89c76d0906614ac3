"""The annual form of employment agencies: every cell is its list, and editions of it are sealed like any other."""

import io
from datetime import date, datetime
from zipfile import ZipFile

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import translation

from openpes.engine.calendars import Period
from openpes.engine.indicators.agencies import COLUMN, COLUMNS, LEAVES, ROWS, UNMEASURED, form_cells, public_cells
from openpes.kernel import Actor, Refused, within
from openpes.kernel.clock import BUSINESS_ZONE
from openpes.kernel.scope import CITY
from openpes.network.models import Posting, ServicePoint
from openpes.referrals.models import Hire
from openpes.registration.models import JobWish
from openpes.statistics.actions.editions import ReportFacts, check_report, draw_up_report, publish_report
from openpes.statistics.choices import ReturnKind
from openpes.statistics.queries.agencies import form_of, form_rows_behind
from tests.people.factories import a_person, id_number
from tests.statistics import small_city
from tests.statistics.small_city import HERE, MADE_AT
from tests.vacancies.factories import make_open

YEAR = Period(date(2026, 1, 1), date(2027, 1, 1))
LATER = datetime(2027, 1, 5, 10, tzinfo=BUSINESS_ZONE)
FORM = reverse("statistics:agency_form")
STREET, TOWNSHIP = f"{HERE}001", f"{HERE}101"


@pytest.fixture(autouse=True)
def in_english():
    with translation.override("en"):
        yield


@pytest.fixture
def city(db, cast):
    """One office of each row, who is posted there, wishes that they registered, and one from online."""
    small_city.build()
    posted = {}
    with within(CITY):
        for n, (kind, level, area) in enumerate(
            (("county_market", 3, HERE), ("town_office", 4, STREET), ("town_office", 4, TOWNSHIP),
             ("village_station", 5, f"{TOWNSHIP}200"))
        ):  # fmt: skip
            point = ServicePoint.objects.create(
                area=area, level=level, kind=kind, name=f"P{n}", opened_on=date(2026, 2, 1),
                closed_on=date(2026, 12, 1) if n == 3 else None,
            )  # fmt: skip
            account = (cast.county_clerk, cast.township_clerk, cast.village_officer, cast.neighbour_clerk)[n].account
            until = date(2026, 12, 1) if n == 3 else None
            Posting.objects.create(area=area, account=account, point=point, from_on=date(2026, 2, 1), until_on=until)
            posted[n] = account.pk
        ServicePoint.objects.create(
            area=HERE, level=3, kind="training_base", name="no agency", opened_on=date(2026, 2, 1)
        )
        told = [("1", "2", posted[0], ""), ("6", "1", posted[1], "5"), ("4", "2", posted[3], ""), ("9", "1", 9999, "")]
        for category, sex, by, skill in told:
            _wish(category, sex, by, skill)
        Hire.objects.update(recorded_by=posted[1], recorded_at=MADE_AT)
    make_open(Actor(id=1, scope=CITY), MADE_AT, area=HERE, openings=3)
    return posted


def _wish(category, sex, by, skill):
    number = id_number(date(1990, 2, 3), sex)
    person = a_person(by=Actor(id=1, scope=CITY), at=MADE_AT, area=f"{STREET}005", id_number=number, skill_level=skill)
    JobWish.objects.create(
        area=f"{STREET}005", person=person, category=category, from_on=date(2026, 3, 2), until_on=date(2026, 9, 2),
        registered_at=MADE_AT, registered_by=by,
    )  # fmt: skip


@pytest.fixture
def facts():
    return ReportFacts(HERE, YEAR, kind=ReturnKind.AGENCIES)


def cells_of(area=HERE, scope=HERE, period=YEAR):
    with within(scope):
        return form_of(scope=scope, area=area, period=period)


def test_an_act_counts_in_the_row_of_the_office_at_which_its_recorder_was_posted(city):
    cells = cells_of()
    told = {row: [cells[row][key] for key in ("points", "staff", "places", "seekers", "hires")] for row in cells}
    assert told["county"] == [1, 1, 15, 1, 0]  # four places each of three vacancies, and three
    assert told["street"] == [1, 1, 0, 2, 1]  # without a post: the street in whose community the wish stands
    assert told["township"] == [1, 1, 0, 1, 0]  # registered at the station, which has closed since
    assert told["labour"] == told["all"] == [3, 3, 15, 4, 1]
    assert set(cells["others"].values()) | set(cells["private"].values()) == {UNMEASURED}
    assert {row["guidance"] for row in cells.values()} == {UNMEASURED}
    parts = {key: cells["all"][f"seekers_{key}"] for key in ("women", "laid_off", "unemployed", "qualified")}
    assert parts == {"women": 2, "laid_off": 1, "unemployed": 2, "qualified": 1}


def test_every_cell_is_what_its_list_adds_up_to_and_the_units_below_add_up_to_their_area(city):
    cells = cells_of()
    for row in ROWS:
        for column in COLUMNS:
            if cells[row.key][column.key] == UNMEASURED:
                with pytest.raises(KeyError):
                    form_rows_behind(scope=HERE, area=HERE, period=YEAR, row=row.key, column=column.key)
                continue
            with within(HERE):
                rows = form_rows_behind(scope=HERE, area=HERE, period=YEAR, row=row.key, column=column.key)
                with within(CITY):
                    assert sum(one.amount for one in rows) == cells[row.key][column.key], (row.key, column.key)
    parts = [cells_of(area) for area in (STREET, TOWNSHIP)]
    for key in ("points", "seekers"):
        below = sum(part["all"][key] for part in parts)
        assert below + (key == "points") == cells["all"][key]  # the county's market is its own


def test_the_neighbour_counts_none_of_it_whichever_guard_stands(city):
    for scope in ("450105", CITY):
        with within(scope):
            cells = form_of(scope="450105", area=HERE, period=YEAR)
        assert cells["all"]["points"] == cells["all"]["seekers"] == cells["all"]["staff"] == 0


def test_small_numbers_and_what_would_give_them_away_are_hidden():
    counts = {
        "county": {"points": 1, "seekers": 40, "seekers_women": 38, "hires": 9},
        "street": {"points": 2, "seekers": 30, "seekers_women": 15, "hires": 3},
        "township": {"points": 3, "seekers": 20, "seekers_women": 10, "hires": 8},
    }
    shown = public_cells(form_cells(counts), least=5)
    assert [shown[leaf]["points"] for leaf in LEAVES] == [1, 2, 3]
    assert [shown[leaf]["hires"] for leaf in LEAVES] == [9, None, None]  # 3, and the next smallest
    assert shown["all"]["hires"] == 20
    assert [shown[leaf]["seekers_women"] for leaf in LEAVES] == [None, 15, None]  # two men are left of forty
    assert shown["all"]["guidance"] == UNMEASURED
    alone = public_cells(form_cells({"street": {"hires": 8, "hires_women": 3}}), least=5)
    assert alone["street"]["hires_women"] is alone["all"]["hires_women"] is None
    assert alone["all"]["hires"] == 8
    with pytest.raises(KeyError):
        form_cells({"county": {"guidance": 1}})


def test_the_form_is_published_by_another_and_counted_again_by_the_level_above(city, facts, cast):
    clerk, other = cast.county_clerk.actor, Actor(id=9001, scope=HERE)
    draft = draw_up_report(facts=facts, by=clerk, at=LATER)
    supply = draw_up_report(facts=ReportFacts(HERE, YEAR), by=clerk, at=LATER)  # another kind of the same days
    assert (draft.kind, supply.kind) == (ReturnKind.AGENCIES, ReturnKind.SUPPLY_DEMAND)
    with pytest.raises(Refused, match="drew this report up"):
        publish_report(draft=draft.pk, by=clerk, at=LATER)
    made = publish_report(draft=draft.pk, by=other, at=LATER)
    assert made.number == f"7-{HERE}-20260101-20261231-1"
    assert (made.definition, made.vacancies, made.wishes) == ("agencies-7/1", 4, 4)
    assert made.others == {"points": 3, "staff": 3, "hires": 1}
    assert check_report(edition=made.pk, by=cast.statistician.actor, at=LATER).same
    with within(HERE):
        JobWish.objects.filter(category="6").update(category="3")
    checked = check_report(edition=made.pk, by=cast.statistician.actor, at=LATER)
    assert (checked.same, checked.differing) == (False, ["劳社统就7号"])
    with pytest.raises(Refused, match="says why"):
        draw_up_report(facts=facts, by=clerk, at=LATER)
    public = Client().get(reverse("statistics:published_json", args=[made.pk])).json()
    row = public["tables"][0]["rows"][0]
    assert public["kind"] == "agencies"
    assert row["cells"][:3] == [3, 3, 15]
    assert row["cells"][3] is None  # four job seekers
    assert not {made.seal, made.digest} & set(map(str, public.values()))
    for page in ("published_report", "published_csv", "published_xlsx", "published_pdf"):
        assert Client().get(reverse(f"statistics:{page}", args=[made.pk])).status_code == 200
    assert cast.statistician.client().get(reverse("statistics:edition", args=[made.pk])).status_code == 200
    assert cast.neighbour_clerk.client().get(reverse("statistics:edition", args=[made.pk])).status_code == 404


@pytest.mark.parametrize("language", ["en", "zh-hans"])
def test_the_page_opens_every_cell_and_the_files_say_the_same(city, cast, language):
    client = cast.county_clerk.client(language)
    page = client.get(FORM, {"year": "2026"})
    text = page.content.decode()
    assert ("尚未统计" if language == "zh-hans" else "not yet measured") in text
    line = next(one for one in page.context["shown"]["lines"] if one["line"].key == "all")
    assert [cell["value"] for cell in line["cells"]][2:4] == [15, 4]
    for column, cell in zip(COLUMN, line["cells"], strict=True):
        if "opens" in cell:
            behind = client.get(f"{reverse('statistics:agency_rows')}?{cell['opens']}")
            assert sum(amount for _row, amount, _place in behind.context["lines"]) == cell["value"], column
    assert client.get(reverse("statistics:agency_csv"), {"year": "2026"}).content.decode().count("\n") == 8
    assert client.get(reverse("statistics:agency_pdf"), {"year": "2026"}).content[:4] == b"%PDF"
    book = ZipFile(io.BytesIO(client.get(reverse("statistics:agency_xlsx"), {"year": "2026"}).content))
    assert "劳社统就7号" in book.read("xl/workbook.xml").decode()
    told = client.get(reverse("statistics:agency_json"), {"year": "2026"}).json()
    assert (
        dict(zip(told["tables"][0]["columns"], told["tables"][0]["rows"][0]["cells"], strict=True))["guidance"]
        == UNMEASURED
    )


@pytest.mark.parametrize(
    ("asked", "words"),
    [
        ({"year": "1999"}, "has figures of 2007"),
        ({"year": "２０２６"}, "has figures of 2007"),
        ({"year": "20260"}, "has figures of 2007"),
        ({"from": "2026-13-01", "to": "2026-09-30"}, "must both be days"),
        ({"from": "2026-09-30", "to": "2026-07-01"}, "before the first"),
        ({"from": "2026-12-01", "to": "2026-12-31"}, "begins on"),
        ({"year": "2026"}, "not over"),
        ({"year": "2008"}, "nothing was registered"),
    ],
)
def test_what_is_no_year_or_has_no_figures_is_told_in_words(cast, asked, words):
    page = cast.county_clerk.client().get(FORM, asked)
    assert page.status_code == 200
    assert words in page.content.decode()


def test_a_cell_that_nobody_measures_has_no_list_and_a_foreign_area_is_absent(cast):
    client = cast.county_clerk.client()
    for asked in ({"column": "guidance"}, {"row": "private"}, {"row": "x"}, {"column": "1"}, {"area": "450105"}):
        assert client.get(reverse("statistics:agency_rows"), asked).status_code == 404
    assert client.get(FORM, {"area": "450105"}).status_code == 404
