"""What matching tells."""

from dataclasses import dataclass

from openpes.kernel import Event


@dataclass(frozen=True, kw_only=True)
class CityMatched(Event):
    """The whole city was matched: the best persons of every open vacancy, the best vacancies of every wish in force."""

    area: str
    vacancies: int
    persons: int
    pairs: int
