"""The pages of the indicators."""

import csv
import io

import pytest
from django.urls import reverse

from tests.statistics.small_city import build

LIST, ROWS, FILE = (reverse(f"statistics:indicator_{name}") for name in ("list", "rows", "csv"))


@pytest.fixture
def client(cast):
    build()
    return cast.county_clerk.client()


def test_each_indicator_is_shown_with_its_definition_and_opens_to_its_rows(client):
    page = client.get(LIST, {"period": "2026"})
    text = page.content.decode()
    assert page.status_code == 200
    assert "indicator=unemployed_long" in text
    assert "33.33" in text or "40.00" in text
    assert "not yet measured" in text
    assert "supplied later with: employment assistance" in text


@pytest.mark.parametrize(
    "code",
    ["unemployed", "days_to_work", "points_online", "places_offered", "places_filled", "seekers_new", "introductions",
     "hires", "retention", "vacancy_coverage", "hires_per_officer", "waiting_minutes"],
)  # fmt: skip
@pytest.mark.parametrize("part", ["numerator", "denominator"])
def test_every_kind_of_rows_has_its_list(client, code, part):
    page = client.get(ROWS, {"indicator": code, "part": part, "period": "2026"})
    has_none = part == "denominator" and code in (
        "unemployed", "places_offered", "places_filled", "seekers_new", "introductions", "hires"
    )  # fmt: skip
    assert page.status_code == (404 if has_none else 200)


def test_the_rows_of_a_sum_tell_what_each_counts_and_mask_their_persons(client):
    text = client.get(ROWS, {"indicator": "days_to_work", "period": "2026"}).content.decode()
    assert ">60<" in text
    assert ">20<" in text
    assert "覃小梅" not in text


def test_the_file_has_every_indicator_and_no_zero_for_what_nobody_measures(client):
    answer = client.get(FILE, {"period": "2026"})
    rows = {row["Code"]: row for row in csv.DictReader(io.StringIO(answer.content.decode("utf-8-sig")))}
    assert (rows["reemployed"]["Numerator"], rows["reemployed"]["Denominator"]) == ("2", "5")
    assert rows["reemployed"]["Value"] == "40.00"
    assert (rows["trained"]["Value"], rows["trained"]["Numerator"]) == ("not yet measured", "")


@pytest.mark.parametrize(
    "query",
    [{"period": "2026-q5"}, {"period": "x"}, {"period": "2027"}, {"period": "2026-13"}, {"area": "450105"},
     {"indicator": "nothing"}],
)  # fmt: skip
def test_a_period_an_area_or_an_indicator_that_is_not_there_is_404(cast, query):
    assert cast.county_clerk.client().get(ROWS, {"indicator": "unemployed"} | query).status_code == 404
