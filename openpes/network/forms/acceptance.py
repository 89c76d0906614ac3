"""Forms of acceptance and of pilot applications."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from openpes.engine.checklists import Checklist
from openpes.kernel.forms import HalfWidthField, HouseForm
from openpes.network.actions import StepFacts


class EvidenceForm(HouseForm):
    """The evidence for every item of a list."""

    def __init__(self, *args: Any, checklist: Checklist, titles: dict[str, str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for item in checklist.items:
            self.fields[f"evidence_{item.code}"] = forms.CharField(
                label=titles[item.code], max_length=500, required=False, widget=forms.Textarea(attrs={"rows": 2})
            )

    def evidence(self) -> dict[str, str]:
        """What was written, by the code of the item."""
        return {name.removeprefix("evidence_"): value for name, value in self.cleaned_data.items()}


class PointsForm(HouseForm):
    """Points and a remark for every item of a list."""

    def __init__(self, *args: Any, checklist: Checklist, titles: dict[str, str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for item in checklist.items:
            self.fields[f"points_{item.code}"] = forms.IntegerField(
                label=titles[item.code], required=False, help_text=_points_help(item.points, item.least)
            )
            self.fields[f"remark_{item.code}"] = forms.CharField(label=_("Remark"), max_length=300, required=False)

    def points(self) -> dict[str, int | None]:
        """The points by the code of the item."""
        return {name[7:]: value for name, value in self.cleaned_data.items() if name.startswith("points_")}

    def remarks(self) -> dict[str, str]:
        """The remarks by the code of the item."""
        return {name[7:]: value for name, value in self.cleaned_data.items() if name.startswith("remark_")}


class PilotForm(HouseForm):
    """An application: the unit, its title, and the plan."""

    area = HalfWidthField(label=_("Area code"), max_length=12)
    title = forms.CharField(label=_("Title of the application"), max_length=100)
    evidence = forms.CharField(
        label=_("Plan of the pilot: aims, funds, staff, dates"),
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 5}),
    )

    def facts(self) -> StepFacts:
        """The words of the application."""
        return StepFacts(self.cleaned_data["evidence"])


class StepForm(HouseForm):
    """A step of an application, with its document and words."""

    step = forms.ChoiceField(label=_("Step"))
    document_no = forms.CharField(label=_("Number of the document"), max_length=60, required=False)
    evidence = forms.CharField(
        label=_("Evidence"), max_length=1000, required=False, widget=forms.Textarea(attrs={"rows": 3})
    )

    def __init__(self, *args: Any, steps: list[tuple[str, Any]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["step"].choices = steps

    def facts(self) -> StepFacts:
        """What the step is taken with."""
        return StepFacts(self.cleaned_data["evidence"], self.cleaned_data["document_no"])


def _points_help(most: int, least: int) -> str:
    return f"0–{most} (≥ {least})"
