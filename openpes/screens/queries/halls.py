"""What a hall screen shows: open vacancies of an area, and which screens there are."""

from dataclasses import dataclass
from datetime import date
from urllib.parse import urlencode

from django.db.models import Count, Sum
from django.db.models.functions import Left
from django.http import QueryDict
from django.utils import translation

from openpes.codes.queries import occupation_exists, occupation_label
from openpes.kernel.scope import CITY
from openpes.network.queries import AreaView, area, area_exists, area_label, areas_above, areas_below
from openpes.screens.choices import RULES, Group
from openpes.screens.queries.selection import BELOW, Selection, selected
from openpes.vacancies.models import PublishedVacancy

MOST_ROWS = 240
SECONDS = (5, 12, 120)  # least, usual, most
REFRESH = (20, 60, 3600)


@dataclass(frozen=True)
class Setting:
    """How one screen is set up; all of it stands in its address, so that a box needs no keyboard."""

    area: str = CITY
    occupation: str = ""
    group: str = ""
    seconds: int = SECONDS[1]
    refresh: int = REFRESH[1]
    language: str = ""

    @property
    def query(self) -> str:
        """The query string that sets a screen up like this."""
        pairs = {
            "area": self.area, "class": self.occupation, "group": self.group, "seconds": self.seconds,
            "refresh": self.refresh,
        }  # fmt: skip
        usual = {"seconds": SECONDS[1], "refresh": REFRESH[1], "area": CITY}
        told = {name: value for name, value in pairs.items() if value and value != usual.get(name)}
        return urlencode(told | ({"language": self.language} if self.language else {}))


@dataclass(frozen=True)
class Row:
    """One line of a screen."""

    title: str
    employer: str
    place: str
    pay_min_fen: int
    pay_max_fen: int
    places: int


@dataclass(frozen=True)
class HallBoard:
    """The content of a screen; `total` and `places` count everything, the rows are the newest of it."""

    setting: Setting
    area_name: str
    class_name: str
    group_name: str
    group_rule: str
    total: int
    places: int
    rows: tuple[Row, ...]


@dataclass(frozen=True)
class Screen:
    """A unit of the city whose offices may have a screen, with the number of vacancies on it."""

    area: AreaView
    count: int
    has_below: bool


@dataclass(frozen=True)
class ScreenList:
    """The screens of one unit and of those directly below it, and the units above."""

    here: Screen
    above: tuple[AreaView, ...]
    below: tuple[Screen, ...]


def setting_of(query: QueryDict, languages: tuple[str, ...]) -> Setting:
    """A screen's setting from its address; what nobody offers counts as not said."""
    wanted, occupation, language = query.get("area", ""), query.get("class", ""), query.get("language", "")
    return Setting(
        area=wanted if area_exists(wanted) else CITY,
        occupation=occupation if occupation_exists(occupation) else "",
        group=query.get("group", "") if query.get("group", "") in Group.values else "",
        seconds=_between(query.get("seconds", ""), SECONDS),
        refresh=_between(query.get("refresh", ""), REFRESH),
        language=language if language in languages else "",
    )


def hall_board(*, setting: Setting, on: date) -> HallBoard:
    """The vacancies that are open on a day in an area, the newest first, as many as a hall can read."""
    found = selected(selection_of(setting), on=on)
    totals = found.aggregate(rows=Count("vacancy_id"), places=Sum("places_left"))
    with translation.override(setting.language or translation.get_language()):
        return HallBoard(
            setting=setting,
            area_name=area_label(setting.area),
            class_name=occupation_label(setting.occupation) if setting.occupation else "",
            group_name=str(Group(setting.group).label) if setting.group else "",
            group_rule=str(RULES[Group(setting.group)]) if setting.group else "",
            total=totals["rows"],
            places=totals["places"] or 0,
            rows=tuple(_row(row, setting.area) for row in found[:MOST_ROWS]),
        )


def screen_list(*, inside: str, on: date) -> ScreenList:
    """The screens of a unit and of the units directly below it, with what each would show."""
    path = inside if area_exists(inside) else CITY
    length = BELOW[len(path)]
    grouped = selected(Selection(path), on=on).order_by().annotate(unit=Left("place", length)).values("unit")
    counts = {row["unit"]: row["n"] for row in grouped.annotate(n=Count("vacancy_id"))}
    below = tuple(Screen(unit, counts.get(unit.path, 0), bool(areas_below(unit.path))) for unit in areas_below(path))
    return ScreenList(Screen(area(path), sum(counts.values()), bool(below)), tuple(areas_above(path, CITY)), below)


def selection_of(setting: Setting) -> Selection:
    """What a screen that is set up like this shows."""
    return Selection(setting.area, (setting.occupation,) if setting.occupation else (), setting.group)


def _row(row: PublishedVacancy, inside: str) -> Row:
    """A line whose place is named one level below the screen's own area."""
    place = area_label(row.place[: BELOW[len(inside)]])
    return Row(row.title, row.employer_name, place, row.pay_min_fen, row.pay_max_fen, row.places_left)


def _between(text: str, bounds: tuple[int, int, int]) -> int:
    least, usual, most = bounds
    number = int(text) if text.isascii() and text.isdigit() and len(text) < 6 else usual
    return min(max(number, least), most)
