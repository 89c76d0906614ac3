"""Questions that nobody planned: facts grouped by any two dimensions, and the rows behind each cell."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Case, F, IntegerField, Min, QuerySet, Sum, Value, When
from django.db.models.functions import ExtractMonth, ExtractQuarter, ExtractYear, Left

from openpes.engine.figures.classes import AGES
from openpes.statistics.choices import Dimension, FactKind, FactSource, Stock
from openpes.statistics.models import Fact
from openpes.statistics.queries.wanted import SOURCE_OF, TABLES

MOST_COLUMNS = 40
OF_STOCK = {
    Stock.PLACES: (FactKind.PLACES_OFFERED, FactKind.PLACES_FILLED, FactKind.PLACES_ENDED),
    Stock.WISHES: (FactKind.WISH_BEGUN, FactKind.WISH_ENDED),
    Stock.UNEMPLOYED: (FactKind.UNEMPLOYMENT_BEGUN, FactKind.UNEMPLOYMENT_ENDED),
    Stock.EMPLOYED: (FactKind.EMPLOYMENT_BEGUN, FactKind.EMPLOYMENT_ENDED),
}
TIMES = (Dimension.YEAR, Dimension.QUARTER, Dimension.MONTH)
Key = int | str


def _in_age_bands() -> Case:
    """The place of the row of table 10; 0 when the age is not said."""
    whens = [When(age__gte=least, age__lte=most, then=Value(n)) for n, (least, most) in enumerate(AGES.values(), 1)]
    return Case(*whens, default=Value(0), output_field=IntegerField())


_BY: dict[Dimension, Callable[[], Any]] = {
    Dimension.COUNTY: lambda: Left("area", 6),
    Dimension.TOWN: lambda: Left("area", 9),
    Dimension.VILLAGE: lambda: F("area"),
    Dimension.YEAR: lambda: ExtractYear("counted_on"),
    Dimension.QUARTER: lambda: ExtractYear("counted_on") * 10 + ExtractQuarter("counted_on"),
    Dimension.MONTH: lambda: ExtractYear("counted_on") * 100 + ExtractMonth("counted_on"),
    Dimension.MAJOR: lambda: F("occupation") / 1_000_000,
    Dimension.MINOR: lambda: F("occupation") / 100,
    Dimension.AGE: _in_age_bands,
}


@dataclass(frozen=True)
class Question:
    """What is counted (a kind of facts, or a stock), of which area and days, by what, and of which part alone."""

    area: str
    from_on: date
    until_on: date
    counted: FactKind | Stock
    rows: Dimension
    columns: Dimension
    only: tuple[tuple[Dimension, Key], ...] = ()


@dataclass(frozen=True)
class CrossTable:
    """The numbers of a question by row and column, and what they add up to."""

    rows: tuple[Key, ...]
    columns: tuple[Key, ...]
    numbers: dict[tuple[Key, Key], int]

    @property
    def total(self) -> int:
        """All of it."""
        return sum(self.numbers.values())

    def of_row(self, row: Key) -> int:
        """What a row adds up to."""
        return sum(self.numbers.get((row, column), 0) for column in self.columns)

    def of_column(self, column: Key) -> int:
        """What a column adds up to."""
        return sum(self.numbers.get((row, column), 0) for row in self.rows)


def cross_table(*, scope: str, question: Question) -> CrossTable:
    """The answer to a question inside a scope; what adds up to nothing is not there."""
    facts = _counted(scope, question)
    facts = facts.annotate(row=_by(question.rows), column=_by(question.columns)).order_by("row", "column")
    sign = _sign(question)
    told = facts.values_list("row", "column").annotate(n=Sum("number"))
    numbers = {(row, column): sign * n for row, column, n in told if n}
    rows, columns = (tuple(sorted({key[side] for key in numbers})) for side in (0, 1))
    return CrossTable(rows, columns, numbers)


def subjects_behind(*, scope: str, question: Question) -> QuerySet:
    """The subjects of the facts of a question, each once with what it counts as: `subject`, `counts`, `since`."""
    told = _counted(scope, question).values("subject").annotate(counts=_sign(question) * Sum("number"))
    return told.annotate(since=Min("happened_on")).exclude(counts=0).order_by("subject")


def rows_behind_subjects(*, scope: str, question: Question, subjects: Sequence[int]) -> list[Any]:
    """The rows of the register with these ids inside a scope, in their order.

    What was taken back since, or is kept by an office elsewhere by now, is left out.
    """
    found = TABLES[source_of(question)].objects.visible_to(scope).in_bulk(list(subjects))
    return [found[subject] for subject in subjects if subject in found]


def source_of(question: Question) -> FactSource:
    """The table whose rows are behind a question."""
    kinds = _kinds(question)
    return SOURCE_OF[kinds[0]]


def _kinds(question: Question) -> tuple[FactKind, ...]:
    return OF_STOCK[question.counted] if isinstance(question.counted, Stock) else (question.counted,)


def _sign(question: Question) -> int:
    """Ends stand in the store as what they take from a stock; asked for alone they are told as a number."""
    ends = {kind for _begun, *others in OF_STOCK.values() for kind in others}
    return -1 if not isinstance(question.counted, Stock) and question.counted in ends else 1


def _by(dimension: Dimension) -> Any:
    made = _BY.get(dimension)
    return made() if made else F(dimension.value)


def _counted(scope: str, question: Question) -> QuerySet:
    """The facts that count: those of the days `[from_on, until_on)`, or for a stock all before the last of them."""
    facts = Fact.objects.visible_to(scope).visible_to(question.area).of_kinds(*_kinds(question)).order_by()
    if isinstance(question.counted, Stock):
        facts = facts.counted_before(question.until_on)
    else:
        facts = facts.counted_within(question.from_on, question.until_on)
    for number, (dimension, key) in enumerate(question.only):
        facts = facts.annotate(**{f"only_{number}": _by(dimension)}).filter(**{f"only_{number}": key})
    return facts
