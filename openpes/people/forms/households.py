"""What is typed about households."""

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
