"""Saved views over a list, and receipts."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from openpes.audit.queries import event_title
from openpes.counter.choices import BULK_RIGHT, BulkKind
from openpes.counter.models import Receipt, ReceiptProof, SavedView
from openpes.engine.paper_codes import digest_of, plain_code
from openpes.kernel import Actor


@dataclass(frozen=True)
class ViewChip:
    """A saved view as a chip: whether it is the one that is shown, and whether the reader may take it away."""

    view: SavedView
    is_on: bool
    is_own: bool


@dataclass(frozen=True)
class CheckedReceipt:
    """What anybody may know of a receipt, in the words of the reader."""

    number: str
    office: str
    made_on: date
    acts: list[str]


def bulk_kinds(rights: Collection[str]) -> list[BulkKind]:
    """The acts on a selection that somebody with these rights may do."""
    return [kind for kind in BulkKind if BULK_RIGHT[kind] in rights]


def view_chips(*, actor: Actor, page: str, query: str) -> list[ViewChip]:
    """The views of a list that somebody may use, their own and those of the office, by name."""
    found = SavedView.objects.visible_to(actor.scope).for_reader(actor).filter(page=page)
    return [ViewChip(view, view.query == query, view.account_id in actor.hands) for view in found]


def receipt(*, scope: str, pk: int) -> Receipt:
    """A receipt with its person.

    :raises Receipt.DoesNotExist: it is not of the area
    """
    return Receipt.objects.visible_to(scope).select_related("person").get(pk=pk)


def receipt_lines(found: Receipt) -> list[tuple[str, str]]:
    """What a receipt lists: each act in words, and its number."""
    return [(event_title(act["event"]), act["number"]) for act in found.acts]


def checked_receipt(*, token: str) -> CheckedReceipt | None:
    """The receipt that has this code, as anybody may check it; nothing when none has."""
    proof = ReceiptProof.objects.filter(pk=digest_of(plain_code(token))).first()
    if proof is None:
        return None
    return CheckedReceipt(proof.number, proof.office, proof.made_on, [event_title(kind) for kind in proof.kinds])
