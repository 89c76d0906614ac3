"""Appointments at the counter: the day of one's point, a time for a person, cancelling, the recall list."""

from datetime import timedelta

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from openpes.access.permissions import permitted
from openpes.appointments import actions, queries
from openpes.appointments.forms import RecallForm, TimeForm
from openpes.appointments.models import Appointment, Recall
from openpes.appointments.permissions import KEEP_APPOINTMENTS
from openpes.appointments.views.choosing import booked, choice_of, latest_day, put_on_list, told_of
from openpes.kernel.absent import absent_is_404
from openpes.kernel.forms import LooseDateField
from openpes.network.queries import posting_of
from openpes.people.models import Person
from openpes.people.queries import person as person_of
from openpes.people.queries import person_card

A_DAY = timedelta(days=1)


@permitted(KEEP_APPOINTMENTS)
@require_safe
def day(request: HttpRequest) -> HttpResponse:
    """Who comes to one's point on a day, in the order of their times."""
    posting = posting_of(request.actor.stands_for, request.on)
    try:
        shown = LooseDateField(required=False).clean(request.GET.get("on", "")) or request.on
    except ValidationError:
        shown = request.on
    scope = request.actor.scope
    point = posting.point_id if posting else 0
    context = {
        "posting": posting,
        "shown": shown,
        "is_today": shown == request.on,
        "before": shown - A_DAY,
        "after": shown + A_DAY,
        "rows": queries.day_of_point(scope=scope, point=point, on=shown) if posting else [],
        "waiting": queries.recall_list(scope=scope, point=point, on=request.on) if posting else 0,
    }
    return render(request, "appointments/day.html", context)


@permitted(KEEP_APPOINTMENTS)
@require_http_methods(["GET", "POST"])
def new(request: HttpRequest, pk: int) -> HttpResponse:
    """Book a time for a person."""
    holder = _person(request, pk)
    chosen = choice_of(request, holder)
    form = TimeForm(request.POST or None)
    made = booked(request, pk, chosen, form) if request.method == "POST" else None
    if made:
        messages.success(request, told_of(made))
        return redirect("appointments:new", pk)
    return _page(request, holder, form=form)


@permitted(KEEP_APPOINTMENTS)
@require_POST
def recall(request: HttpRequest, pk: int) -> HttpResponse:
    """Put a person on the recall list."""
    holder = _person(request, pk)
    form = RecallForm(request.POST)
    if put_on_list(request, holder, form):
        messages.success(request, _("On the list: the next free time is offered."))
        return redirect("appointments:new", pk)
    return _page(request, holder, recall_form=form)


@permitted(KEEP_APPOINTMENTS)
@require_POST
def cancel(request: HttpRequest, pk: int) -> HttpResponse:
    """Cancel an appointment for a person."""
    with absent_is_404(Appointment.DoesNotExist):
        found = actions.cancel_appointment(appointment=pk, by=request.actor, at=request.at)
    messages.success(request, _("Cancelled; the time is free for others."))
    return _back(request, found.person_id)


@permitted(KEEP_APPOINTMENTS)
@require_POST
def take(request: HttpRequest, pk: int) -> HttpResponse:
    """Take an offered time for a person who called."""
    with absent_is_404(Appointment.DoesNotExist):
        found = actions.take_offer(appointment=pk, by=request.actor, at=request.at)
    messages.success(request, told_of(found))
    return _back(request, found.person_id)


@permitted(KEEP_APPOINTMENTS)
@require_POST
def leave(request: HttpRequest, pk: int) -> HttpResponse:
    """Take a person off a recall list."""
    with absent_is_404(Recall.DoesNotExist):
        found = actions.leave_recall(recall=pk, by=request.actor, at=request.at)
    return _back(request, found.person_id)


def _person(request: HttpRequest, pk: int) -> Person:
    with absent_is_404(Person.DoesNotExist):
        return person_of(scope=request.actor.scope, pk=pk)


def _back(request: HttpRequest, person: int) -> HttpResponse:
    """To the page of the person, or of the day when the person belongs to another area by now."""
    inside = Person.objects.visible_to(request.actor.scope).filter(pk=person).exists()
    return redirect("appointments:new", person) if inside else redirect("appointments:day")


def _page(
    request: HttpRequest, holder: Person, *, form: TimeForm | None = None, recall_form: RecallForm | None = None
) -> HttpResponse:
    scope = request.actor.scope
    context = {
        **choice_of(request, holder).context(),
        "holder": holder,
        "card": person_card(scope=scope, person=holder.pk, on=request.on),
        "form": form or TimeForm(),
        "recall_form": recall_form or RecallForm(initial={"until_on": latest_day(request)}),
        "appointments": queries.appointments_of(scope=scope, person=holder.pk),
        "recalls": queries.recalls_of(person=holder.pk),
    }
    wrong = any(one is not None and one.errors for one in (form, recall_form))
    return render(request, "appointments/new.html", context, status=422 if wrong else 200)
