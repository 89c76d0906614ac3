"""Who may belong to a household, lead it, and leave it."""

from datetime import date

from django.utils.translation import gettext as _

from openpes.kernel.days import spoken_day
from openpes.kernel.refusal import Reason


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
