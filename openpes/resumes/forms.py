"""Forms of resumes: the CV, and who may read it."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from openpes.codes.queries import skill_options, skill_search_lines
from openpes.kernel.forms import HalfWidthField, HouseForm, ManyField
from openpes.resumes.choices import Audience
from openpes.resumes.rules import Job, ResumeFacts

JOBS = 3
PARTS = ("work", "firm", "begun", "until")


class ResumeForm(HouseForm):
    """What a person tells employers; work as told, records picked from the own file."""

    headline = forms.CharField(
        label=_("What work do you look for?"),
        max_length=60,
        help_text=_("One line, for instance: packer, three years."),
    )
    own_words = forms.CharField(
        label=_("About me"), required=False, widget=forms.Textarea(attrs={"rows": 5}),
        help_text=_("What you can do and what you look for. No identity or telephone number."),
    )  # fmt: skip
    skills = ManyField(label=_("Skills"), search_lines=skill_search_lines, most=12)
    educations = forms.TypedMultipleChoiceField(
        label=_("Education from my file"), required=False, coerce=int, widget=forms.CheckboxSelectMultiple
    )
    qualifications = forms.TypedMultipleChoiceField(
        label=_("Skill grades and licences from my file"), required=False, coerce=int,
        widget=forms.CheckboxSelectMultiple,
    )  # fmt: skip

    def __init__(
        self, *args: Any, educations: list[tuple[int, str]], qualifications: list[tuple[int, str]], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.fields["skills"].choices = skill_options()
        for name, found in (("educations", educations), ("qualifications", qualifications)):
            self.fields[name].choices = found
            if not found:
                del self.fields[name]
        for number in range(1, JOBS + 1):
            for part, label in zip(PARTS, _labels(), strict=True):
                self.fields[f"job_{number}_{part}"] = HalfWidthField(label=label, required=False, max_length=60)
                if part in ("begun", "until"):
                    self.fields[f"job_{number}_{part}"].help_text = _("Like 2020-03.")

    @property
    def job_rows(self) -> list[list[Any]]:
        """The fields of each job."""
        return [[self[f"job_{number}_{part}"] for part in PARTS] for number in range(1, JOBS + 1)]

    def facts(self) -> ResumeFacts:
        """What was written; jobs without any word are none."""
        told = self.cleaned_data
        rows = ({part: told[f"job_{number}_{part}"] for part in PARTS} for number in range(1, JOBS + 1))
        return ResumeFacts(
            headline=told["headline"],
            own_words=told["own_words"],
            skills=tuple(told["skills"]),
            educations=tuple(told.get("educations", ())),
            qualifications=tuple(told.get("qualifications", ())),
            jobs=tuple(Job(**row) for row in rows if any(row.values())),
        )


class AudienceForm(HouseForm):
    """Who may read the CV."""

    audience = forms.ChoiceField(
        label=_("Which employers may read it?"), choices=Audience.choices, widget=forms.RadioSelect
    )


def _labels() -> tuple[Any, ...]:
    return (_("Work done"), _("Employer"), _("From month"), _("Until month, empty for today"))
