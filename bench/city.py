"""A city of its own for measuring: an embedded server in var/bench, the demo city in bulk, all gone at the end."""

import shutil
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from pathlib import Path
from typing import Any

import psycopg

from openpes.config import cli, database
from openpes.kernel import clock

AT = datetime(2026, 11, 23, 9, 30, tzinfo=clock.BUSINESS_ZONE)  # the city is the same whenever it is measured
ON = AT.date()


@dataclass(frozen=True, kw_only=True)
class Sizes:
    """How large everything is that is measured, and the seed from which it is drawn."""

    people: int = 20_000
    seed: int = 1
    seekers: int = 200_000
    vacancies: int = 40_000
    wide_vacancies: int = 100_000
    searched: int = 1_000_000
    advice: int = 200_000
    city_seekers: int = 1_000_000
    city_vacancies: int = 200_000
    province_seekers: int = 10_000_000
    province_vacancies: int = 2_000_000
    ledger_rows: int = 198_000  # with the rows that stand twice nearly the 200,000 that may come in at once
    import_rows: int = 198_000
    tasks: int = 200
    points: int = 1_858
    searches_a_second: int = 200
    load_seconds: int = 30
    facts: int = 10_000_000
    times: int = 1


@dataclass
class BenchCity:
    """The city that is measured; it is built when a measurement first asks for its database."""

    sizes: Sizes
    folder: Path = database.VAR
    built_in: float = 0.0

    @cached_property
    def stored(self) -> dict[str, Any]:
        """What settings need to find the database; the framework is ready in this process from here on."""
        stored = cli.prepare()
        self._build(stored)
        return stored

    def prepare(self) -> None:
        """Build the city when there is none yet; models can be imported from here on."""
        if "stored" not in self.__dict__:
            print(f"… a city of {self.sizes.people:,} persons", end="", file=sys.stderr, flush=True)
            print(f" {self.built_in:.0f} s" if self.stored else "", file=sys.stderr, flush=True)

    def connect(self, role: str = database.APP) -> psycopg.Connection:
        """A connection of its own in the city's schema."""
        return psycopg.connect(database.conninfo_for(self.stored, role), autocommit=True)

    def _build(self, stored: dict[str, Any]) -> None:
        from openpes.demo.actions import build_city
        from openpes.demo.queries import city_is_empty
        from openpes.kernel.action import PLATFORM

        began, owner = time.perf_counter(), database.conninfo_for(stored, database.OWNER)
        if city_is_empty():
            build_city(
                people=self.sizes.people, seed=self.sizes.seed, owner=owner, by=PLATFORM, at=AT,
            )  # fmt: skip
            self._copy()
            self.built_in = time.perf_counter() - began
        with psycopg.connect(owner, autocommit=True) as connection:
            connection.execute("ANALYZE")

    def _copy(self) -> None:
        """Make the city so many times as large where facts and figures are made of it (`bench.many_rows`)."""
        from bench.many_rows import multiply

        if self.sizes.times > 1:
            with database.find_server().admin() as admin:
                admin.execute(f"SET search_path = {database.SCHEMA}")
                multiply(admin, self.sizes.times)

    def close(self) -> None:
        """End the connections of this process."""
        if "stored" in self.__dict__:
            from django.db import connections

            connections.close_all()


@contextmanager
def bench_city(sizes: Sizes, *, keep: bool = False) -> Iterator[BenchCity]:
    """A city for measuring; its server is stopped at the end, and its folder removed unless it is to be kept."""
    if database.VAR.exists() and not keep:
        remove()
    city = BenchCity(sizes)
    try:
        yield city
    finally:
        city.close()
        database.stop_embedded()
        if not keep:
            shutil.rmtree(database.VAR, ignore_errors=True)


def remove() -> None:
    """Remove what an earlier run left, its server stopped first."""
    if (database.VAR / "pg").exists():
        database.find_server()
        database.stop_embedded()
    shutil.rmtree(database.VAR, ignore_errors=True)
