"""Suggestions both ways, each with its score, its reasons, what is missing, and one concession that would help."""

from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import date

import numpy as np
from django.utils.translation import gettext as _

from openpes.codes.queries import code_label, occupation_label, skill_codes, skill_label
from openpes.engine import matching as engine
from openpes.engine.parameters import parameters
from openpes.matching.choices import Grade
from openpes.matching.queries.columns import (
    EDUCATION,
    education_of_rank,
    seeker_column,
    seeker_columns,
    vacancy_columns,
    weights_on,
)
from openpes.matching.queries.kept import open_vacancies, seekers_within
from openpes.matching.rules import Words, component_name, sentence
from openpes.network.queries import area_name
from openpes.people.models import Person
from openpes.people.queries.records import group_title
from openpes.registration.models import JobWish
from openpes.vacancies.models import PublishedVacancy

COUNTY = 6  # the digits of a county: villages of one name stand in several
DISTANT = frozenset(["occupation_distant", "occupation_far"])  # the same major class at most: other work than wished
WORTH_PRAISING = 60  # per cent of a component below which its sentence is no recommendation


@dataclass(frozen=True)
class Part:
    """One component of a score: points out of a maximum, and the sentence that says why."""

    name: str
    label: str
    points: int
    maximum: int
    sentence: str
    speaks: bool = True  # false where nothing was asked for, so that there is nothing to praise

    @property
    def share(self) -> int:
        """The points in per cent of the maximum."""
        return 100 * self.points // self.maximum if self.maximum else 0

    @property
    def of_one(self) -> float:
        """The same as a share from 0 to 1."""
        return self.share / 100

    @property
    def tone(self) -> str:
        """The colour of its bar."""
        return "ok" if self.share >= WORTH_PRAISING else "wait"


@dataclass(frozen=True)
class Suggestion:
    """A vacancy for a person, or a person for a vacancy; `score` is the fit 0..10000 and the points of `priority`, None
    where a condition fails.

    `priority` is what the order of persons adds for a group that is served first, for the eyes of staff. `is_spread`:
    given to this person when vacancies were spread over all seekers, so that fewer apply. `failed` are the hard
    conditions not met, `missing` these and the shortcomings that cost points, as sentences.
    """

    score: int | None
    parts: tuple[Part, ...]
    failed: tuple[str, ...]
    missing: tuple[str, ...]
    grade: Grade
    is_far: bool  # folded below the others: distant work, or a score below the dated threshold
    vacancy: PublishedVacancy | None = None
    person: Person | None = None
    priority: Part | None = None
    is_spread: bool = False

    @property
    def percent(self) -> int:
        """The fit as people read it, whichever group the person is of."""
        return ((self.score or 0) - (self.priority.points if self.priority else 0)) // 100

    @property
    def place(self) -> str:
        """The county of the work, so that vacancies of one title can be told apart."""
        return area_name(self.vacancy.place[:COUNTY]) if self.vacancy else ""

    @property
    def telling_parts(self) -> tuple[Part, ...]:
        """The components that say something which no failed condition has said already."""
        return tuple(part for part in self.parts if part.speaks and part.sentence not in self.failed)

    @property
    def best_reasons(self) -> tuple[str, ...]:
        """The sentences of the three components that earned most."""
        earned = sorted(self.parts, key=lambda part: -part.points)
        return tuple(part.sentence for part in earned if part.share >= WORTH_PRAISING and part.speaks)[:3]


@dataclass(frozen=True)
class Advice:
    """A concession: its sentence, the number reached now, and how many more it would bring."""

    change: str
    reached: int
    gained: int


@dataclass(frozen=True)
class Outlook:
    """What the open vacancies of the city hold for a person: the best of them, and every concession that would bring
    further ones, the one that brings most first."""

    suggestions: list[Suggestion]
    changes: list[Advice]


def outlook_of_person(
    *, person: Person, wish: JobWish, on: date, k: int = 0, spread: Collection[int] = ()
) -> Outlook:
    """The best open vacancies of the city for a person by a wish in force, exact, ties by id, and the concessions
    that bring further ones. Person and wish are read already, by somebody who may see them.

    `spread` are vacancies that the person was given by the spread (`spread_of_person`): they are marked, and those that
    are still open and fit follow behind the best.
    """
    seeker = seeker_column(wish=wish, person=person, on=on).row(0)
    vacancies, weights = open_vacancies(on=on), weights_on(on)
    return Outlook(
        _best(seeker, vacancies, on, k, spread),
        _advices(engine.changes_of_seeker(seeker, vacancies, weights)),
    )


def suggestions_for_person(*, person: int, on: date, k: int = 0) -> list[Suggestion]:
    """The best open vacancies of the city for a person with a wish in force, exact, ties by id; else none.

    The caller has made sure that the person may be seen.
    """
    seekers = seeker_columns(scope="", on=on, person=person)
    if not len(seekers):
        return []
    return _best(seekers.row(0), open_vacancies(on=on), on, k)


