"""What a reader of reports chooses: the quarter or other period, the area, the switch; which figure is opened."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django import forms
from django.conf import settings
from django.http import Http404, QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from openpes.codes.queries import in_language
from openpes.engine.calendars import DAY, Period, quarter, quarter_number, quarter_of
from openpes.engine.indicators import KEYS
from openpes.engine.indicators.declared import indicators_on
from openpes.engine.occupations import occupations
from openpes.kernel.forms import HouseForm, LooseDateField
from openpes.network.queries import area_exists
from openpes.statistics.actions.following import SubscriptionFacts
from openpes.statistics.actions.targets import TargetFacts
from openpes.statistics.actions.watching import ThresholdFacts
from openpes.statistics.choices import Content, Origin, Rhythm, Sense, Side
from openpes.statistics.queries import Figure
from openpes.statistics.rules import period_title, quarter_title, year_of
from openpes.statistics.rules.thresholds import Bounds

FIRST_YEAR = 2007
GAP_TABLES = (6, 7)


@dataclass(frozen=True)
class Chosen:
    """A quarter or other period in an area, with the allotment as the city has it (None) or as the reader wants it."""

    area: str
    period: Period
    allotted: bool | None
    refused: str = ""

    @property
    def is_quarter(self) -> bool:
        return self.period == quarter(self.period.from_on)

    @property
    def code(self) -> str:
        """The period as file names have it: 2026-3, or its first and its last day."""
        if self.is_quarter:
            return f"{self.period.from_on.year}-{quarter_number(self.period)}"
        return f"{self.period.from_on}-{self.period.last_on}"

    @property
    def title(self) -> str:
        """The period as it is read: Q3 2026."""
        return period_title(self.period)

    @property
    def asked(self) -> dict[str, str]:
        """What an address asks that means the same."""
        allot = {True: "official", False: "none", None: ""}[self.allotted]
        days = {"quarter": self.code}
        if not self.is_quarter:
            days = {"from": str(self.period.from_on), "to": str(self.period.last_on)}
        return {"area": self.area, **days, **({"allot": allot} if allot else {})}


@dataclass(frozen=True)
class YearChosen:
    """A year or other period in an area; `refused` says in words why another is shown than was asked for."""

    area: str
    period: Period
    refused: str = ""

    @property
    def is_year(self) -> bool:
        return self.period == year_of(self.period.from_on.year)

    @property
    def code(self) -> str:
        """The period as file names have it: 2026, or its first and its last day."""
        year = str(self.period.from_on.year)
        return year if self.is_year else f"{self.period.from_on}-{self.period.last_on}"

    @property
    def title(self) -> str:
        """The period as it is read."""
        return period_title(self.period)

    @property
    def asked(self) -> dict[str, str]:
        """What an address asks that means the same."""
        if self.is_year:
            return {"area": self.area, "year": self.code}
        return {"area": self.area, "from": str(self.period.from_on), "to": str(self.period.last_on)}

    def until(self, on: date) -> Period:
        """The days that can be counted: of a period that runs, those up to today."""
        last = self.period.until_on or date.max
        return Period(self.period.from_on, max(min(last, on + DAY), self.period.from_on + DAY))


class DaysForm(forms.Form):
    """The first and the last day of a period of one's own."""

    first = LooseDateField(label=gettext_lazy("First day"))
    last = LooseDateField(label=gettext_lazy("Last day"))


def read_choice(query: QueryDict, *, scope: str, on: date) -> Chosen:
    """What an address asks for; the last full quarter and the reader's own area without a choice.

    Days that are none, or stand the wrong way round, are told in `refused`, beside the last full quarter.

    :raises Http404: the quarter is none, or the area is not inside the scope
    """
    area = query.get("area") or scope
    if not area.startswith(scope) or not area_exists(area):
        raise Http404
    allot = {"official": True, "none": False}.get(query.get("allot", ""))
    if query.get("from") or query.get("to"):
        instead = _("Shown is the last full quarter.")
        period, refused = _own_days(query.get("from", ""), query.get("to", ""), on, instead)
        return Chosen(area, period or _quarter("", on), allot, refused)
    return Chosen(area, _quarter(query.get("quarter", ""), on), allot)


def read_year(query: QueryDict, *, scope: str, on: date) -> YearChosen:
    """What an address asks of the annual form; the last full year and the reader's own area without a choice.

    A year or days that are none are told in `refused`, beside the last full year.

    :raises Http404: the area is not inside the scope
    """
    area = query.get("area") or scope
    if not area.startswith(scope) or not area_exists(area):
        raise Http404
    last_year = year_of(on.year - 1)
    if query.get("from") or query.get("to"):
        period, refused = _own_days(query.get("from", ""), query.get("to", ""), on, _("Shown is the last full year."))
        return YearChosen(area, period or last_year, refused)
    text = query.get("year", "")
    if not text:
        return YearChosen(area, last_year)
    if text.isascii() and text.isdigit() and FIRST_YEAR <= int(text[:5]) <= on.year:
        return YearChosen(area, year_of(int(text[:5])))
    years = {"first": FIRST_YEAR, "last": on.year}
    text = _("The register has figures of %(first)s to %(last)s.") % years
    return YearChosen(area, last_year, f"{text} {_('Shown is the last full year.')}")


