"""What is typed at registrations, ends, and job wishes."""

from functools import partial
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from openpes.codes.queries import choices_of, occupation_code_of
from openpes.employers.models import Employer
from openpes.employers.queries import employer_card_by_code
from openpes.kernel.forms import HalfWidthField, HouseForm, LooseDateField, YuanField
from openpes.kernel.scope import CITY
from openpes.network.choices import Level
from openpes.network.queries import area_choices
from openpes.registration.actions import EmploymentFacts, UnemploymentFacts, WishFacts
from openpes.registration.choices import (
    CANCEL_SET,
    CANCELLED_OTHERWISE,
    CATEGORY_SET,
    PROOF_SET,
    REASON_SET,
    SEEKER_SET,
    CopyEnd,
    EmploymentEnd,
    Holder,
    Ruling,
    Way,
)

NOTHING = ("", _("Please choose"))
PLACES = 3


def _with_empty(set_name: str) -> list[tuple[str, Any]]:
    return [NOTHING, *choices_of(set_name)]


def _coded(set_name: str, label: Any) -> forms.ChoiceField:
    return forms.ChoiceField(label=label, choices=partial(_with_empty, set_name))


def _place_choices() -> list[tuple[str, Any]]:
    return [("", _("any place")), *area_choices(CITY, Level.COUNTY), *area_choices(CITY, Level.TOWN)]


def _employer_of(code: str) -> int | None:
    if not code:
        return None
    try:
        return employer_card_by_code(credit_code=code).id
    except Employer.DoesNotExist:
        raise forms.ValidationError(
            _("No employer with the credit code “%(code)s” is registered; write its name instead.") % {"code": code}
        ) from None


class OccupationField(forms.CharField):
    """An occupation by its code or exact name, usually taken from the suggestions; becomes its code."""

    default_error_messages = {
        "unknown": _("“%(value)s” is not an occupation; type a word of it and choose from the list."),
    }

    def clean(self, value: Any) -> str:
        text = super().clean(value)
        code = occupation_code_of(text) if text else ""
        if code is None:
            raise forms.ValidationError(self.error_messages["unknown"], code="unknown", params={"value": text})
        return code


class UnemploymentForm(HouseForm):
    """An unemployment registration."""

    reason = _coded(REASON_SET, _("Reason for unemployment"))
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

    category = _coded(CATEGORY_SET, _("Kind of employment"))
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
        return _employer_of(self.cleaned_data["credit_code"])

    def facts(self) -> EmploymentFacts:
        """What was told."""
        told = dict(self.cleaned_data)
        return EmploymentFacts(employer=told.pop("credit_code"), **told)


class UnemploymentEndForm(HouseForm):
    """The end of an unemployment registration."""

    reason = _coded(CANCEL_SET, _("Reason for the end"))
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


class WishForm(HouseForm):
    """A job wish; the fewer conditions, the more vacancies fit."""

    category = _coded(SEEKER_SET, _("Group of job seekers"))
    occupation_1 = OccupationField(
        label=_("Wanted occupation"), required=False, max_length=60, help_text=_("None means any occupation.")
    )
    occupation_2 = OccupationField(label=_("Second choice"), required=False, max_length=60)
    occupation_3 = OccupationField(label=_("Third choice"), required=False, max_length=60)
    place_1 = forms.ChoiceField(label=_("Wanted place"), required=False, choices=_place_choices)
    place_2 = forms.ChoiceField(label=_("Second place"), required=False, choices=_place_choices)
    place_3 = forms.ChoiceField(label=_("Third place"), required=False, choices=_place_choices)
    only_these_places = forms.BooleanField(label=_("Only these places"), required=False)
    min_pay_fen = YuanField(label=_("Least pay a month (yuan)"), required=False)
    experience_years = forms.IntegerField(label=_("Years of experience"), required=False, min_value=0, max_value=60)
    wants_training = forms.BooleanField(label=_("Would take part in training"), required=False)
    version = forms.IntegerField(required=False, widget=forms.HiddenInput)

    def facts(self) -> WishFacts:
        """What was told."""
        told = self.cleaned_data
        return WishFacts(
            category=told["category"],
            occupations=self._filled("occupation"),
            places=self._filled("place"),
            only_these_places=told["only_these_places"],
            min_pay_fen=told["min_pay_fen"] or 0,
            experience_years=told["experience_years"] or 0,
            wants_training=told["wants_training"],
        )

    def _filled(self, name: str) -> tuple[str, ...]:
        values = (self.cleaned_data[f"{name}_{number}"] for number in range(1, PLACES + 1))
        return tuple(value for value in values if value)


class ContactForm(HouseForm):
    """How a registered person confirmed to be unemployed still."""

    way = forms.ChoiceField(
        label=_("How"),
        choices=[(way.value, way.label) for way in (Way.COUNTER, Way.PHONE, Way.VISIT)],
    )
    note = forms.CharField(label=_("Remarks"), required=False, max_length=200)


class AppealForm(HouseForm):
    """An appeal against a decision."""

    grounds = forms.CharField(
        label=_("Why the decision is held to be wrong"), max_length=1000, widget=forms.Textarea(attrs={"rows": 5})
    )


class RulingForm(HouseForm):
    """The ruling of an appeal."""

    ruling = forms.ChoiceField(label=_("Ruling"), choices=Ruling.choices, widget=forms.RadioSelect)
    reason = forms.CharField(
        label=_("Reasons of the ruling"), max_length=1000, widget=forms.Textarea(attrs={"rows": 5})
    )


class TransferForm(HouseForm):
    """The answer to a hand-over."""

    note = forms.CharField(
        label=_("Why it is returned"), required=False, max_length=300, help_text=_("Only when it is returned.")
    )


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
        return _employer_of(self.cleaned_data["credit_code"])


class HandbookCheckForm(HouseForm):
    """What stands on a booklet."""

    number = HalfWidthField(label=_("Number of the handbook"), max_length=20, help_text=_("16 digits"))
    code = HalfWidthField(label=_("Check letters"), max_length=12, help_text=_("8, beside the number"))

    def clean_number(self) -> str:
        """The digits alone."""
        return "".join(self.cleaned_data["number"].split())

    def clean_code(self) -> str:
        """The letters alone, as capitals."""
        return "".join(self.cleaned_data["code"].split()).upper()


class UnemployedSieveForm(HouseForm):
    """What the list of the registered unemployed is narrowed to."""

    area = forms.ChoiceField(label=_("Area"), required=False)
    reason = forms.ChoiceField(label=_("Reason for unemployment"), required=False)
    since_from_on = LooseDateField(label=_("Since, from"), required=False)
    since_until_on = LooseDateField(label=_("Since, until"), required=False)
    months_min = forms.IntegerField(label=_("For at least (months)"), required=False, min_value=0, max_value=600)

    def __init__(self, *args: Any, areas: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        everything = ("", _("all"))
        self.fields["area"].choices = [everything, *areas]
        self.fields["reason"].choices = [everything, *choices_of(REASON_SET)]
