"""The official tables, reproduced to the last printed digit from figures that cities have published."""

from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from openpes.engine.indicators import TABLES, CountsRefused, OfficialRow, overall, supply_demand
from openpes.engine.indicators.editions import SAME
from openpes.engine.indicators.tables import row_named

Row = dict[str, Any]


def rows(text: str) -> list[Row]:
    """Read 'name demand seekers' lines; '/' is an empty cell."""
    cells = (line.split() for line in text.strip().splitlines())
    return [{"row": name, "demand": number(demand), "seekers": number(seekers)} for name, demand, seekers in cells]


def number(cell: str) -> int | None:
    return None if cell == "/" else int(cell)


def printed(table: int, given: list[Row], allot: str = "official") -> dict[str, OfficialRow]:
    return {row.row: row for row in supply_demand(table, given, allot)}


def ratios(table: int, given: list[Row], allot: str = "official") -> list[str]:
    return [str(row.ratio) if row.ratio is not None else "/" for row in supply_demand(table, given, allot)]


# Hainan, third quarter of 2013.
HAINAN_SEX = rows("""
男 6222 41298
女 5034 37951
无要求 44753 /
""")

# Wuxi, second quarter of 2013: hrss.wuxi.gov.cn, 各类职业供求情况, 2013-07-29.
WUXI_OCCUPATIONS = rows("""
单位负责人 5453 4894
专业技术人员 27387 23883
办事人员和有关人员 24709 24939
商业和服务业人员 39052 31340
农林牧渔水利生产人员 1631 2087
生产运输设备操作工 70927 74820
其他 10672 8135
无要求 / 16556
合计 179831 186654
""")

# Tianshui, first quarter of 2018; the ratio of 高级专业技术职务 is printed there as 47.08, a slip for 47.00.
TIANSHUI_GRADES = rows("""
职业资格五级(初级技能) 1435 1188
职业资格四级(中级技能) 212 329
职业资格三级(高级技能) 198 220
职业资格二级(技师) 125 179
职业资格一级(高级技师) 99 164
初级专业技术职务 2104 683
中级专业技术职务 334 348
高级专业技术职务 93 2
无技术等级或职称 / 4602
无要求 3870 /
""")


def test_hainan_2013_gives_0_72_for_men_and_0_70_for_women() -> None:
    assert ratios(9, HAINAN_SEX) == ["0.72", "0.70", "/", "/"]


def test_the_plain_ratio_leaves_out_demand_without_a_requirement() -> None:
    assert ratios(9, HAINAN_SEX, allot="none") == ["0.15", "0.13", "/", "/"]


def test_wuxi_2013_table_5_is_reproduced_in_every_cell() -> None:
    cells = [(r.demand_pct, r.seekers_pct, r.ratio) for r in supply_demand(5, WUXI_OCCUPATIONS)]
    assert [tuple("/" if cell is None else str(cell) for cell in row) for row in cells] == [
        ("3.03", "2.62", "1.01"),
        ("15.23", "12.80", "1.04"),
        ("13.74", "13.36", "0.91"),
        ("21.72", "16.79", "1.12"),
        ("0.91", "1.12", "0.73"),
        ("39.44", "40.08", "0.87"),
        ("5.93", "4.36", "1.17"),
        ("/", "8.87", "/"),
        ("100.00", "100.00", "/"),
    ]


def test_tianshui_2018_table_12_is_reproduced_with_its_empty_cells() -> None:
    assert ratios(12, TIANSHUI_GRADES) == [
        "1.71", "1.15", "1.40", "1.20", "1.11", "3.58", "1.46", "47.00", "0.50", "/", "/"
    ]  # fmt: skip
    table = printed(12, TIANSHUI_GRADES)
    assert [str(table[name].demand_pct) for name in ("职业资格五级(初级技能)", "无要求", "合计")] == [
        "16.94", "45.69", "100.00"
    ]  # fmt: skip
    without = table["无技术等级或职称"]
    assert (without.demand, without.demand_pct, str(without.seekers_pct)) == (None, None, "59.65")


def test_wuxi_2025_table_8_prints_graduates_as_part_of_new_young_unemployed() -> None:
    counts = {"新成长失业青年": 31683, "其中:应届高校毕业生": 20169, "就业转失业人员": 15769,
              "其他失业人员": 3950,              "在业人员": 4101, "退休人员": 235,
              "在学人员": 885, "本市农村人员": 3363, "外埠人员": 23802}  # fmt: skip
    table = supply_demand(8, [{"row": name, "seekers": count} for name, count in counts.items()])
    assert [(row.seekers, str(row.seekers_pct)) for row in table] == [
        (31683, "37.81"), (20169, "63.66"), (15769, "18.82"), (3950, "4.71"), (4101, "4.89"), (235, "0.28"),
        (885, "1.06"), (3363, "4.01"), (23802, "28.41"), (83788, "100.00"),
    ]  # fmt: skip
    assert all(row.demand is row.demand_pct is row.ratio is None for row in table)


