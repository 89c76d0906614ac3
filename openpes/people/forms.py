"""What is typed about persons, homes and households."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from openpes.codes.queries import choices_of, skill_options, skill_search_lines
from openpes.kernel.forms import HalfWidthField, HouseForm, LooseDateField, ManyField, half_width
from openpes.network.choices import Level
from openpes.network.queries import area
from openpes.people.choices import Identifier, Purpose, Relation, Sex
from openpes.people.queries import area_path_of

NOTHING = ("", _("Please choose"))


def coded(set_name: str, label: Any, *, empty: Any = NOTHING, required: bool = False) -> forms.ChoiceField:
    """A field for a code of a national list, in the language of each request."""

    def choices() -> list[tuple[str, Any]]:  # a function, because every form copies its fields, and functions are not
        return [empty, *choices_of(set_name)]

    return forms.ChoiceField(label=label, required=required, choices=choices)


class AreaTextField(forms.CharField):
    """An area written as its names or chosen from suggestions; becomes its path."""

    default_error_messages = {
        "unknown": _("“%(value)s” does not name one area here; type a part of the name and choose from the list."),
        "too_wide": _("“%(value)s” is larger than one community or village; choose one of those inside it."),
    }
    scope = ""

    def __init__(self, *, level: Level | None = None, **kwargs: Any) -> None:
        """With `level` only areas of that level will do."""
        super().__init__(**kwargs)
        self.level = level

    def clean(self, value: Any) -> str:
        text = super().clean(value)
        if not text:
            return ""
        path = area_path_of(scope=self.scope, text=half_width(text))
        if path is None:
            raise forms.ValidationError(self.error_messages["unknown"], code="unknown", params={"value": text})
        if self.level is not None and area(path).level != self.level:
            raise forms.ValidationError(self.error_messages["too_wide"], code="too_wide", params={"value": text})
        return path


class AreaForm(HouseForm):
    """A form with an area; `scope` is where that may lie."""

    def __init__(self, *args: Any, scope: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            if isinstance(field, AreaTextField):
                field.scope = scope


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
    field_order = ["id_number", "name", "phone", "area", "address", "resides_from_on"]


class ChangeForm(FactsForm):
    """New facts of a person; the telephone is only written when it changes."""

    name = forms.CharField(label=_("Name"), max_length=80)
    phone = HalfWidthField(
        label=_("New telephone"),
        required=False,
        max_length=30,
        help_text=_("Empty keeps the present one."),
        widget=forms.TextInput(attrs={"inputmode": "tel"}),
    )
    no_phone = forms.BooleanField(label=_("Take the telephone number away"), required=False)
    version = forms.IntegerField(widget=forms.HiddenInput)
    field_order = ["name", "phone", "no_phone"]


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


class HouseholdForm(AreaForm):
    """A household to be formed around a person."""

    booklet_no = HalfWidthField(label=_("Booklet number"), required=False, max_length=30)
    area = AreaTextField(label=_("Community or village"), level=Level.VILLAGE, max_length=100)
    address = forms.CharField(label=_("Address"), required=False, max_length=200)
    kind = coded("rural_household_type", _("Type of rural household"), empty=("", pgettext_lazy("household", "Urban")))
    farmland_mu = forms.DecimalField(
        label=_("Farmland (mu)"), required=False, min_value=0, max_digits=8, decimal_places=2, localize=False
    )
    land_taken = forms.BooleanField(label=_("Land was taken"), required=False)
    from_on = LooseDateField(label=_("In the household since"))


class MemberForm(HouseForm):
    """A member to be added to a household, or the end of a membership."""

    booklet_no = HalfWidthField(label=_("Booklet number"), max_length=30)
    relation = forms.ChoiceField(label=_("Relation to the head"), choices=Relation.choices[1:])
    from_on = LooseDateField(label=_("In the household since"))


class LeaveForm(HouseForm):
    """The end of a membership."""

    on = LooseDateField(label=_("Left the household on"))


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
