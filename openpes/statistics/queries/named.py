"""Indicators, their units and values, and months, as their readers call them."""

from datetime import date

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from openpes.codes.queries import in_language
from openpes.engine.indicators.declared import Indicator
from openpes.statistics.queries.boards import BANDS
from openpes.statistics.queries.indicators import Measured


def told_value(one: Measured) -> str:
    """A value as it is printed; that there is none is said in words, never as a zero."""
    if not one.is_measured:
        return _("not yet measured")
    return _("no basis") if one.value is None else f"{one.value:,}"


def plan_words(indicator: Indicator, area: str, year: int) -> str:
    """What the founding plan asks of an area in a year, with its own denominator; nothing where it asks nothing."""
    goal = indicator.plan_for(area, year)
    if goal is None:
        return ""
    told = {"goal": f"{goal.normalize():,f} {unit_of(indicator)}"}
    if indicator.plan_number is None:
        return _("plan: %(goal)s") % told
    told |= {"number": f"{indicator.plan_number:,}", "of": f"{indicator.target_of:,}"}
    return _("plan: %(goal)s, %(number)s of %(of)s") % told


def month_words(day: date) -> str:
    """A month in the words of the reader: 2026年9月, in English 2026-09."""
    return f"{day.year}年{day.month}月" if (get_language() or "").startswith("zh") else f"{day:%Y-%m}"


def title_of(indicator: Indicator) -> str:
    """The name of an indicator in the reader's language."""
    return in_language(indicator.title_zh, indicator.title_en)


def unit_of(indicator: Indicator) -> str:
    """The unit of an indicator in the reader's language."""
    return {
        "persons": _("persons"), "registrations": _("registrations"), "days": _("days"), "points": _("points"),
        "places": _("places"), "introductions": _("introductions"), "minutes": _("minutes"), "bases": _("bases"),
    }.get(indicator.unit, indicator.unit)  # fmt: skip


def room_of(indicator: Indicator) -> str:
    """The part of the platform that will supply an indicator, in the reader's language."""
    return {
        "guidance": _("vocational guidance"), "training": _("training"), "assistance": _("employment assistance"),
        "ledger": _("funds"), "bases": _("bases"), "insurance": _("unemployment insurance"),
    }.get(indicator.supplied_by, indicator.supplied_by)  # fmt: skip


def age_words(first: int) -> str:
    """An age band in the words of the reader."""
    if first == BANDS[-1]:
        return _("%(first)s and older") % {"first": first}
    return f"{first}-{BANDS[BANDS.index(first) + 1] - 1}"
