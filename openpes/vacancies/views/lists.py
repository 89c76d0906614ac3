"""Lists of vacancies with their filters and export, and the page of one."""

import csv

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from openpes.access.permissions import permitted
from openpes.employers.models import Employer
from openpes.employers.queries import employer_card
from openpes.kernel.pages import pages_about
from openpes.kernel.paging import BoundedPaginator
from openpes.vacancies import queries
from openpes.vacancies.choices import State
from openpes.vacancies.forms import FilterForm
from openpes.vacancies.models import Vacancy, VacancyQuerySet
from openpes.vacancies.permissions import EDIT_VACANCIES, PUBLISH_VACANCIES, VIEW_VACANCIES
from openpes.vacancies.queries import VacancyFilter
from openpes.vacancies.views.words import facts_in_words, lines_of

PAGE = 30


@permitted(VIEW_VACANCIES)
@require_safe
def vacancy_list(request: HttpRequest) -> HttpResponse:
    """The vacancies of the area; the filter stands in the address, so that it can be kept and passed on."""
    form = FilterForm(request.GET, scope=request.actor.scope)
    page = _pages(request, form).get_page(request.GET.get("page"))
    context = {
        "form": form,
        "page": page,
        "lines": lines_of(page, request.on),
        "columns": _columns(),
        "asked": queries.asked_publications(scope=request.actor.scope).count(),
        "may_edit": EDIT_VACANCIES.code in request.rights,
        "may_look": PUBLISH_VACANCIES.code in request.rights,
        "employer": _employer(request, form),
    }
    return render(request, "vacancies/list.html", context)


@permitted(VIEW_VACANCIES)
@require_safe
def vacancy_csv(request: HttpRequest) -> HttpResponse:
    """The same list as a file that Excel opens."""
    form = FilterForm(request.GET, scope=request.actor.scope)
    response = HttpResponse(content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="vacancies-{request.on.isoformat()}.csv"'
    response.write("\ufeff")
    writer = csv.writer(response)
    writer.writerow(
        [
            _("Number"), _("Title"), _("Employer"), _("Occupation"), _("Occupation code"), _("Place of work"),
            _("Places"), _("Filled"), _("Lowest monthly pay (yuan)"), _("Highest monthly pay (yuan)"), _("State"),
            _("Published on"), _("Last public day"),
        ]
    )  # fmt: skip
    for line in lines_of(_found(request, form).iterator(chunk_size=2000), request.on):
        row = line.vacancy
        writer.writerow(
            [
                row.pk, _plain(row.title), _plain(line.employer_name), line.occupation, row.occupation, line.area,
                row.openings, line.filled, _yuan(row.pay_min_fen), _yuan(row.pay_max_fen), line.state.label,
                row.published_on or "", row.closes_on or "",
            ]
        )  # fmt: skip
    return response


@permitted(VIEW_VACANCIES)
@require_safe
def detail(request: HttpRequest, pk: int) -> HttpResponse:
    """One vacancy: what it states, its places, and the pages that other rooms offer about it."""
    row = get_object_or_404(Vacancy.objects.visible_to(request.actor.scope), pk=pk)
    line = lines_of([row], request.on)[0]
    here = Employer.objects.visible_to(request.actor.scope).filter(pk=row.employer_id).exists()
    context = {
        "vacancy": row,
        "line": line,
        "facts": facts_in_words(row),
        "employer_here": here,
        "is_draft": line.state == State.DRAFT,
        "is_open": line.state in (State.OPEN, State.HELD),
        "is_held": line.state == State.HELD,
        "holds": queries.holds_of(vacancy=row, actor=request.actor, on=request.on),
        "pages": pages_about("vacancy", pk, actor=request.actor, rights=request.rights),
        "may_edit": EDIT_VACANCIES.code in request.rights,
        "may_publish": PUBLISH_VACANCIES.code in request.rights,
    }
    return render(request, "vacancies/detail.html", context)


@permitted(VIEW_VACANCIES)
@require_safe
def of_employer(request: HttpRequest, pk: int) -> HttpResponse:
    """The vacancies that an employer has in the reader's area."""
    get_object_or_404(Employer.objects.visible_to(request.actor.scope), pk=pk)
    found = queries.vacancies_of(employer=pk, actor=request.actor)
    page = Paginator(found, PAGE).get_page(request.GET.get("page"))
    context = {
        "employer": employer_card(pk=pk),
        "page": page,
        "lines": lines_of(page, request.on),
        "columns": _columns(),
        "may_edit": EDIT_VACANCIES.code in request.rights,
    }
    return render(request, "vacancies/of_employer.html", context)


def _found(request: HttpRequest, form: FilterForm) -> VacancyQuerySet:
    chosen = form.cleaned_data if form.is_valid() else {}
    if chosen.get("state") == "asked":
        return queries.asked_publications(scope=request.actor.scope)
    narrowed = VacancyFilter(
        state=chosen.get("state", ""),
        area=chosen.get("area", ""),
        employer=chosen.get("employer"),
        occupation=chosen.get("occupation", ""),
        text=chosen.get("q", ""),
    )
    return queries.vacancies_seen_by(actor=request.actor, narrowed=narrowed, on=request.on)


def _pages(request: HttpRequest, form: FilterForm) -> Paginator:
    """Open vacancies are counted whole, as is the figure of the start page that opens to them."""
    is_figure = form.is_valid() and form.cleaned_data.get("state") == State.OPEN
    return (Paginator if is_figure else BoundedPaginator)(_found(request, form), PAGE)


def _columns() -> list[dict]:
    return [
        {"label": _("Vacancy")},
        {"label": _("Employer")},
        {"label": _("Place")},
        {"label": _("Pay")},
        {"label": _("Filled"), "number": True},
        {"label": _("State")},
        {"label": _("Last public day")},
    ]


def _employer(request: HttpRequest, form: FilterForm) -> str:
    """The name of the employer to whom the list is narrowed, when it is one of the area."""
    pk = form.cleaned_data.get("employer") if form.is_valid() else None
    here = Employer.objects.visible_to(request.actor.scope).filter(pk=pk).exists() if pk else False
    return employer_card(pk=pk).name if here else ""


def _plain(text: str) -> str:
    """Text that a spreadsheet does not take for a formula."""
    return f"'{text}" if text[:1] in "=+-@\t\r" else text


def _yuan(fen: int | None) -> int | str:
    return "" if fen is None else fen // 100
