"""What a row of a hiring roster may do: begin, renew, change, suspend or end an employment at one employer."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from openpes.kernel.days import spoken_day
from openpes.kernel.refusal import Reason

# Codes of `contract_state`, `contract_type` and of the end of an employment.
NEW, RENEWED, CHANGED, SUSPENDED, ENDED = "1", "2", "3", "4", "5"
FIXED_TERM = "1"
CLAUSE = gettext_lazy("Provisions on Employment Services and Employment Management, art. 62")
TERMS = ("contract_until_on", "pay_fen", "occupation")


@dataclass(frozen=True, kw_only=True)
class ContractFacts:
    """What a row of the roster says about the contract; codes as in the roster, pay of a month in fen."""

    contract_state: str
    contract_type: str = ""
    category: str = ""
    from_on: date | None = None
    contract_until_on: date | None = None
    pay_fen: int | None = None
    occupation: str = ""
    end_reason: str = ""
    skill_level: str = ""
    former_group: str = ""


def new_terms(facts: ContractFacts, terms: Mapping[str, Any]) -> dict[str, Any]:
    """The terms of an employment that a renewed or changed contract makes other than they are.

    An occupation that the roster leaves empty stays.
    """
    told: dict[str, Any] = {"contract_until_on": facts.contract_until_on, "pay_fen": facts.pay_fen}
    told |= {"occupation": facts.occupation} if facts.occupation else {}
    return {name: value for name, value in told.items() if terms[name] != value}


def not_employed_here(facts: ContractFacts) -> Reason:
    """The answer about a contract of which no employment at the employer is registered."""
    return Reason(
        _("No open employment of this person at this employer is registered."),
        clause=CLAUSE,
        field="contract_state",
        next_step=_("Write the contract as a new one, or compare the identity number.")
        if facts.contract_state != ENDED
        else _("It may have ended already; compare the file of the person."),
    )


def other_terms(from_on: date) -> Reason:
    """The answer about a new contract of somebody who is registered at the employer with other terms."""
    return Reason(
        _("The person is registered at this employer since %(day)s already, with other terms.")
        % {"day": spoken_day(from_on)},
        clause=CLAUSE,
        field="contract_state",
        next_step=_("Write the contract as renewed or changed."),
    )


def why_not_renew(facts: ContractFacts, employed_from_on: date) -> list[Reason]:
    """Why a renewed or changed contract cannot belong to an employment."""
    if facts.from_on is None or facts.from_on >= employed_from_on:
        return []
    return [
        Reason(
            _("The contract begins before the employment, which is registered from %(day)s.")
            % {"day": spoken_day(employed_from_on)},
            field="from_on",
            next_step=_("Compare the two dates; the first day of work is corrected at the counter."),
        )
    ]


def why_not_withdraw_entry(*, is_last: bool, stands: bool) -> list[Reason]:
    """Why what a row of a roster did cannot be taken back: something came after it."""
    if is_last and stands:
        return []
    return [
        Reason(
            _("The employment was changed, ended or followed by another registration since."),
            next_step=_("Take back the later act first."),
        )
    ]