def read_figure(query: QueryDict) -> Figure:
    """The figure that an address asks to open.

    :raises Http404: there is no such figure
    """
    side, origin = query.get("side", ""), query.get("origin", Origin.ALL)
    table, key = query.get("table", "1"), query.get("row", "")
    if side not in Side.values or origin not in Origin.values or not table.isdecimal():
        raise Http404
    number = int(table)
    known = key in occupations() if number in GAP_TABLES else key in KEYS.get(number, {})
    if key and not known:
        raise Http404
    return Figure(side, number, key, origin)


def _own_days(first: str, last: str, on: date, instead: str) -> tuple[Period | None, str]:
    form = DaysForm({"first": first, "last": last})
    if not form.is_valid():
        text = _("The first and the last day must both be days, such as 2026-07-01.")
        return None, f"{text} {instead}"
    from_on, last_on = form.cleaned_data["first"], form.cleaned_data["last"]
    if last_on < from_on:
        return None, f"{_('The last day lies before the first.')} {instead}"
    if from_on.year < FIRST_YEAR or last_on.year > on.year:
        years = {"first": FIRST_YEAR, "last": on.year}
        return None, f"{_('The register has figures of %(first)s to %(last)s.') % years} {instead}"
    return Period(from_on, last_on + DAY), ""


def year_choices(on: date, count: int = 6) -> list[tuple[str, str]]:
    """The current year and those before it: code and title."""
    years = range(on.year, max(on.year - count, FIRST_YEAR - 1), -1)
    return [(str(year), period_title(year_of(year))) for year in years]


def quarter_choices(on: date, count: int = 12) -> list[tuple[str, str]]:
    """The current quarter and those before it: code and title."""
    period, found = quarter(on), []
    for _step in range(count):
        found.append((f"{period.from_on.year}-{quarter_number(period)}", quarter_title(period)))
        period = quarter(date.fromordinal(period.from_on.toordinal() - 1))
    return found


def _quarter(text: str, on: date) -> Period:
    if not text:
        return quarter(date.fromordinal(quarter(on).from_on.toordinal() - 1))
    year, _dash, number = text.partition("-")
    if not (year.isascii() and year.isdigit() and number in ("1", "2", "3", "4")):
        raise Http404
    if not FIRST_YEAR <= int(year) <= on.year:
        raise Http404
    return quarter_of(int(year), int(number))


class ProposeForm(HouseForm):
    """What is aimed at by the end of a year, from which day on, and why it changes."""

    indicator = forms.ChoiceField(label=gettext_lazy("Indicator"))
    goal = forms.DecimalField(label=gettext_lazy("Target"), max_digits=14, decimal_places=2)
    from_on = LooseDateField(label=gettext_lazy("Holds from"))
    reason = forms.CharField(
        label=gettext_lazy("Reason of the change"), max_length=300, required=False,
        help_text=gettext_lazy("Needed when a target is in force already."),
    )  # fmt: skip

    def __init__(self, *args: Any, on: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        aimed = [one for one in indicators_on(on) if one.direction != "none"]
        self.fields["indicator"].choices = [(one.code, in_language(one.title_zh, one.title_en)) for one in aimed]

    def facts(self, area: str, year: int) -> TargetFacts:
        """What was filled in, for an area and a year."""
        return TargetFacts(area=area, year=year, **self.cleaned_data)


class SubscribeForm(HouseForm):
    """What comes every month, in which language, on which day."""

    content = forms.ChoiceField(label=gettext_lazy("Every month"), choices=Content)
    language = forms.ChoiceField(label=gettext_lazy("Language"), choices=settings.LANGUAGES)
    day = forms.IntegerField(
        label=gettext_lazy("Day of the month"), initial=5,
        help_text=gettext_lazy("1 to 28; it tells of the month before."),
    )  # fmt: skip

    def facts(self, area: str) -> SubscriptionFacts:
        """What was filled in, for an area."""
        return SubscriptionFacts(area=area, **self.cleaned_data)


class AddressForm(HouseForm):
    """Where somebody is told."""

    to = forms.CharField(label=gettext_lazy("Mail address"), max_length=254)


class CodeForm(HouseForm):
    """The code that went to the address."""

    code = forms.CharField(label=gettext_lazy("Code from the mail"), max_length=10)


class ThresholdForm(HouseForm):
    """Which indicator is watched, against what, for how many periods running."""

    indicator = forms.ChoiceField(label=gettext_lazy("Indicator"))
    sense = forms.ChoiceField(label=pgettext_lazy("threshold", "Tell when it"), choices=Sense)
    bound = forms.DecimalField(label=pgettext_lazy("threshold", "Bound"), max_digits=14, decimal_places=2)
    rhythm = forms.ChoiceField(label=pgettext_lazy("threshold", "Looked at by"), choices=Rhythm)
    runs = forms.IntegerField(label=pgettext_lazy("threshold", "Periods running"), initial=1)
    margin = forms.DecimalField(
        label=pgettext_lazy("threshold", "Back by"), max_digits=14, decimal_places=2, required=False, initial=0,
        help_text=gettext_lazy("How far inside the bound it has to be before it can be told again."),
    )  # fmt: skip

    def __init__(self, *args: Any, on: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["indicator"].choices = [
            (one.code, in_language(one.title_zh, one.title_en)) for one in indicators_on(on)
        ]

    def facts(self, area: str) -> ThresholdFacts:
        """What was filled in, for an area."""
        told = dict(self.cleaned_data, margin=self.cleaned_data["margin"] or Decimal(0))
        indicator = told.pop("indicator")
        return ThresholdFacts(area=area, indicator=indicator, bounds=Bounds(**told))
