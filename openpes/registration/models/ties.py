"""What of the register belongs to a person and goes with a merged file, and what two files cannot both have."""

from django.utils.translation import gettext_lazy as _

from openpes.people.choices import Clash
from openpes.people.models import LIVING, OVERLAP, Part, Tie, hold_ties
from openpes.registration.models.certificates import (
    CertificateCheck,
    CertificateObjection,
    CertificateUse,
    PreferenceCertificate,
)
from openpes.registration.models.cities import TransferIn, TransferOut
from openpes.registration.models.contacts import Contact
from openpes.registration.models.decisions import Appeal, Decision, FactCorrection
from openpes.registration.models.filings import Filing
from openpes.registration.models.handbooks import Handbook, HandbookCopy, HandbookEntry, HandbookHolding
from openpes.registration.models.periods import StatusPeriod, WithdrawnRegistration
from openpes.registration.models.rosters import RosterEntry
from openpes.registration.models.transfers import Transfer
from openpes.registration.models.wishes import JobWish

CERTIFICATE_LIVES = "({row}.outcome = '' OR ({row}.outcome = 'issued' AND {row}.revoked_on IS NULL))"
# One that was asked for and never issued is in nobody's hands, and is laid aside with its handbook.
BOOKLET_LIVES = (
    "EXISTS (SELECT FROM registration_handbookcopy c"
    " WHERE c.handbook_id = {row}.id AND c.issued_at IS NOT NULL AND c.ended_at IS NULL)"
)


def _both(condition: str) -> str:
    return " AND ".join(condition.replace("{row}", alias) for alias in "ab")


hold_ties(
    Tie(
        model=StatusPeriod,
        title=_("Registrations"),
        apart=OVERLAP,
        clash=Clash.PAST,
        living=LIVING,
        next_step=_("End one of the two registrations first; if it was a mistake, on its first day."),
        parts=(
            Part(Filing, "period_id"),
            Part(TransferOut, "period_id"),
            Part(TransferIn, "period_id"),
            Part(RosterEntry, "period_id"),
        ),
    ),
    Tie(model=WithdrawnRegistration, title=_("Registrations taken back")),
    Tie(
        model=JobWish,
        title=_("Job wishes"),
        apart=OVERLAP,
        clash=Clash.PAST,
        living=LIVING,
        next_step=_("End one of the two job wishes first."),
    ),
    Tie(
        model=Handbook,
        title=_("Handbooks"),
        apart="true",
        clash=Clash.PAST,
        living=BOOKLET_LIVES,
        next_step=_(
            "Take one of the two booklets in first: replace it on the page of its handbook, and leave the next one"
            " unissued."
        ),
        parts=(
            Part(HandbookCopy, "handbook_id"),
            Part(HandbookEntry, "handbook_id"),
            Part(HandbookHolding, "handbook_id"),
        ),
    ),
    Tie(model=HandbookCopy, title=_("Booklets")),
    Tie(model=HandbookEntry, title=_("Lines of handbooks")),
    Tie(model=HandbookHolding, title=_("Holdings of handbooks")),
    Tie(model=Contact, title=_("Confirmations of unemployment")),
    Tie(model=Decision, title=_("Decisions")),
    Tie(model=FactCorrection, title=_("Corrections of facts")),
    Tie(model=Appeal, title=_("Appeals")),
    Tie(
        model=Transfer,
        title=_("Hand-overs"),
        apart="a.answered_at IS NULL AND b.answered_at IS NULL",
        next_step=_("Let the new office answer one of the two hand-overs first."),
    ),
    Tie(model=TransferOut, title=_("Transfers to other cities")),
    Tie(model=TransferIn, title=_("Transfers from other cities")),
    Tie(model=RosterEntry, title=_("Entries of hiring rosters")),
    Tie(model=CertificateObjection, title=_("Objections to certificates")),
    Tie(model=Filing, title=_("Filings of employers")),
    Tie(
        model=PreferenceCertificate,
        title=_("Preference certificates"),
        apart=_both(CERTIFICATE_LIVES),
        next_step=_("Decide about or revoke one of the two certificates first."),
    ),
    Tie(model=CertificateCheck, title=_("Yearly checks of certificates")),
    Tie(model=CertificateUse, title=_("Uses of certificates")),
)
