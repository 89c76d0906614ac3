"""Forms of the queue: a number to give, a window to call to, a way to send a number."""

from django import forms
from django.utils.translation import gettext_lazy as _

from openpes.counter.choices import TicketState
from openpes.kernel.forms import HouseForm
from openpes.network.choices import WindowPurpose


class TakeForm(HouseForm):
    """What somebody comes for."""

    purpose = forms.ChoiceField(label=_("What do you come for?"), choices=WindowPurpose.choices)
    goes_first = forms.BooleanField(label=_("Goes first by law (soldiers, disabled and aged persons)"), required=False)


class CallForm(HouseForm):
    """To which window a number is called."""

    window = forms.IntegerField(label=_("Window"))
    finish = forms.BooleanField(required=False)


class MoveForm(HouseForm):
    """Where a number goes."""

    state = forms.ChoiceField(choices=TicketState.choices)
    purpose = forms.ChoiceField(choices=[("", ""), *WindowPurpose.choices], required=False)
