"""People who suit a vacancy of the own firm and let every such employer read their CV."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from openpes.access.permissions import permitted
from openpes.referrals import queries
from openpes.referrals.permissions import ANSWER_OWN
from openpes.resumes.actions import read_resume
from openpes.resumes.queries import resume_view
from openpes.vacancies.models import Vacancy


@permitted(ANSWER_OWN)
@never_cache
@require_safe
def candidates(request: HttpRequest, pk: int) -> HttpResponse:
    """Who suits an own open vacancy and shows the CV; with `?person=` the CV of one of them, whose reading is told."""
    vacancy = get_object_or_404(Vacancy.objects.seen_by(request.actor).open_on(request.on), pk=pk)
    found = queries.open_candidates(vacancy=pk, on=request.on)
    asked = request.GET.get("person", "")
    view = None
    if asked:
        chosen = next((one for one in found if str(one.person.pk) == asked), None)
        if chosen is None:
            raise Http404
        read = read_resume(person=chosen.person.pk, met=False, suits=True, by=request.actor, at=request.at)
        view = resume_view(read, on=request.on) if read else None
    context = {"vacancy": vacancy, "candidates": found, "view": view}
    return render(request, "referrals/candidates.html", context)
