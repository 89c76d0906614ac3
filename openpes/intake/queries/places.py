"""A place as people write it in a table: by name, with or without what is above it, or by its code."""

import re
from collections.abc import Callable, Iterable, Sequence

from openpes.engine.sheets import Cell, CellRefused, Parser, plain_text

CODE = re.compile(r"\d{6,12}", re.ASCII)
OFFICES = {"村民委员会": "村委会", "居民委员会": "居委会"}
OFFICE = re.compile(f"({'|'.join(OFFICES)})$")
SHORT = (("村委会", "村"), ("社区居委会", "社区"), ("居委会", ""))


def place_parser(places: Sequence[tuple[str, str]], *, path_of_code: Callable[[str], str]) -> Parser:
    """Read one of these places, given as (path, names from above down, separated by blanks).

    `path_of_code` gives the path that a 6- to 12-digit code stands for, or an empty text.
    """
    known: dict[str, set[str]] = {}
    for path, label in places:
        for name in _all_names(label):
            known.setdefault(name, set()).add(path)
    paths = {path for path, _label in places}

    def parse(cell: Cell) -> str:
        words = OFFICE.sub(lambda found: OFFICES[found.group()], "".join(plain_text(cell).split()))
        if CODE.fullmatch(words):
            return _by_code(words, path_of_code(words), paths)
        return _by_name(words, known.get(words, set()))

    return parse


def _by_name(words: str, found: set[str]) -> str:
    if len(found) > 1:
        raise CellRefused(
            "%(n)s places of your area are called “%(name)s”. Write the town before the name, or the 12-digit code.",
            n=len(found),
            name=words,
        )
    if not found:
        raise CellRefused(
            "“%(name)s” is not a place of your area that can stand here. Choose it from the list, or write its code.",
            name=words,
        )
    return next(iter(found))


def _by_code(code: str, path: str, paths: set[str]) -> str:
    if path not in paths:
        raise CellRefused("The code %(code)s is not a place of your area that can stand here.", code=code)
    return path


def _all_names(label: str) -> Iterable[str]:
    """Every way to write a place: alone or after what is above it; the office, the place, or the bare name."""
    *above, name = label.split(" ")
    short = [name]
    for office, place in SHORT:
        if name.endswith(office):
            stem = name.removesuffix(office)
            short += [stem + place, stem]
            break
    for start in range(len(above) + 1):
        yield from ("".join([*above[start:], written]) for written in short)
