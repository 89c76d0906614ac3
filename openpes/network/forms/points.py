"""Forms of service points: a new one, its facts, a picture, its end, a posting; and the population of an area."""

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from openpes.access import queries as access
from openpes.kernel.forms import HalfWidthField, HouseForm, LooseDateField
from openpes.network.actions import Host, PointFacts
from openpes.network.choices import EquipmentKind, Level, PointKind, Weekday, WindowPurpose
from openpes.network.queries import Sheet
from openpes.network.rules import HOURS_EXAMPLE, hours_text, parsed_hours

HOST_FIELDS = ("host_name", "host_code", "contact_office")


class PointForm(HouseForm):
    """A new counter, office or station; the last three fields are for a centre inside a firm."""

    area = HalfWidthField(
        label=_("Area code"), max_length=12, help_text=_("6, 9 or 12 digits of the statistical code.")
    )
    name = forms.CharField(label=_("Name of the point"), max_length=100)
    kind = forms.ChoiceField(
        label=_("Kind"), required=False, choices=[("", _("The usual one of the level")), *PointKind.choices]
    )
    opened_on = LooseDateField(label=_("Opened on"))
    host_name = forms.CharField(
        label=_("Firm of the re-employment centre"), max_length=100, required=False,
        help_text=_("Only for a re-employment service centre."),
    )  # fmt: skip
    host_code = HalfWidthField(label=_("Credit code of the firm"), max_length=18, required=False)
    contact_office = HalfWidthField(
        label=_("Number of its fixed office"), max_length=12, required=False,
        help_text=_("The last part of the address of the office's page."),
    )  # fmt: skip

    def level(self) -> int:
        """The level of the area that was given; the city's when its code has no such length."""
        lengths = {6: Level.COUNTY, 9: Level.TOWN, 12: Level.VILLAGE}
        return lengths.get(len(self.cleaned_data["area"]), Level.CITY)

    def clean_contact_office(self) -> int | None:
        """The number of the office, or nothing."""
        given = self.cleaned_data["contact_office"]
        if given and not (given.isascii() and given.isdigit()):
            raise forms.ValidationError(_("Write the number of the office in digits."))
        return int(given) if given else None

    def facts(self) -> dict[str, Any]:
        """What the action of opening takes."""
        given = self.cleaned_data
        own = {name: given[name] for name in ("area", "name", "kind", "opened_on")}
        return own | {"level": self.level(), "host": Host(*(given[name] for name in HOST_FIELDS))}


class PointFactsForm(HouseForm):
    """Where a point is, when it is open, its windows and equipment."""

    version = forms.IntegerField(widget=forms.HiddenInput)
    address = forms.CharField(label=_("Address"), max_length=200, required=False)
    phone = HalfWidthField(label=_("Phone"), max_length=30, required=False)
    floor_m2 = forms.IntegerField(label=_("Floor space (m²)"), min_value=1, max_value=100_000, required=False)
    hall_m2 = forms.IntegerField(label=_("Hall for the public (m²)"), min_value=1, max_value=100_000, required=False)

    def __init__(self, *args: Any, sheet: Sheet, **kwargs: Any) -> None:
        super().__init__(*args, initial=_initial(sheet), **kwargs)
        for weekday in Weekday:
            self.fields[f"hours_{weekday.value}"] = _HoursField(label=weekday.label, required=False, max_length=80)
        for purpose in WindowPurpose:
            self.fields[f"windows_{purpose.value}"] = _NumbersField(label=purpose.label, required=False, max_length=80)
        for kind in EquipmentKind:
            self.fields[f"pieces_{kind.value}"] = forms.IntegerField(
                label=kind.label, required=False, min_value=0, max_value=999
            )

    def fields_of(self, start: str) -> list[Any]:
        """The bound fields whose name begins so, for the page."""
        return [self[name] for name in self.fields if name.startswith(start)]

    @property
    def hours(self) -> list[Any]:
        return self.fields_of("hours_")

    @property
    def windows(self) -> list[Any]:
        return self.fields_of("windows_")

    @property
    def equipment(self) -> list[Any]:
        return self.fields_of("pieces_")

    def facts(self) -> PointFacts:
        """What was written, as the action takes it."""
        given = self.cleaned_data
        return PointFacts(
            address=given["address"], phone=given["phone"], floor_m2=given["floor_m2"], hall_m2=given["hall_m2"],
            hours={day.value: given[f"hours_{day.value}"] for day in Weekday if given[f"hours_{day.value}"]},
            windows={p.value: given[f"windows_{p.value}"] for p in WindowPurpose},
            equipment={kind.value: given[f"pieces_{kind.value}"] or 0 for kind in EquipmentKind},
        )  # fmt: skip


