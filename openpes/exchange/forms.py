"""The form of a key."""

from django import forms
from django.utils.translation import gettext_lazy as _

from openpes.exchange.choices import Scope
from openpes.kernel.forms import HouseForm


class KeyForm(HouseForm):
    """Who holds a key, what it opens and how often."""

    holder = forms.CharField(label=_("Who holds the key"), max_length=120)
    contact = forms.CharField(
        label=_("Contact"), max_length=120, required=False, help_text=_("An office or a mail address, no private one.")
    )
    scopes = forms.MultipleChoiceField(
        label=_("What it opens"), choices=Scope.choices, widget=forms.CheckboxSelectMultiple
    )
    per_minute = forms.IntegerField(label=_("Questions a minute"), min_value=1, max_value=6000, initial=600)
