"""What is typed about groups, education, skill grades and licences."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from openpes.codes.queries import occupation_code_of, skill_options
from openpes.kernel.forms import HalfWidthField, HouseForm, LooseDateField
from openpes.people.choices import EducationProof, GroupEnd, QualificationKind
from openpes.people.forms.fields import NOTHING, coded
from openpes.people.queries.records import evidence_choices, group_choices


def _groups() -> list[tuple[str, Any]]:
    return [NOTHING, *group_choices()]


def _evidence() -> list[tuple[str, Any]]:
    return [NOTHING, *evidence_choices()]


def _skills() -> list[tuple[str, Any]]:
    return [NOTHING, *skill_options()]


class OccupationField(forms.CharField):
    """An occupation by its name or code; becomes its code."""

    default_error_messages = {
        "unknown": _("“%(value)s” is no occupation of the classification; type a part of the name and choose.")
    }

    def clean(self, value: Any) -> str:
        text = super().clean(value)
        if not text:
            return ""
        code = occupation_code_of(text)
        if code is None:
            raise forms.ValidationError(self.error_messages["unknown"], code="unknown", params={"value": text})
        return code


class GroupForm(HouseForm):
    """A membership of a group with the paper that proves it."""

    group = forms.TypedChoiceField(label=pgettext_lazy("person", "Group"), choices=_groups, coerce=int)
    evidence = forms.ChoiceField(label=_("Paper that proves it"), choices=_evidence)
    evidence_no = HalfWidthField(label=_("Number of the paper"), required=False, max_length=60)
    evidence_on = LooseDateField(label=_("Day of the paper"))
    from_on = LooseDateField(label=_("Belongs to it since"))
    until_on = LooseDateField(
        label=_("No longer from"), required=False, help_text=_("Empty: by the rule of the group, else open.")
    )
    note = forms.CharField(label=_("Note"), required=False, max_length=300)


class GroupEndForm(HouseForm):
    """The end of a membership."""

    kind = forms.ChoiceField(label=_("How it ends"), choices=GroupEnd.choices)
    on = LooseDateField(label=_("No longer from"), help_text=_("A revoked membership ends on its first day."))
    reason = forms.CharField(label=_("Reason"), max_length=300)


class ReasonForm(HouseForm):
    """Why something is not recognised, or withdrawn."""

    reason = forms.CharField(label=_("Reason"), max_length=300)


class EducationForm(HouseForm):
    """An education as its paper says it."""

    level = coded("education_2006", _("Education"), required=True)
    school = forms.CharField(label=_("School"), max_length=100)
    subject = forms.CharField(label=_("Subject"), required=False, max_length=100)
    graduated_on = LooseDateField(label=_("Graduated on"))
    proof = forms.ChoiceField(label=_("Paper"), choices=[NOTHING, *EducationProof.choices[1:]])
    number = HalfWidthField(label=_("Number of the paper"), max_length=40)


class QualificationForm(HouseForm):
    """A certificate of a skill grade, or a licence."""

    kind = forms.ChoiceField(label=_("Kind of certificate"), choices=[NOTHING, *QualificationKind.choices[1:]])
    grade = coded("skill_level", _("Grade"))
    occupation = OccupationField(label=_("Occupation"), required=False, max_length=80)
    skill = forms.ChoiceField(label=_("Licence"), required=False, choices=_skills)
    number = HalfWidthField(label=_("Number of the certificate"), max_length=40)
    issuer = forms.CharField(label=_("Issued by"), max_length=100)
    issued_on = LooseDateField(label=_("Issued on"))
    until_on = LooseDateField(label=_("Not valid from"), required=False, help_text=_("Empty when it does not end."))
