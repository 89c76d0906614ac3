"""Fields for codes and areas."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from openpes.codes.queries import choices_of
from openpes.kernel.forms import HouseForm, half_width
from openpes.network.choices import Level
from openpes.network.queries import area
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
