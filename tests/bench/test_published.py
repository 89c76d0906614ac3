"""The benchmark as files: what stands there is right by independent ways, and wrong answers are found."""

import json
from copy import deepcopy

import pytest
from click.testing import CliRunner

from bench.city import ON
from bench.published import command, write
from bench.published_plain import best_seekers, read_lines, read_table
from bench.search_asked import questions
from bench.search_city import SearchCity
from bench.search_sqlite import SqliteSearch

ROWS, ASKED = 400, 60
SEARCH, MATCHING = "search_answers.jsonl", "matching_answers.jsonl"


@pytest.fixture(scope="module")
def published(tmp_path_factory):
    folder = tmp_path_factory.mktemp("published")
    write(folder, rows=ROWS, seed=3, asked=ASKED)
    return folder


def test_the_answers_to_questions_are_those_of_another_engine(published, tmp_path):
    documents = list(SearchCity(ROWS, 3).documents())
    sqlite = SqliteSearch(tmp_path, documents)
    answers = read_lines(published / SEARCH)
    for query, answer in zip(questions(documents, ASKED, 3), answers, strict=True):
        told = answer["total"], answer["places_left"], answer["first"], answer["facets"]
        assert told == sqlite.page(query, ON.toordinal())
    assert sum(answer["total"] > 1 for answer in answers) > ASKED // 3


def test_the_checksum_follows_from_the_files_alone(published):
    formula = json.loads((published / "matching_formula.json").read_text())
    seekers, vacancies = (read_table(published / f"matching_{name}.csv") for name in ("seekers", "vacancies"))
    total = 0
    for row, vacancy in enumerate(vacancies, 1):
        best = best_seekers(vacancy, seekers, formula)
        best += [[0, -1]] * (20 - len(best))
        total += row * sum(id * rank + score for rank, (id, score) in enumerate(best, 1))
    assert read_lines(published / MATCHING)[-1] == {"all": len(vacancies), "checksum": f"{total % 2**64:016x}"}


def test_the_same_seed_gives_the_same_files(published, tmp_path):
    write(tmp_path, rows=ROWS, seed=3, asked=ASKED)
    assert (tmp_path / "about.json").read_bytes() == (published / "about.json").read_bytes()


def checked(published, tmp_path, lines):
    others = tmp_path / "others.jsonl"
    others.write_text("".join((line if isinstance(line, str) else json.dumps(line)) + "\n" for line in lines))
    result = CliRunner().invoke(command, ["check", str(published), str(others)])
    return result.exit_code, result.output


def test_the_right_answers_in_any_order_of_lines_pass(published, tmp_path):
    for file, n in ((SEARCH, ASKED), (MATCHING, 21)):
        code, told = checked(published, tmp_path, reversed(read_lines(published / file)))
        assert (code, told) == (0, f"{n} answers expected: {n} the same, 0 different, 0 missing, 0 not asked.\n")


def test_planted_wrong_answers_are_told_in_words(published, tmp_path):
    right = read_lines(published / SEARCH)
    at = next(n for n, answer in enumerate(right) if len(answer["first"]) > 2)
    number, first = right[at]["question"], right[at]["first"]
    county = next(iter(right[at]["facets"]["places"]))
    count = right[at]["facets"]["places"][county]

    def told(change):
        wrong = deepcopy(right)
        change(wrong)
        code, words = checked(published, tmp_path, wrong)
        assert code == 1
        return words

    total = right[at]["total"]
    assert f"Question {number}: total is {total + 1}, expected {total}.\n{ASKED} answers expected: {ASKED - 1} the" in (
        told(lambda wrong: wrong[at].update(total=total + 1))
    )
    swapped = [first[1], first[0], *first[2:]]
    assert f"Question {number}: first at rank 1 is {first[1]}, expected {first[0]}." in (
        told(lambda wrong: wrong[at].update(first=swapped))
    )
    assert f"Question {number}: facets places {county} is nothing, expected {count}." in (
        told(lambda wrong: wrong[at]["facets"]["places"].pop(county))
    )
    assert f"Question {number}: first at rank {len(first)} is nothing, expected {first[-1]}." in (
        told(lambda wrong: wrong[at]["first"].pop())
    )
    assert f"Question {number}: no answer." in told(lambda wrong: wrong.pop(at))
    assert f"Question {number}: stands twice, the second time in line {ASKED + 1}." in (
        told(lambda wrong: wrong.append(wrong[at]))
    )
    assert "Question 9999: was not asked." in told(lambda wrong: wrong.append({"question": 9999}))
    assert "Line 2 is not a JSON object" in told(lambda wrong: wrong.insert(1, "[3]"))


def test_a_wrong_score_and_a_wrong_checksum_are_found_and_nothing_at_all_is_not_right(published, tmp_path):
    wrong = read_lines(published / MATCHING)
    id, score = wrong[0]["best"][0]
    wrong[0]["best"][0][1] += 1
    wrong[-1]["checksum"] = "0"
    code, told = checked(published, tmp_path, wrong)
    assert code == 1 and f"Vacancy 1: best at rank 1 is [{id}, {score + 1}], expected [{id}, {score}]." in told
    assert f"All {ROWS // 5} vacancies: checksum is 0, expected " in told
    assert "19 the same, 2 different" in told
    assert checked(published, tmp_path, []) == (1, "No line answers a question or a vacancy of this benchmark.\n")
