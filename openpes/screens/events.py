"""What happens when vacancies are released on paper and by digest."""

from dataclasses import dataclass
from datetime import date

from openpes.kernel import Event


@dataclass(frozen=True, kw_only=True)
class BulletinPrinted(Event):
    """A bulletin was printed; its digest seals what stands in it."""

    area: str
    bulletin: int
    number: str
    rows: int
    digest: str


@dataclass(frozen=True, kw_only=True)
class DigestSent(Event):
    """Subscribers were written what is new."""

    on: date
    rows: int


@dataclass(frozen=True, kw_only=True)
class OwnLinesShown(Event):
    """A person read the own introductions and appointments at a kiosk."""

    person: int
    area: str
