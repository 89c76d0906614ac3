"""Forms of employers: the licence, the own contact, papers, people to call, sites, accounts, the blacklist."""

from functools import partial
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from openpes.codes.queries import choices_of, industry_choices
from openpes.employers.actions import Blame, ContactFacts, DocumentFacts, EmployerFacts, SiteFacts
from openpes.employers.choices import (
    ECONOMIC_TYPE,
    UNIT_TYPE,
    BlacklistGround,
    ConsentWay,
    DocumentKind,
    MemberRight,
    Purpose,
)
from openpes.kernel.forms import HalfWidthField, HouseForm, LooseDateField
from openpes.kernel.scope import CITY
from openpes.network.queries import place_choices

NOT_STATED = ("", _("Not stated"))


def _or_nothing(choices: Any) -> list[tuple[str, Any]]:
    return [NOT_STATED, *choices()]


class EmployerForm(HouseForm):
    """What the licence says of an employer, and how to reach it."""

    credit_code = HalfWidthField(
        label=_("Unified social credit code"),
        max_length=30,
        help_text=_("18 characters as on the licence; before 2015, the organisation code of 9."),
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


class DocumentForm(HouseForm):
    """A paper that somebody of the office has seen."""

    kind = forms.ChoiceField(label=_("Document"), choices=DocumentKind)
    number = HalfWidthField(label=_("Number of the document"), max_length=40)
    issued_by = forms.CharField(label=_("Issued by"), max_length=80)
    valid_until_on = LooseDateField(
        label=_("Valid until"), required=False, help_text=_("Empty when it is valid without limit.")
    )

    def facts(self) -> DocumentFacts:
        """What was written."""
        return DocumentFacts(**self.cleaned_data)


class PersonForm(HouseForm):
    """Somebody who agreed to be contacted, for what, when and how."""

    name = forms.CharField(label=_("Name of the person"), max_length=80)
    position = forms.CharField(label=_("Position"), max_length=60, required=False)
    phone = HalfWidthField(label=_("Telephone"), max_length=30, widget=forms.TextInput(attrs={"inputmode": "tel"}))
    purposes = forms.MultipleChoiceField(
        label=_("Agreed to be contacted for"), choices=Purpose, widget=forms.CheckboxSelectMultiple
    )
    given_on = LooseDateField(label=_("Agreed on"))
    way = forms.ChoiceField(label=_("How it was agreed"), choices=ConsentWay)

    def facts(self, **changes: str) -> ContactFacts:
        """What was written."""
        stated = self.cleaned_data | {"purposes": tuple(self.cleaned_data["purposes"])} | changes
        return ContactFacts(**stated)


class SiteForm(HouseForm):
    """A place where people work, anywhere in the city."""

    name = forms.CharField(label=_("Name of the site"), max_length=80, help_text=_("How people call it: plant 2."))
    area = forms.ChoiceField(label=_("Where it stands"))
    address = forms.CharField(label=_("Address"), max_length=200)
    latitude = forms.DecimalField(
        label=_("Latitude"), required=False, max_digits=7, decimal_places=5, help_text=_("Degrees, near 22.8.")
    )
    longitude = forms.DecimalField(
        label=_("Longitude"), required=False, max_digits=8, decimal_places=5, help_text=_("Degrees, near 108.4.")
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["area"].choices = place_choices(CITY)

    def facts(self) -> SiteFacts:
        """What was written."""
        return SiteFacts(**self.cleaned_data)


class MemberForm(HouseForm):
    """Who gets an account of an employer, and what that person may do."""

    name = forms.CharField(label=_("Name of the person"), max_length=80)
    username = HalfWidthField(
        label=_("User name"), max_length=40, help_text=_("Small letters, digits, dots; the person signs in with it.")
    )
    right = forms.ChoiceField(
        label=_("May do"), choices=MemberRight, initial=MemberRight.RECRUITER,
        help_text=_("An administrator keeps the accounts; a recruiter reports vacancies; a reader changes nothing."),
    )  # fmt: skip


class BlameForm(HouseForm):
    """Why an employer shall not be served for a time."""

    ground = forms.ChoiceField(label=pgettext_lazy("blacklist", "Ground"), choices=BlacklistGround)
    clause = forms.CharField(
        label=pgettext_lazy("blacklist", "Clause"),
        max_length=200,
        required=False,
        help_text=_("Empty: the clause of the ground."),
    )
    words = forms.CharField(
        label=_("What the employer did, and what proves it"), max_length=600,
        widget=forms.Textarea(attrs={"rows": 3}), help_text=_("The employer reads these words. No person's number."),
    )  # fmt: skip
    begins_on = LooseDateField(label=_("From"))
    ends_on = LooseDateField(label=_("Until (that day no more)"))

    def blame(self) -> Blame:
        """What was written."""
        return Blame(**self.cleaned_data)


class RulingForm(HouseForm):
    """What an officer says when deciding."""

    words = forms.CharField(
        label=_("In words that the employer reads"), max_length=600, required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )  # fmt: skip


class AppealForm(HouseForm):
    """What an employer says against an entry."""

    words = forms.CharField(
        label=_("What is wrong with the entry"), max_length=600, widget=forms.Textarea(attrs={"rows": 4})
    )
