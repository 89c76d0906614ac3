"""The fused count gives what a plain count of fact after fact gives, for any areas and whatever the codes are."""

import operator
import pickle
from datetime import date
from functools import reduce

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from openpes.engine.calendars import Period
from openpes.engine.figures import CountTables, Facts, classes, joined
from openpes.engine.figures.counting import stretches
from openpes.engine.figures.partitions import Threads
from openpes.engine.indicators import Counted, CountsRefused, official_tables
from openpes.engine.indicators.tables import TABLES
from tests.engine.figures_drawn import LEAVES, PERIOD, draw, plain, shown

AREAS = ("", "45", "4501", "450102", "450102002", "450103001003", "450181", "4502", "99")


@settings(max_examples=40, deadline=None)
@given(
    rows=st.integers(0, 400),
    seed=st.integers(0, 2**32 - 1),
    areas=st.lists(st.sampled_from(AREAS), min_size=1, max_size=6, unique=True),
    cut=st.integers(1, 400),
)
def test_the_count_is_that_of_a_plain_one_for_any_areas_and_any_cut_into_parts(rows, seed, areas, cut):
    facts = draw(rows, seed)
    kernel = CountTables(PERIOD, tuple(areas))
    cells = kernel(facts)
    for area in areas:
        assert shown(cells.sides(area)) == shown(plain(facts, area))
    if rows:
        assert reduce(operator.add, map(kernel, facts.pieces(cut))) == cells
    assert cells.facts == rows


@pytest.mark.parametrize("mistake", ["border", "happened", "filled", "ends", "industry"])
def test_a_planted_mistake_of_the_plain_count_is_found(mistake):
    facts = draw(2_000, 5)
    assert shown(plain(facts, "4501")) == shown(CountTables(PERIOD, ("4501",))(facts).sides("4501"))
    assert shown(plain(facts, "4501", mistake=mistake)) != shown(plain(facts, "4501"))


def test_more_villages_than_a_table_takes_are_searched_and_give_the_same():
    facts = draw(3_000, 8)
    villages = tuple(f"{area:012d}" for area in np.unique(facts.area).tolist())
    apart = CountTables(PERIOD, ("4501", "99", *villages))
    assert len(stretches(apart.areas)[0].table) == 0
    together = CountTables(PERIOD, ("4501",))(facts)
    cells = apart(facts)
    assert shown(cells.sides("4501")) == shown(together.sides("4501"))
    for village in villages:
        assert shown(cells.sides(village)) == shown(plain(facts, village))


@given(st.lists(st.sampled_from(AREAS), min_size=1, unique=True), st.integers(0, 10**12 - 1), st.booleans())
def test_every_code_is_found_in_exactly_its_areas(areas, code, near):
    places, sets = stretches(areas)
    if near:  # on a border, or one beside it
        code = min(max(int(places.begins[code % len(places.begins)]) + code % 3 - 1, 0), 10**12 - 1)
    stretch = places.stretches[np.searchsorted(places.begins, code, side="right")]
    inside = sets[stretch] if stretch < len(sets) else ()
    assert [areas[n] for n in inside] == [area for area in areas if f"{code:012d}".startswith(area)]


def test_threads_give_the_same_as_one_piece():
    facts = draw(30_000, 3)
    kernel = CountTables(PERIOD, ("", "450102"))
    assert Threads(3).map_partitions(kernel, facts.pieces(1_000), operator.add) == kernel(facts)


def test_stock_and_flows_agree_from_period_to_period():
    facts = draw(5_000, 4, wrong=False)
    later = Period(date(2026, 10, 1), date(2027, 1, 1))
    now, then = (CountTables(period, ("4501",))(facts).sides("4501") for period in (PERIOD, later))
    ended = facts.cut(0, 0)
    for kind in (2, 3):
        within = (facts.counted_on >= _day(PERIOD.from_on)) & (facts.counted_on < _day(later.from_on))
        rows = (facts.kind == kind) & within
        ended = joined([ended, Facts(*(column[rows] for column in facts))])
    assert now.totals[0].total + int(ended.number.sum()) == then.totals[0].carried


def test_the_printed_tables_come_from_the_cells_to_the_last_person():
    counts = {"kind": [1] * 3 + [4] * 2, "number": [6222, 5034, 44753, 41298, 37951], "sex": [1, 2, 0, 1, 2]}
    same = {"area": [450102000000] * 5, "counted_on": [_day(PERIOD.from_on)] * 5, "occupation": [LEAVES[9]] * 5}
    facts = Facts.of(counts | same | {"age": [30] * 5, "person_group": [0, 0, 0, 3, 3]})
    tables = official_tables(CountTables(PERIOD)(facts).sides(""), allotted=True)
    assert [str(row.ratio) for row in tables.grouped[9][:2]] == ["0.72", "0.70"]  # Hainan, third quarter of 2013
    assert tables.overall[2].demand == 56009 and tables.overall[2].seekers == 79249


def test_corrections_that_outweigh_what_was_registered_are_refused_in_words():
    facts = Facts.of({"kind": [1], "number": [-2], "counted_on": [_day(PERIOD.from_on)], "area": [450102000000]})
    sides = CountTables(PERIOD)(facts).sides("")
    assert sides.totals[0] == Counted(new=-2)
    with pytest.raises(CountsRefused, match="cannot be negative"):
        official_tables(sides, allotted=True)


def test_a_period_without_facts_gives_tables_of_zeros():
    tables = official_tables(CountTables(PERIOD)(Facts.of({})).sides(""), allotted=True)
    assert tables.overall[2].demand == 0 and tables.shortage == ()
    assert all(row.ratio is None for rows in tables.grouped.values() for row in rows)


@pytest.mark.parametrize(
    "period, areas",
    [(Period(PERIOD.from_on), ("",)), (PERIOD, ()), (PERIOD, ("45", "45")), (PERIOD, ("45a",)), (PERIOD, ("1" * 13,))],
)
def test_a_question_that_has_no_answer_is_refused(period, areas):
    with pytest.raises(ValueError):
        CountTables(period, areas)


def test_columns_that_do_not_fit_are_refused():
    for wrong in ({"kind": [1], "area": [1, 2]}, {"colour": [1]}, {"kind": [70_000]}, {"kind": [1.5]}):
        with pytest.raises(ValueError):
            Facts.of(wrong)
    with pytest.raises(ValueError):
        CountTables(PERIOD)(draw(3, 1)) + CountTables(PERIOD, ("45",))(draw(3, 1))


def test_a_kernel_travels_without_what_it_has_looked_up():
    kernel = CountTables(PERIOD, ("4501",))
    kernel(draw(10, 1))
    assert len(pickle.dumps(kernel)) < 500 and pickle.loads(pickle.dumps(kernel))(draw(10, 1)) == kernel(draw(10, 1))


def test_sections_that_moved_between_editions_fall_into_their_row_of_2002():
    rows = dict(zip(classes.SECTIONS, classes.INDUSTRIES.values(), strict=False))
    assert (rows["F"], rows["G"], rows["H"], rows["I"]) == (
        "批发和零售业", "交通运输、仓储和邮政业", "住宿和餐饮业", "信息传输、计算机服务和软件业"
    )  # fmt: skip
    assert sorted(classes.INDUSTRIES.values()) == sorted(TABLES[3].rows)


def _day(day: date) -> int:
    return (day - date(1970, 1, 1)).days
