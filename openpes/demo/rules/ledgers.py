"""Tables as offices and firms really send them: rural ledgers and vacancy lists with dirt, and the truth about it."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import lru_cache
from typing import Any

import numpy as np

from openpes.demo.rules.chance import picks, stream
from openpes.demo.rules.firms import invent_firms
from openpes.demo.rules.numbers import LEDGER_ORDERS, identity_numbers
from openpes.demo.rules.openings import invent_openings
from openpes.demo.rules.people import CHILD, HEAD, PARENT, SIBLING, SPOUSE, invent_people
from openpes.demo.rules.places import places
from openpes.demo.rules.work import titles
from openpes.engine.areas import areas
from openpes.engine.files import document
from openpes.engine.files import rows as file_rows

FIRST_ROW = 2  # the headings stand in row 1 of Excel
DIRT_SHARE, MENDED_SHARE = 0.10, 0.16
FULL_WIDTH = str.maketrans("0123456789X", "０１２３４５６７８９Ｘ")
RELATION_WORDS = {
    HEAD: ("户主", "户主"),
    SPOUSE: ("妻", "丈夫"),
    CHILD: ("女", "子"),
    PARENT: ("母亲", "父亲"),
    SIBLING: ("妹", "弟"),
}
WISHES = ("无", "电工", "家政", "烹饪", "无", "电商直播", "焊工")
RURAL_TITLES = {
    "booklet_no": "户口簿编号", "area": "所在村（社区）", "head": "户主姓名", "name": "姓名",
    "id_number": "公民身份号码",
    "relation": "与户主关系", "education": "文化程度", "hukou": "户口性质", "phone": "联系电话", "status": "就业状态",
    "industry": "从事行业", "work_area": "就业地区类型", "income_fen": "年收入（元）", "training_wish": "培训意愿",
    "intention": "就业意向", "farmland_mu": "耕地面积（亩）", "land_taken": "是否被征地", "hardship": "农户类型",
}  # fmt: skip
LIST_TITLES = {
    "credit_code": "统一社会信用代码", "employer_name": "用人单位名称", "employer_address": "单位地址",
    "contact_name": "联系人", "contact_phone": "单位联系电话", "title": "岗位名称", "occupation": "职业（工种）",
    "openings": "招聘人数", "term": "用工期限",
    "pay_min_fen": "月薪下限（元）", "pay_max_fen": "月薪上限（元）", "area": "工作地点", "address": "详细地址",
    "description": "工作内容", "action": "处理方式", "closes_on": "招聘截止日期", "education_min": "学历要求",
    "experience_min": "工作经验（年）", "benefits": "福利待遇", "conditions": "其他条件",
}  # fmt: skip
TERM_WORDS = {"open_ended": "长期", "fixed": "固定期限", "short": "季节工", "part_time": "兼职"}
BENEFIT_WORDS = {
    "board": "包吃", "lodging": "包住", "insurance": "五险", "housing_fund": "公积金", "weekends": "双休",
    "day_shift": "长白班",
    "training": "岗前培训", "shuttle": "班车",
}  # fmt: skip


FILE_NAMES = {"rural_ledger": "农村劳动力资源台账（{place}）.xlsx", "vacancy_list": "招聘岗位信息表（{place}）.xlsx"}


@dataclass(frozen=True)
class Fault:
    """Something that was made dirty: the row in Excel, the column's key, the kind; `wrong` when it must be refused."""

    row: int
    column: str
    kind: str
    wrong: bool


@dataclass(frozen=True)
class Ledger:
    """A table to be written: the headings by column key, the rows, and everything that is dirty in them."""

    kind: str
    area: str
    titles: dict[str, str]
    rows: list[dict[str, Any]]
    faults: list[Fault] = field(default_factory=list)

    @property
    def wrong_rows(self) -> set[int]:
        """The rows that cannot be accepted."""
        return {fault.row for fault in self.faults if fault.wrong}


def file_name(kind: str, area: str) -> str:
    """What the file of a ledger of an area is called."""
    return FILE_NAMES[kind].format(place=areas()[area].name)


