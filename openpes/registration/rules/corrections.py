"""Which values a corrected fact may have, so that the rules can be asked again with it."""

from collections.abc import Callable
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from openpes.kernel.refusal import Reason
from openpes.people.choices import Sex
from openpes.registration.choices import PROOF_SET, REASON_SET

CORRECTABLE = ("born_on", "sex", "hukou", "resident_from_on", "reason", "former_employer", "proofs", "willing")
HUKOU_SET = "hukou"
OPTIONAL = frozenset({"hukou", "resident_from_on", "former_employer", "proofs"})
YES, NO = frozenset({"1", "yes", "是"}), frozenset({"0", "no", "否"})
CODED = {"hukou": HUKOU_SET, "reason": REASON_SET, "proofs": PROOF_SET}

Known = Callable[[str, str], bool]


def why_not_correct(*, fact: str, was: Any, now: Any, why: str, on: date, known: Known) -> list[Reason]:
    """Why a fact of a decision of a day cannot be corrected to a value; `known` tells codes of national lists."""
    reasons = []
    if fact not in CORRECTABLE:
        reasons.append(Reason(_("This decision has no such fact."), field="fact"))
    elif not _fits(fact, now, on, known):
        reasons.append(
            Reason(_("This is no value that the fact can have."), field="now", next_step=_step(fact))
        )
    elif was == now:
        reasons.append(Reason(_("The fact stands so already."), field="now"))
    if not why.strip():
        reasons.append(Reason(_("Write what shows that it was otherwise."), field="why"))
    return reasons


def _fits(fact: str, now: Any, on: date, known: Known) -> bool:
    if now in ("", None, []):
        return fact in OPTIONAL
    if fact.endswith("_on"):
        return _is_day(now, on)
    if fact == "willing":
        return isinstance(now, bool)
    if fact == "proofs":
        return isinstance(now, list) and all(isinstance(one, str) and known(PROOF_SET, one) for one in now)
    if not isinstance(now, str):
        return False
    if fact == "sex":
        return now in Sex.values
    return known(CODED[fact], now) if fact in CODED else True


def _is_day(now: Any, on: date) -> bool:
    try:
        return date.fromisoformat(now) <= on
    except (TypeError, ValueError):
        return False


def _step(fact: str) -> str:
    if fact.endswith("_on"):
        return _("Write a day up to the day of the decision, as 2026-03-01.")
    if fact == "willing":
        return _("Write yes or no.")
    return _("Write the code or the name as it stands in the list.")
