"""The monthly registers: numbered rows whose sums reconcile, and are those of the facts and of the report."""

import io
from datetime import date, datetime
from random import Random
from zipfile import ZipFile

import pytest
from django.urls import reverse
from django.utils import translation

from openpes.audit.models import JournalEntry
from openpes.engine.calendars import DAY, Period, add_months
from openpes.kernel import Actor, Refused, within
from openpes.kernel.scope import CITY
from openpes.statistics.actions.registers import take_register
from openpes.statistics.choices import FactKind, Origin, RegisterKind, Side
from openpes.statistics.queries import Figure, total_behind
from openpes.statistics.queries.register_papers import foot_words
from openpes.statistics.queries.registers import MEASURED, Foot, RegisterAsked, register_foot, register_rows
from tests.cast import COUNTY, VILLAGE
from tests.people.factories import a_person
from tests.registration.factories import wishing
from tests.statistics.histories import History, feed, sums

MONDAY = datetime.fromisoformat("2026-03-02T09:30:00+08:00")
LIST, ROWS = reverse("statistics:register_list"), reverse("statistics:register")
FACTS = {
    RegisterKind.PLACES: ((FactKind.PLACES_OFFERED,), (FactKind.PLACES_FILLED, FactKind.PLACES_ENDED)),
    RegisterKind.SEEKERS: ((FactKind.WISH_BEGUN,), (FactKind.WISH_ENDED,)),
    RegisterKind.UNEMPLOYED: ((FactKind.UNEMPLOYMENT_BEGUN,), (FactKind.UNEMPLOYMENT_ENDED,)),
    RegisterKind.EMPLOYED: ((FactKind.EMPLOYMENT_BEGUN,), (FactKind.EMPLOYMENT_ENDED,)),
}


@pytest.fixture(autouse=True)
def in_english():
    with translation.override("en"):
        yield


@pytest.fixture
def lived(db):
    """A city in which much happened, over months, to its facts."""
    chance, city = Random(11), History(MONDAY)
    for choice in range(4):
        city.register(choice)
        city.open_vacancy(choice * 7)
    for _step in range(170):
        city.go(chance.randrange(len(city.steps)), chance.randrange(60))
    feed(city.at)
    return city


def asked(kind, month, area=COUNTY, scope=COUNTY):
    return RegisterAsked(kind, scope, area, month)


def months_of(city):
    first = MONDAY.date().replace(day=1)
    while first <= city.today:
        yield Period(first, min(add_months(first, 1), city.today + DAY))
        first = add_months(first, 1)


def told_by_facts(kinds, area, month):
    told = sums("kind", "area", "happened_on")
    mine = [(on, n) for (kind, where, on), n in told.items() if kind in kinds and where.startswith(area)]
    before = sum(n for on, n in mine if on < month.from_on)
    return before, sum(n for on, n in mine if on in month)


@pytest.mark.parametrize("area", [COUNTY, VILLAGE])
def test_the_sums_of_every_register_are_those_of_the_facts_and_reconcile(lived, area):
    happened = 0
    for month in months_of(lived):
        for kind, (begun, ended) in FACTS.items():
            with within(COUNTY):
                foot = register_foot(asked(kind, month, area))
                rows = list(register_rows(asked(kind, month, area)))
            before_in, came = told_by_facts(begun, area, month)
            before_out, went = told_by_facts(ended, area, month)
            assert (foot.opening, foot.came, foot.went) == (before_in + before_out, came, -went), (kind, month)
            assert foot.is_reconciled, (kind, month)
            assert [sum(getattr(row, name) for row in rows) for name in ("opening", "came", "went", "closing")] == [
                foot.opening, foot.came, foot.went, foot.closing,
            ]  # fmt: skip
            happened += foot.came + foot.went
        for kind, fact in ((RegisterKind.INTRODUCTIONS, FactKind.INTRODUCTION), (RegisterKind.HIRES, FactKind.HIRE)):
            with within(COUNTY):
                foot = register_foot(asked(kind, month, area))
            assert foot.came == told_by_facts((fact,), area, month)[1]
            assert foot.is_reconciled
    assert happened > 20


def test_what_stood_and_came_in_is_what_the_report_of_the_month_counts(lived):
    for month in months_of(lived):
        for kind, side in ((RegisterKind.PLACES, Side.DEMAND), (RegisterKind.SEEKERS, Side.SEEKERS)):
            with within(COUNTY):
                foot = register_foot(asked(kind, month))
                told = [
                    total_behind(scope=COUNTY, area=COUNTY, period=month, figure=Figure(side, origin=origin))
                    for origin in (Origin.CARRIED, Origin.NEW)
                ]
            assert told == [foot.opening, foot.came], (kind, month)


