"""Forms of sign-in, new accounts and grants."""

from datetime import date, timedelta
from typing import Any

from allauth.account.forms import ChangePasswordForm, LoginForm, ReauthenticateForm
from allauth.mfa.base.forms import AuthenticateForm
from allauth.mfa.base.forms import ReauthenticateForm as ReauthenticateByCodeForm
from allauth.mfa.totp.forms import ActivateTOTPForm
from django import forms
from django.utils.translation import gettext_lazy as _

from openpes.access import queries
from openpes.access.actions import DelegationFacts
from openpes.access.models import Account
from openpes.access.permissions import roles
from openpes.kernel.forms import HalfWidthField, HouseForm, LooseDateField
from openpes.kernel.mistakes import NamedMistakes


class SignInForm(NamedMistakes, LoginForm):
    """User name and password; no mail is ever sent, so there is no link to reset a password."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["login"].label = _("User name")
        for name in ("login", "password"):
            self.fields[name].widget.attrs.pop("placeholder", None)
        self.fields["login"].widget.attrs["autofocus"] = ""
        self.fields["password"].help_text = ""


class OwnPasswordForm(NamedMistakes, ChangePasswordForm):
    """A password of one's own in place of the present one, and not the same again."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            field.widget.attrs.pop("placeholder", None)  # the label says it, and goes on saying it
        self.fields["oldpassword"].help_text = ""

    def clean_password1(self) -> str:
        """The new password, which differs from the present one."""
        chosen = self.cleaned_data["password1"]
        if self.user.check_password(chosen):
            raise forms.ValidationError(_("This is the present password. Choose another one."))
        return chosen


class ConfirmForm(NamedMistakes, ReauthenticateForm):
    """The present password once more."""


class CodeForm(NamedMistakes, AuthenticateForm):
    """The second factor at sign-in."""


class ConfirmByCodeForm(NamedMistakes, ReauthenticateByCodeForm):
    """The second factor once more."""


class FirstCodeForm(NamedMistakes, ActivateTOTPForm):
    """The first code of an authenticator app."""


class PhoneForm(HouseForm):
    """The number to which a code is sent."""

    phone = HalfWidthField(
        label=_("Mobile number"), max_length=20,
        widget=forms.TextInput(attrs={"autofocus": "", "autocomplete": "tel", "inputmode": "tel"}),
        help_text=_("The number that stands in your file at the employment service."),
    )  # fmt: skip


class PhoneCodeForm(HouseForm):
    """The code that was sent."""

    phone = HalfWidthField(max_length=20, widget=forms.HiddenInput)
    code = HalfWidthField(
        label=_("Code of six digits"), max_length=12,
        widget=forms.TextInput(attrs={"autofocus": "", "autocomplete": "one-time-code", "inputmode": "numeric"}),
    )  # fmt: skip


class RoleForm(HouseForm):
    """A role of staff and its area."""

    role = forms.ChoiceField(label=_("Role"))
    scope = HalfWidthField(
        label=_("Area"),
        max_length=100,
        help_text=_("Your own area or one inside it; type a part of its name and choose from the list."),
    )

    def __init__(self, *args: Any, inside: str = "", **kwargs: Any) -> None:
        """With `inside` the area in which names are looked for."""
        super().__init__(*args, **kwargs)
        self.inside = inside
        staff = [(role.code, role.name) for role in roles() if not role.self_service]
        self.fields["role"].choices = [("", _("Please choose")), *staff]

    def clean_scope(self) -> str:
        """The path of the area."""
        return queries.area_path_of(scope=self.inside, text=self.cleaned_data["scope"])


class NewAccountForm(RoleForm):
    """A new account of a member of staff, with the role to ask for."""

    username = HalfWidthField(
        label=_("User name"),
        max_length=40,
        widget=forms.TextInput(attrs={"autofocus": "", "autocomplete": "off"}),
        help_text=_("Small letters, digits, dots, dashes or underlines; the name is kept for ever."),
    )
    name = HalfWidthField(label=_("Name"), max_length=100)
    field_order = ("username", "name", "role", "scope")


class GrantForm(RoleForm):
    """A role of staff for an area, for an account that there is already."""

    account = HalfWidthField(
        label=_("User name"), max_length=60, widget=forms.TextInput(attrs={"autofocus": "", "autocomplete": "off"})
    )
    field_order = ("account", "role", "scope")

    def clean_account(self) -> int:
        """The number of the account of that user name."""
        name = self.cleaned_data["account"]
        return _known(queries.account_named(username=name), name)


def _known(found: Account | None, name: str) -> int:
    if found is None:
        raise forms.ValidationError(
            _("There is no account “%(name)s”. Check the spelling, or open the account first."), params={"name": name}
        )
    return found.pk


class DelegationForm(HouseForm):
    """Rights for a colleague, until a day."""

    taker = HalfWidthField(label=_("User name of the colleague"), max_length=60)
    scope = HalfWidthField(
        label=_("Area"),
        max_length=100,
        help_text=_("Your own area or one inside it; type a part of its name and choose from the list."),
    )
    until_on = LooseDateField(label=_("Until (that day no more)"))
    reason = forms.CharField(label=_("Reason"), max_length=200)
    rights = forms.MultipleChoiceField(label=_("Rights"), widget=forms.CheckboxSelectMultiple)

    def __init__(self, *args: Any, on: date, rights: list[tuple[str, str]], scope: str, **kwargs: Any) -> None:
        own, week = queries.full_area_name(scope), on + timedelta(days=7)
        initial = {"scope": own, "until_on": week, "rights": [code for code, _label in rights]}
        super().__init__(*args, initial=initial, **kwargs)
        self.fields["rights"].choices = rights
        self._on, self._inside = on, scope

    def clean_scope(self) -> str:
        """The path of the area."""
        return queries.area_path_of(scope=self._inside, text=self.cleaned_data["scope"])

    def clean_taker(self) -> int:
        """The number of the colleague's account."""
        name = self.cleaned_data["taker"]
        return _known(queries.staff_account(username=name, on=self._on), name)

    def facts(self) -> DelegationFacts:
        """What the action takes."""
        given = self.cleaned_data
        return DelegationFacts(**given | {"rights": tuple(given["rights"])})
