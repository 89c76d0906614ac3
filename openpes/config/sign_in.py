"""How sign-in differs from the library's default: nobody opens an account for themselves."""

from base64 import b64decode, b64encode

from allauth.account.adapter import DefaultAccountAdapter
from allauth.mfa.adapter import DefaultMFAAdapter
from django.http import HttpRequest

from openpes.kernel.sensitive import seal, unseal


class ClosedDoor(DefaultAccountAdapter):
    """Accounts are opened by the service, not by visitors."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False


class SealedSecrets(DefaultMFAAdapter):
    """The secrets of second factors are sealed like personal data, under keys outside the database."""

    def encrypt(self, text: str) -> str:
        return b64encode(seal(text, context="mfa.secret")).decode()

    def decrypt(self, encrypted_text: str) -> str:
        return unseal(b64decode(encrypted_text), context="mfa.secret")