def test_the_neighbour_has_none_of_it_whichever_guard_stands(lived):
    month = next(iter(months_of(lived)))
    for standing in ("450105", CITY):
        for kind in MEASURED:
            with within(standing):
                foot = register_foot(asked(kind, month, COUNTY, "450105"))
            assert (foot.opening, foot.came, foot.closing) == (0, 0, 0)


def test_a_register_that_does_not_reconcile_says_so():
    assert not Foot(3, 2, 1, 5).is_reconciled
    assert "does not reconcile" in foot_words(RegisterKind.UNEMPLOYED, Foot(3, 2, 1, 5))
    assert "register reconciles" in foot_words(RegisterKind.UNEMPLOYED, Foot(3, 2, 1, 4))


def test_pages_are_numbered_keyed_and_masked(db, cast):
    clerk = cast.county_clerk.actor
    people = [a_person(by=clerk, at=MONDAY, area=VILLAGE) for _n in range(53)]
    for person in people:
        wishing(person.pk, by=clerk, at=MONDAY, occupations=("6-31-05-00",))
    client = cast.county_clerk.client()
    page = client.get(ROWS, {"register": "seekers", "month": "2026-03"})
    lines = page.context["lines"]
    assert [line.number for line in lines] == list(range(53, 3, -1))
    assert people[0].name not in page.content.decode()
    after = page.context["page"].next
    rest = client.get(ROWS, {"register": "seekers", "month": "2026-03", "before": after["before"]})
    assert [line.number for line in rest.context["lines"]] == [3, 2, 1]
    assert (page.context["foot"].came, page.context["foot"].closing) == (53, 53)


def test_taking_a_register_away_is_journalled_and_bounded(db, cast, at):
    clerk = cast.county_clerk.actor
    wishing(a_person(by=clerk, at=MONDAY, area=VILLAGE).pk, by=clerk, at=MONDAY, occupations=("6-31-05-00",))
    client, query = cast.county_clerk.client(), {"register": "seekers", "month": "2026-03"}
    assert client.get(reverse("statistics:register_print"), query).content[:4] == b"%PDF"
    book = ZipFile(io.BytesIO(client.get(reverse("statistics:register_xlsx"), query).content))
    assert "Register of job seekers" in book.read("xl/workbook.xml").decode()
    with within(CITY):
        taken = list(JournalEntry.objects.filter(event="statistics.RegisterTaken").order_by("pk"))
    assert [line.payload["way"] for line in taken] == ["pdf", "xlsx"]
    assert {(line.payload["register"], line.payload["rows"], line.by) for line in taken} == {("seekers", 1, clerk.id)}
    many = asked(RegisterKind.SEEKERS, Period(date(2026, 3, 1), date(2026, 4, 1)))
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("openpes.statistics.actions.registers.parameters", lambda: _Least())
        with pytest.raises(Refused, match="more than 0 rows"):
            take_register(asked=many, way="pdf", by=clerk, at=at)


class _Least:
    def value(self, *_asked):
        return 0


@pytest.mark.parametrize(
    ("month", "words"),
    [
        ("2026-13", "written like 2026-09"),
        ("x", "written like 2026-09"),
        ("2026-12", "has not begun"),
        ("1999-01", "has figures of 2007"),
        ("2026-11", "not over"),
        ("2019-05", "nothing was registered here"),
    ],
)
def test_a_month_that_is_none_or_empty_is_told_in_words(cast, month, words):
    for address in (LIST, ROWS):
        page = cast.county_clerk.client().get(address, {"month": month})
        assert page.status_code == 200
        assert words in page.content.decode() or (words.startswith("nothing") and "no row" in page.content.decode())


def test_guidance_is_not_yet_measured_and_nobody_reads_elsewhere(cast):
    client = cast.county_clerk.client()
    wishing(a_person(by=Actor(id=1, scope=COUNTY), at=MONDAY, area=VILLAGE).pk, by=Actor(id=1, scope=COUNTY), at=MONDAY)
    text = client.get(LIST, {"month": "2026-03"}).content.decode()
    assert "not yet measured" in text
    assert client.get(ROWS, {"register": "guidance"}).status_code == 404
    assert client.get(ROWS, {"register": "x"}).status_code == 404
    assert client.get(LIST, {"area": "450105"}).status_code == 404
    assert cast.administrator.client().get(LIST).status_code == 403
