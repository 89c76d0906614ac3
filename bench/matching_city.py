"""The whole city at once, from PostgreSQL to PostgreSQL, beside peers that are asked a sample of its vacancies.

Rows stand in tables with the types of the register (codes as texts, skills as arrays), without its row-level security.
The peers have the seekers in memory, read beforehand; what they take for a sample is multiplied to all vacancies.
"""

import gc
import operator
import time
from collections.abc import Callable, Iterator
from itertools import pairwise
from typing import Any

import numpy as np
import psycopg

from bench.arrays import draw_seekers, draw_vacancies
from bench.city import BenchCity
from bench.matching import K, weights
from bench.plain_city import BruteForce, Engine
from bench.plain_match import best_by_sql, fill_seekers
from bench.table import Line
from bench.timing import refuse_difference
from openpes.config import database
from openpes.engine.copied import code, codes, columns, marks, number
from openpes.engine.copying import NumberLists, Numbers, copied_rows
from openpes.engine.figures.partitions import engine_at
from openpes.engine.matching import Seekers, Vacancies, Weights
from openpes.engine.matching.whole import BestSeekers, CityIndex, Lists, VacancyDesk
from openpes.kernel.copies import messages

SKILLS = {f"skill{bit}": bit for bit in range(40)}
TABLES = """
DROP TABLE IF EXISTS bench_wish, bench_open, bench_found;
CREATE TABLE bench_wish (id bigint PRIMARY KEY, area text, places text[], only_these boolean, occupations text[],
    pay bigint, education smallint, experience smallint, age smallint, skills text[], "group" smallint);
CREATE TABLE bench_open (id bigint PRIMARY KEY, area text, occupation text, low bigint, top bigint, education smallint,
    experience smallint, required text[], wanted text[]);
CREATE TABLE bench_found (id bigint PRIMARY KEY, found int[], scores smallint[]);
"""
WISH = (
    number(), code(12), codes(12), number(), codes(7), number(), number(), number(), number(), marks(SKILLS), number(),
)  # fmt: skip
OPEN = (number(), code(12), code(7), number(), number(), number(), number(), marks(SKILLS), marks(SKILLS))
SCALED = "one vacancy after the other, {n} of them measured and multiplied to all; the seekers were in memory"
SAME = "the same ids and scores, {n} of {n}; checksum {sum}"
ONE_BY_ONE = 2000
PARTS = 4


def measure(city: BenchCity) -> list[Line]:
    """Forward with every peer, one vacancy from the same index, and the reverse."""
    seekers = draw_seekers(city.sizes.city_seekers, city.sizes.seed)
    vacancies = draw_vacancies(city.sizes.city_vacancies, city.sizes.seed)
    w = weights()
    with city.connect(database.OWNER) as owner:
        _fill(owner, seekers, vacancies)
        _warm(w)
        spent, lists = _from_database_to_database(owner, w)
        told = checksum(lists)
        fill_seekers(owner, seekers)
        lines = list(_beside_peers(owner, seekers, vacancies, w, (spent, lists, told), city.sizes.tasks))
    index = CityIndex.of_seekers(seekers, w)
    lines.append(_one_by_one(index, seekers, vacancies, w, lists))
    del index, lists
    gc.collect()
    lines.append(_on_a_cluster(seekers, vacancies, w, told))
    gc.collect()
    lines.append(_reverse(seekers, vacancies, w))
    return lines


def checksum(lists: Lists) -> str:
    """A checksum of all ids at all ranks and their scores, the same wherever and in whatever parts they were found."""
    ranks = np.arange(1, lists.ids.shape[1] + 1, dtype=np.uint64)
    whole = (lists.ids.astype(np.uint64) * ranks + lists.scores.astype(np.uint64)).sum(axis=1)
    rows = np.arange(1, len(whole) + 1, dtype=np.uint64)
    return f"{int((whole * rows).sum()):016x}"


def _from_database_to_database(owner: psycopg.Connection, w: Weights) -> tuple[dict[str, float], Lists]:
    marks_at = [time.perf_counter()]
    seekers, vacancies = _read_seekers(owner), _read_vacancies(owner)
    marks_at.append(time.perf_counter())
    index = CityIndex.of_seekers(seekers, w)
    marks_at.append(time.perf_counter())
    lists = index.lists(vacancies, K)
    marks_at.append(time.perf_counter())
    _write(owner, vacancies, lists)
    marks_at.append(time.perf_counter())
    steps = np.diff(marks_at).tolist()
    return dict(zip(("read", "index", "match", "write"), steps, strict=True)) | {"whole": sum(steps)}, lists


