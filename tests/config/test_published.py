"""`openpes supply-demand`: published counts of a table in, its printed figures out, or words why not."""

import json
import random

import pytest
from click.testing import CliRunner

from openpes.config import cli

HAINAN = [
    {"row": "男", "demand": 6222, "seekers": 41298},
    {"row": "女", "demand": 5034, "seekers": 37951},
    {"row": "无要求", "demand": 44753},
]


def run(tmp_path, content, *options):
    file = tmp_path / "counts.json"
    text = content if isinstance(content, bytes) else json.dumps(content, ensure_ascii=False).encode()
    file.write_bytes(text)
    return CliRunner().invoke(cli.main, ["supply-demand", str(file), *options])


def printed(tmp_path, content, *options):
    answer = run(tmp_path, content, *options)
    assert answer.exit_code == 0, answer.output
    told = json.loads(answer.output)
    return told["table"], {row["row"]: row for row in told["rows"]}, answer.output


def test_the_worked_example_of_hainan_comes_out_to_the_last_digit(tmp_path):
    table, rows, text = printed(tmp_path, {"table": 9, "rows": HAINAN})
    assert table == 9
    assert (rows["男"]["ratio"], rows["女"]["ratio"]) == (0.72, 0.70)
    assert '"ratio": 0.70}' in text  # two decimals, as it is printed
    assert rows["无要求"] == {"row": "无要求", "demand": 44753, "demand_pct": 79.9}
    assert rows["合计"]["demand"] == 56009 and "ratio" not in rows["合计"]


def test_the_plain_ratio_leaves_those_without_a_requirement_out(tmp_path):
    _, rows, _ = printed(tmp_path, {"table": 9, "rows": HAINAN}, "--allot", "none")
    assert (rows["男"]["ratio"], rows["女"]["ratio"]) == (0.15, 0.13)


@pytest.mark.parametrize("seed", range(6))
def test_the_order_of_the_rows_and_a_total_change_nothing(tmp_path, seed):
    rows = [*HAINAN, *([{"row": "合计", "demand": 56009, "seekers": 79249}] if seed % 2 else [])]
    random.Random(seed).shuffle(rows)
    told = run(tmp_path, {"table": 9, "rows": rows}).output
    assert told == run(tmp_path, {"table": 9, "rows": HAINAN}).output


def test_seekers_without_a_wish_are_shared_out_in_whole_persons_in_table_5(tmp_path):
    rows = [
        {"row": "无要求", "seekers": 10}, {"row": "专业技术人员", "demand": 1, "seekers": 2},
        {"row": "单位负责人", "demand": 3, "seekers": 0},
    ]  # fmt: skip
    _, told, _ = printed(tmp_path, {"table": 5, "rows": rows})
    assert told["专业技术人员"]["ratio"] == 0.2  # 1 / (2 + round half up(10 · 1/4))
    assert told["单位负责人"]["ratio"] == 0.38
    assert told["无要求"] == {"row": "无要求", "seekers": 10, "seekers_pct": 83.33}


def test_a_table_of_demand_alone_has_no_ratio(tmp_path):
    rows = [{"row": "第三产业", "demand": 3}, {"row": "其他", "demand": 1}]
    _, told, _ = printed(tmp_path, {"table": 2, "rows": rows})
    assert told == {
        "第三产业": {"row": "第三产业", "demand": 4, "demand_pct": 100.0},
        "合计": {"row": "合计", "demand": 4, "demand_pct": 100.0},
    }


def test_no_seekers_no_ratio_and_all_without_a_requirement_no_ratio(tmp_path):
    _, told, _ = printed(tmp_path, {"table": 9, "rows": [{"row": "男", "demand": 3}, {"row": "女", "seekers": 2}]})
    assert "ratio" not in told["男"]
    rows = [{"row": "男", "seekers": 3}, {"row": "女", "seekers": 2}, {"row": "无要求", "demand": 9}]
    _, told, _ = printed(tmp_path, {"table": 9, "rows": rows})
    assert not any("ratio" in row for row in told.values())


