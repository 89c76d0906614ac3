"""Forms of matters: what is asked, to whom it is handed, how it ends, over whom a list is spread."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from openpes.kernel.forms import HouseForm
from openpes.matters.choices import ASKED, Outcome, Told

OFFICE = "office:"


class MatterForm(HouseForm):
    """What a person asks for."""

    subject = forms.ChoiceField(label=pgettext_lazy("matter", "What it is about"), choices=ASKED)
    asked = forms.CharField(
        label=_("What the person asks for"), max_length=500, widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("In the person's words; no identity number."),
    )  # fmt: skip


class HandOverForm(HouseForm):
    """To whom a matter is offered: a colleague, or an office."""

    to = forms.ChoiceField(label=_("To a colleague or an office"))
    reason = forms.CharField(label=_("Why it is handed over"), max_length=300)

    def __init__(self, *args: Any, colleagues: dict[int, str], offices: dict[int, str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        people = [(str(pk), name) for pk, name in colleagues.items()]
        places = [(f"{OFFICE}{pk}", name) for pk, name in offices.items()]
        self.fields["to"].choices = [("", "—"), (_("Colleagues"), people), (_("Offices"), places)]


class CloseForm(HouseForm):
    """How a matter ends, and how the person was told."""

    outcome = forms.ChoiceField(label=_("Outcome"), choices=Outcome.choices)
    answer = forms.CharField(
        label=_("What the person was told"), max_length=500, widget=forms.Textarea(attrs={"rows": 3})
    )
    told = forms.ChoiceField(label=_("How the person was told"), choices=Told.choices)


class DeclineForm(HouseForm):
    """Why a hand-over is declined."""

    note = forms.CharField(label=_("Why it is declined"), max_length=300, required=False)


class ListForm(HouseForm):
    """Whose list is handed over, to whom, and why."""

    officer = forms.TypedChoiceField(label=_("Whose list"), coerce=int)
    receivers = forms.TypedMultipleChoiceField(
        label=_("To these colleagues"), coerce=int, widget=forms.CheckboxSelectMultiple,
        help_text=_("With several, each matter goes to the one who has the fewest."),
    )  # fmt: skip
    reason = forms.CharField(label=_("Why it is handed over"), max_length=300)

    def __init__(self, *args: Any, officers: list[tuple[int, str]], receivers: dict[int, str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["officer"].choices = officers
        self.fields["receivers"].choices = list(receivers.items())
