"""Forms of vacancies: what is offered, its last public day, why it is closed or given back, and the list's filter."""

from datetime import date, timedelta
from functools import partial
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from openpes.codes.queries import choices_of, occupation_code_of, skill_options, skill_search_lines
from openpes.employers.models import Employer
from openpes.employers.queries import employer_card_by_code
from openpes.engine.parameters import parameters
from openpes.kernel import Actor
from openpes.kernel.forms import HalfWidthField, HouseForm, LooseDateField, ManyField, YuanField
from openpes.kernel.scope import CITY
from openpes.network.queries import area_full_name, place_choices
from openpes.vacancies.actions import VacancyFacts
from openpes.vacancies.choices import Benefit, Finding, HoldGround, ReportReason, State, Term

EDUCATIONS = ("71", "61", "40", "30", "20", "14", "11")
CITY_DIGITS = 4
CHOOSE = ("", _("Please choose"))
# What a member of staff holds for; the other grounds come from their own acts.
STAFF_GROUNDS = [
    (ground.value, ground.label)
    for ground in (HoldGround.WORDING, HoldGround.SCAM, HoldGround.PAY, HoldGround.REPORTED, HoldGround.STALE)
]


def _with(first: tuple[str, Any], choices: Any) -> list[tuple[str, Any]]:
    return [first, *choices()]


def _with_present(area: str | None, places: list[tuple[str, str]]) -> list[tuple[str, str]]:
    """The places offered; that of a stored vacancy is kept, though it may lie deeper than those."""
    if not area or len(area) <= CITY_DIGITS or any(area == offered for offered, _name in places):
        return places
    return [(area, area_full_name(area)), *places]


class VacancyForm(HouseForm):
    """What an employer offers and asks for; staff also name the employer."""

    employer = HalfWidthField(
        label=_("Employer"), max_length=30, help_text=_("Credit code; type a part of the name to choose.")
    )
    title = forms.CharField(label=_("Title"), max_length=120)
    occupation = HalfWidthField(
        label=_("Occupation"),
        max_length=60,
        help_text=_("Type a name or code of the classification of 2022."),
    )
    openings = forms.IntegerField(label=_("Places"), min_value=1, max_value=9999)
    term = forms.ChoiceField(label=_("Term"), choices=Term.choices)
    area = forms.ChoiceField(label=_("Place of work"))
    address = forms.CharField(label=_("Address of work"), max_length=200, required=False)
    pay_min_fen = YuanField(label=_("Lowest monthly pay (yuan)"), required=False)
    pay_max_fen = YuanField(label=_("Highest monthly pay (yuan)"), required=False)
    education_min = forms.ChoiceField(
        label=_("Education at least"),
        required=False,
        choices=partial(
            _with, ("", _("No requirement")), partial(choices_of, "education_2006", codes=EDUCATIONS)
        ),
    )
    experience_min = forms.IntegerField(
        label=_("Experience at least (years)"), required=False, min_value=0, max_value=40
    )
    skills_required = ManyField(
        label=_("Skills and licences required"), choices=skill_options, search_lines=skill_search_lines
    )
    skills_wanted = ManyField(label=_("Skills welcome"), choices=skill_options, search_lines=skill_search_lines)
    benefits = forms.MultipleChoiceField(
        label=_("Benefits"), required=False, choices=Benefit.choices, widget=forms.CheckboxSelectMultiple
    )
    conditions = forms.CharField(
        label=_("Conditions of hiring"),
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 4}),
    )
    description = forms.CharField(
        label=_("Content of the work"),
        required=False,
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 4}),
    )
    version = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, actor: Actor, fixed_employer: int | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._employer = actor.employer or fixed_employer
        places = place_choices(CITY if actor.employer else actor.scope)
        self.fields["area"].choices = [CHOOSE, *_with_present(self.initial.get("area"), places)]
        if self._employer:
            del self.fields["employer"]

    def clean_employer(self) -> int:
        """The id of the employer with this code, wherever in the city it stands."""
        code = self.cleaned_data["employer"]
        try:
            return employer_card_by_code(credit_code=code).id
        except Employer.DoesNotExist:
            raise forms.ValidationError(
                _("No employer with the code “%(code)s” is registered in the city. Register it first."),
                params={"code": code},
            ) from None

    def clean_occupation(self) -> str:
        """The code of the classification that was meant."""
        text = self.cleaned_data["occupation"]
        code = occupation_code_of(text)
        if code is None:
            raise forms.ValidationError(
                _("“%(text)s” is no occupation of the classification. Choose one of the list."),
                params={"text": text},
            )
        return code

    def facts(self) -> VacancyFacts:
        """What was written."""
        stated = {name: self.cleaned_data.get(name) for name in VacancyFacts.__dataclass_fields__}
        lists = ("skills_required", "skills_wanted", "benefits")
        return VacancyFacts(
            **stated
            | {name: tuple(stated[name] or ()) for name in lists}
            | {
                "employer": self._employer or stated["employer"],
                "experience_min": stated["experience_min"] or 0,
            }
        )


