"""Which way a number in the queue may go, and who may call it."""

from collections.abc import Iterator, Mapping

from django.utils.translation import gettext as _

from openpes.counter.choices import TicketState
from openpes.kernel.refusal import Reason

MOST_WINDOWS = 99
# Where a number may be sent from where it is; `called` is no such place: numbers are called in their order.
WAYS: dict[str, frozenset[str]] = {
    TicketState.WAITING: frozenset(),
    TicketState.CALLED: frozenset({TicketState.AT_WINDOW, TicketState.HELD, TicketState.WAITING, TicketState.MISSED}),
    TicketState.AT_WINDOW: frozenset({TicketState.HELD, TicketState.WAITING, TicketState.DONE}),
    TicketState.HELD: frozenset({TicketState.MISSED}),
    TicketState.MISSED: frozenset({TicketState.WAITING}),
    TicketState.DONE: frozenset(),
}
CALLABLE = frozenset({TicketState.CALLED, TicketState.HELD})  # may be called again, whoever came before them
Windows = Mapping[int, frozenset[str]]


def why_not_take(*, open_today: bool, served: bool) -> Iterator[Reason]:
    """Reasons against giving a number: the point is shut, or no window of it serves the purpose."""
    if not open_today:
        yield Reason(_("This service point is not open today."), next_step=_("Choose another point."))
    if not served:
        yield Reason(
            _("No window here serves this purpose."),
            field="purpose",
            next_step=_("Choose another purpose, or name a window for it in the facts of the point."),
        )


def why_not_call(*, posted: bool, window: int | None, windows: Windows) -> Iterator[Reason]:
    """Reasons against calling: not posted to a point, or no such window there (`windows` empty: none are written)."""
    if not posted:
        yield Reason(
            _("You are not posted to a service point, so you have no queue."),
            next_step=_("Ask an administrator to post you to your point."),
        )
        return
    if window is None or not 1 <= window <= MOST_WINDOWS:
        yield Reason(
            _("Which window? Numbers go from 1 to %(most)s.") % {"most": MOST_WINDOWS},
            field="window",
            next_step=_("Choose your window once; it stays chosen for the day."),
        )
    elif windows and window not in windows:
        yield Reason(
            _("This point has no window %(window)s.") % {"window": window},
            field="window",
            next_step=_("Choose one of: %(windows)s.") % {"windows": ", ".join(map(str, sorted(windows)))},
        )


def why_not_another(*, in_hand: list[str]) -> Iterator[Reason]:
    """Reasons against calling a number while one has another in hand."""
    for number in in_hand:
        yield Reason(
            _("You have number %(number)s in hand already.") % {"number": number},
            next_step=_("Finish it, put it aside or hand it on first."),
        )


def why_not_move(*, number: str, before: str, state: str, own: bool) -> Iterator[Reason]:
    """Reasons against a step: the number is not there any more, or another officer has it in hand."""
    if state not in WAYS[before]:
        yield _cannot_become(number, before, state)
    elif not own:
        yield _with_another(number)


def why_not_call_again(*, number: str, before: str, own: bool, here: bool) -> Iterator[Reason]:
    """Reasons against calling one number out of turn: it waits for its turn, is with another, or in another hall."""
    if before not in CALLABLE:
        yield _cannot_become(number, before, TicketState.CALLED)
    elif not own:
        yield _with_another(number)
    if not here:
        yield Reason(
            _("Number %(number)s is of another service point.") % {"number": number},
            next_step=_("Only who is posted there calls it."),
        )


def _cannot_become(number: str, before: str, state: str) -> Reason:
    words = {"number": number, "before": TicketState(before).label, "state": TicketState(state).label}
    return Reason(
        _("Number %(number)s is “%(before)s” and cannot become “%(state)s”.") % words,
        next_step=_("Load the page again: somebody was quicker."),
    )


def _with_another(number: str) -> Reason:
    return Reason(
        _("Number %(number)s is with another officer.") % {"number": number},
        next_step=_("Ask the officer, or call the next number."),
    )


def why_not_missed(*, calls: int, least: int) -> Iterator[Reason]:
    """Reasons against writing that somebody did not come: the number has not been called often enough."""
    if calls < least:
        yield Reason(
            _("The number has been called %(calls)s of %(least)s times.") % {"calls": calls, "least": least},
            next_step=_("Call it again first."),
        )
