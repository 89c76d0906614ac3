"""Every reason of the engine has its sentence in both languages."""

import re
from datetime import date
from pathlib import Path

import pytest
from django.utils import translation

from openpes.engine.matching import Reason
from openpes.engine.matching.explain import SHORTCOMINGS
from openpes.engine.parameters import parameters
from openpes.matching.choices import Grade
from openpes.matching.rules import SENTENCES, Words, sentence

WORDS = Words(area=str, occupation=str, skill=str, education=str)
VALUES = {
    "occupation": 6310500, "wish": 6310000, "to": 6310000, "level": 2, "area": 450103000000, "place": 450103001000,
    "floor_fen": 300_000, "min_fen": 200_000, "max_fen": 350_000, "short_fen": 10_000, "rank": 3, "asked": 4,
    "years": 1,
    "have": (1,), "missing": (2,), "age": 40, "age_min": 18, "age_max": 35, "places": (450103000000,), "by_fen": 20_000,
    "counties": (450103000000,), "skill": 5, "by_years": 2, "by_ranks": 1, "group": 10, "county": 450103000000,
}  # fmt: skip


def codes_of_the_engine() -> set[str]:
    folder = Path(engine_folder())
    text = "".join(file.read_text() for file in folder.glob("*.py"))
    found = set(re.findall(r'Reason\(\s*f?"([a-z_]+)"', text)) | set(re.findall(r'"([a-z]+_[a-z_]+)" if ', text))
    found |= set(re.findall(r'else "([a-z]+_[a-z_]+)"', text))
    built = {f"place_{n}_{of}" for n in ("near", "away_from", "far_from") for of in ("home", "wish")}
    return found - {"place_", "place_far_from_", "away_from"} | built | SHORTCOMINGS


def engine_folder() -> str:
    import openpes.engine.matching as engine

    return str(Path(engine.__file__).parent)


def test_every_code_of_the_engine_has_a_sentence():
    assert codes_of_the_engine() - SENTENCES.keys() == set()


def test_a_code_without_sentence_is_an_error():
    with pytest.raises(KeyError):
        sentence(Reason("planted", {}), WORDS)


@pytest.mark.parametrize("code", sorted(SENTENCES))
def test_a_sentence_is_whole_in_both_languages(code):
    said = {}
    for language in ("en", "zh-hans"):
        with translation.override(language):
            said[language] = sentence(Reason(code, VALUES), WORDS)
    assert said["en"] != said["zh-hans"]
    assert re.search(r"[一-鿿]", said["zh-hans"])
    assert "%(" not in said["en"] + said["zh-hans"]


@pytest.mark.parametrize(
    ("percent", "grade"),
    [(100, "excellent"), (85, "excellent"), (84, "good"), (70, "good"), (69, "fair"), (50, "fair"), (49, "weak"),
     (0, "weak"), (None, "excluded")],
)  # fmt: skip
def test_a_score_is_told_in_a_word(percent, grade):
    steps = parameters().value("matching_grades", date(2026, 11, 23))
    assert Grade.of(percent, steps) == grade
    assert grade == "weak" or Grade.of(percent, steps).tone != "plain"


def test_distant_work_is_never_shown_in_green_and_a_broken_condition_is_said_first():
    steps = {"excellent": 85, "good": 70, "fair": 50}
    assert [Grade.of(percent, steps, distant=True).tone for percent in (100, 76, 10)] == ["wait"] * 3
    assert Grade.of(None, steps, distant=True) == "excluded"
    assert Grade.of(76, steps | {"good": 77}).tone == "wait"
