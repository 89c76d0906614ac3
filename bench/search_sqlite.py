"""The plain way in one file: SQLite with FTS5 over words that were cut beforehand."""

import sqlite3
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from openpes.engine.search import Document, Query

OR_FACETS = {"places": "county", "classes": "major", "pay": "pay", "education": "education", "terms": "term"}
PREFIXED = {"places": "place", "classes": "occupation"}
COLUMNS = (
    "id", "published", "closes", "place", "county", "occupation", "major", "pay", "education", "term", "benefits",
    "places_left",
)  # fmt: skip


class SqliteSearch:
    """A table of codes beside a full-text index without content; terms are written as numbers."""

    def __init__(self, folder: Path, documents: Iterable[Document]) -> None:
        self.file = folder / "search.sqlite"
        self.file.unlink(missing_ok=True)
        self.connection = sqlite3.connect(self.file, isolation_level=None)
        self.terms: dict[str, int] = {}
        self.benefits: dict[str, int] = {}
        for pragma in ("journal_mode = off", "synchronous = off", "cache_size = -1000000", "mmap_size = 4000000000"):
            self.connection.execute(f"PRAGMA {pragma}")
        kinds = ", ".join(f"{name} {'TEXT' if name in TEXTS else 'INTEGER'}" for name in COLUMNS[1:])
        self.connection.execute(f"CREATE TABLE v (id INTEGER PRIMARY KEY, {kinds})")
        self.connection.execute("CREATE VIRTUAL TABLE f USING fts5(t, content='', detail=none, columnsize=0)")
        self._fill(documents)

    @property
    def size(self) -> int:
        """Bytes on the disk."""
        return self.file.stat().st_size

    def _fill(self, documents: Iterable[Document]) -> None:
        marks = ", ".join("?" * len(COLUMNS))
        both: list[tuple[list[Any], list[Any]]] = [([], [])]
        self.connection.execute("BEGIN")
        for d in documents:
            rows, texts = both[0]
            mask = sum(1 << self.benefits.setdefault(code, len(self.benefits)) for code in d.benefits)
            rows.append(
                (
                    d.id, d.published, d.closes, d.place, d.place[:6], d.occupation, d.occupation[:1], d.pay,
                    d.education, d.term, mask, d.left,
                )
            )  # fmt: skip
            texts.append((d.id, " ".join(f"t{self.terms.setdefault(term, len(self.terms))}" for term in d.terms)))
            if len(rows) == 20_000:
                self._write(marks, rows, texts)
        self._write(marks, *both[0])
        self.connection.execute("COMMIT")
        self.connection.execute("INSERT INTO f(f) VALUES ('optimize')")
        self.connection.execute("CREATE INDEX v_newest ON v (published DESC, id DESC)")
        self.connection.execute("ANALYZE")

    def _write(self, marks: str, rows: list[Any], texts: list[Any]) -> None:
        self.connection.executemany(f"INSERT INTO v VALUES ({marks})", rows)
        self.connection.executemany("INSERT INTO f(rowid, t) VALUES (?, ?)", texts)
        rows.clear()
        texts.clear()

    def page(self, query: Query, day: int) -> tuple[Any, ...]:
        """Total, places, the counts of six facets, the newest twenty."""
        self.connection.execute("DROP TABLE IF EXISTS temp.base")
        chosen = [facet for facet in OR_FACETS if getattr(query, facet)]
        statement, parameters = self._base(query, day, chosen)
        self.connection.execute(statement, parameters)
        whole = " AND ".join(f"{facet}_ok" for facet in chosen) or "true"
        asked = [f"SELECT '', '', count(*), coalesce(sum(places_left), 0) FROM base WHERE {whole}"]
        for facet, column in OR_FACETS.items():
            others = " AND ".join(f"{other}_ok" for other in chosen if other != facet) or "true"
            asked.append(f"SELECT '{facet}', {column}, count(*), 0 FROM base WHERE {others} GROUP BY {column}")
        sums = ", ".join(f"sum(benefits >> {number} & 1)" for number in self.benefits.values()) or "0"
        rows = [row for one in asked for row in self.connection.execute(one)]
        offered = self.connection.execute(f"SELECT {sums} FROM base WHERE {whole}").fetchone()
        newest = f"SELECT id FROM base WHERE {whole} ORDER BY published DESC, id DESC LIMIT 20"
        found = [number for (number,) in self.connection.execute(newest)]
        return self._told(rows, offered, found)

    def _base(self, query: Query, day: int, chosen: list[str]) -> tuple[str, list[Any]]:
        parameters: list[Any] = []
        tests = "".join(f", {self._test(facet, query, parameters)} AS {facet}_ok" for facet in chosen)
        parts = ["published <= ? AND closes >= ? AND places_left > 0"]
        parameters += [day, day]
        for code in query.benefits:
            parts.append(f"benefits >> {self.benefits[code]} & 1")
        table = "v"
        if query.must:
            table = "f JOIN v ON v.id = f.rowid"
            parts.append("f MATCH ?")
            parameters.append(" AND ".join(f"t{self.terms.get(term, -1)}" for term in query.must).replace("-", "x"))
        columns = "id, published, places_left, benefits, " + ", ".join(OR_FACETS.values())
        where = " AND ".join(parts)
        return f"CREATE TEMP TABLE base AS SELECT {columns}{tests} FROM {table} WHERE {where}", parameters

    @staticmethod
    def _test(facet: str, query: Query, parameters: list[Any]) -> str:
        code = getattr(query, facet)[0]
        if facet in PREFIXED:
            parameters += [code, code + "~"]
            return f"({PREFIXED[facet]} >= ? AND {PREFIXED[facet]} < ?)"
        parameters.append(code)
        return f"({OR_FACETS[facet]} = ?)"

    def _told(self, rows: list[Any], offered: tuple[int, ...], found: list[int]) -> tuple[Any, ...]:
        counts: dict[str, dict[str, int]] = {facet: {} for facet in OR_FACETS}
        total = openings = 0
        for kind, value, count, places in rows:
            if kind:
                counts[kind] |= {value: count} if value else {}
            else:
                total, openings = count, places
        counts["benefits"] = {code: n for code, n in zip(self.benefits, offered, strict=False) if n}
        return total, openings, found, counts


TEXTS = {"place", "county", "occupation", "major", "pay", "education", "term"}
