"""What every page about a person's registration has around its form."""

from datetime import date
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from openpes.kernel import within
from openpes.kernel.absent import absent_is_404
from openpes.kernel.scope import CITY
from openpes.people.models import Person
from openpes.people.queries import person as person_of
from openpes.people.queries import person_card
from openpes.registration.queries import status_label, status_of, timeline_of

STEPS = 8


def person_or_404(request: HttpRequest, pk: int) -> Person:
    """The person, who does not exist outside the clerk's area."""
    with absent_is_404(Person.DoesNotExist):
        return person_of(scope=request.actor.scope, pk=pk)


def page(
    request: HttpRequest, template: str, person: Person, context: dict[str, Any], wrong: Any = None
) -> HttpResponse:
    """A page about a person: card, status and history in the right pane; 422 when something is wrong.

    The office that keeps a matter of a person who moved on, because it was returned, sees whose matter it is.
    """
    scope = request.actor.scope
    if person.area.startswith(scope):
        around = _around(person, scope, request.on)
    else:
        with within(CITY):
            around = _around(person, CITY, request.on)
    return render(request, template, around | context, status=422 if wrong else 200)


def _around(person: Person, scope: str, on: date) -> dict[str, Any]:
    badge, tone = status_label(status_of(scope=scope, person=person.pk, on=on))
    return {
        "person": person,
        "card": person_card(scope=scope, person=person.pk, on=on),
        "badge": badge,
        "tone": tone,
        "timeline": timeline_of(scope=scope, person=person.pk)[:STEPS],
    }
