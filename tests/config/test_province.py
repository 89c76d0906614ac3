"""`openpes report` over the exports of ten cities, on threads and on a local cluster; `openpes export-facts`."""

import csv
import io
import json
from datetime import UTC, datetime

import pytest
from click.testing import CliRunner

from openpes.config import cli, province
from openpes.engine.figures import CountTables, joined
from openpes.engine.figures.exported import exports_in, write_export
from openpes.engine.indicators import official_tables
from tests.engine.figures_drawn import PERIOD, draw, only_growing

pytest.importorskip("pyarrow", reason="the extra `cluster` is not installed")
CITIES = {str(4501 + n): only_growing(draw(2_000 + 100 * n, 50 + n, city=4501 + n)) for n in range(10)}
DAYS = ("--from", "2026-07-01", "--until", "2026-10-01")


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    made = tmp_path_factory.mktemp("province")
    for city, facts in CITIES.items():
        write_export(made, city, [facts], at=datetime(2026, 10, 3, tzinfo=UTC))
    return made


def asked(folder, *options):
    return CliRunner().invoke(cli.main, ["report", str(folder), *options])


def test_a_province_gets_its_twelve_tables_and_each_city_its_own(folder):
    answer = asked(folder, *DAYS, "--area", "45", "--area", "4503")
    assert answer.exit_code == 0, answer.output
    told = json.loads(answer.output)
    assert [area["area"] for area in told["areas"]] == ["45", "4503"]
    assert told["facts"] == sum(facts.rows for facts in CITIES.values()) and len(told["cities"]) == 10
    tables = told["areas"][0]["tables"]
    assert [table["table"] for table in tables] == [*range(1, 13)]
    cells = CountTables(PERIOD, ("45", "4503"))(joined(CITIES.values()))
    for area in told["areas"]:
        made = official_tables(cells.sides(area["area"]), allotted=True)
        sexes = area["tables"][8]["rows"]
        assert sexes[0]["ratio"] == float(made.grouped[9][0].ratio)
        assert [row["code"] for row in area["tables"][5]["rows"]] == [gap.code for gap in made.shortage]


def test_whom_no_row_takes_is_told_beside_the_table(folder):
    [area] = json.loads(asked(folder, *DAYS).output)["areas"]
    tables = {table["table"]: table for table in area["tables"]}
    whole = tables[1]["rows"][-1]
    assert "left_out" not in tables[3] and tables[8]["left_out"]["seekers"] > 0  # the drawn facts hold wrong groups
    assert tables[8]["left_out"]["seekers"] + tables[8]["rows"][-1]["seekers"] == whole["seekers"]
    assert set(tables[9]["left_out"]) == {"seekers"}


def test_rows_as_csv_are_the_same_figures(folder):
    told = json.loads(asked(folder, *DAYS, "--allot", "none").output)
    rows = list(csv.DictReader(io.StringIO(asked(folder, *DAYS, "--allot", "none", "--format", "csv").output)))
    expected = [row for table in told["areas"][0]["tables"] for row in table["rows"]]
    assert [(row["row"], row["demand"], row["ratio"]) for row in rows] == [
        (row["row"], str(row.get("demand", "")), f"{row['ratio']:.2f}" if "ratio" in row else "") for row in expected
    ]


@pytest.mark.filterwarnings("default")
def test_a_local_cluster_prints_the_same(folder):
    pytest.importorskip("distributed", reason="the extra `cluster` is not installed")
    on_threads = asked(folder, *DAYS, "--area", "4501", "--area", "45")
    on_cluster = asked(folder, *DAYS, "--area", "4501", "--area", "45", "--cluster", "local")
    assert on_cluster.exit_code == 0 and on_cluster.output == on_threads.output


def test_an_area_whose_corrections_outweigh_the_rest_is_told_in_words_and_the_others_are_printed(tmp_path):
    made = draw(200, 1)
    write_export(tmp_path, "4501", [made._replace(number=-abs(made.number) - 1)], at=datetime(2026, 10, 3, tzinfo=UTC))
    write_export(tmp_path, "4502", [only_growing(draw(2_000, 2, city=4502))], at=datetime(2026, 10, 3, tzinfo=UTC))
    options = (*DAYS, "--area", "4501", "--area", "4502")
    bad, good = json.loads(asked(tmp_path, *options).output)["areas"]
    assert "cannot be negative" in bad["refused"] and "Corrections of closed months" in bad["refused"]
    assert len(good["tables"]) == 12
    assert "Corrections" in asked(tmp_path, *options, "--format", "csv").output


@pytest.mark.parametrize(
    "options, words",
    [
        (("--from", "2026-10-01", "--until", "2026-10-01"), "must end after"),
        ((*DAYS, "--area", "Nanning"), "digits"),
        ((*DAYS, "--area", "45", "--area", "45"), "once"),
    ],
)
def test_a_report_that_cannot_be_is_refused_in_words(folder, options, words):
    answer = asked(folder, *options)
    assert answer.exit_code == 1 and words in answer.output


def test_a_folder_without_exports_and_an_unfinished_one_are_refused(tmp_path):
    assert "holds no facts" in asked(tmp_path, *DAYS).output
    (tmp_path / "4501").mkdir()
    answer = asked(tmp_path, *DAYS)
    assert answer.exit_code == 1 and "never finished" in answer.output


def test_a_city_brings_out_what_its_store_holds(db, tmp_path):
    export = province.export_city(tmp_path, "4501", at=datetime(2026, 10, 3, tzinfo=UTC))
    read = exports_in(tmp_path)
    assert [one.city for one in read] == ["4501"] and read[0].rows == export.rows