def suggestions_for_vacancy(*, scope: str, vacancy: int, on: date, k: int = 0) -> list[Suggestion]:
    """The best persons of a scope with a wish in force for an open vacancy, exact, ties by id."""
    vacancies = vacancy_columns(on=on, vacancies=[vacancy])
    if not len(vacancies):
        return []
    row, seekers, weights = vacancies.row(0), seekers_within(scope=scope, on=on), weights_on(on)
    ranked = engine.top_seekers(row, seekers, weights, k or _shown(on))
    found = Person.objects.visible_to(scope).in_bulk(ranked.ids.tolist())
    ids = [id_ for id_ in ranked.ids.tolist() if id_ in found]
    explained = engine.explain_seekers(row, seekers, ids, weights)
    return [_suggestion(why, on, person=found[id_]) for id_, why in zip(ids, explained, strict=True)]


def near_and_far(suggestions: list[Suggestion]) -> tuple[list[Suggestion], list[Suggestion]]:
    """Suggestions to show at once, and those to fold below them; the order of the ranking stays in both."""
    return [one for one in suggestions if not one.is_far], [one for one in suggestions if one.is_far]


def explanation_of(*, person: int, vacancy: int, on: date) -> Suggestion | None:
    """Why one person and one open vacancy fit or not; none without a wish or when the vacancy is not open."""
    seekers = seeker_columns(scope="", on=on, person=person)
    vacancies = vacancy_columns(on=on, vacancies=[vacancy])
    if not len(seekers) or not len(vacancies):
        return None
    why = engine.explain(seekers.row(0), vacancies.row(0), weights_on(on))
    return _suggestion(why, on, vacancy=PublishedVacancy.objects.get(pk=vacancy))


def changes_for_person(*, person: int, on: date) -> list[Advice]:
    """Every concession of a person that brings further vacancies, the one that brings most first."""
    seekers = seeker_columns(scope="", on=on, person=person)
    if not len(seekers):
        return []
    return _advices(engine.changes_of_seeker(seekers.row(0), open_vacancies(on=on), weights_on(on)))


def changes_for_vacancy(*, scope: str, vacancy: int, on: date) -> list[Advice]:
    """Every concession of an employer that brings further persons of a scope, the one that brings most first."""
    vacancies = vacancy_columns(on=on, vacancies=[vacancy])
    if not len(vacancies):
        return []
    return _advices(engine.changes_of_vacancy(vacancies.row(0), seekers_within(scope=scope, on=on), weights_on(on)))


def _best(
    seeker: engine.Seeker, vacancies: engine.Vacancies, on: date, k: int, spread: Collection[int] = ()
) -> list[Suggestion]:
    weights = weights_on(on)
    ranked = engine.top_vacancies(seeker, vacancies, weights, k or _shown(on)).ids.tolist()
    there = set(vacancies.id[np.isin(vacancies.id, list(spread))].tolist()) if spread else set()
    wanted = [*ranked, *(id_ for id_ in spread if id_ in there - set(ranked))]
    found = PublishedVacancy.objects.defer("terms").in_bulk(wanted)
    ids = [id_ for id_ in wanted if id_ in found]
    explained = zip(ids, engine.explain_vacancies(seeker, vacancies, ids, weights), strict=True)
    return [
        replace(_suggestion(why, on, vacancy=found[id_]), is_spread=id_ in there)
        for id_, why in explained
        if id_ in ranked or why.score is not None
    ]


def _shown(on: date) -> int:
    return int(parameters().value("matching_suggestions", on))


def _suggestion(
    why: engine.Explanation, on: date, *, vacancy: PublishedVacancy | None = None, person: Person | None = None
) -> Suggestion:
    parts = tuple(map(_part, why.components))
    priority = _part(why.priority) if why.priority else None
    failed = tuple(sentence(reason, WORDS) for reason in why.failed)
    missing = dict.fromkeys([*failed, *(sentence(part.reason, WORDS) for part in why.wanting)])
    steps = parameters().value("matching_grades", on)
    distant = any(component.reason.code in DISTANT for component in why.components)
    percent = None if why.fit is None else why.fit // 100
    grade = Grade.of(percent, steps, distant=distant)
    is_far = distant or (percent or 0) < steps["near"]
    return Suggestion(why.score, parts, failed, tuple(missing), grade, is_far, vacancy, person, priority)


def _part(component: engine.Component) -> Part:
    return Part(
        name=component.name,
        label=component_name(component.name),
        points=component.points,
        maximum=component.maximum,
        sentence=sentence(component.reason, WORDS),
        speaks=not component.reason.code.endswith("_not_asked"),
    )


def _advices(found: list[engine.Counterfactual]) -> list[Advice]:
    return [Advice(sentence(one.change, WORDS), one.reached, one.gained) for one in found]


def _area_words(code: int) -> str:
    place = _significant(str(code))
    name = area_name(place)
    return name if len(place) <= COUNTY else area_name(place[:COUNTY]) + name


def _significant(code: str) -> str:
    length = next(n for n in (4, 6, 9, 12) if not code[n:].strip("0"))
    return code[:length]


def _occupation_words(code: int) -> str:
    text = str(code)
    groups = [text[0], text[1:3], text[3:5], text[5:7]]
    while len(groups) > 1 and groups[-1] == "00":
        groups.pop()
    label = occupation_label("-".join(groups))
    if label == "-".join(groups):
        label = occupation_label("-".join([*groups, "00", "00", "00"][:4]))
    return label


def _skill_words(number: int) -> str:
    return skill_label(skill_codes()[number])


def _education_words(rank: int) -> str:
    code = education_of_rank(rank)
    return code_label(EDUCATION, code) if code else _("unstated education")


WORDS = Words(_area_words, _occupation_words, _skill_words, _education_words, group_title)
