"""Pages of self-service: a seeker's own file, an employer's own work."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from openpes.access.permissions import permitted
from openpes.portal.choices import SERVICE_PHONE
from openpes.portal.permissions import EMPLOYER_PAGE, OWN_PAGE
from openpes.portal.queries import own_file, own_workplace


@permitted(OWN_PAGE)
@require_safe
@never_cache
def me(request: HttpRequest) -> HttpResponse:
    """The own file: what comes next, jobs with reasons, applications, promises, who is responsible, who read it."""
    file = own_file(actor=request.actor, at=request.at)
    return render(request, "portal/me.html", {"file": file, "phone": SERVICE_PHONE})


@permitted(EMPLOYER_PAGE)
@require_safe
@never_cache
def employer(request: HttpRequest) -> HttpResponse:
    """The own firm: what comes next, who waits with a clock, who would suit, and its vacancies."""
    work = own_workplace(actor=request.actor, at=request.at)
    return render(request, "portal/employer.html", {"work": work, "phone": SERVICE_PHONE})
