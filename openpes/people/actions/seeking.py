"""Seeking likely duplicates over the whole city: blocks of files by keys in SQL, then each pair weighed.

Two files are compared when they share a block: the name as it is heard together with the birth date, with the
telephone, or with a birth date one digit away. Whoever had two characters of the identity number mixed up shares one of
these with the other file, unless the name is another one too. Numbers are unsealed only for pairs that need them.
"""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime
from itertools import islice
from typing import Any, TypeVar

from django.db import connection

from openpes.engine.likeness import BILLION, Face, Weights
from openpes.kernel import Actor, action, clock, publish
from openpes.kernel.rows import array_text
from openpes.kernel.sensitive import unseal
from openpes.people.actions.duplicates import FACTS_HASH
from openpes.people.events import DuplicatesSought
from openpes.people.queries.duplicates import FEWEST
from openpes.people.rules.likeness import Alike, alike, common_area, sound_of, weights_on

T = TypeVar("T")
BATCH = 20_000
SOUNDS = "CREATE TEMPORARY TABLE sound (name text PRIMARY KEY, heard text, bearers int) ON COMMIT DROP"
# Strings become numbers, so that what is sorted and joined is small; y, m, d are compared digit by digit below.
FACES = """
CREATE TEMPORARY TABLE face ON COMMIT DROP AS
SELECT p.id, p.area, p.name, p.sex, p.born_on, p.phone_index AS phone, hashtextextended(s.heard, 0) AS heard,
       s.bearers, extract(year FROM p.born_on)::int AS y, extract(month FROM p.born_on)::int AS m,
       extract(day FROM p.born_on)::int AS d
FROM people_person p JOIN sound s ON s.name = p.name
"""
ONE_DIGIT = "({a} / 10 = {b} / 10 OR ({a} % 10 = {b} % 10 AND {a} / 100 = {b} / 100) OR {a} % 100 = {b} % 100)"
BLOCKS = {
    "name and birth": "a.heard = b.heard AND a.born_on = b.born_on",
    "name and telephone": "a.heard = b.heard AND a.phone = b.phone",
    "name and month and day": "a.heard = b.heard AND a.m = b.m AND a.d = b.d AND a.y <> b.y AND "
    + ONE_DIGIT.format(a="a.y", b="b.y"),
    "name and year and month": "a.heard = b.heard AND a.y = b.y AND a.m = b.m AND a.d <> b.d AND "
    + "(a.d / 10 = b.d / 10 OR a.d % 10 = b.d % 10 OR a.d % 10 * 10 + a.d / 10 = b.d)",
    "name and year and day": "a.heard = b.heard AND a.y = b.y AND a.d = b.d AND a.m <> b.m AND "
    + "(a.m / 10 = b.m / 10 OR a.m % 10 = b.m % 10 OR a.m % 10 * 10 + a.m / 10 = b.m)",
    "name and day for month": "a.heard = b.heard AND a.y = b.y AND a.m = b.d AND a.d = b.m AND a.m <> a.d",
}
PAIRS = "CREATE TEMPORARY TABLE pair (a bigint, b bigint) ON COMMIT DROP"
BLOCK = "INSERT INTO pair SELECT a.id, b.id FROM face a JOIN face b ON a.id < b.id AND {condition}"
TOGETHER = """
SELECT DISTINCT a.id, b.id, a.area, b.area, a.name, b.name, a.sex, b.sex, a.born_on, b.born_on, a.phone, b.phone,
       a.bearers
FROM pair JOIN face a ON a.id = pair.a JOIN face b ON b.id = pair.b
"""
FOUND = (
    "CREATE TEMPORARY TABLE found (a bigint, b bigint, area text, score int, reasons text[]) ON COMMIT DROP"
)
# A pair that somebody told apart, or merged, stays as it is until a fact that was compared is another one.
KEEP = f"""
INSERT INTO people_likelypair AS kept
    (area, first, second, score, reasons, facts_hash, state, found_at, found_by, answer)
SELECT f.area, f.a, f.b, f.score, f.reasons, {FACTS_HASH.format(a="a", b="b")}, 'waiting', %s, %s, ''
FROM found f JOIN people_person a ON a.id = f.a JOIN people_person b ON b.id = f.b
ON CONFLICT (first, second) DO UPDATE
SET area = excluded.area, score = excluded.score, reasons = excluded.reasons, facts_hash = excluded.facts_hash,
    state = 'waiting', found_at = excluded.found_at, found_by = excluded.found_by
WHERE kept.facts_hash <> excluded.facts_hash
   OR (kept.state = 'waiting' AND (kept.area, kept.score) <> (excluded.area, excluded.score))
"""
FORGET = """
DELETE FROM people_likelypair l WHERE l.state = 'waiting' AND l.found_by = %s
AND NOT EXISTS (SELECT FROM found f WHERE f.a = l.first AND f.b = l.second)
AND NOT EXISTS (SELECT FROM people_merge m WHERE m.pair_id = l.id)
"""


