"""What waits for somebody to look: the list, the holds of a vacancy, reports of readers, copies."""

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.http import require_http_methods, require_safe

from openpes.access.permissions import permitted
from openpes.employers.queries import employer_names
from openpes.kernel import Refused
from openpes.kernel.forms import HouseForm
from openpes.vacancies import actions, queries
from openpes.vacancies.choices import Finding, HoldGround, State
from openpes.vacancies.forms import CopyForm, DecideForm, HoldForm, JudgeForm, LiftForm
from openpes.vacancies.models import Vacancy
from openpes.vacancies.permissions import PUBLISH_VACANCIES
from openpes.vacancies.views.words import facts_in_words, lines_of


@permitted(PUBLISH_VACANCIES)
@require_safe
def looking(request: HttpRequest) -> HttpResponse:
    """Everything about vacancies that waits in the area, the most urgent first; `?kind=` narrows it."""
    kinds = {
        "": _("All"),
        "appeal": _("Appeals"),
        "new_employer": _("New employers"),
        "hold": _("Words and pay"),
        "report": _("Reports of readers"),
        "copy": _("Copies"),
    }
    found = queries.looks_waiting(scope=request.actor.scope, on=request.on)
    chosen = request.GET.get("kind", "")
    chosen = chosen if chosen in kinds else ""
    tabs = [
        {"kind": kind, "label": label, "count": sum(look.kind == kind or not kind for look in found)}
        for kind, label in kinds.items()
    ]
    context = {
        "tabs": tabs,
        "chosen": chosen,
        "looks": [(look, kinds[look.kind]) for look in found if chosen in ("", look.kind)],
        "columns": [
            {"label": label}
            for label in (pgettext("to look at", "What"), _("Vacancy"), pgettext("to look at", "Since"), _("Time left"))
        ],
    }
    return render(request, "vacancies/looking.html", context)


@permitted(PUBLISH_VACANCIES)
@require_http_methods(["GET", "POST"])
def held(request: HttpRequest, pk: int) -> HttpResponseBase:
    """The holds of a vacancy with their appeals: hold it, lift one, decide an appeal."""
    row = get_object_or_404(Vacancy.objects.visible_to(request.actor.scope), pk=pk)
    cards = queries.holds_of(vacancy=row, actor=request.actor, on=request.on)
    sent = request.POST if request.method == "POST" else None
    act = request.POST.get("act", "")
    open_ones = [card for card in cards if card.hold.ended_at is None]
    forms: dict[str, HouseForm] = {"hold": HoldForm(sent if act == "hold" else None, prefix="hold")}
    for card in open_ones:
        kind, name = (DecideForm, f"decide-{card.waiting.pk}") if card.waiting else (LiftForm, f"lift-{card.hold.pk}")
        forms[name] = kind(sent if act == name else None, prefix=name)
    form = forms.get(act)
    if form is not None and form.is_valid() and _tried(form, lambda: _keep_or_free(request, pk, act, form)):
        return redirect("vacancies:held", pk=pk)
    line = lines_of([row], request.on)[0]
    shown = [
        (card, forms.get(f"decide-{card.waiting.pk}" if card.waiting else f"lift-{card.hold.pk}")) for card in cards
    ]
    context = {
        "vacancy": row, "line": line, "cards": shown, "facts": facts_in_words(row),
        "form": forms["hold"] if line.state in (State.OPEN, State.HELD) else None,
    }  # fmt: skip
    return render(request, "vacancies/held.html", context, status=422 if form is not None and form.errors else 200)


def _keep_or_free(request: HttpRequest, pk: int, act: str, form: HouseForm) -> None:
    told, by, at = form.cleaned_data, request.actor, request.at
    if act == "hold":
        actions.hold_vacancy(
            vacancy=pk, ground=HoldGround(told["ground"]), words=told["words"], by=by, at=at
        )
    elif act.startswith("lift-"):
        actions.lift_hold(hold=int(act.removeprefix("lift-")), words=told["words"], by=by, at=at)
    else:
        granted, appeal = told["granted"] == "yes", int(act.removeprefix("decide-"))
        actions.decide_appeal(appeal=appeal, granted=granted, answer=told["answer"], by=by, at=at)


