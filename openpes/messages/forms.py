"""Forms of messages: which ones a list shows, and who stops them at a counter."""

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from openpes.kernel.forms import HalfWidthField, HouseForm
from openpes.messages.choices import Channel


class StopForm(HouseForm):
    """Somebody at the counter wants no more messages."""

    channel = forms.ChoiceField(label=pgettext_lazy("message", "Channel"), choices=Channel.choices)
    to = HalfWidthField(
        label=_("Mobile number or mail address"), max_length=254,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )  # fmt: skip
