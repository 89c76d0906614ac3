"""The list of persons, and the suggestions of area fields."""

from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from openpes.access.permissions import permitted
from openpes.codes.queries import code_label
from openpes.engine.calendars import age_on
from openpes.kernel.paging import KeyedPaginator
from openpes.kernel.scope import CITY
from openpes.network.queries import area_full_name, areas_below
from openpes.people.forms import SieveForm
from openpes.people.permissions import VIEW_PERSONS
from openpes.people.queries import PersonSieve, persons_matching
from openpes.people.queries import area_options as options_for

PAGE = 25


@permitted(VIEW_PERSONS)
@require_safe
def list_persons(request: HttpRequest) -> HttpResponse:
    """Persons of the area, narrowed by the address of the page, which can be shared."""
    scope = request.actor.scope
    below = [(area.path, area.name) for area in areas_below(scope)]
    form = SieveForm(request.GET or None, areas=below)
    sieve = PersonSieve(**form.cleaned_data) if form.is_bound and form.is_valid() else PersonSieve()
    found = persons_matching(scope=scope, sieve=sieve, on=request.on)
    page = KeyedPaginator(found, PAGE).get_page(request.GET)
    rows = [
        {
            "person": person,
            "age": age_on(person.born_on, request.on),
            "education": code_label("education_2006", person.education),
            "area": area_full_name(person.area),
        }
        for person in page
    ]
    columns: list[dict[str, Any]] = [{"label": label} for label in (_("Name"), _("Identity no."), _("Sex"))]
    columns += [{"label": _("Age"), "number": True}]
    columns += [{"label": label} for label in (_("Education"), _("Telephone"), _("Area"))]
    context = {"form": form, "page": page, "rows": rows, "columns": columns}
    return render(request, "people/list.html", context, status=422 if form.is_bound and form.errors else 200)


@permitted(VIEW_PERSONS)
@require_safe
def area_options(request: HttpRequest) -> JsonResponse:
    """Suggestions of an area field: the clerk's area, with `all` the whole city."""
    scope = CITY if "all" in request.GET else request.actor.scope
    found = options_for(scope=scope, text=request.GET.get("q", "")[:50])
    answer = [{"value": option.name, "label": option.name, "more": option.path} for option in found]
    return JsonResponse(answer, safe=False)
