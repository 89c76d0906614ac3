"""One introduction, and the lists that other pages lead to."""

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from openpes.access.permissions import permitted
from openpes.employers.models import Employer
from openpes.employers.queries import employer_card
from openpes.referrals import queries
from openpes.referrals.models import Hire, Referral
from openpes.referrals.permissions import RECORD_ANSWERS, RECORD_HIRES, VIEW_REFERRALS
from openpes.vacancies.models import Vacancy
from openpes.vacancies.queries import vacancy_in_hand

PAGE = 30


@permitted(VIEW_REFERRALS)
@require_safe
def detail(request: HttpRequest, pk: int) -> HttpResponse:
    """One introduction: the receipt with its number, the letter, the answer."""
    row = get_object_or_404(Referral.objects.visible_to(request.actor.scope), pk=pk)
    context = {
        "row": queries.in_words([row], on=request.on)[0],
        "fresh": row.made_on == request.on and not row.answer,
        "hire": Hire.objects.visible_to(request.actor.scope).filter(referral=row).first(),
        "may_answer": RECORD_ANSWERS.code in request.rights and not row.answer,
        "may_hire": RECORD_HIRES.code in request.rights and not row.answer,
    }
    return render(request, "referrals/detail.html", context)


@permitted(VIEW_REFERRALS)
@require_safe
def of_vacancy(request: HttpRequest, pk: int) -> HttpResponse:
    """Whom the reader's area introduced to a vacancy."""
    get_object_or_404(Vacancy.objects.visible_to(request.actor.scope).published(), pk=pk)
    found = queries.referrals_of_vacancy(scope=request.actor.scope, vacancy=pk)
    page = Paginator(found, PAGE).get_page(request.GET.get("page"))
    context = {
        "vacancy": vacancy_in_hand(pk=pk, on=request.on),
        "page": page,
        "rows": queries.in_words([*page], on=request.on),
        "columns": [{"label": label} for label in (_("Person"), _("Letter"), _("Answer"))],
    }
    return render(request, "referrals/of_vacancy.html", context)


@permitted(VIEW_REFERRALS)
@require_safe
def hires_of_employer(request: HttpRequest, pk: int) -> HttpResponse:
    """Whom an employer hired among the people of the reader's area."""
    get_object_or_404(Employer.objects.visible_to(request.actor.scope), pk=pk)
    page = Paginator(queries.hires_at(scope=request.actor.scope, employer=pk), PAGE).get_page(
        request.GET.get("page")
    )
    columns = (_("Person"), _("Vacancy"), _("Work begins on"), _("Pay"))
    context = {
        "employer": employer_card(pk=pk),
        "page": page,
        "rows": queries.hires_in_words([*page]),
        "columns": [{"label": label} for label in columns],
    }
    return render(request, "referrals/hires_of_employer.html", context)
