"""Where the points of the founding plan stand, and what points, hours, pictures and staff must satisfy."""

from openpes.network.rules.hours import HOURS_EXAMPLE, Stretch, hours_of_day, hours_text, parsed_hours, why_not_hours
from openpes.network.rules.pictures import picture_refusal, why_no_more_pictures, why_not_this_file
from openpes.network.rules.plan import PLAN, PlannedPoint, planned_points, point_name
from openpes.network.rules.points import (
    NewPoint,
    kind_of_unit,
    why_not_change,
    why_not_close,
    why_not_hall,
    why_not_key_market,
    why_not_open,
    why_not_population,
    why_not_post,
)

__all__ = [
    "HOURS_EXAMPLE",
    "PLAN",
    "NewPoint",
    "PlannedPoint",
    "Stretch",
    "hours_of_day",
    "hours_text",
    "kind_of_unit",
    "parsed_hours",
    "picture_refusal",
    "planned_points",
    "point_name",
    "why_no_more_pictures",
    "why_not_change",
    "why_not_close",
    "why_not_hall",
    "why_not_hours",
    "why_not_key_market",
    "why_not_open",
    "why_not_population",
    "why_not_post",
    "why_not_this_file",
]
