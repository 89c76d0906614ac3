"""What the counter offers on the pages of lower rooms: a person's page, the candidates of a vacancy."""

from django.utils.translation import gettext_lazy as _

from openpes.counter.permissions import USE_DESK
from openpes.kernel import Actor, clock
from openpes.kernel.pages import OfferedPage, offer_page
from openpes.matching.permissions import VIEW_SUGGESTIONS
from openpes.matching.queries import suggestions_for_vacancy


def _candidates_of(actor: Actor, pk: int) -> int:
    today = clock.day_of(clock.now())  # the count stands on a page that shows today
    return len(suggestions_for_vacancy(scope=actor.scope, vacancy=pk, on=today))


offer_page("person", OfferedPage(_("Person"), "counter:person", USE_DESK.code))
offer_page("vacancy", OfferedPage(_("Candidates"), "counter:candidates", VIEW_SUGGESTIONS.code, _candidates_of))
