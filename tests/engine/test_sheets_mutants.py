"""Two thousand workbooks made wrong: none crashes, none is slow or large, none loses a row without a word."""

import json
import os
import subprocess
import sys
from collections import Counter
from pathlib import Path

import pytest

from tests.engine import mutants

FILES, CHILDREN = 2000, 2
SECONDS, MEGABYTES = 2, 256
SEED = int(os.environ.get("OPENPES_SEED", "20261123"))


@pytest.fixture(scope="module")
def outcomes(tmp_path_factory: pytest.TempPathFactory) -> list[dict]:
    """What became of every file; each process reads many, so that the run is short."""
    folder, share = tmp_path_factory.mktemp("mutants"), FILES // CHILDREN
    running = []
    for first in range(0, FILES, share):
        told = (folder / f"{first}.jsonl").open("w")
        command = [sys.executable, "-W", "ignore", mutants.__file__, str(SEED), str(first), str(share)]
        running.append(subprocess.Popen(command, stdout=told, stderr=subprocess.PIPE, text=True))
        told.close()
    for child in running:
        _, errors = child.communicate(timeout=300)
        assert child.returncode == 0, errors[-2000:]
    lines = [line for file in sorted(folder.glob("*.jsonl")) for line in file.read_text().splitlines()]
    return [json.loads(line) for line in lines]


def test_no_file_crashes_the_reader(outcomes: list[dict]) -> None:
    assert sorted(told["number"] for told in outcomes) == list(range(FILES))
    kinds = Counter((told["kind"], "refused" in told) for told in outcomes)
    assert kinds["meaning", False] > 500 and kinds["xml", False] > 200 and kinds["bytes", True] > 500, kinds


def test_no_file_is_slow_or_large(outcomes: list[dict]) -> None:
    assert [told for told in outcomes if told["seconds"] > SECONDS or told["memory"] > MEGABYTES] == []


def test_no_row_is_lost_without_a_word(outcomes: list[dict]) -> None:
    assert [(told["number"], told["lost"]) for told in outcomes if told["lost"]] == []


def test_a_row_that_nobody_judged_would_be_found(tmp_path: Path) -> None:
    path = tmp_path / "sound.xlsx"
    path.write_bytes(mutants.workbook(mutants.cells(mutants.random.Random(1))))
    told = mutants.outcome(path)
    assert mutants.lost_rows(path, told) == []
    forgotten = told["read"].pop(3)
    assert mutants.lost_rows(path, told) == [forgotten]


def test_the_same_seed_makes_the_same_files() -> None:
    assert mutants.mutant(SEED, 8) == mutants.mutant(SEED, 8) != mutants.mutant(SEED + 1, 8)
