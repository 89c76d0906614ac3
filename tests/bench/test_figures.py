"""The measurement of the official tables on few facts: every peer prints the same tables."""

from importlib.util import find_spec

import pytest

from bench import figures
from bench.city import BenchCity, Sizes
from bench.timing import DifferentAnswers
from tests.engine.figures_drawn import plain, shown


@pytest.mark.city
def test_every_peer_prints_the_same_tables(city, monkeypatch):
    monkeypatch.setattr(figures, "ROUNDS", 1)
    made = BenchCity(Sizes(facts=20_000))
    made.__dict__["stored"] = city
    lines = figures.measure(made)
    peers = 1 + 3 * (find_spec("duckdb") is not None) + (find_spec("polars") is not None)
    assert len(lines) == peers
    assert all(line.ours > 0 and line.plain > 0 and "same" in line.answers for line in lines)


def test_a_peer_that_counts_otherwise_is_found():
    facts = figures.draw_facts(5_000, 1)
    more = facts._replace(number=facts.number + 1)
    peer = figures.Peer("one more of each", lambda period, areas: figures.ours(more, period, areas))
    with pytest.raises(DifferentAnswers):
        figures._line(facts, figures.QUARTERS[-1:], figures.WHOLE, peer)


def test_the_facts_follow_from_the_seed_and_are_counted_as_one_by_one():
    facts = figures.draw_facts(2_000, 3)
    assert all((one == other).all() for one, other in zip(facts, figures.draw_facts(2_000, 3), strict=True))
    [sides] = figures.ours(facts, figures.QUARTERS[-1], figures.WHOLE)
    assert shown(sides) == shown(plain(facts, "4501", figures.QUARTERS[-1]))
