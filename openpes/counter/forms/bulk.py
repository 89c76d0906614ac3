"""Forms of acts on a selection: who is chosen, and what each act wants to know."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from openpes.counter.choices import BulkKind
from openpes.kernel.forms import FoundField, HouseForm
from openpes.registration.choices import Way

AT_COUNTER = [(way.value, way.label) for way in Way if way != Way.OWN_PAGE]


@dataclass(frozen=True)
class Officers:
    """To whom persons may be assigned: those near by number, and the way to find anybody else by name."""

    near: dict[int, str]
    find: Callable[[str], int | None]


class BulkForm(HouseForm):
    """Which act, and on whom; `pick` may occur many times."""

    act = forms.ChoiceField(choices=BulkKind.choices)
    pick = forms.TypedMultipleChoiceField(coerce=int, required=False)

    def __init__(self, sent: QueryDict) -> None:
        super().__init__(sent)
        numbers = [text for text in sent.getlist("pick") if text.isascii() and text.isdecimal() and len(text) < 19]
        self.fields["pick"].choices = [(text, text) for text in dict.fromkeys(numbers)]


class ConfirmForm(HouseForm):
    """How the persons were reached."""

    way = forms.ChoiceField(label=_("How they were reached"), choices=AT_COUNTER, initial=Way.PHONE)
    note = forms.CharField(label=_("Note"), max_length=200, required=False)


class NothingForm(HouseForm):
    """An act that wants to know nothing."""


class AssignForm(HouseForm):
    """To whom, for what: a colleague near, or somebody else by name."""

    officer = forms.TypedChoiceField(
        label=pgettext_lazy("bulk", "Officer"), coerce=int, required=False, empty_value=None
    )
    another = FoundField(
        label=_("Another colleague"), required=False, max_length=120,
        help_text=_("Type a part of the name or the user name and choose from the list."),
    )  # fmt: skip
    asked = forms.CharField(label=_("What is to be done for each"), max_length=300)

    def __init__(self, *args: Any, officers: Officers, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["officer"].choices = [("", "—"), *officers.near.items()]
        self.fields["another"].find = officers.find

    def clean(self) -> dict[str, Any]:
        """Exactly one officer."""
        given = super().clean() or self.cleaned_data
        another = given.pop("another", None)
        if (given.get("officer") is None) == (another is None) and not {"officer", "another"} & self.errors.keys():
            self.add_error("officer", _("Choose a colleague, or name another one: one of them."))
        return given | ({"officer": another} if another else {})


def form_of(kind: str, sent: Any, officers: Officers) -> HouseForm:
    """The form of an act; unbound when nothing was sent yet."""
    if kind == BulkKind.CONFIRM:
        return ConfirmForm(sent)
    return AssignForm(sent, officers=officers) if kind == BulkKind.ASSIGN else NothingForm(sent or {})
