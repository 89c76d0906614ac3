"""Signing in by a code to the registered telephone: the number, then the code."""

from collections.abc import Callable
from functools import wraps

from django.conf import settings
from django.contrib.auth import login
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render, resolve_url
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from openpes.access import actions
from openpes.access.forms import PhoneCodeForm, PhoneForm
from openpes.access.queries import NOBODY, codes_stand_on_the_list
from openpes.kernel import Reason, Refused
from openpes.kernel.rates import seconds_to_wait

BACKEND = "openpes.config.sign_in.ActiveAccounts"
View = Callable[[HttpRequest], HttpResponseBase]


def counted(view: View) -> View:
    """A page of the door, for everybody: what one address sends is counted before anything is looked up."""

    @wraps(view)
    def guarded(request: HttpRequest) -> HttpResponseBase:
        seconds = seconds_to_wait("phone_code", request, request.at) if request.method == "POST" else 0
        return _too_often(request, seconds) if seconds else view(request)

    guarded.permission = "public"  # type: ignore[attr-defined]
    return guarded


@counted
@never_cache
@require_http_methods(["GET", "POST"])
def ask(request: HttpRequest) -> HttpResponse:
    """Where the number is typed; every mobile number is answered alike, with the page for the code."""
    form = PhoneForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            actions.ask_code(**form.cleaned_data, by=NOBODY, at=request.at)
            return _code_page(request, PhoneCodeForm(initial=form.cleaned_data))
        except Refused as refused:
            form.refuse(refused)
    context = {"form": form, "next": _wanted(request), "on_the_list": codes_stand_on_the_list()}
    return render(request, "access/by_phone.html", context, status=422 if form.errors else 200)


@counted
@never_cache
@require_POST
def enter(request: HttpRequest) -> HttpResponseBase:
    """Try the code; whatever is wrong with it is answered in the same words."""
    form = PhoneCodeForm(request.POST)
    if form.is_valid():
        told = form.cleaned_data
        account = actions.try_code(phone=told["phone"], digits=told["code"], by=NOBODY, at=request.at)
        if account is not None:
            login(request, account, backend=BACKEND)
            return redirect(_wanted(request) or resolve_url(settings.LOGIN_REDIRECT_URL))
        form.refuse(_wrong())
    return _code_page(request, form)


def _code_page(request: HttpRequest, form: PhoneCodeForm) -> HttpResponse:
    context = {"form": form, "next": _wanted(request), "on_the_list": codes_stand_on_the_list()}
    return render(request, "access/phone_code.html", context, status=422 if form.errors else 200)


def _wanted(request: HttpRequest) -> str:
    """Where to go afterwards, on this site only."""
    wanted = request.POST.get("next") or request.GET.get("next", "")
    safe = url_has_allowed_host_and_scheme(wanted, {request.get_host()}, require_https=request.is_secure())
    return wanted if safe else ""


def _wrong() -> Refused:
    text = _("This code opens nothing: it is wrong, too old, used, or was tried too often.")
    return Refused(Reason(text, field="code", next_step=_("Compare it with the message, or ask for a new code.")))


def _too_often(request: HttpRequest, seconds: int) -> HttpResponse:
    minutes = -(-seconds // 60)
    wait = ngettext("Try again in %(n)s minute.", "Try again in %(n)s minutes.", minutes) % {"n": minutes}
    reason = Reason(_("Too many codes were asked for or tried from your address."), next_step=wait)
    answer = render(request, "look/refused.html", {"reasons": [reason]}, status=429)
    answer["Retry-After"] = str(seconds)
    return answer
