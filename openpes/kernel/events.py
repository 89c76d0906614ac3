"""Events: what happened, told upwards in the same transaction, and to the outside world afterwards."""

from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, fields
from datetime import date, datetime
from functools import cache
from types import NoneType, UnionType
from typing import Any, TypeVar, get_args

Listener = Callable[[Any], None]
L = TypeVar("L", bound=Listener)


@dataclass(frozen=True, kw_only=True)
class Event:
    """Something that happened: ids and plain values, never objects.

    A subclass that concerns a person or an area names them `person` and `area`: the journal finds them there.
    """

    by: int
    at: datetime

    @classmethod
    def name(cls) -> str:
        """The room and the class, as in `registration.UnemploymentRegistered`."""
        return f"{cls.__module__.split('.')[1]}.{cls.__name__}"

    def payload(self) -> dict[str, Any]:
        """The fields as JSON-ready values."""
        return {name: _plain(getattr(self, name)) for name in _field_names(type(self))}


@cache
def _field_names(kind: type[Event]) -> tuple[str, ...]:
    return tuple(field.name for field in fields(kind))


_listeners: dict[type[Event], list[Listener]] = defaultdict(list)
_later: dict[type[Event], dict[str, Listener]] = defaultdict(dict)
_together: dict[Listener, Callable[[Sequence[Any]], None]] = {}


def listen(*kinds: type[Event]) -> Callable[[L], L]:
    """Hear events of these kinds (and their subclasses) in the transaction that published them."""

    def register(listener: L) -> L:
        for kind in kinds:
            if listener not in _listeners[kind]:
                _listeners[kind].append(listener)
        return listener

    return register


def hear_many(listener: Listener) -> Callable[[L], L]:
    """Give a listener a second form that hears a list of events at once, to the same effect as one after the other."""

    def register(together: L) -> L:
        _together[listener] = together
        return together

    return register


def many_form(listener: Listener) -> Callable[[Sequence[Any]], None] | None:
    """The form of a listener that hears many events at once, if it has one."""
    return _together.get(listener)


def listen_later(*kinds: type[Event]) -> Callable[[L], L]:
    """Hear events after the commit, from the outbox, at least once; the listener is idempotent by event."""

    def register(listener: L) -> L:
        for kind in kinds:
            _later[kind][listener_name(listener)] = listener
        return listener

    return register


def heard_by(kind: type[Event]) -> Iterator[Listener]:
    """The listeners that hear events of a kind at once, each once, whether by the class or by a parent of it."""
    yield from dict.fromkeys(listener for cls in kind.__mro__ for listener in _listeners.get(cls, ()))


def heard_later_by(kind: type[Event]) -> Iterator[str]:
    """The names of the listeners that hear events of a kind from the outbox, each once."""
    yield from dict.fromkeys(name for cls in kind.__mro__ for name in _later.get(cls, ()))


def later_listener(name: str) -> Listener:
    """The listener of an outbox row.

    :raises KeyError: when no room registers that name any more.
    """
    for registered in _later.values():
        if name in registered:
            return registered[name]
    raise KeyError(name)


def listener_name(listener: Listener) -> str:
    return f"{listener.__module__.removeprefix('openpes.')}.{listener.__name__}"


def event_kinds() -> list[type[Event]]:
    """Every event class of every room, by name."""
    found, queue = [], list(Event.__subclasses__())
    while queue:
        kind = queue.pop()
        queue.extend(kind.__subclasses__())
        if kind.__module__.startswith("openpes."):
            found.append(kind)
    return sorted(found, key=lambda kind: kind.name())


def restore(name: str, payload: dict[str, Any]) -> Event:
    """The event of an outbox row.

    :raises KeyError: when the class is gone.
    """
    kind = {k.name(): k for k in event_kinds()}[name]
    values = {f.name: _typed(f.type, payload[f.name]) for f in fields(kind) if f.name in payload}
    return kind(**values)


def _plain(value: Any) -> Any:
    if isinstance(value, datetime | date):
        return value.isoformat()
    if isinstance(value, tuple | list):
        return [_plain(item) for item in value]
    return value


def _typed(annotation: Any, value: Any) -> Any:
    if isinstance(annotation, UnionType):  # an optional field: what it is when it is something
        annotation = next(kind for kind in get_args(annotation) if kind is not NoneType)
    text = annotation if isinstance(annotation, str) else getattr(annotation, "__name__", str(annotation))
    if value is None:
        return None
    if text.startswith("datetime"):
        return datetime.fromisoformat(value)
    if text.startswith("date"):
        return date.fromisoformat(value)
    if text.startswith("tuple"):
        return tuple(value)
    return value
