"""The own CV: write it, say who may read it, take it back, print it."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from openpes.access.permissions import permitted
from openpes.kernel import Refused
from openpes.resumes import actions, queries
from openpes.resumes.choices import Audience
from openpes.resumes.forms import AudienceForm, ResumeForm
from openpes.resumes.models import Resume
from openpes.resumes.permissions import OWN_RESUME


@permitted(OWN_RESUME)
@never_cache
@require_safe
def own(request: HttpRequest) -> HttpResponse:
    """The own CV as employers read it, who may, its versions, and who has."""
    return _page(request)


@permitted(OWN_RESUME)
@never_cache
@require_http_methods(["GET", "POST"])
def edit(request: HttpRequest) -> HttpResponseBase:
    """Write a new version."""
    person = _own_number(request)
    schools, papers = queries.own_records(person=person)
    last = queries.own_resume(actor=request.actor)
    form = ResumeForm(request.POST or None, educations=schools, qualifications=papers, initial=_told(last))
    if form.is_valid():
        try:
            actions.write_resume(facts=form.facts(), by=request.actor, at=request.at)
            messages.success(request, _("Your CV is kept."))
            return redirect("resumes:own")
        except Refused as refused:
            form.refuse(refused)
    return render(request, "resumes/edit.html", {"form": form}, status=422 if form.errors else 200)


@permitted(OWN_RESUME)
@require_POST
def audience(request: HttpRequest) -> HttpResponseBase:
    """Say which employers may read it."""
    form = AudienceForm(request.POST)
    if form.is_valid():
        actions.choose_audience(**form.cleaned_data, by=request.actor, at=request.at)
        messages.success(request, _("Your choice counts from now on."))
        return redirect("resumes:own")
    return _page(request, form)


@permitted(OWN_RESUME)
@require_POST
def withdraw(request: HttpRequest) -> HttpResponseBase:
    """Take it back at once."""
    actions.withdraw_resume(by=request.actor, at=request.at)
    messages.success(request, _("No employer reads your CV any more."))
    return redirect("resumes:own")


@permitted(OWN_RESUME)
@require_POST
def confirm(request: HttpRequest) -> HttpResponseBase:
    """Confirm that it is still right."""
    actions.confirm_resume(by=request.actor, at=request.at)
    messages.success(request, _("Your CV is valid for the full time again."))
    return redirect("resumes:own")


@permitted(OWN_RESUME)
@never_cache
@require_safe
def paper(request: HttpRequest) -> HttpResponse:
    """The own CV as a PDF."""
    last = queries.own_resume(actor=request.actor)
    if last is None:
        raise Http404
    response = HttpResponse(
        queries.resume_paper(last, on=request.on, at=request.at), content_type="application/pdf"
    )
    response["Content-Disposition"] = 'inline; filename="cv.pdf"'
    return response


def _page(request: HttpRequest, form: AudienceForm | None = None) -> HttpResponse:
    person = _own_number(request)
    last, sharing = queries.own_resume(actor=request.actor), queries.sharing_of(person=person)
    present = sharing.audience if sharing else Audience.NOBODY
    context = {
        "view": queries.resume_view(last, on=request.on) if last else None,
        "sharing": sharing,
        "over": bool(sharing and sharing.until_on <= request.on),
        "versions": queries.own_versions(actor=request.actor)[:10],
        "form": form or AudienceForm(initial={"audience": present}),
    }
    return render(request, "resumes/own.html", context, status=422 if form is not None else 200)


def _own_number(request: HttpRequest) -> int:
    if request.actor.person is None:
        raise Http404
    return int(request.actor.person)


def _told(last: Resume | None) -> dict[str, Any]:
    if last is None:
        return {}
    told = {name: getattr(last, name) for name in ("headline", "own_words", "skills", "educations", "qualifications")}
    told |= {f"job_{number}_{part}": job[part] for number, job in enumerate(last.jobs, 1) for part in job}
    return told
