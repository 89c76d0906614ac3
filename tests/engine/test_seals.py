"""Digests of lines, batches and the chain."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone

import pytest

from openpes.engine.seals import GENESIS, Batch, Line, differences, digest, seal

LINES = [
    Line(n, 100 + n // 3, datetime(2026, 11, 23, 1, n, tzinfo=UTC), 7, "network.X", "4501", None, {"a": n, "b": "韦"})
    for n in range(1, 8)
]


def sealed(lines=LINES, previous=GENESIS) -> Batch:
    return seal(lines, upto_tx=200, previous=previous)


def test_what_was_sealed_and_not_touched_has_no_differences():
    assert list(differences(sealed(), LINES)) == []
    assert [number for number, _digest in sealed().records()] == [line.id for line in LINES]
    assert len(sealed()) == 7


@pytest.mark.parametrize(
    "change",
    [
        {"payload": {"a": 4, "b": "覃"}}, {"by": 8}, {"at": LINES[3].at + timedelta(microseconds=1)},
        {"event": "network.Y"}, {"area": "450103"}, {"person": 1}, {"tx": 99},
    ],
)  # fmt: skip
def test_a_change_of_any_field_is_seen(change):
    lines = [*LINES[:3], replace(LINES[3], **change), *LINES[4:]]
    assert list(differences(sealed(), lines)) == [("altered", 4)]


def test_a_line_taken_out_and_a_line_put_in_are_named():
    lines = [line for line in LINES if line.id != 2] + [replace(LINES[0], id=99)]
    assert list(differences(sealed(), lines)) == [("inserted", 99), ("missing", 2)]


def test_the_digest_does_not_depend_on_the_time_zone_or_the_order_of_keys():
    line = LINES[0]
    same = replace(line, at=line.at.astimezone(timezone(timedelta(hours=8))), payload={"b": "韦", "a": 1})
    assert digest(line) == digest(same)


def test_the_head_follows_from_the_head_before_the_border_and_every_line():
    heads = {
        sealed().head,
        sealed(previous="f" * 64).head,
        sealed(LINES[:-1]).head,
        seal(LINES, upto_tx=201, previous=GENESIS).head,
        sealed(list(reversed(LINES))).head,
    }
    assert len(heads) == 5
