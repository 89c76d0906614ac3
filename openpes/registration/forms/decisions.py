"""What is typed at confirmations, appeals, hand-overs and corrections."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from openpes.kernel.forms import HalfWidthField, HouseForm, LooseDateField
from openpes.registration.choices import (
    Ruling,
    Way,
)
from openpes.registration.queries import fact_code_of, fact_label
from openpes.registration.rules.corrections import CORRECTABLE, NO, YES


def fact_choices() -> list[tuple[str, Any]]:
    """The facts that can be corrected."""
    return [(name, fact_label(name)) for name in CORRECTABLE]


class ContactForm(HouseForm):
    """How a registered person confirmed to be unemployed still."""

    way = forms.ChoiceField(
        label=_("How"),
        choices=[(way.value, way.label) for way in (Way.COUNTER, Way.PHONE, Way.VISIT)],
    )
    note = forms.CharField(label=_("Remarks"), required=False, max_length=200)


class AppealForm(HouseForm):
    """An appeal against a decision."""

    grounds = forms.CharField(
        label=_("Why the decision is held to be wrong"), max_length=1000, widget=forms.Textarea(attrs={"rows": 5})
    )


class RulingForm(HouseForm):
    """The ruling of an appeal."""

    ruling = forms.ChoiceField(label=_("Ruling"), choices=Ruling.choices, widget=forms.RadioSelect)
    reason = forms.CharField(
        label=_("Reasons of the ruling"), max_length=1000, widget=forms.Textarea(attrs={"rows": 5})
    )


class TransferForm(HouseForm):
    """The answer to a hand-over."""

    note = forms.CharField(
        label=_("Why it is returned"), required=False, max_length=300, help_text=_("Only when it is returned.")
    )


class DayForm(HouseForm):
    """A day to look at."""

    on = LooseDateField(label=_("Day"))


class CorrectionForm(HouseForm):
    """A fact of a decision that was otherwise."""

    fact = forms.ChoiceField(label=_("Fact"), choices=fact_choices)
    now = HalfWidthField(label=_("It was"), required=False, max_length=120)
    why = forms.CharField(label=_("What shows it"), max_length=300)

    def clean(self) -> dict[str, Any]:
        """The value in the shape of its fact: days as days, names as their codes, proofs as a list."""
        told = super().clean() or {}
        fact, text = told.get("fact", ""), told.get("now", "")
        if fact.endswith("_on"):
            day = LooseDateField(required=False)
            try:
                found = day.clean(text)
            except forms.ValidationError as error:
                self.add_error("now", error)
                return told
            told["now"] = found.isoformat() if found else None
        elif fact == "proofs":
            words = text.replace("、", ",").replace("，", ",").split(",")
            told["now"] = sorted({fact_code_of(fact, word.strip()) for word in words if word.strip()})
        elif fact == "willing":
            told["now"] = True if text.lower() in YES else False if text.lower() in NO else text
        else:
            told["now"] = fact_code_of(fact, text)
        return told
