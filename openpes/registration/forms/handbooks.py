"""What is typed at handbooks."""


from django import forms
from django.utils.translation import gettext_lazy as _

from openpes.kernel.forms import HalfWidthField, HouseForm
from openpes.registration.choices import (
    CopyEnd,
    Holder,
)
from openpes.registration.forms.fields import employer_of


class HandbookReplaceForm(HouseForm):
    """Why a booklet is no longer valid."""

    reason = forms.ChoiceField(
        label=_("What happened to the booklet"),
        choices=[(CopyEnd.LOST, CopyEnd.LOST.label), (CopyEnd.DAMAGED, CopyEnd.DAMAGED.label),
                 (CopyEnd.FULL, CopyEnd.FULL.label)],
    )  # fmt: skip


class HandOverForm(HouseForm):
    """In whose hands a handbook goes."""

    holder = forms.ChoiceField(label=_("Given to"), choices=Holder.choices)
    credit_code = HalfWidthField(
        label=_("Credit code of the employer"),
        required=False,
        max_length=18,
        help_text=_("Only when it is given to the employer."),
    )
    note = forms.CharField(label=_("Remarks"), required=False, max_length=200)

    def clean_credit_code(self) -> int | None:
        """The employer of a credit code."""
        return employer_of(self.cleaned_data["credit_code"])


class PaperCheckForm(HouseForm):
    """What stands on a handbook or a certificate of transfer."""

    number = HalfWidthField(
        label=_("Number on the paper"), max_length=24, help_text=_("16 digits on a handbook, 17 on a certificate.")
    )
    code = HalfWidthField(label=_("Check letters"), max_length=12, help_text=_("8, beside the number"))

    def clean_number(self) -> str:
        """The digits alone."""
        return "".join(self.cleaned_data["number"].split())

    def clean_code(self) -> str:
        """The letters alone, as capitals."""
        return "".join(self.cleaned_data["code"].split()).upper()
