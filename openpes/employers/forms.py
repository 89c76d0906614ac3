"""Forms of employers: everything of the licence for staff, the contact for the employer itself."""

from functools import partial
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from openpes.codes.queries import choices_of, industry_choices
from openpes.employers.actions import EmployerFacts
from openpes.employers.choices import ECONOMIC_TYPE, UNIT_TYPE
from openpes.kernel.forms import HalfWidthField, HouseForm
from openpes.network.queries import place_choices

NOT_STATED = ("", _("Not stated"))


def _or_nothing(choices: Any) -> list[tuple[str, Any]]:
    return [NOT_STATED, *choices()]


class EmployerForm(HouseForm):
    """What the licence says of an employer, and how to reach it."""

    credit_code = HalfWidthField(
        label=_("Unified social credit code"), max_length=30, help_text=_("18 characters, as on the licence.")
    )
    name = forms.CharField(label=_("Name of the employer"), max_length=120)
    area = forms.ChoiceField(label=_("Where it stands"))
    address = forms.CharField(label=_("Address"), max_length=200, required=False)
    unit_type = forms.ChoiceField(
        label=_("Type of unit"), required=False, choices=partial(_or_nothing, partial(choices_of, UNIT_TYPE))
    )
    economic_type = forms.ChoiceField(
        label=_("Economic type"), required=False, choices=partial(_or_nothing, partial(choices_of, ECONOMIC_TYPE))
    )
    industry = forms.ChoiceField(
        label=_("Industry"), required=False, choices=partial(_or_nothing, partial(industry_choices, 1))
    )
    staff_count = forms.IntegerField(label=_("Staff"), required=False, min_value=0, max_value=1_000_000)
    contact_name = forms.CharField(label=_("Contact person"), max_length=80, required=False)
    contact_phone = HalfWidthField(label=_("Contact phone"), max_length=30, required=False)
    version = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, scope: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        industry = self.initial.get("industry", "")
        if len(industry) > 1:  # a division that an import or another system gave
            self.fields["industry"].choices = partial(_or_nothing, partial(industry_choices, 2))
        self.fields["area"].choices = place_choices(scope)

    def facts(self) -> EmployerFacts:
        """The facts that were written."""
        return EmployerFacts(**{name: self.cleaned_data[name] for name in EmployerFacts.__dataclass_fields__})


class ContactForm(HouseForm):
    """What an employer keeps up to date itself."""

    address = forms.CharField(label=_("Address"), max_length=200)
    staff_count = forms.IntegerField(label=_("Staff"), required=False, min_value=0, max_value=1_000_000)
    contact_name = forms.CharField(label=_("Contact person"), max_length=80)
    contact_phone = HalfWidthField(label=_("Contact phone"), max_length=30)
    version = forms.IntegerField(widget=forms.HiddenInput)
