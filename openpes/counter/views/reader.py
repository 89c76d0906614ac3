"""The card reader of this computer: how it speaks is remembered by the browser, a card is remembered by nobody."""

from datetime import timedelta

from django.contrib import messages
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from openpes.access.permissions import permitted
from openpes.counter.choices import ReaderDriver
from openpes.counter.forms import ReaderForm
from openpes.counter.permissions import USE_DESK

READER_COOKIE = "reader"
YEARS = timedelta(days=3 * 365)


@permitted(USE_DESK)
@require_http_methods(["GET", "POST"])
def reader(request: HttpRequest) -> HttpResponseBase:
    """Choose how the reader of this computer speaks, and try it."""
    driver, _colon, port = request.COOKIES.get(READER_COOKIE, "").partition(":")
    now = {"driver": driver if driver in ReaderDriver.values else ReaderDriver.WEDGE, "port": port}
    form = ReaderForm(request.POST or None, initial=now)
    if form.is_valid():
        messages.success(request, _("This computer uses the reader so from now on. Put a card on it to try."))
        answer = redirect("counter:reader")
        answer.set_cookie(READER_COOKIE, form.setting, YEARS, samesite="Lax", secure=request.is_secure())
        return answer
    return render(request, "counter/reader.html", {"form": form}, status=422 if form.errors else 200)
