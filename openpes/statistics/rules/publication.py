"""What stands against drawing a report up, publishing it, and counting it again."""

from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from openpes.engine.areas import contains
from openpes.engine.calendars import Period
from openpes.kernel.days import spoken_day
from openpes.kernel.refusal import Reason

LONGEST_REASON = 300
LONGEST_SENTENCE = 600


@dataclass(frozen=True)
class Standing:
    """How it stands with a report: what was counted, whether a draft waits, how many editions are published."""

    counted: int
    waiting: bool
    editions: int


def why_not_draw_up(
    standing: Standing, *, area: str, scope: str, period: Period, today: date, reason: str
) -> list[Reason]:
    """Everything against drawing up the report of an area: its days, its figures, a draft that waits, no reason."""
    found = []
    if not contains(scope, area):
        found.append(
            Reason(_("This area is not yours."), field="area", next_step=_("Choose your own area or one below it."))
        )
    if period.until_on is None or period.until_on > today:
        over = {"day": spoken_day(period.until_on or today)}
        text = _("A report is published when its period is over.")
        found.append(Reason(text, next_step=_("Come back on %(day)s.") % over))
    if not standing.counted:
        text = _("No vacancy and no job wish was valid in this period: there is nothing to report.")
        found.append(Reason(text, next_step=_("Choose another period or another area.")))
    if standing.waiting:
        text = _("A draft of this report waits already.")
        found.append(Reason(text, next_step=_("Publish it, or lay it aside and draw the report up anew.")))
    if standing.editions and not reason:
        text = _("This report is published; a correction is a new edition and says why.")
        found.append(Reason(text, field="reason", next_step=_("Write what the new edition corrects.")))
    if len(reason) > LONGEST_REASON:
        values = {"most": LONGEST_REASON}
        found.append(Reason(_("A reason has at most %(most)s characters.") % values, field="reason"))
    return found


def why_not_publish(*, own_hand: bool, same_rows: bool) -> list[Reason]:
    """A second pair of hands publishes, and only what the first one saw."""
    found = []
    if own_hand:
        text = _("You drew this report up or wrote in it.")
        found.append(Reason(text, next_step=_("Another member of staff publishes it.")))
    if not same_rows:
        text = _("The rows behind the figures have changed since the report was drawn up.")
        found.append(Reason(text, next_step=_("Lay the draft aside and draw the report up anew.")))
    return found


def why_not_check(*, area: str, scope: str, city: str, own_hand: bool, definitions: tuple[str, str]) -> list[Reason]:
    """A report is counted again by its definition, by the level above; at the city by somebody without a hand in it."""
    found = []
    if scope == area != city:
        text = _("A report is counted again by the level above.")
        found.append(Reason(text, next_step=_("Ask the office above yours.")))
    if own_hand:
        text = _("You drew this report up or published it.")
        found.append(Reason(text, next_step=_("Another member of staff counts it again.")))
    then, now = definitions
    if then != now:
        text = _(
            "This report was counted by the definition %(then)s; the one in force is %(now)s, which counts otherwise."
        )
        step = _("What was published stays as it is. Draw up a new edition to count by the definition in force.")
        found.append(Reason(text % {"then": then, "now": now}, next_step=step))
    return found


def why_not_edit(*, text: str, known: bool, same_version: bool) -> list[Reason]:
    """A sentence is one of the report, not too long, and nobody changed the draft meanwhile."""
    found = []
    if not known:
        found.append(Reason(_("The report has no such sentence.")))
    if len(text) > LONGEST_SENTENCE:
        values = {"most": LONGEST_SENTENCE}
        found.append(Reason(_("A sentence has at most %(most)s characters.") % values, field="text"))
    if not same_version:
        text = _("Somebody changed this draft meanwhile.")
        found.append(Reason(text, next_step=_("Read it again and write your sentence then.")))
    return found
