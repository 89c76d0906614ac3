"""The handbook: who gets one, its number, who issues it, when it dies, who may hold it, what its check answers."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from openpes.engine.areas import county_of
from openpes.engine.calendars import working_days_after
from openpes.engine.parameters import parameters
from openpes.kernel.refusal import Reason
from openpes.registration.choices import Holder

ISSUE_CLAUSE = gettext_lazy("Provisional Measures for the Handbook of Employment and Unemployment, on issue")
ALPHABET = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"  # nothing that is mistaken for something else on paper
CODE_LENGTH = 8


class BookletState(StrEnum):
    """What the public check of a booklet answers."""

    VALID = "valid"
    DEAD = "dead"
    UNKNOWN = "unknown"


@dataclass(frozen=True, kw_only=True)
class HandbookCase:
    """What the rules look at before a booklet is asked for."""

    hukou: str
    registered: bool
    living: bool


@dataclass(frozen=True, kw_only=True)
class HandOverCase:
    """What the rules look at before a handbook changes hands; employers are ids, None for none."""

    issued: bool
    holder: str
    employer: int | None
    to_holder: str
    to_employer: int | None
    works_at: int | None


def issue_due_on(applied_on: date) -> date:
    """The last working day on which a booklet asked for on a day is issued."""
    return working_days_after(applied_on, parameters().value("certificate_issue_working_days", applied_on))


def number_prefix(area: str, hukou: str, on: date) -> str:
    """County (6), class of household registration (2) and year (2) of a handbook number."""
    return f"{county_of(area)}{hukou:0>2}{on.year % 100:02d}"


def why_not_apply(case: HandbookCase) -> list[Reason]:
    """Why no booklet can be asked for."""
    reasons = []
    if case.living:
        reasons.append(
            Reason(
                _("The person has a handbook already; it is issued once."),
                clause=ISSUE_CLAUSE,
                next_step=_("If it is lost, damaged or full, declare that, and a new booklet is made."),
            )
        )
    if not case.registered:
        reasons.append(
            Reason(
                _("Nothing is registered that the handbook could tell."),
                clause=ISSUE_CLAUSE,
                next_step=_("Register employment or unemployment first."),
            )
        )
    if len(case.hukou) != 2:
        reasons.append(
            Reason(
                _("The class of household registration is not recorded; the number of the handbook names it."),
                clause=ISSUE_CLAUSE,
                next_step=_("Look at the household booklet and enter it into the file."),
            )
        )
    return reasons


def why_not_issue(*, own_request: bool, issued: bool, ended: bool) -> list[Reason]:
    """Why a booklet cannot be issued: by another officer than asked for it, once, while the request stands."""
    reasons = []
    if issued or ended:
        reasons.append(Reason(_("This booklet was issued or given up already."), next_step=_("Load the page again.")))
    if own_request:
        reasons.append(
            Reason(
                _("Who took the request does not issue the booklet."),
                clause=ISSUE_CLAUSE,
                next_step=_("A colleague with the right to issue does it."),
            )
        )
    return reasons


def why_not_end(*, issued: bool, ended: bool) -> list[Reason]:
    """Why a booklet cannot be declared lost, damaged or full."""
    if ended:
        return [Reason(_("This booklet is not valid any more."), next_step=_("Load the page again."))]
    if not issued:
        return [Reason(_("This booklet was not issued yet."), next_step=_("Issue it first."))]
    return []


def why_not_hand_over(case: HandOverCase) -> list[Reason]:
    """Why a handbook cannot change hands: an employer holds it while it employs the person, and only then."""
    if not case.issued:
        return [Reason(_("No booklet is issued yet that could change hands."), next_step=_("Issue it first."))]
    reasons = []
    if case.to_holder == Holder.EMPLOYER and case.to_employer is None:
        reasons.append(
            Reason(
                _("Name the employer by its credit code."),
                field="credit_code",
                next_step=_("It stands on its licence."),
            )
        )
    elif case.to_holder == Holder.EMPLOYER and case.to_employer != case.works_at:
        reasons.append(
            Reason(
                _("The person is not registered as employed by this employer, so it may not hold the handbook."),
                clause=ISSUE_CLAUSE,
                field="credit_code",
                next_step=_("Register the employment first."),
            )
        )
    if (case.holder, case.employer) == (case.to_holder, case.to_employer):
        reasons.append(Reason(_("The handbook is there already."), field="holder"))
    return reasons


def booklet_state(*, known: bool, ended_on: date | None) -> BookletState:
    """What a booklet is worth."""
    if not known:
        return BookletState.UNKNOWN
    return BookletState.VALID if ended_on is None else BookletState.DEAD
