"""Bulletins: printed by staff, read and carried away by everybody."""

from datetime import timedelta
from io import BytesIO
from urllib.parse import urlencode
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from openpes.access.permissions import permitted, public
from openpes.kernel import Refused, clock
from openpes.kernel.absent import absent_is_404
from openpes.look.queries import city_name, qr_svg
from openpes.network.queries import area_label
from openpes.screens import actions, queries
from openpes.screens.actions import BulletinFacts
from openpes.screens.forms import BulletinForm
from openpes.screens.models import Bulletin
from openpes.screens.permissions import PRINT_BULLETINS

A_DAY, A_WEEK = timedelta(days=1), timedelta(days=7)


@public
@require_safe
def bulletins(request: HttpRequest) -> HttpResponse:
    """The latest bulletins, to be read, printed again or carried to a place without a line."""
    found = queries.bulletins(area=request.GET.get("area", ""))
    rows = [(one, _title(one), area_label(one.area), one.until_on - A_DAY) for one in found]
    context = {"rows": rows, "may_print": PRINT_BULLETINS.code in request.rights}
    return render(request, "screens/bulletins.html", context)


@permitted(PRINT_BULLETINS)
@require_http_methods(["GET", "HEAD", "POST"])
def bulletin_new(request: HttpRequest) -> HttpResponse:
    """Print a bulletin from what is open."""
    first = {"from_on": request.on - A_WEEK + A_DAY, "last_on": request.on, "language": translation.get_language()}
    form = BulletinForm(request.POST or None, scope=request.actor.scope, initial=first)
    if request.method == "POST" and form.is_valid():
        facts = BulletinFacts(**form.facts())
        try:
            made = actions.print_bulletin(facts=facts, link=_link(request, facts), by=request.actor, at=request.at)
        except Refused as refused:
            form.refuse(refused)
        else:
            messages.success(request, _("Bulletin %(number)s is ready.") % {"number": made.number})
            return redirect("screens:bulletins")
    return render(request, "screens/bulletin_new.html", {"form": form}, status=422 if form.errors else 200)


@public
@require_safe
def bulletin_pdf(request: HttpRequest, pk: int) -> HttpResponse:
    """A bulletin exactly as it was printed first."""
    found = _found(pk)
    answer = HttpResponse(bytes(found.pages), content_type="application/pdf")
    answer["Content-Disposition"] = f'inline; filename="{found.number}.pdf"'
    return answer


@public
@require_safe
def bulletin_pack(request: HttpRequest, pk: int) -> HttpResponse:
    """A bulletin for a stick: one page that opens without a line, and the PDF; the same bytes each time."""
    found = _found(pk)
    page = _page(request, found)
    buffer = BytesIO()
    with ZipFile(buffer, "w") as pack:
        for name, content in (("index.html", page.encode()), (f"{found.number}.pdf", bytes(found.pages))):
            entry = ZipInfo(name, found.printed_at.astimezone(clock.BUSINESS_ZONE).timetuple()[:6])
            entry.compress_type = ZIP_DEFLATED
            pack.writestr(entry, content)
    answer = HttpResponse(buffer.getvalue(), content_type="application/zip")
    answer["Content-Disposition"] = f'attachment; filename="{found.number}.zip"'
    return answer


def _page(request: HttpRequest, found: Bulletin) -> str:
    with translation.override(found.language):
        places: dict[str, list[dict]] = {}
        for row in found.listed:
            places.setdefault(row["place"], []).append(row)
        context = {
            "bulletin": found, "area": area_label(found.area), "city": city_name(), "last_on": found.until_on - A_DAY,
            "places": sorted(places.items()), "pdf": f"{found.number}.pdf", "language": found.language,
            "qr": qr_svg(request.build_absolute_uri(reverse("screens:bulletin_pdf", args=[found.pk]))),
        }  # fmt: skip
        return render_to_string("screens/pack.htm", context)


def _title(one: Bulletin) -> str:
    """The usual title in the reader's language; one that somebody wrote, as it was written."""
    with translation.override(one.language):
        usual = _("Open vacancies")
    return _("Open vacancies") if one.title == usual else one.title


def _found(pk: int) -> Bulletin:
    with absent_is_404(Bulletin.DoesNotExist):
        return queries.bulletin(number=pk)


def _link(request: HttpRequest, facts: BulletinFacts) -> str:
    query = urlencode([("place", facts.area), *(("class", code) for code in facts.occupations[:1])])
    return request.build_absolute_uri(reverse("portal:search")) + f"?{query}"
