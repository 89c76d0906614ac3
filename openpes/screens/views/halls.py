"""Screens of the service halls and the page on which their addresses are found."""

from urllib.parse import urlencode

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from openpes.access.permissions import public
from openpes.kernel.scope import CITY
from openpes.screens.choices import RULES, Charset, Group
from openpes.screens.queries import Setting, hall_board, led_lines, screen_list, selection_of, setting_of

LANGUAGES = tuple(code for code, _name in settings.LANGUAGES)


@public
@require_safe
def hall(request: HttpRequest) -> HttpResponse:
    """Today's open vacancies of an area, for a screen that nobody touches."""
    return _shown(request, "screens/hall.html")


@public
@require_safe
def rows(request: HttpRequest) -> HttpResponse:
    """The lines of a screen alone, which it asks for again and again."""
    answer = _shown(request, "screens/rows.html")
    answer["Cache-Control"] = "no-store"
    return answer


@public
@require_safe
def keeper(request: HttpRequest) -> HttpResponse:
    """The script by which a screen's box keeps the last good content; its address allows it the screens only."""
    answer = render(request, "screens/keeper.js", content_type="text/javascript")
    answer["Cache-Control"] = "no-cache"
    return answer


def _shown(request: HttpRequest, template: str) -> HttpResponse:
    setting = setting_of(request.GET, LANGUAGES)
    board = hall_board(setting=setting, on=request.on)
    language = setting.language or translation.get_language() or settings.LANGUAGE_CODE
    with translation.override(language):
        context = {
            "board": board,
            "at": request.at,
            "source": reverse("screens:rows"),
            "search_url": _search_url(request, setting),
        }
        answer = render(request, template, context)
    answer["Content-Language"] = language
    answer["X-Answered-At"] = request.at.isoformat()
    return answer


@public
@require_safe
def strip(request: HttpRequest) -> HttpResponse:
    """The same vacancies as one running line, for a strip of lights or a narrow screen."""
    setting = setting_of(request.GET, LANGUAGES)
    language = setting.language or translation.get_language() or settings.LANGUAGE_CODE
    with translation.override(language):
        lines = led_lines(selection=selection_of(setting), on=request.on)
        context = {"lines": lines, "setting": setting, "at": request.at, "source": reverse("screens:strip_text")}
        answer = render(request, "screens/strip.html", context)
    answer["Content-Language"] = language
    return answer


@public
@require_safe
def strip_text(request: HttpRequest) -> HttpResponse:
    """The lines as plain text, one each, for controllers of strips; in UTF-8, or GB18030 when the address says so."""
    setting = setting_of(request.GET, LANGUAGES)
    asked = request.GET.get("charset", "").lower()
    charset = asked if asked in Charset.values else Charset.UTF8.value
    with translation.override(setting.language or translation.get_language()):
        lines = led_lines(selection=selection_of(setting), on=request.on)
        text = "\r\n".join(lines or [str(_("No open vacancy at the moment. Please ask at the counter."))]) + "\r\n"
    answer = HttpResponse(text.encode(charset), content_type=f"text/plain; charset={charset}")
    answer["Cache-Control"] = "no-store"
    answer["X-Answered-At"] = request.at.isoformat()
    return answer


@public
@require_safe
def list(request: HttpRequest) -> HttpResponse:
    """The address of the screen of every unit of the city, level by level."""
    found = screen_list(inside=request.GET.get("area", ""), on=request.on)
    start = request.build_absolute_uri(reverse("screens:hall"))
    groups = [(group.value, group.label, RULES[group]) for group in Group]
    text = request.build_absolute_uri(reverse("screens:strip_text"))
    return render(request, "screens/list.html", {"found": found, "start": start, "groups": groups, "text": text})


def _search_url(request: HttpRequest, setting: Setting) -> str:
    """The public search that finds what a screen shows, for the code that people scan."""
    asked = {"place": setting.area if setting.area != CITY else "", "class": setting.occupation}
    query = urlencode({name: value for name, value in asked.items() if value})
    return request.build_absolute_uri(reverse("portal:search")) + (f"?{query}" if query else "")
