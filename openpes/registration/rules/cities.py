"""Registrations between cities: what leaves with a certificate, what comes with another city's, how its time counts."""

from dataclasses import dataclass
from datetime import date, timedelta

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from openpes.engine.calendars import add_months, age_in_months
from openpes.engine.parameters import parameters
from openpes.engine.places import cities
from openpes.kernel.days import spoken_day
from openpes.kernel.refusal import Reason

BETWEEN_CLAUSE = gettext_lazy("Social Insurance Law, art. 52; Employment Promotion Law, art. 35")


@dataclass(frozen=True, kw_only=True)
class TransferInFacts:
    """What another city's certificate tells, and what the person declares here."""

    from_place: str
    from_office: str
    paper_number: str
    paper_issued_on: date
    since_on: date
    left_on: date
    months: int
    reason: str
    former_employer: str = ""
    proofs: tuple[str, ...] = ()
    willing: bool = True


def full_months(since_on: date, left_on: date) -> int:
    """Whole months of unemployment between two days, as a certificate counts them."""
    return max(age_in_months(since_on, left_on), 0)


def counted_from_on(arrives_on: date, months: int) -> date:
    """Since when an unemployment counts that goes on here from a day after so many months elsewhere.

    Days between leaving there and arriving here do not count.
    """
    return add_months(arrives_on, -months)


def why_not_transfer_out(*, is_open: bool, place: str, home: str) -> list[Reason]:
    """Why a registration cannot be handed to another city; `home` is the code of this one."""
    reasons = []
    if not is_open:
        reasons.append(
            Reason(
                _("The person is not registered as unemployed, so there is nothing to transfer."),
                clause=BETWEEN_CLAUSE,
                next_step=_("A handbook and past registrations need no transfer; the person keeps them."),
            )
        )
    reasons += _wrong_place(place, home, "to_place")
    return reasons


def why_not_take_back(*, taken_back: bool, registered_since: bool, why: str) -> list[Reason]:
    """Why a certificate of transfer cannot be taken back."""
    reasons = []
    if taken_back:
        reasons.append(
            Reason(_("This certificate was taken back already."), next_step=_("Load the page again."))
        )
    elif registered_since:
        reasons.append(
            Reason(
                _("The person was registered again since; that registration stands."),
                next_step=_("Register what has changed with it."),
            )
        )
    if not why.strip():
        reasons.append(Reason(_("Write why it is taken back."), field="why"))
    return reasons


def why_not_transfer_in(facts: TransferInFacts, *, home: str, on: date) -> list[Reason]:
    """What is wrong with another city's certificate on a day."""
    reasons = _wrong_place(facts.from_place, home, "from_place")
    for name, words in (("from_office", _("Name the office.")), ("paper_number", _("Copy the number."))):
        if not getattr(facts, name).strip():
            reasons.append(Reason(words, field=name, next_step=_("It stands on the certificate.")))
    if not facts.since_on <= facts.left_on <= facts.paper_issued_on <= on:
        reasons.append(
            Reason(
                _("The days do not follow each other: unemployed since, left there, certificate of, today."),
                clause=BETWEEN_CLAUSE,
                field="since_on",
                next_step=_("Compare them with the certificate."),
            )
        )
    elif facts.months > full_months(facts.since_on, facts.left_on):
        most = full_months(facts.since_on, facts.left_on)
        reasons.append(
            Reason(
                _("Between these days lie %(most)s whole months, not %(told)s.") % {"most": most, "told": facts.months},
                clause=BETWEEN_CLAUSE,
                field="months",
                next_step=_("Compare them with the certificate, or ask the other office."),
            )
        )
    last_on = facts.paper_issued_on + timedelta(days=parameters().value("transfer_paper_valid_days", on))
    if on > last_on:
        reasons.append(
            Reason(
                _("The certificate was to be brought by %(day)s.") % {"day": spoken_day(last_on)},
                clause=BETWEEN_CLAUSE,
                field="paper_issued_on",
                next_step=_("Ask the other office for a new one, or register without its time."),
            )
        )
    return reasons


def _wrong_place(place: str, home: str, field: str) -> list[Reason]:
    if place == home:
        words = _("That is this city; between its counties matters are handed over by recording the move.")
        return [Reason(words, field=field)]
    return [] if place in cities() else [Reason(_("Choose a city of the list."), field=field)]
