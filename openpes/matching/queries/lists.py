"""The lists of the last night, for pages that show many at once, and whom they show."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from openpes.engine.matching.exposure import MILLION
from openpes.kernel import within
from openpes.kernel.scope import CITY
from openpes.matching.choices import AgeBand, Topic
from openpes.matching.models import CandidateList, JobList, MatchFigure
from openpes.people.choices import Sex
from openpes.people.models import Person
from openpes.people.queries.records import group_title

SHOWN = 3


@dataclass(frozen=True)
class Candidates:
    """Persons of the reader's area among the best of the city for a vacancy: how many, the first, and as of when."""

    vacancy: int
    count: int
    persons: tuple[Person, ...]
    made_at: datetime


@dataclass(frozen=True)
class FigureRow:
    """What one group of persons gets of the lists; shares in per cent with one decimal, None where nothing is counted.

    `weight` is places a person beside places a person of everybody, in per cent: 100 is the average.
    """

    value: str
    label: str
    persons: int
    places: int
    listed: float | None
    share: float | None
    weight: float | None
    rank: float | None
    attention: float | None


@dataclass(frozen=True)
class FigureTable:
    """The groups of one kind, as of a night."""

    topic: str
    label: str
    rows: tuple[FigureRow, ...]
    made_at: datetime


@dataclass(frozen=True)
class SpreadFigures:
    """How evenly vacancies are shown by score alone (before) and spread (after), and what that costs in score."""

    rows: tuple[tuple[str, int, int, float, float], ...]  # words, vacancies shown, of how many, Gini, fit in per cent
    lost: float
    made_at: datetime


def spread_of_person(*, person: int) -> tuple[int, ...]:
    """The vacancies that a person was given when the vacancies of the city were spread over all seekers."""
    found = JobList.objects.filter(person_id=person).values_list("spread", flat=True).first()
    return tuple(found or ())


def candidate_lists(*, scope: str, vacancies: Collection[int], shown: int = SHOWN) -> dict[int, Candidates]:
    """Of each vacancy the persons of a scope among the best of the city, as of the last night."""
    lists = list(CandidateList.objects.visible_to(scope).filter(vacancy_id__in=vacancies))
    wanted = {pk for row in lists for pk in row.persons}
    seen = Person.objects.visible_to(scope).in_bulk(wanted)
    found = {}
    for row in lists:
        persons = [seen[pk] for pk in row.persons if pk in seen]
        found[row.vacancy_id] = Candidates(row.vacancy_id, len(persons), tuple(persons[:shown]), row.made_at)
    return found


def fairness_tables(*, scope: str) -> list[FigureTable]:
    """What groups of persons of a county, or of the city, got of the lists of the last night."""
    rows = list(MatchFigure.objects.visible_to(scope).filter(area=scope).exclude(topic=Topic.SPREAD))
    told: dict[str, dict[str, dict[str, int]]] = {}
    for row in rows:
        told.setdefault(row.topic, {}).setdefault(row.value, {})[row.measure] = row.number
    made_at = {row.topic: row.made_at for row in rows}
    return [
        FigureTable(topic.value, str(topic.label), _rows(topic, told[topic.value]), made_at[topic.value])
        for topic in Topic
        if topic.value in told
    ]


def is_matched() -> bool:
    """Whether the whole city was matched before, be it with empty lists."""
    with within(CITY):
        return MatchFigure.objects.exists()


def spread_figures(*, scope: str) -> SpreadFigures | None:
    """How evenly the vacancies of the city were shown in the last night; only who sees the city sees it."""
    rows = list(MatchFigure.objects.visible_to(scope).filter(area=CITY, topic=Topic.SPREAD))
    told = {(row.value, row.measure): row.number for row in rows}
    if not told:
        return None
    words = {"before": _("by fit alone"), "after": _("spread over seekers")}
    lines = tuple(
        (
            words[when], told[when, "shown"], told[when, "vacancies"], told[when, "gini"] / MILLION,
            told[when, "score"] / 10_000,
        )
        for when in words
    )  # fmt: skip
    return SpreadFigures(lines, (told["before", "score"] - told["after", "score"]) / 10_000, rows[0].made_at)


def _rows(topic: Topic, told: dict[str, dict[str, int]]) -> tuple[FigureRow, ...]:
    whole = {name: sum(one[name] for one in told.values()) for name in ("persons", "places")}
    values = sorted(told, key=lambda value: (value in ("", "0") and topic != Topic.AGE, value.zfill(4)))
    return tuple(_row(topic, value, told[value], whole) for value in values)


def _row(topic: Topic, value: str, one: dict[str, int], whole: dict[str, int]) -> FigureRow:
    return FigureRow(
        value=value,
        label=_label(topic, value),
        persons=one["persons"],
        places=one["places"],
        listed=_ratio(100 * one["listed"], one["persons"]),
        share=_ratio(100 * one["places"], whole["places"]),
        weight=_ratio(100 * one["places"] * whole["persons"], one["persons"] * whole["places"]),
        rank=_ratio(one["ranks"], one["places"]),
        attention=_ratio(100 * one["attention"], one["persons"] * MILLION),
    )


def _ratio(number: int, of: int) -> float | None:
    return round(number / of, 1) if of else None


def _label(topic: Topic, value: str) -> str:
    if topic == Topic.SEX and value:
        return str(Sex(value).label)
    if topic == Topic.AGE:
        return str(AgeBand(value).label)
    if topic == Topic.GROUP and value != "0":
        return group_title(int(value))
    words: dict[str, Any] = {
        "urban": pgettext("figures", "Urban"), "rural": pgettext("figures", "Rural"),
        "0": pgettext("figures", "No group that is served first"), "": pgettext("figures", "Unstated"),
    }  # fmt: skip
    return str(words[value])
