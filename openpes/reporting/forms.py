"""Forms of vacancy reporting: what is said of vacancies, duties, visits, what villages tell, what is measured."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from openpes.employers.models import Employer
from openpes.employers.queries import employer_card_by_code
from openpes.engine.calendars import Period, quarter, quarter_number, quarter_of
from openpes.kernel.forms import FoundField, HouseForm, LooseDateField
from openpes.network.queries import place_choices
from openpes.reporting.actions import LeadFacts, Learnt, Said
from openpes.reporting.choices import LeadKind, LeadOutcome, Rhythm, Still
from openpes.vacancies.choices import SignWay

QUARTERS_BACK = 8
NO_DUTY = ("", pgettext_lazy("rhythm", "No duty"))


def read_said(sent: Mapping[str, str], running: Collection[int]) -> list[Said]:
    """What was said of each vacancy: `all` for every running one, else `said-<id>` with `words-<id>`."""
    everything = sent.get("all", "")
    if everything in Still.values:
        return [Said(pk, Still(everything)) for pk in running]
    found = []
    for name, value in sent.items():
        number = name.removeprefix("said-")
        if name.startswith("said-") and number.isascii() and number.isdigit() and value in Still.values:
            found.append(Said(int(number[:18]), Still(value), sent.get(f"words-{number}", "")[:300]))
    return found


class WayForm(HouseForm):
    """In which way an employer told the office."""

    way = forms.ChoiceField(
        label=_("How it was told"), choices=[(one.value, one.label) for one in (SignWay.COUNTER, SignWay.PHONE)]
    )


class DutyForm(HouseForm):
    """How often an employer reports, and why."""

    rhythm = forms.ChoiceField(label=_("How often"), required=False, choices=[NO_DUTY, *Rhythm.choices])
    words = forms.CharField(label=pgettext_lazy("visit", "Why"), max_length=300, help_text=_("The employer reads it."))


class PlanForm(HouseForm):
    """Where and when visits are planned."""

    area = forms.ChoiceField(label=_("Area"), required=False)
    day = LooseDateField(label=_("Day of the visits"), required=False)

    def __init__(self, *args: Any, scope: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["area"].choices = place_choices(scope)


class VisitForm(HouseForm):
    """A visit to one employer."""

    planned_on = LooseDateField(label=pgettext_lazy("employer", "Day of the visit"))
    why = forms.CharField(label=pgettext_lazy("visit", "Why"), max_length=300)


class LearntForm(HouseForm):
    """What a visit brought."""

    made_on = LooseDateField(label=_("Visited on"))
    met = forms.CharField(label=_("Whom I met"), max_length=80, required=False)
    expects = forms.IntegerField(
        label=_("People needed in the next three months"), required=False, min_value=0, max_value=100_000
    )
    learnt = forms.CharField(label=_("What I learnt"), max_length=1000, widget=forms.Textarea(attrs={"rows": 4}))

    def learned(self) -> Learnt:
        """What was written."""
        return Learnt(**self.cleaned_data)


class CancelForm(HouseForm):
    """Why a visit is not made."""

    words = forms.CharField(label=_("Why it is not made"), max_length=300)


class LeadForm(HouseForm):
    """What somebody in a village saw or heard."""

    kind = forms.ChoiceField(label=_("What it is"), choices=LeadKind)
    firm = forms.CharField(label=_("Firm or household"), max_length=120)
    openings = forms.IntegerField(label=_("How many people"), required=False, min_value=1, max_value=10_000)
    words = forms.CharField(
        label=_("What was seen or heard"), max_length=600, widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Where it is, what work, who told it; no identity number."),
    )  # fmt: skip

    def facts(self) -> LeadFacts:
        """What was written."""
        return LeadFacts(**self.cleaned_data)


class TakeForm(HouseForm):
    """Which registered firm it turned out to be."""

    employer = FoundField(
        label=_("Registered employer"), required=False, max_length=120,
        help_text=_("Type a part of the name or the credit code and choose from the list."),
    )  # fmt: skip

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["employer"].find = _employer_named


class AnswerForm(HouseForm):
    """What the informant is told."""

    outcome = forms.ChoiceField(label=_("What came of it"), choices=LeadOutcome)
    answer = forms.CharField(
        label=_("In words for the informant"), max_length=600, widget=forms.Textarea(attrs={"rows": 3})
    )


@dataclass(frozen=True)
class Chosen:
    """Which area and quarter the coverage is asked for."""

    area: str
    period: Period
    industry: str = ""
    employer: int | None = None
    shown: str = ""

    @property
    def code(self) -> str:
        """The quarter as it stands in an address: 2026Q3."""
        return f"{self.period.from_on.year}Q{quarter_number(self.period)}"


def read_chosen(sent: Mapping[str, str], *, scope: str, on: date) -> Chosen:
    """What an address asks for; what makes no sense counts as not said: the own area, the last complete quarter."""
    area = sent.get("area", "")
    employer = sent.get("employer", "")
    return Chosen(
        area=area if scope and area.startswith(scope) and area.isdigit() else scope,
        period=_quarter(sent.get("quarter", "")) or quarter(quarter(on).from_on - timedelta(days=1)),
        industry=sent.get("industry", "") if len(sent.get("industry", "")) == 1 else "",
        employer=int(employer) if employer.isascii() and employer.isdigit() and len(employer) < 18 else None,
        shown=sent.get("shown", "") if sent.get("shown", "") in ("reported", "missing") else "",
    )


def quarters_before(on: date) -> list[str]:
    """The codes of the present quarter and those before it, the newest first."""
    codes, found = [], quarter(on)
    for _step in range(QUARTERS_BACK):
        codes.append(f"{found.from_on.year}Q{quarter_number(found)}")
        found = quarter(found.from_on - timedelta(days=1))
    return codes


def _quarter(code: str) -> Period | None:
    year, _q, number = code.partition("Q")
    if year.isascii() and year.isdigit() and len(year) == 4 and number in ("1", "2", "3", "4") and int(year) >= 1990:
        return quarter_of(int(year), int(number))
    return None


def _employer_named(text: str) -> int | None:
    try:
        return employer_card_by_code(credit_code=text).id
    except Employer.DoesNotExist:
        return None
