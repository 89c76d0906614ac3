"""The search index equals a search by hand on cities and questions of any kind, and the comparison catches mistakes."""

from collections.abc import Callable
from random import Random
from types import ModuleType

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from openpes.engine.search import Document, Near, Order, Query, kernels, listed, spot_of, spotted
from openpes.engine.search.both import Both
from openpes.engine.search.building import Builder, TooMuch
from openpes.engine.search.index import LISTED, Index
from openpes.engine.words import title_terms, wanted_terms, words
from tests.engine.search_reference import found_by_hand

DAY = 1000
PIECES = ("电工", "水处理工", "高压", "保安", "Java工程师", "会计", "C++", "（包吃住）", "司机", "ｗｅｂ", "仓", "É")
FIRMS = ("南宁电工有限公司", "会计事务所", "食品厂", "")
PLACES = (
    "450103001001", "450103001002", "450103002", "450105", "450126003", "4501", "450181101", "",
    "450103002@22.81,108.37", "450103002@22.84,108.30", "450105@23.16,108.27", "4501@22.82,108.35",
)  # fmt: skip
JOBS = ("4-03-02-01", "4-03-01-02", "6-31-05-00", "2-02", "4", "")
BANDS, EDUCATION, TERMS = ("0-3000", "3000-5000", "5000-"), ("", "10", "30"), ("fixed", "short")
BENEFITS = ("board", "lodging", "weekends")


def city(seed: int, size: int, first: int = 1) -> list[Document]:
    """Vacancies that share few words and codes, so that every question meets many."""
    rng = Random(seed)
    made = []
    for number in range(first, first + size):
        title, firm = "".join(rng.choices(PIECES, k=rng.randint(1, 3))), rng.choice(FIRMS)
        low = rng.randrange(1, 9)
        made.append(
            Document(
                number * 7 % 100_003, DAY - rng.randrange(-1, 5), DAY + rng.randrange(-1, 5), rng.choice(PLACES),
                rng.choice(JOBS), rng.choice(BANDS), rng.choice(EDUCATION), rng.choice(TERMS),
                [code for code in BENEFITS if rng.random() < 0.5], low, low + rng.randrange(3), rng.randrange(0, 4),
                title, sorted(title_terms(title) | set(words(firm))),
            )
        )  # fmt: skip
    return made


def question(rng: Random, documents: list[Document]) -> Query:
    """A question about some of what is there, and some of what is not."""

    def some(values, most):
        return tuple(rng.sample([value for value in values if value], rng.randrange(most + 1)))

    def cut(chance):
        return [tuple(sorted(wanted_terms(piece))) for piece in some(PIECES, 2) if rng.random() < chance]

    keys = [(d.published, d.id) for d in documents]
    sort = rng.choice(list(Order))
    key = rng.choice(keys)
    after = {
        Order.NEW: key, Order.PAY: (rng.randrange(10), rng.randrange(10), key[1]),
        Order.PLACES: (rng.randrange(4), key[1]), Order.RELEVANCE: (rng.randrange(9000), *key),
        Order.DISTANCE: (-rng.randrange(90_000), *key),
    }[sort]  # fmt: skip
    asked = {
        "must": tuple({term for terms in cut(0.4) for term in terms}),
        "any_of": (tuple(cut(1)),) if rng.random() < 0.2 else (),
        "excluded": tuple(cut(0.3)),
        "phrases": (rng.choice(["工（包", "java", "电工电", "压保"]),) if rng.random() < 0.2 else (),
        "beginnings": (rng.choice(["j", "电", "水", "无"]),) if rng.random() < 0.15 else (),
        "nice": tuple((term, rng.randint(1, 10)) for terms in cut(0.5) for term in terms),
        "places": some([*PLACES, "45", "45010300", "450199"], 2),
        "classes": some([*JOBS, "6-", "9"], 2),
        "pay": some(BANDS, 2),
        "education": some([*EDUCATION, "99"], 2),
        "terms": some([*TERMS, "none"], 1),
        "benefits": some([*BENEFITS, "none"], 1) if rng.random() < 0.5 else (),
        "pay_from": rng.choice([0, 0, 3, 9]),
        "since": rng.choice([0, 0, DAY - 2]),
        "near": rng.choice([None, Near(22.8, 108.3), Near(22.8, 108.3, 20), Near(0, 0, 1)]),
        "sort": sort,
        "after": after if rng.random() < 0.4 else None,
        "hopeless": rng.random() < 0.02,
    }
    dropped = rng.sample(sorted(asked), rng.randrange(len(asked)))
    return Query(**{name: value for name, value in asked.items() if name not in dropped or name == "sort"})


