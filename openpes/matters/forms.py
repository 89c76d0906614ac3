"""Forms of matters: what is asked, to whom it is handed, how it ends, over whom a list is spread."""

from collections.abc import Callable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from openpes.kernel.forms import FoundField, HouseForm
from openpes.matters.choices import ASKED, Outcome, Told

OFFICE = "office:"
Find = Callable[[str], int | None]


class MatterForm(HouseForm):
    """What a person asks for."""

    subject = forms.ChoiceField(label=pgettext_lazy("matter", "What it is about"), choices=ASKED)
    asked = forms.CharField(
        label=_("What the person asks for"), max_length=500, widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("In the person's words; no identity number."),
    )  # fmt: skip


def another_colleague() -> FoundField:
    """The field for a colleague who is not among those near."""
    return FoundField(
        label=_("Another colleague"), required=False, max_length=120,
        help_text=_("Type a part of the name or the user name and choose from the list."),
    )  # fmt: skip


class HandOverForm(HouseForm):
    """To whom a matter is offered: a colleague near, an office, or somebody else by name."""

    to = forms.ChoiceField(label=_("To a colleague or an office"), required=False)
    another = another_colleague()
    reason = forms.CharField(label=_("Why it is handed over"), max_length=300)

    def __init__(
        self, *args: Any, colleagues: dict[int, str], offices: dict[int, str], find: Find, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.fields["another"].find = find
        people = [(str(pk), name) for pk, name in colleagues.items()]
        places = [(f"{OFFICE}{pk}", name) for pk, name in offices.items()]
        self.fields["to"].choices = [("", "—"), (_("Colleagues"), people), (_("Offices"), places)]

    def clean(self) -> dict[str, Any]:
        """Exactly one to whom it is offered."""
        given = super().clean() or self.cleaned_data
        if bool(given.get("to")) == bool(given.get("another")) and not {"to", "another"} & self.errors.keys():
            self.add_error("to", _("Choose a colleague or an office, or name another colleague: one of them."))
        return given


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


class OwnListForm(HouseForm):
    """To whom one's own list is handed over, and why."""

    reason = forms.CharField(label=_("Why it is handed over"), max_length=300)
    receivers = forms.TypedMultipleChoiceField(
        label=_("To these colleagues"), coerce=int, widget=forms.CheckboxSelectMultiple, required=False,
        help_text=_("With several, each matter goes to the one who has the fewest."),
    )  # fmt: skip
    another = another_colleague()

    def __init__(self, *args: Any, receivers: dict[int, str], find: Find, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["receivers"].choices = list(receivers.items())
        self.fields["another"].find = find

    def chosen(self) -> tuple[int, ...]:
        """The colleagues whose boxes are ticked, and the one who was named besides."""
        given = self.cleaned_data
        return tuple(dict.fromkeys([*given["receivers"], *([given["another"]] if given["another"] else [])]))


class ListForm(OwnListForm):
    """Whose list is handed over, to whom, and why."""

    officer = FoundField(
        label=_("Whose list"), max_length=120,
        help_text=_("Type a part of the name or the user name and choose from the list."),
    )  # fmt: skip
    field_order = ("officer", "reason", "receivers", "another")

    def __init__(self, *args: Any, find_list: Find, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["officer"].find = find_list
