"""Certificates, judged years, and who is due the subsidy of a month."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from django.utils.translation import gettext as _

from openpes.engine.calendars import add_months
from openpes.engine.qualifications import CertificateKind
from openpes.kernel.days import spoken_day
from openpes.kernel.refusal import Reason
from openpes.network.choices import YearGrade


@dataclass(frozen=True, kw_only=True)
class Examined:
    """An examination that somebody passed or not, and the first day of the certificate."""

    kind: CertificateKind | None
    number: str
    examined_on: date
    score: int
    from_on: date
    on: date
    own: bool


def why_no_certificate(given: Examined) -> Iterator[Reason]:
    """Why a certificate is not recorded."""
    if given.kind is None:
        yield Reason(_("Choose one of the certificates of the service."), field="kind")
    elif given.score < given.kind.pass_mark:
        yield Reason(
            _("The examination was not passed: %(score)s points, at least %(mark)s are needed.")
            % {"score": given.score, "mark": given.kind.pass_mark},
            field="score",
            next_step=_("Record the certificate after an examination that was passed."),
        )
    if given.score > 100:
        yield Reason(_("An examination has at most 100 points."), field="score")
    if not given.number.strip():
        yield Reason(_("A certificate has a number."), field="number")
    if given.examined_on > given.on:
        yield Reason(_("The examination lies in the future."), field="examined_on")
    if given.from_on < given.examined_on:
        yield Reason(_("The certificate begins before its examination."), field="from_on")
    if given.own:
        yield Reason(_("Nobody records a certificate of their own."), next_step=_("Ask another administrator."))


def end_of_certificate(kind: CertificateKind, from_on: date) -> date:
    """The first day on which a certificate is valid no more."""
    return add_months(from_on, kind.months)


def why_not_revoke(*, until_on: date, struck_on: date | None, on: date, own: bool) -> Iterator[Reason]:
    """Why a certificate is not revoked."""
    if struck_on is not None:
        yield Reason(_("The certificate was revoked on %(day)s.") % {"day": spoken_day(struck_on)})
    elif until_on <= on:
        yield Reason(_("The certificate ended on %(day)s by itself.") % {"day": spoken_day(until_on)})
    if own:
        yield Reason(_("Nobody records a certificate of their own."), next_step=_("Ask another administrator."))


def why_not_assess(*, year: int, on: date, own: bool, known: bool, first_year: int) -> Iterator[Reason]:
    """Why the year of a member of staff is not judged."""
    if year > on.year or (year == on.year and on.month < 12):
        yield Reason(
            _("The year %(year)s is not over yet.") % {"year": year}, field="year",
            next_step=_("A year is judged from December on."),
        )  # fmt: skip
    if year < first_year:
        yield Reason(_("The account was opened only in %(year)s.") % {"year": first_year}, field="year")
    if own:
        yield Reason(_("Nobody judges their own year."), next_step=_("Ask another administrator."))
    if known:
        yield Reason(_("The year %(year)s was judged already.") % {"year": year}, field="year")


def days_in_month(from_on: date, until_on: date | None, month_on: date) -> int:
    """How many days of a month lie in `[from_on, until_on)`."""
    end = add_months(month_on, 1)
    begins, ends = max(from_on, month_on), min(until_on or end, end)
    return max((ends - begins).days, 0)


def why_no_entitlements(*, month_on: date, on: date) -> Iterator[Reason]:
    """Why the officers of a month are not entitled yet: only a month that is over is counted."""
    if add_months(month_on, 1) > on:
        yield Reason(
            _("The month is not over yet."), field="month_on",
            next_step=_("Entitle the officers from %(day)s on.") % {"day": spoken_day(add_months(month_on, 1))},
        )  # fmt: skip


def is_due(*, days: int, least_days: int, grade: str | None) -> bool:
    """Whether an officer is due the subsidy: posted long enough, and the last judged year was not a failure."""
    return days >= least_days and grade != YearGrade.FAILED


def month_before(on: date) -> date:
    """The first day of the month before the one of a day."""
    return (on.replace(day=1) - timedelta(days=1)).replace(day=1)
