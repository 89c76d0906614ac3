"""The charts of a board in units of their view boxes: tiles for units, bars for ages, steps of colour for a table."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from openpes.engine.indicators import KEYS
from openpes.network.queries import AreaView
from openpes.statistics.queries.boards import BANDS, Band, Heat, Tile
from openpes.statistics.queries.named import age_words, told_value
from openpes.statistics.views.lines import round_up

TILE_WIDTH, TILE_HEIGHT, SPACE = 150, 74, 6
# Where the counties lie to each other, column and row: a scheme, not a map.
PLACES = {
    "450124": (1, 0), "450125": (2, 0),
    "450123": (0, 1), "450110": (1, 1), "450126": (2, 1),
    "450107": (0, 2), "450102": (1, 2), "450103": (2, 2), "450127": (3, 2), "450181": (3, 2),
    "450105": (0, 3), "450108": (1, 3), "450109": (2, 3),
}  # fmt: skip
COLUMNS = 4


@dataclass(frozen=True)
class DrawnTile:
    """A tile: where it stands, what it says, and where it leads."""

    x: int
    y: int
    name: str
    value: str
    tone: str
    address: str
    tile: Tile
    width: int = TILE_WIDTH
    height: int = TILE_HEIGHT

    @property
    def middle(self) -> int:
        return self.x + self.width // 2


@dataclass(frozen=True)
class TileMap:
    """All tiles and the size of their box."""

    tiles: tuple[DrawnTile, ...]
    width: int
    height: int


@dataclass(frozen=True)
class DrawnBand:
    """An age band: the bars of both sexes to the left and right of the middle."""

    y: float
    first: int
    words: str
    men: int
    women: int
    men_x: float
    men_width: float
    women_width: float


@dataclass(frozen=True)
class Pyramid:
    """The bands, the oldest on top, and the scale."""

    bands: tuple[DrawnBand, ...]
    men: int
    women: int
    top: int
    width: int = 560
    middle_left: int = 245
    middle_right: int = 315
    height: int = len(BANDS) * 22 + 30

    @property
    def total(self) -> int:
        return self.men + self.women


def tile_map(tiles: list[Tile], address: Callable[[str], str]) -> TileMap:
    """Counties where they lie, other units row by row."""
    placed = all(one.unit.path in PLACES for one in tiles)
    drawn = []
    for n, one in enumerate(tiles):
        column, row = PLACES[one.unit.path] if placed else (n % COLUMNS, n // COLUMNS)
        drawn.append(
            DrawnTile(
                column * (TILE_WIDTH + SPACE), row * (TILE_HEIGHT + SPACE), short(one.unit), told_value(one.measured),
                "none" if one.step is None else str(one.step), address(one.unit.path), one,
            )
        )  # fmt: skip
    rows = max((one.y for one in drawn), default=0) // (TILE_HEIGHT + SPACE) + 1
    return TileMap(tuple(drawn), COLUMNS * (TILE_WIDTH + SPACE) - SPACE, rows * (TILE_HEIGHT + SPACE) - SPACE)


def pyramid_chart(bands: list[Band]) -> Pyramid:
    """Men to the left, women to the right, on one scale."""
    top = round_up(max((max(one.men, one.women) for one in bands), default=0))
    room, drawn = 240.0, []
    for n, one in enumerate(reversed(bands)):
        men, women = room * one.men / top, room * one.women / top
        drawn.append(
            DrawnBand(n * 22 + 4, one.first, age_words(one.first), one.men, one.women, round(245 - men, 1),
                      round(men, 1), round(women, 1))
        )  # fmt: skip
    return Pyramid(tuple(drawn), sum(one.men for one in bands), sum(one.women for one in bands), int(top))


def heat_rows(made: Heat) -> list[dict[str, Any]]:
    """Each unit with its numbers by occupation class, each in one of five steps, and its sum."""
    rows = []
    for unit in made.units:
        numbers = [(key, made.counts.get((unit.path, key), 0)) for key in KEYS[5]]
        cells = [(key, number, -(-number * 4 // made.most) if made.most else 0) for key, number in numbers]
        rows.append({"unit": unit, "cells": cells, "total": sum(number for _key, number in numbers)})
    return rows


def short(unit: AreaView) -> str:
    """A name that fits on a tile."""
    name = unit.label.removesuffix(" District").removesuffix(" County")
    return name if len(name) <= 14 else f"{name[:13]}…"
