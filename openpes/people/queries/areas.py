"""Areas as a field of a form offers and reads them."""

from dataclasses import dataclass

from openpes.kernel.scope import CITY
from openpes.network.choices import Level
from openpes.network.queries import area, area_choices, area_exists


@dataclass(frozen=True)
class AreaOption:
    """An area as a field offers it: its names from the county down."""

    path: str
    name: str


def area_options(*, scope: str, text: str, limit: int = 12) -> list[AreaOption]:
    """Communities and villages of the scope whose names hold a text, the shortest names first."""
    wanted = _squeezed(text)
    homes = (option for option in _areas_of(scope) if area(option.path).level == Level.VILLAGE)
    hits = [option for option in homes if wanted and wanted in _squeezed(option.name)]
    return sorted(hits, key=lambda option: (len(option.name), option.path))[:limit]


def area_path_of(*, scope: str, text: str) -> str | None:
    """The path that somebody wrote into an area field: a path, or names that mean one area; else None."""
    wanted = _squeezed(text)
    if scope and wanted.startswith(scope) and len(wanted) > len(CITY) and area_exists(wanted):
        return wanted
    options = _areas_of(scope)
    exact = [option.path for option in options if wanted == _squeezed(option.name)]
    ending = [option.path for option in options if wanted and _squeezed(option.name).endswith(wanted)]
    found = exact or ending
    return found[0] if len(found) == 1 else None


def area_words(path: str) -> str:
    """The names of an area from the county down, as an area field shows it."""
    return next((option.name for option in _areas_of(CITY) if option.path == path), path)


def _areas_of(scope: str) -> list[AreaOption]:
    levels = (Level.COUNTY, Level.TOWN, Level.VILLAGE)
    choices = [choice for level in levels for choice in area_choices(CITY, level)]
    return [AreaOption(path, name) for path, name in choices if scope and path.startswith(scope)]


def _squeezed(text: str) -> str:
    return "".join(text.split())
