"""Ten million seekers and two million vacancies at once, in parts, so that memory stays bounded.

The parts stand in files of plain columns. A process of its own reads one after the other, puts it into its orders, and
carries the best lists so far through it; time and memory are those of that process from the first file to the last
list, reading included, what is compiled loaded before.
"""

import json
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from resource import RUSAGE_SELF, getrusage
from typing import Any

import numpy as np

from bench.arrays import draw_seekers, draw_vacancies
from bench.city import BenchCity
from bench.matching import K, weights
from bench.matching_city import checksum
from bench.plain_city import BruteForce
from bench.table import Line
from bench.timing import refuse_difference
from openpes.engine.matching import Seekers, Vacancies
from openpes.engine.matching.whole import best_seekers

PART = 2_000_000
ASKED = 12  # vacancies that brute force is asked for
ROOT = Path(__file__).resolve().parents[1]


def measure(city: BenchCity) -> list[Line]:
    """All parts, beside brute force over the same parts for some vacancies."""
    sizes = city.sizes
    with tempfile.TemporaryDirectory() as made:
        folder = Path(made)
        store(folder, sizes.province_seekers, sizes.province_vacancies, sizes.seed)
        command = [sys.executable, "-W", "ignore", "-m", "bench.matching_parts", made]
        told = json.loads(subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True, cwd=ROOT).stdout)
        plain = _beside_brute_force(folder, {int(row): pairs for row, pairs in told["lists"].items()})
    what = (
        f"best 20 of {sizes.province_seekers:,} seekers for each of {sizes.province_vacancies:,} vacancies, in "
        f"{told['parts']} parts read from files, at most {told['kibibytes'] * 1024 / 1e9:.2f} GB"
    )
    peer = f"brute force, compiled, two at a time; {ASKED} vacancies measured and multiplied to all, seekers in memory"
    answers = f"the same ids and scores, {len(told['lists'])} of {ASKED}; checksum {told['checksum']}"
    return [Line(what, "s", told["seconds"], plain * sizes.province_vacancies, peer, answers)]


def store(folder: Path, seekers: int, vacancies: int, seed: int) -> None:
    """Write the vacancies, and the seekers in parts."""
    _write(folder / "vacancies.npz", draw_vacancies(vacancies, seed))
    for number, begin in enumerate(range(0, seekers, PART)):
        part = draw_seekers(min(PART, seekers - begin), seed + number)
        part.id[:] += begin
        _write(folder / f"seekers-{number:03}.npz", part)


def main(folder: Path) -> None:
    """Match what stands in a folder, and print the time, the memory, the checksum and some of the lists."""
    w = weights()
    best_seekers(draw_vacancies(300, 5), [draw_seekers(300, 5)], w, K)  # compiled
    began = time.perf_counter()
    vacancies = _read(folder / "vacancies.npz", Vacancies)
    lists = best_seekers(vacancies, _parts(folder), w, K)
    seconds = time.perf_counter() - began
    kibibytes = getrusage(RUSAGE_SELF).ru_maxrss
    rows = np.linspace(0, len(vacancies) - 1, ASKED).astype(int).tolist()
    told = {"seconds": seconds, "kibibytes": kibibytes, "checksum": checksum(lists), "parts": len(_files(folder))}
    print(json.dumps(told | {"lists": {row: lists.ranked(row).pairs() for row in rows}}))


def _beside_brute_force(folder: Path, lists: dict[int, Any]) -> float:
    """Seconds that brute force takes for a vacancy, two at a time, measured on one thread; the lists are compared."""
    vacancies, w = _read(folder / "vacancies.npz", Vacancies), weights()
    best: dict[int, list[tuple[int, int]]] = {row: [] for row in lists}
    spent = 0.0
    for part in _parts(folder):
        brute = BruteForce(part, w)
        brute.best(vacancies, 0, K)  # compiled at the first call
        began = time.perf_counter()
        for row, found in best.items():
            found += brute.best(vacancies, row, K)
        spent += time.perf_counter() - began
    for row, found in best.items():
        refuse_difference(row, [tuple(pair) for pair in lists[row]], sorted(found, key=lambda p: (-p[1], p[0]))[:K])
    return spent / len(lists) / 2


def _files(folder: Path) -> list[Path]:
    return sorted(folder.glob("seekers-*.npz"))


def _parts(folder: Path) -> Iterator[Seekers]:
    for file in _files(folder):
        yield _read(file, Seekers)


def _write(file: Path, table: Any) -> None:
    np.savez(file, **{name: getattr(table, name) for name in table.SHAPES})


def _read(file: Path, kind: Any) -> Any:
    with np.load(file) as columns:
        return kind(**{name: columns[name] for name in kind.SHAPES})


if __name__ == "__main__":
    main(Path(sys.argv[1]))
