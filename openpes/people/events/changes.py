"""What life brings to persons and households: names, numbers, household registration, death, departure, the way."""

from dataclasses import dataclass
from datetime import date, datetime

from openpes.kernel import Event


@dataclass(frozen=True, kw_only=True)
class NameChanged(Event):
    """A person's file carries another name; `kind` is a code of `NameKind`, the names stay in the file."""

    person: int
    area: str
    kind: str
    on: date


@dataclass(frozen=True, kw_only=True)
class NumberChangeAsked(Event):
    """An officer wrote another identity number in; a colleague confirms or declines it."""

    person: int
    area: str
    change: int


@dataclass(frozen=True, kw_only=True)
class NumberChangeDeclined(Event):
    """A colleague declined another identity number; the file keeps the one it has."""

    person: int
    area: str
    change: int


@dataclass(frozen=True, kw_only=True)
class NumberChanged(Event):
    """A person's file carries another identity number; `kind` is a code of `NumberKind`."""

    person: int
    area: str
    kind: str
    on: date


@dataclass(frozen=True, kw_only=True)
class HukouChanged(Event):
    """A person's household registration changed its kind or its place."""

    person: int
    area: str
    on: date


@dataclass(frozen=True, kw_only=True)
class PersonDied(Event):
    """A person's death was recorded; what is open for the person ends with that day."""

    person: int
    area: str
    departure: int
    on: date


@dataclass(frozen=True, kw_only=True)
class DeathTakenBack(Event):
    """A recorded death was a mistake; what ended with it is as before."""

    person: int
    area: str
    departure: int
    on: date
    recorded_at: datetime


@dataclass(frozen=True, kw_only=True)
class PersonDeparted(Event):
    """A person settled abroad or left the city for good; `kind` is a code of `DepartureKind`."""

    person: int
    area: str
    departure: int
    kind: str
    on: date


@dataclass(frozen=True, kw_only=True)
class DepartureTakenBack(Event):
    """A recorded departure was a mistake; what ended with it is as before."""

    person: int
    area: str
    departure: int
    on: date
    recorded_at: datetime


@dataclass(frozen=True, kw_only=True)
class PersonReturned(Event):
    """A person who had left the city for good came back."""

    person: int
    area: str
    departure: int
    on: date


@dataclass(frozen=True, kw_only=True)
class FileHandedOver(Event):
    """A file went with its person to another county, whose office is to accept it."""

    person: int
    area: str
    from_area: str
    handover: int


@dataclass(frozen=True, kw_only=True)
class FileAnswered(Event):
    """The office of the new county accepted or returned a file; `answer` is a code of `HandoverAnswer`."""

    person: int
    area: str
    from_area: str
    handover: int
    answer: str


@dataclass(frozen=True, kw_only=True)
class HouseholdSplit(Event):
    """Some members became a household of their own; `person` leads it, `household` is the one they left."""

    household: int
    person: int
    area: str
    new_household: int
    on: date


@dataclass(frozen=True, kw_only=True)
class HouseholdMoved(Event):
    """A household lives elsewhere now; its members moved one by one in the same act."""

    household: int
    area: str
    from_area: str
    on: date