# Wuxi, second and fourth quarter of 2014: hrss.wuxi.gov.cn, 用人单位需求情况. Neither prints 企业 nor 内资企业.
WUXI_EMPLOYERS = [
    ("1753 1911 9542 2820 63207 19115 29503 2535 18029 31295 8585 264 206 1717 190482",
     "0.93 1.01 5.07 1.50 33.57 10.15 15.67 1.35 9.57 16.62 4.56 0.14 0.11 0.90 100.00"),
    ("1850 1830 9900 3391 45437 16294 25079 2798 18735 27658 6560 398 774 1896 162600",
     "1.16 1.15 6.21 2.13 28.48 10.21 15.72 1.75 11.74 17.34 4.11 0.24 0.48 1.17 100.00"),
]  # fmt: skip
EMPLOYERS = [
    "国有企业", "集体企业", "股份合作企业", "联营企业", "有限责任公司", "股份有限公司", "私营企业", "其他企业",
    "港、澳、台投资企业", "外商投资企业", "个体经营", "事业", "机关", "其他", "合计",
]  # fmt: skip


@pytest.mark.parametrize(("counts", "shares"), WUXI_EMPLOYERS)
def test_wuxi_2014_table_4_is_reproduced_in_every_cell(counts: str, shares: str) -> None:
    given = [{"row": row, "demand": int(count)} for row, count in zip(EMPLOYERS, counts.split(), strict=True)]
    found = printed(4, given)
    assert [str(found[row].demand_pct) for row in EMPLOYERS] == shares.split()
    inside = {row: found[row].demand for row in found if row not in EMPLOYERS}
    enterprises = sum(int(count) for count in counts.split()[:11])
    assert inside == {"企业": enterprises, "内资企业": sum(int(count) for count in counts.split()[:8])}


# Shaoguan, third quarter of 2018: sg.gov.cn, 职业供求状况分析表; the names of GB/T 4754 of 2017, another order.
SHAOGUAN_INDUSTRIES = """
合计 11630 100.00
农、林、牧、渔业 362 3.11
采矿业 137 1.18
制造业 7467 64.20
电力、热力、燃气及水生产和供应业 330 2.84
建筑业 55 0.47
批发和零售业 333 2.86
交通运输、仓储和邮政业 572 4.92
住宿和餐饮业 793 6.82
信息传输、软件和信息技术服务业 268 2.30
金融业 127 1.09
房地产业 78 0.67
租赁和商务服务业 36 0.31
科学研究和技术服务业 49 0.42
水利、环境和公共设施管理业 150 1.29
居民服务、修理和其他服务业 658 5.66
教育 46 0.40
卫生和社会工作 133 1.14
文化、体育和娱乐业 28 0.24
公共管理、社会保障和社会组织 8 0.07
"""


def test_shaoguan_2018_tables_2_and_3_are_reproduced_by_the_names_of_a_later_edition() -> None:
    lines = [line.split() for line in SHAOGUAN_INDUSTRIES.strip().splitlines()]
    given = [{"row": row, "demand": int(count)} for row, count, _share in lines]
    found = printed(3, given)
    assert {row: str(one.demand_pct) for row, one in found.items()} == {row: share for row, _count, share in lines}
    assert [(row.row, row.demand, str(row.demand_pct)) for row in supply_demand(2, given)] == [
        ("第一产业", 362, "3.11"), ("第二产业", 7989, "68.69"), ("第三产业", 3279, "28.19"), ("合计", 11630, "100.00")
    ]  # fmt: skip


def test_no_row_is_called_as_another_row_of_its_table_is_in_some_edition() -> None:
    for table in TABLES.values():
        for row in table.rows:
            assert row_named(table, row) == row
            for name in SAME.get(row, ()):
                assert row_named(table, name) == row


def test_rows_come_in_any_order_and_go_in_the_official_one_with_the_total() -> None:
    assert supply_demand(5, WUXI_OCCUPATIONS[::-1]) == supply_demand(5, WUXI_OCCUPATIONS)
    assert supply_demand(5, WUXI_OCCUPATIONS[:-1]) == supply_demand(5, WUXI_OCCUPATIONS)


