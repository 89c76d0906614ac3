"""Saved views over lists, and receipts with their public check."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from openpes.access.permissions import permitted, public
from openpes.counter import actions, queries
from openpes.counter.forms import ViewForm
from openpes.counter.models import Receipt, SavedView
from openpes.counter.permissions import USE_DESK
from openpes.counter.rules.views import plain_query
from openpes.engine.paper_codes import plain_code, spoken_code
from openpes.kernel import Refused
from openpes.kernel.absent import absent_is_404
from openpes.people.models import Person

LONGEST_CODE = 64


@permitted(USE_DESK)
@require_POST
def view_save(request: HttpRequest) -> HttpResponse:
    """Keep the filters of a list under a name."""
    form = ViewForm(request.POST)
    if not form.is_valid():
        raise Refused(_("Give the view a name."), next_step=_("A name has at most 40 characters."))
    try:
        back = reverse(form.cleaned_data["page"])
    except NoReverseMatch:
        raise Http404 from None
    actions.save_view(**form.cleaned_data, by=request.actor, at=request.at)
    messages.success(request, _("The view is kept."))
    return redirect(f"{back}?{plain_query(form.cleaned_data['query'])}")


@permitted(USE_DESK)
@require_POST
def view_drop(request: HttpRequest, pk: int) -> HttpResponse:
    """Take one's own view away."""
    with absent_is_404(SavedView.DoesNotExist):
        page = SavedView.objects.visible_to(request.actor.scope).get(pk=pk).page
        actions.drop_view(view=pk, by=request.actor, at=request.at)
    return redirect(page)


@permitted(USE_DESK)
@require_POST
def receipt_new(request: HttpRequest, pk: int) -> HttpResponse:
    """Make the receipt of what was done for a person today."""
    with absent_is_404(Person.DoesNotExist):
        made = actions.issue_receipt(person=pk, by=request.actor, at=request.at)
    return redirect("counter:receipt", made.pk)


@permitted(USE_DESK)
@never_cache
@require_safe
def receipt(request: HttpRequest, pk: int) -> HttpResponse:
    """The receipt as it is printed, with the code by which anybody can check it."""
    with absent_is_404(Receipt.DoesNotExist):
        found = queries.receipt(scope=request.actor.scope, pk=pk)
    context = {
        "receipt": found,
        "lines": queries.receipt_lines(found),
        "code": spoken_code(found.token),
        "link": request.build_absolute_uri(reverse("counter:receipt_scan", args=[found.token])),
    }
    return render(request, "counter/receipt.html", context)


@public
@never_cache
@require_safe
def receipt_scan(request: HttpRequest, token: str) -> HttpResponse:
    """What anybody who holds a receipt may know of it; every code that no receipt has is answered alike."""
    found = queries.checked_receipt(token=token)
    context = {"receipt": found, "asked": token}
    return render(request, "counter/receipt_check.html", context, status=200 if found else 404)


@public
@never_cache
@require_safe
def receipt_check(request: HttpRequest) -> HttpResponse:
    """Where the code of a receipt is typed; leads to the page that its QR code opens."""
    typed = plain_code(request.GET.get("code", ""))[:LONGEST_CODE]
    if typed and "/" not in typed:
        return redirect("counter:receipt_scan", token=typed)
    return render(request, "counter/receipt_check.html")
