"""What is typed about requests for correction, and their answers."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from openpes.codes.queries import choices_of
from openpes.kernel.forms import HalfWidthField, HouseForm
from openpes.people.choices import ONE_VALUE, CorrectionAnswer, CorrectionRuling, Fact
from openpes.people.forms.fields import NOTHING

LONG: dict[str, Any] = {"widget": forms.Textarea(attrs={"rows": 3})}


class FactForm(HouseForm):
    """Which fact is wrong; each has its own way of saying what is right."""

    fact = forms.ChoiceField(label=_("What is wrong"), choices=[NOTHING, *Fact.choices])


class CorrectionForm(HouseForm):
    """What is right instead of a fact, and by what it can be checked."""

    wanted = forms.CharField(label=_("What is right"), max_length=500, **LONG)
    evidence = forms.CharField(
        label=_("Paper or reason by which it can be checked"), max_length=500,
        help_text=_("For example: household booklet of 3 May 2024, page 2."), **LONG,
    )  # fmt: skip

    def __init__(self, *args: Any, fact: Fact, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        label = self.fields["wanted"].label
        if codes := ONE_VALUE.get(fact):
            self.fields["wanted"] = forms.ChoiceField(label=label, choices=[NOTHING, *choices_of(codes)])
        elif fact == Fact.PHONE:
            tel = forms.TextInput(attrs={"inputmode": "tel", "autocomplete": "tel"})
            self.fields["wanted"] = HalfWidthField(label=label, max_length=30, widget=tel)


class CorrectionAppealForm(HouseForm):
    """Why a refusal is held to be wrong."""

    grounds = forms.CharField(label=_("Why the refusal is wrong"), max_length=1000, **LONG)


class AnswerForm(HouseForm):
    """An officer's answer; `acts` are what was done in the file since the request, as choices."""

    answer = forms.ChoiceField(label=pgettext_lazy("correction", "Answer"), widget=forms.RadioSelect)
    line = forms.TypedChoiceField(
        label=_("The act that put it right"), required=False, coerce=int, empty_value=None,
        help_text=_("What was done in the file since the request was asked."),
    )  # fmt: skip
    note = forms.CharField(
        label=_("Words for the person"), required=False, max_length=500, help_text=_("A refusal needs its reason."),
        **LONG,
    )  # fmt: skip

    def __init__(self, *args: Any, acts: list[tuple[int, str]], ruling: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["answer"].choices = (CorrectionRuling if ruling else CorrectionAnswer).choices
        self.fields["line"].choices = [NOTHING, *acts]