@pytest.mark.parametrize(
    "content, words",
    [
        (b"\xff\xfe\x00", "UTF-8"),
        (b'{"table": 5,', "no JSON"),
        (b"[" * 100_000, "JSON"),
        ([], "must hold"),
        ({"table": 5}, "must hold"),
        ({"table": "5", "rows": []}, "number of a table"),
        ({"table": True, "rows": []}, "number of a table"),
        ({"table": 6, "rows": []}, "no table 6"),
        ({"table": 5, "rows": []}, "no rows"),
        ({"table": 5, "rows": [1]}, "name its row"),
        ({"table": 5, "rows": [{"row": 1}]}, "name its row"),
        ({"table": 5, "rows": [{"row": "男", "demand": 1}]}, "no row '男'"),
        ({"table": 9, "rows": [{"row": "男", "demand": -1}]}, "cannot be negative"),
        ({"table": 9, "rows": [{"row": "男", "demand": 1.5}]}, "whole number"),
        ({"table": 9, "rows": [{"row": "男", "demand": "1"}]}, "whole number"),
        ({"table": 9, "rows": [{"row": "男", "demand": 1}, {"row": "男"}]}, "given twice"),
        ({"table": 9, "rows": [{"row": "男", "demand": 1}, {"row": "合计", "demand": 2}]}, "add up to 1"),
        ({"table": 9, "rows": [{"row": "无要求", "seekers": 1}]}, "not of seekers"),
        (b"", "no JSON"),
        (None, "must hold"),
        ({"table": 9, "rows": {"row": "男"}}, "must be a list"),
        (b'{"table": 9, "rows": [{"row": "\xe7\x94\xb7", "demand": NaN}]}', "whole number of persons, not nan"),
        (b'{"table": 9, "rows": [{"row": "\xe7\x94\xb7", "demand": 1e400}]}', "whole number"),
        (b'{"table": 9, "rows": [{"row": "\xe7\x94\xb7", "demand": 1, "demand": 2}]}', '"demand" is given twice'),
        (b'{"table": 9, "table": 5, "rows": []}', '"table" is given twice'),
        (b'{"table": 9, "rows": [{"row": "\xe7\x94\xb7", "demand": ' + b"9" * 5000 + b"}]}", "longer than any count"),
        ({"table": 9, "rows": [{"row": "男", "demand": 10**40}]}, "41 digits"),
        ({"table": 9, "rows": [{"row": "男", "demand": 1e300}]}, "301 digits"),
        ({"table": 9, "rows": [{"row": "男"}, {"row": "女", "demands": 3}]}, "No row has a count"),
        (b'{"table": 9, "rows": [{"row": "\\ud800", "demand": 1}]}', "no row '\\ud800'"),
        ({"table": 9, "rows": [{"row": "男\u001b[31m", "demand": 1}]}, "no row '男\\x1b[31m'"),
    ],
)
def test_what_makes_no_table_is_refused_in_words(tmp_path, content, words):
    answer = run(tmp_path, content)
    assert answer.exit_code == 2 and words in answer.output and "Traceback" not in answer.output
    assert isinstance(answer.exception, SystemExit)
    assert not answer.stdout and len(answer.stderr.strip().splitlines()) == 1


def test_a_count_kept_as_a_decimal_without_a_fraction_is_a_count(tmp_path):
    whole = [{name: float(value) if name != "row" else value for name, value in row.items()} for row in HAINAN]
    assert run(tmp_path, {"table": 9, "rows": whole}).output == run(tmp_path, {"table": 9, "rows": HAINAN}).output


def test_the_printed_table_is_one_that_can_be_read_again(tmp_path):
    odd = json.dumps({"table": 9, "rows": [{**HAINAN[0], "row": "男(\ud800)"}, *HAINAN[1:]]}).encode()
    told = run(tmp_path, odd).output
    assert told == run(tmp_path, told.encode()).output
