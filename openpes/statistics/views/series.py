"""The series behind the charts of a report and of a target, as files."""

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from openpes.kernel.absent import absent_is_404
from openpes.statistics import queries
from openpes.statistics.forms import read_choice
from openpes.statistics.models import Target
from openpes.statistics.queries.targets import months_of, standing
from openpes.statistics.rules import quarter_title
from openpes.statistics.views.downloads import as_file, in_both_kinds


def _quarters(request: HttpRequest, kind: str) -> HttpResponse:
    scope = request.actor.scope
    chosen = read_choice(request.GET, scope=scope, on=request.on)
    found = queries.recent_quarters(scope=scope, area=chosen.area, period=chosen.period)
    heads = (_("Quarter"), _("Demand (places)"), _("Job seekers"), _("Ratio of demand to seekers"))
    rows = [
        (quarter_title(one.period), one.valid.demand or 0, one.valid.seekers or 0, one.valid.ratio) for one in found
    ]  # fmt: skip
    return as_file(kind, f"quarters-{chosen.area}-{chosen.code}", _("The last eight quarters"), heads, rows)


def _target(request: HttpRequest, kind: str, pk: int) -> HttpResponse:
    scope = request.actor.scope
    with absent_is_404(Target.DoesNotExist):
        row = Target.objects.visible_to(scope).get(pk=pk)
    heads = (_("By the end of"), _("Target"), _("Plan of the day"), pgettext("figures", "Number"), _("Numerator"),
             _("Denominator"))  # fmt: skip
    rows = [
        (
            f"{one.month:%Y-%m}", row.goal, standing(row, one.measured, one.month).plan, one.measured.value,
            one.measured.numerator, one.measured.denominator,
        )
        for one in months_of(scope=scope, target=row, on=request.on)
    ]  # fmt: skip
    return as_file(kind, f"target-{row.indicator}-{row.area}-{row.year}", _("Month by month"), heads, rows)


quarters_csv, quarters_xlsx = in_both_kinds(_quarters)
target_months_csv, target_months_xlsx = in_both_kinds(_target)
