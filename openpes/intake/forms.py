"""The forms of a file that comes in: the upload, what its columns mean, and how to accept."""

from collections.abc import Mapping
from hashlib import blake2s
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from openpes.engine.sheets import Outline, Proposal, Sheet
from openpes.engine.sheets.mapping import IGNORED
from openpes.intake.choices import Acceptance, Subject
from openpes.kernel.forms import HalfWidthField, HouseForm


class UploadForm(HouseForm):
    """A table to bring in."""

    file = forms.FileField(
        label=_("File"),
        help_text=_("An Excel workbook (.xlsx) or a text table (.csv), at most 20 MB and 200,000 rows"),
        error_messages={
            "required": _("Choose a file first."),
            "empty": _("The file is empty. Choose the Excel file that you filled in."),
        },
        widget=forms.FileInput(attrs={"accept": ".xlsx,.xlsm,.csv,.txt", "data-focus": True}),
    )

    def __init__(self, *args: Any, subject: Subject | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if subject:
            self.fields["about"] = HalfWidthField(label=subject.label, help_text=subject.help, max_length=40)
            self.fields["about"].widget.attrs["data-focus"] = True
            self.fields["file"].widget.attrs.pop("data-focus")
            self.order_fields(["about", "file"])

    def about(self) -> str:
        """What was typed of the subject of the file."""
        return str(self.cleaned_data.get("about", ""))

    def content(self) -> bytes:
        """The bytes of the file."""
        upload: Any = self.cleaned_data["file"]
        return bytes(upload.read())

    def file_name(self) -> str:
        """The name of the file, as the clerk's computer called it."""
        return str(self.cleaned_data["file"].name)


class AcceptForm(HouseForm):
    """Which rows to accept."""

    which = forms.ChoiceField(
        label=pgettext_lazy("batch", "Accept"), choices=Acceptance, initial=Acceptance.GOOD, widget=forms.RadioSelect
    )

    def all_or_none(self) -> bool:
        """Whether the clerk wants all rows or none."""
        return bool(self.cleaned_data["which"] == Acceptance.ALL)


class MatchForm(HouseForm):
    """What each heading of a table means, what words mean that a list does not have, and the name to save it under."""

    name = forms.CharField(
        label=_("Save under the name"),
        max_length=80,
        required=False,
        help_text=_("Later files of your office with the same headings are read so without asking."),
    )
    seen = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(
        self, sheet: Sheet, outline: Outline, found: Mapping[int, Proposal], *args: Any, language: str, **kwargs: Any
    ) -> None:
        self.sheet, self.outline, self.language = sheet, outline, language
        super().__init__(*args, **kwargs)
        titles = [(column.key, column.title(self.language)) for column in sheet.columns]
        for place, heading in enumerate(outline.headings):
            if heading:
                label = _("What “%(heading)s” means") % {"heading": heading}
                initial = found[place].key if place in found else ""
                choices = [("", _("nothing of this list")), *titles]
                self.fields[f"column_{place}"] = _quiet_choice(label, choices, initial)

    def columns(self) -> dict[str, str]:
        """The chosen headings by the key of their column."""
        return {key: self.outline.headings[place] for key, place in self.places().items()}

    def places(self) -> dict[str, int]:
        """The places of the chosen headings by the key of their column; the first when one was chosen twice."""
        chosen: dict[str, int] = {}
        for place in range(len(self.outline.headings)):
            key = self._told(f"column_{place}")
            if key:
                chosen.setdefault(key, place)
        return chosen

    def twice(self) -> list[str]:
        """The titles of columns that were chosen for two headings."""
        keys = [self._told(name) for name in self.fields if name.startswith("column_")]
        return [column.title(self.language) for column in self.sheet.columns if keys.count(column.key) > 1]

    def missing(self) -> list[str]:
        """The titles of needed columns that no heading means yet."""
        chosen = self.places()
        needed = (column for column in self.sheet.columns if column.required and column.key not in chosen)
        return [column.title(self.language) for column in needed]

    def ask_for_words(self, lines: list[Any]) -> None:
        """Ask what words mean that the lists of the matched columns do not have."""
        for line in lines:
            column = self.sheet.column(line.key)
            options = [(choice.code, choice.label(self.language)) for choice in column.choices]
            label = _("What “%(word)s” under “%(title)s” means") % {"word": line.word, "title": line.title}
            name = word_field(line.key, line.word)
            if options:
                choices = [("", _("an error")), (IGNORED, _("nothing, as an empty cell")), *options]
                self.fields[name] = _quiet_choice(label, choices, "")
            else:
                self.fields[name] = forms.CharField(
                    label=label, required=False, max_length=80, widget=_quiet_text(label)
                )

    def words(self, lines: list[Any]) -> dict[str, dict[str, str]]:
        """The codes that typed words mean, by the key of their column."""
        meant: dict[str, dict[str, str]] = {}
        for line in lines:
            if code := self._told(word_field(line.key, line.word)):
                meant.setdefault(line.key, {})[line.word] = code
        return meant

    def _told(self, name: str) -> str:
        if self.is_bound:
            return str(self.data.get(name, "")).strip()
        return str(self.fields[name].initial or "") if name in self.fields else ""


def word_field(key: str, word: str) -> str:
    """The name of the field that asks for a word: by its digest, so that words of any letters make a name."""
    return f"word_{key}_{blake2s(word.encode(), digest_size=6).hexdigest()}"


def _quiet_text(label: str) -> forms.TextInput:
    return forms.TextInput(attrs={"aria-label": label, "class": "form-control"})


def _quiet_choice(label: str, choices: list[tuple[str, Any]], initial: str) -> forms.ChoiceField:
    """A choice inside a table: its label is read, not seen."""
    widget = forms.Select(attrs={"aria-label": label, "class": "form-select"})
    return forms.ChoiceField(label=label, choices=choices, initial=initial, required=False, widget=widget)
