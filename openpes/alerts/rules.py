"""What may be saved, for how long, and when it is told."""

from collections.abc import Iterator
from datetime import date, timedelta

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from openpes.alerts.choices import Rhythm, Way
from openpes.engine.parameters import parameters
from openpes.kernel.refusal import Reason

LONGEST_QUERY, LONGEST_NAME = 1000, 100
STEPS = {Rhythm.DAILY: timedelta(days=1), Rhythm.WEEKLY: timedelta(days=7)}


def runs_until(on: date) -> date:
    """The day on which a search that is saved or renewed on a day ends."""
    months = on.year * 12 + on.month - 1 + parameters().value("saved_search_months", on)
    return date(months // 12, months % 12 + 1, min(on.day, 28))


def next_after(on: date, rhythm: str) -> date:
    """The next day on which it is told."""
    return on + STEPS[Rhythm(rhythm)]


def why_not_save(*, query: str, name: str, way: str, rhythm: str, held: int, on: date) -> Iterator[Reason]:
    """Why a search is not saved; `held` is how many its holder has already."""
    if not query.strip("?"):
        yield Reason(
            _("This search asks for nothing, so every vacancy would be told."),
            field="query",
            next_step=_("Search for a kind of work or a place first, then save that search."),
        )
    if len(query) > LONGEST_QUERY:
        yield Reason(
            _("This search is too long to be saved."), field="query", next_step=_("Search with fewer conditions.")
        )
    if not name.strip() or len(name) > LONGEST_NAME:
        yield Reason(_("Give the search a name of up to %(most)s characters.") % {"most": LONGEST_NAME}, field="name")
    if way not in Way.values:
        yield Reason(_("New vacancies are told by SMS, by mail or in a feed."), field="way")
    if rhythm not in Rhythm.values:
        yield Reason(_("New vacancies are told every day or every week."), field="rhythm")
    yield from _too_many(held, on)


def _too_many(held: int, on: date) -> Iterator[Reason]:
    most = parameters().value("saved_search_most", on)
    if held >= most:
        yield Reason(
            ngettext("There is %(n)s saved search already; no more are kept for one holder.",
                     "There are %(n)s saved searches already; no more are kept for one holder.", held) % {"n": held},
            next_step=_("End one of them first; the link stands in every message."),
        )  # fmt: skip
