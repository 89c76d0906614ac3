"""Forms of the network."""

from openpes.network.forms.acceptance import EvidenceForm, PilotForm, PointsForm, StepForm
from openpes.network.forms.points import (
    CloseForm,
    EndPostingForm,
    PictureForm,
    PointFactsForm,
    PointForm,
    PopulationForm,
    PostingForm,
)
from openpes.network.forms.staff import CertificateForm, MonthForm, RevokeForm, YearForm

__all__ = [
    "CertificateForm",
    "CloseForm",
    "EndPostingForm",
    "EvidenceForm",
    "MonthForm",
    "PictureForm",
    "PilotForm",
    "PointFactsForm",
    "PointForm",
    "PointsForm",
    "PopulationForm",
    "PostingForm",
    "RevokeForm",
    "StepForm",
    "YearForm",
]
