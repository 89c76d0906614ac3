"""The filter of the journal page."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from openpes.audit import queries
from openpes.kernel.forms import HalfWidthField, HouseForm, LooseDateField


class JournalFilterForm(HouseForm):
    """Days, event, account, area and person; all may stay empty."""

    from_on = LooseDateField(label=_("From day"), required=False)
    until_on = LooseDateField(label=_("Until day"), required=False)
    event = forms.ChoiceField(label=_("Event"), required=False)
    username = HalfWidthField(label=_("User name"), required=False, max_length=60)
    area = HalfWidthField(label=_("Area code"), required=False, max_length=12)
    person = forms.IntegerField(label=_("Number of the person"), required=False, min_value=1)
    before = forms.IntegerField(required=False, min_value=1, widget=forms.HiddenInput)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["event"].choices = [("", _("All events")), *queries.journal_events()]

    def wanted(self) -> queries.JournalFilter:
        """The filter, or everything when the form is not valid."""
        return queries.JournalFilter(**self.cleaned_data) if self.is_valid() else queries.JournalFilter()
