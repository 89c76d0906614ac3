"""The shape of every form: full-width input is understood, dates are loose, refusals land at their field."""

import re
import unicodedata
from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from openpes.kernel.mistakes import NamedMistakes
from openpes.kernel.refusal import Refused

DATE_SHAPE = re.compile(r"^(\d{4})[-./年](\d{1,2})[-./月](\d{1,2})日?$", re.ASCII)
DATE_IN_A_ROW = re.compile(r"^(\d{4})(\d{2})(\d{2})$", re.ASCII)  # all eight digits, or 2026111 could be two days


def half_width(text: str) -> str:
    """Full-width letters and digits as their ordinary forms (NFKC), blanks at the ends gone."""
    return unicodedata.normalize("NFKC", text).strip()


class HouseForm(NamedMistakes, forms.Form):
    """A form whose mistakes name their field, and that shows the refusal of an action like its own errors."""

    template_name_label = None
    use_required_attribute = False

    def refuse(self, refused: Refused) -> None:
        """Add every reason to its field, or to the whole form when it names none of these fields."""
        for reason in refused.reasons:
            words = [str(part) for part in (reason.text, reason.clause, reason.next_step) if part]
            self.add_error(reason.field if reason.field in self.fields else None, " ".join(words))


class HalfWidthField(forms.CharField):
    """Text in which full-width digits and letters count as ordinary ones."""

    def to_python(self, value: Any) -> str:
        return half_width(super().to_python(value) or "")


class FoundField(HalfWidthField):
    """Words that name one thing, which `find` looks up; with a picker in the template they are chosen from a list."""

    default_error_messages = {"unknown": _("“%(value)s” names nobody, or more than one. Choose from the list.")}
    find: Callable[[str], Any]

    def clean(self, value: Any) -> Any:
        """What is named; None when nothing was typed."""
        text = super().clean(value)
        if not text:
            return None
        found = self.find(text)
        if found is None:
            raise forms.ValidationError(self.error_messages["unknown"], code="unknown", params={"value": text})
        return found


YEARS = range(1900, 2200)


class LooseDateField(forms.Field):
    """A date as people type it: 20261101, 2026-11-01, 2026.11.1 or 2026年11月1日."""

    widget = forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off", "data-date": ""})
    default_error_messages = {
        "invalid": _("“%(value)s” is not a date; write it like 2026-11-01, 20261101 or 2026年11月1日."),
        "year": _("The year %(value)s cannot be meant; write the date with a year from 1900 to 2199."),
    }

    def to_python(self, value: Any) -> date | None:
        if value in self.empty_values:
            return None
        if isinstance(value, date):
            return value
        text = half_width(str(value))
        found = DATE_SHAPE.match(text) or DATE_IN_A_ROW.match(text)
        try:
            day = date(*map(int, found.groups())) if found else self._refuse(value)
        except ValueError:
            return self._refuse(value)
        return day if day is None or day.year in YEARS else self._refuse(day.year, "year")

    def _refuse(self, value: Any, why: str = "invalid") -> None:
        raise forms.ValidationError(self.error_messages[why], code=why, params={"value": value})

    def prepare_value(self, value: Any) -> Any:
        return value.isoformat() if isinstance(value, date) else value


class ManyBoxes(forms.CheckboxSelectMultiple):
    """Boxes to tick; where scripts run, a text field finds them by typing and the chosen ones stand as chips."""

    def __init__(self, search_lines: Callable[[], Mapping[str, str]], attrs: dict[str, Any] | None = None) -> None:
        super().__init__(attrs)
        self.search_lines = search_lines

    def create_option(self, name: str, value: Any, *args: Any, **kwargs: Any) -> dict[str, Any]:
        option = super().create_option(name, value, *args, **kwargs)
        option["attrs"]["data-found-by"] = self.search_lines().get(str(value), "")
        return option


class ManyField(forms.MultipleChoiceField):
    """Some of many choices; `search_lines` says by code under what each is found, `most` how many may be chosen."""

    default_error_messages = {"too_many": _("Choose at most %(most)s; %(chosen)s are chosen.")}

    def __init__(
        self, *, search_lines: Callable[[], Mapping[str, str]], most: int | None = None, **kwargs: Any
    ) -> None:
        self.most = most
        attrs = {"data-most": str(most)} if most else {}
        super().__init__(**{"widget": ManyBoxes(search_lines, attrs), "required": False} | kwargs)

    def validate(self, value: Any) -> None:
        super().validate(value)
        if self.most and len(value) > self.most:
            raise forms.ValidationError(
                self.error_messages["too_many"], code="too_many", params={"most": self.most, "chosen": len(value)}
            )


class YuanField(forms.IntegerField):
    """Whole yuan typed by a person, kept as fen."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**{"min_value": 0, "max_value": 10_000_000, "localize": False} | kwargs)
        self.widget.attrs.setdefault("inputmode", "numeric")

    def to_python(self, value: Any) -> int | None:
        return super().to_python(half_width(value).replace(",", "") if isinstance(value, str) else value)

    def clean(self, value: Any) -> int | None:
        yuan = super().clean(value)
        return None if yuan is None else yuan * 100
