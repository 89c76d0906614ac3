"""What the founding plan asks is declared once: the pages print it, and a proposal takes it over with its clause."""

from datetime import date
from decimal import Decimal

from django.urls import reverse
from django.utils import translation

from openpes.engine.indicators.declared import indicator_on
from openpes.kernel import within
from openpes.kernel.scope import CITY
from openpes.statistics.models import Target
from openpes.statistics.queries.named import plan_words
from tests.statistics.small_city import HERE, build

ON = date(2026, 11, 20)
LIST, PROPOSE = reverse("statistics:target_list"), reverse("statistics:target_propose")


@translation.override("en")
def test_the_plan_speaks_of_the_city_from_its_year_on_and_with_its_own_denominator():
    communities, rate = (indicator_on(code, ON) for code in ("full_employment_communities", "unemployment_rate"))
    assert plan_words(communities, CITY, 2026) == "plan: 75 %, 153 of 204"
    assert plan_words(indicator_on("points_online", ON), CITY, 2026) == "plan: 100 %, 1,858 of 1,858"
    assert plan_words(rate, CITY, 2026) == "plan: 4 %"
    assert plan_words(rate, HERE, 2026) == plan_words(rate, CITY, 2006) == ""
    assert plan_words(indicator_on("unemployed", ON), CITY, 2026) == ""


def test_the_plan_stands_beside_the_values_of_the_city_alone(cast):
    address = reverse("statistics:indicator_list")
    assert "plan: 75 %, 153 of 204" in cast.city_clerk.client().get(address).content.decode()
    assert "plan: " not in cast.county_clerk.client().get(address).content.decode()


def test_a_proposal_takes_the_plan_over_and_what_is_proposed_is_not_offered_again(cast):
    build()
    clerk = cast.city_clerk.client()
    offered = clerk.get(LIST).context["offered"]
    link = next(one["address"] for one in offered if "indicator=reemployed_hard" in one["address"])
    form = clerk.get(f"{LIST}?{link}").context["form"]
    told = {name: form[name].value() for name in form.fields}
    source = indicator_on("reemployed_hard", ON).source
    assert told == {
        "indicator": "reemployed_hard", "goal": Decimal(90), "from_on": "2026-01-01", "reason": source,
    }  # fmt: skip
    sent = {name: str(value) for name, value in told.items()} | {"idempotency_key": "plan-taken-over"}
    answer = clerk.post(f"{PROPOSE}?area={CITY}&period=2026", sent)
    assert answer.status_code == 302
    with within(CITY):
        row = Target.objects.get()
    assert (row.indicator, row.goal, row.reason) == ("reemployed_hard", 90, source)
    left = {one["address"] for one in clerk.get(LIST).context["offered"]}
    assert left == {one["address"] for one in offered} - {link}


def test_where_the_plan_asks_nothing_nothing_is_filled_in(cast):
    for query in ({"area": HERE, "indicator": "reemployed_hard"}, {"indicator": "unemployed"}, {"indicator": "none"}):
        page = cast.city_clerk.client().get(LIST, query)
        assert page.status_code == 200
        assert page.context["form"].initial == {}
    assert cast.county_clerk.client().get(LIST).context["offered"] == []
