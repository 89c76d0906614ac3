"""Fields and choices that several forms of registration share."""

from datetime import date
from functools import partial
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from openpes.codes.queries import choices_of, occupation_code_of, occupation_words
from openpes.employers.models import Employer
from openpes.employers.queries import employer_card_by_code
from openpes.kernel.forms import HouseForm
from openpes.kernel.scope import CITY
from openpes.network.choices import Level
from openpes.network.queries import area_choices
from openpes.registration.choices import (
    CATEGORIES_WITH_WORKPLACE,
    CATEGORY_SET,
    REASON_SET,
)

NOTHING = ("", _("Please choose"))
PLACES = 3


def with_empty(set_name: str, on: date | None = None) -> list[tuple[str, Any]]:
    """The codes of a list with an empty first choice; with a day, only those that are given on it."""
    return [NOTHING, *choices_of(set_name, on=on)]


def coded(set_name: str, label: Any, *, first: bool = False) -> forms.ChoiceField:
    """A required choice among the codes of a list; the `first` of a page is where the keys go."""
    widget = forms.Select(attrs={"autofocus": ""} if first else {})
    return forms.ChoiceField(label=label, choices=partial(with_empty, set_name), widget=widget)


class ReasonForm(HouseForm):
    """A form that asks for the reason of an unemployment, one of those that are given on the day `on`."""

    def __init__(self, *args: Any, on: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["reason"].choices = partial(with_empty, REASON_SET, on)  # type: ignore[attr-defined]


def employed_by_units() -> list[tuple[str, Any]]:
    """The kinds of employment that have an employer."""
    return choices_of(CATEGORY_SET, codes=tuple(sorted(CATEGORIES_WITH_WORKPLACE)))


def place_choices() -> list[tuple[str, Any]]:
    """Counties and towns, any place first."""
    return [("", _("any place")), *area_choices(CITY, Level.COUNTY), *area_choices(CITY, Level.TOWN)]


def employer_of(code: str) -> int | None:
    """The employer of a credit code, None for an empty one."""
    if not code:
        return None
    try:
        return employer_card_by_code(credit_code=code).id
    except Employer.DoesNotExist:
        raise forms.ValidationError(
            _("No employer with the credit code “%(code)s” is registered; write its name instead.") % {"code": code}
        ) from None


class OccupationField(forms.CharField):
    """An occupation by its code or exact name, usually taken from the suggestions; becomes its code."""

    default_error_messages = {
        "unknown": _("“%(value)s” is not an occupation; type a word of it and choose from the list."),
    }

    def prepare_value(self, value: Any) -> Any:
        """What the field shows: name and code of what is chosen, or what was typed."""
        return occupation_words(value) if isinstance(value, str) else value

    def clean(self, value: Any) -> str:
        text = super().clean(value)
        code = occupation_code_of(text) if text else ""
        if code is None:
            raise forms.ValidationError(self.error_messages["unknown"], code="unknown", params={"value": text})
        return code
