"""The digest: somebody asks for it, gets a code, tells it, and is written once a week."""

from datetime import timedelta

from django.core.signing import BadSignature, TimestampSigner
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from openpes.access.permissions import public
from openpes.kernel import Refused
from openpes.kernel.action import PLATFORM
from openpes.kernel.scope import CITY
from openpes.messages.actions import Wanted, ask_consent, confirm_consent
from openpes.screens.forms import CodeForm, SubscribeForm
from openpes.screens.views.limits import limited

PURPOSE = "digest"
VALID = timedelta(hours=1)


@limited("digest")
@public
@require_http_methods(["GET", "HEAD", "POST"])
def subscribe(request: HttpRequest) -> HttpResponse:
    """Ask for the weekly digest; the address gets a code, and nothing before it is told."""
    first = {"place": request.GET.get("area", CITY), "occupation": request.GET.get("class", "")[:1]}
    form = SubscribeForm(request.POST or None, city=CITY, initial=first)
    if request.method == "POST" and form.is_valid():
        told = form.cleaned_data
        wanted = Wanted(told["channel"], told["to"], PURPOSE, f"{told['place']}|{told['occupation']}")
        try:
            asked = ask_consent(wanted=wanted, area=told["place"], by=PLATFORM, at=request.at)
        except Refused as refused:
            form.refuse(refused)
        else:
            code = CodeForm(initial={"asked": TimestampSigner(salt=PURPOSE).sign(asked.pk)})
            return render(request, "screens/confirm.html", {"form": code, "mask": asked.to_mask})
    return render(request, "screens/subscribe.html", {"form": form}, status=422 if form.errors else 200)


@limited("digest")
@public
@never_cache
@require_POST
def confirm(request: HttpRequest) -> HttpResponse:
    """Tell the code: the subscription is in force."""
    form = CodeForm(request.POST)
    if form.is_valid():
        try:
            asked = int(TimestampSigner(salt=PURPOSE).unsign(form.cleaned_data["asked"], max_age=VALID))
            if confirm_consent(consent=asked, code=form.cleaned_data["code"], by=PLATFORM, at=request.at):
                return render(request, "screens/confirm.html", {"done": True})
            form.add_error("code", _("This is not the code that was sent. Look again, or ask for a new one."))
        except BadSignature:
            form.add_error("code", _("This page is too old. Ask for a new code."))
        except Refused as refused:
            form.refuse(refused)
    return render(request, "screens/confirm.html", {"form": form}, status=422)
