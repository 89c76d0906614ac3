"""The columns that a sheet asks for, under their names in both languages."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from openpes.engine.message import Message
from openpes.engine.sheets.parsers import Parser, plain_text
from openpes.engine.sheets.readers import Reader

ERRORS_ZH, ERRORS_EN = "错误说明", "Errors"

RowRule = Callable[[Mapping[str, Any]], Iterable[tuple[str, Message]]]


@dataclass(frozen=True)
class Choice:
    """One option of a drop-down: the code that is kept and the labels that people see."""

    code: str
    label_zh: str
    label_en: str

    def label(self, language: str) -> str:
        """Return the label in `zh` or `en`."""
        return self.label_zh if language == "zh" else self.label_en


@dataclass(frozen=True, kw_only=True)
class Column:
    """A column: its key in the result, its names, how a cell is read, and help for who fills it in.

    `as_text` keeps long numbers as they are typed; `also` are other names under which the column is known. `worded`
    says that its cells hold words of a list, even when that is too long for a drop-down. `known_as` are the only names
    that mean the column in a file that calls it otherwise.
    """

    key: str
    title_zh: str
    title_en: str
    parse: Parser
    required: bool = False
    choices: tuple[Choice, ...] = ()
    help_zh: str = ""
    help_en: str = ""
    as_text: bool = False
    width: int = 16
    also: tuple[str, ...] = ()
    worded: bool = False
    known_as: tuple[str, ...] | None = None

    def title(self, language: str) -> str:
        """Return the name in `zh` or `en`."""
        return self.title_zh if language == "zh" else self.title_en

    def help(self, language: str) -> str:
        """Return the help in `zh` or `en`."""
        return self.help_zh if language == "zh" else self.help_en

    @property
    def names(self) -> tuple[str, ...]:
        """Every name that means this column."""
        return (self.title_zh, self.title_en, *self.also) if self.known_as is None else self.known_as

    @property
    def has_words(self) -> bool:
        """Whether the cells hold words of a list, which a file may call otherwise."""
        return self.worded or bool(self.choices)


@dataclass(frozen=True, kw_only=True)
class Sheet:
    """A table to be filled in: its columns, rules over a row, and keys that may occur only once in a file.

    A row rule takes the values of a row in which every cell is right and yields (key of the column, message).
    """

    name: str
    title_zh: str
    title_en: str
    columns: tuple[Column, ...]
    row_rules: tuple[RowRule, ...] = ()
    unique: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        seen: set[str] = set()
        for name in (heading(name) for column in self.columns for name in {*column.names}):
            if name in seen:
                raise ValueError(f"two columns of '{self.name}' share the name '{name}'")
            seen.add(name)

    @cached_property
    def readers(self) -> dict[str, Reader]:
        """What reads the cells of each column, by its key."""
        return {column.key: Reader(column.parse, remembers=not column.as_text) for column in self.columns}

    def title(self, language: str) -> str:
        """Return the title in `zh` or `en`."""
        return self.title_zh if language == "zh" else self.title_en

    def column(self, key: str) -> Column:
        """Return the column with a key.

        :raises KeyError: no such column
        """
        for column in self.columns:
            if column.key == key:
                return column
        raise KeyError(key)


def heading(cell: Any) -> str:
    """Reduce a heading to what identifies it: no spaces, star of a required column, or letter case."""
    words = plain_text(cell).casefold()
    return "".join(words.split()).strip("*").removesuffix("(必填)").removesuffix("(required)").strip("*")
