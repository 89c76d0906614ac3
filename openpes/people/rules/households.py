"""Who may belong to a household, lead it, and leave it."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from openpes.kernel.days import spoken_day
from openpes.kernel.refusal import Reason
from openpes.people.choices import Relation

CHANGE_CLAUSE = gettext_lazy("Household Registration Regulations, art. 19")


def why_not_join(*, from_on: date, today: date, is_member_since_on: date | None, own: bool) -> list[Reason]:
    """Why a person cannot become a member of a household; `own` says that it is already this household's."""
    if is_member_since_on:
        text = (
            _("The person is already a member of this household since %(since)s.")
            if own
            else _("The person is a member of another household since %(since)s.")
        )
        return [
            Reason(
                text % {"since": spoken_day(is_member_since_on)},
                field="person",
                next_step=_("A person belongs to one household at a time: end that membership first."),
            )
        ]
    if from_on > today:
        return [Reason(_("The first day in the household lies in the future."), field="from_on")]
    return []


def why_not_leave(*, on: date, today: date, member_since_on: date | None) -> list[Reason]:
    """Why a membership of a household cannot end on a day."""
    if member_since_on is None:
        return [Reason(_("The person does not belong to a household."), field="person")]
    if on > today:
        return [Reason(_("The day of leaving lies in the future."), field="on")]
    if on < member_since_on:
        return [
            Reason(
                _("The person joined the household on %(since)s and cannot have left it before.")
                % {"since": spoken_day(member_since_on)},
                field="on",
            )
        ]
    return []


def why_not_relate(
    *, relation: str, known: str | None, is_head: bool, since: date, on: date, today: date
) -> list[Reason]:
    """Why a member does not stand in another relation to the head from a day on; `known` is None for no member."""
    if known is None:
        return [Reason(_("The person does not belong to a household."), field="person")]
    if is_head or relation == Relation.HEAD:
        return [
            Reason(
                _("Who is the head of a household is not changed by a relation."),
                clause=str(CHANGE_CLAUSE),
                field="relation",
                next_step=_("Name another head on the page of the household."),
            )
        ]
    if relation not in Relation.values:
        return [Reason(_("This is no relation to the head of a household."), field="relation")]
    if relation == known:
        return [Reason(_("The member stands in this relation already."), field="relation")]
    return _outside(on, since, today)


def why_not_word(*, changes: int, on: date, today: date) -> list[Reason]:
    """Why the relations of members are not worded anew from a day on; `changes` is how many would be something else."""
    reasons = []
    if not changes:
        reasons.append(
            Reason(
                _("Every member stands in this relation already; nothing was changed."),
                next_step=_("Choose another relation of one of them, or go back."),
            )
        )
    if on > today:
        reasons.append(Reason(_("The day from which the relation holds lies in the future."), field="on"))
    return reasons


def _outside(on: date, since: date, today: date) -> list[Reason]:
    if on > today:
        return [Reason(_("The day from which the relation holds lies in the future."), field="on")]
    if on < since:
        text = _("The present relation holds since %(since)s; the new one cannot begin before that day.")
        return [Reason(text % {"since": spoken_day(since)}, field="on")]
    return []


def why_not_relation_back(*, as_told: bool) -> list[Reason]:
    """Why a relation that was told is not taken back: something else is known by now."""
    if as_told:
        return []
    return [
        Reason(
            _("The membership of this person has changed since the relation was told."),
            next_step=_("Change the relation on its own; the history of the household shows what was known before."),
        )
    ]


def why_not_head(*, is_member: bool) -> list[Reason]:
    """Why a person cannot be the head of a household."""
    if is_member:
        return []
    return [
        Reason(
            _("Only a member of the household can be its head."),
            field="person",
            next_step=_("Add the person to the household first."),
        )
    ]


def booklet_known(booklet_no: str) -> Reason:
    """The refusal of a second household with the same booklet in one area."""
    return Reason(
        _("A household with the booklet number %(number)s is already registered here.") % {"number": booklet_no},
        field="booklet_no",
        next_step=_("Add the person to that household instead."),
    )


