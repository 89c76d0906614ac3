"""Forms of appointments: where and for what, which time, until when to be told of a free one."""

from datetime import datetime
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from openpes.kernel import clock
from openpes.kernel.forms import HouseForm, LooseDateField


class PlaceForm(HouseForm):
    """At which office, and for what; asked by the address of the page."""

    point = forms.TypedChoiceField(label=_("Office"), coerce=int)
    purpose = forms.ChoiceField(label=_("What do you come for?"))

    def __init__(
        self, *args: Any, points: list[tuple[int, str]], purposes: list[tuple[str, str]], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.fields["point"].choices = points
        self.fields["purpose"].choices = purposes


class TimeField(forms.CharField):
    """A moment as the buttons of the times send it."""

    def clean(self, value: Any) -> datetime:
        text = super().clean(value)
        try:
            return datetime.strptime(text, "%Y%m%d%H%M").replace(tzinfo=clock.BUSINESS_ZONE)
        except ValueError:
            raise forms.ValidationError(_("Choose one of the times shown."), code="invalid") from None


class TimeForm(HouseForm):
    """Which of the free times."""

    starts_at = TimeField(label=_("Time"))


class RecallForm(HouseForm):
    """Until which day somebody wants to be told of a free time."""

    until_on = LooseDateField(label=_("Tell me of free times until"))
