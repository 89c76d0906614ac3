"""The store of facts of the whole city: built from its rows, and compared with them, against the same row by row."""

import time
from collections.abc import Callable
from typing import Any

from bench.city import AT, BenchCity
from bench.table import Line, rated, timed
from bench.timing import Times, refuse_difference
from openpes.config import database
from openpes.kernel import within
from openpes.kernel.action import PLATFORM
from openpes.kernel.clock import day_of
from openpes.kernel.scope import CITY

ROUNDS = 3
MANY = 100_000  # from so many persons on the peer is one line to the database, and one round is enough
ONE_LINE = "the same statements, one kind after the other on one line to the database"
BATCH = 2_000
BUILT = "the same querysets fetched as values, one object a fact, bulk_create in batches of 2,000"
COMPARED = "both sides fetched as values and counted in a dictionary"
Key = tuple[Any, ...]


def measure(city: BenchCity) -> list[Line]:
    """A store from nothing, then a rebuilding that finds nothing to add; both sides end with the same sums."""
    city.prepare()
    if city.sizes.people * city.sizes.times >= MANY:
        return _many(city)
    spent: dict[str, list[float]] = {"ours": [], "plain": [], "look": [], "plain look": []}
    for _round in range(ROUNDS):
        spent["plain"].append(_timed(city, _plain_build))
        expected = _sums()
        spent["plain look"].append(_seconds(_plain_look))
        spent["ours"].append(_timed(city, _build))
        refuse_difference("facts", _sums(), expected)
        spent["look"].append(_seconds(_look))
    number = _count()
    people = f"{city.sizes.people:,} persons, {number:,} facts"
    built = Times(tuple(spent["ours"])), Times(tuple(spent["plain"]))
    compared = Times(tuple(spent["look"])), Times(tuple(spent["plain look"]))
    return [
        rated(f"facts built from the rows of {people}", number, built, BUILT, "the same sums", "facts/s"),
        rated(f"facts compared with the rows of {people}", number, compared, COMPARED, "the same sums", "facts/s"),
    ]


def _many(city: BenchCity) -> list[Line]:
    """The store of a city of millions: on two lines against one; then a rebuilding that finds nothing to add."""
    one, expected = _timed(city, _build_on_one_line), _sums()
    two = _timed(city, _build)
    refuse_difference("facts", _sums(), expected)
    number = _count()
    people = f"{city.sizes.people * city.sizes.times:,} persons, {number:,} facts"
    built = Times((two,)), Times((one,))
    looked = Times((_seconds(_look),)), Times((_seconds(_look_on_one_line),))
    return [
        timed(f"facts built from the rows of {people}", built, ONE_LINE, "the same sums", "s"),
        timed(f"facts compared with the rows of {people}", looked, ONE_LINE, "nothing to add", "s"),
    ]


def _timed(city: BenchCity, build: Callable[[], object]) -> float:
    """How long a building takes on an empty store, with its statistics as autovacuum leaves them."""
    with city.connect(database.OWNER) as owner:
        owner.execute("TRUNCATE statistics_fact, statistics_factopening, statistics_keptfigure, statistics_keptcount")
    taken = _seconds(build)
    with city.connect(database.OWNER) as owner:
        owner.execute("ANALYZE statistics_fact")
    return taken


def _seconds(act: Callable[[], object]) -> float:
    began = time.perf_counter()
    act()
    return time.perf_counter() - began


def _build() -> None:
    from openpes.statistics.actions import rebuild_side_by_side

    rebuild_side_by_side(by=PLATFORM, at=AT)


def _build_on_one_line() -> None:
    from openpes.statistics.actions import rebuild_facts

    rebuild_facts(by=PLATFORM, at=AT)


def _look_on_one_line() -> None:
    from openpes.statistics.actions import rebuild_facts

    assert rebuild_facts(by=PLATFORM, at=AT).total == 0


def _look() -> None:
    from openpes.statistics.actions import rebuild_side_by_side

    assert rebuild_side_by_side(by=PLATFORM, at=AT).total == 0


def _wanted() -> Any:
    from openpes.statistics.choices import FactKind
    from openpes.statistics.queries.wanted import COLUMNS, wanted
    from openpes.statistics.rules.closing import horizon

    for kind in FactKind:
        for row in wanted(kind, horizon=horizon(day_of(AT))).iterator(chunk_size=BATCH):
            yield {name: row[f"fact_{name}"] for name in COLUMNS}


def _plain_build() -> None:
    from openpes.statistics.models import Fact

    facts: list[Any] = []
    with within(CITY):
        for row in _wanted():
            facts.append(Fact(**row, counted_on=row["happened_on"], recorded_at=AT))
            if len(facts) == BATCH:
                Fact.objects.bulk_create(facts)
                facts.clear()
        Fact.objects.bulk_create(facts)


def _plain_look() -> None:
    from openpes.statistics.models import Fact
    from openpes.statistics.queries.wanted import KEY

    found: dict[Key, int] = {}
    with within(CITY):
        for row in _wanted():
            key = tuple(row[name] for name in KEY)
            found[key] = found.get(key, 0) + row["number"]
        for *columns, number in Fact.objects.order_by().values_list(*KEY, "number").iterator(chunk_size=BATCH):
            found[tuple(columns)] = found.get(tuple(columns), 0) - number
    assert not any(found.values())


def _sums() -> list[tuple[Any, ...]]:
    from django.db.models import Sum

    from openpes.statistics.models import Fact
    from openpes.statistics.queries.wanted import CELL

    columns = ("kind", "happened_on", *CELL)
    with within(CITY):
        return list(Fact.objects.order_by(*columns).values_list(*columns).annotate(n=Sum("number")))


def _count() -> int:
    from openpes.statistics.models import Fact

    with within(CITY):
        return Fact.objects.count()