def rural_ledger(*, count: int, seed: int, on: date, county: str, orders: int = LEDGER_ORDERS) -> Ledger:
    """The labour ledger of the villages of a county, or of one village: one row a member, some dirty.

    `orders` is where the identity numbers of each day begin; two ledgers of one city need two, to hold other people.
    """
    rng = stream(seed, "ledgers")
    homes, people = invent_people(count, seed + 1_000_003 + orders - LEDGER_ORDERS, on.toordinal(), places())
    identity = identity_numbers(people.born, people.male, orders)
    villages = _villages(county)
    where = rng.integers(0, len(villages), len(homes.place))
    rows = []
    for number in range(people.count):
        home = int(people.home[number])
        head = int(np.searchsorted(people.home, home))
        rows.append(
            {
                "booklet_no": f"{on:%Y}{orders}{home + 1:05d}",
                "area": villages[where[home]],
                "head": people.name[head],
                "name": people.name[number],
                "id_number": identity[number],
                "relation": RELATION_WORDS[int(people.role[number])][int(people.male[number])],
                "education": labels("education_2006")[people.education[number]],
                "hukou": "农业" if people.hukou[number].startswith("2") else "居民户",
                "phone": people.phone[number],
                **_work(rng),
                **_land(rng, number == head),
            }
        )
    return _dirty(Ledger("rural_ledger", county, RURAL_TITLES, rows), RURAL_DIRT, RURAL_MENDED, rng, repeat="id_number")


