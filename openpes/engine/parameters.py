"""Dated legal parameters: ask for a value with a date and learn its source."""

from bisect import bisect_right
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from types import MappingProxyType
from typing import Any, Self

from openpes.engine.files import documents

BASES = ("law", "secondary", "city")


class ParameterError(LookupError):
    """A parameter is asked for that does not exist, or for a day on which it had no value yet."""


@dataclass(frozen=True)
class DatedValue:
    """One value of a parameter, in force from a day until the next value begins.

    `basis` is `law` (read in a statute or official form), `secondary` (known from another source) or `city`
    (not settled by any source found, so the city sets it).
    """

    from_on: date
    value: Any
    source: str
    basis: str


@dataclass(frozen=True)
class Parameter:
    """A value of the law or of the city that changes with time."""

    name: str
    title_en: str
    title_zh: str
    unit: str
    kind: str
    group: str
    values: tuple[DatedValue, ...]

    def in_force(self, on: date) -> DatedValue:
        """The value in force on a day.

        :raises ParameterError: the first value begins later
        """
        index = bisect_right([value.from_on for value in self.values], on)
        if index == 0:
            first = self.values[0].from_on
            raise ParameterError(f"The parameter '{self.name}' has no value on {on}; its first begins on {first}.")
        return self.values[index - 1]


class Parameters:
    """All parameters, read once."""

    def __init__(self, parameters: Mapping[str, Parameter]) -> None:
        self._parameters = dict(parameters)

    @classmethod
    def load(cls) -> Self:
        """Read the files of `openpes/data/parameters`.

        :raises ValueError: a name twice, a value of the wrong kind, dates out of order, or no source
        """
        found: dict[str, Parameter] = {}
        for group, content in documents("parameters").items():
            for name, entry in content.items():
                if name in found:
                    raise ValueError(f"The parameter '{name}' stands in two files: {found[name].group}, {group}.")
                found[name] = parameter_from(name, group, entry)
        return cls(found)

    def value(self, name: str, on: date) -> Any:
        """The value in force on a day: int, str, bool, tuple of int, or a read-only mapping.

        :raises ParameterError: the name is unknown, or the first value begins after that day
        """
        return self.parameter(name).in_force(on).value

    def source(self, name: str, on: date) -> str:
        """Where the value in force on a day comes from: a statute article, or that the city sets it.

        :raises ParameterError: as `value`
        """
        return self.parameter(name).in_force(on).source

    def history(self, name: str) -> tuple[DatedValue, ...]:
        """Every value of a parameter, oldest first.

        :raises ParameterError: the name is unknown
        """
        return self.parameter(name).values

    def parameter(self, name: str) -> Parameter:
        """The parameter of that name.

        :raises ParameterError: the name is unknown
        """
        try:
            return self._parameters[name]
        except KeyError:
            raise ParameterError(f"There is no parameter '{name}'.") from None

    def all(self) -> tuple[Parameter, ...]:
        """Every parameter, by group and then in the order of its file."""
        return tuple(self._parameters.values())


@lru_cache(maxsize=1)
def parameters() -> Parameters:
    """The parameters that the product ships with."""
    return Parameters.load()


def parameter_from(name: str, group: str, entry: Mapping[str, Any]) -> Parameter:
    """Build and check one parameter from its entry in a file.

    :raises ValueError: a value of the wrong kind, dates out of order, or no source
    """
    values = tuple(_dated(name, entry["kind"], value) for value in entry["values"])
    days = [value.from_on for value in values]
    if not days or days != sorted(set(days)):
        raise ValueError(f"The values of '{name}' must begin on different days, oldest first.")
    return Parameter(name, entry["title_en"], entry["title_zh"], entry["unit"], entry["kind"], group, values)


def _dated(name: str, kind: str, entry: Mapping[str, Any]) -> DatedValue:
    if not entry.get("source", "").strip() or entry.get("basis") not in BASES:
        raise ValueError(f"A value of '{name}' names no source or no basis ({', '.join(BASES)}).")
    return DatedValue(entry["from"], _typed(name, kind, entry["value"]), entry["source"], entry["basis"])


def _typed(name: str, kind: str, value: Any) -> Any:
    if kind == "list" and isinstance(value, list) and all(type(item) is int for item in value):
        return tuple(value)
    if kind == "table" and isinstance(value, dict) and value:
        return MappingProxyType({key: _typed(name, _kind_of(item), item) for key, item in value.items()})
    if {"int": int, "bool": bool, "text": str}.get(kind) is type(value):
        return value
    raise ValueError(f"A value of '{name}' is not of the kind '{kind}': {value!r}")


def _kind_of(value: Any) -> str:
    return "list" if isinstance(value, list) else "int"
