"""When a campaign may be planned, started and closed, who is given a village, and which village is late."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from openpes.engine.areas import contains
from openpes.kernel.days import spoken_day
from openpes.kernel.refusal import Reason
from openpes.surveys.choices import CampaignState

LONGEST_TITLE = 100


@dataclass(frozen=True, kw_only=True)
class Plan:
    """What somebody orders: the title, the area, the period `[from_on, until_on)`, the reference day."""

    title: str
    area: str
    from_on: date
    until_on: date
    reference_on: date


@dataclass(frozen=True, kw_only=True)
class Ending:
    """Where a campaign stands when somebody wants to close it.

    `waiting` households still need a visit, `unmet` were not met often enough yet, `checks` are open, `again` villages
    were sent back and are not finished.
    """

    state: str
    until_on: date
    waiting: int
    unmet: int
    checks: int
    again: int


def may_order(*, area: str, scope: str) -> bool:
    """Whether an office orders a survey of an area: its own or one below."""
    return contains(scope, area)


def why_not_plan(plan: Plan, *, scope: str, is_area: bool, earliest: date, today: date) -> Iterator[Reason]:
    """Why a campaign is not planned; `earliest` is the first day for which such questions were ever put."""
    if not plan.title.strip() or len(plan.title) > LONGEST_TITLE:
        yield Reason(
            _("A survey needs a title of at most %(most)s characters.") % {"most": LONGEST_TITLE}, field="title"
        )
    if not is_area or not may_order(area=plan.area, scope=scope):
        yield Reason(
            _("You order surveys of your own area and of those below it."),
            field="area",
            next_step=_("Choose one of these areas."),
        )
    if plan.until_on <= plan.from_on:
        yield Reason(
            _("The survey must end after it begins."), field="until_on", next_step=_("Choose a later last day.")
        )
    if plan.until_on <= today:
        yield Reason(_("This period is over already."), field="until_on", next_step=_("Choose a later last day."))
    if plan.reference_on < earliest:
        yield Reason(
            _("These questions were first put on %(day)s.") % {"day": spoken_day(earliest)},
            field="reference_on",
            next_step=_("Choose the day for which the answers hold."),
        )
    if plan.reference_on >= plan.until_on:
        yield Reason(
            _("The reference day must lie before the end of the survey."),
            field="reference_on",
            next_step=_("Choose the day for which the answers hold."),
        )


def why_no_questions() -> Reason:
    """Why a survey without questions is not planned."""
    return Reason(
        _("No version of these questions is in force on the first day."),
        field="questionnaire",
        next_step=_("Choose a later first day, or other questions."),
    )


def why_not_start(*, state: str, until_on: date, villages: int, today: date) -> Iterator[Reason]:
    """Why a planned campaign does not start."""
    if state != CampaignState.PLANNED:
        yield Reason(_("This survey was started already."))
    if until_on <= today:
        yield Reason(
            _("The period of this survey ended on %(day)s.") % {"day": spoken_day(until_on)},
            next_step=_("Plan a new one."),
        )
    if not villages:
        yield Reason(_("No village or community lies in this area."), next_step=_("Plan a survey of another area."))


def why_surveyed_already(names: Sequence[str]) -> Reason:
    """Why villages are not surveyed with the same questions in two campaigns at once."""
    return Reason(
        _("These villages are being surveyed with the same questions already: %(names)s.")
        % {"names": "、".join(names[:5])},
        next_step=_("Close the other survey first, or plan this one for other villages."),
    )


def why_not_close(ending: Ending, *, today: date) -> Iterator[Reason]:
    """Why a running campaign is not closed."""
    if ending.state != CampaignState.RUNNING:
        yield Reason(_("This survey is not running."))
        return
    if ending.checks:
        text = ngettext(
            "%(n)s spot-check is still open.", "%(n)s spot-checks are still open.", ending.checks
        ) % {"n": ending.checks}  # fmt: skip
        yield Reason(text, next_step=_("Ask the households again and mark the results first."))
    if ending.again:
        text = ngettext(
            "%(n)s village was sent back and is not surveyed again yet.",
            "%(n)s villages were sent back and are not surveyed again yet.",
            ending.again,
        ) % {"n": ending.again}
        yield Reason(text, next_step=_("Visit their households first."))
    if today < ending.until_on and (ending.waiting or ending.unmet):
        text = _("The survey goes on until %(day)s, and %(n)s households still need a visit.") % {
            "day": spoken_day(ending.until_on), "n": ending.waiting + ending.unmet,
        }  # fmt: skip
        yield Reason(text, next_step=_("Finish them, or close the survey after that day."))


def why_not_assign(
    *, village: str, is_open: bool, may_answer: bool, reaches: bool
) -> Iterator[Reason]:
    """Why a village is not given to an officer; `reaches` when the officer's area holds the village."""
    if not is_open:
        yield Reason(_("This survey is not running."))
    if not may_answer:
        yield Reason(
            _("%(village)s: nobody of that account may survey households.") % {"village": village},
            field="account",
            next_step=_("Choose a member of staff with this right."),
        )
    elif not reaches:
        yield Reason(
            _("%(village)s: this officer works in another area and cannot see the village.") % {"village": village},
            field="account",
            next_step=_("Choose an officer of the village, its town or its county."),
        )


def why_not_take_in(*, is_open: bool) -> Iterator[Reason]:
    """Why households of the register are not taken into a village's list."""
    if not is_open:
        yield Reason(_("This survey is not running."))


def is_late(*, known: int, done: int, from_on: date, until_on: date, today: date, points: int) -> bool:
    """Whether a village is behind: its share of finished households lies `points` per cent below that of the days."""
    if not known or done >= known:
        return False
    days, gone = (until_on - from_on).days, (min(today, until_on) - from_on).days
    return gone > 0 and 100 * done * days < known * (100 * gone - points * days)