def vacancy_list(*, count: int, seed: int, on: date, county: str) -> Ledger:
    """The vacancy lists of a county's employers put together by an office, some cells dirty."""
    rng = stream(seed, "ledgers")
    where, day = places(), on.toordinal()
    firms = invent_firms(max(count // 3, 3), seed + 1_000_003, day, where, 10**7)
    openings = invent_openings(count, seed + 1_000_003, day, firms, where)
    known, towns = titles(), [town.name for town in areas().all("town", county)]
    rows = []
    for number in range(count):
        firm, title = int(openings.firm[number]), int(openings.title[number])
        closes_on = on + timedelta(days=int(rng.integers(10, 80)))
        rows.append(
            {
                "credit_code": firms.code[firm],
                "employer_name": firms.name[firm],
                "employer_address": firms.address[firm],
                "contact_name": firms.contact[firm],
                "contact_phone": firms.phone[firm],
                "title": known.title[title],
                "occupation": known.occupation[title],
                "openings": int(openings.openings[number]),
                "term": TERM_WORDS[openings.term[number]],
                "pay_min_fen": int(openings.pay_min[number]) // 100,
                "pay_max_fen": int(openings.pay_max[number]) // 100,
                "area": towns[int(rng.integers(0, len(towns)))],
                "address": firms.address[firm],
                "description": openings.description[number],
                "action": "发布" if rng.random() < 0.8 else "草稿",
                "closes_on": _in_some_shape(closes_on, int(rng.integers(0, 5))),
                "education_min": labels("education_2006").get(openings.education[number], "不限"),
                "experience_min": int(openings.experience[number]),
                "benefits": "、".join(BENEFIT_WORDS[code] for code in openings.benefits[number]),
                "conditions": openings.conditions[number],
            }
        )
    return _dirty(Ledger("vacancy_list", county, LIST_TITLES, rows), LIST_DIRT, LIST_MENDED, rng)


@lru_cache(maxsize=16)
def labels(name: str) -> dict[str, str]:
    """The Chinese names of a national code set."""
    return {code: words for code, words, _english in document("code_sets.toml")[name]["items"]}


@lru_cache(maxsize=1)
def sections() -> list[str]:
    """The sections of industries that rural people work in, by name."""
    return [row["name"] for row in file_rows("industries.csv") if row["code"] in ("A", "C", "E", "F", "G", "H", "O")]


def _villages(county: str) -> list[str]:
    """The villages of an area as ledgers write them; its communities where it has no village."""
    tree = areas()
    units = tree.all("village", county)
    chosen = [unit for unit in units if unit.kind == "village"] or units
    inside_a_town = county.startswith(tree[chosen[0].parent].path)
    return [unit.name if inside_a_town else tree[unit.parent].name + unit.name for unit in chosen]


def _work(rng: np.random.Generator) -> dict[str, Any]:
    status = "12345"[int(picks(rng, (34, 22, 3, 6, 35), 1)[0])]
    away = status in "12"
    return {
        "status": labels("rural_status")[status],
        "industry": sections()[int(rng.integers(0, len(sections())))] if status != "4" else "",
        "work_area": labels("rural_work_area")["1234"[int(picks(rng, (30, 22, 12, 36), 1)[0])]] if away else "",
        "income_fen": int(rng.integers(60, 620)) * 100 if status != "4" else 0,
        "training_wish": WISHES[int(rng.integers(0, len(WISHES)))],
        "intention": labels("rural_intent")["123"[int(rng.integers(0, 3))]],
    }


def _land(rng: np.random.Generator, is_head: bool) -> dict[str, Any]:
    if not is_head:
        return {"farmland_mu": "", "land_taken": "", "hardship": ""}
    kinds = labels("rural_household_type")
    return {
        "farmland_mu": round(float(rng.uniform(0.3, 12)), 1),
        "land_taken": "是" if rng.random() < 0.06 else "否",
        "hardship": kinds["12345"[int(picks(rng, (40, 5, 6, 5, 44), 1)[0])]],
    }


def _in_some_shape(day: date, shape: int) -> Any:
    """A date as one of five people would type it."""
    return (
        day, f"{day:%Y%m%d}", f"{day.year}.{day.month}.{day.day}", f"{day.year}年{day.month}月{day.day}日",
        f"{day:%Y/%m/%d}".translate(FULL_WIDTH),
    )[shape]  # fmt: skip


Spoil = Callable[[dict[str, Any]], dict[str, Any]]


def _dirty(
    clean: Ledger, wrong: dict[str, tuple[str, Spoil]], mended: dict[str, tuple[str, Spoil]],
    rng: np.random.Generator, repeat: str = "",
) -> Ledger:  # fmt: skip
    rows: list[dict[str, Any]] = []
    faults: list[Fault] = []
    for row in clean.rows:
        chance, place = rng.random(), FIRST_ROW + len(rows)
        kinds = wrong if chance < DIRT_SHARE else mended if chance < DIRT_SHARE + MENDED_SHARE else {}
        if kinds:
            kind = list(kinds)[int(rng.integers(0, len(kinds)))]
            column, spoil = kinds[kind]
            changed = spoil(row)
            if changed:
                faults.append(Fault(place, column, kind, kinds is wrong))
                row = row | changed
        rows.append(row)
        if repeat and not any(fault.row == place and fault.wrong for fault in faults) and rng.random() < 0.01:
            faults.append(Fault(FIRST_ROW + len(rows), repeat, "repeated", True))
            rows.append(dict(row))
    return Ledger(clean.kind, clean.area, clean.titles, rows, faults)


def _other_check(number: str) -> str:
    return number[:17] + ("1" if number[17] != "1" else "2")


def _old_number(row: dict[str, Any]) -> dict[str, Any]:
    number = row["id_number"]
    return {"id_number": number[:6] + number[8:17]} if number[6:8] == "19" else {}


RURAL_DIRT: dict[str, tuple[str, Spoil]] = {
    "wrong_check": ("id_number", lambda row: {"id_number": _other_check(row["id_number"])}),
    "number_lost_digits": ("id_number", lambda row: {"id_number": float(int(row["id_number"][:15]) * 1000)}),
    "too_short": ("id_number", lambda row: {"id_number": row["id_number"][:16]}),
    "blank": ("id_number", lambda row: {"id_number": ""}),
    "unknown_village": ("area", lambda row: {"area": "和睦新村（已撤并）"}),
    "wrong_label": ("education", lambda row: {"education": "念过几年书"}),
    "wrong_status": ("status", lambda row: {"status": "在家"}),
    "bad_income": ("income_fen", lambda row: {"income_fen": "三万左右"}),
}
RURAL_MENDED: dict[str, tuple[str, Spoil]] = {
    "full_width": ("id_number", lambda row: {"id_number": row["id_number"].translate(FULL_WIDTH)}),
    "old_number": ("id_number", _old_number),
    "spaces": ("id_number", lambda row: {"id_number": f" {row['id_number'][:6]} {row['id_number'][6:]} "}),
    "small_x": (
        "id_number",
        lambda row: {"id_number": row["id_number"].lower()} if row["id_number"][-1] == "X" else {},
    ),
    "full_width_phone": ("phone", lambda row: {"phone": row["phone"].translate(FULL_WIDTH)} if row["phone"] else {}),
    "income_with_comma": (
        "income_fen",
        lambda row: {"income_fen": f"{row['income_fen']:,}"} if row["income_fen"] else {},
    ),
}
LIST_DIRT: dict[str, tuple[str, Spoil]] = {
    "wrong_check": (
        "credit_code",
        lambda row: {"credit_code": row["credit_code"][:17] + ("A" if row["credit_code"][17] != "A" else "B")},
    ),
    "blank": ("employer_name", lambda row: {"employer_name": ""}),
    "no_number": ("openings", lambda row: {"openings": "若干"}),
    "no_occupation": ("occupation", lambda row: {"occupation": "什么都干"}),
    "unknown_place": ("area", lambda row: {"area": "浦东新区"}),
    "no_such_day": ("closes_on", lambda row: {"closes_on": "2026-13-40"}),
    "negotiable": ("pay_min_fen", lambda row: {"pay_min_fen": "面议"}),
    "wrong_label": ("education_min", lambda row: {"education_min": "有文化"}),
}
LIST_MENDED: dict[str, tuple[str, Spoil]] = {
    "full_width": ("pay_min_fen", lambda row: {"pay_min_fen": str(row["pay_min_fen"]).translate(FULL_WIDTH)}),
    "small_letters": ("credit_code", lambda row: {"credit_code": row["credit_code"].lower()}),
    "spaces": ("title", lambda row: {"title": f"  {row['title']} "}),
}
