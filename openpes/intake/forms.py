"""The forms of a file that comes in: the upload, and how to accept."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from openpes.intake.choices import Acceptance
from openpes.kernel.forms import HouseForm


class UploadForm(HouseForm):
    """A table to bring in."""

    file = forms.FileField(
        label=_("File"),
        help_text=_("An Excel workbook (.xlsx), at most 20 MB and 200,000 rows"),
        error_messages={
            "required": _("Choose a file first."),
            "empty": _("The file is empty. Choose the Excel file that you filled in."),
        },
        widget=forms.FileInput(attrs={"accept": ".xlsx,.xlsm", "data-focus": True}),
    )

    def content(self) -> bytes:
        """The bytes of the file."""
        upload: Any = self.cleaned_data["file"]
        return bytes(upload.read())

    def file_name(self) -> str:
        """The name of the file, as the clerk's computer called it."""
        return str(self.cleaned_data["file"].name)


class AcceptForm(HouseForm):
    """Which rows to accept."""

    which = forms.ChoiceField(
        label=pgettext_lazy("batch", "Accept"), choices=Acceptance, initial=Acceptance.GOOD, widget=forms.RadioSelect
    )

    def all_or_none(self) -> bool:
        """Whether the clerk wants all rows or none."""
        return bool(self.cleaned_data["which"] == Acceptance.ALL)
