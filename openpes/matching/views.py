"""The pages that show how suggestions are ranked, and who is suggested."""

from dataclasses import asdict

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.http import require_safe

from openpes.access.permissions import permitted
from openpes.engine.matching.weights import COMPONENTS, WHOLE
from openpes.engine.parameters import parameters
from openpes.matching.permissions import VIEW_FAIRNESS, VIEW_WEIGHTS
from openpes.matching.queries import fairness_tables, spread_figures, weights_on
from openpes.matching.rules import component_names
from openpes.network.queries import area_heading
from openpes.people.queries.records import group_title

COUNTY = 6  # the digits of a county: figures of groups are told for it and for the city


@permitted(VIEW_WEIGHTS)
@require_safe
def weights(request: HttpRequest) -> HttpResponse:
    """The weights in force today, what a partial fit earns, and every earlier edition with its source."""
    in_force = asdict(weights_on(request.on))
    names = component_names()
    components = [
        {
            "name": names[name],
            "points": in_force[name],
            "of_one": in_force[name] / 10_000,
            "steps": [(step, value // 100) for step, value in _steps(name, in_force)],
        }
        for name in COMPONENTS
    ]
    editions = parameters().history("matching_weights")
    shown = parameters().value("matching_suggestions", request.on)
    groups = zip(in_force["priority_groups"], in_force["priority_shares"], strict=True)
    context = {
        "components": components,
        "editions": editions,
        "shown": shown,
        "priority": in_force["priority"],
        "groups": [(group_title(number), in_force["priority"] * share // WHOLE) for number, share in groups],
    }
    return render(request, "matching/weights.html", context)


@permitted(VIEW_FAIRNESS)
@require_safe
def fairness(request: HttpRequest) -> HttpResponse:
    """Which groups of persons stand in the lists of the last night how often and how far up, with what that means."""
    county = request.actor.scope[:COUNTY]
    context = {
        "area": area_heading(county),
        "tables": fairness_tables(scope=county),
        "spread": spread_figures(scope=request.actor.scope),
        "columns": _heads(
            _("Group"), pgettext("figures", "Persons"), pgettext("figures", "Places"), _("In a list"),
            _("Share of places"), _("Places a person"), _("Mean rank"), _("Attention"),
        ),
        "spread_columns": _heads(
            _("Lists"), _("Vacancies shown"), pgettext("figures", "Of"), _("Gini coefficient"), _("Mean fit")
        ),
    }  # fmt: skip
    return render(request, "matching/fairness.html", context)


def _heads(first: str, *numbers: str) -> list[dict[str, object]]:
    return [{"label": first}, *({"label": label, "number": True} for label in numbers)]


def _steps(name: str, w: dict) -> list[tuple[str, int]]:
    """What a partial fit of a component earns, in ten-thousandths."""
    words = {
        "occupation": [
            _("another major class"), _("same major class"), _("same middle class"), _("same minor class"),
            _("same occupation"), _("no wish named"),
        ],
        "place": [_("another city"), _("same city"), _("same county"), _("same town"), _("same village")],
        "pay": [
            _("lowest pay reaches the wish"), _("only the highest pay reaches it"), _("a little below the wish"),
            _("pay not stated"),
        ],
        "education": [_("exactly as asked"), _("one grade more"), _("two grades more"), _("three grades more")],
    }  # fmt: skip
    shares = {
        "occupation": [*w["occupation_shared"], w["occupation_no_wish"]],
        "place": w["place_shared"],
        "pay": [10_000, w["pay_at_top"], w["pay_tolerated"], w["pay_unstated"]],
        "education": w["education_surplus"],
    }
    return list(zip(words.get(name, []), shares.get(name, []), strict=True))
