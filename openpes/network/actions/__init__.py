"""Loading areas; opening, describing, closing points and their pictures; posting staff."""

from openpes.network.actions.areas import load_areas, record_population
from openpes.network.actions.describing import PointFacts, describe_point
from openpes.network.actions.pictures import add_picture, remove_picture
from openpes.network.actions.points import (
    Host,
    close_service_point,
    lay_out_service_points,
    open_service_point,
    recognise_key_market,
)
from openpes.network.actions.staff import post_staff

__all__ = [
    "Host",
    "PointFacts",
    "add_picture",
    "close_service_point",
    "describe_point",
    "lay_out_service_points",
    "load_areas",
    "open_service_point",
    "post_staff",
    "recognise_key_market",
    "record_population",
    "remove_picture",
]
