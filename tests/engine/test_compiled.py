"""What is compiled is found again by every process, and never as the code for other types."""

import os
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from numba.core.caching import IndexDataCacheFile

from openpes.engine.compiled import NamedByContent
from openpes.engine.matching.whole.strata import _deep_area

STAMP = (1.0, 10)
LOADED = """
import sys
import numpy as np
from openpes.engine.matching.whole.strata import _deep_area
for kind in sys.argv[1:]:
    assert _deep_area(np.dtype(kind).type(450103001)) == 5
print(sum(_deep_area.stats.cache_hits.values()), sum(_deep_area.stats.cache_misses.values()))
"""


def at_the_same_moment(kind: type[IndexDataCacheFile], folder: Path, monkeypatch: pytest.MonkeyPatch) -> list[object]:
    """Two processes keep the code for different types, each having looked before the other wrote; what is then read."""
    two = [kind(str(folder), "loop-1.py311", STAMP) for _process in range(2)]
    for process, types in zip(two, ("whole", "broken"), strict=True):
        with monkeypatch.context() as patch:
            patch.setattr(process, "_load_index", dict)
            process.save((types, "machine"), f"code for {types} numbers")
    return [process.load((types, "machine")) for process in two for types in ("whole", "broken")]


def test_two_processes_that_compile_one_function_at_once_do_not_mix_their_code(tmp_path, monkeypatch):
    read = at_the_same_moment(NamedByContent, tmp_path, monkeypatch)
    assert read == ["code for whole numbers", "code for broken numbers"] * 2


def test_the_library_s_own_files_would_mix_them(tmp_path, monkeypatch):
    """The planted mistake."""
    assert "code for whole numbers" not in at_the_same_moment(IndexDataCacheFile, tmp_path, monkeypatch)


def test_code_of_another_source_of_the_function_is_not_used_and_goes(tmp_path):
    old = NamedByContent(str(tmp_path), "loop-1.py311", STAMP)
    old.save("whole", "old code")
    new = NamedByContent(str(tmp_path), "loop-1.py311", (2.0, 10))
    assert new.load("whole") is None
    new.save("whole", "new code")
    assert (new.load("whole"), old.load("whole"), len(list(tmp_path.iterdir()))) == ("new code", None, 1)
    new.flush()
    assert new.load("whole") is None


def test_a_file_that_holds_other_types_counts_as_none(tmp_path):
    kept = NamedByContent(str(tmp_path), "loop-1.py311", STAMP)
    kept.save("whole", "code")
    (file,) = tmp_path.iterdir()
    file.rename(tmp_path / kept._named("broken"))
    assert kept.load("broken") is None


def test_processes_that_begin_together_share_what_they_compile(tmp_path):
    environment = os.environ | {"NUMBA_CACHE_DIR": str(tmp_path)}

    def told(*kinds: str) -> str:
        command = [sys.executable, "-c", LOADED, *kinds]
        return subprocess.run(command, env=environment, capture_output=True, text=True, check=True).stdout.strip()

    with ThreadPoolExecutor(2) as pool:
        list(pool.map(lambda kinds: told(*kinds), (("int32", "int64"), ("int64", "int32"))))
    assert told("int32", "int64") == "2 0"


def test_the_loops_of_the_engine_are_kept_in_this_way():
    assert isinstance(_deep_area._cache._cache_file, NamedByContent)
