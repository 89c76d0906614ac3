"""A rural ledger in Excel: read and checked, and brought in as a whole, against a script with openpyxl."""

from time import perf_counter
from typing import Any

from bench.city import AT, ON, BenchCity
from bench.memory import PeakMemory
from bench.plain_ledger import read_ledger, without_held
from bench.plain_rows import PlainPerson, make
from bench.table import Line, rated
from bench.timing import Times, alternate, refuse_difference
from bench.workbooks import File, ledger_files
from openpes.config import database
from openpes.engine.identifiers import parse_resident_id
from openpes.engine.sheets import check, while_read
from openpes.intake import jobs
from openpes.intake.actions import receive_file, start_accepting
from openpes.intake.choices import kind_of
from openpes.intake.models import Batch
from openpes.kernel import clock, within
from openpes.kernel.action import PLATFORM
from openpes.kernel.scope import CITY

KIND = "rural_ledger"
READING_PEER = "openpyxl read-only, python-stdnum and sets of labels in a loop; no sentences, no bounded process"
IMPORT_PEER = "the same loop, then one ORM insert a row; no preview, journal, household, policy, sealing, or undo"
COUNTY = "450103"
READINGS = 5
LARGE = 50_000  # from here on one run takes long enough that nothing has to be warm


def measure(city: BenchCity) -> list[Line]:
    """One large file read several times, and brought in."""
    with city.connect(database.OWNER) as owner:
        make(owner, PlainPerson)
    read = _file(city, city.sizes.ledger_rows)
    brought = read if city.sizes.import_rows == city.sizes.ledger_rows else _file(city, city.sizes.import_rows)
    return [_reading(read), *_import(brought)]


def _reading(file: File) -> Line:
    refuse_difference("rows made wrong", sorted(_ours_read(file)[1]), sorted(file.wrong))
    times = alternate([file] * READINGS, _ours_read, _plain_read, warm_up=0 if file.rows > LARGE else 1)
    told = f"the same {file.rows - len(file.wrong):,} identity numbers and the {len(file.wrong):,} rows made wrong"
    return rated(f"ledger of {file.rows:,} rows read and checked", file.rows, times, READING_PEER, told)


def _ours_read(file: File) -> tuple[dict[int, str], list[int]]:
    sheet = kind_of(KIND).sheet(area=file.county, on=ON)
    checked = while_read(file.path, lambda grid: check(sheet, grid))
    return {row.number: row.values["id_number"] for row in checked.good}, list(checked.bad_rows)


def _plain_read(file: File) -> tuple[dict[int, str], list[int]]:
    found = read_ledger(file.path, file.county, ON)
    return {number: row["id_number"] for number, row in found.good.items()}, found.bad


def _import(file: File) -> list[Line]:
    """The whole way of a file, and the first half of it, after which its rows are kept and can be looked at."""
    halves: list[float] = []
    with PeakMemory() as memory:
        times = alternate([file], lambda file: _ours_import(file, halves, memory), _plain_import, warm_up=0)
    told = f"the same number of rows stored; the worker and its reading process took at most {memory.mebibytes:,} MiB"
    kept = Times(tuple(halves)), times[1]
    return [
        rated(f"ledger of {file.rows:,} rows received, checked, kept", file.rows, kept, IMPORT_PEER, told),
        rated(f"ledger of {file.rows:,} rows received, checked, accepted", file.rows, times, IMPORT_PEER, told),
    ]


def _ours_import(file: File, halves: list[float], memory: PeakMemory) -> int:
    """What the clerk and the worker do with a large file: received, checked as a job, accepted in parts as a job."""
    began, content = perf_counter(), file.path.read_bytes()
    with clock.stopped(AT), memory.watched():
        batch = receive_file(kind=KIND, name=file.path.name, content=content, area=file.county, by=PLATFORM, at=AT)
        if batch.state == Batch.State.RECEIVED:
            jobs.check(**_call(batch))
        halves.append(perf_counter() - began)
        start_accepting(batch=batch.pk, all_or_none=False, by=PLATFORM, at=AT)
        if _stored(batch).state == Batch.State.CHECKED:
            jobs.accept(**_call(batch))
    return _stored(batch).good_count


def _stored(batch: Batch) -> Batch:
    with within(CITY):
        return Batch.objects.defer("content").get(pk=batch.pk)


def _call(batch: Batch) -> dict[str, Any]:
    """With what the worker would be called."""
    return dict(_stored(batch).work_call["arguments"])


def _plain_import(file: File) -> int:
    found = without_held(read_ledger(file.path, file.county, ON))
    for row in found.good.values():
        PlainPerson.objects.create(**_columns(row, file.county))
    return len(found.good)


def _columns(row: dict[str, Any], county: str) -> dict[str, Any]:
    identity = parse_resident_id(row["id_number"], ON)
    return {
        "area": county, "name": row["name"], "initials": "", "id_number": identity.number, "phone": row["phone"] or "",
        "sex": identity.sex, "born_on": identity.born_on, "education": "",
    }  # fmt: skip


def _file(city: BenchCity, rows: int) -> File:
    (file,) = ledger_files(city.folder / "ledgers", county=COUNTY, rows=rows, files=1, seed=city.sizes.seed)
    return file
