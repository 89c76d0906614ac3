"""What is typed at preference certificates."""

from django import forms
from django.utils.translation import gettext_lazy as _

from openpes.kernel.forms import HalfWidthField, HouseForm, LooseDateField, YuanField
from openpes.registration.actions import CertificateFacts, UseFacts
from openpes.registration.choices import (
    POLICY_SET,
    Document,
    Group,
)
from openpes.registration.forms.fields import coded, employer_of


class CertificateForm(HouseForm):
    """An application for a preference certificate."""

    group = forms.ChoiceField(label=_("Group"), choices=Group.choices, widget=forms.RadioSelect)
    documents = forms.MultipleChoiceField(
        label=_("Documents brought"), choices=Document.choices, widget=forms.CheckboxSelectMultiple
    )
    former_unit = forms.CharField(label=_("Former firm"), required=False, max_length=120)

    def facts(self) -> CertificateFacts:
        """What was told."""
        return CertificateFacts(**self.cleaned_data | {"documents": tuple(self.cleaned_data["documents"])})


class ReviewForm(HouseForm):
    """What the review of an application found."""

    note = forms.CharField(label=_("Remarks of the review"), required=False, max_length=300)


class ObjectionForm(HouseForm):
    """What somebody said against an application on notice."""

    said = forms.CharField(label=_("Objection"), max_length=500, widget=forms.Textarea(attrs={"rows": 2}))


class ObjectionAnswerForm(HouseForm):
    """What was found when an objection was looked into."""

    answer = forms.CharField(label=_("What was found"), max_length=500, widget=forms.Textarea(attrs={"rows": 2}))


class DecideForm(HouseForm):
    """The decision on an application."""

    issues = forms.TypedChoiceField(
        label=_("Decision"),
        choices=[("1", _("Issue it")), ("0", _("Refuse it"))],
        coerce=lambda value: value == "1",
        widget=forms.RadioSelect,
    )
    note = forms.CharField(label=_("Reason"), required=False, max_length=300, help_text=_("For a refusal."))


class UseForm(HouseForm):
    """A policy that a unit writes into a certificate."""

    policy = coded(POLICY_SET, _("Policy"))
    unit = forms.CharField(label=_("Granted by (unit)"), max_length=120)
    credit_code = HalfWidthField(
        label=_("Credit code of the employer"),
        required=False,
        max_length=18,
        help_text=_("Only when the employer draws it for having hired the person."),
    )
    amount_fen = YuanField(label=_("Amount (yuan)"), required=False)
    from_on = LooseDateField(label=_("From"))
    until_on = LooseDateField(label=_("Until"), required=False)

    def facts(self) -> UseFacts:
        """What was told."""
        told = dict(self.cleaned_data)
        return UseFacts(employer=told.pop("credit_code"), **told)

    def clean_credit_code(self) -> int | None:
        """The employer of a credit code."""
        return employer_of(self.cleaned_data["credit_code"])


class CheckForm(HouseForm):
    """The yearly check of a certificate."""

    passed = forms.TypedChoiceField(
        label=_("Result"),
        choices=[("1", _("Passed")), ("0", _("Failed"))],
        coerce=lambda value: value == "1",
    )
    note = forms.CharField(label=_("Reason"), required=False, max_length=300)


class RevokeForm(HouseForm):
    """Why a certificate is revoked."""

    reason = forms.CharField(label=_("Reason"), max_length=300)
