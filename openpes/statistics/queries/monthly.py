"""The PDF that a subscription brings: the report of a month, or the board as it stood at its end."""

from datetime import date, datetime
from typing import Any

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from openpes.engine.calendars import Period
from openpes.engine.indicators.declared import indicator_on
from openpes.kernel.clock import day_of
from openpes.kernel.days import spoken_day
from openpes.look.queries import city_name, typeset
from openpes.network.queries import area_heading
from openpes.statistics.choices import Content
from openpes.statistics.queries import papers
from openpes.statistics.queries.boards import Band, months, pyramid, tiles
from openpes.statistics.queries.following import alerts_in
from openpes.statistics.queries.indicators import Measured, measured
from openpes.statistics.queries.named import age_words, month_words, title_of, told_value, unit_of
from openpes.statistics.queries.printed import printed_tables
from openpes.statistics.queries.reports import report
from openpes.statistics.queries.targets import Standing, targets_of
from openpes.statistics.queries.texts import written

KEY_FIGURES = ("unemployed", "unemployed_in", "unemployed_out", "unemployment_rate", "employed", "reemployed",
               "places_offered", "seekers_new", "introductions", "hires", "placement_rate", "vacancy_coverage",
               "points_online")  # fmt: skip
BELOW = "unemployed"


def pages_of(*, content: str, area: str, period: Period, on: date, at: datetime) -> bytes:
    """The PDF of a month of an area in the language in force, read within the area alone."""
    last_on = min(period.last_on or on, on)
    if content == Content.REPORT:
        return _report(area, period, last_on, at)
    return typeset("statistics/monthly.typ", _board(area, period, last_on, at), at)


def _report(area: str, period: Period, on: date, at: datetime) -> bytes:
    made = report(scope=area, area=area, period=period, allotted=None)
    text = [one.text for one in written(scope=area, made=made, on=on).sentences]
    paper = papers.Paper(area, period, made.allotted, _("Monthly subscription, not published"))
    return papers.pdf_of(paper, printed_tables(made.tables), text, at=at)


def _board(area: str, period: Period, on: date, at: datetime) -> dict[str, Any]:
    days = {"first": spoken_day(period.from_on), "last": spoken_day(on)}
    return {
        "language": get_language() or "zh-hans",
        "city": city_name(),
        "area": area_heading(area),
        "title": _("Board of the month"),
        "period": month_words(period.from_on),
        "days": _("%(first)s to %(last)s") % days,
        "printed": _("Printed %(day)s") % {"day": spoken_day(day_of(at))},
        "foot": _("Every number is counted from the rows of the register and opens on the page of the board."),
        "tables": [one for one in _tables(area, period, on) if one["rows"]],
        "notes": _notes(area),
    }


def _tables(area: str, period: Period, on: date) -> list[dict[str, Any]]:
    where: dict[str, Any] = {"scope": area, "area": area, "on": on}
    figures = [measured(code=code, period=period, **where) for code in KEY_FIGURES]
    counted = (_("Numerator"), _("Denominator"))
    jobless = tiles(code=BELOW, period=period, **where)
    found = months(**where)
    days = list(next(iter(found.values())))
    return [
        _table(_("Key figures"), (_("Indicator"), _("Value"), _("Unit"), *counted), [_figure(one) for one in figures]),
        _table(
            _("Targets"), (_("Indicator"), _("Target"), _("Plan of the day"), _("Reached"), _("Colour")),
            [_target(one) for one in targets_of(**where, year=period.from_on.year)],
        ),
        _table(
            title_of(indicator_on(BELOW, on)), (_("Area"), _("Value")),
            [(one.unit.label, told_value(one.measured)) for one in jobless],
        ),
        _table(
            _("Month by month"), (_("Month"), *(title_of(indicator_on(code, on)) for code in found)),
            [(month_words(day), *(f"{found[code][day]:,}" for code in found)) for day in days],
        ),
        _table(
            _("Ages of the registered labour force"), (_("Age"), _("Men"), _("Women")),
            [_band(one) for one in pyramid(**where)],
        ),
    ]  # fmt: skip


def _table(title: str, heads: tuple[str, ...], rows: list[tuple[str, ...]]) -> dict[str, Any]:
    return {"title": title, "heads": heads, "rows": rows}


def _figure(one: Measured) -> tuple[str, ...]:
    parts = ["–" if part is None else f"{part:,}" for part in (one.numerator, one.denominator)]
    return title_of(one.indicator), told_value(one), unit_of(one.indicator), *parts


def _target(one: Standing) -> tuple[str, ...]:
    colour = str(one.colour.label) if one.colour else "–"
    goal, plan = (f"{number.normalize():,f}" for number in (one.target.goal, one.plan))
    return title_of(one.measured.indicator), goal, plan, told_value(one.measured), colour


def _band(one: Band) -> tuple[str, ...]:
    return age_words(one.first), f"{one.men:,}", f"{one.women:,}"


def _notes(area: str) -> list[str]:
    """The alerts that are open when the paper is made."""
    notes = []
    for alert in alerts_in(scope=area, area=area):
        told = {"what": title_of(indicator_on(alert.threshold.indicator, day_of(alert.raised_at))),
                "sense": alert.threshold.get_sense_display(), "bound": f"{alert.threshold.bound.normalize():f}",
                "day": spoken_day(day_of(alert.raised_at))}  # fmt: skip
        notes.append(_("Open alert since %(day)s: %(what)s %(sense)s %(bound)s.") % told)
    return notes
