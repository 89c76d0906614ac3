"""What is typed about names, numbers, household registration, death and departure, and files of other counties."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from openpes.kernel.forms import HalfWidthField, HouseForm, LooseDateField
from openpes.people.actions import DepartureFacts, HukouFacts, NumberFacts, Paper
from openpes.people.choices import DepartureKind, Evidence, NameKind, NumberAnswer, NumberKind, Reporter
from openpes.people.forms.fields import NOTHING, coded
from openpes.people.rules.former import NAME_PAPERS, NUMBER_PAPERS
from openpes.people.rules.lives import HUKOU_PAPERS, PAPERS


def _papers(*sets: frozenset[Evidence]) -> list[tuple[str, Any]]:
    wanted = frozenset().union(*sets)
    return [NOTHING, *((value, label) for value, label in Evidence.choices if value in wanted)]


class PaperForm(HouseForm):
    """A change with the day from which it counts and the paper that shows it."""

    on = LooseDateField(label=pgettext_lazy("change", "From which day"))
    evidence = forms.ChoiceField(label=_("Paper that shows it"), choices=Evidence.choices)
    evidence_no = HalfWidthField(label=_("Number or page of the paper"), required=False, max_length=60)

    @property
    def paper(self) -> Paper:
        """The paper that was told."""
        return Paper(evidence=self.cleaned_data["evidence"], number=self.cleaned_data["evidence_no"])


class NameForm(PaperForm):
    """Another name."""

    name = forms.CharField(label=_("New name"), max_length=80, widget=forms.TextInput(attrs={"autocomplete": "off"}))
    kind = forms.ChoiceField(label=_("What happened"), choices=NameKind.choices)
    evidence = forms.ChoiceField(label=_("Paper that shows it"), choices=_papers(NAME_PAPERS))
    field_order = ["name", "kind", "on", "evidence", "evidence_no"]


class NumberForm(PaperForm):
    """Another identity number, or the upgrade of an old card."""

    kind = forms.ChoiceField(label=_("What happened"), choices=NumberKind.choices[::-1])
    id_number = HalfWidthField(
        label=_("New identity number"),
        required=False,
        max_length=60,
        help_text=_("Empty for an upgrade from 15 to 18 digits: the file has the 18 already."),
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    evidence = forms.ChoiceField(label=_("Paper that shows it"), choices=_papers(NUMBER_PAPERS))
    note = forms.CharField(label=pgettext_lazy("change", "Why"), required=False, max_length=300)
    field_order = ["kind", "id_number", "on", "evidence", "evidence_no", "note"]

    def clean(self) -> dict[str, Any]:
        told = super().clean() or self.cleaned_data
        if told.get("kind") == NumberKind.CORRECTED and not told.get("id_number"):
            self.add_error("id_number", _("Enter the new number as it stands on the card."))
        return told

    def facts(self) -> NumberFacts:
        """What was told, as the act takes it."""
        told = self.cleaned_data
        return NumberFacts(id_number=told["id_number"], on=told["on"], paper=self.paper, note=told["note"])


class NumberAnswerForm(HouseForm):
    """The word of the second officer."""

    content_hash = forms.CharField(widget=forms.HiddenInput)
    answer = forms.ChoiceField(label=_("Your word"), choices=[NOTHING, *NumberAnswer.choices])
    typed = HalfWidthField(
        label=_("The number from the paper, typed again"),
        required=False,
        max_length=60,
        help_text=_("Needed to confirm; it must be the one that your colleague wrote in."),
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    note = forms.CharField(label=_("Why, if declined"), required=False, max_length=300)


class HukouForm(PaperForm):
    """Another household registration."""

    kind = coded("hukou", _("Household registration"), required=True)
    place = HalfWidthField(
        label=_("County or district, six digits"),
        required=False,
        max_length=6,
        help_text=_("As in an identity number, for example 450103 for Qingxiu."),
    )
    address = forms.CharField(label=_("Address in the booklet"), required=False, max_length=200)
    evidence = forms.ChoiceField(label=_("Paper that shows it"), choices=_papers(HUKOU_PAPERS))
    field_order = ["kind", "place", "address", "on", "evidence", "evidence_no"]

    def facts(self) -> HukouFacts:
        """What was told, as the act takes it."""
        return HukouFacts(**{name: self.cleaned_data[name] for name in ("kind", "place", "address")})


class DepartureForm(PaperForm):
    """A death or a departure."""

    kind = forms.ChoiceField(label=_("What happened"), choices=[NOTHING, *DepartureKind.choices])
    on = LooseDateField(label=_("Day of death or departure"))
    evidence = forms.ChoiceField(label=_("Paper that shows it"), choices=_papers(*PAPERS.values()))
    reporter = forms.ChoiceField(label=_("Reported by"), choices=[NOTHING, *Reporter.choices])
    reporter_name = forms.CharField(label=_("Name of who reported"), required=False, max_length=80)
    note = forms.CharField(label=pgettext_lazy("change", "Note"), required=False, max_length=300)
    field_order = ["kind", "on", "evidence", "evidence_no", "reporter", "reporter_name", "note"]

    def facts(self) -> DepartureFacts:
        """What was told, as the act takes it."""
        told = {name: self.cleaned_data[name] for name in ("kind", "on", "reporter", "reporter_name", "note")}
        return DepartureFacts(paper=self.paper, **told)


class TakeBackForm(HouseForm):
    """By what a mistaken report is known."""

    why = forms.CharField(label=_("By what the mistake is known"), max_length=300)


class ReturnForm(HouseForm):
    """A return to the city."""

    on = LooseDateField(label=_("Back since"))
    address = forms.CharField(label=_("Address"), required=False, max_length=200)


class FileAnswerForm(HouseForm):
    """Whether a file of another county is accepted."""

    accepts = forms.ChoiceField(
        label=_("Your answer"),
        choices=[NOTHING, ("yes", _("Accept the file")), ("no", _("Return it: the person does not live here"))],
    )
    note = forms.CharField(label=_("Why, if returned"), required=False, max_length=300)
