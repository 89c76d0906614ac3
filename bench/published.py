"""The benchmark as plain files: data of a seed, questions, answers. Another system reads them and hands in its own."""

import csv
import hashlib
import json
import sys
from collections.abc import Iterable, Iterator
from dataclasses import fields
from datetime import date
from pathlib import Path
from typing import Any

import click
import numpy as np

from bench.arrays import draw_seekers, draw_vacancies
from bench.city import ON
from bench.matching import weights
from bench.matching_city import checksum
from bench.published_check import differences
from bench.published_plain import best_seekers, read_lines, read_table, search_answer
from bench.search_asked import questions
from bench.search_city import SearchCity
from bench.timing import refuse_difference
from openpes.engine.matching.whole import CityIndex
from openpes.engine.search import Query

FORMAT, QUESTIONS, SAMPLE, K = 1, 200, 20, 20
SKILLS = 40
SEARCH, MATCHING = "search_answers.jsonl", "matching_answers.jsonl"


@click.group()
def command() -> None:
    """Write the benchmark for another system, or check the answers of one."""


@command.command("write")
@click.argument("folder", type=click.Path(path_type=Path, file_okay=False))
@click.option("--rows", default=20_000, show_default=True, type=click.IntRange(1), help="Vacancies; seekers as many.")
@click.option("--seed", default=1, show_default=True)
def write_command(folder: Path, rows: int, seed: int) -> None:
    """Write vacancies, seekers, questions and answers of a seed into FOLDER."""
    write(folder, rows=rows, seed=seed)
    for file in sorted(folder.iterdir()):
        print(f"{file.stat().st_size:>12,}  {file}")


@command.command("check")
@click.argument("folder", type=click.Path(path_type=Path, exists=True, file_okay=False))
@click.argument("others", type=click.Path(path_type=Path, exists=True, dir_okay=False))
def check_command(folder: Path, others: Path) -> None:
    """Compare the answers of another system, a file of the form of one in FOLDER, with those that stand there."""
    told, same = differences((folder / SEARCH, folder / MATCHING), others)
    print("\n".join(told))
    sys.exit(0 if same else 1)


def write(folder: Path, *, rows: int, seed: int, asked: int = QUESTIONS) -> None:
    """Write all files; of the answers of the index a sample is checked by a loop over what was written.

    :raises DifferentAnswers: the index and the loop disagree
    """
    folder.mkdir(parents=True, exist_ok=True)
    _write_search(folder, rows, seed, asked)
    _write_matching(folder, rows, seed)
    files = {file.name: hashlib.sha256(file.read_bytes()).hexdigest() for file in _written(folder)}
    about = {"format": FORMAT, "seed": seed, "rows": rows, "day": ON.isoformat(), "sha256": files}
    (folder / "about.json").write_text(json.dumps(about, indent=1) + "\n")


def _written(folder: Path) -> list[Path]:
    return sorted(file for file in folder.iterdir() if file.name.startswith(("search_", "matching_")))


def _write_search(folder: Path, rows: int, seed: int, count: int) -> None:
    adverts = list(SearchCity(rows, seed).adverts())
    _lines(
        folder / "search_vacancies.jsonl",
        (
            {
                "id": d.id, "title": d.title, "employer": firm, "words": sorted(d.terms), "occupation": d.occupation,
                "area": d.place, "pay": d.pay, "pay_min_fen": d.pay_min, "pay_max_fen": d.pay_max, "terms": d.term,
                "education": d.education, "benefits": list(d.benefits), "places_left": d.left,
                "published_on": date.fromordinal(d.published).isoformat(),
                "closes_on": date.fromordinal(d.closes).isoformat(),
            }
            for d, firm in adverts
        ),
    )  # fmt: skip
    drawn = questions([document for document, _firm in adverts], count, seed)
    _lines(folder / "search_questions.jsonl", (_question(n, query) for n, query in enumerate(drawn, 1)))
    vacancies = [row | {"words": frozenset(row["words"])} for row in read_lines(folder / "search_vacancies.jsonl")]
    asked = read_lines(folder / "search_questions.jsonl")
    _lines(folder / SEARCH, (search_answer(one, vacancies, ON.isoformat()) for one in asked))


def _question(number: int, query: Query) -> dict[str, Any]:
    chosen = {name: list(getattr(query, name)) for name in ("places", "classes", "pay", "education", "terms")}
    told = {"question": number, "words": list(query.must)} | chosen
    return told | {"benefits": list(query.benefits), "order": str(query.sort)}


def _write_matching(folder: Path, rows: int, seed: int) -> None:
    seekers, vacancies, w = draw_seekers(rows, seed), draw_vacancies(max(rows // 5, 1), seed), weights()
    _table(folder / "matching_seekers.csv", {
        "id": seekers.id, "area": seekers.area, "places": map(_codes, seekers.places.tolist()),
        "places_only": seekers.places_only.astype(int), "wishes": map(_codes, seekers.wishes.tolist()),
        "min_pay_fen": seekers.min_pay_fen, "education": seekers.education,
        "experience_years": seekers.experience_years, "skills": _bits(seekers.skills), "group": seekers.group,
    })  # fmt: skip
    _table(folder / "matching_vacancies.csv", {
        "id": vacancies.id, "area": vacancies.area, "occupation": vacancies.occupation,
        "pay_min_fen": vacancies.pay_min_fen, "pay_max_fen": vacancies.pay_max_fen,
        "education_min": vacancies.education_min, "experience_min_years": vacancies.experience_min_years,
        "skills_required": _bits(vacancies.skills_required), "skills_wanted": _bits(vacancies.skills_wanted),
    })  # fmt: skip
    formula = {field.name: getattr(w, field.name) for field in fields(w)}
    (folder / "matching_formula.json").write_text(json.dumps(formula, indent=1) + "\n")
    lists = CityIndex.of_seekers(seekers, w).lists(vacancies, K)
    sample = np.unique(np.linspace(0, len(vacancies) - 1, SAMPLE).astype(int)).tolist()
    found = {at: [list(pair) for pair in lists.ranked(at).pairs()] for at in sample}
    _refuse_other_lists(folder, found)
    answers = [{"vacancy": int(vacancies.id[at]), "best": best} for at, best in found.items()]
    _lines(folder / MATCHING, [*answers, {"all": len(vacancies), "checksum": checksum(lists)}])


def _refuse_other_lists(folder: Path, found: dict[int, list[list[int]]]) -> None:
    """Ask a loop that reads nothing but the files for the same lists."""
    formula = json.loads((folder / "matching_formula.json").read_text())
    seekers, vacancies = (read_table(folder / f"matching_{name}.csv") for name in ("seekers", "vacancies"))
    for at, best in found.items():
        refuse_difference(f"vacancy {vacancies[at]['id']}", best, best_seekers(vacancies[at], seekers, formula))


def _lines(file: Path, objects: Iterable[dict[str, Any]]) -> None:
    with file.open("w", encoding="utf-8", newline="\n") as out:
        out.writelines(json.dumps(one, ensure_ascii=False) + "\n" for one in objects)


def _table(file: Path, columns: dict[str, Iterable[Any]]) -> None:
    with file.open("w", encoding="utf-8", newline="") as out:
        writer = csv.writer(out, lineterminator="\n")
        writer.writerow(columns)
        writer.writerows(zip(*columns.values(), strict=True))


def _codes(row: list[int]) -> str:
    return " ".join(str(code) for code in row if code)


def _bits(skills: Any) -> Iterator[str]:
    for word in skills[:, 0].tolist():
        yield " ".join(str(bit) for bit in range(SKILLS) if word >> bit & 1)