def test_seekers_allotted_in_table_5_are_whole_persons_rounded_half_up() -> None:
    given = rows("单位负责人 1 0\n专业技术人员 1 0\n无要求 / 1")
    # Half a person each becomes one person each: 1 / (0 + 1), not 1 / (0 + 0.5).
    assert ratios(5, given) == ["1.00", "1.00", "/", "/"]
    given = rows("单位负责人 1 1\n专业技术人员 2 1\n无要求 / 1")
    assert ratios(5, given) == ["1.00", "1.00", "/", "/"]


def test_demand_allotted_in_tables_9_to_12_stays_a_fraction() -> None:
    assert ratios(9, rows("男 1 2\n女 0 1\n无要求 1 /")) == ["0.83", "0.33", "/", "/"]


def test_without_any_stated_requirement_there_is_no_ratio() -> None:
    wuxi_2020 = rows("男 0 68838\n女 0 55001\n无要求 159182 /\n合计 159182 123839")
    assert ratios(9, wuxi_2020) == ["/", "/", "/", "/"]
    assert ratios(9, wuxi_2020, allot="none") == ["/", "/", "/", "/"]
    assert [str(row.demand_pct) for row in supply_demand(9, wuxi_2020)] == [
        "0.00",
        "0.00",
        "100.00",
        "100.00",
    ]
    assert [str(row.seekers_pct) for row in supply_demand(9, wuxi_2020)] == [
        "55.59",
        "44.41",
        "None",
        "100.00",
    ]


def test_without_seekers_there_is_no_ratio_and_no_percentage_of_them() -> None:
    table = supply_demand(10, rows("16-24岁 5 0\n25-34岁 7 0\n无要求 3 /"))
    assert [(row.ratio, row.seekers_pct) for row in table] == [(None, None)] * 4
    assert ratios(5, rows("单位负责人 3 0\n其他 1 4")) == ["/", "0.25", "/"]


def test_without_demand_the_ratio_is_zero_and_nothing_is_allotted() -> None:
    given = rows("单位负责人 0 4\n其他 0 6\n无要求 / 10")
    assert ratios(5, given) == ["0.00", "0.00", "/", "/"]
    assert [row.demand_pct for row in supply_demand(5, given)] == [None] * 4


def test_table_5_with_only_seekers_without_a_wish_takes_all_by_allotment() -> None:
    assert ratios(5, rows("单位负责人 30 0\n其他 10 0\n无要求 / 20")) == ["2.00", "2.00", "/", "/"]
    assert ratios(5, rows("单位负责人 30 0\n其他 10 0\n无要求 / 20"), "none") == ["/", "/", "/", "/"]


def test_table_4_prints_parts_of_enterprises_as_percentages_of_the_enterprises() -> None:
    given = [{"row": name, "demand": count} for name, count in [
        ("企业", 80), ("其中:内资企业", 50), ("国有企业", 10), ("私营企业", 40),
        ("外商投资企业", 10), ("个体经营", 20),        ("事业", 15), ("机关", 5)]]  # fmt: skip
    table = printed(4, given)
    shares = {name: str(row.demand_pct) for name, row in table.items()}
    assert shares == {
        "企业": "80.00", "其中:内资企业": "62.50", "国有企业": "12.50", "私营企业": "50.00",
        "外商投资企业": "12.50",        "个体经营": "25.00", "事业": "15.00", "机关": "5.00", "合计": "100.00",
    }  # fmt: skip
    without = [row for row in given if row["row"] not in ("企业", "其中:内资企业")]
    completed = printed(4, without)
    assert (completed["企业"].demand, completed["内资企业"].demand) == (80, 50)


def test_table_11_counts_vocational_schools_within_senior_secondary() -> None:
    given = rows("初中及以下 10 20\n高中 30 40\n其中:职高、技校、中专 15 10\n大专 10 40\n无要求 50 /")
    table = printed(11, given)
    assert (table["合计"].demand, table["合计"].seekers) == (100, 100)
    assert str(table["其中:职高、技校、中专"].demand_pct) == "50.00"
    # 15 of its own and 10 % of the 50 without a requirement, for 10 seekers.
    assert str(table["其中:职高、技校、中专"].ratio) == "2.00"
    assert str(table["高中"].ratio) == "1.25"


INDUSTRIES = [("农、林、牧、渔业", 10), ("制造业", 50), ("建筑业", 10), ("教育", 20), ("其他", 10)]


