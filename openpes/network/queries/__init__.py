"""What may be asked of the network: areas and their names, service points, who works where, the board."""

from openpes.network.queries.areas import (
    AreaView,
    UnknownArea,
    area,
    area_choices,
    area_exists,
    area_full_name,
    area_name,
    area_terms,
    areas_above,
    areas_below,
    forget_areas,
    path_of_code,
)
from openpes.network.queries.points import (
    Board,
    BoardRow,
    board,
    last_working_day,
    point,
    points,
    posting_of,
    postings_at,
)

__all__ = [
    "AreaView",
    "Board",
    "BoardRow",
    "UnknownArea",
    "area",
    "area_choices",
    "area_exists",
    "area_full_name",
    "area_name",
    "area_terms",
    "areas_above",
    "areas_below",
    "board",
    "forget_areas",
    "last_working_day",
    "path_of_code",
    "point",
    "points",
    "posting_of",
    "postings_at",
]
