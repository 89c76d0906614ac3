"""The page that shows how suggestions are ranked."""

from dataclasses import asdict

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from openpes.access.permissions import permitted
from openpes.engine.matching.weights import COMPONENTS
from openpes.engine.parameters import parameters
from openpes.matching.permissions import VIEW_WEIGHTS
from openpes.matching.queries import weights_on
from openpes.matching.rules import component_names


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
    return render(request, "matching/weights.html", {"components": components, "editions": editions, "shown": shown})


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
