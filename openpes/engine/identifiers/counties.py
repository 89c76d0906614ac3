"""County codes that were in force at any time (GB/T 2260, all editions)."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

from openpes.engine.files import rows


@dataclass(frozen=True)
class CountyTerm:
    """A name that a county code stood for, in the years [from_year, until_year) of the standard's editions."""

    code: str
    name: str
    from_year: int | None = None
    until_year: int | None = None


class Counties:
    """The county codes of all editions."""

    def __init__(self, terms: Iterable[CountyTerm]) -> None:
        self._terms: dict[str, list[CountyTerm]] = {}
        for term in terms:
            self._terms.setdefault(term.code, []).append(term)

    def __contains__(self, code: object) -> bool:
        return code in self._terms

    def terms(self, code: str) -> tuple[CountyTerm, ...]:
        """Every name that the code stood for, oldest first; empty for an unknown code."""
        return tuple(self._terms.get(code, ()))

    def name(self, code: str) -> str:
        """The latest name of the code; empty for an unknown code."""
        known = self._terms.get(code)
        return known[-1].name if known else ""


def _year(text: str) -> int | None:
    return int(text) if text else None


@lru_cache(maxsize=1)
def counties() -> Counties:
    """The county codes that the product ships with."""
    return Counties(
        CountyTerm(row["code"], row["name"], _year(row["from_year"]), _year(row["until_year"]))
        for row in rows("counties.csv")
    )
