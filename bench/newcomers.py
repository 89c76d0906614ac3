"""Persons whom the city does not know yet, as a form would send them."""

from dataclasses import dataclass
from datetime import date, timedelta

from openpes.demo.rules.numbers import SILENT_PREFIX
from openpes.engine.areas import areas
from openpes.engine.identifiers import INVENTED_COUNTY, compose_resident_id

# Everybody of the demo city and of its ledgers is younger, so that no number is met twice.
FIRST_BIRTH, BIRTH_DAYS = date(1930, 1, 1), 7_300
SURNAMES, GIVEN = "韦黄李陆梁覃莫蒙农陈", "秀英建国桂兰志强美玉荣华"


@dataclass(frozen=True)
class Newcomer:
    """What is typed about one person."""

    id_number: str
    name: str
    phone: str
    area: str
    address: str
    education: str

    def fields(self) -> dict[str, str]:
        """The fields of a form."""
        return dict(vars(self))


def newcomers(count: int, scope: str) -> list[Newcomer]:
    """The first `count` newcomers of an area, the same each time."""
    villages = areas().all("village", scope)
    return [_newcomer(number, villages[number % len(villages)].path) for number in range(count)]


def _newcomer(number: int, area: str) -> Newcomer:
    born_on = FIRST_BIRTH + timedelta(days=number % BIRTH_DAYS)
    return Newcomer(
        id_number=compose_resident_id(INVENTED_COUNTY, born_on, number // BIRTH_DAYS),
        name=SURNAMES[number % 10] + GIVEN[number // 10 % 12] + GIVEN[number // 120 % 12],
        phone=f"{SILENT_PREFIX}{number:08d}",
        area=area,
        address=f"{number % 40 + 1}号",
        education="71",
    )
