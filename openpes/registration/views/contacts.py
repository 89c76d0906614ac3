"""Confirmations of unemployment: who is due, and writing one down."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from openpes.access.permissions import permitted
from openpes.registration import queries
from openpes.registration.actions import confirm_unemployment
from openpes.registration.forms import ContactForm
from openpes.registration.permissions import REGISTER_UNEMPLOYMENT, VIEW_REGISTRATIONS
from openpes.registration.views.pane import person_or_404

PAGE = 25


@permitted(VIEW_REGISTRATIONS)
@require_safe
def contact_list(request: HttpRequest) -> HttpResponse:
    """Whose confirmation is due, the longest silence first."""
    due = queries.due_contacts(scope=request.actor.scope, on=request.on)
    inside = request.GET.get("area", "")
    found = Paginator(due.visible_to(inside) if inside else due, PAGE)
    page = found.get_page(request.GET.get("page"))
    labels = (_("Name"), _("Telephone"), _("Last contact"), _("Due since"), _("Reminded on"), _("Ends on"), "")
    context = {
        "page": page,
        "rows": queries.contacts_in_words([*page], on=request.on),
        "columns": [{"label": label} for label in labels],
        "may_confirm": REGISTER_UNEMPLOYMENT.code in request.rights,
    }
    return render(request, "registration/contact_list.html", context)


@permitted(REGISTER_UNEMPLOYMENT)
@require_POST
def contact_new(request: HttpRequest, pk: int) -> HttpResponse:
    """Write a confirmation down."""
    person = person_or_404(request, pk)
    form = ContactForm(request.POST)
    if form.is_valid():
        confirm_unemployment(person=person.pk, **form.cleaned_data, by=request.actor, at=request.at)
        messages.success(request, _("%(name)s is confirmed as unemployed.") % {"name": person.name})
    return redirect("registration:file", pk)
