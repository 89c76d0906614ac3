"""Staff: interviews by telephone, who is to be asked whether they are still at work, what was free of charge."""

from datetime import date

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from openpes.access.permissions import permitted, signed_in
from openpes.engine.calendars import Period, quarter, quarter_of
from openpes.kernel import Refused
from openpes.people.models import Person
from openpes.referrals import actions, queries
from openpes.referrals.forms import SlotForm
from openpes.referrals.models import Interview
from openpes.referrals.permissions import FOLLOW_UP_HIRES, RECORD_ANSWERS, VIEW_REFERRALS
from openpes.referrals.views.parts import calendar_response, check_page, interview_page, words_of

PAGE, SHOWN_QUARTERS, YEARS = 30, 6, range(1990, 2100)


@permitted(RECORD_ANSWERS)
@require_http_methods(["GET", "POST"])
def invite(request: HttpRequest, pk: int) -> HttpResponseBase:
    """Propose times for an interview that an employer named by telephone."""
    return interview_page(request, pk, "referrals/invite.html", "referrals:detail")


@permitted(RECORD_ANSWERS)
@require_POST
def take_slot(request: HttpRequest, pk: int) -> HttpResponseBase:
    """Agree one of the proposed times for a person who called."""
    row = get_object_or_404(Interview.objects.seen_by(request.actor), pk=pk)
    form = SlotForm(request.POST)
    if not form.is_valid():
        raise Refused(_("Choose one of the times shown."), field="slot")
    actions.take_slot(interview=pk, **form.cleaned_data, by=request.actor, at=request.at)
    return redirect("referrals:detail", pk=row.referral_id)


@permitted(RECORD_ANSWERS)
@require_POST
def cancel_interview(request: HttpRequest, pk: int) -> HttpResponseBase:
    """Cancel an interview for a side that called."""
    row = get_object_or_404(Interview.objects.seen_by(request.actor), pk=pk)
    actions.cancel_interview(interview=pk, words=words_of(request), by=request.actor, at=request.at)
    return redirect("referrals:detail", pk=row.referral_id)


@permitted(RECORD_ANSWERS)
@require_POST
def held(request: HttpRequest, pk: int) -> HttpResponseBase:
    """Say for an employer that an interview was held, or that the person did not come."""
    row = get_object_or_404(Interview.objects.seen_by(request.actor), pk=pk)
    came = request.POST.get("came") == "yes"
    actions.note_interview(interview=pk, came=came, words=words_of(request), by=request.actor, at=request.at)
    return redirect("referrals:detail", pk=row.referral_id)


@signed_in
@never_cache
@require_safe
def calendar(request: HttpRequest, pk: int) -> HttpResponse:
    """An agreed interview as a calendar file, for whoever of the two sides or the office asks."""
    sides = bool(request.actor.person or request.actor.employer)
    if not sides and VIEW_REFERRALS.code not in request.rights:
        raise Http404
    row = get_object_or_404(Interview.objects.seen_by(request.actor), pk=pk)
    if row.starts_at is None:
        raise Http404
    about = request.build_absolute_uri(reverse("home"))
    return calendar_response(queries.calendar_of(row=row, about=about), f"interview-{row.pk}")


@permitted(VIEW_REFERRALS)
@require_safe
def retention_list(request: HttpRequest) -> HttpResponse:
    """Who is to be asked whether they are still at work, the longest due first, the late ones marked."""
    inside = request.GET.get("area", "")
    scope = inside if inside.startswith(request.actor.scope) else request.actor.scope
    due = queries.due_checks(scope=scope, on=request.on)
    from_on, until_on = _days(quarter(request.on))
    context = {
        "page": Paginator(due, PAGE).get_page(request.GET.get("page")),
        "late": sum(line.is_late for line in due),
        "counts": queries.retention_counts(scope=scope, from_on=from_on, until_on=until_on),
        "may_ask": FOLLOW_UP_HIRES.code in request.rights,
        "columns": [{"label": label} for label in (_("Person"), _("Vacancy"), _("Asked since"), _("Answer"))],
    }
    return render(request, "referrals/retention_list.html", context)


@permitted(FOLLOW_UP_HIRES)
@require_http_methods(["GET", "POST"])
def check_hire(request: HttpRequest, pk: int) -> HttpResponseBase:
    """Record by telephone whether a hired person is still at work."""
    return check_page(request, pk, "referrals/check_hire.html", "referrals:retention_list", by_staff=True)


@permitted(VIEW_REFERRALS)
@require_safe
def free_list(request: HttpRequest) -> HttpResponse:
    """What was free of charge in a quarter, by area and by whom; each number opens its rows."""
    (from_on, until_on), code = _quarter(request)
    lines = queries.free_counts(scope=request.actor.scope, from_on=from_on, until_on=until_on)
    grounds = [(ground, queries.ground_label(ground)) for ground in lines[0].counts]
    context = {"lines": lines, "grounds": grounds, "quarter": code, "quarters": _quarters(request.on)}
    return render(request, "referrals/free_list.html", context)


@permitted(VIEW_REFERRALS)
@require_safe
def free_rows(request: HttpRequest) -> HttpResponse:
    """The introductions and applications behind a number."""
    (from_on, until_on), code = _quarter(request)
    area, ground = request.GET.get("area", ""), request.GET.get("ground", "")
    scope = area if area.startswith(request.actor.scope) and area else request.actor.scope
    found = queries.rows_behind(scope=scope, from_on=from_on, until_on=until_on, ground=ground)
    page = Paginator(found, PAGE).get_page(request.GET.get("page"))
    rows = queries.in_words([*page], on=request.on)
    context = {
        "page": page,
        "rows": [(row, queries.ground_label(row.referral.free_ground)) for row in rows],
        "quarter": code,
        "columns": [{"label": label} for label in (_("Person"), _("Vacancy"), _("Made on"), _("Free of charge as"))],
    }
    return render(request, "referrals/free_rows.html", context)


@permitted(VIEW_REFERRALS)
@require_safe
def free_of_person(request: HttpRequest, pk: int) -> HttpResponse:
    """What a person gets free of charge, as whom, and by which clause."""
    person = get_object_or_404(Person.objects.visible_to(request.actor.scope), pk=pk)
    context = {
        "person": person,
        "lines": queries.free_services_of(person=person, on=request.on),
        "columns": [{"label": label} for label in (_("Service"), _("Free of charge as"), _("Clause"))],
    }
    return render(request, "referrals/free_of_person.html", context)


def _quarter(request: HttpRequest) -> tuple[tuple[date, date], str]:
    """The days of the quarter that was asked for, or the present one, with its code such as 2026-4."""
    year, _dash, number = request.GET.get("quarter", "").partition("-")
    if year.isdecimal() and number in ("1", "2", "3", "4") and int(year) in YEARS:
        return _days(quarter_of(int(year), int(number))), f"{year}-{number}"
    return _days(quarter(request.on)), _code(request.on)


def _days(period: Period) -> tuple[date, date]:
    assert period.until_on is not None
    return period.from_on, period.until_on


def _quarters(on: date) -> list[str]:
    found, day = [], on
    for _number in range(SHOWN_QUARTERS):
        found.append(_code(day))
        day = date.fromordinal(quarter(day).from_on.toordinal() - 1)
    return found


def _code(on: date) -> str:
    return f"{on.year}-{(on.month + 2) // 3}"
