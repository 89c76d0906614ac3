"""The household of a person: form it, join one, leave it; who belonged to it when."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from openpes.access.permissions import permitted
from openpes.kernel import Refused
from openpes.kernel.forms import HouseForm
from openpes.people.actions import HouseholdFacts, form_household, join_household, leave_household
from openpes.people.forms import HouseholdForm, LeaveForm, MemberForm
from openpes.people.models import Person
from openpes.people.permissions import CHANGE_PERSONS, VIEW_PERSONS
from openpes.people.queries import area_words, household_history, household_of, households_with, residence_of
from openpes.people.views.files import page, person_or_404


@permitted(VIEW_PERSONS)
@require_safe
def household(request: HttpRequest, pk: int) -> HttpResponse:
    """The household, or the two ways into one."""
    person = person_or_404(request, pk)
    return _page(request, person, {})


@permitted(CHANGE_PERSONS)
@require_POST
def household_form(request: HttpRequest, pk: int) -> HttpResponse:
    """Form a household around the person."""
    person = person_or_404(request, pk)
    form = HouseholdForm(request.POST, scope=request.actor.scope, prefix="form")

    def act(told: dict[str, Any]) -> None:
        from_on = told.pop("from_on")
        form_household(facts=HouseholdFacts(**told), head=pk, from_on=from_on, by=request.actor, at=request.at)

    return _answer(request, person, "form", form, act, _("The household is formed."))


@permitted(CHANGE_PERSONS)
@require_POST
def household_join(request: HttpRequest, pk: int) -> HttpResponse:
    """Join the household with a booklet number."""
    person = person_or_404(request, pk)
    form = MemberForm(request.POST, prefix="join")

    def act(told: dict[str, Any]) -> None:
        found = households_with(scope=request.actor.scope, booklet_no=told.pop("booklet_no"))
        if len(found) != 1:
            raise Refused(_("There is not exactly one household with this booklet number here."), field="booklet_no")
        join_household(household=found[0].pk, person=pk, **told, by=request.actor, at=request.at)

    return _answer(request, person, "join", form, act, _("The person is a member of the household."))


@permitted(CHANGE_PERSONS)
@require_POST
def household_leave(request: HttpRequest, pk: int) -> HttpResponse:
    """End the membership."""
    person = person_or_404(request, pk)
    form = LeaveForm(request.POST, prefix="leave")

    def act(told: dict[str, Any]) -> None:
        leave_household(person=pk, on=told["on"], by=request.actor, at=request.at)

    return _answer(request, person, "leave", form, act, _("The membership has ended."))


def _answer(
    request: HttpRequest, person: Person, kind: str, form: HouseForm, act: Callable[[dict[str, Any]], None], said: str
) -> HttpResponse:
    if form.is_valid():
        try:
            act(dict(form.cleaned_data))
        except Refused as refused:
            form.refuse(refused)
        else:
            messages.success(request, said)
            return redirect("people:household", person.pk)
    return _page(request, person, {f"{kind}_form": form, "wrong_form": form})


def _page(request: HttpRequest, person: Person, forms: dict[str, Any]) -> HttpResponse:
    scope = request.actor.scope
    home = residence_of(scope=scope, person=person.pk, on=request.on)
    at_home = {"area": area_words(home.area if home else person.area), "address": home.address if home else ""}
    view = household_of(scope=scope, person=person.pk, on=request.on)
    context = {
        "view": view,
        "is_head": any(member.is_head and member.person.pk == person.pk for member in view.members) if view else False,
        "form_form": HouseholdForm(scope=scope, prefix="form", initial=at_home),
        "join_form": MemberForm(prefix="join"),
        "leave_form": LeaveForm(prefix="leave", initial={"on": request.on}),
        "headless": view is not None and not any(member.is_head for member in view.members),
        "unworded": [member.person.name for member in view.members if member.is_unworded] if view else [],
        "past": household_history(scope=scope, household=view.household.pk) if view else [],
        "may_change": CHANGE_PERSONS.code in request.rights,
        **forms,
    }
    return page(request, "people/household.html", person, context, "wrong_form" in forms)
