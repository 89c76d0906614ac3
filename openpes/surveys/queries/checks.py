"""Spot-checks: what was drawn, what was said the second time, and where it differs."""

from collections.abc import Set
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from openpes.access.models import Account
from openpes.engine.questionnaires import drawn, sample_size
from openpes.surveys import rules
from openpes.surveys.models import CheckedHousehold, SpotCheck
from openpes.surveys.models.answers import unsealed
from openpes.surveys.queries.sheets import (
    HouseholdSheet,
    answer_words,
    columns_of,
    hidden_from,
    sheets_of,
    told_of,
    without_answers,
)


@dataclass(frozen=True)
class DifferenceLine:
    """A question that was answered otherwise the second time, in the words of the reader."""

    name: str
    question: str
    first: str
    second: str


@dataclass(frozen=True)
class CheckedLine:
    """A household of a spot-check: its sheet, who asked first and second, and what differs."""

    row: CheckedHousehold
    sheet: HouseholdSheet
    surveyed_by: str
    asked_by: str
    differences: list[DifferenceLine]
    hands: frozenset[int]


@dataclass(frozen=True)
class CheckSheet:
    """A spot-check with its households and its error rate so far; `is_true` when the seed draws the same again."""

    check: SpotCheck
    lines: list[CheckedLine]
    names: dict[int, str]
    is_true: bool

    @property
    def drawn(self) -> int:
        """How many households were drawn."""
        return len(self.lines)

    @property
    def pool(self) -> int:
        """From how many they were drawn."""
        return len(self.check.pool)

    @property
    def left(self) -> int:
        """Households that must still be asked again before somebody marks the result."""
        return rules.still_to_ask([line.row.is_met for line in self.lines])

    @property
    def compared(self) -> int:
        return sum(line.row.compared for line in self.lines)

    @property
    def different(self) -> int:
        return sum(len(line.row.different) for line in self.lines)

    @property
    def rate(self) -> float:
        """Different answers among those compared."""
        return self.different / self.compared if self.compared else 0.0

    @property
    def is_over(self) -> bool:
        """Whether the village would be surveyed again."""
        return rules.is_over(
            compared=self.compared, different=self.different, error_per_cent=self.check.error_per_cent
        )

    @property
    def surveyed(self) -> frozenset[int]:
        """Everybody who had a hand in the first answers."""
        return frozenset().union(*(line.hands for line in self.lines))


def checks_of(*, scope: str, campaign: int, inside: str) -> list[SpotCheck]:
    """The spot-checks of a campaign inside an area, the latest first."""
    found = SpotCheck.objects.visible_to(scope).visible_to(inside).filter(village__campaign=campaign)
    return list(found.select_related("village").order_by("-drawn_at", "-id"))


def check_sheet(*, scope: str, hands: Set[int], pk: int, on: date) -> CheckSheet:
    """A spot-check with everything that was said twice; who may still ask a household again sees no first answer of it.

    :raises SpotCheck.DoesNotExist: there is none of that number in the area
    """
    check = SpotCheck.objects.visible_to(scope).select_related("village__campaign").get(pk=pk)
    rows = list(
        CheckedHousehold.objects.visible_to(scope).filter(check_of=check)
        .select_related("answer", "household__village__campaign", "household__household", "household__answer")
        .order_by("household__number")
    )  # fmt: skip
    named = {check.drawn_by, check.first_by or 0, check.second_by or 0}
    named |= {pk for row in rows for pk in (row.surveyed_by, row.asked_by or 0)}
    names = dict(Account.objects.filter(pk__in=named).values_list("pk", "name"))
    hidden = hidden_from(hands, [row.household for row in rows])
    sheets = [
        without_answers(sheet) if sheet.row.pk in hidden else sheet
        for sheet in sheets_of([row.household for row in rows], scope=scope, on=on)
    ]
    columns = columns_of(check.village.campaign.asked, area=check.area, on=on)
    lines = [_line(row, sheet, names, columns) for row, sheet in zip(rows, sheets, strict=True)]
    return CheckSheet(check, lines, names, redrawn(check) == {row.household_id for row in rows})


def redrawn(check: SpotCheck) -> set[int]:
    """The households that the seed draws from the pool, drawn again."""
    size = sample_size(len(check.pool), per_cent=check.per_cent, least=check.least)
    return set(drawn(check.pool, seed=check.seed, size=size))


def _line(row: CheckedHousehold, sheet: HouseholdSheet, names: dict[int, str], columns: dict[str, Any]) -> CheckedLine:
    return CheckedLine(
        row,
        sheet,
        names.get(row.surveyed_by, "OpenPES"),
        names.get(row.asked_by or 0, ""),
        _differences(row, sheet, columns),
        row.surveyed_hands | row.answer.hands,
    )


def _differences(row: CheckedHousehold, sheet: HouseholdSheet, columns: dict[str, Any]) -> list[DifferenceLine]:
    if not row.different or row.told_sealed is None:
        return []
    first = told_of(row.answer)
    second = {int(person): told for person, told in unsealed(row.told_sealed).items()}
    named = {one.person.pk: one.person.name for one in sheet.members}
    language = "zh" if (get_language() or "zh").startswith("zh") else "en"
    return [
        DifferenceLine(
            named.get(person) or str((first.get(person) or second.get(person) or {}).get("name") or _("The household")),
            columns[key].title(language),
            answer_words(columns[key], first.get(person, {}).get(key)) or _("no answer"),
            answer_words(columns[key], second.get(person, {}).get(key)) or _("no answer"),
        )
        for person, key in row.different
    ]
