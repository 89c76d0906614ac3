"""What staff keep of an employer: papers, people to call, sites, accounts; and the papers that run out."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from openpes.access.permissions import permitted
from openpes.employers import actions, queries
from openpes.employers.choices import MemberRight
from openpes.employers.forms import DocumentForm, MemberForm, PersonForm, SiteForm
from openpes.employers.models import Contact, Employer, LicenceDocument, Site
from openpes.employers.permissions import EDIT_EMPLOYERS, VIEW_EMPLOYERS
from openpes.employers.views.once import carried_password, password_once
from openpes.kernel import Refused
from openpes.kernel.scope import CITY, within


@dataclass(frozen=True)
class Written:
    """A form about an employer: its title, what it does, and a word before it."""

    title: str
    act: Callable[..., Any]
    lead: str = ""


@permitted(EDIT_EMPLOYERS)
def document_new(request: HttpRequest, pk: int) -> HttpResponseBase:
    """Write down a paper that was seen."""
    form = DocumentForm(request.POST or None)
    written = Written(_("A document that I have seen"), actions.note_document)
    return _about(request, pk, form, written)


@permitted(EDIT_EMPLOYERS)
@require_POST
def document_strike(request: HttpRequest, pk: int) -> HttpResponseBase:
    """Strike a paper out."""
    row = get_object_or_404(LicenceDocument.objects.visible_to(request.actor.scope).kept(), pk=pk)
    actions.strike_document(document=pk, by=request.actor, at=request.at)
    return redirect("employers:detail", pk=row.employer_id)


@permitted(VIEW_EMPLOYERS)
@require_safe
def document_list(request: HttpRequest) -> HttpResponse:
    """The papers of the area's employers that have run out or soon will."""
    found = queries.ending_documents(scope=request.actor.scope, on=request.on)
    context = {
        "rows": [(one, queries.runs_out(one, request.on)) for one in found],
        "columns": [{"label": label} for label in (_("Employer"), _("Document"), _("Valid until"))],
    }
    return render(request, "employers/documents.html", context)


@permitted(EDIT_EMPLOYERS)
def contact_new(request: HttpRequest, pk: int) -> HttpResponseBase:
    """Write down somebody who agreed to be contacted."""
    form = PersonForm(request.POST or None, initial={"given_on": request.on})
    lead = _("Only who agreed is called or written to, and only for what was agreed to.")
    return _about(request, pk, form, Written(_("Somebody to call or write to"), actions.note_contact, lead))


@permitted(EDIT_EMPLOYERS)
@require_POST
def consent_withdraw(request: HttpRequest, pk: int) -> HttpResponseBase:
    """Note that somebody wants no calls and messages any more."""
    row = get_object_or_404(Contact.objects.visible_to(request.actor.scope).open(), pk=pk)
    actions.withdraw_consent(contact=pk, by=request.actor, at=request.at)
    return redirect("employers:detail", pk=row.employer_id)


@permitted(EDIT_EMPLOYERS)
def site_new(request: HttpRequest, pk: int) -> HttpResponseBase:
    """Write down a place where the employer's people work."""
    return _about(request, pk, SiteForm(request.POST or None), Written(_("Where people work"), actions.add_site))


@permitted(EDIT_EMPLOYERS)
def site(request: HttpRequest, pk: int) -> HttpResponseBase:
    """Change a site."""
    row = _site(request, pk)
    names = SiteForm.base_fields
    form = SiteForm(request.POST or None, initial={name: getattr(row, name) for name in names})

    def change(*, employer: int, facts: Any, **told: Any) -> Any:
        return actions.change_site(site=pk, facts=facts, **told)

    return _about(request, row.employer_id, form, Written(_("Where people work"), change))


@permitted(EDIT_EMPLOYERS)
@require_POST
def site_give_up(request: HttpRequest, pk: int) -> HttpResponseBase:
    """Give a site up: nobody works there any more."""
    row = _site(request, pk)
    actions.give_up_site(site=pk, by=request.actor, at=request.at)
    return redirect("employers:detail", pk=row.employer_id)


@permitted(EDIT_EMPLOYERS)
@never_cache
def people_of(request: HttpRequest, pk: int) -> HttpResponseBase:
    """The accounts of an employer; the counter opens the first, for somebody who has shown an authority."""
    employer = get_object_or_404(Employer.objects.visible_to(request.actor.scope), pk=pk)
    members = queries.members_of(employer=pk)
    form = MemberForm(request.POST or None, initial={} if members else {"right": MemberRight.ADMIN})
    if form.is_valid():
        try:
            account, password = actions.invite_member(employer=pk, **form.cleaned_data, by=request.actor, at=request.at)
            return password_once(request.path, account.pk, password)
        except Refused as refused:
            form.refuse(refused)
    context = {"form": form, "employer": employer, "members": members, "given": carried_password(request, pk)}
    return render(request, "employers/people_of.html", context, status=422 if form.errors else 200)


def _site(request: HttpRequest, pk: int) -> Site:
    """A kept site of an employer of the reader's area, wherever in the city it stands."""
    with within(CITY):
        row = get_object_or_404(Site, pk=pk, until_on=None)
    get_object_or_404(Employer.objects.visible_to(request.actor.scope), pk=row.employer_id)
    return row


def _about(request: HttpRequest, pk: int, form: Any, written: Written) -> HttpResponseBase:
    """Show a form about an employer of the area, and do what it says."""
    employer = get_object_or_404(Employer.objects.visible_to(request.actor.scope), pk=pk)
    if form.is_valid():
        try:
            written.act(employer=pk, facts=form.facts(), by=request.actor, at=request.at)
            return redirect("employers:detail", pk=pk)
        except Refused as refused:
            form.refuse(refused)
    context = {"form": form, "employer": employer, "title": written.title, "lead": written.lead}
    return render(request, "employers/form.html", context, status=422 if form.errors else 200)
