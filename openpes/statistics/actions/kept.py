"""Kept figures: counted once from the facts and moved by each that comes, or counted from their rows again."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import date, datetime, timedelta
from time import perf_counter
from typing import Any, NamedTuple

from django.db import connection

from openpes.engine.calendars import DAY, Period
from openpes.kernel import Actor, action
from openpes.kernel.clock import day_of
from openpes.kernel.scope import CITY
from openpes.statistics.actions.locks import lock_kinds
from openpes.statistics.choices import FactKind
from openpes.statistics.models import FactOpening, KeptCount, KeptFigure
from openpes.statistics.queries.boards import ages_by_area
from openpes.statistics.queries.indicators import counted_by_area
from openpes.statistics.queries.kept import AGES, figures_of_rows, figures_told_by_facts
from openpes.statistics.queries.measures import Asked, Part, measure_of
from openpes.statistics.rules.formulas import EVER, TOLD_BY_FACTS, VALID, Term, terms

VILLAGE = 12
SOONEST = timedelta(seconds=45)
REST = 400  # so many times as long as a counting took, its figure rests
MAJOR = 1_000_000  # digits of an occupation behind its major class
OF_VALID = tuple(sorted({int(term.kind) for name in VALID for term in terms(name, Period(EVER, EVER + DAY))}))

# Every fact once, by village, kind, class of occupation and between which days of the terms it happened.
COUNT = """
INSERT INTO statistics_keptcount (figure_id, area, cell, numerator, denominator)
SELECT term.figure, told.area, CASE WHEN term.by_class THEN told.class::text ELSE '' END,
       coalesce(sum(told.number * term.times) FILTER (WHERE NOT term.over), 0),
       coalesce(sum(told.number * term.times) FILTER (WHERE term.over), 0)
FROM (
    SELECT area, kind, CASE WHEN kind = ANY(%(of_valid)s) THEN occupation / %(major)s ELSE 0 END AS class,
           width_bucket(happened_on, %(days)s::date[]) AS step, sum(number) AS number
    FROM statistics_fact GROUP BY 1, 2, 3, 4
) AS told
JOIN unnest(%(figures)s::bigint[], %(kinds)s::int[], %(firsts)s::int[], %(untils)s::int[], %(times)s::int[],
            %(overs)s::bool[], %(classes)s::bool[])
    AS term (figure, kind, first, until, times, over, by_class)
  ON term.kind = told.kind AND told.step >= term.first AND told.step < term.until
GROUP BY 1, 2, 3
HAVING sum(told.number * term.times) FILTER (WHERE NOT term.over) <> 0
    OR sum(told.number * term.times) FILTER (WHERE term.over) <> 0
