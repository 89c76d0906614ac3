"""What an employer says on the way: it has read an application, it offers the job."""

from datetime import datetime

from openpes.kernel import Actor, action
from openpes.referrals.actions.steps import Told, locked_referral, move_on
from openpes.referrals.choices import Stage
from openpes.referrals.models import Referral


@action
def note_seen(*, referral: int, by: Actor, at: datetime) -> Referral:
    """Note that the employer opened an application or introduction; the person is told. Nothing happens twice.

    :raises Referral.DoesNotExist: there is none of that id for the actor
    """
    row = locked_referral(referral, by)
    if row.answer or row.stage != Stage.MADE:
        return row
    return move_on(referral=row, stage=Stage.SEEN, told=Told(), by=by, at=at)


@action
def offer_job(*, referral: int, words: str = "", by: Actor, at: datetime) -> Referral:
    """Offer the place to the person; it is a hire when the contract's facts are recorded.

    :raises Referral.DoesNotExist: there is none of that id for the actor
    :raises Refused: it is not open any more
    """
    row = locked_referral(referral, by)
    return move_on(referral=row, stage=Stage.OFFERED, told=Told(words=words.strip()), by=by, at=at)
