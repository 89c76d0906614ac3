"""Acts on a selection: what would happen is shown for each, then done for all or for the good ones."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from openpes.access.permissions import permitted
from openpes.counter import actions
from openpes.counter.choices import BulkKind
from openpes.counter.forms import BulkForm, Officers, form_of
from openpes.counter.permissions import USE_DESK
from openpes.counter.queries import bulk_kinds
from openpes.counter.rules.bulk import why_not_so_many
from openpes.kernel import Refused, refuse_if
from openpes.matters.queries import colleague_of, near_colleagues

TOLD = 5  # refusals that are repeated after the act; all were shown before it


@permitted(USE_DESK, asks=True)
@require_POST
def bulk(request: HttpRequest) -> HttpResponse:
    """Show for each chosen person what would happen; nothing is changed."""
    kind, persons = _asked(request)
    sent = request.POST if "shown" in request.POST else None
    form = form_of(kind, sent, _officers(request, kind))
    rows = None
    if (form.is_bound and form.is_valid()) or (kind == BulkKind.CONFIRM and sent is None):
        told = (
            form.cleaned_data if form.is_bound else {name: field.initial or "" for name, field in form.fields.items()}
        )
        rows = actions.foresee(kind=kind, persons=persons, told=told, by=request.actor, at=request.at)
    return _page(request, kind, persons, form, rows)


@permitted(USE_DESK)
@require_POST
def bulk_act(request: HttpRequest) -> HttpResponse:
    """Do it: for all or nobody, or for those where it can be done."""
    kind, persons = _asked(request)
    form = form_of(kind, request.POST, _officers(request, kind))
    if not form.is_valid():
        return _page(request, kind, persons, form, None)
    told = {"kind": kind, "persons": persons, "told": form.cleaned_data}
    try:
        done = actions.act_on_many(**told, whole="whole" in request.POST, by=request.actor, at=request.at)
    except Refused:
        messages.warning(request, _("Nothing was done: it cannot be done for everybody."))
        return _page(request, kind, persons, form, actions.foresee(**told, by=request.actor, at=request.at), 422)
    count = sum(row.can for row in done)
    said = ngettext("%(act)s: done for %(n)s person.", "%(act)s: done for %(n)s persons.", count)
    messages.success(request, said % {"act": kind.label, "n": count})
    for row in [row for row in done if not row.can][:TOLD]:
        messages.warning(request, f"{row.name or '—'}: {' '.join(map(str, row.reasons))}")
    return redirect(_back(request))


def _asked(request: HttpRequest) -> tuple[BulkKind, list[int]]:
    form = BulkForm(request.POST)
    if not form.is_valid() or BulkKind(form.cleaned_data["act"]) not in bulk_kinds(request.rights):
        raise PermissionDenied
    persons = form.cleaned_data["pick"]
    refuse_if(why_not_so_many(rows=len(persons), on=request.on))
    return BulkKind(form.cleaned_data["act"]), persons


def _officers(request: HttpRequest, kind: BulkKind) -> Officers:
    near = near_colleagues(actor=request.actor, on=request.on) if kind == BulkKind.ASSIGN else {}
    return Officers(near, lambda text: colleague_of(scope=request.actor.scope, on=request.on, text=text))


def _back(request: HttpRequest) -> str:
    """The list from which somebody came, never another site."""
    back = request.POST.get("back", "")
    return back if url_has_allowed_host_and_scheme(back, allowed_hosts=None) else "counter:home"


def _page(
    request: HttpRequest,
    kind: BulkKind,
    persons: list[int],
    form: Any,
    rows: list[actions.Foreseen] | None,
    status: int = 200,
) -> HttpResponse:
    can = sum(row.can for row in rows or ())
    context = {
        "kind": kind, "persons": persons, "form": form, "rows": rows, "can": can,
        "cannot": len(rows) - can if rows else 0, "back": request.POST.get("back", ""),
    }  # fmt: skip
    return render(request, "counter/bulk.html", context, status=422 if form.errors else status)
