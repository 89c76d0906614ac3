"""What is typed at registrations, hires and ends, and what lists are narrowed to."""

from functools import partial
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from openpes.codes.queries import choices_of
from openpes.kernel.forms import HalfWidthField, HouseForm, LooseDateField, YuanField
from openpes.registration.actions import EmploymentFacts, UnemploymentFacts
from openpes.registration.choices import (
    CANCEL_SET,
    CANCELLED_OTHERWISE,
    CATEGORY_SET,
    PROOF_SET,
    REASON_SET,
    EmploymentEnd,
)
from openpes.registration.forms.fields import (
    NOTHING,
    OccupationField,
    ReasonForm,
    coded,
    employed_by_units,
    employer_of,
)


class UnemploymentForm(ReasonForm):
    """An unemployment registration."""

    reason = coded(REASON_SET, _("Reason for unemployment"), first=True)
    from_on = LooseDateField(label=_("Unemployed since"), help_text=_("The first day without work, as on the proof."))
    former_employer = forms.CharField(label=_("Former employer"), required=False, max_length=120)
    proofs = forms.MultipleChoiceField(
        label=_("Proof handed in"),
        required=False,
        choices=partial(choices_of, PROOF_SET),
        widget=forms.CheckboxSelectMultiple,
    )
    willing = forms.BooleanField(label=_("Declares to be able to work and to want a job"), required=False)
    note = forms.CharField(label=_("Remarks"), required=False, max_length=300, widget=forms.Textarea(attrs={"rows": 2}))

    def facts(self) -> UnemploymentFacts:
        """What was told."""
        return UnemploymentFacts(**self.cleaned_data | {"proofs": tuple(self.cleaned_data["proofs"])})


class ProofsForm(HouseForm):
    """Proofs that came after the registration."""

    proofs = forms.MultipleChoiceField(
        label=_("Proof handed in"), choices=partial(choices_of, PROOF_SET), widget=forms.CheckboxSelectMultiple
    )


class EmploymentForm(HouseForm):
    """An employment registration."""

    category = coded(CATEGORY_SET, _("Kind of employment"), first=True)
    from_on = LooseDateField(label=_("First day of work"))
    credit_code = HalfWidthField(
        label=_("Credit code of the employer"),
        required=False,
        max_length=18,
        help_text=_("When the employer is registered in the city."),
    )
    workplace = forms.CharField(
        label=_("Name of the employer"), required=False, max_length=120, help_text=_("When it is not registered here.")
    )
    occupation = OccupationField(label=_("Occupation"), required=False, max_length=60)
    pay_fen = YuanField(label=_("Pay a month (yuan)"), required=False)
    contract_until_on = LooseDateField(label=_("Contract until"), required=False)
    note = forms.CharField(label=_("Remarks"), required=False, max_length=300, widget=forms.Textarea(attrs={"rows": 2}))

    def clean_credit_code(self) -> int | None:
        """The employer of a credit code."""
        return employer_of(self.cleaned_data["credit_code"])

    def facts(self) -> EmploymentFacts:
        """What was told."""
        told = dict(self.cleaned_data)
        return EmploymentFacts(employer=told.pop("credit_code"), **told)


class HireFilingForm(HouseForm):
    """A hire as an employer files it."""

    id_number = HalfWidthField(label=_("Identity number"), max_length=20)
    name = forms.CharField(label=_("Name"), max_length=80)
    category = forms.ChoiceField(label=_("Kind of employment"), choices=employed_by_units)
    from_on = LooseDateField(label=_("First day of work"))
    occupation = OccupationField(label=_("Occupation"), required=False, max_length=60)
    pay_fen = YuanField(label=_("Pay a month (yuan)"), required=False)
    contract_until_on = LooseDateField(label=_("Contract until"), required=False)

    def person(self) -> dict[str, str]:
        """Who was hired."""
        return {name: self.cleaned_data[name] for name in ("id_number", "name")}

    def facts(self) -> EmploymentFacts:
        """What was told of the work."""
        return EmploymentFacts(**{k: v for k, v in self.cleaned_data.items() if k not in ("id_number", "name")})


class UnemploymentEndForm(HouseForm):
    """The end of an unemployment registration."""

    reason = coded(CANCEL_SET, _("Reason for the end"))
    on = LooseDateField(label=_("Ended on"), help_text=_("The day itself no longer counts as unemployed."))
    note = forms.CharField(label=_("What shows it"), required=False, max_length=300)

    def clean(self) -> dict[str, Any]:
        """“Other” is no reason by itself."""
        told = super().clean() or {}
        if told.get("reason") == CANCELLED_OTHERWISE and not told.get("note"):
            self.add_error("note", _("“Other” needs its reason in words; the person reads it."))
        return told


class EmploymentEndForm(HouseForm):
    """The end of an employment."""

    reason = forms.ChoiceField(label=_("Reason for the end"), choices=[NOTHING, *EmploymentEnd.choices])
    on = LooseDateField(label=_("Ended on"), help_text=_("The first day without this employment."))


class UnemployedSieveForm(HouseForm):
    """What the list of the registered unemployed is narrowed to."""

    area = forms.ChoiceField(label=_("Area"), required=False)
    reason = forms.ChoiceField(label=_("Reason for unemployment"), required=False)
    since_from_on = LooseDateField(label=_("Since, from"), required=False)
    since_until_on = LooseDateField(label=_("Since, until"), required=False)
    months_min = forms.IntegerField(label=_("For at least (months)"), required=False, min_value=0, max_value=600)
    past_age = forms.BooleanField(label=_("Retirement age reached"), required=False)

    def __init__(self, *args: Any, areas: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        everything = ("", _("all"))
        self.fields["area"].choices = [everything, *areas]
        self.fields["reason"].choices = [everything, *choices_of(REASON_SET)]
