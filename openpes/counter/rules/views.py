"""Saved views: which part of an address is kept, and what speaks against keeping it."""

from collections.abc import Iterator
from urllib.parse import parse_qsl, urlencode

from django.utils.translation import gettext as _

from openpes.kernel.refusal import Reason

LONGEST = 500
NOT_KEPT = {"page", "before", "after"}  # where one stood in the list is no part of the view


def plain_query(query: str) -> str:
    """The filters of an address in one order, without the page and without empty ones."""
    pairs = [(name, value) for name, value in parse_qsl(query.removeprefix("?")) if name not in NOT_KEPT]
    return urlencode(sorted(pairs))


def why_not_save(*, name: str, query: str, taken: bool) -> Iterator[Reason]:
    """Why a view cannot be kept."""
    if not name:
        yield Reason(_("Give the view a name."), field="name")
    elif taken:
        yield Reason(
            _("You keep a view of this list under this name already."),
            field="name",
            next_step=_("Choose another name, or take the other view away first."),
        )
    if not query:
        yield Reason(
            _("The list is not narrowed, so there is nothing to keep."),
            next_step=_("Set the filters of the list first."),
        )
    elif len(query) > LONGEST:
        yield Reason(_("These filters are too long to be kept."), next_step=_("Take some of them away."))
