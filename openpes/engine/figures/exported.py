"""Facts of cities as Parquet in a folder: written whole or not at all, and refused in words where that failed.

A city has a folder of its own with its files and `manifest.json`, which says how long each file is and what its bytes
add up to. It is written last and put in its place in one step: without it there is no export, and until then the one
before counts.
"""

import io
import json
import os
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from pathlib import Path
from typing import Any
from uuid import uuid4

import numpy as np

from openpes.engine.figures.facts import Facts, full_area, joined

FORMAT = "openpes facts 1"
MANIFEST = "manifest.json"
SUFFIX = ".parquet"
LARGEST_FILE = 4_000_000  # facts; a worker holds some 200 MB of them
DAYS = ("happened_on", "counted_on")


class ExportRefused(ValueError):
    """The folder holds no whole export; says which city, why, and what to do."""


@dataclass(frozen=True)
class ExportedPart:
    """A file of an export: its place, how many facts it holds, its length and the sum of its bytes, and its city."""

    path: Path
    city: str
    rows: int
    bytes: int
    sha256: str

    def read(self) -> Facts:
        """The facts of the file.

        :raises ExportRefused: its bytes are not those that were written, or it holds facts of another city
        """
        content = _content(self.path)
        if len(content) != self.bytes or sha256(content).hexdigest() != self.sha256:
            raise ExportRefused(_told(self.city, f"{self.path.name} is not what was written", "文件与清单不符"))
        table = _parquet().read_table(io.BytesIO(content), columns=list(Facts._fields))
        facts = Facts.of({name: _numbers(name, table[name]) for name in Facts._fields})
        low = full_area(self.city)
        high = low + 10 ** (12 - len(self.city))
        if facts.rows != self.rows or (facts.rows and not low <= facts.area.min() <= facts.area.max() < high):
            raise ExportRefused(_told(self.city, f"{self.path.name} holds facts of elsewhere", "含有其他地区数据"))
        return facts


@dataclass(frozen=True)
class Export:
    """What a city brought out: when, how many facts, in which files."""

    city: str
    written_at: str
    rows: int
    parts: tuple[ExportedPart, ...]


def write_export(folder: Path, city: str, parts: Iterable[Facts], *, at: datetime) -> Export:
    """Write the facts of a city into its folder below `folder`, and put them in the place of those of before.

    :raises ExportRefused: a fact lies outside the city
    """
    place = folder / city
    place.mkdir(parents=True, exist_ok=True)
    run = uuid4().hex[:8]
    written: list[ExportedPart] = []
    for facts in _of_size(parts):
        written.append(_written(place / f"facts-{run}-{len(written):03d}{SUFFIX}", city, facts))
    export = Export(city, at.isoformat(), sum(part.rows for part in written), tuple(written))
    listed = [{"name": p.path.name, "rows": p.rows, "bytes": p.bytes, "sha256": p.sha256} for p in written]
    manifest = {"format": FORMAT, "city": city, "written_at": export.written_at, "rows": export.rows, "files": listed}
    _write(place / MANIFEST, json.dumps(manifest | {"sha256": _seal(manifest)}, indent=1).encode())
    for old in place.glob(f"facts-*{SUFFIX}"):
        if old not in {part.path for part in written}:
            old.unlink()
    return export


def exports_in(folder: Path) -> list[Export]:
    """The exports of all cities in a folder, by city; what their files hold is checked when they are read.

    :raises ExportRefused: there is none, one was never finished, is damaged, or lacks a file
    """
    places = sorted(place for place in folder.iterdir() if place.is_dir() and place.name.isdecimal())
    if not places:
        raise ExportRefused(
            f"{folder} holds no facts: name the folder to which `openpes export-facts` wrote. · 文件夹中没有导出数据。"
        )
    return [_export(place) for place in places]


def seal_of(exports: Iterable[Export]) -> str:
    """One sum over all files of all cities: the same facts give the same."""
    told = sorted((export.city, part.sha256) for export in exports for part in export.parts)
    return sha256(json.dumps(told).encode()).hexdigest()


def _export(place: Path) -> Export:
    city = place.name
    if not (place / MANIFEST).exists():
        raise ExportRefused(_told(city, "was never finished, it has no manifest", "导出未完成，缺少清单"))
    try:
        manifest = json.loads((place / MANIFEST).read_bytes())
        seal = manifest.pop("sha256")
        listed = [ExportedPart(place / f["name"], city, f["rows"], f["bytes"], f["sha256"]) for f in manifest["files"]]
    except (ValueError, KeyError, TypeError, AttributeError):
        raise ExportRefused(_told(city, "has a manifest that cannot be read", "清单无法读取")) from None
    if seal != _seal(manifest) or manifest.get("format") != FORMAT or manifest.get("city") != city:
        raise ExportRefused(_told(city, "has a manifest that is not its own", "清单不符"))
    for part in listed:
        if not part.path.exists() or part.path.stat().st_size != part.bytes:
            raise ExportRefused(_told(city, f"lacks {part.path.name} or a part of it", "文件缺失或不完整"))
    return Export(city, manifest["written_at"], manifest["rows"], tuple(listed))


def _told(city: str, what: str, chinese: str) -> str:
    return f"The export of {city} cannot be used: {what}. Export that city again. · {city}：{chinese}，请重新导出。"


def _of_size(parts: Iterable[Facts]) -> Iterable[Facts]:
    """The facts in files that are neither too large nor many small ones."""
    held: list[Facts] = []
    for facts in parts:
        for piece in facts.pieces(LARGEST_FILE):
            if held and sum(one.rows for one in held) + piece.rows > LARGEST_FILE:
                yield joined(held)
                held = []
            held.append(piece)
    yield joined(held)


def _written(path: Path, city: str, facts: Facts) -> ExportedPart:
    low = full_area(city)
    if facts.rows and not (low <= facts.area.min() and facts.area.max() < low + 10 ** (12 - len(city))):
        raise ExportRefused(_told(city, "a fact lies outside it", "含有其他地区数据"))
    content = _as_parquet(city, facts)
    _write(path, content)
    return ExportedPart(path, city, facts.rows, len(content), sha256(content).hexdigest())


def _as_parquet(city: str, facts: Facts) -> bytes:
    import pyarrow

    columns = {"city": pyarrow.array(np.full(facts.rows, int(city), np.int32))}
    for name, column in facts._asdict().items():
        columns[name] = pyarrow.array(column, pyarrow.date32()) if name in DAYS else pyarrow.array(column)
    made = io.BytesIO()
    _parquet().write_table(pyarrow.table(columns), made, compression="zstd")
    return made.getvalue()


def _numbers(name: str, column: Any) -> Any:
    import pyarrow

    return (column.cast(pyarrow.int32()) if name in DAYS else column).to_numpy()


def _parquet() -> Any:
    try:
        import pyarrow.parquet
    except ImportError:
        raise ExportRefused(
            "Parquet needs the extra `openpes[cluster]`: install it here and on every worker. · 请安装。"
        ) from None
    return pyarrow.parquet


def _content(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as wrong:
        raise ExportRefused(f"{path.name} cannot be read: {wrong.strerror}. · 文件无法读取。") from None


def _write(path: Path, content: bytes) -> None:
    """Write a file so that it is whole on the disk or not there."""
    beside = path.with_name(f".{path.name}.{uuid4().hex[:8]}")
    with beside.open("wb") as opened:
        opened.write(content)
        opened.flush()
        os.fsync(opened.fileno())
    beside.replace(path)


def _seal(manifest: Mapping[str, Any]) -> str:
    return sha256(json.dumps(manifest, sort_keys=True).encode()).hexdigest()
