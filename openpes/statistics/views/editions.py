"""Pages of reports on their way to the public: drafts, published editions, the count made again."""

from datetime import date
from typing import Any
from urllib.parse import quote

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import get_language, pgettext
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from openpes.access.permissions import permitted
from openpes.engine.calendars import Period
from openpes.kernel import Refused
from openpes.kernel.absent import absent_is_404
from openpes.network.queries import area_heading, area_label
from openpes.statistics.actions import editions as actions
from openpes.statistics.actions.editions import ReportFacts
from openpes.statistics.choices import ReturnKind
from openpes.statistics.forms import read_choice, read_year
from openpes.statistics.models import ReportDraft, ReportEdition
from openpes.statistics.permissions import PUBLISH_REPORTS, VIEW_REPORTS
from openpes.statistics.queries import PrintedTable, from_stored
from openpes.statistics.queries import editions as kept
from openpes.statistics.queries.papers import cell_text, heading_of, rule_name, terms_of
from openpes.statistics.queries.returns import RETURNS, AskedReturn, return_of
from openpes.statistics.rules import period_title

LANGUAGE_NAMES = {"zh-hans": "中文", "en": "English"}


@permitted(VIEW_REPORTS)
@require_safe
def edition_list(request: HttpRequest) -> HttpResponse:
    """Drafts that wait for another pair of hands, and everything that was published."""
    scope = request.actor.scope
    context = {
        "drafts": [(one, area_label(one.area), period_title(one.period)) for one in kept.drafts(scope=scope)],
        "editions": [(one, area_label(one.area), period_title(one.period)) for one in kept.editions(scope=scope)[:60]],
    }
    return render(request, "statistics/edition_list.html", context)


@permitted(PUBLISH_REPORTS)
@require_POST
def draw_up(request: HttpRequest) -> HttpResponseBase:
    """Draw up the report that the page shows."""
    scope, reason = request.actor.scope, " ".join(request.POST.get("reason", "").split())
    if request.POST.get("kind") == ReturnKind.AGENCIES:
        year = read_year(request.POST, scope=scope, on=request.on)
        _refuse_days(year.refused)
        facts = ReportFacts(year.area, year.period, reason=reason, kind=ReturnKind.AGENCIES)
    else:
        chosen = read_choice(request.POST, scope=scope, on=request.on)
        _refuse_days(chosen.refused)
        facts = ReportFacts(chosen.area, chosen.period, chosen.allotted, reason)
    draft = actions.draw_up_report(facts=facts, by=request.actor, at=request.at)
    return redirect("statistics:draft", pk=draft.pk)


@permitted(VIEW_REPORTS)
@require_safe
def draft(request: HttpRequest, pk: int) -> HttpResponse:
    """A draft: its figures as they are now, and its text, every sentence of which may be edited."""
    scope = request.actor.scope
    with absent_is_404(ReportDraft.DoesNotExist):
        found = kept.draft(scope=scope, pk=pk)
    made = return_of(found.kind, AskedReturn(scope, found.area, found.period, found.allotted))
    context = {
        "draft": found,
        **_about(found),
        "texts": _texts(found.texts),
        "tables": [plain(table) for table in from_stored(made.tables())],
        "may_publish": PUBLISH_REPORTS.code in request.rights,
        "is_own": not request.actor.hands.isdisjoint(found.drawn_up_hands),
    }
    return render(request, "statistics/draft.html", context)


def _refuse_days(said: str) -> None:
    """A page shows other days and says so; nothing is drawn up of days that nobody asked for."""
    if said:
        raise Refused(said, next_step=_("Go back and choose the days again."))


@permitted(PUBLISH_REPORTS)
@require_POST
def edit(request: HttpRequest, pk: int) -> HttpResponseBase:
    """Put own words in place of one sentence."""
    typed = request.POST
    version = typed.get("version", "")
    with absent_is_404(ReportDraft.DoesNotExist):
        actions.edit_sentence(
            draft=pk, language=typed.get("language", ""), key=typed.get("key", ""), text=typed.get("text", ""),
            version=int(version) if version.isdecimal() else 0, by=request.actor, at=request.at,
        )  # fmt: skip
    place = quote(f"said-{typed.get('language', '')}-{typed.get('key', '')}")
    return redirect(f"{reverse('statistics:draft', args=[pk])}#{place}")  # back to the sentence, not to the top


