"""The city's areas, its service points with what stands in them, who works there, and when a point was at work."""

from openpes.network.models.areas import Area, AreaPopulation, AreaTerm
from openpes.network.models.points import (
    OpeningHours,
    PointEquipment,
    PointPicture,
    ServicePoint,
    ServiceWindow,
    WorkingDay,
)
from openpes.network.models.staff import Posting

__all__ = [
    "Area",
    "AreaPopulation",
    "AreaTerm",
    "OpeningHours",
    "PointEquipment",
    "PointPicture",
    "Posting",
    "ServicePoint",
    "ServiceWindow",
    "WorkingDay",
]
