"""What the register keeps: periods, wishes, handbooks, contacts, decisions, transfers, filings, certificates."""

from openpes.registration.models.certificates import (
    CertificateCheck,
    CertificateNotice,
    CertificateQuerySet,
    CertificateUse,
    PreferenceCertificate,
)
from openpes.registration.models.contacts import Contact
from openpes.registration.models.decisions import Appeal, AppealQuerySet, Decision, FactCorrection
from openpes.registration.models.filings import Filing, FilingQuerySet
from openpes.registration.models.handbooks import (
    Handbook,
    HandbookCopy,
    HandbookCopyQuerySet,
    HandbookEntry,
    HandbookHolding,
    HandbookProof,
    HandbookSerial,
)
from openpes.registration.models.periods import (
    StatusPeriod,
    StatusPeriodQuerySet,
    WithdrawnRegistration,
)
from openpes.registration.models.transfers import Transfer, TransferQuerySet
from openpes.registration.models.wishes import JobWish, JobWishQuerySet

__all__ = [
    "Appeal",
    "AppealQuerySet",
    "CertificateCheck",
    "CertificateNotice",
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
    "HandbookProof",
    "HandbookSerial",
    "JobWish",
    "JobWishQuerySet",
    "PreferenceCertificate",
    "StatusPeriod",
    "StatusPeriodQuerySet",
    "Transfer",
    "TransferQuerySet",
    "WithdrawnRegistration",
]
