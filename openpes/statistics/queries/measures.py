"""What each measured indicator counts: a queryset for its numerator and one for its denominator, anywhere, any time."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from django.db.models import Count, Exists, F, Func, IntegerField, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce

from openpes.engine.calendars import DAY, Period, add_months
from openpes.engine.groups import groups
from openpes.engine.parameters import parameters
from openpes.kernel.clock import BUSINESS_ZONE
from openpes.network.choices import PointKind
from openpes.network.models import Posting
from openpes.network.queries import points
from openpes.people.models import GroupMembership
from openpes.referrals.choices import Answer, CheckOutcome, Origin
from openpes.referrals.models import Hire, Referral, RetentionCheck
from openpes.referrals.queries import rows_behind as free_rows_behind
from openpes.registration.choices import FOUND_WORK
from openpes.registration.models import JobWish, StatusPeriod, StatusPeriodQuerySet
from openpes.reporting.queries import Measured as CoverageAsked
from openpes.reporting.queries import hires_counted
from openpes.vacancies.models import Fill, Vacancy

LAID_OFF = (10, 20, 30)
LEFT_SCHOOL = "10"  # unemployment_reason


@dataclass(frozen=True)
class Asked:
    """For which area inside a scope, in which days `[from_on, until_on)`; nothing counts that is later than `on`."""

    scope: str
    area: str
    period: Period
    on: date

    @property
    def until_on(self) -> date:
        """The first day that does not count."""
        tomorrow = self.on + DAY
        return min(self.period.until_on or tomorrow, tomorrow)

    @property
    def last_on(self) -> date:
        """The last day that counts: stocks are those of its end."""
        return self.until_on - DAY

    @property
    def inside(self) -> str:
        """The area if the scope holds it, otherwise none."""
        return self.area if self.scope and self.area.startswith(self.scope) else ""


@dataclass(frozen=True)
class RowWords:
    """One row behind a number as a list shows it; `url` leads to its page, if it has one."""

    title: str
    area: str
    on: date | None
    more: str = ""
    url: str = ""


@dataclass(frozen=True)
class Part:
    """The rows behind a number; `amount` is what each counts, one without it.

    `city` when rows elsewhere in the city decide about them; `told` puts rows of a higher room into words.
    """

    rows: QuerySet
    amount: Any = None
    city: bool = False
    told: Callable[[Sequence[Any]], list[RowWords]] | None = None


@dataclass(frozen=True)
class Pair:
    """A numerator, and a denominator where the indicator has one."""

    numerator: Part
    denominator: Part | None = None


Measure = Callable[[Asked], Pair]


def _statuses(asked: Asked) -> StatusPeriodQuerySet:
    return StatusPeriod.objects.visible_to(asked.inside).order_by("from_on", "pk")


def _stock(rows: StatusPeriodQuerySet, asked: Asked) -> Part:
    return Part(rows.in_force_on(asked.last_on))


def _begun(rows: QuerySet, asked: Asked, column: str = "from_on") -> Part:
    return Part(rows.filter(**{f"{column}__gte": asked.period.from_on, f"{column}__lt": asked.until_on}))


def _unemployed(asked: Asked) -> Pair:
    return Pair(_stock(_statuses(asked).unemployed(), asked))


def _unemployed_in(asked: Asked) -> Pair:
    return Pair(_begun(_statuses(asked).unemployed(), asked))


def _unemployed_out(asked: Asked) -> Pair:
    return Pair(_begun(_statuses(asked).unemployed(), asked, "until_on"))


def _employed(asked: Asked) -> Pair:
    return Pair(_stock(_statuses(asked).employed(), asked))


def _employed_in(asked: Asked) -> Pair:
    return Pair(_begun(_statuses(asked).employed(), asked))


def _employed_out(asked: Asked) -> Pair:
    return Pair(_begun(_statuses(asked).employed(), asked, "until_on"))


def _unemployment_rate(asked: Asked) -> Pair:
    return Pair(_stock(_statuses(asked).unemployed(), asked), _stock(_statuses(asked), asked))


def _unemployed_long(asked: Asked) -> Pair:
    months = int(parameters().value("long_unemployment_months", asked.last_on))
    rows = _statuses(asked).unemployed().filter(from_on__lte=add_months(asked.last_on, -months))
    return Pair(_stock(rows, asked))


def _found_work(asked: Asked, narrowed: Q | None = None) -> Pair:
    """Registrations of unemployment in force in the period, and those whose person began work afterwards, in it."""
    later = StatusPeriod.objects.employed().filter(
        person=OuterRef("person"), from_on__gte=OuterRef("from_on"), from_on__lt=asked.until_on
    )
    rows = _statuses(asked).unemployed().overlapping(asked.period.from_on, asked.until_on)
    rows = rows if narrowed is None else rows.filter(narrowed)
    began = Exists(later.filter(from_on__gte=asked.period.from_on))
    return Pair(Part(rows.filter(began), city=True), Part(rows, city=True))


def _reemployed(asked: Asked) -> Pair:
    return _found_work(asked)


def _recognised(asked: Asked, numbers: tuple[int, ...]) -> Exists:
    known = GroupMembership.objects.recognised().filter(person=OuterRef("person"), group__in=numbers)
    return Exists(known.overlapping(asked.period.from_on, asked.until_on))


def _reemployed_laid_off(asked: Asked) -> Pair:
    return _found_work(asked, Q(_recognised(asked, LAID_OFF)))


def _reemployed_hard(asked: Asked) -> Pair:
    known = parameters()
    born = {
        sex: add_months(asked.last_on, -12 * int(known.value(f"older_worker_age_{name}", asked.last_on)))
        for sex, name in (("1", "men"), ("2", "women"))
    }
    older = Q(person__sex="1", person__born_on__lte=born["1"]) | Q(person__sex="2", person__born_on__lte=born["2"])
    hard = tuple(number for number, group in groups().items() if group.hardship and not group.derived)
    return _found_work(asked, older | Q(_recognised(asked, hard)))


def _employed_new_entrants(asked: Asked) -> Pair:
    return _found_work(asked, Q(reason=LEFT_SCHOOL))


def _days_to_work(asked: Asked) -> Pair:
    ended = _begun(_statuses(asked).unemployed().filter(end_reason=FOUND_WORK), asked, "until_on")
    days = Func(F("until_on"), F("from_on"), template="(%(expressions)s)", arg_joiner=" - ",
                output_field=IntegerField())  # fmt: skip
    return Pair(Part(ended.rows, amount=days), ended)


def _points_online(asked: Asked) -> Pair:
    inside = asked.inside or asked.scope
    online, every = (points(scope=asked.scope, on=asked.last_on, inside=inside, online=how) for how in (True, None))
    return Pair(Part(online), Part(every))


def _key_markets(asked: Asked) -> Pair:
    inside = asked.inside or asked.scope
    return Pair(Part(points(scope=asked.scope, on=asked.last_on, inside=inside, kinds=(PointKind.KEY_TOWN_MARKET,))))


def _vacancy_coverage(asked: Asked) -> Pair:
    counted = CoverageAsked(asked.area, Period(asked.period.from_on, asked.until_on))
    sides = [hires_counted(scope=asked.scope, asked=counted, reported=reported) for reported in (True, None)]
    numerator, denominator = (Part(rows.order_by("registered_at", "pk"), city=True) for rows in sides)
    return Pair(numerator, denominator)


def _places_offered(asked: Asked) -> Pair:
    rows = Vacancy.objects.visible_to(asked.inside).published().order_by("published_on", "pk")
    return Pair(Part(_begun(rows, asked, "published_on").rows, amount=F("openings")))


def _places_filled(asked: Asked) -> Pair:
    return Pair(_begun(Fill.objects.visible_to(asked.inside).order_by("filled_on", "pk"), asked, "filled_on"))


def _seekers_new(asked: Asked) -> Pair:
    return Pair(_begun(JobWish.objects.visible_to(asked.inside).order_by("from_on", "pk"), asked))


def _introduced(asked: Asked) -> Part:
    rows = Referral.objects.visible_to(asked.inside).filter(origin=Origin.INTRODUCTION).order_by("made_on", "pk")
    return _begun(rows, asked, "made_on")


def _introductions(asked: Asked) -> Pair:
    return Pair(_introduced(asked))


def _placement_rate(asked: Asked) -> Pair:
    made = _introduced(asked)
    return Pair(Part(made.rows.filter(answer=Answer.HIRED)), made)


def _free_placements(asked: Asked) -> Pair:
    rows = free_rows_behind(scope=asked.inside, from_on=asked.period.from_on, until_on=asked.until_on, ground="")
    return Pair(Part(rows))


def _hired(asked: Asked) -> Part:
    return _begun(Hire.objects.visible_to(asked.inside).order_by("begins_on", "pk"), asked, "begins_on")


def _hires(asked: Asked) -> Pair:
    return Pair(_hired(asked))


def _retention(asked: Asked) -> Pair:
    rows = RetentionCheck.objects.visible_to(asked.inside).exclude(outcome=CheckOutcome.UNKNOWN)
    asked_about = _begun(rows.order_by("due_on", "pk"), asked, "due_on")
    return Pair(Part(asked_about.rows.filter(outcome=CheckOutcome.THERE)), asked_about)


def _promise_jobs(asked: Asked) -> Pair:
    """As the own page of a person tells it (`portal`): introductions to different vacancies since the registration."""
    known = parameters()
    days = timedelta(days=int(known.value("promise_days", asked.period.from_on)))
    wanted = int(known.value("promised_job_informations", asked.period.from_on))
    due = Func(F("from_on"), days.days, template="(%(expressions)s)", arg_joiner=" + ")
    rows = _statuses(asked).unemployed().filter(
        Q(until_on__isnull=True) | Q(until_on__gte=due),
        from_on__gte=asked.period.from_on - days, from_on__lt=asked.until_on - days,
    )  # fmt: skip
    named = Referral.objects.filter(
        person=OuterRef("person"), origin=Origin.INTRODUCTION, made_on__gte=OuterRef("from_on"),
        made_on__lte=Func(OuterRef("from_on"), days.days, template="(%(expressions)s)", arg_joiner=" + "),
    )  # fmt: skip
    number = named.order_by().values("person").annotate(n=Count("vacancy", distinct=True)).values("n")
    kept = rows.annotate(named=Coalesce(Subquery(number, output_field=IntegerField()), 0)).filter(named__gte=wanted)
    return Pair(Part(kept, city=True), Part(rows, city=True))


def _officers(asked: Asked) -> Part:
    return Part(Posting.objects.visible_to(asked.inside).in_force_on(asked.last_on).order_by("area", "pk"))


def _registrations_per_officer(asked: Asked) -> Pair:
    first, last = (datetime.combine(day, time(), BUSINESS_ZONE) for day in (asked.period.from_on, asked.until_on))
    made = _statuses(asked).filter(registered_at__gte=first, registered_at__lt=last)
    return Pair(Part(made), _officers(asked))


def _hires_per_officer(asked: Asked) -> Pair:
    return Pair(_hired(asked), _officers(asked))


_MEASURES: dict[str, Measure] = {
    found.__name__.removeprefix("_"): found
    for found in (
        _unemployed, _unemployed_in, _unemployed_out, _employed, _employed_in, _employed_out, _unemployment_rate,
        _unemployed_long, _reemployed, _reemployed_laid_off, _reemployed_hard, _employed_new_entrants, _days_to_work,
        _points_online, _key_markets, _vacancy_coverage, _places_offered, _places_filled, _seekers_new,
        _introductions, _free_placements, _hires, _placement_rate, _retention, _promise_jobs,
        _registrations_per_officer, _hires_per_officer,
    )
}  # fmt: skip


def measure_of(name: str) -> Measure | None:
    """The measure of that name; nothing when no room has brought it."""
    return _MEASURES.get(name)


def offer_measure(name: str, measure: Measure) -> None:
    """A room that stands higher brings the measure of a declared indicator (called while its subscriptions load)."""
    _MEASURES[name] = measure
