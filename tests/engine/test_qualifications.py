"""Certificates by day and act."""

from datetime import date

import pytest

from openpes.engine.qualifications import Held, certificate_kinds, held_from, lacking, requirements

HELD = Held("assessor", date(2026, 1, 1), date(2028, 1, 1)).text


def test_every_requirement_names_a_certificate_that_exists_and_a_source():
    assert {one.certificate for one in requirements()} <= certificate_kinds().keys()
    assert all(one.source for one in requirements())


@pytest.mark.parametrize(
    ("on", "held", "lacks"),
    [
        (date(2026, 11, 23), [], True),
        (date(2026, 11, 23), [HELD], False),
        (date(2025, 12, 31), [HELD], True),
        (date(2027, 12, 31), [HELD], False),
        (date(2028, 1, 1), [HELD], True),
        (date(2006, 12, 31), [], False),
    ],
)
def test_a_certificate_counts_from_its_first_day_to_the_day_before_its_end(on, held, lacks):
    assert ("network.assess" in lacking({"network.assess", "people.view"}, held, on)) is lacks


def test_an_act_needs_its_certificate_only_from_its_day_on():
    act = {"referrals.refer"}
    assert lacking(act, [], date(2027, 12, 31)) == {}
    assert lacking(act, [], date(2028, 1, 1))["referrals.refer"].certificate == "service_post"


def test_what_is_kept_beside_an_account_is_read_back():
    assert [one.text for one in held_from([HELD])] == [HELD]
