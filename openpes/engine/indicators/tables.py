"""The rows of the official tables: names, order, what is part of what, which side may lack a requirement."""

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

from openpes.engine.indicators.editions import SAME

Side = Literal["demand", "seekers"]

BOTH: tuple[Side, ...] = ("demand", "seekers")
NO_REQUIREMENT = "无要求"
TOTAL = "合计"
OTHER = "其他"
NOT_RECORDED = "未登记"  # a row that the form does not have: seekers of whom the register does not tell it


@dataclass(frozen=True)
class OfficialTable:
    """One table of the quarterly report.

    `parts` names for a row the row that it is part of: it is printed as a percentage of the outermost one and
    is not added to the total. `complete` are rows whose parts add up to them, so that they may be left out.
    `free` is the side on which 无要求 occurs.
    """

    number: int
    title: str
    sides: tuple[Side, ...]
    rows: tuple[str, ...]
    parts: tuple[tuple[str, str], ...] = ()
    complete: tuple[str, ...] = ()
    free: Side | None = None

    def parent(self, row: str) -> str | None:
        """Return the row that this one is part of."""
        return dict(self.parts).get(row)

    def outermost(self, row: str) -> str | None:
        """Return the row whose percentage this one shares, None for the total."""
        parent = self.parent(row)
        return (self.outermost(parent) or parent) if parent else None

    def children(self, row: str) -> tuple[str, ...]:
        """Return the rows that are direct parts of this one."""
        return tuple(part for part, parent in self.parts if parent == row)


DOMESTIC = (
    "国有企业",
    "集体企业",
    "股份合作企业",
    "联营企业",
    "有限责任公司",
    "股份有限公司",
    "私营企业",
    "其他企业",
)
ENTERPRISES = ("内资企业", "港、澳、台商投资企业", "外商投资企业", "个体经营")
PRIMARY = ("农、林、牧、渔业",)
SECONDARY = ("采矿业", "制造业", "电力、燃气及水的生产和供应业", "建筑业")
TERTIARY = (
    "交通运输、仓储和邮政业",
    "信息传输、计算机服务和软件业",
    "批发和零售业",
    "住宿和餐饮业",
    "金融业",
    "房地产业",
    "租赁和商务服务业",
    "科学研究、技术服务和地质勘查业",
    "水利、环境和公共设施管理业",
    "居民服务和其他服务业",
    "教育",
    "卫生、社会保障和社会福利业",
    "文化、体育和娱乐业",
    "公共管理与社会组织",
    "国际组织",
)
SECTORS = {"第一产业": PRIMARY, "第二产业": SECONDARY, "第三产业": TERTIARY}

_LIST = (
    OfficialTable(2, "按产业分组的需求人数", ("demand",), (*SECTORS, OTHER)),
    OfficialTable(3, "按行业分组的需求人数", ("demand",), (*PRIMARY, *SECONDARY, *TERTIARY, OTHER)),
    OfficialTable(
        4,
        "按用人单位性质分组的需求人数",
        ("demand",),
        ("企业", "内资企业", *DOMESTIC, *ENTERPRISES[1:], "事业", "机关", OTHER),
        parts=(*((row, "内资企业") for row in DOMESTIC), *((row, "企业") for row in ENTERPRISES)),
        complete=("内资企业", "企业"),
    ),
    OfficialTable(
        5,
        "按职业分组的供求人数",
        BOTH,
        (
            "单位负责人",
            "专业技术人员",
            "办事人员和有关人员",
            "商业和服务业人员",
            "农林牧渔水利生产人员",
            "生产运输设备操作工",
            OTHER,
        ),
        free="seekers",
    ),
    OfficialTable(
        8,
        "按求职人员类别分组的求职人数",
        ("seekers",),
        (
            "新成长失业青年",
            "应届高校毕业生",
            "就业转失业人员",
            "其他失业人员",
            "在业人员",
            "下岗职工",
            "退休人员",
            "在学人员",
            "本市农村人员",
            "外埠人员",
        ),
        parts=(("应届高校毕业生", "新成长失业青年"),),
    ),
    OfficialTable(9, "按性别分组的供求人数", BOTH, ("男", "女"), free="demand"),
    OfficialTable(10, "按年龄分组的供求人数", BOTH, ("16-24岁", "25-34岁", "35-44岁", "45岁以上"), free="demand"),
    OfficialTable(
        11,
        "按文化程度分组的供求人数",
        BOTH,
        ("初中及以下", "高中", "职高、技校、中专", "大专", "大学", "硕士以上", NOT_RECORDED),
        parts=(("职高、技校、中专", "高中"),),
        free="demand",
    ),
    OfficialTable(
        12,
        "按技术等级分组的供求人数",
        BOTH,
        (
            "职业资格五级",
            "职业资格四级",
            "职业资格三级",
            "职业资格二级",
            "职业资格一级",
            "初级专业技术职务",
            "中级专业技术职务",
            "高级专业技术职务",
            "无技术等级或职称",
        ),
        free="demand",
    ),
)
TABLES = {table.number: table for table in _LIST}

@lru_cache(maxsize=1 << 12)
def plain(name: str) -> str:
    """Reduce a printed row name to what identifies it: no spaces, 其中, brackets, commas."""
    text = unicodedata.normalize("NFKC", name)
    text = re.sub(r"\(.*?\)|^其中[:,]?|[\s、,·]", "", re.sub(r"\s", "", text))
    return re.sub(r"[-—–~至]", "-", text).replace("与", "和")


_SAME = {plain(name): plain(row) for row, names in SAME.items() for name in names}


def row_named(table: OfficialTable, name: str) -> str | None:
    """Return the official row, 无要求 or 合计 that a printed name means in this table, or None."""
    wanted = plain(name)
    wanted = _SAME.get(wanted, wanted)
    special = (TOTAL, NO_REQUIREMENT) if table.free else (TOTAL,)
    return next((row for row in (*table.rows, *special) if plain(row) == wanted), None)
