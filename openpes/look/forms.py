"""The form of the style page: one field of each kind."""

from functools import cache

from django import forms
from django.core.validators import RegexValidator
from django.utils.translation import gettext_lazy as _

from openpes.engine.words import search_line
from openpes.kernel.forms import HouseForm, LooseDateField, ManyField, YuanField

SPECIMENS = {
    "night": ("夜班", "Night shift"),
    "five": ("五险", "Five insurances"),
    "meals": ("包吃", "Free meals"),
    "bed": ("包住", "A bed at work"),
    "bus": ("班车接送", "Works bus"),
}


@cache
def specimen_lines() -> dict[str, str]:
    """Under what each specimen is found; the pinyin is looked up when the page is first asked for."""
    return {code: search_line(*names) for code, names in SPECIMENS.items()}


class SpecimenForm(HouseForm):
    """Shows how fields look and how they answer; nothing is saved."""

    reason = forms.ChoiceField(
        label=_("Reason for unemployment"),
        choices=[("", _("Please choose")), ("1", _("Contract ended")), ("2", _("Business closed"))],
    )
    left_on = LooseDateField(label=_("Unemployed since"), help_text=_("The date on the proof that the contract ended"))
    last_employer = forms.CharField(label=_("Last employer"), required=False, max_length=100)
    phone = forms.CharField(
        label=_("Phone"),
        help_text=_("For messages about suitable vacancies"),
        validators=[RegexValidator(r"^1\d{10}$", _("A mobile number has 11 digits and begins with 1."))],
    )
    pay_min = YuanField(label=_("Wanted pay a month (yuan)"), required=False)
    occupation = forms.CharField(label=_("Wanted occupation"), required=False)
    wants_work = forms.BooleanField(label=_("Is looking for work"), required=False)
    wants_training = forms.BooleanField(label=_("Would take part in training"), required=False)
    channel = forms.ChoiceField(
        label=_("How to reach the person"),
        widget=forms.RadioSelect,
        required=False,
        choices=[("sms", _("Text message")), ("call", _("Phone call")), ("visit", _("Home visit"))],
    )
    extras = ManyField(
        label=_("Also important"),
        most=3,
        choices=[
            ("night", _("Night shift")), ("five", _("Five insurances")), ("meals", _("Free meals")),
            ("bed", _("A bed at work")), ("bus", _("Works bus")),
        ],
        search_lines=specimen_lines,
    )  # fmt: skip
    remark = forms.CharField(label=_("Remarks"), required=False, widget=forms.Textarea(attrs={"rows": 2}))
