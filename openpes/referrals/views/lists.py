"""One introduction, and the lists that other pages lead to."""

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from openpes.access.permissions import permitted
from openpes.employers.models import Employer
from openpes.employers.queries import employer_card
from openpes.kernel.pages import pages_about
from openpes.people.models import Person
from openpes.referrals import queries
from openpes.referrals.choices import Answer
from openpes.referrals.models import Hire, Referral
from openpes.referrals.permissions import RECORD_ANSWERS, RECORD_HIRES, VIEW_REFERRALS
from openpes.referrals.views.parts import way_context
from openpes.vacancies.models import Vacancy
from openpes.vacancies.permissions import VIEW_VACANCIES
from openpes.vacancies.queries import vacancy_in_hand

PAGE = 30
OPEN_ANSWERS = ("", Answer.NO_ANSWER)


@permitted(VIEW_REFERRALS)
@require_safe
def detail(request: HttpRequest, pk: int) -> HttpResponse:
    """One introduction: the receipt with its number, the letter, the answer."""
    row = get_object_or_404(Referral.objects.visible_to(request.actor.scope), pk=pk)
    hire = Hire.objects.visible_to(request.actor.scope).filter(referral=row).first()
    context = {
        **way_context(request, row),
        "fresh": request.session.pop("introduced", None) == row.pk,
        "person_page": _person_page(request, row),
        "vacancy_page": _vacancy_page(request, row),
        "hire": hire,
        "may_answer": RECORD_ANSWERS.code in request.rights and row.answer in OPEN_ANSWERS,
        "may_hire": RECORD_HIRES.code in request.rights and row.answer in OPEN_ANSWERS,
        "checks": queries.checks_of_hire(hire=hire.pk) if hire else [],
    }
    return render(request, "referrals/detail.html", context)


def _person_page(request: HttpRequest, row: Referral) -> str:
    """Where the person is found, unless the person has moved out of the reader's area."""
    if not Person.objects.visible_to(request.actor.scope).filter(pk=row.person_id).exists():
        return ""
    pages = pages_about("person", row.person_id, actor=request.actor, rights=request.rights)
    return pages[0].url if pages else ""


def _vacancy_page(request: HttpRequest, row: Referral) -> str:
    """Where the vacancy is found, unless another area holds it."""
    inside = Vacancy.objects.visible_to(request.actor.scope).filter(pk=row.vacancy_id).exists()
    if inside and VIEW_VACANCIES.code in request.rights:
        return reverse("vacancies:detail", args=[row.vacancy_id])
    return ""


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