def test_table_3_prints_other_as_it_is_and_table_2_spreads_it_over_the_sectors() -> None:
    given = [{"row": name, "demand": count} for name, count in INDUSTRIES]
    assert [str(row.demand_pct) for row in supply_demand(3, given)] == [
        "10.00", "50.00", "10.00", "20.00", "10.00", "100.00"
    ]  # fmt: skip
    sectors = supply_demand(2, given)
    assert [(row.row, row.demand, str(row.demand_pct)) for row in sectors] == [
        ("第一产业", 11, "11.00"), ("第二产业", 67, "67.00"), ("第三产业", 22, "22.00"),
        ("合计", 100, "100.00")
    ]  # fmt: skip
    plain = supply_demand(2, given, allot="none")
    assert [row.demand for row in plain] == [10, 60, 20, 10, 100]


def test_table_2_takes_sectors_too() -> None:
    given = [
        {"row": "第三产业", "demand": 1},
        {"row": "第二产业", "demand": 3},
        {"row": "第一产业", "demand": 0},
    ]
    assert [(row.row, row.demand) for row in supply_demand(2, given)] == [
        ("第一产业", 0), ("第二产业", 3), ("第三产业", 1), ("合计", 4)
    ]  # fmt: skip


def test_table_1_adds_carried_over_and_new() -> None:
    table = overall((100, 80), (50, 70))
    assert [(row.row, row.demand, row.seekers, str(row.ratio)) for row in table] == [
        ("上期结转", 100, 80, "1.25"), ("本期新增", 50, 70, "0.71"), ("合计(本期有效数)", 150, 150, "1.00")
    ]  # fmt: skip
    assert overall((0, 0), (3, 0))[2].ratio is None


REFUSED = [
    (5, [{"row": "宇航员", "demand": 1}], "has no row '宇航员'; its rows are: 单位负责人；"),
    (8, [{"row": "无要求", "seekers": 1}], "has no row '无要求'"),
    (
        9,
        [{"row": "男", "demand": -1, "seekers": 2}],
        "Row '男': demand is -1; a count of persons cannot be negative",
    ),
    (9, [{"row": "男", "demand": 1.5}], "whole number of persons, not 1.5"),
    (9, [{"row": "男", "demand": True}], "whole number"),
    (9, [{"row": "男", "demand": 1}, {"row": "男 ", "demand": 2}], "given twice"),
    (
        9,
        [{"row": "男", "demand": 1}, {"row": "合计", "demand": 2}],
        "the row 合计 says 2, but the rows add up to 1",
    ),
    (
        9,
        [{"row": "无要求", "seekers": 2}, {"row": "男", "seekers": 1}],
        "only on the side of demand, not of seekers",
    ),
    (5, [{"row": "无要求", "demand": 2}, {"row": "其他", "demand": 1}], "only on the side of seekers"),
    (8, [{"row": "应届高校毕业生", "seekers": 2}], "part of '新成长失业青年', which is missing"),
    (
        8,
        [{"row": "新成长失业青年", "seekers": 1}, {"row": "应届高校毕业生", "seekers": 2}],
        "add up to 2, more than",
    ),
    (5, [], "no rows to compute"),
    (6, [{"row": "男", "demand": 1}], "no table 6 with rows of its own"),
]


@pytest.mark.parametrize(("table", "given", "sentence"), REFUSED)
def test_counts_that_cannot_be_right_are_refused_in_words(table: int, given: list[Row], sentence: str) -> None:
    with pytest.raises(CountsRefused) as refused:
        supply_demand(table, given)
    assert sentence in str(refused.value)


def test_an_unknown_allotment_is_refused() -> None:
    with pytest.raises(CountsRefused, match="'official' or 'none', not 'maybe'"):
        supply_demand(9, HAINAN_SEX, allot="maybe")


def test_names_of_other_editions_mean_the_same_row_and_are_printed_back() -> None:
    given = rows("16—24岁 1 1\n45岁及以上 1 1\n无要求（需求侧） 1 /")
    assert [row.row for row in supply_demand(10, given)] == [
        "16—24岁",
        "45岁及以上",
        "无要求（需求侧）",
        "合计",
    ]


@given(st.sampled_from(sorted(TABLES)), st.data())
def test_percentages_of_the_outer_rows_add_up_to_100_within_rounding(table: int, data: st.DataObject) -> None:
    official = TABLES[table]
    outer = [row for row in official.rows if not official.parent(row)]
    counts = data.draw(st.lists(st.integers(0, 10**6), min_size=len(outer), max_size=len(outer)))
    given = [{"row": row, **dict.fromkeys(official.sides, count)} for row, count in zip(outer, counts, strict=True)]
    for side in official.sides:
        shares = [getattr(row, f"{side}_pct") for row in supply_demand(table, given)][:-1]
        if sum(counts):
            assert abs(sum(shares) - 100) <= Decimal("0.005") * len(shares)
        else:
            assert set(shares) == {None}
