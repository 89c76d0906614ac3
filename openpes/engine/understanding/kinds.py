"""What a query can mean: kinds of concepts, their signs, and a reading of a whole query."""

from dataclasses import dataclass, field
from enum import StrEnum
from typing import NamedTuple

LONGEST_QUERY = 2000
CERTAIN = 60  # per cent; below it a concept is only proposed, never searched for


class Kind(StrEnum):
    """What a concept is about; the value stands in addresses and in the labelled queries of `bench/`."""

    PLACE = "place"
    PROVINCE = "province"
    OCCUPATION = "occ"
    PAY = "pay"
    BENEFIT = "benefit"
    CONDITION = "condition"
    TERM = "term"
    EDUCATION = "edu"
    EXPERIENCE = "exp"
    SKILL = "skill"
    GROUP = "group"
    EMPLOYER = "employer"
    EMPLOYER_TYPE = "employer_type"
    INDUSTRY = "industry"
    NEAR = "near"
    NEWEST = "newest"
    IGNORED = "ignored"
    PHRASE = "phrase"
    WORD = "word"


class Sign(StrEnum):
    """How much a concept counts: it has to be, it would be nice, it must not be."""

    MUST = ""
    NICE = "~"
    WITHOUT = "!"


class Concept(NamedTuple):
    """One thing that a query asks for.

    `start` and `end` are the place in the text as it was written; `codes` are alternatives of which any will do (for a
    benefit: all of them); `low` and `high` are bounds in the unit that `unit` names (pay in yuan a month, day, hour;
    kilometres; years). `said` is how the text was read, when it was not read as written; `others` is what else it
    could have meant. `certainty` is in per cent, `weight` counts for what would be nice.
    """

    kind: Kind
    start: int
    end: int
    codes: tuple[str, ...] = ()
    name: str = ""
    sign: Sign = Sign.MUST
    weight: int = 1
    certainty: int = 95
    low: float = 0
    high: float = 0
    unit: str = ""
    said: str = ""
    others: tuple[str, ...] = ()


@dataclass(frozen=True)
class Reading:
    """A query with everything that was understood of it, in the order of the text."""

    text: str
    concepts: tuple[Concept, ...] = field(default=())

    def of(self, kind: Kind) -> tuple[Concept, ...]:
        """The concepts of a kind."""
        return tuple(concept for concept in self.concepts if concept.kind == kind)

    def written(self, concept: Concept) -> str:
        """The words of the query behind a concept."""
        return self.text[concept.start : concept.end]
