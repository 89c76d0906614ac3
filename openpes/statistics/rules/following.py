"""When a subscription brings its PDF, about which month, and why it may not begin."""

from collections.abc import Iterator
from datetime import date

from django.utils.translation import gettext as _

from openpes.engine.calendars import Period, add_months
from openpes.kernel.refusal import Reason
from openpes.statistics.choices import Content

DAYS = range(1, 29)  # the days that every month has


def next_day(day: int, from_on: date) -> date:
    """The first day on or after `from_on` that is this day of a month."""
    this_month = from_on.replace(day=day)
    return this_month if this_month >= from_on else add_months(this_month, 1)


def a_month_later(day: date) -> date:
    """The same day of the next month."""
    return add_months(day, 1)


def month_before(on: date) -> Period:
    """The full month before a day: what a subscription tells of."""
    first = add_months(on.replace(day=1), -1)
    return Period(first, on.replace(day=1))


def why_not_subscribe(
    *, content: str, language: str, languages: frozenset[str], day: int, over: str, on_behalf: bool
) -> Iterator[Reason]:
    """`over` says why the own roles do not reach the area, `on_behalf` whether somebody acts with rights of another."""
    if on_behalf:
        yield Reason(
            _("With the rights of somebody else nothing is followed: they end by themselves."),
            next_step=_("Go back to your own role first."),
        )
    elif over:
        yield Reason(_("None of your own roles sees the reports of this area."), field="area")
    if content not in Content.values:
        yield Reason(_("The board or the report of an area can be had every month."), field="content")
    if language not in languages:
        yield Reason(_("The PDF is made in Chinese or in English."), field="language")
    if day not in DAYS:
        yield Reason(
            _("The day is one from 1 to 28, which every month has; day %(day)s is not there every month.")
            % {"day": day},
            field="day", next_step=_("Choose a day from 1 to 28."),
        )  # fmt: skip
