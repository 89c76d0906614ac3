"""Registering a person: the identity number first, and what it says is shown at once."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from openpes.access.permissions import permitted
from openpes.engine.areas import LENGTHS
from openpes.engine.calendars import age_on
from openpes.engine.identifiers import IdentifierError, parse_resident_id
from openpes.kernel import Refused
from openpes.people.actions import PersonFacts
from openpes.people.actions.duplicates import register_newcomer
from openpes.people.choices import Sex
from openpes.people.forms import PersonForm
from openpes.people.permissions import REGISTER_PERSONS
from openpes.people.queries import area_words, county_name, find_persons
from openpes.people.queries.duplicates import Likely, Stranger, likely_persons, meant_by_number


@permitted(REGISTER_PERSONS)
def new(request: HttpRequest) -> HttpResponse:
    """Register a person; afterwards the person's page opens."""
    scope = request.actor.scope
    at_home = {"area": area_words(scope)} if len(scope) == LENGTHS["village"] else {}
    form = PersonForm(request.POST or None, scope=scope, initial=at_home)
    likes: list[Likely] = []
    if request.method == "POST" and form.is_valid():
        told = {name: form.cleaned_data[name] for name in PLAIN} | form.codes()
        facts = PersonFacts(**told)
        try:
            person = register_newcomer(
                facts=facts, seen=_seen(request), because=form.cleaned_data["because"], by=request.actor, at=request.at
            )
        except Refused as refused:
            form.refuse(refused)
            likes = _likes(request, facts) if any(reason.field == "because" for reason in refused.reasons) else []
        else:
            messages.success(request, _("%(name)s is registered.") % {"name": person.name})
            return redirect(person)
    return render(request, "people/new.html", {"form": form, "likes": likes}, status=422 if form.errors else 200)


def _seen(request: HttpRequest) -> list[int]:
    """The marks of the files that the clerk was shown."""
    return [int(mark) for mark in request.POST.getlist("seen") if mark.isdigit()]


def _likes(request: HttpRequest, facts: PersonFacts) -> list[Likely]:
    """The files that the clerk must see; the facts were understood before."""
    identity = parse_resident_id(facts.id_number, request.on)
    stranger = Stranger(
        id_number=identity.number, name=facts.name, born_on=identity.born_on, sex=identity.sex, area=facts.area,
        phone=facts.phone,
    )  # fmt: skip
    return likely_persons(scope=request.actor.scope, stranger=stranger, on=request.on)


PLAIN = ("id_number", "name", "area", "address", "phone", "resides_from_on")


@permitted(REGISTER_PERSONS, asks=True)
@require_POST
def identity(request: HttpRequest) -> HttpResponse:
    """What an identity number says: birth, sex, county, and whether the person is registered here already."""
    text = request.POST.get("id_number", "")[:60]
    context: dict = {"known": None}
    try:
        found = parse_resident_id(text, request.on)
    except IdentifierError as error:
        context["fault"] = error.message.translated(_)
        context["meant"] = meant_by_number(scope=request.actor.scope, text=text)
    else:
        context |= {
            "born_on": found.born_on,
            "age": age_on(found.born_on, request.on),
            "sex": Sex(found.sex).label,
            "county": "" if found.kind == "invented" else county_name(found.county),
            "upgraded": found.upgraded,
            "warnings": [warning.translated(_) for warning in found.warnings],
            "known": next(iter(find_persons(scope=request.actor.scope, text=found.number, limit=1)), None),
            "meant": meant_by_number(scope=request.actor.scope, text=found.number),
        }
    return render(request, "people/_identity.html", context)
