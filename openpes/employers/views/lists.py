"""Pages of employers for staff: the list, one of them with all that belongs to it, registering and changing."""

from dataclasses import asdict
from datetime import date

from django.http import HttpRequest, HttpResponse, HttpResponseBase, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from openpes.access.permissions import permitted, signed_in
from openpes.codes.queries import code_label, industry_label
from openpes.employers import actions, queries
from openpes.employers.choices import ECONOMIC_TYPE, UNIT_TYPE
from openpes.employers.forms import EmployerForm
from openpes.employers.models import Employer
from openpes.employers.permissions import BLACKLIST, EDIT_EMPLOYERS, VIEW_EMPLOYERS
from openpes.kernel import Refused
from openpes.kernel.pages import pages_about
from openpes.kernel.paging import BoundedPaginator
from openpes.network.queries import area_full_name, area_name

PAGE = 30


@permitted(VIEW_EMPLOYERS)
@require_safe
def employer_list(request: HttpRequest) -> HttpResponse:
    """The employers of the area, found by name or credit code."""
    text = request.GET.get("q", "").strip()
    found = queries.employers_seen_by(actor=request.actor)
    page = BoundedPaginator(found.matching(text) if text else found, PAGE).get_page(request.GET.get("page"))
    context = {
        "page": page,
        "text": text,
        "rows": [(employer, area_name(employer.area)) for employer in page],
        "columns": [{"label": label} for label in (_("Employer"), _("Credit code"), _("Where it stands"))],
        "may_edit": EDIT_EMPLOYERS.code in request.rights,
    }
    return render(request, "employers/list.html", context)


@permitted(VIEW_EMPLOYERS)
@require_safe
def detail(request: HttpRequest, pk: int) -> HttpResponse:
    """One employer: its facts, and the pages that other rooms offer about it."""
    employer = get_object_or_404(Employer.objects.visible_to(request.actor.scope), pk=pk)
    context = {
        "employer": employer,
        "facts": facts_in_words(employer, request.on),
        "pages": pages_about("employer", pk, actor=request.actor, rights=request.rights),
        "may_edit": EDIT_EMPLOYERS.code in request.rights,
        "may_blacklist": BLACKLIST.code in request.rights,
        "former": queries.former_names(employer=pk),
        "documents": [(one, queries.runs_out(one, request.on)) for one in queries.documents_of(employer=pk)],
        "contacts": queries.contacts_of(employer=pk),
        "sites": [(one, area_name(one.area)) for one in queries.sites_of(employer=pk, on=request.on)],
        "members": queries.members_of(employer=pk),
        "entries": queries.blacklist_of(employer=pk, actor=request.actor),
        "not_served": queries.why_not_serve(employer=pk, on=request.on),
    }
    return render(request, "employers/detail.html", context)


@permitted(EDIT_EMPLOYERS)
def new(request: HttpRequest) -> HttpResponseBase:
    """Register an employer."""
    form = EmployerForm(request.POST or None, scope=request.actor.scope, initial={"area": request.actor.scope})
    if form.is_valid():
        try:
            employer = actions.register_employer(facts=form.facts(), by=request.actor, at=request.at)
            return redirect("employers:detail", pk=employer.pk)
        except Refused as refused:
            form.refuse(refused)
    return render(request, "employers/edit.html", {"form": form}, status=422 if form.errors else 200)


@permitted(EDIT_EMPLOYERS)
def edit(request: HttpRequest, pk: int) -> HttpResponseBase:
    """Change the facts of an employer."""
    employer = get_object_or_404(Employer.objects.visible_to(request.actor.scope), pk=pk)
    initial = asdict(actions.facts_of(employer)) | {"version": employer.version}
    form = EmployerForm(request.POST or None, scope=request.actor.scope, initial=initial)
    if form.is_valid():
        version = form.cleaned_data["version"] or 0
        try:
            actions.change_employer(employer=pk, facts=form.facts(), version=version, by=request.actor, at=request.at)
            return redirect("employers:detail", pk=pk)
        except Refused as refused:
            form.refuse(refused)
    context = {"form": form, "employer": employer}
    return render(request, "employers/edit.html", context, status=422 if form.errors else 200)


@signed_in
@require_safe
def options(request: HttpRequest) -> JsonResponse:
    """Suggestions of the employer picker for staff: names and codes of the whole city, nothing else."""
    text = request.GET.get("q", "").strip()[:50]
    found = queries.employer_options(text=text) if text and request.actor.scope else []
    return JsonResponse([{"value": code, "label": name, "more": code} for code, name in found], safe=False)


def facts_in_words(employer: Employer, on: date) -> tuple[tuple[str, str], ...]:
    """The facts of an employer for a page."""
    size = queries.size_of(employer, on)
    rows = (
        (_("Unified social credit code"), employer.credit_code),
        (_("Where it stands"), f"{area_full_name(employer.area)} {employer.address}".strip()),
        (_("Type of unit"), code_label(UNIT_TYPE, employer.unit_type) if employer.unit_type else ""),
        (_("Economic type"), code_label(ECONOMIC_TYPE, employer.economic_type) if employer.economic_type else ""),
        (_("Industry"), industry_label(employer.industry) if employer.industry else ""),
        (_("Staff"), "" if employer.staff_count is None else str(employer.staff_count)),
        (_("Size class"), _("%(size)s (by staff alone)") % {"size": size.label} if size else ""),
        (_("Contact"), f"{employer.contact_name} {employer.contact_phone}".strip()),
    )
    return tuple((label, value or _("Not stated")) for label, value in rows)
