"""Introducing a person to a vacancy, printing the letter, and checking it."""

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from openpes.access.permissions import permitted, public, public_check
from openpes.codes.queries import occupation_label
from openpes.kernel import Reason, Refused
from openpes.kernel.absent import absent_is_404
from openpes.network.queries import area_full_name
from openpes.people.models import Person
from openpes.referrals import actions, queries, rules
from openpes.referrals.models import Referral
from openpes.referrals.permissions import REFER, VIEW_REFERRALS
from openpes.referrals.views.parts import paper_of
from openpes.vacancies.models import Vacancy

LONGEST_CODE = 64

@permitted(REFER)
@require_http_methods(["GET", "POST"])
def new(request: HttpRequest) -> HttpResponseBase:
    """Both sides, what speaks against it, and the button that makes the letter (`?person=&vacancy=`)."""
    person, vacancy = _number(request, "person"), _number(request, "vacancy")
    reasons: tuple[Reason, ...] = ()
    with absent_is_404(Person.DoesNotExist, Vacancy.DoesNotExist):
        if request.method == "POST":
            try:
                made = actions.refer(person=person, vacancy=vacancy, by=request.actor, at=request.at)
                request.session["introduced"] = made.pk
                return redirect("referrals:detail", pk=made.pk)
            except Refused as refused:
                reasons = refused.reasons
        found = queries.prospect(person=person, vacancy=vacancy, scope=request.actor.scope, on=request.on)
    context = {
        "prospect": found,
        "reasons": reasons or found.reasons,
        "place": area_full_name(found.vacancy.area),
        "occupation": occupation_label(found.vacancy.occupation),
    }
    return render(request, "referrals/new.html", context, status=422 if reasons else 200)


@permitted(VIEW_REFERRALS)
@never_cache
@require_safe
def letter(request: HttpRequest, pk: int) -> HttpResponse:
    """The letter as a PDF."""
    with absent_is_404(Referral.DoesNotExist):
        row = queries.referral(actor=request.actor, pk=pk)
    return paper_of(request, row)


@public_check("papers")
@never_cache
@require_safe
def verify(request: HttpRequest, token: str) -> HttpResponse:
    """What anybody who holds a letter may know of it; every code that no letter has is answered alike."""
    found = queries.letter_by_token(token=token, on=request.on)
    return render(request, "referrals/verify.html", {"letter": found, "asked": token}, status=200 if found else 404)


@public
@never_cache
@require_safe
def check(request: HttpRequest) -> HttpResponse:
    """Where the code of a letter is typed; leads to the page that its QR code opens."""
    typed = rules.plain_code(request.GET.get("code", ""))[:LONGEST_CODE]
    if typed and "/" not in typed:
        return redirect("referrals:verify", token=typed)
    return render(request, "referrals/verify.html")


def _number(request: HttpRequest, name: str) -> int:
    text = request.GET.get(name, "")
    if not text.isdecimal() or len(text) > 18:
        raise Http404
    return int(text)
