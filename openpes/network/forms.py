"""Forms of the network: a new service point, a posting."""

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from openpes.access import queries as access
from openpes.kernel.forms import HalfWidthField, HouseForm, LooseDateField
from openpes.network.choices import Level


class PointForm(HouseForm):
    """A new counter, office or station."""

    area = HalfWidthField(
        label=_("Area code"), max_length=12, help_text=_("6, 9 or 12 digits of the statistical code.")
    )
    name = forms.CharField(label=_("Name of the point"), max_length=100)
    opened_on = LooseDateField(label=_("Opened on"))

    def level(self) -> int:
        """The level of the area that was given; the city's when its code has no such length."""
        lengths = {6: Level.COUNTY, 9: Level.TOWN, 12: Level.VILLAGE}
        return lengths.get(len(self.cleaned_data["area"]), Level.CITY)


class PostingForm(HouseForm):
    """Who works here from today on."""

    account = HalfWidthField(label=_("User name"), max_length=60)
    window = HalfWidthField(label=_("Window"), max_length=20, required=False)

    def __init__(self, *args: Any, on: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._on = on

    def clean_account(self) -> int:
        """The number of the staff account of that name."""
        name = self.cleaned_data["account"]
        found = access.staff_account(username=name, on=self._on)
        if found is None:
            raise forms.ValidationError(
                _("There is no staff account “%(name)s”. Check the spelling, or let the administrator open it."),
                params={"name": name},
            )
        return found.pk
