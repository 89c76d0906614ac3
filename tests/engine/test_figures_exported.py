"""Facts of ten cities brought out as Parquet: read as they were, counted alike everywhere, refused when not whole."""

import json
import operator
import os
import shutil
import signal
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import pytest

from openpes.engine.figures import CountTables, Facts, joined
from openpes.engine.figures.exported import ExportRefused, exports_in, seal_of, write_export
from openpes.engine.figures.partitions import Cluster, ClusterRefused, Threads, engine_at
from tests.engine.figures_drawn import PERIOD, draw

pytest.importorskip("pyarrow", reason="the extra `cluster` is not installed")
CITIES = tuple(str(4501 + n) for n in range(10))
AREAS = ("", "45", "4503", "450402", "4504")
AT = datetime(2026, 10, 3, tzinfo=UTC)


def province() -> dict[str, Facts]:
    return {city: draw(3_000 + 100 * n, n, city=int(city)) for n, city in enumerate(CITIES)}


@pytest.fixture(scope="module")
def exported(tmp_path_factory):
    folder = tmp_path_factory.mktemp("province")
    for city, facts in province().items():
        write_export(folder, city, facts.pieces(1_000), at=AT)
    return folder


@pytest.fixture
def spoiled(exported, tmp_path):
    """A copy of the export that may be damaged."""
    return Path(shutil.copytree(exported, tmp_path / "province"))


@pytest.fixture(scope="module")
def expected():
    return CountTables(PERIOD, AREAS)(joined(province().values()))


def parts(folder):
    return [part for export in exports_in(folder) for part in export.parts]


def test_what_is_read_back_is_what_was_written(exported):
    for export, facts in zip(exports_in(exported), province().values(), strict=True):
        assert export.rows == facts.rows
        for one, other in zip(joined(part.read() for part in export.parts), facts, strict=True):
            assert one.dtype == other.dtype and one.tolist() == other.tolist()


def test_threads_over_files_give_the_tables_of_the_facts_in_memory(exported, expected):
    assert Threads().map_partitions(CountTables(PERIOD, AREAS), parts(exported), operator.add) == expected


def test_a_new_export_takes_the_place_of_the_one_before_and_facts_alone_make_the_seal(spoiled):
    before = seal_of(exports_in(spoiled))
    write_export(spoiled, "4501", province()["4501"].pieces(1_000), at=AT)
    assert seal_of(exports_in(spoiled)) == before
    write_export(spoiled, "4501", [draw(7, 1)], at=AT)
    assert seal_of(exports_in(spoiled)) != before
    assert exports_in(spoiled)[0].rows == 7 and len(list((spoiled / "4501").glob("*.parquet"))) == 1


def test_an_export_that_breaks_off_leaves_the_one_before(spoiled):
    def broken():
        yield draw(50, 2)
        raise OSError("no space left")

    before = parts(spoiled)
    with pytest.raises(OSError):
        write_export(spoiled, "4501", broken(), at=AT)
    assert parts(spoiled) == before


def test_a_city_without_facts_is_an_export_too(tmp_path):
    assert write_export(tmp_path, "4501", [], at=AT).rows == 0
    assert CountTables(PERIOD)(parts(tmp_path)[0]).facts == 0


def no_manifest(place):
    (place / "manifest.json").unlink()


def half_a_manifest(place):
    text = (place / "manifest.json").read_bytes()
    (place / "manifest.json").write_bytes(text[: len(text) // 2])


def another_manifest(place):
    shutil.copy(place.parent / "4502" / "manifest.json", place / "manifest.json")


def fewer_rows_told(place):
    manifest = json.loads((place / "manifest.json").read_text())
    (place / "manifest.json").write_text(json.dumps(manifest | {"rows": 1}))


def no_file(place):
    next(place.glob("*.parquet")).unlink()


def half_a_file(place):
    file = next(place.glob("*.parquet"))
    file.write_bytes(file.read_bytes()[:-100])


def another_byte(place):
    file = next(place.glob("*.parquet"))
    content = bytearray(file.read_bytes())
    content[len(content) // 2] ^= 1
    file.write_bytes(content)


@pytest.mark.parametrize(
    "spoil, words",
    [
        (no_manifest, "never finished"), (half_a_manifest, "cannot be read"), (another_manifest, "not its own"),
        (fewer_rows_told, "not its own"), (no_file, "lacks"), (half_a_file, "lacks"),
        (another_byte, "not what was written"),
    ],
)  # fmt: skip
def test_an_export_that_is_not_whole_is_refused_in_words_that_name_the_city(spoiled, spoil, words):
    spoil(spoiled / "4501")
    with pytest.raises(ExportRefused, match=words) as refused:
        Threads().map_partitions(CountTables(PERIOD), parts(spoiled), operator.add)
    assert "4501" in str(refused.value) and "Export that city again" in str(refused.value)


def test_an_empty_folder_and_facts_of_another_city_are_refused(tmp_path):
    with pytest.raises(ExportRefused, match="holds no facts"):
        exports_in(tmp_path)
    with pytest.raises(ExportRefused, match="outside"):
        write_export(tmp_path, "4502", [draw(5, 1)], at=AT)


def test_no_parts_are_no_report():
    with pytest.raises(ValueError, match="no parts"):
        Threads().map_partitions(CountTables(PERIOD), [], operator.add)


@dataclass(frozen=True)
class DiesOnce:
    """The kernel, on a worker that is killed at one part, once."""

    kernel: CountTables
    mark: Path
    city: str = "4505"

    def __call__(self, part):
        if part.city == self.city and not self.mark.exists():
            self.mark.touch()
            os.kill(os.getpid(), signal.SIGKILL)
        return self.kernel(part)


@pytest.fixture
def cluster():
    pytest.importorskip("distributed", reason="the extra `cluster` is not installed")
    with engine_at("local") as engine:
        yield engine


@pytest.mark.filterwarnings("default")
def test_two_workers_give_identical_tables_and_a_lost_one_changes_nothing(cluster, exported, expected, tmp_path):
    assert isinstance(cluster, Cluster) and len(cluster.client.scheduler_info()["workers"]) == 2
    kernel = CountTables(PERIOD, AREAS)
    assert cluster.map_partitions(kernel, parts(exported), operator.add) == expected
    dying = DiesOnce(kernel, tmp_path / "died")
    assert cluster.map_partitions(dying, parts(exported), operator.add) == expected
    assert dying.mark.exists()


@pytest.mark.filterwarnings("default")
def test_a_damaged_file_is_told_by_the_worker_that_reads_it(cluster, spoiled):
    another_byte(spoiled / "4507")
    with pytest.raises(ExportRefused, match="4507"):
        cluster.map_partitions(CountTables(PERIOD), parts(spoiled), operator.add)


@dataclass(frozen=True)
class DiesAlways:
    """A kernel that no worker survives."""

    def __call__(self, part):
        os.kill(os.getpid(), signal.SIGKILL)


@pytest.mark.filterwarnings("default")
def test_a_part_that_no_worker_survives_is_told(cluster, exported):
    with pytest.raises(ClusterRefused, match="lost with 4 workers"):
        cluster.map_partitions(DiesAlways(), parts(exported)[:1], operator.add)


@pytest.mark.filterwarnings("default")
def test_an_address_where_nobody_answers_is_told(monkeypatch):
    pytest.importorskip("distributed", reason="the extra `cluster` is not installed")
    monkeypatch.setattr("openpes.engine.figures.partitions.PATIENCE", 1)
    with pytest.raises(ClusterRefused, match="No scheduler answers"), engine_at("tcp://127.0.0.1:9"):
        pass
