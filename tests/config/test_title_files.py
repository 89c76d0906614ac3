"""`openpes code-titles`: any file of titles comes back row by row, and what was met is told in words."""

import csv
import io
import subprocess
import sys

import pytest

from openpes.config import title_files
from openpes.engine.coding import Coder

HEADINGS = ["title", "code1", "code2", "code3", "code4", "code5", "score1", "score2", "score3", "score4", "score5"]


@pytest.fixture(scope="module")
def coder():
    return Coder.shipped()


def coded(path, content, coder):
    """The rows that come out of a file with that content, and what is told."""
    path.write_bytes(content)
    out = io.StringIO()
    told = title_files.code_file(path, out, coder)
    return list(csv.reader(io.StringIO(out.getvalue()))), told


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
def test_the_rows_come_back_in_their_order_whatever_the_encoding(tmp_path, coder, encoding):
    content = "no,title\n1,叉车司机\n2,\n3,超市收银员\n".encode(encoding)
    rows, told = coded(tmp_path / "titles.csv", content, coder)
    assert rows[0] == HEADINGS
    assert [row[0] for row in rows[1:]] == ["叉车司机", "", "超市收银员"]
    assert rows[1][1] == "6-30-05-01" and rows[2][1:] == [""] * 10 and 0 < float(rows[3][6]) <= 1
    assert told.rows == 3 and told.untitled == [2] and told.headed


def test_without_a_heading_the_first_line_is_a_title_and_that_is_told(tmp_path, coder):
    rows, told = coded(tmp_path / "titles.csv", "叉车司机,8000\n保安,5000".encode(), coder)
    assert [row[0] for row in rows[1:]] == ["叉车司机", "保安"]
    assert any("No heading" in line for line in told.lines())


def test_empty_lines_long_fields_formulas_and_breaks_lose_nothing(tmp_path, coder):
    titles = ["=cmd|'/c calc'!A1", "x" * 200_000, "", "电\n工", '"引号"', "<script>alert(1)</script>", "𠮷野家店员😀"]
    titles.append("\x00会计")
    held = io.StringIO()
    csv.writer(held, quoting=csv.QUOTE_ALL).writerows([["title"], *([title] for title in titles)])
    rows, told = coded(tmp_path / "titles.csv", held.getvalue().encode() + b"\n\n", coder)
    assert [row[0] for row in rows[1:]] == [*titles, "", ""]
    assert told.rows == 10 and all(len(row) == 11 for row in rows)


def test_short_rows_and_empty_files_are_answered(tmp_path, coder):
    rows, told = coded(tmp_path / "short.csv", "no,title\n1\n2,保安\n".encode(), coder)
    assert [row[0] for row in rows[1:]] == ["", "保安"]
    rows, told = coded(tmp_path / "empty.csv", b"", coder)
    assert rows == [HEADINGS] and told.rows == 0


def test_a_file_with_a_broken_byte_is_read_and_that_is_told(tmp_path, coder):
    rows, told = coded(tmp_path / "broken.csv", "title\n叉车司机\n保安".encode() + b"\xff\xff\n", coder)
    assert rows[1][0] == "叉车司机" and rows[2][0].startswith("保安") and len(rows) == 3
    assert any("no text in any known encoding" in line for line in told.lines())


def test_a_wider_class_is_written_with_all_four_parts():
    assert title_files.official("4-01-02") == "4-01-02-00"
    assert title_files.official("4-01-02-03") == "4-01-02-03"


def test_a_text_beside_the_title_is_read(tmp_path, coder):
    alone, _ = coded(tmp_path / "a.csv", "title\n主管\n".encode(), coder)
    beside, _ = coded(tmp_path / "b.csv", "title,text\n主管,负责餐厅服务员排班 餐饮服务 传菜\n".encode(), coder)
    assert alone[1][1:] != beside[1][1:]


def run(*arguments, check=False):
    """The command as it is typed."""
    command = [sys.executable, "-W", "ignore", "-m", "openpes.config.cli", *map(str, arguments)]
    return subprocess.run(command, capture_output=True, text=True, encoding="utf-8", check=check)


def test_the_command_writes_rows_to_one_stream_and_words_to_the_other(tmp_path):
    path = tmp_path / "titles.csv"
    path.write_text("job_name\n叉车司机\n")
    done = run("code-titles", path)
    assert done.returncode == 0 and done.stdout.splitlines()[1].startswith("叉车司机,6-30-05-01,")
    assert "Rows coded: 1" in done.stderr


def test_a_workbook_and_a_missing_file_are_refused_in_words_with_a_code(tmp_path):
    path = tmp_path / "titles.xlsx"
    path.write_bytes(b"PK\x03\x04rest")
    done = run("code-titles", path)
    assert done.returncode == 1 and "save it as CSV" in done.stderr and "Traceback" not in done.stderr
    missing = run("code-titles", tmp_path / "nowhere.csv")
    assert missing.returncode == 2 and "does not exist" in missing.stderr


def test_a_coder_is_trained_from_a_file_and_codes_without_a_class_are_told(tmp_path, monkeypatch):
    path, target = tmp_path / "learn.csv", tmp_path / "model.zip"
    rows = ("叉车司机,6-30-05-01", "叉车工,6-30-05-01", "客服,4-04-05-03", "销售,4-01-02-00", "无,9-99")
    path.write_text("\n".join(["job_name,expected_code", *rows]))
    monkeypatch.setattr(title_files.training, "FOLDS", 2)
    told = title_files.learn(path, target)
    assert told.startswith("4 titles learnt") and "1 titles without a code" in told
    assert len(target.read_bytes()) > 1_000
