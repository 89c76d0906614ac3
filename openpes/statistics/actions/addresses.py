"""The mail address to which an account is told of its figures: given, agreed to with a code, taken back."""

from datetime import datetime

from django.utils.translation import gettext as _

from openpes.kernel import Actor, Reason, Refused, action
from openpes.messages.actions import Wanted, ask_consent, confirm_consent, end_consent
from openpes.messages.choices import Channel
from openpes.messages.models import Consent
from openpes.statistics.queries.following import PURPOSE, address_subject, addresses_of


@action
def give_address(*, to: str, by: Actor, at: datetime) -> Consent:
    """Send a code to the mail address at which an account wants to be told; nothing else goes there before it is told.

    :raises Refused: it is no mail address, or too many codes went there today
    """
    for waits in addresses_of(account=by.id):
        if not waits.given_at:
            end_consent(consent=waits.pk, by=by, at=at)
    wanted = Wanted(channel=Channel.MAIL, to=to, purpose=PURPOSE, subject=address_subject(by.id))
    return ask_consent(wanted=wanted, area=by.scope, by=by, at=at)


@action
def confirm_address(*, code: str, by: Actor, at: datetime) -> bool:
    """Whether the code is the one that was sent; if so the address counts, and the one before no longer.

    :raises Refused: no address waits for a code, or the code is too old or was guessed too often
    """
    known = addresses_of(account=by.id)
    waits = next((one for one in known if not one.given_at), None)
    if waits is None:
        raise Refused(Reason(_("No address waits for a code."), field="code", next_step=_("Give the address first.")))
    if not confirm_consent(consent=waits.pk, code=code, by=by, at=at):
        return False
    for before in known:
        if before.pk != waits.pk:
            end_consent(consent=before.pk, by=by, at=at)
    return True


@action
def take_address_back(*, by: Actor, at: datetime) -> int:
    """Tell an account by mail no longer; its pages stay. Gives how many addresses that ended."""
    known = addresses_of(account=by.id)
    for one in known:
        end_consent(consent=one.pk, by=by, at=at)
    return len(known)
