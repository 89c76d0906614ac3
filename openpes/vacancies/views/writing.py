"""What a page tells while a vacancy is written: how complete it is, and which words would stop it."""

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from openpes.access.permissions import permitted, public
from openpes.codes.queries import occupation_code_of, occupation_options, occupation_words
from openpes.vacancies import queries
from openpes.vacancies.forms import VacancyForm
from openpes.vacancies.permissions import EDIT_VACANCIES, MANAGE_OWN
from openpes.vacancies.rules import VacancyFacts, completeness

TEXTS = ("title", "area", "address", "education_min", "conditions", "description")


@permitted(EDIT_VACANCIES, asks=True)
@require_POST
def check(request: HttpRequest) -> HttpResponse:
    """The score and the findings of what stands in the form of the counter now."""
    return _told(request)


@permitted(MANAGE_OWN, asks=True)
@require_POST
def check_mine(request: HttpRequest) -> HttpResponse:
    """The same for an employer's own form."""
    return _told(request)


@public
@require_safe
def occupations(request: HttpRequest) -> JsonResponse:
    """What the occupation picker offers: what is typed, or, while nothing is, the five likeliest of the title.

    Each of those tells its confidence and the words of the title that decided.
    """
    text, title = request.GET.get("q", "")[:50].strip(), request.GET.get("beside", "")[:120].strip()
    if text or not title:
        found = [
            {"value": occupation_words(one.code), "label": one.name, "more": f"{one.code} {one.path}".strip()}
            for one in occupation_options(text)
        ]
    else:
        found = [
            {"value": occupation_words(one.code), "label": one.label, "more": _more(one)}
            for one in queries.likely_occupations(title=title)
        ]
    return JsonResponse(found, safe=False)


def _more(one: queries.LikelyOccupation) -> str:
    told = {"code": one.code, "percent": one.percent, "words": _(", ").join(one.words)}
    if not one.words:
        return _("%(code)s · %(percent)s%% sure") % told
    if not one.percent:
        return _("%(code)s · less than 1%% sure, because of: %(words)s") % told
    return _("%(code)s · %(percent)s%% sure, because of: %(words)s") % told


def _told(request: HttpRequest) -> HttpResponse:
    form = VacancyForm(request.POST, actor=request.actor)
    form.is_valid()
    stated = {name: form.cleaned_data.get(name) for name in VacancyFacts.__dataclass_fields__}
    facts = VacancyFacts(
        **stated
        | {name: stated[name] or "" for name in TEXTS}
        | {name: tuple(stated[name] or ()) for name in ("skills_required", "skills_wanted", "benefits")}
        | {
            "employer": 0,
            "occupation": occupation_code_of(request.POST.get("occupation", "")[:60]) or "",
            "openings": stated["openings"] or 0,
            "term": stated["term"] or "",
            "experience_min": stated["experience_min"] or 0,
        }
    )
    checks = queries.checks_while_writing(facts=facts, on=request.on)
    likely = [] if facts.occupation or not facts.title.strip() else queries.likely_occupations(title=facts.title)
    context = {
        "score": completeness(facts),
        "checks": [check for check in checks if check.state != "ok"],
        "likely": [(one, _more(one)) for one in likely[:1]],
    }
    return render(request, "vacancies/_writing.html", context)
