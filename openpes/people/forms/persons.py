"""What is typed about persons and their homes."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from openpes.audit.choices import Purpose
from openpes.codes.queries import skill_options, skill_search_lines
from openpes.kernel.forms import HalfWidthField, HouseForm, LooseDateField, ManyField
from openpes.network.choices import Level
from openpes.people.choices import Identifier, Sex
from openpes.people.forms.fields import NOTHING, AreaForm, AreaTextField, coded


class FactsForm(HouseForm):
    """What may change in a person's life."""

    ethnic_group = coded("ethnic", _("Ethnic group"))
    education = coded("education_2006", _("Education"))
    hukou = coded("hukou", _("Household registration"))
    marital = coded("marital_gb", _("Marital status"))
    skill_level = coded("skill_level", _("Vocational qualification level"))
    skills = ManyField(label=_("Skills and licences"), choices=skill_options, search_lines=skill_search_lines)

    def codes(self) -> dict[str, Any]:
        """The chosen codes."""
        names = ("ethnic_group", "education", "hukou", "marital", "skill_level")
        chosen = {name: self.cleaned_data[name] for name in names}
        return chosen | {"skills": tuple(self.cleaned_data["skills"])}


class PersonForm(AreaForm, FactsForm):
    """A person who is registered for the first time."""

    id_number = HalfWidthField(
        label=_("Identity number"),
        max_length=60,
        widget=forms.TextInput(attrs={"autocomplete": "off", "inputmode": "text", "autofocus": ""}),
        help_text=_("18 characters; 15 digits of an old card are upgraded."),
    )
    name = forms.CharField(label=_("Name"), max_length=80, widget=forms.TextInput(attrs={"autocomplete": "off"}))
    phone = HalfWidthField(
        label=_("Telephone"), required=False, max_length=30, widget=forms.TextInput(attrs={"inputmode": "tel"})
    )
    area = AreaTextField(
        label=_("Community or village"),
        level=Level.VILLAGE,
        max_length=100,
        help_text=_("Where the person lives; type a part of the name."),
    )
    address = forms.CharField(label=_("Address"), required=False, max_length=200)
    resides_from_on = LooseDateField(label=_("Lives there since"), required=False)
    because = forms.CharField(
        label=_("It is another person, because"),
        required=False,
        max_length=300,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    field_order = ["id_number", "name", "phone", "area", "address", "resides_from_on"]


class ChangeForm(FactsForm):
    """New facts of a person; the telephone is only written when it changes, the name has a page of its own."""

    phone = HalfWidthField(
        label=_("New telephone"),
        required=False,
        max_length=30,
        help_text=_("Empty keeps the present one."),
        widget=forms.TextInput(attrs={"inputmode": "tel"}),
    )
    no_phone = forms.BooleanField(label=_("Take the telephone number away"), required=False)
    version = forms.IntegerField(widget=forms.HiddenInput)
    field_order = ["phone", "no_phone"]


class MoveForm(AreaForm):
    """Another home."""

    area = AreaTextField(
        label=_("New community or village"),
        level=Level.VILLAGE,
        max_length=100,
        help_text=_("Anywhere in the city; type a part of the name."),
    )
    address = forms.CharField(label=_("Address"), required=False, max_length=200)
    on = LooseDateField(label=_("Lives there since"))


class RevealForm(HouseForm):
    """Why an identifier is to be shown in full."""

    identifier = forms.ChoiceField(label=_("Show"), choices=Identifier.choices)
    purpose = forms.ChoiceField(label=_("What for"), choices=[NOTHING, *Purpose.choices])
    case = HalfWidthField(
        label=_("Case number"), max_length=40, help_text=_("From the receipt, the letter or the inquiry.")
    )


class SieveForm(HouseForm):
    """What the list of persons is narrowed to; names stay out of it, because the address of the page holds it."""

    area = forms.ChoiceField(label=_("Area"), required=False)
    sex = forms.ChoiceField(label=_("Sex"), required=False, choices=[("", _("all")), *Sex.choices])
    education = coded("education_2006", _("Education"), empty=("", _("all")))
    hukou = coded("hukou", _("Household registration"), empty=("", _("all")))
    age_min = forms.IntegerField(label=_("Age from"), required=False, min_value=0, max_value=130)
    age_max = forms.IntegerField(label=_("Age to"), required=False, min_value=0, max_value=130)

    def __init__(self, *args: Any, areas: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["area"].choices = [("", _("all")), *areas]
