"""Forms of what is released: a bulletin, a subscription, the keypad of a kiosk."""

from datetime import timedelta
from functools import partial
from typing import Any

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from openpes.codes.queries import occupation_code_of, occupation_label
from openpes.kernel.forms import HalfWidthField, HouseForm, LooseDateField
from openpes.messages.choices import Channel
from openpes.network.queries import area_exists, area_label
from openpes.screens.choices import Group, Paper

CLASSES = "12345678"
A_DAY = timedelta(days=1)


def class_choices() -> list[tuple[str, str]]:
    """The eight major classes of occupations in the reader's language."""
    return [(code, occupation_label(code)) for code in CLASSES]


def places_below(path: str) -> list[tuple[str, str]]:
    """A unit and those directly below it, for a field."""
    from openpes.network.queries import areas_below

    return [(path, area_label(path)), *((unit.path, unit.label) for unit in areas_below(path))]


class BulletinForm(HouseForm):
    """What a bulletin holds."""

    area = forms.ChoiceField(label=_("Area"))
    from_on = LooseDateField(label=_("Published from"))
    last_on = LooseDateField(label=_("Published until"))
    paper = forms.ChoiceField(label=pgettext_lazy("bulletin", "Paper"), choices=Paper.choices)
    language = forms.ChoiceField(label=_("Language"), choices=settings.LANGUAGES)
    group = forms.ChoiceField(
        label=_("For whom"), required=False, choices=[("", _("Everybody")), *Group.choices]
    )
    classes = forms.MultipleChoiceField(
        label=_("Classes of occupations"), required=False, choices=class_choices, widget=forms.CheckboxSelectMultiple,
        help_text=_("None chosen means all."),
    )  # fmt: skip
    occupation = HalfWidthField(
        label=_("One occupation"), required=False, max_length=60, help_text=_("Its name or code, in place of classes.")
    )
    title = HalfWidthField(label=_("Title"), required=False, max_length=80)

    def __init__(self, *args: Any, scope: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["area"].choices = partial(places_below, scope)  # type: ignore[attr-defined]

    def clean_occupation(self) -> str:
        """The code that was meant."""
        text = self.cleaned_data["occupation"]
        code = occupation_code_of(text) if text else ""
        if code is None:
            raise ValidationError(_("This is no occupation of the classification of 2022."))
        return code

    def facts(self) -> dict[str, Any]:
        """What the action takes."""
        told = dict(self.cleaned_data)
        one, classes = told.pop("occupation"), told.pop("classes")
        last = told.pop("last_on")
        return told | {"occupations": (one,) if one else tuple(classes), "until_on": last + A_DAY}


class SubscribeForm(HouseForm):
    """Where a digest goes and about what."""

    channel = forms.ChoiceField(label=pgettext_lazy("message", "Channel"), choices=Channel.choices)
    to = HalfWidthField(
        label=_("Mobile number or mail address"), max_length=254,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )  # fmt: skip
    place = forms.ChoiceField(label=_("Area"))
    occupation = forms.ChoiceField(label=pgettext_lazy("release", "Occupations"), required=False)

    def __init__(self, *args: Any, city: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["place"].choices = partial(places_below, city)  # type: ignore[attr-defined]
        self.fields["occupation"].choices = lambda: [("", _("All occupations")), *class_choices()]  # type: ignore[attr-defined]

    def clean_place(self) -> str:
        """A place of the city."""
        place = self.cleaned_data["place"]
        if not area_exists(place):
            raise ValidationError(_("There is no such area."))
        return str(place)


class CodeForm(HouseForm):
    """The code that was sent."""

    code = HalfWidthField(
        label=pgettext_lazy("release", "Code"), max_length=10,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "one-time-code"}),
    )  # fmt: skip
    asked = forms.CharField(widget=forms.HiddenInput, max_length=200)
