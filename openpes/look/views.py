"""Pages of the look itself: the style pages, the reader's preferences, and the pages of refusal."""

from datetime import timedelta
from http import HTTPStatus

from django.conf import settings
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from openpes.access.permissions import public
from openpes.kernel import clock
from openpes.kernel.refusal import Reason
from openpes.look.choices import Size, Theme
from openpes.look.forms import SpecimenForm
from openpes.look.queries import Preferences, city_name, frame_of, initials_of_signs, qr_svg, typeset

ONE_YEAR = timedelta(days=365)
PLAIN = "look/plain.html"
STYLE_PAGES = ("parts", "desk", "search", "screen", "refused")


@public
@require_safe
def initials(request: HttpRequest) -> HttpResponse:
    """The pinyin initials of the characters of all labels, by which the command palette finds them."""
    answer = JsonResponse(initials_of_signs(), json_dumps_params={"ensure_ascii": False})
    answer["Cache-Control"] = "public, max-age=86400"
    return answer


@public
@require_safe
def prefer(request: HttpRequest) -> HttpResponse:
    """Keep a theme, a text size or a language in a cookie of this browser and go back to the page."""
    back = request.GET.get("next", "/")
    if not url_has_allowed_host_and_scheme(back, {request.get_host()}, require_https=request.is_secure()):
        back = "/"
    answer = HttpResponseRedirect(back)
    known = {"theme": Theme.values, "size": Size.values, "language": [code for code, _name in settings.LANGUAGES]}
    for name, choices in known.items():
        value = request.GET.get(name, "")
        if value in choices:
            cookie = settings.LANGUAGE_COOKIE_NAME if name == "language" else name
            answer.set_cookie(cookie, value, ONE_YEAR, samesite="Lax", secure=request.is_secure())
    return answer


@public
@require_safe
def style(request: HttpRequest, page: str = "parts") -> HttpResponse:
    """All components on one page, or one of the layouts filled with examples, for developers and tests."""
    if page not in STYLE_PAGES:
        raise Http404
    bound = {"left_on": "2027-13-01", "phone": "123"} if "errors" in request.GET else None
    context = {
        "form": SpecimenForm(bound, initial={"phone": "13800000000", "wants_work": True}),
        "pages": Paginator(range(1, 512), 20).get_page(request.GET.get("page")),
        "qr": qr_svg(request.build_absolute_uri()),
        "today": clock.now(),
        "reasons": _example_reasons(),
        "columns": _example_columns(),
        "rows": _example_rows(),
    }
    return render(request, f"look/style_{page}.html", context)


@public
@require_safe
def style_letter(request: HttpRequest) -> HttpResponse:
    """The letterhead with an example text, as a PDF."""
    at = clock.now()
    values = {
        "city": city_name(),
        "language": get_language() or "en",
        "title": _("Example letter"),
        "number": "0000-000000",
        "qr": qr_svg(request.build_absolute_uri()),
        "labels": {"number": _("No."), "page": _("Page")},
        "facts": [[_("Name"), "䶮㛃·𬭎𫖯"], [_("Date"), at.date().isoformat()]],
        "text": _("This page shows the letterhead. Every printed page of the platform starts from it."),
    }
    return HttpResponse(typeset("look/style.typ", values, at), content_type="application/pdf")


def _example_columns() -> list[dict[str, object]]:
    return [
        {"label": _("Job"), "sort": "name"},
        {"label": _("Place"), "sort": "area"},
        {"label": _("Places"), "sort": "count", "number": True},
        {"label": _("Filled")},
    ]


def _example_rows() -> list[dict[str, object]]:
    names = ("缝纫工", "茉莉花采摘工", "仓库管理员", "货车司机", "幼儿教师", "电子装配工")
    places = ("兴宁区", "横州市", "西乡塘区", "良庆区", "青秀区", "上林县")
    return [
        {"name": name, "area": area, "employer": "南宁示例有限公司", "count": 272 * n, "places": 6 * n, "share": n / 8}
        for n, (name, area) in enumerate(zip(names, places, strict=True), start=1)
    ]


def _example_reasons() -> list[Reason]:
    return [
        Reason(
            _("The vacancy has no places left: 3 of 3 are filled."),
            clause=_("Example Act, art. 3"),
            next_step=_("Ask the employer whether more places are wanted, or choose another vacancy."),
        ),
        Reason(
            _("The person has an open employment period since 2026-03-01."),
            clause=_("Example Act, art. 2"),
            next_step=_("End the employment period first, with its date and reason."),
        ),
    ]


def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """Handler of 400."""
    return render(request, "look/400.html", status=HTTPStatus.BAD_REQUEST)


def forbidden(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """Handler of 403."""
    return render(request, "look/403.html", {"frame": frame_of(request, PLAIN)}, status=HTTPStatus.FORBIDDEN)


def csrf_failed(request: HttpRequest, reason: str = "") -> HttpResponse:
    """The page when a form came without its secret, most often because it was open for a long time."""
    return render(request, "look/403_form.html", status=HTTPStatus.FORBIDDEN)


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """Handler of 404; says the same for what is absent and for what lies outside the reader's area."""
    return render(request, "look/404.html", {"frame": frame_of(request, PLAIN)}, status=HTTPStatus.NOT_FOUND)


def form_only(request: HttpRequest) -> HttpResponse:
    """The page at an address that only takes forms, when somebody opens or reloads it: 405."""
    context = {"frame": frame_of(request, PLAIN)}
    return render(request, "look/405.html", context, status=HTTPStatus.METHOD_NOT_ALLOWED)


def failed(request: HttpRequest) -> HttpResponse:
    """Handler of 500; asks nothing of the database or the context processors, which may be what failed."""
    page = render_to_string("look/500.html", {"look": Preferences(), "city_name": ""})
    return HttpResponse(page, status=HTTPStatus.INTERNAL_SERVER_ERROR)
