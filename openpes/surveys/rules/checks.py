"""When a spot-check is drawn, asked and marked, what differs between two answers, and when it is too much."""

from collections.abc import Iterator, Mapping, Sequence, Set
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from openpes.kernel.refusal import Reason
from openpes.surveys.choices import CheckState

HOUSEHOLD_ITSELF = 0
Answers = Mapping[int, Mapping[str, Any]]


@dataclass(frozen=True)
class Difference:
    """A question that was answered otherwise the second time; `person` is 0 for the household itself."""

    person: int
    key: str


def differences(first: Answers, second: Answers, *, checked: Set[str]) -> tuple[int, list[Difference]]:
    """How many answers were compared, and which differ.

    Only what both officers asked is compared: a question that one of them left empty for a member counts as different
    when the other has an answer, a member whom only one of them met counts with one difference, that of its name.
    """
    compared, found = 0, []
    for person in sorted(first.keys() | second.keys()):
        if person not in first or person not in second:
            compared += 1
            found.append(Difference(person, "name"))
            continue
        keys = sorted(checked & (first[person].keys() | second[person].keys()))
        for key in keys:
            told, again = first[person].get(key) or None, second[person].get(key) or None
            if told is None and again is None:
                continue
            compared += 1
            if told != again:
                found.append(Difference(person, key))
    return compared, found


def is_over(*, compared: int, different: int, error_per_cent: int) -> bool:
    """Whether more answers differ than the limit allows."""
    return 100 * different > compared * error_per_cent


def still_to_ask(met: Sequence[bool | None]) -> int:
    """How many drawn households must still be asked: those that nobody visited, and when nobody was met all of them.

    `met` says of each whether somebody answered the second time, None before the visit.
    """
    return sum(one is None for one in met) if any(met) else len(met)


def why_not_draw(*, is_open: bool, from_above: bool, open_one: bool, waiting: int, pool: int) -> Iterator[Reason]:
    """Why a spot-check of a village is not drawn: it is drawn when every household is finished."""
    if not is_open:
        yield Reason(_("This survey is not running."))
    if not from_above:
        yield Reason(
            _("A village is checked by an office above it."), next_step=_("Ask the town, county or city to draw it.")
        )
    if open_one:
        yield Reason(_("A spot-check of this village is open already."), next_step=_("Conclude that one first."))
    if waiting:
        yield Reason(
            _("%(n)s households of this village still need a visit.") % {"n": waiting},
            next_step=_("Draw the spot-check when the village is finished."),
        )
    if not pool:
        yield Reason(
            _("Nobody in this village has answered, so there is nothing to ask again."),
        )


def why_blind() -> Reason:
    """Why somebody who may still ask a household a second time does not see what it said the first time."""
    return Reason(
        _("This household was drawn for a spot-check; what it said first is shown when it was asked again."),
        next_step=_("Ask it again without the first answers, or wait until a colleague has."),
    )


def why_not_ask_again(
    *, state: str, surveyed: bool, asked_already: bool, has_told: bool
) -> Iterator[Reason]:
    """Why somebody does not ask a household again; `surveyed` says that one had a hand in the first answer."""
    if state != CheckState.DRAWN:
        yield Reason(_("This spot-check is marked already."))
    if surveyed:
        yield Reason(
            _("You had a hand in the first answer; somebody else asks again."),
            next_step=_("Ask a colleague to visit the household."),
        )
    if asked_already:
        yield Reason(_("This household was asked again already."))
    if not has_told:
        yield Reason(_("The second answer is empty."), next_step=_("Write what the household says now."))


def why_not_mark(
    *, state: str, from_above: bool, left: int, surveyed: bool, first: bool
) -> Iterator[Reason]:
    """Why somebody does not mark a result: everybody drawn was asked, and two different people from above mark it.

    `surveyed` and `first` say that one had a hand in the first answers, and in the first mark.
    """
    if state not in (CheckState.DRAWN, CheckState.MARKED):
        yield Reason(_("The result of this spot-check stands already."))
    if not from_above:
        yield Reason(
            _("A village is checked by an office above it."), next_step=_("Ask the town, county or city to mark it.")
        )
    if left:
        yield Reason(
            _("%(n)s households have not been asked again yet.") % {"n": left}, next_step=_("Ask them first.")
        )
    if surveyed:
        yield Reason(
            _("You surveyed this village yourself; somebody else marks the result."),
            next_step=_("Ask a colleague who had no hand in these answers."),
        )
    if first:
        yield Reason(
            _("You gave the first mark; the second one is given by another person."),
            next_step=_("Ask a colleague to look at the differences and mark them."),
        )