class PictureForm(HouseForm):
    """A photograph of a point."""

    file = forms.FileField(
        label=_("Picture"),
        help_text=_("JPEG or PNG. Where and when it was taken is removed from the file."),
        error_messages={"required": _("Choose a picture first."), "empty": _("The file is empty.")},
        widget=forms.FileInput(attrs={"accept": "image/jpeg,image/png"}),
    )
    caption = forms.CharField(label=_("What it shows"), max_length=60)

    def content(self) -> bytes:
        """The bytes of the file."""
        return bytes(self.cleaned_data["file"].read())


class CloseForm(HouseForm):
    """Why a point closes."""

    reason = forms.CharField(label=_("Why the point closes"), max_length=200)


class PopulationForm(HouseForm):
    """How many people an area had on a day, and who says so."""

    counted_on = LooseDateField(label=_("Day of the count"))
    persons = forms.IntegerField(label=_("People"), min_value=1, max_value=20_000_000)
    source = forms.CharField(
        label=_("Source of the count"), max_length=200, help_text=_("Census, yearbook or bulletin, with its year.")
    )


class PostingForm(HouseForm):
    """Who works here from a day on, today when none is named."""

    account = HalfWidthField(label=_("User name"), max_length=60)
    window = HalfWidthField(label=_("Window"), max_length=20, required=False)
    from_on = LooseDateField(label=_("Works there from"), required=False, help_text=_("Today or a later day."))

    def __init__(self, *args: Any, on: date, **kwargs: Any) -> None:
        super().__init__(*args, initial={"from_on": on}, **kwargs)
        self._on = on

    def clean_from_on(self) -> date:
        """The first day, today when none was written."""
        return self.cleaned_data["from_on"] or self._on

    def clean_account(self) -> int:
        """The number of the staff account of that name."""
        name = self.cleaned_data["account"]
        found = access.staff_account(username=name, on=self._on)
        if found is None:
            raise forms.ValidationError(
                _("There is no staff account “%(name)s”. Check the spelling, or let the administrator open it."),
                params={"name": name},
            )
        return found.pk


class EndPostingForm(HouseForm):
    """From which day somebody works at a point no more."""

    on = LooseDateField(label=_("Works there no more from"))


class _HoursField(forms.CharField):
    """Opening hours of a weekday as people write them."""

    def clean(self, value: Any) -> Any:
        text = super().clean(value)
        hours = parsed_hours(text)
        if hours is None:
            raise forms.ValidationError(
                _("“%(text)s” are no hours; write them like %(example)s."),
                params={"text": text, "example": HOURS_EXAMPLE},
            )
        return hours


class _NumbersField(HalfWidthField):
    """Numbers of windows, separated by blanks or commas."""

    def clean(self, value: Any) -> Any:
        words = super().clean(value).replace(",", " ").replace("、", " ").split()
        if any(not (word.isascii() and word.isdigit() and 1 <= int(word) <= 99) for word in words):
            raise forms.ValidationError(_("Numbers of windows are 1 to 99, separated by blanks."))
        return tuple(int(word) for word in words)


def _initial(sheet: Sheet) -> dict[str, Any]:
    point = sheet.point
    own = {name: getattr(point, name) for name in ("version", "address", "phone", "floor_m2", "hall_m2")}
    hours = {f"hours_{day}": hours_text(stretches).replace("–", "-") for day, stretches in sheet.hours.items()}
    windows = {f"windows_{purpose.value}": " ".join(map(str, numbers)) for purpose, numbers in sheet.windows}
    return own | hours | windows | {f"pieces_{kind.value}": pieces for kind, pieces in sheet.equipment}
