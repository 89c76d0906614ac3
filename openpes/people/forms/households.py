"""What is typed about households."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from openpes.kernel.forms import HalfWidthField, HouseForm, LooseDateField
from openpes.network.choices import Level
from openpes.people.choices import Relation
from openpes.people.forms.fields import AreaForm, AreaTextField, coded


class HouseholdForm(AreaForm):
    """A household to be formed around a person."""

    booklet_no = HalfWidthField(label=_("Booklet number"), required=False, max_length=30)
    area = AreaTextField(label=_("Community or village"), level=Level.VILLAGE, max_length=100)
    address = forms.CharField(label=_("Address"), required=False, max_length=200)
    kind = coded("rural_household_type", _("Type of rural household"), empty=("", pgettext_lazy("household", "Urban")))
    farmland_mu = forms.DecimalField(
        label=_("Farmland (mu)"), required=False, min_value=0, max_digits=8, decimal_places=2, localize=False
    )
    land_taken = forms.BooleanField(label=_("Land was taken"), required=False)
    from_on = LooseDateField(label=_("In the household since"))


class MemberForm(HouseForm):
    """A member to be added to a household, or the end of a membership."""

    booklet_no = HalfWidthField(label=_("Booklet number"), max_length=30)
    relation = forms.ChoiceField(label=_("Relation to the head"), choices=Relation.choices[1:])
    from_on = LooseDateField(label=_("In the household since"))


class LeaveForm(HouseForm):
    """The end of a membership."""

    on = LooseDateField(label=_("Left the household on"))


class HeadForm(HouseForm):
    """From which day a member leads the household."""

    on = LooseDateField(label=_("Head since"))


class RelationsForm(HouseForm):
    """What each member is to the head; a field a member, made from those who are there."""

    on = LooseDateField(label=_("From which day"), help_text=_("Whoever came in later: from their own day."))

    def __init__(self, *args: Any, members: list[tuple[int, str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.members = [pk for pk, _name, _code in members]
        choices = [("", _("Not known")), *Relation.choices[1:]]
        for pk, name, code in members:
            label = _("%(name)s is to the head") % {"name": name}
            self.fields[f"relation_{pk}"] = forms.ChoiceField(
                label=label, choices=choices, required=False, initial=code if code in Relation.values else ""
            )

    @property
    def rows(self) -> list[forms.BoundField]:
        """The field of each member."""
        return [self[f"relation_{pk}"] for pk in self.members]

    def relations(self) -> dict[int, str]:
        """What is told of each member of whom something is known."""
        told = {pk: self.cleaned_data[f"relation_{pk}"] for pk in self.members}
        return {pk: relation for pk, relation in told.items() if relation}


class SplitForm(AreaForm):
    """Who of a household becomes a household of their own; two fields a member, made from those who are there."""

    on = LooseDateField(label=_("From which day"))
    new_head = forms.TypedChoiceField(label=_("Head of the new household"), coerce=int)
    staying_head = forms.TypedChoiceField(
        label=_("New head of those who stay, if the head goes"), coerce=int, required=False, empty_value=None
    )
    booklet_no = HalfWidthField(label=_("Number of the new booklet"), required=False, max_length=30)
    area = AreaTextField(label=_("Community or village"), level=Level.VILLAGE, max_length=100)
    address = forms.CharField(label=_("Address"), required=False, max_length=200)
    kind = coded("rural_household_type", _("Type of rural household"), empty=("", pgettext_lazy("household", "Urban")))

    def __init__(self, *args: Any, members: list[tuple[int, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.members = members
        chosen = [("", _("Please choose")), *((str(pk), name) for pk, name in members)]
        for name in ("new_head", "staying_head"):
            self.fields[name].choices = chosen
        for pk, name in members:
            self.fields[f"goes_{pk}"] = forms.BooleanField(label=name, required=False)
            relations = [("", _("Relation to the new head")), *Relation.choices[1:]]
            self.fields[f"relation_{pk}"] = forms.ChoiceField(
                label=_("%(name)s is to the new head") % {"name": name}, choices=relations, required=False
            )

    @property
    def rows(self) -> list[tuple[forms.BoundField, forms.BoundField]]:
        """For each member the box and the relation, beside each other."""
        return [(self[f"goes_{pk}"], self[f"relation_{pk}"]) for pk, _name in self.members]

    def goers(self) -> dict[int, str]:
        """Who goes, with the relation of each to the new head."""
        told = self.cleaned_data
        return {pk: told[f"relation_{pk}"] or Relation.OTHER for pk, _name in self.members if told[f"goes_{pk}"]}


class MoveHouseholdForm(AreaForm):
    """A household that lives elsewhere, with those who move along."""

    movers = forms.TypedMultipleChoiceField(
        label=_("Who moves"), coerce=int, widget=forms.CheckboxSelectMultiple, required=False
    )
    area = AreaTextField(
        label=_("New community or village"),
        level=Level.VILLAGE,
        max_length=100,
        help_text=_("Anywhere in the city; type a part of the name."),
    )
    address = forms.CharField(label=_("Address"), required=False, max_length=200)
    on = LooseDateField(label=_("Lives there since"))

    def __init__(self, *args: Any, members: list[tuple[int, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["movers"].choices = members
