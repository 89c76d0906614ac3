"""What the counter offers on the pages of lower rooms: a person's page, the candidates of a vacancy."""

from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from openpes.counter.models import Receipt
from openpes.counter.permissions import USE_DESK
from openpes.counter.queries import bulk_kinds, view_chips
from openpes.counter.queries.waits import waiting_minutes
from openpes.counter.rules.views import plain_query
from openpes.kernel import Actor, clock
from openpes.kernel.pages import ListTool, OfferedPage, offer_page, offer_tool
from openpes.matching.permissions import VIEW_SUGGESTIONS
from openpes.matching.queries import suggestions_for_vacancy
from openpes.people.models import Tie, hold_ties
from openpes.statistics.queries.measures import offer_measure


def _candidates_of(actor: Actor, pk: int) -> int:
    today = clock.day_of(clock.now())  # the count stands on a page that shows today
    return len(suggestions_for_vacancy(scope=actor.scope, vacancy=pk, on=today))


def _views_over(request: HttpRequest) -> dict[str, Any]:
    """The saved views of the list that is shown, and what would be kept of it."""
    page, query = request.resolver_match.view_name, plain_query(request.GET.urlencode())
    chips = view_chips(actor=request.actor, page=page, query=query)
    kept = any(chip.is_on for chip in chips)
    return {"chips": chips, "page_name": page, "query": query, "here": request.path, "is_kept": kept}


def _acts_on_rows(request: HttpRequest) -> dict[str, Any]:
    """The acts that the reader may do to the chosen rows, and where to come back."""
    return {"kinds": bulk_kinds(request.rights), "back": request.get_full_path()}


offer_page("person", OfferedPage(_("Person"), "counter:person", USE_DESK.code))
offer_page("vacancy", OfferedPage(_("Candidates"), "counter:candidates", VIEW_SUGGESTIONS.code, _candidates_of))
offer_tool("lists", ListTool("counter/_views.html", USE_DESK.code, _views_over))
offer_tool("rows:person", ListTool("counter/_bulk.html", USE_DESK.code, _acts_on_rows))

hold_ties(Tie(model=Receipt, title=_("Receipts of the counter")))
offer_measure("waiting_minutes", waiting_minutes)
