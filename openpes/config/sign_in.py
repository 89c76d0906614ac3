"""How sign-in differs from the library's default: nobody opens an account for themselves."""

from base64 import b64decode, b64encode

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.auth_backends import AuthenticationBackend
from allauth.mfa.adapter import DefaultMFAAdapter
from django.http import HttpRequest
from django.urls import reverse

from openpes.access.actions import choose_password
from openpes.access.models import Account
from openpes.access.queries import active_account
from openpes.kernel import Actor
from openpes.kernel.sensitive import seal, unseal


class ClosedDoor(DefaultAccountAdapter):
    """Accounts are opened by the service, not by visitors."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    def set_password(self, user: Account, password: str) -> None:
        """The holder's own choice, with its line in the journal; the same for staff and for self-service."""
        choose_password(account=user.pk, password=password, by=Actor(id=user.pk, name=user.name), at=self.request.at)
        user.refresh_from_db()  # who chose a password stays signed in, known by the new one

    def get_password_change_redirect_url(self, request: HttpRequest) -> str:
        return reverse("access:account")


class SealedSecrets(DefaultMFAAdapter):
    """The secrets of second factors are sealed like personal data, under keys outside the database."""

    def encrypt(self, text: str) -> str:
        return b64encode(seal(text, context="mfa.secret")).decode()

    def decrypt(self, encrypted_text: str) -> str:
        return unseal(b64decode(encrypted_text), context="mfa.secret")


class ActiveAccounts(AuthenticationBackend):
    """Passwords as the library checks them; the account of a session is read anew on every request."""

    def get_user(self, user_id: int) -> Account | None:
        return active_account(account=user_id)
