"""The queue: the officer's page, the giving of numbers, the slip, and the screen of the hall."""

from datetime import timedelta
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from openpes.access.permissions import permitted, public
from openpes.appointments.choices import AppointmentState
from openpes.appointments.models import Appointment
from openpes.appointments.permissions import KEEP_APPOINTMENTS
from openpes.appointments.queries import AppointmentRow, day_of_point
from openpes.counter import actions, queries
from openpes.counter.forms import CallForm, MoveForm, TakeForm
from openpes.counter.models import Ticket
from openpes.counter.permissions import WORK_QUEUE
from openpes.kernel import Refused
from openpes.kernel.absent import absent_is_404
from openpes.network.choices import WindowPurpose
from openpes.network.models import ServicePoint
from openpes.network.queries import posting_of, purposes_served, windows_of

WINDOW_COOKIE = "window"
A_DAY = timedelta(days=1)


@permitted(WORK_QUEUE)
@require_safe
def queue(request: HttpRequest) -> HttpResponse:
    """The queue of one's own point: the number in hand, who waits, what was put aside or missed."""
    context = _own_queue(request)
    found = context["own"] and context["own"].queue
    aside = [(_("Put aside"), found.held), (_("Did not come"), found.missed)] if found else []
    expected = [row for row in _expected(request, found) if row.appointment.state == AppointmentState.BOOKED]
    return render(request, "counter/queue.html", context | {"aside": aside, "expected": expected})


@permitted(WORK_QUEUE)
@require_safe
def pane(request: HttpRequest) -> HttpResponse:
    """The queue as a card beside other work: the number in hand, the key that calls the next one."""
    return render(request, "counter/_queue.html", _own_queue(request))


@permitted(WORK_QUEUE)
@require_safe
def waiting(request: HttpRequest) -> HttpResponse:
    """How many wait, which the card asks for again and again."""
    count = queries.waiting_count(scope=request.actor.scope, account=request.actor.id, on=request.on)
    return render(request, "counter/_waiting.html", {"count": count})


def _own_queue(request: HttpRequest) -> dict[str, Any]:
    """What the queue card needs; the window is remembered by this machine for the day."""
    own = queries.queue_for(scope=request.actor.scope, account=request.actor.id, on=request.on)
    remembered = request.COOKIES.get(WINDOW_COOKIE, "")
    window = own and (own.window or (int(remembered) if remembered.isdecimal() and len(remembered) < 3 else None))
    return {"own": own, "window": window, "purposes": _offered(request, own.queue.point.pk) if own else []}


@permitted(WORK_QUEUE)
@require_http_methods(["GET", "POST"])
def take(request: HttpRequest) -> HttpResponseBase:
    """Give a number at the entrance, one key for each purpose, and print its slip."""
    posting = posting_of(request.actor.id, request.on)
    form = TakeForm(request.POST or None)
    if posting and form.is_valid():
        try:
            given = actions.take_ticket(point=posting.point_id, **form.cleaned_data, by=request.actor, at=request.at)
            return redirect("counter:slip", pk=given.pk)
        except Refused as refused:
            form.refuse(refused)
    context = {"form": form, "posting": posting, "purposes": _offered(request, posting.point_id) if posting else []}
    return render(request, "counter/take.html", context, status=422 if form.errors else 200)


@permitted(WORK_QUEUE)
@require_POST
def arrive(request: HttpRequest, pk: int) -> HttpResponseBase:
    """Receive somebody who comes to an appointment, and print the slip of the number."""
    with absent_is_404(Appointment.DoesNotExist):
        given = actions.welcome(appointment=pk, by=request.actor, at=request.at)
    return redirect("counter:slip", pk=given.pk)


@permitted(WORK_QUEUE)
@require_safe
def slip(request: HttpRequest, pk: int) -> HttpResponse:
    """The slip with a number, how many wait before it, and how long people waited today."""
    given = get_object_or_404(Ticket.objects.visible_to(request.actor.scope).select_related("point"), pk=pk)
    found = queries.queue_of(scope=request.actor.scope, point=given.point_id, on=given.taken_on)
    served = [ticket.pk for ticket in found.waiting if ticket.purpose == given.purpose]
    context = {
        "ticket": given,
        "before": served.index(given.pk) if given.pk in served else None,
        "queue": found,
        "screen": request.build_absolute_uri(reverse("counter:hall", args=[given.point_id])),
    }
    return render(request, "counter/slip.html", context)


@permitted(WORK_QUEUE)
@require_POST
def next_number(request: HttpRequest) -> HttpResponseBase:
    """Finish the number at the window, if any, and call the next one."""
    form = CallForm(request.POST)
    window, finish = (form.cleaned_data["window"], form.cleaned_data["finish"]) if form.is_valid() else (None, False)
    called = actions.call_next(window=window, finish=finish, by=request.actor, at=request.at)
    if called is None:
        messages.info(request, _("Nobody is waiting for this window."))
    answer = redirect("counter:queue")
    answer.set_cookie(WINDOW_COOKIE, str(window), max_age=A_DAY, httponly=True, samesite="Lax")
    return answer


@permitted(WORK_QUEUE)
@require_POST
def call(request: HttpRequest, pk: int) -> HttpResponseBase:
    """Call a number again, or one that was put aside."""
    form = CallForm(request.POST)
    window = form.cleaned_data["window"] if form.is_valid() else None
    found = get_object_or_404(Ticket.objects.visible_to(request.actor.scope), pk=pk)
    actions.call_again(ticket=found.pk, window=window, by=request.actor, at=request.at)
    return redirect("counter:queue")


@permitted(WORK_QUEUE)
@require_POST
def move(request: HttpRequest, pk: int) -> HttpResponseBase:
    """Send a number on: to the window, aside, to another purpose, away, or back."""
    found = get_object_or_404(Ticket.objects.visible_to(request.actor.scope), pk=pk)
    form = MoveForm(request.POST)
    if not form.is_valid():
        raise Refused(
            _("Say what becomes of number %(number)s.") % {"number": found.number},
            next_step=_("Use one of the keys below the number."),
        )
    actions.move_ticket(ticket=found.pk, **form.cleaned_data, by=request.actor, at=request.at)
    return redirect("counter:queue")


@public
@require_safe
def hall(request: HttpRequest, point: int) -> HttpResponse:
    """The screen of a hall: which number goes to which window, how many wait, how long people waited today."""
    return _hall(request, point, "counter/hall.html")


@public
@require_safe
def hall_rows(request: HttpRequest, point: int) -> HttpResponse:
    """The lines of that screen alone, which it asks for again and again."""
    answer = _hall(request, point, "counter/hall_rows.html")
    answer["Cache-Control"] = "no-store"
    return answer


def _hall(request: HttpRequest, point: int, template: str) -> HttpResponse:
    with absent_is_404(ServicePoint.DoesNotExist):
        found = queries.hall_queue(point=point, on=request.on)
    return render(request, template, {"queue": found, "source": reverse("counter:hall_rows", args=[point])})


def _expected(request: HttpRequest, found: queries.Queue | None) -> list[AppointmentRow]:
    """The appointments of today at one's point, for those who keep them."""
    if found is None or KEEP_APPOINTMENTS.code not in request.rights:
        return []
    return day_of_point(scope=request.actor.scope, point=found.point.pk, on=request.on)


def _offered(request: HttpRequest, point: int) -> list[tuple[str, str]]:
    """The purposes that the windows of a point serve, with their words."""
    served = purposes_served(windows_of(scope=request.actor.scope, point=point))
    return [(p.value, p.label) for p in WindowPurpose if p in served]
