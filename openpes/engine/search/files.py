"""An index as files: one plain array a file in one folder, whole or not at all, mapped into memory by whoever asks.

`current` names the folder in force. It is put in its place in one step when everything behind it is on the disk, so a
reader sees the old index or the new one. What was written halfway, shortened or altered is refused with the reason.
"""

import json
import os
import shutil
import zlib
from collections.abc import Mapping
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING, Any
from uuid import uuid4

import numpy as np

if TYPE_CHECKING:  # looking which index is in force does not need what is compiled
    from openpes.engine.search.building import Arrays
    from openpes.engine.search.index import Index

FORMAT = "openpes search 2"
POINTER, CONTENTS = "current", "contents.json"
LONGEST_NAME = 64
Note = Mapping[str, Any]


class BadIndex(Exception):
    """The files are not an index that could be asked; the reason in words."""


def write_index(folder: Path, arrays: "Arrays", note: Note) -> str:
    """Write an index with a note about it and put it in force; returns its name. Older ones are removed."""
    name = uuid4().hex
    place = folder / name
    place.mkdir(parents=True)
    listed = {}
    for key, values in arrays.items():
        whole = np.ascontiguousarray(values)
        _write(place / f"{key}.bin", whole.data.cast("B") if whole.size else b"")
        listed[key] = [whole.dtype.str, list(whole.shape), _sum_of(whole)]
    contents = {"format": FORMAT, "arrays": listed, "note": dict(note)}
    _write(place / CONTENTS, json.dumps(contents | {"digest": _digest(contents)}).encode())
    _put_in_force(folder, name)
    _remove_others(folder, name)
    return name


def name_in_force(folder: Path) -> str:
    """The name of the index in force; empty when there is none."""
    try:
        name = (folder / POINTER).read_text(encoding="ascii")
    except (OSError, UnicodeDecodeError):
        return ""
    return name if name.isalnum() and len(name) <= LONGEST_NAME else ""


def take_out_of_force(folder: Path) -> None:
    """Let nobody use an index any more, and remove the files."""
    (folder / POINTER).unlink(missing_ok=True)
    _remove_others(folder, "")


def discard(folder: Path, name: str) -> None:
    """Take an index that cannot be used out of force, unless another one has its place by now."""
    if name_in_force(folder) == name:
        (folder / POINTER).unlink(missing_ok=True)


def note_of(folder: Path, name: str) -> Note:
    """What was noted about an index when it was written.

    :raises BadIndex: it cannot be read
    """
    note: Note = _contents(folder / name)["note"]
    return note


def open_index(folder: Path, name: str) -> "Index":
    """The index of that name, its files mapped into memory after every byte was checked.

    :raises BadIndex: something is missing, shortened, altered or of another format
    """
    from openpes.engine.search.index import Index

    place = folder / name
    arrays = {key: _mapped(place, key, *entry) for key, entry in _contents(place)["arrays"].items()}
    try:
        return Index(arrays)
    except (KeyError, ValueError, IndexError) as mistake:
        raise BadIndex(f"The index {name} does not hold what this version needs: {mistake}.") from mistake


def _contents(place: Path) -> dict[str, Any]:
    try:
        contents = json.loads((place / CONTENTS).read_bytes())
        digest = contents.pop("digest")
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as mistake:
        raise BadIndex(f"The contents of the index {place.name} cannot be read: {mistake}.") from mistake
    if contents.get("format") != FORMAT:
        raise BadIndex(f"The index {place.name} is of the format {contents.get('format')!r}, not {FORMAT!r}.")
    if digest != _digest(contents):
        raise BadIndex(f"The contents of the index {place.name} were altered.")
    return dict(contents)


def _mapped(place: Path, key: str, kind: str, shape: list[int], expected: int) -> Any:
    file, dtype = place / f"{key}.bin", np.dtype(kind)
    size = dtype.itemsize * int(np.prod(shape, dtype=np.int64))
    try:
        there = file.stat().st_size
    except OSError as mistake:
        raise BadIndex(f"The index {place.name} lacks {file.name}.") from mistake
    if there != size:
        raise BadIndex(f"{file.name} of the index {place.name} has {there} bytes instead of {size}.")
    if not size:
        return np.zeros(shape, dtype)
    # Copy on write: nobody writes, and the kernels are compiled for the same arrays as in memory.
    values = np.memmap(file, dtype, "c", shape=tuple(shape)).view(np.ndarray)
    if _sum_of(values) != expected:
        raise BadIndex(f"{file.name} of the index {place.name} was altered.")
    return values


def _sum_of(values: Any) -> int:
    return zlib.crc32(values.data.cast("B")) if values.size else 0


def _digest(contents: Mapping[str, Any]) -> str:
    return sha256(json.dumps(contents, sort_keys=True).encode()).hexdigest()


def _write(file: Path, content: Any) -> None:
    with file.open("wb") as out:
        out.write(content)
        out.flush()
        os.fsync(out.fileno())


def _put_in_force(folder: Path, name: str) -> None:
    waiting = folder / f"{POINTER}.{name}"
    _write(waiting, name.encode())
    waiting.replace(folder / POINTER)
    for place in (folder / name, folder):
        handle = os.open(place, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


def _remove_others(folder: Path, name: str) -> None:
    """Remove every other index; a process that still maps one keeps its bytes until it lets go."""
    for other in folder.iterdir() if folder.exists() else ():
        if other.is_dir() and other.name != name:
            shutil.rmtree(other, ignore_errors=True)
