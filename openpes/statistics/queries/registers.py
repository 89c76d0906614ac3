"""The monthly registers of a labour market: what stood, came in, went out and is left, row by row and at the foot."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from django.db.models import Case, Count, DateField, F, Func, IntegerField, OuterRef, Q, QuerySet, Subquery, Sum, When
from django.db.models.functions import Coalesce

from openpes.engine.calendars import DAY, Period
from openpes.kernel import within
from openpes.kernel.scope import CITY
from openpes.referrals.choices import Origin as ReferralOrigin
from openpes.referrals.models import Hire, Referral
from openpes.registration.models import JobWish, StatusPeriod
from openpes.statistics.choices import Origin, RegisterKind
from openpes.statistics.queries.behind import vacancies_behind
from openpes.statistics.queries.shown import shown
from openpes.vacancies.models import Fill

MEASURED = tuple(kind for kind in RegisterKind if kind != RegisterKind.GUIDANCE)


@dataclass(frozen=True)
class RegisterAsked:
    """Which register of which area inside a scope, and which days of a month count."""

    kind: RegisterKind
    scope: str
    area: str
    month: Period

    @property
    def until_on(self) -> date:
        """The first day that does not count."""
        return self.month.until_on or date.max


@dataclass(frozen=True)
class Foot:
    """The sums of a register: what stood at the start, came in, went out, stands at the end.

    `closing` is counted by itself, so the register reconciles or does not. `of_which` are, among what went out, the
    places that were filled; among the hires, those by introduction.
    """

    opening: int
    came: int
    went: int
    closing: int
    of_which: int | None = None

    @property
    def is_reconciled(self) -> bool:
        """Whether what stood and came in less what went out is what is there."""
        return self.opening + self.came - self.went == self.closing


def register_rows(asked: RegisterAsked) -> QuerySet:
    """The rows of a register, each with `begun_on`, `ends_on` and what it adds: `opening`, `came`, `went`, `closing`.

    A register of stocks holds what stood at the start of the month and what began in it; the one of hires what began.
    """
    return _ROWS[asked.kind](asked)


def register_foot(asked: RegisterAsked) -> Foot:
    """The sums of a register; hires are brought forward from the first day of the year."""
    rows = register_rows(asked).order_by()
    told = rows.aggregate(**{f"sum_{name}": Sum(name) for name in ("opening", "came", "went")})
    opening, came, went = (int(told[f"sum_{name}"] or 0) for name in ("opening", "came", "went"))
    if asked.kind == RegisterKind.HIRES:
        year = _hires(asked, asked.month.from_on.replace(month=1, day=1))
        hires = shown(rows)
        with within(CITY):  # the letter may belong to the office where the person lived before
            introduced = hires.filter(referral__origin=ReferralOrigin.INTRODUCTION).count()
        whole = year.count()
        return Foot(whole - came, came, 0, whole, introduced)
    if asked.kind == RegisterKind.PLACES:
        after = Period(asked.until_on, asked.until_on + DAY)
        left = vacancies_behind(scope=asked.scope, area=asked.area, period=after, origin=Origin.CARRIED).order_by()
        filled = rows.aggregate(n=Sum("filled"))["n"]
        return Foot(opening, came, went, int(left.aggregate(n=Sum("counted"))["n"] or 0), int(filled or 0))
    table, begun, ends = _LASTING[asked.kind]
    stock = _inside(table(), asked).annotate(ends_on=ends).filter(**{f"{begun}__lt": asked.until_on})
    closing = stock.filter(Q(ends_on__isnull=True) | Q(ends_on__gt=asked.until_on)).count()
    return Foot(opening, came, went, closing)


def place_of(asked: RegisterAsked, pk: int) -> int:
    """The number of a row in its register, in the order in which the rows were entered."""
    return register_rows(asked).filter(pk__lte=pk).count()


def _inside(rows: QuerySet, asked: RegisterAsked) -> QuerySet:
    return rows.visible_to(asked.scope).visible_to(asked.area)  # type: ignore[attr-defined]


class _DayAfter(Func):
    template = "(%(expressions)s + 1)"
    output_field = DateField()


def _unemployed() -> QuerySet:
    return StatusPeriod.objects.unemployed()


def _employed() -> QuerySet:
    return StatusPeriod.objects.employed()


def _introduced() -> QuerySet:
    return Referral.objects.filter(origin=ReferralOrigin.INTRODUCTION)


# Of what lasts: the rows, the column of the first day, and the first day on which it no longer held.
_LASTING: dict[RegisterKind, tuple[Callable[[], QuerySet], str, F | _DayAfter]] = {
    RegisterKind.SEEKERS: (JobWish.objects.all, "from_on", F("until_on")),
    RegisterKind.UNEMPLOYED: (_unemployed, "from_on", F("until_on")),
    RegisterKind.EMPLOYED: (_employed, "from_on", F("until_on")),
    RegisterKind.INTRODUCTIONS: (_introduced, "made_on", _DayAfter("answered_on")),
}


def _lasting(asked: RegisterAsked) -> QuerySet:
    """What held at the start of the month or began in it; as in the report, what ends leaves with its last day."""
    table, begun, ends = _LASTING[asked.kind]
    first, until = asked.month.from_on, asked.until_on
    rows = _inside(table(), asked).annotate(begun_on=F(begun), ends_on=ends)
    carried = Q(begun_on__lt=first) & (Q(ends_on__isnull=True) | Q(ends_on__gt=first))
    rows = rows.filter(carried | Q(begun_on__gte=first, begun_on__lt=until))
    return rows.annotate(
        opening=_one_if(Q(begun_on__lt=first)),
        came=_one_if(Q(begun_on__gte=first)),
        went=_one_if(Q(ends_on__lte=until)),
        closing=_one_if(Q(ends_on__isnull=True) | Q(ends_on__gt=until)),
    ).order_by("pk")


def _places(asked: RegisterAsked) -> QuerySet:
    """Vacancies in places; what was filled late counts on the last day of its vacancy, as in the facts."""
    first, until = asked.month.from_on, asked.until_on
    rows = vacancies_behind(scope=asked.scope, area=asked.area, period=asked.month)
    rows = rows.annotate(
        begun_on=F("published_on"),
        ends_on=F("valid_until_on"),
        taken=_fills(Q()),
        taken_by_end=_fills(Q(filled_on__lt=until)),
    )
    over = Q(valid_until_on__lte=until)
    before = Case(When(published_on__lt=first, then=F("openings") - F("left_at_start")), default=0)
    filled = Case(When(over, then=F("taken")), default=F("taken_by_end"), output_field=IntegerField()) - before
    rest = Case(When(over, then=F("openings") - F("taken")), default=0, output_field=IntegerField())
    return rows.annotate(
        opening=Case(When(published_on__lt=first, then=F("left_at_start")), default=0, output_field=IntegerField()),
        came=Case(When(published_on__gte=first, then=F("openings")), default=0, output_field=IntegerField()),
        filled=filled,
        went=filled + rest,
        closing=Case(When(over, then=0), default=F("openings") - F("taken_by_end"), output_field=IntegerField()),
    ).order_by("pk")


def _fills(when: Q) -> Coalesce:
    found = Fill.objects.filter(when, vacancy=OuterRef("pk")).order_by().values("vacancy").annotate(n=Count("id"))
    return Coalesce(Subquery(found.values("n"), output_field=IntegerField()), 0)


def _hires(asked: RegisterAsked, from_on: date) -> QuerySet:
    return _inside(Hire.objects.all(), asked).filter(begins_on__gte=from_on, begins_on__lt=asked.until_on)


def _hires_of_month(asked: RegisterAsked) -> QuerySet:
    rows = _hires(asked, asked.month.from_on).annotate(begun_on=F("begins_on"), ends_on=F("contract_until_on"))
    return rows.annotate(opening=_one_if(Q(pk=0)), came=_one_if(Q(pk__gt=0)), went=_one_if(Q(pk=0)),
                         closing=_one_if(Q(pk__gt=0))).order_by("pk")  # fmt: skip


def _one_if(condition: Q) -> Case:
    return Case(When(condition, then=1), default=0, output_field=IntegerField())


_ROWS: dict[RegisterKind, Callable[[RegisterAsked], QuerySet]] = {
    RegisterKind.PLACES: _places,
    RegisterKind.HIRES: _hires_of_month,
    **dict.fromkeys(_LASTING, _lasting),
}