@permitted(PUBLISH_VACANCIES)
@require_http_methods(["GET", "POST"])
def reports(request: HttpRequest, pk: int) -> HttpResponseBase:
    """What readers reported about a vacancy, and what is true of it; a telephone number is shown with a purpose."""
    row = get_object_or_404(Vacancy.objects.visible_to(request.actor.scope), pk=pk)
    found = queries.reports_of(vacancy=pk, scope=request.actor.scope)
    sent, act = request.POST if request.method == "POST" else None, request.POST.get("act", "")
    forms = {
        f"judge-{one.pk}": JudgeForm(sent if act == f"judge-{one.pk}" else None, prefix=f"judge-{one.pk}")
        for one in found
        if not one.finding
    }
    form, phone, shown = forms.get(act), "", 0
    if form is not None and form.is_valid():
        told, report = form.cleaned_data, int(act.removeprefix("judge-"))
        judged = {"finding": Finding(told["finding"]), "answer": told["answer"]}
        if _tried(form, lambda: actions.judge_report(report=report, **judged, by=request.actor, at=request.at)):
            return redirect("vacancies:reports", pk=pk)
    elif act.startswith("phone-") and (shown := _whose(found, act.removeprefix("phone-"))):
        purpose = _("Asking back about a report")
        phone = actions.show_reporter(report=shown, purpose=purpose, by=request.actor, at=request.at)
    context = {
        "vacancy": row,
        "line": lines_of([row], request.on)[0],
        "reports": [(one, forms.get(f"judge-{one.pk}"), phone if one.pk == shown else "") for one in found],
    }
    return render(request, "vacancies/reports.html", context, status=422 if form is not None and form.errors else 200)


@permitted(PUBLISH_VACANCIES)
@require_http_methods(["GET", "POST"])
def copies(request: HttpRequest, pk: int) -> HttpResponseBase:
    """The advertisements that say the same as a vacancy, side by side: one vacancy, or two."""
    row = get_object_or_404(Vacancy.objects.visible_to(request.actor.scope), pk=pk)
    pairs = queries.copies_of(vacancy=pk, scope=request.actor.scope)
    sent, act = request.POST if request.method == "POST" else None, request.POST.get("act", "")
    forms = {
        f"copy-{pair.pk}": CopyForm(sent if act == f"copy-{pair.pk}" else None, prefix=f"copy-{pair.pk}")
        for pair in pairs
        if pair.state == "found"
    }
    form = forms.get(act)
    if form is not None and form.is_valid():
        does = actions.merge_copies if form.cleaned_data["decision"] == "one" else actions.keep_apart
        told = {"pair": int(act.removeprefix("copy-")), "words": form.cleaned_data["words"]}
        if _tried(form, lambda: does(**told, by=request.actor, at=request.at)):
            return redirect("vacancies:copies", pk=pk)
    names = employer_names(pks={one.employer_id for pair in pairs for one in (pair.kept, pair.copy)})
    context = {
        "vacancy": row,
        "line": lines_of([row], request.on)[0],
        "pairs": [
            (
                pair,
                forms.get(f"copy-{pair.pk}"),
                [(one, names.get(one.employer_id, ""), facts_in_words(one)) for one in (pair.kept, pair.copy)],
            )
            for pair in pairs
        ],
    }
    return render(request, "vacancies/copies.html", context, status=422 if form is not None and form.errors else 200)


def _tried(form: HouseForm, act: Callable[[], Any]) -> bool:
    """Whether the act was done; a refusal stands at the form."""
    try:
        act()
    except Refused as refused:
        form.refuse(refused)
        return False
    return True


def _whose(found: list, text: str) -> int:
    return next((one.pk for one in found if str(one.pk) == text and one.phone_sealed), 0)
