"""How loops are compiled: once for all processes of a machine, whichever of them begins, and however many at a time.

The library's own cache gives the files of a function rising numbers and writes down in a second file which number holds
which types of arguments. Two processes that compile one function for different types at the same moment both take the
next number; from then on one of the two finds the code for the types of the other. Here the name of a file is made of
what it holds, so that two processes write the same file or different ones, and no list of files is kept.
"""

import hashlib
from collections.abc import Callable
from pathlib import Path
from typing import Any, Literal

from numba import njit
from numba.core.caching import IndexDataCacheFile


def compiled(
    function: Callable[..., Any] | None = None, *, inline: Literal["never", "always"] = "never", borrows: bool = False
) -> Any:
    """The function compiled for the types that it is called with, without the interpreter's lock, and kept on disk.

    Where compiling is switched off (`numba.config.DISABLE_JIT`) it is the function itself. A function that `borrows`
    makes no arrays and returns none to one that does not; then nobody counts who holds its arrays, which costs more
    than short loops do, the more so as threads count at the same place.
    """
    if function is None:
        return lambda waiting: compiled(waiting, inline=inline, borrows=borrows)
    options: dict[str, Any] = {"inline": inline, "_nrt": not borrows}
    made = njit(cache=True, nogil=True, **options)(function)
    cache = getattr(made, "_cache", None)
    if cache is not None:
        cache._cache_file.__class__ = NamedByContent
    return made


class NamedByContent(IndexDataCacheFile):  # type: ignore[misc]
    """What is compiled of one function, a file for each version of its source and types of arguments."""

    def save(self, key: Any, data: Any) -> None:
        """Keep what was compiled; what was of another source of the function goes."""
        name = self._named(key)
        self._save_data(name, (key, data))
        for old in Path(self._cache_path).glob(f"{self._base}.*.nbc"):
            if not old.name.startswith(f"{self._base}.{self._stamp}."):
                old.unlink(missing_ok=True)

    def load(self, key: Any) -> Any:
        """What was compiled for these types, or None; a file of other types under the same name counts as none."""
        try:
            held, data = self._load_data(self._named(key))
        except OSError:
            return None
        return data if held == key else None

    def flush(self) -> None:
        """Forget all that was compiled of the function."""
        for file in Path(self._cache_path).glob(f"{self._base}.*.nbc"):
            file.unlink(missing_ok=True)

    @property
    def _base(self) -> str:
        return str(self._index_name).removesuffix(".nbi")

    @property
    def _stamp(self) -> str:
        return _short((self._version, self._source_stamp))

    def _named(self, key: Any) -> str:
        return f"{self._base}.{self._stamp}.{_short(key)}.nbc"


def _short(told: Any) -> str:
    return hashlib.sha256(repr(told).encode()).hexdigest()[:16]
