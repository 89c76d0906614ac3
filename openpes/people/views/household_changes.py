"""Changes of whole households: another head, a part of their own, a move together, and the history."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from openpes.access.permissions import permitted
from openpes.kernel import Refused
from openpes.kernel.forms import HouseForm
from openpes.kernel.scope import CITY
from openpes.people.actions import HouseholdFacts, Split, move_household, name_head, split_household, word_relations
from openpes.people.forms.households import HeadForm, MoveHouseholdForm, RelationsForm, SplitForm
from openpes.people.models import Household, Person
from openpes.people.permissions import CHANGE_PERSONS
from openpes.people.queries import HouseholdView, area_words, household_of
from openpes.people.views.files import page, person_or_404

BOTH = require_http_methods(["GET", "POST"])
FACTS = ("area", "booklet_no", "address", "kind")


@permitted(CHANGE_PERSONS)
@BOTH
def household_head(request: HttpRequest, pk: int) -> HttpResponse:
    """Make the person the head of the household from a day on."""
    person, view = _household(request, pk)
    form = HeadForm(request.POST or None, initial={"on": request.on})
    if request.method == "POST" and form.is_valid():
        told = {"household": view.household.pk, "person": pk, "on": form.cleaned_data["on"]}
        if _done(form, lambda: name_head(**told, by=request.actor, at=request.at)):
            messages.success(request, _("The household has another head."))
            return redirect("people:household", pk)
    return _page(request, person, form, "people/household_head.html", view)


@permitted(CHANGE_PERSONS)
@BOTH
def household_relations(request: HttpRequest, pk: int) -> HttpResponse:
    """Word what each member is to the head, as after a new head whom some are something else to."""
    person, view = _household(request, pk)
    head = next((member for member in view.members if member.is_head), None)
    others = [(member.person.pk, member.person.name, member.code) for member in view.members if not member.is_head]
    since = head.from_on if head else request.on
    form = RelationsForm(request.POST or None, members=others if head else [], initial={"on": since})
    if request.method == "POST" and form.is_valid():
        told = {"household": view.household.pk, "relations": form.relations(), "on": form.cleaned_data["on"]}
        if _done(form, lambda: word_relations(**told, by=request.actor, at=request.at)):
            messages.success(request, _("The relations to the head are worded anew."))
            return redirect("people:household", pk)
    more = {"head": head.person.name if head else ""}
    return _page(request, person, form, "people/household_relations.html", view, more)


@permitted(CHANGE_PERSONS)
@BOTH
def household_split(request: HttpRequest, pk: int) -> HttpResponse:
    """Let some members become a household of their own."""
    person, view = _household(request, pk)
    members = [(member.person.pk, member.person.name) for member in view.members]
    home = {"area": area_words(view.household.area), "address": view.household.address, "on": request.on}
    form = SplitForm(request.POST or None, scope=request.actor.scope, members=members, initial=home)
    if request.method == "POST" and form.is_valid():
        told = form.cleaned_data
        split = Split(goers=form.goers(), new_head=told["new_head"], staying_head=told["staying_head"])
        facts = HouseholdFacts(**{name: told[name] for name in FACTS})
        act = {"household": view.household.pk, "split": split, "facts": facts, "on": told["on"]}
        if _done(form, lambda: split_household(**act, by=request.actor, at=request.at)):
            messages.success(request, _("The household is split."))
            return redirect("people:household", pk)
    return _page(request, person, form, "people/household_split.html", view)


@permitted(CHANGE_PERSONS)
@BOTH
def household_move(request: HttpRequest, pk: int) -> HttpResponse:
    """Let the household live elsewhere, with the members who move along."""
    person, view = _household(request, pk)
    members = [(member.person.pk, member.person.name) for member in view.members]
    first = {"on": request.on, "movers": [member.person.pk for member in view.members]}
    form = MoveHouseholdForm(request.POST or None, scope=CITY, members=members, initial=first)
    if request.method == "POST" and form.is_valid():
        told = form.cleaned_data | {"movers": frozenset(form.cleaned_data["movers"])}
        if _done(form, lambda: move_household(household=view.household.pk, **told, by=request.actor, at=request.at)):
            messages.success(request, _("The household has moved."))
            here = told["area"].startswith(request.actor.scope) or pk not in told["movers"]
            return redirect("people:household", pk) if here else redirect("people:list")
    return _page(request, person, form, "people/household_move.html", view)


def _household(request: HttpRequest, pk: int) -> tuple[Person, HouseholdView]:
    person = person_or_404(request, pk)
    view = household_of(scope=request.actor.scope, person=pk, on=request.on)
    if view is None:
        raise Http404
    return person, view


def _done(form: HouseForm, act: Any) -> bool:
    try:
        act()
    except Refused as refused:
        form.refuse(refused)
        return False
    except (Household.DoesNotExist, Person.DoesNotExist):
        raise Http404 from None
    return True


def _page(
    request: HttpRequest, person: Person, form: HouseForm, template: str, view: HouseholdView, more: Any = None
) -> HttpResponse:
    return page(request, template, person, {"form": form, "view": view, **(more or {})}, form.errors)
