"""The clerk's desk: the start page, the find box, a person's page, candidates of a vacancy."""

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop
from django.views.decorators.http import require_POST, require_safe

from openpes.access.permissions import permitted
from openpes.codes.queries import occupation_label
from openpes.counter import queries
from openpes.counter.permissions import USE_DESK, WORK_QUEUE
from openpes.kernel.absent import absent_is_404
from openpes.matching.choices import CHANGES_SHOWN
from openpes.matching.permissions import VIEW_SUGGESTIONS
from openpes.matching.queries import (
    changes_for_vacancy,
    near_and_far,
    outlook_of_person,
    suggestions_for_vacancy,
)
from openpes.matters.queries import clock_of
from openpes.network.queries import area_heading
from openpes.people.actions import open_file
from openpes.people.models import Person
from openpes.people.queries import housemates_of
from openpes.referrals.queries import in_words
from openpes.registration.permissions import VIEW_REGISTRATIONS
from openpes.vacancies.models import Vacancy
from openpes.vacancies.queries import vacancy as vacancy_of

PAGE = 25
LINES_AT_ONCE, LEAST_SHOWN = 8, 2  # of what waits: more would hide the rest of the start page


@permitted(USE_DESK)
@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """What waits for the officer and the office, and the area with its units in numbers that open to their lists."""
    scope = request.actor.scope
    waiting = queries.waiting_lines(actor=request.actor, on=request.on, rights=request.rights)
    to_dos = queries.to_dos(scope=scope, on=request.on, rights=request.rights)
    first, later = waiting[: LINES_AT_ONCE - LEAST_SHOWN], waiting[LINES_AT_ONCE - LEAST_SHOWN :]
    shown = LINES_AT_ONCE - len(first)
    context = {
        "area_name": area_heading(scope),
        "waiting": first,
        "to_dos": to_dos[:shown],
        "later": later,
        "further": to_dos[shown:],
        "folded": len(later) + len(to_dos[shown:]),
        "home": queries.home_of(scope=scope, on=request.on, rights=request.rights),
        "may_call": WORK_QUEUE.code in request.rights,
    }
    return render(request, "counter/home.html", context)


@permitted(VIEW_REGISTRATIONS)
@require_safe
def wishes(request: HttpRequest) -> HttpResponse:
    """Whose job wishes are in force, inside the unit that the address names."""
    inside = request.GET.get("area", "")
    found = queries.wishes_of(scope=request.actor.scope, inside=inside, on=request.on)
    page = Paginator(found, PAGE).get_page(request.GET.get("page"))
    labels = (_("Name"), _("Wanted work"), _("Since"), _("Valid until"))
    context = {
        "page": page,
        "rows": [(wish, [occupation_label(code) for code in wish.occupations]) for wish in page],
        "columns": [{"label": label} for label in labels],
        "inside": area_heading(inside) if inside else "",
    }
    return render(request, "counter/wishes.html", context)


@permitted(USE_DESK, asks=True)
@require_POST
def find(request: HttpRequest) -> HttpResponse:
    """Persons that a number, name, initials or telephone may mean; asked by POST so that addresses stay clean."""
    text = request.POST.get("q", "").strip()[:80]
    found = queries.hits(scope=request.actor.scope, text=text, on=request.on) if text else []
    template = "counter/_hits.html" if request.htmx else "counter/find.html"
    return render(request, template, {"hits": found, "text": text, "may_register": "people.register" in request.rights})


@permitted(USE_DESK)
@require_safe
def person(request: HttpRequest, pk: int) -> HttpResponse:
    """A person's page: what the person is, what may be done now, jobs that fit. Opening it is journalled."""
    scope, on = request.actor.scope, request.on
    with absent_is_404(Person.DoesNotExist):
        holder = open_file(person=pk, purpose=gettext_noop("counter service"), by=request.actor, at=request.at)
    file = queries.person_file(holder, scope=scope)
    wish = file.register.wish_on(on, scope)
    suggests = VIEW_SUGGESTIONS.code in request.rights and wish is not None
    outlook = outlook_of_person(person=holder, wish=wish, on=on) if suggests and wish else None
    near, far = near_and_far(outlook.suggestions if outlook else [])
    introduced = {row.vacancy_id for row in file.introductions if not row.answer}
    context = {
        "may_call": WORK_QUEUE.code in request.rights,
        "card": file.card_on(on),
        **queries.badge_of(file.register.status_on(on, scope), file.departure),
        "gone": file.departure,
        "wish": wish,
        "rules": file.rules_on(on),
        "timeline": file.register.timeline[:8],
        "ledger": file.ledger,
        "groups": file.groups_on(on),
        "certificates": file.certificates_on(on),
        "matters": [(row, clock_of(row.due_on, on)) for row in file.matters],
        "appointments": file.appointments,
        "booklets": [(row, clock_of(row.due_on, on)) for row in file.booklets],
        "household": housemates_of(scope=scope, person=pk, on=on),
        "referrals": in_words(file.introductions, on=on, names={pk: holder.name}) if file.introductions else [],
        "introduced": introduced,
        "suggestions": near,
        "distant": far,
        "changes": outlook.changes[:CHANGES_SHOWN] if outlook else [],
    }
    return render(request, "counter/person.html", context)


@permitted(VIEW_SUGGESTIONS)
@require_safe
def candidates(request: HttpRequest, pk: int) -> HttpResponse:
    """Persons of the clerk's area that suit a vacancy, the best first, with reasons."""
    scope, on = request.actor.scope, request.on
    with absent_is_404(Vacancy.DoesNotExist):
        row = vacancy_of(scope=scope, pk=pk)
    context = {
        "vacancy": row,
        "suggestions": suggestions_for_vacancy(scope=scope, vacancy=pk, on=on),
        "changes": changes_for_vacancy(scope=scope, vacancy=pk, on=on)[:CHANGES_SHOWN],
    }
    return render(request, "counter/candidates.html", context)
