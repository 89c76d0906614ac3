"""Groups of persons: who may be entered into one, who recognises it, and how it ends."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from openpes.engine.calendars import DAY, add_months
from openpes.engine.groups import Group, groups
from openpes.engine.parameters import parameters
from openpes.kernel.days import spoken_day
from openpes.kernel.refusal import Reason

GROUP_CLAUSE = gettext_lazy("Employment Promotion Law, art. 52")
TWO_CLAUSE = gettext_lazy("Employment Promotion Law, art. 52; two officers recognise a hard-to-employ person")
GRADUATES = "graduate_of_last_year"
FIRST_LAW = date(2008, 1, 1)  # the law whose article stands above is in force since that day


@dataclass(frozen=True, kw_only=True)
class Claimed:
    """What is told about a membership, and what the file knows: birth, graduation, other memberships of the group."""

    group: int
    evidence: str
    evidence_on: date
    from_on: date
    until_on: date | None
    today: date
    born_on: date
    graduated_on: date | None
    taken: tuple[tuple[date, date | None], ...] = ()


def longest_until_on(group: Group, from_on: date) -> date | None:
    """The first day on which a membership that begins on a day is to be looked at again; None when it never is."""
    if not group.renewed:
        return None
    return add_months(from_on, parameters().value("group_validity_months", _law_day(from_on)))


def _law_day(day: date) -> date:
    """The day whose rules count for a membership of a day: those of the first law, for one that began before it."""
    return max(day, FIRST_LAW)


def why_not_enter(claimed: Claimed) -> list[Reason]:
    """Why a membership of a group is not entered."""
    group = groups().get(claimed.group)
    if group is None:
        return [Reason(_("Choose one of the list."), field="group")]
    if group.derived:
        return [_is_derived(group)]
    return [
        *_evidence_reasons(group, claimed),
        *_period_reasons(group, claimed),
        *_overlap_reasons(claimed),
        *_graduate_reasons(group, claimed),
    ]


def why_not_recognise(*, outcome: str, own_entry: bool, wants_two: bool) -> list[Reason]:
    """Why an officer does not decide about a membership: it is decided, or the officer had a hand in its entry."""
    if outcome:
        return [Reason(_("This membership was decided already."), next_step=_("Load the page again."))]
    if wants_two and own_entry:
        return [
            Reason(
                _("Who entered the evidence does not recognise the group."),
                clause=TWO_CLAUSE,
                next_step=_("A colleague with the right to recognise groups does it."),
            )
        ]
    return []


def recognised_otherwise(paper: str, from_on: date) -> str:
    """Why a membership that waited is not decided by itself: another decision of two officers proved the group."""
    words = _("The group is recognised from %(day)s on by another paper: %(paper)s. This one needs no decision.")
    return words % {"day": spoken_day(from_on), "paper": paper}


def why_not_refuse(reason: str) -> list[Reason]:
    """Why a membership is not refused: without a reason."""
    return [] if reason.strip() else [Reason(_("Write the reason; the person reads it."), field="reason")]


def why_not_end(
    *, from_on: date, until_on: date | None, outcome: str, on: date, today: date, reason: str
) -> list[Reason]:
    """Why a membership does not end on a day."""
    if outcome != "recognised" or (until_on is not None and until_on <= today):
        return [Reason(_("This membership is not in force."), next_step=_("Load the page again."))]
    reasons = why_not_refuse(reason)
    if on > today:
        reasons.append(Reason(_("The day lies in the future."), field="on"))
    if on < from_on:
        words = _("The membership began on %(from_on)s and cannot end before it.") % {"from_on": spoken_day(from_on)}
        reasons.append(Reason(words, field="on"))
    return reasons


def taken_already(taken: Iterable[tuple[date, date | None]]) -> Reason:
    """The refusal of a second membership of a group at a time."""
    from_on, until_on = next(iter(taken), (None, None))
    words = _("The person is entered in this group already for these days.")
    if from_on is not None:
        until = spoken_day(until_on - DAY) if until_on else _("further notice")
        told = {"from_on": spoken_day(from_on), "until": until}
        words = _("The person is entered in this group already from %(from_on)s until %(until)s.") % told
    return Reason(words, field="group", next_step=_("End that membership first, or begin after it."))


def _is_derived(group: Group) -> Reason:
    return Reason(
        _("This group follows from the file by law and is not entered."),
        clause=group.source,
        field="group",
        next_step=_("Look at the day of birth or the education of the file."),
    )


def _evidence_reasons(group: Group, claimed: Claimed) -> list[Reason]:
    reasons = []
    if claimed.evidence not in group.evidence:
        reasons.append(
            Reason(
                _("This paper does not prove this group."),
                clause=GROUP_CLAUSE,
                field="evidence",
                next_step=_("Choose the paper that the list of groups names for it."),
            )
        )
    if not claimed.born_on <= claimed.evidence_on <= claimed.today:
        reasons.append(
            Reason(_("The day of the paper lies in the future or before the birth."), field="evidence_on")
        )
    return reasons


def _period_reasons(group: Group, claimed: Claimed) -> list[Reason]:
    reasons = []
    if not claimed.born_on <= claimed.from_on <= claimed.today:
        reasons.append(Reason(_("The first day lies in the future or before the birth."), field="from_on"))
    if claimed.until_on is not None and claimed.until_on <= claimed.from_on:
        reasons.append(Reason(_("The last day lies before the first."), field="until_on"))
    if reasons:
        return reasons
    longest = longest_until_on(group, claimed.from_on)
    if longest and claimed.until_on and claimed.until_on > longest:
        words = _("This group is looked at again every %(months)s months, so it ends on %(day)s at the latest.")
        months = parameters().value("group_validity_months", _law_day(claimed.from_on))
        told = {"months": months, "day": spoken_day(longest - DAY)}
        reasons.append(Reason(words % told, clause=GROUP_CLAUSE, field="until_on"))
    return reasons


def _overlap_reasons(claimed: Claimed) -> list[Reason]:
    hit = [
        (from_on, until_on)
        for from_on, until_on in claimed.taken
        if (until_on is None or until_on > claimed.from_on)
        and (claimed.until_on is None or from_on < claimed.until_on)
        and from_on != until_on
    ]
    return [taken_already(hit)] if hit else []


def _graduate_reasons(group: Group, claimed: Claimed) -> list[Reason]:
    if group.code != GRADUATES:
        return []
    months = parameters().value("graduate_without_work_months", _law_day(claimed.from_on))
    if claimed.graduated_on is None:
        return [
            Reason(
                _("The file has no graduation from a college or university."),
                clause=group.source,
                field="group",
                next_step=_("Record the education first."),
            )
        ]
    first = add_months(claimed.graduated_on, months)
    if claimed.from_on >= first:
        return []
    words = _("The person graduated on %(day)s; the group begins %(months)s months later, on %(first)s.")
    told = {"day": spoken_day(claimed.graduated_on), "months": months, "first": spoken_day(first)}
    return [Reason(words % told, clause=group.source, field="from_on")]
