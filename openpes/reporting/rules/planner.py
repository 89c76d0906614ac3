"""Whom to visit next, and why: an open sum of days and points, so that everybody can follow it."""

from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

NEVER_HEARD = 365
A_LATE_REPORT, A_HIRE_NOT_REPORTED, A_STALE_VACANCY, A_PAPER_OVER, NOBODY_TO_CALL = 30, 10, 15, 20, 20


@dataclass(frozen=True)
class Grounds:
    """What is known of an employer that speaks for a visit; `silent_days` is nothing if it was never heard of."""

    silent_days: int | None
    late: bool = False
    hires_not_reported: int = 0
    stale: int = 0
    papers_over: int = 0
    callable: bool = True


@dataclass(frozen=True)
class Wanted:
    """How much a visit is wanted, and why, the strongest ground first."""

    points: int
    why: tuple[str, ...]

    @property
    def words(self) -> str:
        """The grounds as one phrase."""
        return _(", ").join(self.why)


def wanted(grounds: Grounds) -> Wanted:
    """One point a day of silence (at most a year), and points for each other ground."""
    silent = NEVER_HEARD if grounds.silent_days is None else min(max(grounds.silent_days, 0), NEVER_HEARD)
    told = [(silent, _silence(grounds.silent_days))] if silent else []
    if grounds.late:
        told.append((A_LATE_REPORT, _("its report is late")))
    told += _counted(grounds)
    if not grounds.callable:
        told.append((NOBODY_TO_CALL, _("nobody there agreed to be called")))
    told.sort(key=lambda one: -one[0])
    return Wanted(sum(points for points, _words in told), tuple(words for _points, words in told))


def _silence(days: int | None) -> str:
    if days is None:
        return _("never heard of since it was registered")
    return ngettext("silent for %(n)s day", "silent for %(n)s days", days) % {"n": days}


def _counted(grounds: Grounds) -> list[tuple[int, str]]:
    found = []
    if n := grounds.hires_not_reported:
        text = ngettext("%(n)s hire without a reported vacancy", "%(n)s hires without a reported vacancy", n)
        found.append((A_HIRE_NOT_REPORTED * n, text % {"n": n}))
    if n := grounds.stale:
        text = ngettext("%(n)s vacancy on hold without a sign", "%(n)s vacancies on hold without a sign", n)
        found.append((A_STALE_VACANCY * n, text % {"n": n}))
    if n := grounds.papers_over:
        text = ngettext("%(n)s document has run out", "%(n)s documents have run out", n)
        found.append((A_PAPER_OVER * n, text % {"n": n}))
    return found
