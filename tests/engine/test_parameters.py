"""Dated parameters: every value has a date, a source and a kind; what is not known is refused."""

from datetime import date

import pytest

from openpes.engine.matching.weights import Weights
from openpes.engine.parameters import ParameterError, Parameters, parameter_from, parameters

TODAY = date(2026, 11, 2)
ENTRY = {"title_en": "Days", "title_zh": "天数", "unit": "days", "kind": "int"}


def dated(*values):
    return {**ENTRY, "values": [{"from": day, "value": v, "source": "art. 1", "basis": "law"} for day, v in values]}


def test_the_value_of_a_day_is_the_last_that_began():
    known = Parameters({"x": parameter_from("x", "g", dated((date(2020, 1, 1), 1), (date(2025, 1, 1), 2)))})
    assert [known.value("x", day) for day in (date(2020, 1, 1), date(2024, 12, 31), date(2025, 1, 1))] == [1, 1, 2]
    assert [value.value for value in known.history("x")] == [1, 2]


def test_unknown_names_and_days_before_the_first_value_are_refused_in_words():
    with pytest.raises(ParameterError, match="no parameter 'colour_of_the_moon'"):
        parameters().value("colour_of_the_moon", TODAY)
    with pytest.raises(ParameterError, match=r"'employer_hiring_filing_days' has no value on 1999-01-01.*2008-01-01"):
        parameters().value("employer_hiring_filing_days", date(1999, 1, 1))


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("working_age_min", 16),
        ("employer_hiring_filing_days", 30),
        ("employer_ending_filing_days", 15),
        ("stable_work_months_of_newcomers", 6),
        ("no_contact_months", 3),
        ("referral_ratio", 3),
        ("idempotency_days", 90),
        ("report_allotment", True),
    ],
)
def test_the_values_of_today_are_those_of_the_rules(name, value):
    found = parameters().value(name, TODAY)
    assert found == value
    assert type(found) is type(value)
    assert parameters().source(name, TODAY)


def test_the_minimum_wage_changed_in_november_2023():
    wages = [parameters().value("minimum_wage_fen", day)["class_1"] for day in (date(2023, 10, 31), date(2023, 11, 1))]
    assert wages == [181_000, 199_000]


def test_the_weights_of_matching_fit_the_matching_engine():
    weights = Weights.from_values(parameters().value("matching_weights", TODAY))
    assert (weights.occupation, weights.skills) == (3000, 1500)


def test_every_parameter_is_named_in_both_languages_and_every_value_has_a_source():
    for parameter in parameters().all():
        assert parameter.title_en.isascii()
        assert any("\u4e00" <= character <= "\u9fff" for character in parameter.title_zh), parameter.name
        assert all(value.source and value.basis for value in parameter.values)


def test_what_the_city_has_to_set_says_so():
    for parameter in parameters().all():
        for value in parameter.values:
            if value.basis == "city":
                assert "by the city" in value.source or "founding plan" in value.source, parameter.name


def test_a_table_cannot_be_changed_by_who_reads_it():
    with pytest.raises(TypeError):
        parameters().value("matching_weights", TODAY)["occupation"] = 9999


@pytest.mark.parametrize(
    ("entry", "complaint"),
    [
        (dated((date(2020, 1, 1), "3")), "not of the kind 'int'"),
        (dated((date(2020, 1, 1), True)), "not of the kind 'int'"),
        (dated((date(2020, 1, 1), 1.5)), "not of the kind 'int'"),
        (dated((date(2025, 1, 1), 1), (date(2020, 1, 1), 2)), "oldest first"),
        (dated((date(2020, 1, 1), 1), (date(2020, 1, 1), 2)), "different days"),
        (dated(), "different days"),
        ({**ENTRY, "values": [{"from": date(2020, 1, 1), "value": 1, "source": " ", "basis": "law"}]}, "no source"),
        ({**ENTRY, "values": [{"from": date(2020, 1, 1), "value": 1, "source": "x", "basis": "rumour"}]}, "no basis"),
    ],
)
def test_a_planted_mistake_in_a_parameter_file_is_caught(entry, complaint):
    with pytest.raises(ValueError, match=complaint):
        parameter_from("x", "g", entry)
