"""Files for newspapers, radio and strips of lights."""

from datetime import date

from openpes.screens.queries.selection import Selection, selected, told_of
from openpes.screens.rules import Told, fitting, line_of, plain, sentence_of

MOST_LINES, MOST_SENTENCES = 240, 200


def led_lines(*, selection: Selection, on: date) -> list[str]:
    """The vacancies of a selection as lines without control characters, the newest first."""
    return [line_of(one) for one in told_of(list(selected(selection, on=on)[:MOST_LINES]), inside=selection.area)]


def sentences(*, selection: Selection, on: date, items: int, characters: int) -> list[tuple[Told, str]]:
    """The vacancies of a selection in ready sentences: at most so many, and as many as fit into so many characters."""
    rows = list(selected(selection, on=on)[: min(items, MOST_SENTENCES)])
    told = [_clean(one) for one in told_of(rows, inside=selection.area)]
    said = fitting([sentence_of(one) for one in told], characters=characters)
    return list(zip(told, said, strict=False))


def _clean(told: Told) -> Told:
    return Told(**{**told.__dict__, "title": plain(told.title), "employer": plain(told.employer)})
