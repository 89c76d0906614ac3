"""Registering, changing and ending a job wish."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from openpes.access.permissions import permitted
from openpes.codes.queries import occupation_label
from openpes.kernel import Refused
from openpes.kernel.absent import absent_is_404
from openpes.kernel.days import spoken_day
from openpes.registration.actions import change_wish, end_wish, register_wish
from openpes.registration.forms import WishForm
from openpes.registration.models import JobWish
from openpes.registration.permissions import REGISTER_WISHES
from openpes.registration.queries import wish as wish_row
from openpes.registration.views.pane import page, person_or_404

TOLD = ("category", "only_these_places", "experience_years", "wants_training", "version")


@permitted(REGISTER_WISHES)
def wish_new(request: HttpRequest, pk: int) -> HttpResponse:
    """Register what job a person looks for."""
    person = person_or_404(request, pk)
    form = WishForm(request.POST or None, initial={"place_1": person.area[:6]})
    if request.method == "POST" and form.is_valid():
        try:
            wish = register_wish(person=pk, facts=form.facts(), by=request.actor, at=request.at)
        except Refused as refused:
            form.refuse(refused)
        else:
            messages.success(request, _("The job wish is valid until %(day)s.") % {"day": spoken_day(wish.until_on)})
            return redirect(person)
    return page(request, "registration/wish.html", person, {"form": form}, form.errors)


@permitted(REGISTER_WISHES)
def wish_edit(request: HttpRequest, pk: int) -> HttpResponse:
    """Change or confirm a job wish; it is valid anew from today."""
    wish = _wish_or_404(request, pk)
    form = WishForm(request.POST or None, initial=told_of_wish(wish))
    if request.method == "POST" and form.is_valid():
        version = form.cleaned_data["version"] or 0
        try:
            changed = change_wish(
                wish=pk, version=version, facts=form.facts(), by=request.actor, at=request.at
            )
        except Refused as refused:
            form.refuse(refused)
        else:
            messages.success(request, _("The job wish is valid until %(day)s.") % {"day": spoken_day(changed.until_on)})
            return redirect(wish.person)
    labels = [(code, occupation_label(code)) for code in wish.occupations]
    context = {"form": form, "wish": wish, "labels": labels}
    return page(request, "registration/wish.html", wish.person, context, form.errors)


@permitted(REGISTER_WISHES)
@require_POST
def wish_end(request: HttpRequest, pk: int) -> HttpResponse:
    """End a job wish today."""
    wish = _wish_or_404(request, pk)
    end_wish(wish=pk, on=request.on, by=request.actor, at=request.at)
    messages.success(request, _("The job wish has ended."))
    return redirect(wish.person)


def _wish_or_404(request: HttpRequest, pk: int) -> JobWish:
    with absent_is_404(JobWish.DoesNotExist):
        return wish_row(scope=request.actor.scope, pk=pk)


def told_of_wish(wish: JobWish) -> dict[str, Any]:
    """What a wish says, as its form is filled."""
    told = {name: getattr(wish, name) for name in TOLD}
    told |= {f"occupation_{number}": code for number, code in enumerate(wish.occupations, 1)}
    told |= {f"place_{number}": place for number, place in enumerate(wish.places, 1)}
    return told | {"min_pay_fen": wish.min_pay_fen // 100 or None}
