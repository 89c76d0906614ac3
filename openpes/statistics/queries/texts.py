"""What is written about a report: its sentences, how it compares, what its reader must know."""

from dataclasses import dataclass
from datetime import date
from itertools import pairwise

from openpes.engine.calendars import Period
from openpes.network.queries import area_heading, area_terms, areas_below
from openpes.statistics.queries.printed import row_name
from openpes.statistics.queries.reports import Compared, Report, compared
from openpes.statistics.rules import Beside, Sentence, Told, notices, period_title, sentences


@dataclass(frozen=True)
class Written:
    """The text of a report in the language in force, the two periods it is compared with, and the notices."""

    sentences: tuple[Sentence, ...]
    before: Compared
    year_before: Compared
    notices: tuple[str, ...]


def written(*, scope: str, made: Report, on: date) -> Written:
    """The text of a report, written by rule from its figures and those of two other periods."""
    before, year_before = compared(scope=scope, area=made.area, period=made.period)
    return Written(written_from(made, before, year_before), before, year_before, tuple(_notices(made, on)))


def written_from(made: Report, before: Compared, year_before: Compared) -> tuple[Sentence, ...]:
    """The sentences in the language in force, from figures that were counted already."""
    return sentences(
        Told(
            place=area_heading(made.area),
            title=period_title(made.period),
            tables=made.tables,
            before=Beside(period_title(before.period), before.valid),
            year_before=Beside(period_title(year_before.period), year_before.valid),
            name_of=row_name,
        )
    )


def renamed_inside(area: str, period: Period) -> tuple[tuple[str, str, date], ...]:
    """What the area or a unit right below it was called, is called then, and since when, if that began in the period.

    A unit that was merged into another is called nothing from then on; its rows stay under it and the units above.
    """
    found = []
    for path in (area, *(unit.path for unit in areas_below(area))):
        terms = area_terms(path)
        named = [(was.name, now.name, now.period.from_on) for was, now in pairwise(terms) if was.name != now.name]
        ended = terms[-1].period.until_on
        changes = [*named, *([(terms[-1].name, "", ended)] if ended else [])]
        found += [change for change in changes if change[2] in period and change[2] > period.from_on]
    return tuple(found)


def _notices(made: Report, on: date) -> list[str]:
    return notices(made.tables, made.period, on, renamed_inside(made.area, made.period))
