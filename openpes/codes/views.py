"""Public pages of the code lists and of the dated parameters, and the answers of the occupation picker."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from openpes.access.permissions import public
from openpes.codes import queries
from openpes.codes.choices import BASES, GROUPS, PARTS, TRACKS, UNITS, WHOM
from openpes.engine.areas import areas
from openpes.engine.occupations import occupations
from openpes.engine.parameters import DatedValue, Parameter


@public
def code_list(request: HttpRequest) -> HttpResponse:
    """Every small code set with its source."""
    columns = [
        {"label": pgettext("code list", "List")},
        {"label": pgettext("code list", "Codes"), "number": True},
        {"label": pgettext("code list", "National field")},
        {"label": pgettext("code list", "Source")},
    ]
    return render(request, "codes/code_list.html", {"sets": queries.code_sets(), "columns": columns})


@public
def code_set(request: HttpRequest, set_name: str) -> HttpResponse:
    """The codes of one set."""
    try:
        found = queries.code_set(set_name)
    except queries.UnknownCodeSet:
        raise Http404(_("There is no such code list.")) from None
    ranked = any(item.rank is not None for item in found.items)
    columns = [
        {"label": pgettext("code list", "Code")},
        {"label": pgettext("code list", "Name")},
        {"label": pgettext("code list", "Other language")},
    ]
    columns += [{"label": pgettext("code list", "Rank"), "number": True}] if ranked else []
    return render(request, "codes/code_set.html", {"set": found, "ranked": ranked, "columns": columns})


@public
def parameter_list(request: HttpRequest) -> HttpResponse:
    """Every dated parameter with all its values, their dates and sources; those that a search finds."""
    text = " ".join(request.GET.get("q", "")[:50].split())
    groups = [
        {
            "code": group,
            "title": GROUPS.get(group, group),
            "parameters": [_shown_parameter(one, request.on) for one in members],
        }
        for group, members in queries.parameter_groups()
    ]
    found = [group | {"parameters": _found(group, text.casefold())} for group in groups] if text else groups
    context = {"groups": [group for group in found if group["parameters"]], "on": request.on, "text": text}
    return render(request, "codes/parameter_list.html", context)


@public
def occupation_list(request: HttpRequest) -> HttpResponse:
    """The classification of occupations, one branch at a time, or what a search finds."""
    text, under = request.GET.get("q", "").strip(), request.GET.get("under", "")
    tree = occupations()
    if under and under not in tree:
        raise Http404(_("There is no such occupation."))
    found = tree.search(text, limit=50, levels=(2, 3, 4)) if text else tree.children(under)
    context = {
        "listed": [{"one": one, "name": queries.occupation_label(one.code)} for one in found],
        "above": (*tree.ancestors(under), tree[under]) if under and not text else (),
        "text": text,
        "columns": [
            {"label": label}
            for label in (
                pgettext("code list", "Code"),
                pgettext("code list", "Name"),
                pgettext("code list", "Also called"),
            )
        ],
    }
    return render(request, "codes/occupation_list.html", context)


@public
def occupation_options(request: HttpRequest) -> JsonResponse:
    """Suggestions of the occupation picker: a list of value, label and more."""
    options = queries.occupation_options(request.GET.get("q", "")[:50], wide="wide" in request.GET)
    answer = [
        {"value": queries.occupation_words(o.code), "label": o.name, "more": f"{o.code} {o.path}".strip()}
        for o in options
    ]
    return JsonResponse(answer, safe=False)


def _found(group: Mapping[str, Any], text: str) -> list[Mapping[str, Any]]:
    """The parameters of a group that a text finds: all of them by the name of the group, else by name or source."""
    if text in str(group["title"]).casefold():
        return group["parameters"]
    return [one for one in group["parameters"] if text in _words_of(one).casefold()]


def _words_of(one: Mapping[str, Any]) -> str:
    known = [one["title"], one["name"]]
    for value in one["values"]:
        known += [value["source"], value["plain"], *(f"{name} {part}" for name, part in value["parts"])]
    return " ".join(known)


def _shown_parameter(parameter: Parameter, on: date) -> Mapping[str, Any]:
    newest_on = max((value.from_on for value in parameter.values if value.from_on <= on), default=None)
    return {
        "name": parameter.name,
        "title": queries.in_language(parameter.title_zh, parameter.title_en),
        "unit": UNITS.get(parameter.unit, ""),
        "values": [_shown_value(parameter, value, newest_on) for value in reversed(parameter.values)],
    }


def _shown_value(parameter: Parameter, value: DatedValue, newest_on: date | None) -> Mapping[str, Any]:
    basis, tone = BASES[value.basis]
    is_table = isinstance(value.value, Mapping)
    return {
        "from_on": value.from_on,
        "in_force": value.from_on == newest_on,
        "plain": "" if is_table else _plain(value.value, parameter.unit),
        "parts": _parts(value.value, parameter.unit) if is_table else [],
        "source": _(value.source),
        "basis": basis,
        "tone": tone,
    }


def _parts(table: Mapping[str, Any], unit: str) -> list[tuple[Any, str]]:
    return [(_part_title(name), _plain(part, unit)) for name, part in table.items()]


def _part_title(name: str) -> Any:
    return areas()[name].name if name in areas() else PARTS.get(name, name)


def _plain(value: Any, unit: str) -> str:
    if isinstance(value, bool):
        return pgettext("code list", "yes") if value else pgettext("code list", "no")
    if value in TRACKS:
        return str(TRACKS[value])
    if isinstance(value, tuple):
        return ", ".join(str(item) for item in value)
    if isinstance(value, str) and set(value.split()) <= set(WHOM):
        return str(_(", ")).join(str(WHOM[word]) for word in value.split())
    if unit.startswith("fen"):
        yuan, fen = divmod(value, 100)
        return f"{yuan:,}.{fen:02d}"
    return str(value)
