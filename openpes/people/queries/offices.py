"""In which office somebody acts."""

from datetime import date

from openpes.kernel import Actor
from openpes.network.queries import area_full_name, posting_of


def office_of(*, by: Actor, on: date) -> str:
    """The service point where an officer works on a day, else the name of their area; empty for a person's own act."""
    if not by.scope:
        return ""
    posting = posting_of(by.id, on) if by.id else None
    return posting.point.name if posting else area_full_name(by.scope)
