"""A password that is shown once: it travels sealed with the browser and is kept nowhere."""

from base64 import urlsafe_b64decode, urlsafe_b64encode
from binascii import Error as NotBase64

from cryptography.exceptions import InvalidTag
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import redirect

from openpes.access.models import Account
from openpes.kernel.sensitive import seal, unseal

SHOWN_ONCE, SHOWN_FOR, CONTEXT = "employer_account", 120, "employers.member"


def password_once(page: str, account: int, password: str) -> HttpResponseBase:
    """Lead to a page that shows the password; the answer kept for a repeated request has none in it."""
    sealed = urlsafe_b64encode(seal(f"{account}:{password}", context=CONTEXT)).decode()
    response = redirect(page)
    response.set_cookie(SHOWN_ONCE, sealed, max_age=SHOWN_FOR, path=page, httponly=True, samesite="Strict")
    return response


def carried_password(request: HttpRequest, employer: int) -> tuple[str, str] | None:
    """The user name and password that were just given to somebody of this employer; nothing otherwise."""
    try:
        carried = unseal(urlsafe_b64decode(request.COOKIES[SHOWN_ONCE]), context=CONTEXT)
    except (KeyError, NotBase64, ValueError, IndexError, InvalidTag):
        return None
    account, _colon, password = carried.partition(":")
    holder = Account.objects.filter(pk=int(account), employer_id=employer, password_given_at__isnull=False).first()
    return (holder.username, password) if holder else None
