"""What a member of staff follows: subscriptions with their files, the address for mails, who gets what of an area."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from openpes.access.permissions import permitted
from openpes.kernel import Refused
from openpes.kernel.absent import absent_is_404
from openpes.network.queries import area_heading, area_label, areas_above, areas_below
from openpes.statistics.actions import addresses
from openpes.statistics.actions import following as actions
from openpes.statistics.forms import AddressForm, CodeForm, SubscribeForm
from openpes.statistics.models import FigureAlert, Subscription, SubscriptionIssue
from openpes.statistics.permissions import VIEW_RECIPIENTS, VIEW_REPORTS
from openpes.statistics.queries import following as queries
from openpes.statistics.views.asked import month_words, read_asked
from openpes.statistics.views.files import attached
from openpes.statistics.views.thresholds import alert_lines, threshold_line


@permitted(VIEW_REPORTS)
@require_safe
def following(request: HttpRequest) -> HttpResponse:
    """What I follow: my subscriptions, the figures that I have watched, where I am told."""
    return _following(request)


@permitted(VIEW_REPORTS)
@require_POST
def subscribe(request: HttpRequest) -> HttpResponseBase:
    """Have the board or the report of an area every month."""
    form, asked = SubscribeForm(request.POST), read_asked(request)
    if form.is_valid():
        return _tried(
            request, form,
            lambda: actions.subscribe(facts=form.facts(asked.area), by=request.actor, at=request.at), wanted=form,
        )  # fmt: skip
    return _following(request, wanted=form, status=422)


@permitted(VIEW_REPORTS)
@require_POST
def give_address(request: HttpRequest) -> HttpResponseBase:
    """Have a code sent to the address at which I want to be told."""
    form = AddressForm(request.POST)
    if form.is_valid():
        return _tried(
            request, form,
            lambda: addresses.give_address(to=form.cleaned_data["to"], by=request.actor, at=request.at), address=form,
        )  # fmt: skip
    return _following(request, address=form, status=422)


@permitted(VIEW_REPORTS)
@require_POST
def confirm_address(request: HttpRequest) -> HttpResponseBase:
    """Tell the code that went to the address."""
    form = CodeForm(request.POST)
    if not form.is_valid():
        return _following(request, code=form, status=422)
    try:
        if addresses.confirm_address(code=form.cleaned_data["code"], by=request.actor, at=request.at):
            messages.success(request, _("Mails go to this address from now on."))
            return redirect("statistics:following")
    except Refused as refused:
        form.refuse(refused)
    else:
        form.add_error("code", _("This is not the code that was sent."))
        # A wrong guess counts, so this answer must not undo what was written.
        return _following(request, code=form)
    return _following(request, code=form, status=422)


@permitted(VIEW_REPORTS)
@require_POST
def take_address_back(request: HttpRequest) -> HttpResponseBase:
    """Be told by mail no longer."""
    addresses.take_address_back(by=request.actor, at=request.at)
    messages.success(request, _("Nothing is mailed to you any longer; this page stays."))
    return redirect("statistics:following")


@permitted(VIEW_REPORTS)
@require_safe
def subscription(request: HttpRequest, pk: int) -> HttpResponse:
    """One subscription with every file that it brought."""
    return render(request, "statistics/subscription.html", _one(request, pk))


@permitted(VIEW_REPORTS)
@require_POST
def change_subscription(request: HttpRequest, pk: int) -> HttpResponseBase:
    """Pause my subscription, let it go on, or end it."""
    _seen(request, pk)
    try:
        actions.change_subscription(
            subscription=pk, change=request.POST.get("change", ""), by=request.actor, at=request.at
        )
    except Refused as refused:
        return render(request, "statistics/subscription.html", _one(request, pk) | {"refused": refused}, status=422)
    return redirect("statistics:subscription", pk=pk)


@permitted(VIEW_REPORTS)
@require_safe
def issue(request: HttpRequest, pk: int) -> HttpResponse:
    """The PDF of one month, the same bytes as were brought."""
    with absent_is_404(SubscriptionIssue.DoesNotExist):
        found = SubscriptionIssue.objects.visible_to(request.actor.scope).get(pk=pk)
    row = _seen(request, found.subscription_id)
    name = f"{row.content}-{row.area}-{found.from_on:%Y-%m}.pdf"
    return attached(bytes(found.pages), name, "application/pdf")


@permitted(VIEW_RECIPIENTS)
@require_safe
def recipients(request: HttpRequest) -> HttpResponse:
    """Who gets what of an area every month, and who has which of its figures watched."""
    asked, scope = read_asked(request), request.actor.scope
    rules = list(queries.thresholds_in(scope=scope, area=asked.area))
    names = queries.names_of({one.account for one in rules})
    context = {
        "asked": asked,
        "area_name": area_heading(asked.area),
        "above": areas_above(asked.area, scope),
        "below": areas_below(asked.area),
        "lines": [
            (one, area_label(one.subscription.area), month_words(one.last) if one.last else "")
            for one in queries.recipients(scope=scope, area=asked.area)
        ],
        "rules": [(names.get(one.account, "–"), threshold_line(one)) for one in rules],
    }
    return render(request, "statistics/recipients.html", context)


def _tried(request: HttpRequest, form: Any, act: Callable[[], object], **shown: Any) -> HttpResponseBase:
    try:
        act()
    except Refused as refused:
        form.refuse(refused)
        return _following(request, **shown, status=422)
    return redirect("statistics:following")


def _following(request: HttpRequest, status: int = 200, **forms: Any) -> HttpResponse:
    asked, scope, account = read_asked(request), request.actor.scope, request.actor.id
    known = queries.addresses_of(account=account)
    own = queries.thresholds_in(scope=scope, area=scope).filter(account=account)
    alerts = FigureAlert.objects.visible_to(scope).open().filter(threshold__account=account).select_related("threshold")
    context = {
        "asked": asked,
        "area_name": area_heading(asked.area),
        "above": areas_above(asked.area, scope),
        "below": areas_below(asked.area),
        "lines": [_line(one) for one in queries.subscriptions_of(scope=scope, account=account)],
        "rules": [threshold_line(one) for one in own],
        "alerts": alert_lines(scope, list(alerts)),
        "given": next((one for one in known if one.given_at), None),
        "waits": next((one for one in known if not one.given_at), None),
        "wanted": SubscribeForm(initial={"language": get_language()}),
        "address": AddressForm(),
        "code": CodeForm(),
        "may_see_recipients": VIEW_RECIPIENTS.code in request.rights,
        "faulty": next(iter(forms.values()), None),
        **forms,
    }
    return render(request, "statistics/following.html", context, status=status)


def _line(one: Subscription) -> dict[str, Any]:
    return {"one": one, "area": area_heading(one.area), "language": one.language}


def _seen(request: HttpRequest, pk: int) -> Subscription:
    """The subscription, for its holder and for whoever may see who gets what.

    :raises Http404: there is none for this reader
    """
    with absent_is_404(Subscription.DoesNotExist):
        row = Subscription.objects.visible_to(request.actor.scope).get(pk=pk)
    if row.account != request.actor.id and VIEW_RECIPIENTS.code not in request.rights:
        raise Http404
    return row


def _one(request: HttpRequest, pk: int) -> dict[str, Any]:
    row, scope = _seen(request, pk), request.actor.scope
    return {
        "row": row,
        "area_name": area_heading(row.area),
        "holder": queries.names_of({row.account}).get(row.account, "–"),
        "issues": [(one, month_words(one.from_on)) for one in queries.issues_of(scope=scope, subscription=pk)],
        "mine": row.account == request.actor.id,
    }
