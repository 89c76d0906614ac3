"""Signing in by a code to one's registered telephone: asked for, sent by the worker, tried once.

Whether a number is known is never told: asking writes the same row and wakes the same job for every number, trying
reads and writes the same rows, and the answers are the same words. Whose a number is, the worker alone looks up.
"""

import secrets
from datetime import datetime, timedelta

from allauth.mfa.utils import is_mfa_enabled

from openpes.access import rules
from openpes.access.actions.accounts import open_account
from openpes.access.events import SignedInByCode, SignInCodeMade
from openpes.access.models import Account, PhoneCode
from openpes.kernel import Actor, action, clock, defer, publish, refuse_if
from openpes.kernel.sensitive import blind_index

DELIVERY = "access.deliver_codes"  # the job of the room that knows whose telephone it is, and how to reach it
CONTEXT = "access.code"
KEPT = timedelta(days=2)


@action
def ask_code(*, phone: str, by: Actor, at: datetime) -> None:
    """Ask for a code to a mobile number, known or not.

    :raises Refused: it is no mobile number, or too many codes were asked for it
    """
    number = rules.mobile_of(phone)
    known = rules.code_terms(clock.day_of(at))
    index = blind_index(number, context="person.phone")
    lately = PhoneCode.objects.filter(phone_index=index, asked_at__gt=at - timedelta(minutes=known.minutes)).count()
    today = PhoneCode.objects.filter(phone_index=index, asked_at__gt=at - timedelta(days=1)).count()
    refuse_if(rules.why_not_ask(lately=lately, today=today, known=known))
    PhoneCode.objects.create(
        phone_index=index, asked_at=at, until_at=at + timedelta(minutes=known.minutes), digest=secrets.token_bytes(16)
    )
    defer(DELIVERY, once=DELIVERY)


@action
def arm_code(*, code: int, person: int, name: str, area: str, by: Actor, at: datetime) -> str:
    """Give a code that was asked for its six digits, for the one person whose number it is; returns them to be sent.

    Somebody without an account gets one that has no password. Empty where an account is closed or wants a second
    factor: a telephone alone does not open those.
    """
    row = PhoneCode.objects.select_for_update().get(pk=code)
    account = Account.objects.filter(person_id=person).first()
    if row.handled_at is not None or at >= row.until_at:
        return ""
    row.handled_at = at
    if account is not None and (not account.is_active or is_mfa_enabled(account)):
        row.save(update_fields=["handled_at"])
        return ""
    account = account or open_account(username=f"tel-{person}", name=name, person=person, by=by, at=at)
    digits = f"{secrets.randbelow(10**6):06d}"
    row.account_id, row.digest = account.pk, digest_of(row.pk, digits)
    row.save(update_fields=["handled_at", "account_id", "digest"])
    publish(SignInCodeMade(account=account.pk, person=person, area=area, by=by.id, at=at))
    return digits


@action
def close_code(*, code: int, by: Actor, at: datetime) -> None:
    """Note that a code opens nothing, because nobody or more than one person has the number."""
    PhoneCode.objects.filter(pk=code, handled_at=None).update(handled_at=at)


@action
def try_code(*, phone: str, digits: str, by: Actor, at: datetime) -> Account | None:
    """The account that the newest code of a number opens, once; nothing when it is wrong, used, old or tried too often.

    It answers instead of refusing, so that a wrong try is counted and committed.
    """
    known = rules.code_terms(clock.day_of(at))
    index = blind_index(rules.digits_of(phone), context="person.phone")
    newest = PhoneCode.objects.filter(phone_index=index).order_by("-asked_at", "-pk")
    row = newest.select_for_update().first() or PhoneCode(digest=secrets.token_bytes(16), until_at=at)
    right = secrets.compare_digest(bytes(row.digest), digest_of(row.pk or 0, rules.digits_of(digits)))
    open_still = row.used_at is None and at < row.until_at and row.tries < known.tries
    opens = right and open_still and row.account_id is not None
    PhoneCode.objects.filter(pk=row.pk or 0).update(tries=min(row.tries + 1, 100), used_at=at if opens else row.used_at)
    if not opens:
        return None
    account = Account.objects.filter(pk=row.account_id, is_active=True).first()
    if account is not None:
        publish(SignedInByCode(account=account.pk, person=account.person_id, by=account.pk, at=at))
    return account


def forget_codes(*, at: datetime) -> int:
    """Forget codes that were asked for days ago; how many rows went."""
    return PhoneCode.objects.filter(asked_at__lt=at - KEPT).delete()[0]


def digest_of(code: int, digits: str) -> bytes:
    """What is kept of six digits, bound to the row that they open."""
    return blind_index(f"{code}:{digits}", context=CONTEXT)
