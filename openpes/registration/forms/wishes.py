"""What is typed at a job wish."""


from django import forms
from django.utils.translation import gettext_lazy as _

from openpes.kernel.forms import HouseForm, YuanField
from openpes.registration.actions import WishFacts
from openpes.registration.choices import (
    SEEKER_SET,
)
from openpes.registration.forms.fields import PLACES, OccupationField, coded, place_choices


class WishForm(HouseForm):
    """A job wish; the fewer conditions, the more vacancies fit."""

    category = coded(SEEKER_SET, _("Group of job seekers"), first=True)
    occupation_1 = OccupationField(
        label=_("Wanted occupation"), required=False, max_length=60, help_text=_("None means any occupation.")
    )
    occupation_2 = OccupationField(label=_("Second choice"), required=False, max_length=60)
    occupation_3 = OccupationField(label=_("Third choice"), required=False, max_length=60)
    place_1 = forms.ChoiceField(label=_("Wanted place"), required=False, choices=place_choices)
    place_2 = forms.ChoiceField(label=_("Second place"), required=False, choices=place_choices)
    place_3 = forms.ChoiceField(label=_("Third place"), required=False, choices=place_choices)
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
