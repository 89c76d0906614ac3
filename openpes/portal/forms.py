"""What a person writes about the own file."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

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
