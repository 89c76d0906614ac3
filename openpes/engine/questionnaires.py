"""The questions of labour surveys by list and day, and which households a spot-check asks again."""

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Any

from openpes.engine.files import document

HOUSEHOLD, MEMBER, WORK = "household", "member", "work"


@dataclass(frozen=True)
class Question:
    """One question: `key` names the column of the ledger that reads and keeps its answer.

    `of` says who is asked: the household once, every member, or members of working age about their work. A spot-check
    compares the answers to questions that are `checked`.
    """

    key: str
    of: str
    required: bool
    checked: bool
    asks_en: str
    asks_zh: str

    def asks(self, language: str) -> str:
        """The question as it is asked in a language."""
        return self.asks_zh if language.startswith("zh") else self.asks_en


@dataclass(frozen=True)
class Questionnaire:
    """One version of a list of questions, in force from a day until the next version.

    `sheet` is the kind of ledger whose columns read the answers; `identifies` are its columns that say who is meant.
    """

    code: str
    version: int
    from_on: date
    title_en: str
    title_zh: str
    source: str
    sheet: str
    identifies: tuple[str, ...]
    questions: tuple[Question, ...]

    def title(self, language: str) -> str:
        """The title of the list in a language."""
        return self.title_zh if language.startswith("zh") else self.title_en

    def of(self, *kinds: str) -> tuple[Question, ...]:
        """The questions of these kinds in the order in which they are asked."""
        return tuple(question for question in self.questions if question.of in kinds)

    @property
    def checked(self) -> frozenset[str]:
        """The keys of the questions that a spot-check compares."""
        return frozenset(question.key for question in self.questions if question.checked)


@lru_cache(maxsize=1)
def questionnaires() -> tuple[Questionnaire, ...]:
    """Every version of every list, oldest first.

    :raises ValueError: a question twice in a list, one that nobody is asked, or two versions that begin on one day
    """
    found = sorted(
        (_questionnaire(entry) for entry in document("questionnaires.toml")["lists"]),
        key=lambda one: (one.code, one.from_on),
    )
    days = [(one.code, one.from_on) for one in found]
    keys = [(one.code, one.version, question.key) for one in found for question in one.questions]
    strange = {question.of for one in found for question in one.questions} - {HOUSEHOLD, MEMBER, WORK}
    if len(set(days)) < len(days) or len(set(keys)) < len(keys) or strange:
        raise ValueError("A questionnaire has a question twice, a strange one, or two versions of one day.")
    return tuple(found)


def questionnaires_on(on: date) -> tuple[Questionnaire, ...]:
    """The version of each list that is in force on a day, by code."""
    found = {one.code: one for one in questionnaires() if one.from_on <= on}
    return tuple(found[code] for code in sorted(found))


def questionnaire_version(code: str, version: int) -> Questionnaire:
    """One version of a list.

    :raises KeyError: there is none of that number
    """
    found = next((one for one in questionnaires() if (one.code, one.version) == (code, version)), None)
    if found is None:
        raise KeyError(f"There is no version {version} of the questionnaire '{code}'.")
    return found


def drawn(ids: Iterable[int], *, seed: str, size: int) -> tuple[int, ...]:
    """A random sample without repetition that anybody can draw again from the same ids and seed, by id.

    Each id is ranked by the SHA-256 digest of seed and id, so a further id changes the place of no other one.
    """
    ranked = sorted(set(ids), key=lambda pk: (hashlib.sha256(f"{seed}:{pk}".encode()).digest(), pk))
    return tuple(sorted(ranked[: max(size, 0)]))


def sample_size(known: int, *, per_cent: int, least: int) -> int:
    """How many of `known` households are asked again: the share rounded up, no fewer than `least`, no more than all."""
    return min(known, max(-(-known * per_cent // 100), least))


def _questionnaire(entry: Mapping[str, Any]) -> Questionnaire:
    return Questionnaire(
        entry["code"], entry["version"], entry["from"], entry["title_en"], entry["title_zh"], entry["source"],
        entry["sheet"], tuple(entry["identifies"]), tuple(Question(**question) for question in entry["questions"]),
    )  # fmt: skip
