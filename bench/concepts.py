"""Concept recognition of the search box: how many of the labelled queries are read right, and how many a second.

The 500 queries of `concept_queries.tsv` were written by hand, as people type, before the recogniser was; each names
all concepts that it holds. A query counts as right when exactly these are found, with their signs and amounts. Plain
words that are left over are not counted. Another system can be run on the same file: see `expected_of`.
"""

import csv
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from openpes.engine.understanding import Concept, Kind, Reading, Sign, read_query

QUERIES = Path(__file__).with_name("concept_queries.tsv")
UNCOUNTED = (Kind.WORD,)
SECONDS = 3.0  # of processor time, so that others on the machine do not count
ABOUT = {"d": "day", "h": "hour"}
Fact = tuple[str, str, tuple[str, ...]]  # sign, kind, values of which any will do


@dataclass(frozen=True)
class Labelled:
    """A query with the concepts that a reader finds in it."""

    text: str
    expected: tuple[Fact, ...]


@dataclass(frozen=True)
class Outcome:
    """What came of the labelled queries: those that were read otherwise, with what was missed and what was too much."""

    count: int
    wrong: tuple[tuple[Labelled, tuple[Fact, ...], tuple[Fact, ...]], ...]

    @property
    def right(self) -> float:
        """The share of queries that were read right."""
        return 1 - len(self.wrong) / self.count


def labelled_queries() -> list[Labelled]:
    """The labelled queries of the file."""
    with QUERIES.open(encoding="utf-8", newline="") as file:
        found = csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE)
        return [Labelled(row["query"], expected_of(row["expected"] or "")) for row in found]


def expected_of(text: str) -> tuple[Fact, ...]:
    """Labels as facts: `!occ=4-01-02` is an occupation that must not be, `|` parts what is right as well."""
    facts = []
    for label in text.split():
        sign = label[0] if label[0] in "!~" else ""
        kind, _equals, values = label.removeprefix(sign).partition("=")
        facts.append((sign, kind, tuple(values.split("|"))))
    return tuple(facts)


def facts_of(reading: Reading) -> list[Fact]:
    """What was understood, in the same form."""
    found = []
    for one in reading.concepts:
        if one.kind not in UNCOUNTED:
            sign = {Sign.WITHOUT: "!", Sign.NICE: "~"}.get(one.sign, "")
            found += [(sign, one.kind.value, values) for values in _values(one)]
    return found


def _values(one: Concept) -> list[tuple[str, ...]]:
    amount = f"{one.low:g}" if one.low else ""
    match one.kind:
        case Kind.BENEFIT | Kind.CONDITION:
            return [(code,) for code in one.codes]
        case Kind.PAY:
            tail = {"day": "/d", "hour": "/h"}.get(one.unit, "")
            about = one.high and abs(one.high / 1.1 - one.low / 0.9) < 2
            bounds = f"{round(one.low / 0.9)}~" if about else f"{round(one.low) or ''}-{round(one.high) or ''}"
            return [(bounds + tail,)]
        case Kind.NEAR:
            return [(amount or "?",)]
        case Kind.EXPERIENCE | Kind.NEWEST:
            return [(f"{one.low:g}",)]
        case Kind.EDUCATION:
            return [(one.codes[0] + ("+" if one.unit == "up" else ""),)]
        case Kind.EMPLOYER | Kind.PHRASE | Kind.PROVINCE:
            return [(one.name,)]
        case _:
            return [one.codes]


def outcome_of(read: Callable[[str], Reading] = read_query) -> Outcome:
    """Read every labelled query and compare."""
    queries = labelled_queries()
    wrong = []
    for query in queries:
        missed, beyond = differences(query.expected, facts_of(read(query.text)))
        if missed or beyond:
            wrong.append((query, missed, beyond))
    return Outcome(len(queries), tuple(wrong))


def differences(expected: tuple[Fact, ...], found: list[Fact]) -> tuple[tuple[Fact, ...], tuple[Fact, ...]]:
    """What was expected and not found, and what was found and not expected."""
    left, missed = list(found), []
    for fact in expected:
        match = next((other for other in left if _same(fact, other)), None)
        if match is None:
            missed.append(fact)
        else:
            left.remove(match)
    return tuple(missed), tuple(left)


def _same(wanted: Fact, found: Fact) -> bool:
    if wanted[:2] != found[:2]:
        return False
    if wanted[1] in (Kind.OCCUPATION, Kind.INDUSTRY):
        return any(code.startswith(value) for value in wanted[2] for code in found[2])
    return any(value in found[2] for value in wanted[2])


def queries_a_second(seconds: float = SECONDS) -> float:
    """How many different queries one core reads a second; nothing is remembered between them."""
    texts = [query.text for query in labelled_queries()]
    for text in texts:
        read_query(text)
    read, began = 0, time.process_time()
    while time.process_time() - began < seconds:
        for text in texts:
            read_query(text)
        read += len(texts)
    return read / (time.process_time() - began)


def main() -> int:
    """Print both figures and every query that was read otherwise."""
    outcome = outcome_of()
    for query, missed, beyond in outcome.wrong:
        print(f"{query.text}\n    missed {_told(missed)}\n    beyond {_told(beyond)}")
    print(
        f"{outcome.right:.1%} of {outcome.count} queries right; {queries_a_second():,.0f} queries a second on one core"
    )
    return 0


def _told(facts: tuple[Fact, ...]) -> str:
    return ", ".join(f"{sign}{kind}={'|'.join(values)}" for sign, kind, values in facts) or "nothing"


if __name__ == "__main__":
    sys.exit(main())
