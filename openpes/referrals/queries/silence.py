"""Employers who owe an answer: since when, who is to be reminded, which vacancies are to be frozen or let go."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.db.models.functions import Coalesce

from openpes.kernel import clock
from openpes.referrals import rules
from openpes.referrals.choices import Answer, InterviewState
from openpes.referrals.models import HireReport, Interview, Referral
from openpes.vacancies.choices import HoldGround
from openpes.vacancies.models import Hold, Vacancy


@dataclass(frozen=True)
class SilentRow:
    """A referral whose employer owes a word, since when, and how many whole days."""

    referral: Referral
    since: datetime
    days: int


def waits_since(rows: QuerySet[Referral], *, at: datetime) -> QuerySet[Referral]:
    """Open referrals whose next word is the employer's, with `since`, the longest silence first.

    Not those that wait for the person to choose a time, for an interview ahead, or for the office to confirm a hire.
    """
    talk = Interview.objects.filter(referral=OuterRef("pk")).open()
    ahead = talk.filter(Q(state=InterviewState.PROPOSED) | Q(ends_at__gt=at))
    reported = HireReport.objects.filter(referral=OuterRef("pk"), return_note="")
    waiting = rows.filter(~Exists(ahead), ~Exists(reported), answer="")
    return waiting.annotate(since=Coalesce("stage_at", "made_at")).order_by("since", "pk")


def to_be_reminded(*, at: datetime, referral: int | None = None) -> list[int]:
    """The referrals whose employers are reminded now, by their numbers, or whether this one is."""
    patience = rules.patience_on(clock.day_of(at))
    if not patience.reminders:
        return []
    silent = waits_since(_asked(referral), at=at)
    late = silent.filter(since__lt=rules.silent_before(at, patience.reminders[0]))
    late = late.filter(reminders__lt=len(patience.reminders))
    rows = late.values_list("pk", "since", "reminders")
    due = [pk for pk, since, told in rows if rules.reminders_due(since=since, told=told, at=at, patience=patience)]
    return sorted(due)


def silent_vacancies(*, at: datetime, vacancy: int | None = None) -> list[int]:
    """The open vacancies that are to be frozen for silence, by their numbers, or whether this one is."""
    patience = rules.patience_on(clock.day_of(at))
    rows = Referral.objects.all() if vacancy is None else Referral.objects.filter(vacancy_id=vacancy)
    late = waits_since(rows, at=at).filter(since__lt=rules.silent_before(at, patience.freeze))
    held = Hold.objects.filter(vacancy=OuterRef("pk"), ground=HoldGround.SILENCE).open()
    open_ones = Vacancy.objects.open_on(clock.day_of(at)).filter(pk__in=late.order_by().values("vacancy"))
    return list(open_ones.filter(~Exists(held)).order_by("pk").values_list("pk", flat=True))


def out_of_patience(*, at: datetime, referral: int | None = None) -> list[int]:
    """The referrals that end without an answer now, by their numbers, or whether this one does."""
    patience = rules.patience_on(clock.day_of(at))
    late = waits_since(_asked(referral), at=at).filter(since__lt=rules.silent_before(at, patience.end))
    return sorted(late.values_list("pk", flat=True))


def is_answered_to(*, vacancy: int, at: datetime) -> bool:
    """Whether nobody waits longer than the patience of the day for a word about a vacancy, or ended without one."""
    patience = rules.patience_on(clock.day_of(at))
    rows = Referral.objects.filter(vacancy_id=vacancy)
    if rows.filter(answer=Answer.NO_ANSWER).exists():
        return False
    # Whoever hears of the first word asks for all the others that the freeze was about: those who were reminded.
    first = patience.reminders[0] if patience.reminders else patience.freeze
    return not waits_since(rows, at=at).filter(since__lt=rules.silent_before(at, first)).exists()


def silent_rows(rows: Iterable[Referral], *, at: datetime) -> list[SilentRow]:
    """Rows of `waits_since` with the whole days of silence."""
    return [SilentRow(row, row.since, rules.days_silent(since=row.since, at=at)) for row in rows]


def _asked(referral: int | None) -> QuerySet[Referral]:
    return Referral.objects.all() if referral is None else Referral.objects.filter(pk=referral)
