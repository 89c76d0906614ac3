"""An employer's own pages: its facts and contact, the people to call, its sites, its accounts, an appeal."""

from dataclasses import replace

from django.http import Http404, HttpRequest, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from openpes.access.models import Account
from openpes.access.permissions import permitted
from openpes.employers import actions, queries
from openpes.employers.choices import BlacklistOutcome, MemberRight
from openpes.employers.forms import AppealForm, ContactForm, MemberForm, PersonForm, SiteForm
from openpes.employers.models import BlacklistEntry, Contact, Site
from openpes.employers.permissions import KEEP_OWN_PEOPLE, MANAGE_OWN
from openpes.employers.views.lists import facts_in_words
from openpes.employers.views.once import carried_password, password_once
from openpes.kernel import Refused
from openpes.kernel.absent import absent_is_404
from openpes.network.queries import area_name


@permitted(MANAGE_OWN)
def mine(request: HttpRequest) -> HttpResponseBase:
    """What the office knows of the employer that is signed in; it keeps its contact up to date."""
    if not request.actor.employer:
        raise Http404
    employer = queries.employer_of(actor=request.actor)
    facts = actions.facts_of(employer)
    initial = {name: getattr(facts, name) for name in ContactForm.base_fields if name != "version"}
    form = ContactForm(request.POST or None, initial=initial | {"version": employer.version})
    if form.is_valid():
        written = {**form.cleaned_data}
        version = written.pop("version")
        try:
            actions.change_employer(
                employer=employer.pk, facts=replace(facts, **written), version=version, by=request.actor, at=request.at
            )
            return redirect("employers:mine")
        except Refused as refused:
            form.refuse(refused)
    context = {
        "form": form,
        "employer": employer,
        "facts": facts_in_words(employer, request.on),
        "contacts": queries.contacts_of(employer=employer.pk),
        "sites": [(one, area_name(one.area)) for one in queries.sites_of(employer=employer.pk, on=request.on)],
        "documents": [(one, queries.runs_out(one, request.on)) for one in queries.documents_of(employer=employer.pk)],
        "entries": queries.blacklist_of(employer=employer.pk, actor=request.actor),
    }
    return render(request, "employers/mine.html", context, status=422 if form.errors else 200)


@permitted(MANAGE_OWN)
def own_contact_new(request: HttpRequest) -> HttpResponseBase:
    """Name somebody of the own firm who agrees to be contacted."""
    form = PersonForm(request.POST or None, initial={"given_on": request.on, "way": "online"})
    del form.fields["way"]
    if form.is_valid():
        try:
            facts = form.facts(way="online")
            actions.note_contact(employer=_own(request), facts=facts, by=request.actor, at=request.at)
            return redirect("employers:mine")
        except Refused as refused:
            form.refuse(refused)
    return _form(request, form, _("Somebody to call or write to"))


@permitted(MANAGE_OWN)
@require_POST
def own_consent_withdraw(request: HttpRequest, pk: int) -> HttpResponseBase:
    """Withdraw a consent of somebody of the own firm."""
    get_object_or_404(Contact.objects.seen_by(request.actor).open(), pk=pk)
    actions.withdraw_consent(contact=pk, by=request.actor, at=request.at)
    return redirect("employers:mine")


@permitted(MANAGE_OWN)
def own_site_new(request: HttpRequest) -> HttpResponseBase:
    """Write down a place where people of the own firm work."""
    form = SiteForm(request.POST or None)
    if form.is_valid():
        try:
            actions.add_site(employer=_own(request), facts=form.facts(), by=request.actor, at=request.at)
            return redirect("employers:mine")
        except Refused as refused:
            form.refuse(refused)
    return _form(request, form, _("Where our people work"))


@permitted(MANAGE_OWN)
@require_POST
def own_site_give_up(request: HttpRequest, pk: int) -> HttpResponseBase:
    """Give a site of the own firm up."""
    get_object_or_404(Site.objects.seen_by(request.actor), pk=pk, until_on=None)
    actions.give_up_site(site=pk, by=request.actor, at=request.at)
    return redirect("employers:mine")


@permitted(MANAGE_OWN)
def own_appeal(request: HttpRequest, pk: int) -> HttpResponseBase:
    """Appeal against the own entry on the blacklist."""
    decided = BlacklistEntry.objects.seen_by(request.actor).filter(outcome=BlacklistOutcome.ENTERED)
    entry = get_object_or_404(decided, pk=pk)
    form = AppealForm(request.POST or None)
    if form.is_valid():
        try:
            actions.appeal_blacklisting(entry=pk, **form.cleaned_data, by=request.actor, at=request.at)
            return redirect("employers:mine")
        except Refused as refused:
            form.refuse(refused)
    return _form(request, form, _("Appeal against the entry on the blacklist"), entry.words)


@permitted(KEEP_OWN_PEOPLE)
@never_cache
def people(request: HttpRequest) -> HttpResponseBase:
    """The accounts of the own firm: who has one and what each may do, and a form that invites another."""
    own, form = _own(request), MemberForm(request.POST or None)
    if form.is_valid():
        try:
            account, password = actions.invite_member(
                employer=own, **form.cleaned_data, by=request.actor, at=request.at
            )
            return password_once(request.path, account.pk, password)
        except Refused as refused:
            form.refuse(refused)
    context = {
        "form": form,
        "members": queries.members_of(employer=own),
        "rights": MemberRight.choices,
        "me": request.actor.id,
        "given": carried_password(request, own),
    }
    return render(request, "employers/people.html", context, status=422 if form.errors else 200)


@permitted(KEEP_OWN_PEOPLE)
@require_POST
def member(request: HttpRequest, pk: int) -> HttpResponseBase:
    """Give a colleague another right, or end the account."""
    with absent_is_404(Account.DoesNotExist):
        right = request.POST.get("right", "")
        if right:
            actions.change_member(employer=_own(request), account=pk, right=right, by=request.actor, at=request.at)
        else:
            actions.end_member(employer=_own(request), account=pk, by=request.actor, at=request.at)
    return redirect("home" if pk == request.actor.id else "employers:people")


def _own(request: HttpRequest) -> int:
    if not request.actor.employer:
        raise Http404
    return request.actor.employer


def _form(request: HttpRequest, form: object, title: str, lead: str = "") -> HttpResponseBase:
    context = {"form": form, "title": title, "lead": lead}
    status = 422 if form.errors else 200  # type: ignore[attr-defined]
    return render(request, "employers/own_form.html", context, status=status)
