"""The form of a saved view."""

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from openpes.kernel.forms import HouseForm


class ViewForm(HouseForm):
    """Which list, narrowed how, under which name, for whom."""

    page = forms.CharField(max_length=60)
    query = forms.CharField(max_length=2000, required=False)
    name = forms.CharField(label=pgettext_lazy("view", "Name of the view"), max_length=40, required=False)
    is_shared = forms.BooleanField(label=_("For the whole office"), required=False)
