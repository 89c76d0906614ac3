"""An index comes back from its files as it was written, and nothing else is ever taken for an index."""

import json
from pathlib import Path

import pytest

from openpes.engine.search import Query
from openpes.engine.search.both import Both
from openpes.engine.search.building import Builder
from openpes.engine.search.files import (
    CONTENTS,
    FORMAT,
    POINTER,
    BadIndex,
    name_in_force,
    note_of,
    open_index,
    take_out_of_force,
    write_index,
)
from tests.engine.test_search import DAY, city, index_of


@pytest.fixture
def folder(tmp_path) -> Path:
    write_index(tmp_path, index_of(city(1, 150)).arrays, {"snapshot": "5:9:"})
    return tmp_path


def test_an_index_from_files_answers_like_the_one_in_memory(folder):
    name = name_in_force(folder)
    read, made = Both(open_index(folder, name), {}), Both(index_of(city(1, 150)), {})
    for query in (Query(), Query(must=("电工",)), Query(places=("450103",), terms=("fixed",))):
        assert read.search(query, DAY) == made.search(query, DAY)
    assert note_of(folder, name) == {"snapshot": "5:9:"}


def test_a_new_index_takes_the_place_of_the_old_one_which_its_readers_may_go_on_asking(folder):
    old = open_index(folder, name_in_force(folder))
    before = Both(old, {}).search(Query(), DAY)
    name = write_index(folder, index_of(city(2, 90)).arrays, {})
    assert sorted(path.name for path in folder.iterdir()) == sorted([POINTER, name])
    assert Both(old, {}).search(Query(), DAY) == before
    assert open_index(folder, name_in_force(folder)).rows == 90


def test_an_index_taken_out_of_force_is_gone(folder):
    take_out_of_force(folder)
    assert name_in_force(folder) == "" and list(folder.iterdir()) == []
    take_out_of_force(folder)


def flipped(file: Path) -> None:
    content = bytearray(file.read_bytes())
    content[len(content) // 2] ^= 4
    file.write_bytes(content)


def shortened(file: Path) -> None:
    file.write_bytes(file.read_bytes()[:-1])


def of_another_format(file: Path) -> None:
    file.write_text(json.dumps(json.loads(file.read_text()) | {"format": FORMAT + "0"}))


def with_another_note(file: Path) -> None:
    file.write_text(json.dumps(json.loads(file.read_text()) | {"note": {"snapshot": "1:1:"}}))


@pytest.mark.parametrize(
    ("name", "harm", "words"),
    [
        ("postings.bin", flipped, "altered"),
        ("cards.bin", flipped, "altered"),
        ("titles.bin", shortened, "bytes instead of"),
        ("by_pay.bin", Path.unlink, "lacks"),
        (CONTENTS, flipped, "contents"),
        (CONTENTS, shortened, "cannot be read"),
        (CONTENTS, Path.unlink, "cannot be read"),
        (CONTENTS, lambda file: file.write_text("[]"), "cannot be read"),
        (CONTENTS, of_another_format, "of the format"),
        (CONTENTS, with_another_note, "altered"),
    ],
)
def test_what_is_damaged_is_refused_in_words(folder, name, harm, words):
    index = name_in_force(folder)
    harm(folder / index / name)
    with pytest.raises(BadIndex, match=words):
        open_index(folder, index)


def test_an_index_that_lacks_an_array_is_refused(tmp_path):
    builder = Builder()
    builder.add(city(1, 20))
    arrays = builder.arrays()
    del arrays["by_id"], arrays["common"]
    name = write_index(tmp_path, arrays, {})
    with pytest.raises(BadIndex, match="does not hold"):
        open_index(tmp_path, name)


@pytest.mark.parametrize("pointer", [b"", b"../../etc", b"\xff\xfe", b"a" * 500, b"no such one"])
def test_a_pointer_to_nowhere_is_no_index(folder, pointer):
    (folder / POINTER).write_bytes(pointer)
    name = name_in_force(folder)
    assert name == "" or not (folder / name).exists()
