"""What is typed at registrations, confirmations, handbooks, certificates and job wishes."""

from openpes.registration.forms.certificates import (
    CertificateForm,
    CheckForm,
    DecideForm,
    ObjectionAnswerForm,
    ObjectionForm,
    ReviewForm,
    RevokeForm,
    UseForm,
)
from openpes.registration.forms.cities import TakeBackForm, TransferInForm, TransferOutForm
from openpes.registration.forms.decisions import (
    AppealForm,
    ContactForm,
    CorrectionForm,
    DayForm,
    RulingForm,
    TransferForm,
)
from openpes.registration.forms.fields import (
    OccupationField,
)
from openpes.registration.forms.handbooks import (
    HandbookReplaceForm,
    HandOverForm,
    PaperCheckForm,
)
from openpes.registration.forms.periods import (
    EmploymentEndForm,
    EmploymentForm,
    HireFilingForm,
    ProofsForm,
    UnemployedSieveForm,
    UnemploymentEndForm,
    UnemploymentForm,
)
from openpes.registration.forms.wishes import (
    WishForm,
)

__all__ = [
    "AppealForm",
    "CertificateForm",
    "CheckForm",
    "ContactForm",
    "CorrectionForm",
    "DayForm",
    "DecideForm",
    "EmploymentEndForm",
    "EmploymentForm",
    "HandOverForm",
    "HandbookReplaceForm",
    "HireFilingForm",
    "ObjectionAnswerForm",
    "ObjectionForm",
    "OccupationField",
    "PaperCheckForm",
    "ProofsForm",
    "ReviewForm",
    "RevokeForm",
    "RulingForm",
    "TakeBackForm",
    "TransferForm",
    "TransferInForm",
    "TransferOutForm",
    "UnemployedSieveForm",
    "UnemploymentEndForm",
    "UnemploymentForm",
    "UseForm",
    "WishForm",
]
