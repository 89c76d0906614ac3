"""The most memory that this process and the processes it starts hold at one moment."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import Event, Thread
from typing import Self

EVERY_SECONDS = 0.05


class PeakMemory:
    """Looks at the memory again and again while something is watched."""

    def __init__(self) -> None:
        self.mebibytes = 0
        self._watching, self._ended = Event(), Event()
        self._looks = Thread(target=self._look, daemon=True)

    def __enter__(self) -> Self:
        self._looks.start()
        return self

    def __exit__(self, *_error: object) -> None:
        self._ended.set()
        self._looks.join(5)

    @contextmanager
    def watched(self) -> Iterator[None]:
        """Count what is held in here."""
        self._watching.set()
        try:
            yield
        finally:
            self._watching.clear()

    def _look(self) -> None:
        while not self._ended.wait(EVERY_SECONDS):
            if self._watching.is_set():
                self.mebibytes = max(self.mebibytes, held_by("self"))


def held_by(process: str) -> int:
    """The resident memory of a process and of those that it started, in MiB; those that are gone count nothing."""
    try:
        lines = Path(f"/proc/{process}/status").read_text().splitlines()
        children = [word for task in Path(f"/proc/{process}/task").iterdir() for word in _words(task / "children")]
    except OSError:
        return 0
    own = sum(int(line.split()[1]) // 1024 for line in lines if line.startswith("VmRSS:"))
    return own + sum(map(held_by, children))


def _words(file: Path) -> list[str]:
    try:
        return file.read_text().split()
    except OSError:
        return []