def member_elsewhere() -> Reason:
    """The refusal of a second household at a time, without a word about the other one."""
    return Reason(
        _("The person already belongs to a household in this period."),
        field="person",
        next_step=_("A person belongs to one household at a time: end that membership first."),
    )


def household_not_formed() -> Reason:
    """The refusal of a member whose household nobody has formed yet."""
    return Reason(_("This household is not formed yet."), field="booklet_no")


def another_head() -> Reason:
    """The refusal of a second head under one booklet."""
    return Reason(
        _("The household with this booklet has another head."),
        field="booklet_no",
        next_step=_("Compare the booklet number; if the head changed, name the new one on the household's page."),
    )


def why_not_new_head(
    *, present: tuple[int, date] | None, new: tuple[int, date] | None, on: date, today: date
) -> list[Reason]:
    """Why a household does not get another head from a day on; heads are (person, member since)."""
    if new is None:
        return why_not_head(is_member=False)
    reasons = []
    if present and present[0] == new[0]:
        reasons.append(Reason(_("This person is the head of the household already."), field="person"))
    if on > today:
        reasons.append(Reason(_("The day of the new head lies in the future."), clause=str(CHANGE_CLAUSE), field="on"))
    first_on = max([new[1], *([present[1]] if present else [])])
    if on < first_on:
        reasons.append(
            Reason(
                _("The head cannot have changed before %(first)s: on that day one of the two came in, or became head.")
                % {"first": spoken_day(first_on)},
                clause=str(CHANGE_CLAUSE),
                field="on",
            )
        )
    return reasons


@dataclass(frozen=True, kw_only=True)
class SplitCase:
    """A household about to be split: who belongs to it since when, who goes, and who leads either part."""

    members: Mapping[int, date]
    head: int | None
    goers: frozenset[int]
    new_head: int
    staying_head: int | None
    on: date
    today: date


def why_not_split(case: SplitCase) -> list[Reason]:
    """Why some members do not become a household of their own (分户)."""
    reasons = []
    strangers = case.goers - case.members.keys()
    if not case.goers or strangers:
        reasons.append(
            Reason(
                _("Choose who goes; each must be a member of this household now."),
                clause=str(CHANGE_CLAUSE),
                field="goers",
            )
        )
    if case.goers and not case.members.keys() - case.goers:
        reasons.append(
            Reason(
                _("Nobody would stay in the household."),
                clause=str(CHANGE_CLAUSE),
                field="goers",
                next_step=_("If all moved together, record the move of the whole household."),
            )
        )
    if case.new_head not in case.goers:
        reasons.append(Reason(_("The head of the new household must be one of those who go."), field="new_head"))
    if case.head in case.goers and (
        case.staying_head is None or case.staying_head in case.goers or case.staying_head not in case.members
    ):
        reasons.append(
            Reason(
                _("The head goes too, and nobody of those who stay is named as the new head."),
                clause=str(CHANGE_CLAUSE),
                field="staying_head",
                next_step=_("Choose the new head of those who stay."),
            )
        )
    return reasons + _wrong_day(case)


def _wrong_day(case: SplitCase) -> list[Reason]:
    if case.on > case.today:
        return [Reason(_("The day of the split lies in the future."), field="on")]
    late = [since for person, since in case.members.items() if person in case.goers and since > case.on]
    if not late:
        return []
    return [
        Reason(
            _("One of those who go joined the household on %(since)s only.") % {"since": spoken_day(max(late))},
            field="on",
        )
    ]


def why_not_move_household(*, movers: Collection[int], members: Collection[int], known: bool) -> list[Reason]:
    """Why a household does not move as a whole; `known` says whether the new area has its booklet number already."""
    reasons = []
    if not movers or set(movers) - set(members):
        reasons.append(Reason(_("Choose who moves; each must be a member of this household now."), field="movers"))
    if known:
        reasons.append(
            Reason(
                _("The new community or village has a household with this booklet number already."),
                field="area",
                next_step=_("Compare the booklets; members of that household join it one by one."),
            )
        )
    return reasons
