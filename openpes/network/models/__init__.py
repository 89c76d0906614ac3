"""The city's areas, its service points with what stands in them, who works there, and when a point was at work."""

from openpes.network.models.acceptance import (
    Acceptance,
    AcceptanceItem,
)
from openpes.network.models.areas import Area, AreaPopulation, AreaTerm
from openpes.network.models.pilots import (
    PilotApplication,
    PilotStep,
)
from openpes.network.models.points import (
    OpeningHours,
    PointEquipment,
    PointPicture,
    ServicePoint,
    ServiceWindow,
    WorkingDay,
)
from openpes.network.models.staff import Posting, StaffCertificate, SubsidyEntitlement, YearAssessment

__all__ = [
    "Acceptance",
    "AcceptanceItem",
    "Area",
    "AreaPopulation",
    "AreaTerm",
    "OpeningHours",
    "PilotApplication",
    "PilotStep",
    "PointEquipment",
    "PointPicture",
    "Posting",
    "ServicePoint",
    "ServiceWindow",
    "StaffCertificate",
    "SubsidyEntitlement",
    "WorkingDay",
    "YearAssessment",
]
