"""The ten questions of the documents are answered by DuckDB over exported facts, and agree with the kernel."""

import re
from datetime import UTC, datetime
from pathlib import Path

import pytest

from openpes.engine.figures import CountTables, joined
from openpes.engine.figures.exported import write_export
from openpes.engine.figures.kinds import KINDS
from openpes.engine.indicators import official_tables
from tests.engine.figures_drawn import PERIOD, draw, only_growing

duckdb = pytest.importorskip("duckdb", reason="the peers of the measurements are not installed")
pytest.importorskip("pyarrow", reason="the extra `cluster` is not installed")
PAGE = Path(__file__).parents[2] / "docs" / "how-to" / "ask-the-exported-facts.md"
CITIES = {str(city): only_growing(draw(4_000, city, city=city, wrong=False)) for city in (4501, 4502)}


@pytest.fixture(scope="module")
def answers(tmp_path_factory):
    folder = tmp_path_factory.mktemp("facts")
    for city, facts in CITIES.items():
        write_export(folder, city, [facts], at=datetime(2026, 10, 3, tzinfo=UTC))
    view, *questions = re.findall(r"```sql\n(.*?)```", PAGE.read_text(), re.S)
    connection = duckdb.connect()
    connection.execute(view.replace("FOLDER", str(folder)))
    return [connection.execute(question).fetchall() for question in questions]


def test_the_table_of_columns_names_every_kind():
    told = re.search(r"^\| `kind` \| (.*) \|$", PAGE.read_text(), re.M)
    assert told and [int(number) for number in re.findall(r"(?:^|; |, )(\d+) ", told[1])] == list(KINDS)


def test_every_one_of_ten_questions_has_an_answer(answers):
    assert len(answers) == 10 and all(answers)


def test_the_answers_are_those_of_the_kernel(answers):
    facts = joined(CITIES.values())
    made = official_tables(CountTables(PERIOD)(facts).sides(""), allotted=True)
    carried, new, _ = made.overall
    assert answers[0] == [(True, carried.demand, new.demand), (False, carried.seekers, new.seekers)]
    told = [(int(gap.code.replace("-", "")), gap.demand, gap.seekers, gap.gap) for gap in made.shortage]
    assert [row[:4] for row in answers[4]] == told
    assert all(before + came + left == after for _, before, came, left, after in answers[2])
