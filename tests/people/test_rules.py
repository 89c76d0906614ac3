"""What a person's file may say."""

import pytest

from openpes.kernel import Refused
from openpes.people import rules


@pytest.mark.parametrize(
    ("name", "initials"),
    [
        ("覃小梅", "qxm"),
        ("单雄信", "sxx"),
        ("曾国藩", "zgf"),
        ("欧阳修", "oyx"),
        ("尉迟恭", "ycg"),
        ("阿依古丽·买买提", "ayglmmt"),
        ("Anna Schmidt", "as"),
        ("王𬭎", "wh"),
    ],
)
def test_initials_read_surnames_as_people_say_them(name, initials):
    assert rules.initials_of(name).startswith(initials[:2])
    if "𬭎" not in name:
        assert rules.initials_of(name) == initials


def test_every_fault_is_named_at_once_with_its_field(at):
    with pytest.raises(Refused) as refused:
        rules.read_person(
            id_number="45019919900517001", name="", phone="12", area="9999", scope="450103", on=at.date()
        )
    assert {reason.field for reason in refused.value.reasons} == {"id_number", "name", "phone", "area"}


@pytest.mark.parametrize(
    ("scope", "office"),
    [
        ("450103001002", "the office of your town or street"),
        ("450103002", "the office of your county or district"),
        ("450105", "the city office"),
    ],
)
def test_the_refusal_of_a_known_number_names_the_office_that_can_help(scope, office):
    reason = rules.known_already("450103001003", scope)
    assert office in reason.next_step
    assert "450103" not in str(reason) + str(reason.next_step)


def test_a_known_number_of_the_own_area_is_said_to_be_there():
    assert "your area" in rules.known_already("450103001003", "450103").text


def test_revealing_needs_a_purpose_and_a_case():
    assert [r.field for r in rules.why_not_reveal(purpose="curiosity", case=" ")] == ["purpose", "case"]
    assert rules.why_not_reveal(purpose="verify", case="4501032026000001") == []