class PublishForm(HouseForm):
    """Until when a vacancy is public."""

    closes_on = LooseDateField(label=_("Last public day"))

    @staticmethod
    def usual_last_day(on: date) -> date:
        """The day that the form proposes: a month, or the longest validity if that is shorter."""
        return on + timedelta(days=min(30, int(parameters().value("vacancy_validity_days", on))))


class WordsForm(HouseForm):
    """A sentence for the employer or the journal."""

    note = forms.CharField(label=_("In words"), max_length=300, widget=forms.Textarea(attrs={"rows": 2}))


class HoldForm(HouseForm):
    """Why an open vacancy is kept from the public."""

    ground = forms.ChoiceField(label=_("Ground"), choices=[CHOOSE, *STAFF_GROUNDS])
    words = forms.CharField(
        label=_("For the employer: what is wrong, and how it is mended"),
        max_length=600,
        widget=forms.Textarea(attrs={"rows": 3}),
    )


class LiftForm(HouseForm):
    """Why a hold is lifted."""

    words = forms.CharField(label=_("Why it is lifted"), max_length=600, widget=forms.Textarea(attrs={"rows": 2}))


class DecideForm(HouseForm):
    """What becomes of an appeal, and why."""

    granted = forms.ChoiceField(
        label=_("Decision"),
        choices=[("yes", _("The appeal is right: the hold is lifted")), ("no", _("The hold stays"))],
        widget=forms.RadioSelect,
    )
    answer = forms.CharField(
        label=_("Reasons, for the employer"), max_length=1000, widget=forms.Textarea(attrs={"rows": 3})
    )


class AppealForm(HouseForm):
    """What an employer answers to a hold."""

    words = forms.CharField(
        label=_("Why the hold is wrong, or what you have changed"),
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3}),
    )


class JudgeForm(HouseForm):
    """What is true of a report."""

    finding = forms.ChoiceField(
        label=_("What was found out"), choices=Finding.choices, widget=forms.RadioSelect
    )
    answer = forms.CharField(label=_("In words"), max_length=600, widget=forms.Textarea(attrs={"rows": 2}))


class CopyForm(HouseForm):
    """Whether two advertisements are one vacancy."""

    decision = forms.ChoiceField(
        label=_("Decision"),
        choices=[("one", _("One vacancy: show the earlier for both")), ("two", _("Two vacancies: show both"))],
        widget=forms.RadioSelect,
    )
    words = forms.CharField(
        label=_("In words"), required=False, max_length=600, widget=forms.Textarea(attrs={"rows": 2})
    )


class ReportForm(HouseForm):
    """What a reader of the public page reports."""

    reason = forms.ChoiceField(
        label=pgettext_lazy("report", "What is wrong"), choices=ReportReason.choices, widget=forms.RadioSelect
    )
    words = forms.CharField(
        label=_("In your words"), required=False, max_length=500, widget=forms.Textarea(attrs={"rows": 4})
    )
    phone = HalfWidthField(
        label=_("Your telephone, if we may ask back"),
        required=False,
        max_length=20,
        help_text=_("Sealed; only the member of staff who looks at the report reads it, and that is noted."),
    )

    def clean_phone(self) -> str:
        """Figures only; what is no telephone number is said so."""
        figures = "".join(sign for sign in self.cleaned_data["phone"] if sign.isdigit())
        if self.cleaned_data["phone"] and not 7 <= len(figures) <= 13:
            raise forms.ValidationError(_("This is no telephone number. Leave it empty if nobody shall ask back."))
        return figures


class FilterForm(forms.Form):
    """What the list of vacancies is narrowed to; it lives in the address of the page."""

    q = HalfWidthField(label=_("Title or employer"), required=False, max_length=50)
    state = forms.ChoiceField(
        label=_("State"), required=False, choices=[("", _("All")), ("asked", _("Asked for")), *State.choices]
    )
    area = forms.ChoiceField(label=_("Place"), required=False)
    occupation = HalfWidthField(label=_("Occupation"), required=False, max_length=60)
    employer = forms.IntegerField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, scope: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["area"].choices = [("", _("Everywhere in my area")), *place_choices(scope)]

    def clean_occupation(self) -> str:
        """A code of any level; text that means none finds nothing rather than all."""
        text = self.cleaned_data["occupation"]
        return (occupation_code_of(text) or "?") if text else ""
