"""Spoiled ledgers through the whole product: received, checked, accepted, taken back; no row goes without a word."""

import os
import random
from collections import Counter
from datetime import date
from pathlib import Path

import openpyxl
import pytest

from openpes.engine.identifiers import INVENTED_COUNTY, compose_resident_id
from openpes.intake.actions import accept_batch, receive_file, undo_batch
from openpes.intake.models import Batch, BatchRow
from openpes.kernel import Refused, within
from openpes.kernel.scope import CITY
from openpes.people.models import Household, Person, Residence
from tests.cast import COUNTY
from tests.engine import mutants
from tests.intake.factories import household

FILES, HOUSEHOLDS = 45, 4
SEED = int(os.environ.get("OPENPES_SEED", "20261123"))
TITLES = tuple(household()[0])


def ledger_cells(rng: random.Random) -> list[list]:
    """A sound ledger of some households: its headings and its members."""
    rows: list[list] = [list(TITLES)]
    for number in range(HOUSEHOLDS):
        for place, row in enumerate(household(f"H{number}", "覃大山")):
            born_on = date(1960 + 3 * number + 9 * place, 1 + number, 9)
            row["公民身份号码"] = compose_resident_id(INVENTED_COUNTY, born_on, rng.randrange(1000))
            rows.append([row.get(title) for title in TITLES])
    return rows


@pytest.fixture
def spoiled(monkeypatch):
    """The spoiling of `tests.engine.mutants` on ledgers in place of its own table."""
    monkeypatch.setattr(mutants, "cells", ledger_cells)
    monkeypatch.setattr(mutants, "TITLES", TITLES)


def stored() -> tuple[int, int, int]:
    with within(CITY):
        return Person.objects.count(), Household.objects.count(), Residence.objects.count()


def rows_of(batch: Batch) -> set[int]:
    with within(CITY):
        return set(BatchRow.objects.filter(batch=batch).values_list("row_no", flat=True))


def lost_rows(path: Path, kept: set[int]) -> list[int]:
    """The rows that another program sees below the headings and that the batch does not have."""
    try:
        page = openpyxl.load_workbook(path, data_only=True).worksheets[0]
        grid = [(row[0].row, [cell.value for cell in row]) for row in page.iter_rows() if row]
    except Exception:
        return []
    known = {title.replace(" ", "") for title in TITLES}
    heads = [no for no, row in grid if sum(mutants._title(cell) in known for cell in row) > len(TITLES) // 2]
    seen = mutants.seen_by_another(path, heads[0]) if heads else None
    return sorted(set(seen or ()) - kept)


def brought(number: int, clerk, at, path: Path) -> str:
    """What became of one file: refused in words, waiting for its columns, or checked, accepted and taken back."""
    _kind, content = mutants.mutant(SEED, number)
    path.write_bytes(content)
    told = {"kind": "rural_ledger", "name": f"{number}.xlsx", "content": content, "area": COUNTY}
    try:
        batch = receive_file(**told, by=clerk.actor, at=at)
    except Refused as refused:
        assert all(str(reason.text).strip() for reason in refused.reasons), number
        return "refused"
    if batch.state == Batch.State.CHECKED:
        kept = rows_of(batch)
        assert (len(kept), lost_rows(path, kept)) == (batch.row_count, []), number
        if batch.good_count:
            before = stored()
            accept_batch(batch=batch.pk, by=clerk.actor, at=at)
            undo_batch(batch=batch.pk, by=clerk.actor, at=at)
            assert stored() == before, number
    return str(batch.state)


def test_spoiled_ledgers_are_refused_in_words_or_every_row_is_judged_and_taken_back_whole(cast, at, spoiled, tmp_path):
    became = Counter(brought(number, cast.county_clerk, at, tmp_path / f"{number}.xlsx") for number in range(FILES))
    assert set(became) <= {"refused", "matching", "checked"} and min(became["refused"], became["checked"]) > 5, became


def test_a_row_that_the_batch_forgot_would_be_found(cast, at, spoiled, tmp_path):
    path = tmp_path / "sound.xlsx"
    path.write_bytes(mutants.workbook(ledger_cells(random.Random(1))))
    told = {"kind": "rural_ledger", "name": "台账.xlsx", "content": path.read_bytes(), "area": COUNTY}
    kept = rows_of(receive_file(**told, by=cast.county_clerk.actor, at=at))
    assert lost_rows(path, kept) == [] and len(kept) == 3 * HOUSEHOLDS
    assert lost_rows(path, kept - {5}) == [5]
