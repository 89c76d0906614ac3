"""Who may sign in to the demo city: one account a role, with Chinese names and posts."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Staff:
    """A member of staff of the demo city; `window` is where the public finds them."""

    username: str
    name: str
    role: str
    scope: str
    window: str = ""


COUNTY, NEIGHBOUR, TOWN, VILLAGE = "450103", "450105", "450103001", "450103001005"
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
