"""May these times be proposed, may this one be taken, and does it clash with something else?"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.utils.translation import gettext as _

from openpes.engine.parameters import parameters
from openpes.kernel.clock import day_of
from openpes.kernel.days import spoken_moment
from openpes.kernel.refusal import Reason
from openpes.referrals.choices import InterviewState, InterviewWay

LONGEST, SHORTEST, FARTHEST = 240, 10, timedelta(days=60)


@dataclass(frozen=True, kw_only=True)
class InterviewFacts:
    """What an employer proposes: beginnings, minutes, how and where they meet, and what to bring."""

    slots: tuple[datetime, ...]
    minutes: int
    way: str
    place: str
    note: str = ""


@dataclass(frozen=True)
class Busy:
    """A time that somebody has given away already, and for what."""

    begins: datetime
    ends: datetime
    what: str


def why_not_propose(facts: InterviewFacts, *, in_doubt: bool, at: datetime) -> list[Reason]:
    """Everything that is wrong with proposed times at a moment."""
    if in_doubt:
        return [_looked_into()]
    known = parameters()
    most = known.value("interview_most_slots", day_of(at))
    notice = timedelta(hours=known.value("interview_notice_hours", day_of(at)))
    reasons = [_untimely(slot, notice) for slot in facts.slots if not at + notice <= slot <= at + FARTHEST]
    if not facts.slots:
        reasons.append(Reason(_("Propose at least one time."), field="slot_1"))
    if len(facts.slots) > most:
        reasons.append(Reason(_("At most %(most)s times can be proposed.") % {"most": most}, field="slot_1"))
    if len(set(facts.slots)) < len(facts.slots):
        reasons.append(Reason(_("The same time is named twice."), field="slot_2"))
    if not SHORTEST <= facts.minutes <= LONGEST:
        told = {"shortest": SHORTEST, "longest": LONGEST}
        text = _("An interview takes from %(shortest)s to %(longest)s minutes.") % told
        reasons.append(Reason(text, field="minutes"))
    if facts.way not in InterviewWay.values:
        reasons.append(Reason(_("Choose one of the list."), field="way"))
    if not facts.place.strip():
        text = _("Write where to come, or the number that will call.")
        reasons.append(Reason(_("The place is missing."), field="place", next_step=text))
    return reasons


def why_not_take(
    *, state: str, slots: Sequence[datetime], wanted: datetime, in_doubt: bool, at: datetime
) -> list[Reason]:
    """Why a proposed time cannot be taken at a moment."""
    if in_doubt:
        return [_looked_into()]
    if state not in (InterviewState.PROPOSED, InterviewState.AGREED):
        text = _("This interview is %(state)s.") % {"state": InterviewState(state).label.lower()}
        return [Reason(text, next_step=_("Wait for new times, or ask the employer."))]
    if wanted not in slots:
        text = _("This time is not proposed any more.")
        return [Reason(text, field="slot", next_step=_("Choose one of the times shown."))]
    if wanted <= at:
        return [Reason(_("This time is over."), field="slot", next_step=_("Choose a later one."))]
    return []


def _looked_into() -> Reason:
    text = _("The office looks into this vacancy; until then no interview is agreed.")
    return Reason(text, next_step=_("You are told as soon as it is released."))


def why_not_told_held(*, state: str, starts_at: datetime | None, at: datetime) -> list[Reason]:
    """Why it cannot be said yet that an interview was held or missed."""
    if state != InterviewState.AGREED or starts_at is None:
        text = _("No time was agreed for this interview.")
        return [Reason(text, next_step=_("Let the person choose a time first."))]
    if starts_at > at:
        text = _("The interview begins on %(when)s.") % {"when": spoken_moment(starts_at)}
        return [Reason(text, next_step=_("Say afterwards what came of it."))]
    return []


def clashes(*, begins: datetime, minutes: int, busy: Iterable[Busy]) -> list[Busy]:
    """What else falls into a time."""
    ends = begins + timedelta(minutes=minutes)
    return [one for one in busy if one.begins < ends and one.ends > begins]


def _untimely(slot: datetime, notice: timedelta) -> Reason:
    told = {"when": spoken_moment(slot), "hours": int(notice.total_seconds() // 3600), "days": FARTHEST.days}
    return Reason(
        _("%(when)s cannot be proposed: not sooner than in %(hours)s hours, not later than in %(days)s days.") % told,
        field="slot_1",
        next_step=_("Name other times."),
    )
