"""A person's own job wish: registered, changed, confirmed and ended online; it counts at once, as at a counter."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from openpes.access.permissions import permitted
from openpes.codes.queries import occupation_label
from openpes.kernel import Refused
from openpes.kernel.absent import absent_is_404
from openpes.kernel.days import spoken_day
from openpes.people.models import Person
from openpes.people.queries import own_person
from openpes.registration import queries
from openpes.registration.actions import change_wish, end_wish, register_wish
from openpes.registration.forms import WishForm
from openpes.registration.models import JobWish
from openpes.registration.permissions import OWN_REGISTRATION
from openpes.registration.views.wishes import told_of_wish


@permitted(OWN_REGISTRATION)
@never_cache
@require_http_methods(["GET", "POST"])
def own_wish(request: HttpRequest) -> HttpResponse:
    """Say what work one looks for, or change and confirm it."""
    person, present = _own(request)
    initial = told_of_wish(present) if present else {"place_1": person.area[:6]}
    form = WishForm(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        try:
            kept = _keep(request, person, present, form)
        except Refused as refused:
            form.refuse(refused)
        else:
            messages.success(request, _("The job wish is valid until %(day)s.") % {"day": spoken_day(kept.until_on)})
            return redirect("registration:own_wish")
    labels = [(code, occupation_label(code)) for code in present.occupations] if present else []
    context = {"form": form, "wish": present, "labels": labels}
    return render(request, "registration/own_wish.html", context, status=422 if form.errors else 200)


@permitted(OWN_REGISTRATION)
@require_POST
def own_wish_end(request: HttpRequest) -> HttpResponse:
    """Look for work no more."""
    _person, present = _own(request)
    if present is None:
        raise Http404
    end_wish(wish=present.pk, on=request.on, by=request.actor, at=request.at)
    messages.success(request, _("The job wish has ended."))
    return redirect("registration:own_wish")


def _keep(request: HttpRequest, person: Person, present: JobWish | None, form: WishForm) -> JobWish:
    if present is None:
        return register_wish(person=person.pk, facts=form.facts(), by=request.actor, at=request.at)
    version = form.cleaned_data["version"] or 0
    return change_wish(wish=present.pk, version=version, facts=form.facts(), by=request.actor, at=request.at)


def _own(request: HttpRequest) -> tuple[Person, JobWish | None]:
    with absent_is_404(Person.DoesNotExist):
        return own_person(actor=request.actor), queries.own_wish(actor=request.actor, on=request.on)
