"""What follows from the end of an unemployment registration, by its reason."""

from dataclasses import dataclass
from enum import StrEnum

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from openpes.kernel.refusal import Reason

END_CLAUSE = gettext_lazy("Provisions on Employment Services and Employment Management, art. 66")


class Again(StrEnum):
    """Whether and how a person may be registered again."""

    AT_ONCE = "at once"
    WITH_PROOF = "with proof"
    NEVER = "never"


@dataclass(frozen=True, kw_only=True)
class Consequence:
    """What an end brings: whether the job wish ends too, the booklet dies, and when to register again."""

    ends_wish: bool = False
    ends_booklet: bool = False
    again: Again = Again.AT_ONCE
    files_work: bool = False


# Codes of `unemployment_cancel_reason`; an unknown code has the consequences of “other”.
CONSEQUENCES = {
    "10": Consequence(again=Again.NEVER),
    "20": Consequence(ends_wish=True, again=Again.WITH_PROOF),
    "30": Consequence(),
    "40": Consequence(ends_wish=True),
    "50": Consequence(),
    "60": Consequence(files_work=True),
    "70": Consequence(ends_wish=True, ends_booklet=True, again=Again.NEVER),
    "99": Consequence(),
}


def consequence_of(reason: str) -> Consequence:
    """What follows from an end for a reason."""
    return CONSEQUENCES.get(reason, Consequence())


def consequence_words(reason: str) -> list[str]:
    """What follows from an end, each in a sentence, as it is told before the end."""
    found = consequence_of(reason)
    again = {
        Again.AT_ONCE: _("The person may be registered again as soon as the conditions are met."),
        Again.WITH_PROOF: _("A new registration needs the proof that the ability to work is regained."),
        Again.NEVER: _("No new registration follows."),
    }
    words = [_("Unemployment benefit and support that stand on this registration stop.")]
    if found.files_work:
        words.append(_("The work is registered too, by the employer within its time or at the counter."))
    if found.ends_wish:
        words.append(_("The job wish ends with it."))
    if found.ends_booklet:
        words.append(_("The handbook is no longer valid."))
    words.append(again[found.again])
    words.append(_("The person may appeal; another officer decides."))
    return words


def why_not_act_in_transfer(*, waits: bool) -> list[Reason]:
    """Why the new office does not act on a registration that it has not accepted."""
    if not waits:
        return []
    return [
        Reason(
            _("This registration was handed over by another county and is not accepted yet."),
            clause=END_CLAUSE,
            next_step=_("Accept or return the hand-over first; it stands under Transfers."),
        )
    ]