def index_of(documents: list[Document]) -> Index:
    builder = Builder()
    builder.add(documents)
    return Index(builder.arrays())


def differing(seed: int, size: int, questions: int) -> int:
    """How many questions about a city of a seed the index answers otherwise than by hand, some rows changed since."""
    stock, rng = city(seed, size), Random(seed)
    changed: dict[int, Document | None] = {d.id: None for d in stock if rng.random() < 0.1}
    fresh = [d._replace(left=2, title="会计会计") for d in stock if d.id in changed and rng.random() < 0.5]
    fresh += city(seed + 1, rng.randrange(9), first=60_000)
    changed |= {d.id: d for d in fresh}
    both = Both(index_of(stock), {}).with_changes(changed) if rng.random() < 0.7 else Both(index_of(stock), {})
    present = [d for d in stock if d.id not in both.changed] + [d for d in both.changed.values() if d]
    wrong = 0
    for _ in range(questions):
        both.index.listed = rng.choice([1, 2, LISTED, 10**6])  # row by row, or bitmaps
        query = question(rng, stock)
        expected = found_by_hand(query, present, DAY, stock)
        wrong += both.search(query, DAY) != expected or both.count(query, DAY) != expected.total
    return wrong


@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
@given(seed=st.integers(0, 10**6), size=st.sampled_from([1, 2, 5, 40, 63, 64, 65, 200]))
def test_the_index_equals_a_search_by_hand(seed, size):
    assert differing(seed, size, 20) == 0


def test_a_large_city_with_terms_that_most_rows_have_equals_a_search_by_hand():
    assert differing(5, 3_000, 60) == 0


def swapped(loops: ModuleType, name: str, other: Callable) -> Callable:
    """A loop with a mistake in it."""
    true = getattr(loops, name)

    def mistaken(*given):
        return other(true, *given)

    return mistaken


def one_row_later(true, bits, start, out):
    return true(bits, start + (1 if start else 0), out)


def without_title(true, lists, maps, rows, parts):
    (postings, spans), (bitmaps, heavy) = lists, maps
    plain, light = spans.copy(), heavy.copy()
    plain[:, 2], light[:, 1] = plain[:, 3], light[:, 2]
    return true((postings, plain), (bitmaps, light), rows, parts)


def without_the_last_list(true, among, lists, maps, rows, parts):
    return true(among, (lists[0], lists[1][: max(1, len(lists[1]) - 1)]), maps, rows, parts)


def one_row_twice(true, bits, out):
    true(bits, out)
    out[:1] = out[-1:]


def own_choice_counted(true, rows, parts, cards, choices, counted):
    passed, alone = true(rows, parts, cards, choices, counted), [np.zeros_like(counts) for counts in counted]
    true(rows[: passed[0]].copy(), parts[: passed[0]].copy(), cards, choices, tuple(alone))
    counted[0][1] = alone[0][1]
    return passed


def one_phrase_for_another(true, rows, parts, titles, phrase):
    return true(rows, parts, titles, phrase[:1])


def the_shortest_first(true, rows, parts, letters, scale, key, best_of):
    return true(rows, parts, np.minimum(letters, 9), scale, key, best_of)


