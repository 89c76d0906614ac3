"""Who may sign in to the demo city: one account a role, with Chinese names and posts."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass

import numpy as np

from openpes.demo.rules.chance import Ints, Texts


@dataclass(frozen=True)
class Staff:
    """A member of staff of the demo city; `window` is where the public finds them."""

    username: str
    name: str
    role: str
    scope: str
    window: str = ""


COUNTY, NEIGHBOUR, TOWN = "450103", "450105", "450103001"
VILLAGE = "450103100214"  # a village of a rural town in the county: whose officer keeps a rural ledger
STAFF = (
    Staff("city_clerk", "韦明兰", "city_clerk", "4501", "综合窗口"),
    Staff("county_clerk", "覃志远", "county_clerk", COUNTY, "1号窗口"),
    Staff("township_clerk", "黄秀珍", "township_clerk", TOWN, "2号窗口"),
    Staff("village_officer", "农建华", "village_officer", VILLAGE),
    Staff("neighbour_clerk", "梁宏伟", "county_clerk", NEIGHBOUR, "1号窗口"),
    Staff("supervisor", "陆文静", "supervisor", "4501"),
    Staff("statistician", "莫思敏", "statistician", "4501"),
    Staff("auditor", "蒙国强", "auditor", "4501"),
    Staff("administrator", "潘海涛", "administrator", "4501"),
    Staff("second_administrator", "卢晓雯", "administrator", "4501"),
)
SEEKER, EMPLOYER = "seeker", "employer"
FIRMS_ARE_SERVED_BY = ("township_clerk", "county_clerk", "city_clerk")
PEOPLE_ARE_SERVED_BY = ("village_officer", *FIRMS_ARE_SERVED_BY)


@dataclass(frozen=True)
class Recorders:
    """Whose account records what happens in each place (by its number): what concerns its people, and its firms.

    `clock` is who does what nobody asks for, such as the end of a vacancy that ran out.
    """

    people: Ints
    firms: Ints
    clock: int


def recorders(paths: Texts, accounts: Mapping[str, int], clock: int) -> Recorders:
    """The account of the right role with the narrowest area, `clock` where there is none; `accounts` by username."""
    return Recorders(
        _narrowest(paths, accounts, PEOPLE_ARE_SERVED_BY, clock),
        _narrowest(paths, accounts, FIRMS_ARE_SERVED_BY, clock),
        clock,
    )


def _narrowest(paths: Texts, accounts: Mapping[str, int], roles: Collection[str], otherwise: int) -> Ints:
    found = np.full(len(paths), otherwise, dtype=np.int64)
    staff = [one for one in STAFF if one.role in roles and one.username in accounts]
    for one in sorted(staff, key=lambda known: len(known.scope)):
        found[[path.startswith(one.scope) for path in paths]] = accounts[one.username]
    return found
