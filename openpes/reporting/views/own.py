"""What an employer reports itself: on its own page, and by the link of a reminder without signing in."""

from django.http import Http404, HttpRequest, HttpResponseBase
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from openpes.access.permissions import permitted, public
from openpes.employers.queries import employer_of
from openpes.kernel import Actor, Refused
from openpes.kernel.deadlines import clock_of
from openpes.reporting import actions, queries
from openpes.reporting.choices import Still
from openpes.reporting.forms import read_said
from openpes.reporting.permissions import REPORT_OWN
from openpes.vacancies.choices import SignWay

NOBODY = Actor(id=0)


@permitted(REPORT_OWN)
def own(request: HttpRequest) -> HttpResponseBase:
    """The own report: what is due until when, and one click for each open vacancy."""
    if not request.actor.employer:
        raise Http404
    firm = employer_of(actor=request.actor)
    running = queries.running_vacancies(employer=firm.pk, on=request.on)
    reasons: tuple = ()
    if request.method == "POST":
        told = {"said": read_said(request.POST, [one.vacancy.pk for one in running]), "way": SignWay.ONLINE}
        try:
            none_open = bool(request.POST.get("none_open"))
            actions.report_vacancies(employer=firm.pk, **told, none_open=none_open, by=request.actor, at=request.at)
            return redirect("reporting:own")
        except Refused as refused:
            reasons = refused.reasons
    duty = queries.duty_of(employer=firm.pk, on=request.on)
    owed = queries.owed_by(duty=duty, on=request.on) if duty else None
    context = {
        "employer": firm,
        "duty": duty,
        "owed": owed,
        "clock": clock_of(owed.period.due_on, request.on) if owed else None,
        "running": running,
        "choices": Still.choices,
        "reasons": reasons,
        "reports": queries.reports_of(employer=firm.pk, actor=request.actor),
    }
    return render(request, "reporting/own.html", context, status=422 if reasons else 200)


@public
@never_cache
@require_safe
def answer(request: HttpRequest, token: str) -> HttpResponseBase:
    """The link of a reminder: it shows the employer's vacancies and asks; looking changes nothing."""
    return _asked(request, token, ())


@public
@never_cache
@require_POST
def send_answer(request: HttpRequest) -> HttpResponseBase:
    """Take the one answer of a link; its token comes in the form, so that no log of addresses holds a good one."""
    token = request.POST.get("token", "")[:100]
    asked = queries.linked(token=token, at=request.at)
    if asked is None:
        return _asked(request, token, ())
    said = read_said(request.POST, [one.vacancy.pk for one in asked.vacancies])
    try:
        none_open = bool(request.POST.get("none_open"))
        actions.answer_reminder(token=token, said=said, none_open=none_open, by=NOBODY, at=request.at)
    except Refused as refused:
        return _asked(request, token, refused.reasons)
    return render(request, "reporting/answered.html", {"name": asked.name, "used": False})


def _asked(request: HttpRequest, token: str, reasons: tuple) -> HttpResponseBase:
    asked = queries.linked(token=token, at=request.at)
    if asked is None:
        return render(request, "reporting/answered.html", {"used": True}, status=410)
    context = {"asked": asked, "running": asked.vacancies, "choices": Still.choices, "reasons": reasons, "token": token}
    return render(request, "reporting/answer.html", context, status=422 if reasons else 200)