def _beside_peers(
    owner: psycopg.Connection, seekers: Seekers, vacancies: Vacancies, w: Weights, ours: Any, tasks: int
) -> Iterator[Line]:
    spent, lists, told = ours
    brute, duck, polars = BruteForce(seekers, w), Engine("duckdb", seekers), Engine("polars", seekers)
    brute.best(vacancies, 0, K)  # compiled at the first call
    peers: dict[str, tuple[int, Callable[[int], Any]]] = {
        "brute force, compiled, tables for each vacancy, two at a time": (
            max(tasks // 5, 4), lambda at: brute.best(vacancies, at, K),
        ),
        "DuckDB, 2 threads": (max(tasks // 20, 2), lambda at: duck.best(vacancies.row(at), w, K)),
        "polars, 2 threads": (max(tasks // 20, 2), lambda at: polars.best(vacancies.row(at), w, K)),
        "PostgreSQL, one statement": (max(tasks // 40, 2), lambda at: best_by_sql(owner, vacancies.row(at), w, K)),
    }  # fmt: skip
    steps = ", ".join(f"{name} {spent[name]:.2f} s" for name in ("read", "index", "match", "write"))
    for name, (count, best) in peers.items():
        sample = np.linspace(0, len(vacancies) - 1, count).astype(int).tolist()
        best(sample[0])
        began = time.perf_counter()
        answers = [best(at) for at in sample]
        each = (time.perf_counter() - began) / count
        for at, answer in zip(sample, answers, strict=True):
            refuse_difference(at, lists.ranked(at).pairs(), answer)
        if name.startswith("brute"):
            each /= 2  # two threads at once, as ours; measured on one
        what = f"best 20 of {len(seekers):,} seekers for each of {len(vacancies):,} vacancies ({steps})"
        same = SAME.format(n=count, sum=told)
        yield Line(what, "s", spent["whole"], each * len(vacancies), f"{name}; {SCALED.format(n=count)}", same)


def _on_a_cluster(seekers: Seekers, vacancies: Vacancies, w: Weights, told: str) -> Line:
    """The same kernel over parts of the seekers on threads of this process, and on two processes of Dask."""
    ends = np.linspace(0, len(seekers), PARTS + 1).astype(int).tolist()
    parts = [_rows(seekers, begin, end) for begin, end in pairwise(ends)]
    small = [_rows(seekers, 0, 300)] * PARTS
    spent = []
    for address in ("", "local"):
        with engine_at(address) as engine:
            engine.map_partitions(BestSeekers(_rows(vacancies, 0, 300), w, K), small, operator.add)  # compiled
            began = time.perf_counter()
            lists = engine.map_partitions(BestSeekers(vacancies, w, K), parts, operator.add)
            spent.append(time.perf_counter() - began)
            refuse_difference(address, checksum(lists), told)
    what = f"best 20 of {len(seekers):,} seekers for each of {len(vacancies):,} vacancies, in {PARTS} parts, in memory"
    peer = "the same kernel on two processes of Dask, to which parts are sent"
    return Line(what, "s", spent[0], spent[1], peer, f"the same checksum, {told}")


def _rows(table: Any, begin: int, end: int) -> Any:
    return type(table)(**{name: getattr(table, name)[begin:end] for name in table.SHAPES})


def _one_by_one(index: CityIndex, seekers: Seekers, vacancies: Vacancies, w: Weights, lists: Lists) -> Line:
    from openpes.engine.matching import top_seekers

    rows = np.linspace(0, len(vacancies) - 1, min(ONE_BY_ONE, len(vacancies))).astype(int).tolist()
    spent = []
    ask = VacancyDesk(index).best
    for at in rows[:50] + rows:
        one = vacancies.row(at)
        began = time.perf_counter()
        found = ask(one, K)
        spent.append(time.perf_counter() - began)
        refuse_difference(at, found.pairs(), lists.ranked(at).pairs())
    spent = spent[50:]
    sample = rows[:: max(len(rows) // 20, 1)]
    began = time.perf_counter()
    for at in sample:
        top_seekers(vacancies.row(at), seekers, w, K)
    plain = (time.perf_counter() - began) / len(sample)
    what = f"best 20 of {len(seekers):,} seekers for one vacancy, the index in memory"
    p99 = float(np.percentile(spent, 99)) * 1000
    peer = "engine.matching.top_seekers, the interactive way without that index"
    return Line(what, "ms", float(np.median(spent)) * 1000, plain * 1000, peer, SAME.format(n=len(rows), sum="–"), p99)


def _reverse(seekers: Seekers, vacancies: Vacancies, w: Weights) -> Line:
    from openpes.engine.matching import top_vacancies

    began = time.perf_counter()
    lists = CityIndex.of_vacancies(vacancies, w).lists(seekers, K)
    ours = time.perf_counter() - began
    sample = np.linspace(0, len(seekers) - 1, 40).astype(int).tolist()
    began = time.perf_counter()
    for at in sample:
        refuse_difference(at, lists.ranked(at).pairs(), top_vacancies(seekers.row(at), vacancies, w, K).pairs())
    plain = (time.perf_counter() - began) / len(sample) * len(seekers)
    what = f"best 20 of {len(vacancies):,} vacancies for each of {len(seekers):,} seekers, in memory"
    peer = f"engine.matching.top_vacancies; {SCALED.format(n=len(sample))}"
    return Line(what, "s", ours, plain, peer, SAME.format(n=len(sample), sum=checksum(lists)))


def _warm(w: Weights) -> None:
    """Have everything compiled or loaded: the worker does that once when it starts."""
    seekers, vacancies = draw_seekers(300, 5), draw_vacancies(300, 5)
    CityIndex.of_seekers(seekers, w).lists(vacancies, K)
    CityIndex.of_vacancies(vacancies, w).lists(seekers, K)
    columns([b"\0" * 19, b"\xff\xff"], [number(), marks(SKILLS)])


def _read_seekers(owner: psycopg.Connection) -> Seekers:
    c = _copied(owner, "bench_wish", WISH)
    return Seekers(
        id=c[0], area=c[1], places=c[2:5].T, places_only=c[5] != 0, wishes=c[6:9].T, min_pay_fen=c[9], education=c[10],
        experience_years=c[11], age=c[12], skills=c[13:15].T.view(np.uint64), group=c[15],
    )  # fmt: skip


def _read_vacancies(owner: psycopg.Connection) -> Vacancies:
    c = _copied(owner, "bench_open", OPEN)
    nothing = np.zeros(c.shape[1], np.int16)
    return Vacancies(
        id=c[0], area=c[1], occupation=c[2], pay_min_fen=c[3], pay_max_fen=c[4], education_min=c[5],
        experience_min_years=c[6], age_by_law=nothing != 0, age_min=nothing, age_max=nothing,
        skills_required=c[7:9].T.view(np.uint64), skills_wanted=c[9:11].T.view(np.uint64),
    )  # fmt: skip


def _copied(owner: psycopg.Connection, table: str, fields: Any) -> Any:
    with owner.cursor() as cursor, cursor.copy(f"COPY {table} TO STDOUT (FORMAT BINARY)") as copy:  # type: ignore[arg-type]
        read = columns(messages(copy), fields)
    return read if (read[0, 1:] > read[0, :-1]).all() else np.ascontiguousarray(read[:, np.argsort(read[0])])


def _write(owner: psycopg.Connection, vacancies: Vacancies, lists: Lists) -> None:
    counts = (lists.scores >= 0).sum(axis=1)
    rows = [Numbers(vacancies.id), NumberLists(lists.ids, counts), NumberLists(lists.scores, counts, 2)]
    with owner.cursor() as cursor, cursor.copy("COPY bench_found FROM STDIN (FORMAT BINARY)") as copy:
        for message in copied_rows(rows):
            copy.write(message)


def _fill(owner: psycopg.Connection, seekers: Seekers, vacancies: Vacancies) -> None:
    owner.execute(TABLES)
    wish = zip(
        seekers.id.tolist(), seekers.area.tolist(), map(_codes, seekers.places.tolist()),
        seekers.places_only.tolist(), map(_codes, seekers.wishes.tolist()), seekers.min_pay_fen.tolist(),
        seekers.education.tolist(), seekers.experience_years.tolist(), seekers.age.tolist(),
        _words(seekers.skills), seekers.group.tolist(), strict=True,
    )  # fmt: skip
    opened = zip(
        vacancies.id.tolist(), vacancies.area.tolist(), vacancies.occupation.tolist(), vacancies.pay_min_fen.tolist(),
        vacancies.pay_max_fen.tolist(), vacancies.education_min.tolist(), vacancies.experience_min_years.tolist(),
        _words(vacancies.skills_required), _words(vacancies.skills_wanted), strict=True,
    )  # fmt: skip
    for table, rows in (("bench_wish", wish), ("bench_open", opened)):
        with owner.cursor() as cursor, cursor.copy(f"COPY {table} FROM STDIN") as copy:  # type: ignore[arg-type]
            for row in rows:
                copy.write("\t".join(map(str, row)) + "\n")
        owner.execute(f"VACUUM ANALYZE {table}")  # type: ignore[arg-type]


def _codes(row: list[int]) -> str:
    return "{" + ",".join(str(code) for code in row if code) + "}"


def _words(skills: Any) -> Iterator[str]:
    known: dict[int, str] = {}
    for word in skills[:, 0].tolist():
        if word not in known:
            known[word] = "{" + ",".join(f"skill{bit}" for bit in range(40) if word >> bit & 1) + "}"
        yield known[word]
