"""The second start of a city until its health page has answered and all is stopped, beside the plainest site's."""

import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

from bench.city import BenchCity
from bench.table import Line, timed
from bench.timing import alternate
from openpes.config import database

PEER = "bare Django, same PostgreSQL wheel and granian: start database, migrate, serve, first answer, stop"
PEOPLE = 2_000
STARTS = 5


def measure(city: BenchCity) -> list[Line]:
    """`openpes run --check`, which is what `./run --check` does once the packages are installed."""
    folder = city.folder / "start"
    starts: dict[str, Callable[[int], bool]] = {
        "ours": lambda _: _answers(
            ["openpes.config.cli", "run", "--check", "--port", "0", "--people", str(PEOPLE)], folder / "ours"
        ),
        "plain": lambda _: _answers(["bench.plain_start", str(folder / "plain")], folder / "plain"),
    }
    times = alternate(range(STARTS), starts["ours"], starts["plain"], warm_up=1)
    told = f"both health pages say ok, {STARTS} starts each; a city of {PEOPLE:,} persons is there already"
    return [timed("warm start, health page, stop", times, PEER, told, unit="s")]


def _answers(arguments: list[str], var: Path) -> bool:
    done = subprocess.run(
        [sys.executable, "-W", "ignore", "-m", *arguments], env=os.environ | {"OPENPES_VAR": str(var)},
        cwd=database.ROOT, check=True, capture_output=True, text=True,
    )  # fmt: skip
    answer = json.loads(done.stdout.strip().splitlines()[-1])
    return bool(answer["ok"])
