"""What is wrong with the facts of an employer."""

import pytest

from openpes.employers.rules import changed_fields, why_not_change_own, why_not_register
from tests.employers.factories import credit_code, facts_of_employer

CODES = {"unit_type": {"10", "20"}, "economic_type": {"170"}, "industry": {"C", "C13"}}
GOOD = credit_code(4711)
WRONG_CHECK = GOOD[:17] + ("A" if GOOD[17] != "A" else "B")


def refused(scope="450103", known=True, **changes):
    reasons = why_not_register(facts_of_employer(**changes), scope=scope, area_known=known, codes=CODES)
    return [reason.field for reason in reasons]


@pytest.mark.parametrize(
    ("changes", "fields"),
    [
        ({}, []),
        ({"credit_code": GOOD}, []),
        ({"credit_code": WRONG_CHECK}, ["credit_code"]),
        ({"credit_code": GOOD[:17]}, ["credit_code"]),
        ({"credit_code": ""}, ["credit_code"]),
        ({"name": "  "}, ["name"]),
        ({"area": "450105"}, ["area"]),
        ({"area": "450103001"}, []),
        ({"unit_type": "99"}, ["unit_type"]),
        ({"economic_type": "17"}, ["economic_type"]),
        ({"industry": "Z"}, ["industry"]),
        (
            {"credit_code": "1", "name": "", "area": "450105", "unit_type": "x"},
            ["credit_code", "name", "area", "unit_type"],
        ),
    ],
)
def test_every_reason_is_named_at_its_field_at_once(changes, fields):
    assert refused(**changes) == fields


def test_an_area_that_the_city_does_not_have_is_named():
    assert refused(known=False) == ["area"]


def test_a_wrong_inner_organisation_code_is_found_under_a_right_outer_digit():
    from openpes.engine.identifiers.credit import credit_check_digit

    inner_wrong = GOOD[:16] + ("1" if GOOD[16] != "1" else "2")
    assert refused(credit_code=inner_wrong + credit_check_digit(inner_wrong)) == ["credit_code"]


def test_an_employer_changes_its_contact_but_not_its_licence():
    before = facts_of_employer()
    after = facts_of_employer(
        credit_code=before.credit_code, name="别的名称", contact_phone="0771-5550199", industry="C"
    )
    changed = changed_fields(before, after)
    assert changed == ("name", "contact_phone")
    assert [reason.field for reason in why_not_change_own(changed)] == ["name"]
