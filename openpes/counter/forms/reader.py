"""The form of the card reader of one computer."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from openpes.counter.choices import WITH_PORT, ReaderDriver
from openpes.kernel.forms import HouseForm


class ReaderForm(HouseForm):
    """How the reader speaks, and on which port its program listens."""

    driver = forms.ChoiceField(
        label=pgettext_lazy("reader", "How the reader speaks"), choices=ReaderDriver.choices, widget=forms.RadioSelect
    )
    port = forms.IntegerField(
        label=pgettext_lazy("reader", "Port of its program"), min_value=1024, max_value=65535, required=False,
        help_text=_("Only for a program on this computer; the manual of the reader names it."),
    )  # fmt: skip

    def clean(self) -> dict[str, Any]:
        told = super().clean() or {}
        if told.get("driver") in WITH_PORT and not told.get("port") and "port" not in self.errors:
            self.add_error("port", _("Name the port on which the program of the reader listens."))
        return told

    @property
    def setting(self) -> str:
        """What this computer remembers: the driver, and the port where it has one."""
        driver, port = self.cleaned_data["driver"], self.cleaned_data["port"]
        return f"{driver}:{port}" if driver in WITH_PORT else str(driver)
