"""Why two files cannot be merged, or a merge not undone, and what to do first."""

import re
from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from openpes.kernel.days import spoken_day
from openpes.kernel.refusal import Reason
from openpes.people.choices import MergeState

SHORTEST_WHY = 2
DAY = re.compile(r"\d{4}-\d\d-\d\d")


def cannot_stand_beside(title: Any, mine: Sequence[str], theirs: Sequence[str], next_step: Any) -> Reason:
    """The refusal of a merge after which two rows would stand beside each other that cannot."""
    text = _("%(title)s: “%(mine)s” of the file that stays and “%(theirs)s” of the other cannot be one person's.")
    return Reason(
        text % {"title": title, "mine": in_words(mine) or "—", "theirs": in_words(theirs) or "—"},
        next_step=next_step,
    )


def in_words(told: Iterable[str]) -> str:
    """What a row says in short, its days as the reader writes them."""
    return " ".join(spoken_day(date.fromisoformat(one)) if DAY.fullmatch(one) else one for one in told)


def another_merge_waits() -> Reason:
    """The refusal of a merge while one of the two files waits for another."""
    return Reason(
        _("One of the two files is part of a merge that waits for a second officer."),
        next_step=_("Let that one be confirmed or declined first."),
    )


def house_without_head() -> Reason:
    """The refusal to lay the membership of a head aside whose household goes on."""
    return Reason(
        _("The membership that would be laid aside is that of the head of a household with other members."),
        next_step=_("Keep that household, or name another head first."),
    )


def breaks_a_rule(constraint: str) -> Reason:
    """The refusal of what the database would not hold; the name of the rule is for whoever looks into it."""
    return Reason(
        _("Together the rows would break the rule “%(constraint)s” of the register.") % {"constraint": constraint},
        next_step=_("Settle the records that it concerns first; the page lists all of them."),
    )


def why_not_propose(*, stays: int, goes: int, why: str) -> list[Reason]:
    """Why a merge cannot be proposed, whatever the two files hold."""
    reasons = []
    if stays == goes:
        reasons.append(Reason(_("A file cannot be merged with itself."), field="stays"))
    return [*reasons, *why_not_reasoned(why)]


def why_not_reasoned(why: str) -> list[Reason]:
    """Why a proposal, or a refusal of one, without its reason does not do."""
    if len(why.strip()) >= SHORTEST_WHY:
        return []
    return [
        Reason(
            _("Say on what this rests."),
            field="why",
            next_step=_("For example: both cards were seen, or the person said so and signed."),
        )
    ]


def why_not_answer(*, state: str, wanted: str, hands: Iterable[int], by: Iterable[int]) -> list[Reason]:
    """Why an officer cannot give the second word: it is not awaited, or whose was the first."""
    if state != wanted:
        return [Reason(_("This does not wait for a second officer any more."), next_step=_("Load the page again."))]
    if set(hands) & set(by):
        return [
            Reason(
                _("Whoever proposed it does not confirm it; on whose behalf makes no difference."),
                next_step=_("Ask a colleague of the office, or of the office above."),
            )
        ]
    return []


def why_not_as_seen(*, seen: str, stored: str, now: str) -> list[Reason]:
    """Why a confirmation does not hold for what is there now."""
    if seen == stored == now:
        return []
    return [
        Reason(
            _("The two files are not as they were when this was proposed; nothing was done."),
            next_step=_("Return it; whoever proposed it looks at the files again and proposes it anew."),
        )
    ]


def why_not_undo(*, state: str, merged_further: bool, why: str) -> list[Reason]:
    """Why a merge cannot be undone."""
    reasons = []
    if state != MergeState.DONE:
        reasons.append(Reason(_("Only a merge that is in force can be undone."), next_step=_("Load the page again.")))
    if merged_further:
        reasons.append(
            Reason(
                _("The file that stayed was merged into another one since."),
                next_step=_("Undo that merge first."),
            )
        )
    return [*reasons, *why_not_reasoned(why)]
