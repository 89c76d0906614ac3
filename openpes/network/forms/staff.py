"""Forms of staff: a certificate, its end, a judged year, the month of a subsidy."""

from typing import Any

from django import forms
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from openpes.kernel.forms import HalfWidthField, HouseForm, LooseDateField
from openpes.network.actions import StaffCertificateFacts
from openpes.network.choices import YearGrade
from openpes.network.queries import certificate_titles


class CertificateForm(HouseForm):
    """A certificate as its paper says."""

    kind = forms.ChoiceField(label=_("Certificate"))
    number = HalfWidthField(label=_("Number of the certificate"), max_length=40)
    examined_on = LooseDateField(label=_("Day of the examination"))
    score = forms.IntegerField(label=_("Points (of 100)"), min_value=0, max_value=100)
    from_on = LooseDateField(label=_("Valid from"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["kind"].choices = certificate_titles(get_language() or "en")

    def facts(self) -> StaffCertificateFacts:
        """What the action takes."""
        return StaffCertificateFacts(**self.cleaned_data)


class RevokeForm(HouseForm):
    """Why a certificate is revoked."""

    reason = forms.CharField(label=_("Why it is revoked"), max_length=200)


class YearForm(HouseForm):
    """How a year was judged."""

    year = forms.IntegerField(label=_("Year"), min_value=2007, max_value=2100)
    grade = forms.ChoiceField(label=_("Grade of the year"), choices=YearGrade.choices)
    remark = forms.CharField(label=_("Remark"), max_length=300, required=False)


class MonthForm(HouseForm):
    """A day of the month for which officers are entitled."""

    month_on = LooseDateField(label=_("A day of the month"))
