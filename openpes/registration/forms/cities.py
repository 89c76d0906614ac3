"""What is typed at registrations between cities."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from openpes.codes.queries import choices_of
from openpes.kernel.forms import HalfWidthField, HouseForm, LooseDateField
from openpes.registration.choices import PROOF_SET, REASON_SET
from openpes.registration.forms.fields import NOTHING, ReasonForm, coded
from openpes.registration.queries import city_choices
from openpes.registration.rules.cities import TransferInFacts


def places() -> list[tuple[str, Any]]:
    """The cities of the country with an empty first choice."""
    return [NOTHING, *city_choices()]


def proofs() -> list[tuple[str, Any]]:
    """The proofs that can be brought."""
    return choices_of(PROOF_SET)


class TransferOutForm(HouseForm):
    """Where an unemployment registration goes."""

    to_place = forms.ChoiceField(
        label=_("To the city"), choices=places, widget=forms.Select(attrs={"autofocus": ""})
    )
    to_office = forms.CharField(
        label=_("Office there"), required=False, max_length=120, help_text=_("If the person knows it.")
    )


class TakeBackForm(HouseForm):
    """Why a certificate of transfer is taken back."""

    why = forms.CharField(label=_("Why it is taken back"), max_length=300)


class TransferInForm(ReasonForm):
    """Another city's certificate, and what the person declares here."""

    from_place = forms.ChoiceField(
        label=_("From the city"), choices=places, widget=forms.Select(attrs={"autofocus": ""})
    )
    from_office = forms.CharField(label=_("Office there"), max_length=120)
    paper_number = HalfWidthField(label=_("Number of the certificate"), max_length=40)
    paper_issued_on = LooseDateField(label=_("Certificate of"))
    since_on = LooseDateField(label=_("Unemployed since"))
    left_on = LooseDateField(label=_("Registration ended there on"))
    months = forms.IntegerField(
        label=_("Whole months of unemployment"), min_value=0, max_value=600, help_text=_("As the certificate counts.")
    )
    reason = coded(REASON_SET, _("Reason for unemployment"))
    former_employer = forms.CharField(label=_("Former employer"), required=False, max_length=120)
    proofs = forms.MultipleChoiceField(
        label=_("Proof handed in"), required=False, choices=proofs, widget=forms.CheckboxSelectMultiple
    )
    willing = forms.BooleanField(
        label=_("Declares to be able to work and to want a job"), required=False
    )

    def facts(self) -> TransferInFacts:
        """What was told."""
        return TransferInFacts(**self.cleaned_data | {"proofs": tuple(self.cleaned_data["proofs"])})
