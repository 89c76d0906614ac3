"""What a person writes about the own file."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from openpes.alerts.choices import Rhythm, Way
from openpes.codes.queries import choices_of
from openpes.kernel.forms import HalfWidthField, HouseForm
from openpes.people.choices import ONE_VALUE, Fact

LONG: dict[str, Any] = {"widget": forms.Textarea(attrs={"rows": 3})}


class OwnCorrectionForm(HouseForm):
    """What is right instead of a fact of the own file, and by what it can be checked."""

    wanted = forms.CharField(label=_("What is right"), max_length=500, **LONG)
    evidence = forms.CharField(
        label=_("Paper or reason by which it can be checked"), max_length=500,
        help_text=_("For example: household booklet of 3 May 2024, page 2."), **LONG,
    )  # fmt: skip

    def __init__(self, *args: Any, fact: Fact, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        label = self.fields["wanted"].label
        if codes := ONE_VALUE.get(fact):
            choices = [("", _("Please choose")), *choices_of(codes)]
            self.fields["wanted"] = forms.ChoiceField(label=label, choices=choices)
        elif fact == Fact.PHONE:
            tel = forms.TextInput(attrs={"inputmode": "tel", "autocomplete": "tel"})
            self.fields["wanted"] = HalfWidthField(label=label, max_length=30, widget=tel)


class OwnAppealForm(HouseForm):
    """Why a refusal is held to be wrong."""

    grounds = forms.CharField(label=_("Why the refusal is wrong"), max_length=1000, **LONG)


class SaveSearchForm(HouseForm):
    """How somebody wants to be told of new vacancies."""

    name = forms.CharField(label=_("Name of the search"), max_length=100)
    way = forms.ChoiceField(
        label=_("How shall we tell you?"), choices=Way.choices, initial=Way.SMS, widget=forms.RadioSelect
    )
    to = HalfWidthField(
        label=_("Mobile number or mail address"), required=False, max_length=254,
        help_text=_("A code goes there; nothing else before you have told it. A feed needs no address."),
        widget=forms.TextInput(attrs={"autocomplete": "on"}),
    )  # fmt: skip
    rhythm = forms.ChoiceField(
        label=_("How often at most?"), choices=Rhythm.choices, initial=Rhythm.DAILY, widget=forms.RadioSelect
    )

    def clean(self) -> dict[str, Any]:
        told = super().clean() or self.cleaned_data
        if told.get("way") in (Way.SMS, Way.MAIL) and not told.get("to") and "to" not in self.errors:
            self.add_error("to", _("Where shall the code go? Write a mobile number or a mail address."))
        return told


class CodeForm(HouseForm):
    """The code that was sent."""

    code = HalfWidthField(
        label=_("Code"), max_length=12,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "one-time-code"}),
    )  # fmt: skip
