"""What rural ledgers said about a person."""

from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from openpes.codes.queries import code_label, industry_label
from openpes.people.models import LedgerEntry


@dataclass(frozen=True)
class LedgerFacts:
    """One entry of a ledger in the words of the reader: its day, and what it says as (label, value)."""

    surveyed_on: date
    rows: list[tuple[str, str]]


def ledger_words(entry: LedgerEntry) -> LedgerFacts:
    """What an entry says, in the words of the reader."""
    taken = {True: _("yes"), False: _("no")}.get(entry.land_taken, "")  # type: ignore[call-overload]
    told = (
        (_("Work"), code_label("rural_status", entry.status) if entry.status else ""),
        (_("Industry"), industry_label(entry.industry) if entry.industry else ""),
        (_("Region of work"), code_label("rural_work_area", entry.work_area) if entry.work_area else ""),
        (_("How work was found"), code_label("rural_work_way", entry.work_way) if entry.work_way else ""),
        (_("Income of the year"), "" if entry.income_fen is None else _yuan(entry.income_fen)),
        (_("Training wish"), entry.training_wish),
        (_("Intention"), code_label("rural_intent", entry.intention) if entry.intention else ""),
        (_("Farmland"), "" if entry.farmland_mu is None else _("%(mu)s mu") % {"mu": entry.farmland_mu.normalize()}),
        (_("Land taken"), taken),
        (_("Type of household"), code_label("rural_household_type", entry.hardship) if entry.hardship else ""),
    )
    return LedgerFacts(entry.surveyed_on, [(label, value) for label, value in told if value])


def _yuan(fen: int) -> str:
    return _("%(yuan)s yuan") % {"yuan": f"{fen // 100:,}"}
