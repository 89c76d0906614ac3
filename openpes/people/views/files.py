"""One person's file: changing facts, moving home, showing an identifier in full."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from openpes.access.permissions import permitted
from openpes.kernel import Refused
from openpes.kernel.absent import absent_is_404
from openpes.kernel.scope import CITY
from openpes.people.actions import PersonChanges, change_person, move_residence, reveal_identifier
from openpes.people.choices import Identifier
from openpes.people.forms import ChangeForm, MoveForm, RevealForm
from openpes.people.models import Person
from openpes.people.permissions import CHANGE_PERSONS, REVEAL_IDENTIFIERS
from openpes.people.queries import person as person_of
from openpes.people.queries import person_card, residences_of

KEPT = ("ethnic_group", "education", "hukou", "marital", "skill_level", "skills", "version")


def person_or_404(request: HttpRequest, pk: int) -> Person:
    """The person, who does not exist outside the clerk's area."""
    with absent_is_404(Person.DoesNotExist):
        return person_of(scope=request.actor.scope, pk=pk)


def page(
    request: HttpRequest, template: str, person: Person, context: dict[str, Any], wrong: Any = None
) -> HttpResponse:
    """A page about a person with the card in the right pane."""
    card = person_card(scope=request.actor.scope, person=person.pk, on=request.on)
    return render(request, template, {"card": card, "person": person, **context}, status=422 if wrong else 200)


@permitted(CHANGE_PERSONS)
def edit(request: HttpRequest, pk: int) -> HttpResponse:
    """Change facts of the file."""
    person = person_or_404(request, pk)
    form = ChangeForm(request.POST or None, initial={name: getattr(person, name) for name in KEPT})
    if request.method == "POST" and form.is_valid():
        phone = "" if form.cleaned_data["no_phone"] else form.cleaned_data["phone"] or None
        changes = PersonChanges(phone=phone, **form.codes())
        try:
            change_person(
                person=pk, version=form.cleaned_data["version"], changes=changes, by=request.actor, at=request.at
            )
        except Refused as refused:
            form.refuse(refused)
        else:
            messages.success(request, _("The file is changed."))
            return redirect(person)
    return page(request, "people/edit.html", person, {"form": form}, form.errors)


@permitted(CHANGE_PERSONS)
def move(request: HttpRequest, pk: int) -> HttpResponse:
    """Record another home; a file that goes to another office leaves this one."""
    person = person_or_404(request, pk)
    form = MoveForm(request.POST or None, scope=CITY, initial={"on": request.on})
    if request.method == "POST" and form.is_valid():
        try:
            home = move_residence(person=pk, **form.cleaned_data, by=request.actor, at=request.at)
        except Refused as refused:
            form.refuse(refused)
        else:
            if not home.area.startswith(request.actor.scope):
                messages.success(request, _("The move is recorded; the file is with the office of the new home."))
                return redirect("people:list")
            messages.success(request, _("The move is recorded."))
            return redirect(person)
    homes = residences_of(scope=request.actor.scope, person=pk)
    return page(request, "people/move.html", person, {"form": form, "homes": homes}, form.errors)


@permitted(REVEAL_IDENTIFIERS, asks=True)
def reveal(request: HttpRequest, pk: int) -> HttpResponse:
    """Show an identifier in full for a purpose and a case; who asked is in the journal before it is shown.

    The answer is not kept for a repeated request, because it holds the number; asking again is journalled again.
    """
    person = person_or_404(request, pk)
    form = RevealForm(request.POST or None, initial={"identifier": Identifier.ID_NUMBER})
    context: dict[str, Any] = {"form": form}
    if request.method == "POST" and form.is_valid():
        try:
            shown = reveal_identifier(person=pk, **form.cleaned_data, by=request.actor, at=request.at)
        except Refused as refused:
            form.refuse(refused)
        else:
            label = Identifier(form.cleaned_data["identifier"]).label
            context |= {"shown": shown.reveal(), "label": label}
    response = page(request, "people/reveal.html", person, context, form.errors)
    response["Cache-Control"] = "no-store"
    return response
