"""When a death, a departure, another household registration or the way to another county may be recorded."""

from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from openpes.engine.calendars import working_days_after
from openpes.engine.parameters import parameters
from openpes.kernel.days import spoken_day
from openpes.kernel.refusal import Reason
from openpes.people.choices import DepartureKind, Evidence, Reporter
from openpes.people.rules.former import why_not_shown

DEATH_CLAUSE = gettext_lazy("Household Registration Regulations, art. 8")
LEAVING_CLAUSE = gettext_lazy("Household Registration Regulations, art. 10")
ARRIVAL_CLAUSE = gettext_lazy("Household Registration Regulations, art. 13")
CHANGE_CLAUSE = gettext_lazy("Household Registration Regulations, art. 17 and 19")
HUKOU_PAPERS = frozenset({Evidence.BOOKLET, Evidence.MIGRATION, Evidence.POLICE})
PAPERS = {
    DepartureKind.DIED: frozenset(
        {Evidence.MEDICAL, Evidence.CREMATION, Evidence.POLICE, Evidence.COURT, Evidence.COMMITTEE, Evidence.BOOKLET}
    ),
    DepartureKind.ABROAD: frozenset({Evidence.EXIT, Evidence.POLICE, Evidence.BOOKLET}),
    DepartureKind.AWAY: frozenset({Evidence.MIGRATION, Evidence.POLICE, Evidence.BOOKLET, Evidence.COMMITTEE}),
}
CLAUSES = {
    DepartureKind.DIED: DEATH_CLAUSE,
    DepartureKind.ABROAD: LEAVING_CLAUSE,
    DepartureKind.AWAY: LEAVING_CLAUSE,
}


@dataclass(frozen=True, kw_only=True)
class DepartureCase:
    """A death or departure about to be recorded: when, by which paper, who reported it, and the life so far."""

    kind: str
    on: date
    today: date
    born_on: date
    evidence: str
    reporter: str
    standing: tuple[str, date] | None


def why_not_depart(case: DepartureCase) -> list[Reason]:
    """Why a death or departure is not recorded."""
    if case.standing:
        return why_not_act(*case.standing)
    if case.kind not in DepartureKind.values:
        return [Reason(_("Choose what happened."), field="kind")]
    kind = DepartureKind(case.kind)
    reasons = why_not_shown(case.evidence, PAPERS[kind], CLAUSES[kind])
    if case.reporter not in Reporter.values or (kind == DepartureKind.DIED and case.reporter == Reporter.SELF):
        reasons.append(
            Reason(
                _("Say who reported it."),
                clause=str(CLAUSES[kind]),
                field="reporter",
                next_step=_(
                    "A death is reported by the head of the household, a relative, a neighbour or an authority."
                ),
            )
        )
    if case.on > case.today:
        reasons.append(
            Reason(
                _("The day, %(on)s, lies in the future.") % {"on": spoken_day(case.on)},
                clause=str(CLAUSES[kind]),
                field="on",
                next_step=_("Record it when it has come."),
            )
        )
    if case.on < case.born_on:
        reasons.append(
            Reason(
                _("The day lies before the birth of the person, %(born_on)s.") % {"born_on": spoken_day(case.born_on)},
                field="on",
            )
        )
    return reasons


def why_not_act(kind: str, on: date) -> list[Reason]:
    """Why nothing new is registered for a person who died or left for good."""
    if kind == DepartureKind.DIED:
        return [
            Reason(
                _("The person died on %(on)s; nothing new is registered.") % {"on": spoken_day(on)},
                clause=str(DEATH_CLAUSE),
                next_step=_("If that is a mistake, take the report back on the page “Life events” with its evidence."),
            )
        ]
    return [
        Reason(
            _("The person left the city for good on %(on)s; nothing new is registered.") % {"on": spoken_day(on)},
            clause=str(LEAVING_CLAUSE),
            next_step=_("If the person has come back, record the return on the page “Life events” first."),
        )
    ]


def why_not_take_back(*, standing: bool, why: str) -> list[Reason]:
    """Why a report of death or departure is not taken back."""
    if not standing:
        return [
            Reason(
                _("No death or departure stands in this file."),
                next_step=_("Load the page again."),
            )
        ]
    if why.strip():
        return []
    return [
        Reason(
            _("Write by what the mistake is known, for example who came in person with which card."),
            clause=str(CHANGE_CLAUSE),
            field="why",
        )
    ]


def why_not_return(*, standing: tuple[str, date] | None, on: date, today: date) -> list[Reason]:
    """Why a return to the city is not recorded."""
    if standing is None:
        return [Reason(_("No departure stands in this file."), next_step=_("Load the page again."))]
    kind, left_on = standing
    if kind == DepartureKind.DIED:
        return [
            Reason(
                _("The file says that the person died."),
                clause=str(DEATH_CLAUSE),
                next_step=_("If that is a mistake, take the report back instead."),
            )
        ]
    if on > today:
        return [Reason(_("The day of the return lies in the future."), field="on")]
    if on <= left_on:
        return [
            Reason(
                _("The person left on %(on)s and cannot have returned before or on that day.")
                % {"on": spoken_day(left_on)},
                field="on",
            )
        ]
    return []


@dataclass(frozen=True, kw_only=True)
class HukouCase:
    """A household registration about to be entered: what it says, what stood there, and what is brought."""

    kind: str
    place: str
    on: date
    today: date
    evidence: str
    present: tuple[str, str, date] | None
    known_kind: bool
    known_place: bool


def why_not_register_household(case: HukouCase) -> list[Reason]:
    """Why another household registration is not entered into a file."""
    reasons = why_not_shown(case.evidence, HUKOU_PAPERS, CHANGE_CLAUSE)
    if not case.known_kind:
        reasons.append(Reason(_("Choose one of the list."), field="kind"))
    if case.place and not case.known_place:
        reasons.append(
            Reason(
                _("“%(code)s” is not the code of a county.") % {"code": case.place},
                field="place",
                next_step=_("Enter the first six digits of the county, or leave it empty."),
            )
        )
    if case.on > case.today:
        reasons.append(
            Reason(_("The household registration would begin in the future."), clause=str(ARRIVAL_CLAUSE), field="on")
        )
    if case.present:
        kind, place, since = case.present
        if (case.kind, case.place) == (kind, place):
            reasons.append(Reason(_("The file says this already."), field="kind"))
        if case.on < since:
            reasons.append(
                Reason(
                    _("The present household registration counts from %(since)s; the new one cannot begin before.")
                    % {"since": spoken_day(since)},
                    field="on",
                )
            )
    return reasons


def file_due_on(offered_on: date) -> date:
    """The last working day on which the new office accepts or returns a file."""
    return working_days_after(offered_on, parameters().value("transfer_acceptance_working_days", offered_on))


def why_not_answer_file(*, answered: bool, accepts: bool, note: str, moved_since: bool) -> list[Reason]:
    """Why a file that came from another county is not accepted or returned."""
    if answered:
        return [Reason(_("This file was answered already."), next_step=_("Load the page again."))]
    reasons = []
    if not accepts and not note.strip():
        reasons.append(Reason(_("Write why the file is returned; the old office reads it."), field="note"))
    if not accepts and moved_since:
        reasons.append(
            Reason(
                _("The home was changed since the file came, so it cannot go back as it was."),
                next_step=_("Accept it, and record the move to where the person really lives."),
            )
        )
    return reasons