def far_before_near(true, bits, cards, near, key, best_of):
    return true(bits, cards, -near, key, best_of)


def one_kind_too_many(true, bits, maps, out):
    true(bits, maps, out)
    out[-1:] += 1


def next_term(true, letters, starts, wanted):
    return max(0, true(letters, starts, wanted) - 1)


def the_term_before(true, letters, starts, asked, ends, out):
    true(letters, starts, asked, ends, out)
    out[out > 0] -= 1


@pytest.mark.parametrize(
    ("loops", "name", "mistake"),
    [
        (kernels, "first_rows", one_row_later),
        (kernels, "best_by_nearness", far_before_near),
        (kernels, "count_common", one_kind_too_many),
        (kernels, "lower_bound", next_term),
        (kernels, "best_by_rank", lambda true, bits, rank, start, keys, out: true(bits, rank, start + 1, keys, out)),
        (listed, "numbers_of", the_term_before),
        (listed, "rows_of", one_row_twice),
        (listed, "rows_having", without_the_last_list),
        (listed, "add_parts", without_title),
        (listed, "walk_rows", own_choice_counted),
        (listed, "keep_rows", lambda true, rows, parts, bits: max(0, true(rows, parts, bits) - 1)),
        (listed, "keep_phrase", one_phrase_for_another),
        (listed, "best_of_rows", the_shortest_first),
    ],
)
def test_the_comparison_catches_a_mistake_in_every_loop(monkeypatch, loops, name, mistake):
    monkeypatch.setattr(loops, name, swapped(loops, name, mistake))
    cities = [(seed, 150) for seed in range(1, 40)] + [(5, 3_000)]
    assert any(differing(seed, size, 40) for seed, size in cities)


def test_every_place_inside_an_area_is_counted_as_by_hand():
    documents = city(4, 300)
    both = Both(index_of(documents), {})
    query = Query(places=("450105",), terms=("fixed",))
    expected = {}
    for d in documents:
        if d.published <= DAY <= d.closes and d.left and d.term == "fixed" and d.place.startswith("450103"):
            place = d.place.partition("@")[0]
            expected[place] = expected.get(place, 0) + 1
    assert both.place_counts(query, DAY, "450103") == expected


def test_very_many_spots_are_searched_by_distance_as_by_hand():
    """More spans of places than one bitmap each is worth."""
    rng = Random(5)
    spots = [spot_of(rng.uniform(22.2, 23.4), rng.uniform(107.6, 109.2)) for _ in range(400)]
    documents = [d._replace(place=spotted("450103002", rng.choice(spots))) for d in city(6, 900)]
    both, sizes = Both(index_of(documents), {}), set()
    for km in (1, 20, 45, 300):
        query = Query(near=Near(22.82, 108.35, km), sort=Order.DISTANCE)
        found = both.search(query, DAY)
        assert found == found_by_hand(query, documents, DAY, documents)
        sizes.add(found.total)
    assert len(sizes) == 4


@pytest.mark.parametrize("after", [None, (0, DAY, 400), (7, DAY, 400), (-1, DAY, 400), (0, 0, 0)])
def test_a_term_that_every_row_has_leaves_the_newest_first(after):
    documents = [d._replace(terms=sorted({*d.terms, "公司"})) for d in city(8, 2_000)]
    both, query = Both(index_of(documents), {}), Query(must=("公司",), sort=Order.RELEVANCE, after=after)
    assert both.index.rarities(query) == {"公司": 0}
    assert both.search(query, DAY) == found_by_hand(query, documents, DAY, documents)


def test_rows_with_more_kinds_of_benefits_than_there_is_room_for_are_refused():
    document = city(1, 1)[0]._replace(benefits=[f"b{number}" for number in range(65)])
    with pytest.raises(TooMuch, match="benefits"):
        Builder().add([document])
