"""Whether a target may be proposed, agreed to, or handed down."""

from collections.abc import Iterator
from datetime import date
from decimal import Decimal

from django.utils.translation import gettext as _

from openpes.engine.indicators.declared import Indicator
from openpes.kernel.refusal import Reason

MOST_WORDS = 300  # characters of a reason
VILLAGE = 12  # digits of an area that has no units below


def why_not_propose(
    *, indicator: Indicator, goal: Decimal, year: int, from_on: date, newest: tuple[date, int] | None, reason: str
) -> Iterator[Reason]:
    """`newest` is the beginning and the year's version of the target in force; a change needs a later day and a reason.

    :returns: every reason against it
    """
    if goal < 0 or (indicator.kind == "percent" and goal > 100):
        yield Reason(_("A share lies between 0 and 100, a number is not negative."), field="goal")
    if indicator.kind == "count" and goal != goal.to_integral_value():
        yield Reason(_("A number of %(unit)s is whole.") % {"unit": indicator.unit}, field="goal")
    if indicator.direction == "none":
        yield Reason(_("This indicator has no aim: it is only counted."), field="indicator")
    if from_on.year != year:
        yield Reason(_("The target of a year begins to hold in that year."), field="from_on")
    if newest is not None and not reason.strip():
        yield Reason(
            _("A target in force is changed with a reason only."), field="reason", next_step=_("Say why it changes.")
        )
    yield from too_long(reason, "reason")
    if newest is not None and from_on < newest[0]:
        yield Reason(
            _("The version in force began later than this one would; what was agreed is not changed backwards."),
            field="from_on", next_step=_("Choose a day on or after its beginning."),
        )  # fmt: skip


def why_not_decide(*, decided: bool, own: bool, agrees: bool, words: str) -> Iterator[Reason]:
    """Two pairs of hands: who proposed a target does not agree to it."""
    if decided:
        yield Reason(_("This target was decided already."))
    if own:
        yield Reason(
            _("Who proposed a target does not decide about it."), next_step=_("Ask a second officer of the same level.")
        )
    if not agrees and not words.strip():
        yield Reason(_("Say why it is refused."), field="words")
    yield from too_long(words, "words")


def too_long(words: str, field: str) -> Iterator[Reason]:
    """What was said is kept whole or not at all."""
    if len(words.strip()) > MOST_WORDS:
        yield Reason(
            _("A reason has at most %(most)s characters; this one has %(number)s.")
            % {"most": MOST_WORDS, "number": len(words.strip())},
            field=field, next_step=_("Shorten it, and keep the rest in the files."),
        )  # fmt: skip


def why_not_hand_down(*, in_force: bool, area: str, units: int, done: bool) -> Iterator[Reason]:
    """Only a target in force is divided, once a version, among units that exist."""
    if not in_force:
        yield Reason(_("Only the version in force is handed down."), next_step=_("Open the newest version."))
    if len(area) >= VILLAGE or not units:
        yield Reason(_("There is no unit below to hand down to."))
    if done:
        yield Reason(
            _("This version was handed down already."),
            next_step=_("Propose a new version, or change the target of one unit with a reason."),
        )
