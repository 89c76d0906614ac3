"""What is typed about a campaign, and which villages are given to whom."""

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from openpes.access.models import Account
from openpes.engine.questionnaires import questionnaires_on
from openpes.kernel.forms import HouseForm, LooseDateField
from openpes.network.queries import area_full_name, place_choices
from openpes.surveys.actions import Plan

EACH_ITS_OWN = "own"


class CampaignForm(HouseForm):
    """A labour survey that is ordered; its last day is the last one on which households are visited."""

    title = forms.CharField(label=_("Title of the survey"), max_length=100)
    area = forms.ChoiceField(label=_("Area"))
    questionnaire = forms.ChoiceField(label=_("Questions"))
    from_on = LooseDateField(label=_("First day"))
    until_on = LooseDateField(label=_("Ends on"), help_text=_("No household is visited from this day on."))
    reference_on = LooseDateField(label=_("Reference day"), help_text=_("The answers hold for this day."))

    def __init__(self, *args: Any, scope: str, on: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["area"].choices = [(scope, area_full_name(scope)), *_places_inside(scope)]
        language = get_language() or "zh"
        self.fields["questionnaire"].choices = [(one.code, one.title(language)) for one in questionnaires_on(on)]

    def plan(self) -> Plan:
        """What is ordered."""
        return Plan(**{name: value for name, value in self.cleaned_data.items() if name != "questionnaire"})


class AssignForm(HouseForm):
    """Villages that are ticked, and who gets them: each its own officer, or all of them one."""

    village = forms.MultipleChoiceField(label=_("Villages"), error_messages={"required": _("Tick the villages first.")})
    to = forms.ChoiceField(label=_("Give them to"))

    def __init__(
        self, *args: Any, villages: list[tuple[int, str]], officers: list[tuple[Account, str]], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.fields["village"].choices = [(str(pk), name) for pk, name in villages]
        staff = [(str(account.pk), f"{account.name} · {area_full_name(place)}") for account, place in officers]
        self.fields["to"].choices = [(EACH_ITS_OWN, _("each its own officer")), *staff]

    def villages(self) -> list[int]:
        """The ticked villages."""
        return [int(pk) for pk in self.cleaned_data["village"]]

    def officer(self) -> int | None:
        """The one officer, or none when each village gets its own."""
        to = self.cleaned_data["to"]
        return None if to == EACH_ITS_OWN else int(to)


def _places_inside(scope: str) -> list[tuple[str, str]]:
    return [(path, label) for path, label in place_choices(scope) if path != scope]
