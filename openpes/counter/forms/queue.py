"""Forms of the queue: a number to give, a window to call to, a way to send a number."""

from django import forms
from django.utils.translation import gettext_lazy as _

from openpes.counter.choices import TicketState
from openpes.counter.rules.queue import MOST_WINDOWS, WAYS
from openpes.kernel.forms import HouseForm
from openpes.network.choices import WindowPurpose

TARGETS = frozenset().union(*WAYS.values())


class TakeForm(HouseForm):
    """What somebody comes for."""

    purpose = forms.ChoiceField(label=_("What do you come for?"), choices=WindowPurpose.choices)
    goes_first = forms.BooleanField(label=_("Goes first by law (soldiers, disabled and aged persons)"), required=False)


class CallForm(HouseForm):
    """To which window a number is called."""

    window = forms.IntegerField(label=_("Window"), min_value=1, max_value=MOST_WINDOWS, required=False)
    finish = forms.BooleanField(required=False)


class MoveForm(HouseForm):
    """Where a number goes."""

    state = forms.ChoiceField(choices=[(state.value, state.label) for state in TicketState if state in TARGETS])
    purpose = forms.ChoiceField(choices=[("", ""), *WindowPurpose.choices], required=False)
