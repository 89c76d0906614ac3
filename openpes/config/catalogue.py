"""The catalogue of events, written from the code: what happens, what an event carries, and who hears it."""

from collections.abc import Iterator
from dataclasses import fields
from itertools import groupby
from pathlib import Path

from openpes.kernel.events import Event, event_kinds, heard_by, heard_later_by, listener_name

TARGET = Path(__file__).resolve().parents[2] / "docs" / "EVENTS.md"


def events_page() -> str:
    """The text of `docs/EVENTS.md`."""
    lines = [
        "# Events",
        "",
        "Written by `make events`; a test fails when it is stale. Every event also carries `by` (the account) and `at`",
        "(the moment). `audit` hears every event and writes the journal; `network` marks the working day of a service",
        "point. Listeners marked *later* hear from the outbox after the commit.",
    ]
    for room, kinds in groupby(event_kinds(), key=lambda kind: kind.name().split(".")[0]):
        lines += ["", f"## {room}", "", "| event | what happened | carries | heard by |", "|---|---|---|---|"]
        lines += [_line(kind) for kind in kinds]
    return "\n".join(lines) + "\n"


def _line(kind: type[Event]) -> str:
    what = (kind.__doc__ or "").strip().splitlines()[0]
    carries = ", ".join(f"`{f.name}`" for f in fields(kind) if f.name not in ("by", "at"))
    return f"| `{kind.__name__}` | {what} | {carries or '–'} | {', '.join(_heard(kind)) or '–'} |"


def _heard(kind: type[Event]) -> Iterator[str]:
    everywhere = {listener_name(listener) for listener in heard_by(Event)}
    yield from sorted({listener_name(listener) for listener in heard_by(kind)} - everywhere)
    yield from sorted(f"{name} *later*" for name in set(heard_later_by(kind)))
