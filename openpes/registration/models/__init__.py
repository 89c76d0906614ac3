"""What the register keeps: periods, wishes, handbooks, contacts, decisions, transfers, filings, certificates."""

from openpes.registration.models import ties
from openpes.registration.models.certificates import (
    CertificateCheck,
    CertificateNotice,
    CertificateObjection,
    CertificateQuerySet,
    CertificateUse,
    PreferenceCertificate,
)
from openpes.registration.models.cities import TransferIn, TransferOut, TransferOutQuerySet
from openpes.registration.models.contacts import Contact
from openpes.registration.models.decisions import Appeal, AppealQuerySet, Decision, FactCorrection
from openpes.registration.models.filings import Filing, FilingQuerySet
from openpes.registration.models.handbooks import (
    Handbook,
    HandbookCopy,
    HandbookCopyQuerySet,
    HandbookEntry,
    HandbookHolding,
    HandbookSerial,
)
from openpes.registration.models.periods import (
    StatusPeriod,
    StatusPeriodQuerySet,
    WithdrawnRegistration,
)
from openpes.registration.models.proofs import PaperProof
from openpes.registration.models.rosters import RosterEntry
from openpes.registration.models.transfers import Transfer, TransferQuerySet
from openpes.registration.models.wishes import JobWish, JobWishQuerySet

__all__ = [
    "Appeal",
    "AppealQuerySet",
    "CertificateCheck",
    "CertificateNotice",
    "CertificateObjection",
    "CertificateQuerySet",
    "CertificateUse",
    "Contact",
    "Decision",
    "FactCorrection",
    "Filing",
    "FilingQuerySet",
    "Handbook",
    "HandbookCopy",
    "HandbookCopyQuerySet",
    "HandbookEntry",
    "HandbookHolding",
    "HandbookSerial",
    "JobWish",
    "JobWishQuerySet",
    "PaperProof",
    "PreferenceCertificate",
    "RosterEntry",
    "StatusPeriod",
    "StatusPeriodQuerySet",
    "Transfer",
    "TransferIn",
    "TransferOut",
    "TransferOutQuerySet",
    "TransferQuerySet",
    "WithdrawnRegistration",
    "ties",
]