@action
def seek_duplicates(*, by: Actor, at: datetime) -> int:
    """Compare all files of the city block by block and keep the pairs that are likely one person; returns how many.

    What an officer told apart stays apart; what is not likely any more and nobody looked at is forgotten. Done twice,
    the second changes nothing.
    """
    weights = weights_on(clock.day_of(at))
    with connection.cursor() as cursor:
        persons = _prepare(cursor)
        for condition in BLOCKS.values():
            cursor.execute(BLOCK.format(condition=condition))
        cursor.execute(FOUND)
        pairs = 0
        for batch in _batches(_likely(weights, max(persons, FEWEST))):
            _store(cursor, batch)
            pairs += len(batch)
        cursor.execute("ANALYZE found")
        cursor.execute(FORGET, [by.id])
        cursor.execute(KEEP, [at, by.id])
        cursor.execute("DROP TABLE sound, face, pair, found")
    publish(DuplicatesSought(area=by.scope, persons=persons, pairs=pairs, by=by.id, at=at))
    return pairs


def _prepare(cursor: Any) -> int:
    cursor.execute(SOUNDS)
    cursor.execute("SELECT name, count(*) FROM people_person GROUP BY name")
    names = cursor.fetchall()
    for batch in _batches(names):
        rows = ((name, sound_of(name) or name, count) for name, count in batch)
        told = [array_text(column) for column in zip(*rows, strict=True)]
        cursor.execute("INSERT INTO sound SELECT * FROM unnest(%s::text[], %s::text[], %s::int[])", told)
    cursor.execute("ANALYZE sound")
    cursor.execute(FACES)
    cursor.execute("ANALYZE face")
    cursor.execute(PAIRS)
    return sum(count for _name, count in names)


def _likely(weights: Weights, persons: int) -> Iterator[tuple[int, int, str, str, Alike]]:
    """The pairs of the blocks that are likely one person: first without numbers, then with them."""
    with connection.chunked_cursor() as cursor:
        cursor.execute(TOGETHER)
        while rows := cursor.fetchmany(BATCH):
            hopeful = []
            for row in rows:
                one, other = _face(row, 0), _face(row, 1)
                share = max(row[12] - 1, 1) * BILLION // persons
                best = alike(_numbered(one, "1"), _numbered(other, "1"), weights, persons=persons, name_share=share)
                if best.score >= weights.likely:
                    hopeful.append((row[0], row[1], one, other, share))
            yield from _with_numbers(hopeful, weights, persons)


def _with_numbers(
    hopeful: Sequence[tuple[int, int, Face, Face, int]], weights: Weights, persons: int
) -> Iterator[tuple[int, int, str, str, Alike]]:
    numbers = _numbers({pk for row in hopeful for pk in row[:2]})
    for first, second, one, other, share in hopeful:
        pair = _numbered(one, numbers[first]), _numbered(other, numbers[second])
        likeness = alike(*pair, weights, persons=persons, name_share=share)
        if likeness.score >= weights.likely:
            yield first, second, one.area, other.area, likeness


def _numbers(wanted: set[int]) -> dict[int, str]:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT id, id_number_sealed FROM people_person WHERE id = ANY(%s::bigint[])", [array_text(sorted(wanted))]
        )
        return {pk: unseal(sealed, context="person.id_number") for pk, sealed in cursor.fetchall()}


def _face(row: tuple, side: int) -> Face:
    born_on: date = row[8 + side]
    name = row[4 + side]
    return Face(
        name=name, sound=sound_of(name), born_on=born_on, sex=row[6 + side], area=row[2 + side],
        phone=bytes(row[10 + side] or b""),
    )  # fmt: skip


def _numbered(face: Face, number: str) -> Face:
    return Face(
        name=face.name, sound=face.sound, born_on=face.born_on, sex=face.sex, area=face.area, number=number,
        phone=face.phone,
    )  # fmt: skip


def _batches(rows: Iterable[T]) -> Iterator[list[T]]:
    waiting = iter(rows)
    while batch := list(islice(waiting, BATCH)):
        yield batch


def _store(cursor: Any, batch: Sequence[tuple[int, int, str, str, Alike]]) -> None:
    columns = [
        array_text([row[0] for row in batch]),
        array_text([row[1] for row in batch]),
        array_text([common_area(row[2], row[3]) for row in batch]),
        array_text([row[4].score for row in batch]),
        array_text(["{" + ",".join(row[4].reasons) + "}" for row in batch]),
    ]
    cursor.execute(
        "INSERT INTO found SELECT a, b, area, score, reasons::text[]"
        " FROM unnest(%s::bigint[], %s::bigint[], %s::text[], %s::int[], %s::text[]) AS x(a, b, area, score, reasons)",
        columns,
    )
