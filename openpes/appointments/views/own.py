"""Appointments on a person's own page: book, cancel, take what was offered, wait on the list."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from openpes.access.permissions import permitted
from openpes.appointments import actions, queries
from openpes.appointments.forms import RecallForm, TimeForm
from openpes.appointments.models import Appointment, Recall
from openpes.appointments.permissions import OWN_APPOINTMENTS
from openpes.appointments.views.choosing import booked, choice_of, latest_day, put_on_list, told_of
from openpes.kernel.absent import absent_is_404
from openpes.people.models import Person
from openpes.people.queries import own_person


@permitted(OWN_APPOINTMENTS)
@never_cache
@require_safe
def own(request: HttpRequest) -> HttpResponse:
    """The own appointments, what is offered, and on which lists one waits."""
    context = {
        "appointments": queries.own_appointments(actor=request.actor),
        "recalls": queries.recalls_of(person=request.actor.person) if request.actor.person else [],
    }
    return render(request, "appointments/own.html", context)


@permitted(OWN_APPOINTMENTS)
@require_http_methods(["GET", "POST"])
def own_new(request: HttpRequest) -> HttpResponse:
    """Book a time for oneself."""
    person = _self(request)
    chosen = choice_of(request, person)
    form = TimeForm(request.POST or None)
    made = booked(request, person.pk, chosen, form) if request.method == "POST" else None
    if made:
        messages.success(request, told_of(made))
        return redirect("appointments:own")
    return _page(request, person, form=form)


@permitted(OWN_APPOINTMENTS)
@require_POST
def own_recall(request: HttpRequest) -> HttpResponse:
    """Wait for a free time."""
    person = _self(request)
    form = RecallForm(request.POST)
    if put_on_list(request, person, form):
        messages.success(request, _("You are on the list: the next free time is offered to you here."))
        return redirect("appointments:own")
    return _page(request, person, recall_form=form)


@permitted(OWN_APPOINTMENTS)
@require_POST
def own_cancel(request: HttpRequest, pk: int) -> HttpResponse:
    """Cancel, or decline what was offered."""
    with absent_is_404(Appointment.DoesNotExist):
        actions.cancel_appointment(appointment=pk, by=request.actor, at=request.at)
    messages.success(request, _("Cancelled; the time is free for others."))
    return redirect("appointments:own")


@permitted(OWN_APPOINTMENTS)
@require_POST
def own_take(request: HttpRequest, pk: int) -> HttpResponse:
    """Take what was offered."""
    with absent_is_404(Appointment.DoesNotExist):
        made = actions.take_offer(appointment=pk, by=request.actor, at=request.at)
    messages.success(request, told_of(made))
    return redirect("appointments:own")


@permitted(OWN_APPOINTMENTS)
@require_POST
def own_leave(request: HttpRequest, pk: int) -> HttpResponse:
    """Wait no longer."""
    with absent_is_404(Recall.DoesNotExist):
        actions.leave_recall(recall=pk, by=request.actor, at=request.at)
    return redirect("appointments:own")


def _self(request: HttpRequest) -> Person:
    with absent_is_404(Person.DoesNotExist):
        return own_person(actor=request.actor)


def _page(
    request: HttpRequest, person: Person, *, form: TimeForm | None = None, recall_form: RecallForm | None = None
) -> HttpResponse:
    context = {
        **choice_of(request, person).context(),
        "form": form or TimeForm(),
        "recall_form": recall_form or RecallForm(initial={"until_on": latest_day(request)}),
    }
    wrong = any(one is not None and one.errors for one in (form, recall_form))
    return render(request, "appointments/own_new.html", context, status=422 if wrong else 200)