"""
MOVE = """
INSERT INTO statistics_keptcount AS kept (figure_id, area, cell, numerator, denominator)
SELECT * FROM unnest(%s::bigint[], %s::text[], %s::text[], %s::bigint[], %s::bigint[])
ON CONFLICT (figure_id, area, cell) DO UPDATE
SET numerator = kept.numerator + excluded.numerator, denominator = kept.denominator + excluded.denominator
"""


class Appended(NamedTuple):
    """A fact that was appended, as far as a figure asks."""

    kind: int
    area: str
    happened_on: date
    number: int
    occupation: int


def move_kept(appended: Sequence[Appended]) -> None:
    """Move every kept figure by facts, in the transaction that appended them."""
    by_kind: dict[int, list[tuple[int, str, Term]]] = defaultdict(list)
    # Whoever feeds beside comes after; whoever forgets them is waited for, and then there is nothing to move.
    locked = KeptFigure.objects.filter(figure__in=TOLD_BY_FACTS).order_by("pk").select_for_update(no_key=True)
    for one in locked if appended else ():
        for term in terms(one.figure, Period(one.from_on, one.until_on)):
            by_kind[term.kind].append((one.pk, one.figure, term))
    moved: dict[tuple[int, str, str], list[int]] = defaultdict(lambda: [0, 0])
    for fact in appended:
        for figure, name, term in by_kind[fact.kind]:
            if term.from_on <= fact.happened_on < term.until_on:
                cell = str(fact.occupation // MAJOR) if name in VALID else ""
                moved[figure, fact.area, cell][term.over] += fact.number * term.times
    _upsert(sorted((key, both) for key, both in moved.items() if any(both)))


def forget_moved() -> None:
    """Keep none of the figures that facts tell: facts were appended past them."""
    # Locked as whoever moves them locks them; otherwise the numbers would be taken first, and the figures after.
    list(KeptFigure.objects.filter(figure__in=TOLD_BY_FACTS).order_by("pk").select_for_update())
    KeptFigure.objects.filter(figure__in=TOLD_BY_FACTS).delete()


@action
def keep_told(*, by: Actor, at: datetime) -> int:
    """Count the figures that facts tell, for the boards of today and tomorrow, in one pass; how many were missing.

    Nothing is counted when none is missing, or while a kind is not kept at all. Feeders wait meanwhile.
    """
    on = day_of(at)
    wanted = figures_told_by_facts(on) | figures_told_by_facts(on + DAY)
    kept = _kept_days(TOLD_BY_FACTS)
    opened = FactOpening.objects.count() == len(FactKind)
    if not opened or not (missing := wanted - kept.keys()):
        return 0
    lock_kinds(FactKind)
    forget_moved()
    made = KeptFigure.objects.bulk_create(
        KeptFigure(figure=name, from_on=days.from_on, until_on=days.until_on, counted_at=at)
        for name, days in sorted(wanted, key=str)
    )
    _count_facts(made)
    return len(missing)


@action
def due_figures(*, by: Actor, at: datetime) -> list[tuple[str, Period]]:
    """The figures of rows that have to be counted for the boards of a day; those of other days are forgotten."""
    wanted = figures_of_rows(day_of(at))
    rows = KeptFigure.objects.exclude(figure__in=TOLD_BY_FACTS).order_by("pk")
    kept = {(one.figure, Period(one.from_on, one.until_on)): one for one in rows}
    KeptFigure.objects.filter(pk__in=[one.pk for key, one in kept.items() if key not in set(wanted)]).delete()
    return [key for key in wanted if key not in kept or (kept[key].due_at or at) <= at]


@action
def count_figure(*, figure: str, days: Period, by: Actor, at: datetime) -> int:
    """Count a figure from its rows by village and keep that in place of what was kept; in how many villages it is."""
    began = perf_counter()
    counted = _by_village(figure, days)
    rest = max(SOONEST, timedelta(seconds=REST * (perf_counter() - began)))
    if days.until_on is not None and days.until_on <= day_of(at):
        rest = timedelta(days=1)  # it is over: what is told late is seen the next day
    kept, _new = KeptFigure.objects.update_or_create(
        figure=figure, from_on=days.from_on, until_on=days.until_on,
        defaults={"counted_at": at, "due_at": at + rest},
    )  # fmt: skip
    KeptCount.objects.visible_to(CITY).filter(figure=kept).delete()
    KeptCount.objects.bulk_create(
        (
            KeptCount(figure=kept, area=area, cell=cell, numerator=above, denominator=over)
            for (area, cell), (above, over) in sorted(counted.items())
        ),
        batch_size=5_000,
    )
    return len(counted)


def _by_village(figure: str, days: Period) -> dict[tuple[str, str], tuple[int, int]]:
    assert days.until_on is not None
    on = days.until_on - DAY
    if figure == AGES:
        found: dict[tuple[str, str], int] = defaultdict(int)
        for cell, number in ages_by_area(CITY, on):
            found[cell] += number
        return {cell: (number, 0) for cell, number in found.items()}
    measure = measure_of(figure)
    assert measure is not None, figure
    pair = measure(Asked(CITY, CITY, days, on))
    parts: list[Part | None] = [pair.numerator, pair.denominator]
    above, over = (counted_by_area(part, VILLAGE) for part in parts)
    return {(area, ""): (above.get(area, 0), over.get(area, 0)) for area in above.keys() | over.keys()}


def _kept_days(figures: Iterable[str]) -> dict[tuple[str, Period], KeptFigure]:
    rows = KeptFigure.objects.filter(figure__in=figures).order_by("pk")
    return {(one.figure, Period(one.from_on, one.until_on)): one for one in rows}


def _count_facts(figures: Sequence[KeptFigure]) -> None:
    found = [(one, term) for one in figures for term in terms(one.figure, Period(one.from_on, one.until_on))]
    days = sorted({day for _one, term in found for day in (term.from_on, term.until_on)} - {EVER})
    step = {EVER: 0, **{day: number for number, day in enumerate(days, 1)}}
    values: dict[str, Any] = {
        "of_valid": list(OF_VALID), "major": MAJOR, "days": days,
        "figures": [one.pk for one, _term in found], "kinds": [int(term.kind) for _one, term in found],
        "firsts": [step[term.from_on] for _one, term in found],
        "untils": [step[term.until_on] for _one, term in found],
        "times": [term.times for _one, term in found], "overs": [term.over for _one, term in found],
        "classes": [one.figure in VALID for one, _term in found],
    }  # fmt: skip
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL work_mem = '256MB'")
        cursor.execute(COUNT, values)


def _upsert(moved: list[tuple[tuple[int, str, str], list[int]]]) -> None:
    if moved:
        columns = zip(*((*key, *both) for key, both in moved), strict=True)
        with connection.cursor() as cursor:
            cursor.execute(MOVE, [list(column) for column in columns])
