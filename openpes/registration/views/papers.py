"""The public check of papers: handbooks and certificates of transfer, known and unknown answered alike."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from openpes.access.permissions import public_check
from openpes.registration import queries
from openpes.registration.forms import PaperCheckForm


@public_check("papers")
@never_cache
@require_http_methods(["GET", "POST"])
def paper_check(request: HttpRequest) -> HttpResponse:
    """Ask by number and letters what a paper is worth; asked by POST so that no address holds a number."""
    form = PaperCheckForm(request.POST or None)
    checked = queries.checked_by_number(**form.cleaned_data) if form.is_valid() else None
    context = {"form": form, "checked": checked}
    return render(request, "registration/paper_check.html", context, status=422 if form.errors else 200)


@public_check("papers")
@never_cache
@require_safe
def paper_scan(request: HttpRequest, token: str) -> HttpResponse:
    """What the paper with this square is worth; known and unknown are answered alike and in the same time."""
    context = {"form": PaperCheckForm(), "checked": queries.checked_by_token(token=token)}
    return render(request, "registration/paper_check.html", context)
