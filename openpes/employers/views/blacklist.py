"""The blacklist of employers: the list, proposing, deciding, answering an appeal."""

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from openpes.access.permissions import permitted
from openpes.employers import actions, queries
from openpes.employers.choices import BlacklistOutcome
from openpes.employers.forms import AppealForm, BlameForm, RulingForm
from openpes.employers.models import BlacklistEntry, Employer
from openpes.employers.permissions import BLACKLIST, VIEW_EMPLOYERS
from openpes.kernel import Refused


@permitted(VIEW_EMPLOYERS)
@require_safe
def blacklist(request: HttpRequest) -> HttpResponse:
    """The entries of the area: those that wait for a second officer, and those in force."""
    scope = request.actor.scope
    held = BlacklistEntry.objects.visible_to(scope).in_force_on(request.on)
    context = {
        "waiting": list(queries.blacklist_work(scope=scope)),
        "held": list(held.select_related("employer").order_by("ends_on", "pk")[:200]),
    }
    return render(request, "employers/blacklist.html", context)


@permitted(BLACKLIST)
def blacklist_new(request: HttpRequest, pk: int) -> HttpResponseBase:
    """Propose to put an employer on the blacklist."""
    employer = get_object_or_404(Employer.objects.visible_to(request.actor.scope), pk=pk)
    form = BlameForm(request.POST or None, initial={"begins_on": request.on})
    if form.is_valid():
        try:
            entry = actions.propose_blacklisting(employer=pk, blame=form.blame(), by=request.actor, at=request.at)
            return redirect("employers:entry", pk=entry.pk)
        except Refused as refused:
            form.refuse(refused)
    lead = _("It counts when a colleague has decided; then nothing of this employer is published or referred to.")
    context = {"form": form, "employer": employer, "title": _("Propose for the blacklist"), "lead": lead}
    return render(request, "employers/form.html", context, status=422 if form.errors else 200)


@permitted(VIEW_EMPLOYERS)
def entry(request: HttpRequest, pk: int) -> HttpResponseBase:
    """One entry: what is told of the employer, who decides, the appeal and its answer."""
    found = BlacklistEntry.objects.visible_to(request.actor.scope).select_related("employer")
    row = get_object_or_404(found, pk=pk)
    form = AppealForm() if row.outcome else RulingForm()
    if request.method == "POST":
        form, done = _ruled(request, row)
        if done:
            return redirect("employers:entry", pk=pk)
    context = {
        "row": row,
        "form": form,
        "in_force": found.in_force_on(request.on).filter(pk=pk).exists(),
        "may": BLACKLIST.code in request.rights,
        "stands": row.outcome == BlacklistOutcome.ENTERED and row.lifted_on is None and row.ends_on > request.on,
        "answers": row.appealed_at is not None and not row.appeal_outcome,
    }
    return render(request, "employers/entry.html", context, status=422 if form.errors else 200)


def _ruled(request: HttpRequest, row: BlacklistEntry) -> tuple[RulingForm | AppealForm, bool]:
    """Decide, note an appeal, or answer it, whichever is the entry's next step."""
    ruling = row.outcome == "" or (row.appealed_at is not None and not row.appeal_outcome)
    form: RulingForm | AppealForm = RulingForm(request.POST) if ruling else AppealForm(request.POST)
    if not form.is_valid():
        return form, False
    words, act = form.cleaned_data["words"], request.POST.get("act", "") == "yes"
    told = {"entry": row.pk, "words": words, "by": request.actor, "at": request.at}
    try:
        if BLACKLIST.code not in request.rights:
            raise Refused(_("Your role does not decide on the blacklist."))
        if not row.outcome:
            actions.decide_blacklisting(enters=act, **told)
        elif ruling:
            actions.answer_blacklist_appeal(lifts=act, **told)
        else:
            actions.appeal_blacklisting(**told)
    except Refused as refused:
        form.refuse(refused)
        return form, False
    return form, True
