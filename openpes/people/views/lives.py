"""The life of a person: its history, and the pages on which names, numbers, death and departure are recorded."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from openpes.access.permissions import permitted
from openpes.kernel import Refused
from openpes.kernel.forms import HouseForm
from openpes.people.actions import (
    ask_number,
    change_hukou,
    change_name,
    record_departure,
    record_return,
    record_upgrade,
    take_departure_back,
)
from openpes.people.choices import NumberKind
from openpes.people.forms.lives import DepartureForm, HukouForm, NameForm, NumberForm, ReturnForm, TakeBackForm
from openpes.people.models import Person
from openpes.people.permissions import CHANGE_PERSONS, VIEW_PERSONS
from openpes.people.queries import county_name, departure_words, life_of
from openpes.people.views.files import page, person_or_404

BOTH = require_http_methods(["GET", "POST"])


@permitted(VIEW_PERSONS)
@require_safe
def life(request: HttpRequest, pk: int) -> HttpResponse:
    """What life brought: what stands now, what waits, every line so far, and what may be recorded."""
    person = person_or_404(request, pk)
    found = life_of(scope=request.actor.scope, person=pk)
    context = {
        "life": found,
        "gone": departure_words(found.departure) if found.departure else "",
        "hukou_place": county_name(found.hukou.place) if found.hukou else "",
        "may_change": CHANGE_PERSONS.code in request.rights,
        "may_see_numbers": VIEW_PERSONS.code in request.rights,
    }
    return page(request, "people/life.html", person, context)


@permitted(CHANGE_PERSONS)
@BOTH
def name(request: HttpRequest, pk: int) -> HttpResponse:
    """Another name; the old one stays."""
    person = person_or_404(request, pk)
    form = NameForm(request.POST or None)

    def act() -> None:
        told = {name: form.cleaned_data[name] for name in ("name", "kind", "on")}
        change_name(person=pk, **told, paper=form.paper, by=request.actor, at=request.at)

    note = _("The name that stands in the file now is kept with its days; the file is found under both.")
    return _act(request, person, form, act, (_("Change of name"), note, _("The name is changed.")))


@permitted(CHANGE_PERSONS)
@BOTH
def number(request: HttpRequest, pk: int) -> HttpResponse:
    """Another identity number: an upgrade at once, a correction when a colleague has confirmed it."""
    person = person_or_404(request, pk)
    form = NumberForm(request.POST or None)

    def act() -> None:
        if form.cleaned_data["kind"] == NumberKind.UPGRADED:
            record_upgrade(person=pk, on=form.cleaned_data["on"], paper=form.paper, by=request.actor, at=request.at)
        else:
            ask_number(person=pk, facts=form.facts(), by=request.actor, at=request.at)

    note = _("A correction counts when a colleague has confirmed it; an upgrade from 15 to 18 digits counts at once.")
    return _act(request, person, form, act, (_("Another identity number"), note, _("The number is written in.")))


@permitted(CHANGE_PERSONS)
@BOTH
def hukou(request: HttpRequest, pk: int) -> HttpResponse:
    """Another household registration."""
    person = person_or_404(request, pk)
    form = HukouForm(request.POST or None, initial={"kind": person.hukou})

    def act() -> None:
        on = form.cleaned_data["on"]
        change_hukou(person=pk, facts=form.facts(), on=on, paper=form.paper, by=request.actor, at=request.at)

    note = _("Kind and place as the new booklet says; what stood before stays with its days.")
    said = _("The household registration is changed.")
    return _act(request, person, form, act, (_("Change of household registration"), note, said))


@permitted(CHANGE_PERSONS)
@BOTH
def departure(request: HttpRequest, pk: int) -> HttpResponse:
    """A death, or a departure for good."""
    person = person_or_404(request, pk)
    form = DepartureForm(request.POST or None)

    def act() -> None:
        record_departure(person=pk, facts=form.facts(), by=request.actor, at=request.at)

    note = _(
        "Home, household, registration, wish and, at a death, the handbook end with the day. All can be taken back."
    )
    return _act(request, person, form, act, (_("Death or departure"), note, _("It is recorded.")))


@permitted(CHANGE_PERSONS)
@BOTH
def take_back(request: HttpRequest, pk: int) -> HttpResponse:
    """A report of death or departure that was a mistake."""
    person = person_or_404(request, pk)
    form = TakeBackForm(request.POST or None)

    def act() -> None:
        take_departure_back(person=pk, why=form.cleaned_data["why"], by=request.actor, at=request.at)

    note = _("Everything that ended with the report is open again as it was.")
    said = _("The report is taken back; what ended with it is as before.")
    return _act(request, person, form, act, (_("Take the report back"), note, said))


@permitted(CHANGE_PERSONS)
@BOTH
def come_back(request: HttpRequest, pk: int) -> HttpResponse:
    """A person who had left for good is back."""
    person = person_or_404(request, pk)
    form = ReturnForm(request.POST or None, initial={"on": request.on})

    def act() -> None:
        record_return(person=pk, **form.cleaned_data, by=request.actor, at=request.at)

    note = _("A new home begins with the day; registrations of before stay ended and can be made anew.")
    return _act(request, person, form, act, (_("Return to the city"), note, _("The return is recorded.")))


def _act(
    request: HttpRequest, person: Person, form: HouseForm, act: Callable[[], None], words: tuple[str, str, str]
) -> HttpResponse:
    """One form about one person: title, what it does, and what is said when it was done."""
    title, note, said = words
    if request.method == "POST" and form.is_valid():
        try:
            act()
        except Refused as refused:
            form.refuse(refused)
        else:
            messages.success(request, said)
            return redirect("people:life", person.pk)
    context: dict[str, Any] = {"form": form, "title": title, "note": note}
    return page(request, "people/life_act.html", person, context, form.errors)