@permitted(PUBLISH_REPORTS)
@require_POST
def lay_aside(request: HttpRequest, pk: int) -> HttpResponseBase:
    """Give a draft up."""
    with absent_is_404(ReportDraft.DoesNotExist):
        actions.lay_draft_aside(draft=pk, by=request.actor, at=request.at)
    messages.success(request, _("The draft is laid aside."))
    return redirect("statistics:edition_list")


@permitted(PUBLISH_REPORTS)
@require_POST
def publish(request: HttpRequest, pk: int) -> HttpResponseBase:
    """Publish a draft that another pair of hands drew up."""
    with absent_is_404(ReportDraft.DoesNotExist):
        made = actions.publish_report(draft=pk, by=request.actor, at=request.at)
    messages.success(request, _("Report %(number)s is published.") % {"number": made.number})
    return redirect("statistics:edition", pk=made.pk)


@permitted(VIEW_REPORTS)
@require_safe
def edition(request: HttpRequest, pk: int) -> HttpResponse:
    """A published report with every number, its seals, and how often it was counted again."""
    scope = request.actor.scope
    with absent_is_404(ReportEdition.DoesNotExist):
        found = kept.edition(scope=scope, pk=pk)
    context = {
        "edition": found,
        **_about(found),
        "texts": _texts(found.texts),
        "tables": [plain(table) for table in from_stored(found.tables)],
        "checks": kept.checks_of(scope=scope, edition=pk),
        "other_editions": [one for one in _editions_like(found, scope) if one.pk != pk],
        "may_check": PUBLISH_REPORTS.code in request.rights,
        "is_current": found.definition == RETURNS[found.kind].definition,
        "compared": [(period_title(_days(one)), one) for one in found.compared],
    }
    return render(request, "statistics/edition.html", context)


@permitted(PUBLISH_REPORTS)
@require_POST
def check(request: HttpRequest, pk: int) -> HttpResponseBase:
    """Count a published report again."""
    with absent_is_404(ReportEdition.DoesNotExist):
        made = actions.check_report(edition=pk, by=request.actor, at=request.at)
    if made.same:
        messages.success(request, _("Counted again: the same seal, the same figures."))
    else:
        messages.warning(request, _("Counted again: the rows have changed since publication. See the list of checks."))
    return redirect("statistics:edition", pk=pk)


def heading(kind: str, area: str) -> str:
    """What a return of an area is called."""
    if kind == ReturnKind.AGENCIES:
        return _("Employment agencies of %(area_name)s: annual form 7") % {"area_name": area_heading(area)}
    return _("Supply and demand in %(area_name)s") % {"area_name": area_heading(area)}


def _about(found: ReportDraft | ReportEdition) -> dict[str, Any]:
    """What a draft or an edition is about, in words."""
    names = {"points": _("offices"), "staff": _("staff"), "hires": _("hires")}
    listed = [f"{found.others[key]:,} {name}" for key, name in names.items() if key in found.others]
    comma = pgettext("between parts of a list", ", ")
    return {
        "area_name": area_heading(found.area),
        "heading": heading(found.kind, found.area),
        "title": period_title(found.period),
        "rule": rule_name(found.allotted),
        "terms": terms_of(found.kind, found.allotted),
        "is_form": found.kind == ReturnKind.AGENCIES,
        "others": "".join(f"{comma}{one}" for one in listed),
    }


def _editions_like(found: ReportEdition, scope: str) -> list[ReportEdition]:
    return kept.editions_of(scope=scope, area=found.area, period=found.period, kind=found.kind)


def _days(other: dict[str, str]) -> Period:
    return Period(date.fromisoformat(other["from_on"]), date.fromisoformat(other["until_on"]))


def _texts(texts: dict[str, list[dict[str, str]]]) -> list[tuple[str, str, list[dict[str, str]]]]:
    own_first = sorted(texts.items(), key=lambda one: one[0] != get_language())
    return [(language, LANGUAGE_NAMES[language], lines) for language, lines in own_first]


def plain(table: PrintedTable, is_public: bool = False) -> dict[str, Any]:
    """A table without addresses, its cells as they are printed."""
    lines = [{"line": line, "cells": [cell_text(cell, is_public) for cell in line.cells]} for line in table.rows]
    return {"table": table, "heading": heading_of(table), "lines": lines, "is_public": is_public}
