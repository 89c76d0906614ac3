"""Every category and reason of the field is in the register: the lists, and what the rules say of each code."""

from datetime import date

import pytest

from openpes.codes.queries import choices_of, code_exists
from openpes.kernel import Refused
from openpes.registration import choices
from openpes.registration.actions.periods import known_on
from openpes.registration.choices import Document, EmploymentEnd, Group
from openpes.registration.rules.certificates import ALWAYS, DOCUMENTS
from openpes.registration.rules.endings import CONSEQUENCES
from tests.people.factories import a_person
from tests.registration.factories import employed, unemployed, wishing

# The lists as 就业服务与就业管理规定 art. 61-66 and the national indicator system have them.
LISTS = {
    "unemployment_reason": {"10", "20", "30", "40", "50", "60", "70", "80", "90"},
    "unemployment_cancel_reason": {"10", "20", "30", "40", "50", "60", "70", "99"},
}
# What the plan of the city names: by a unit, flexible, self-employed, public-welfare post, elsewhere.
EMPLOYMENT = ("单位", "灵活", "个体", "公益", "其它")


def labels(name: str) -> str:
    from django.utils import translation

    with translation.override("zh-hans"):
        return " ".join(str(label) for _code, label in choices_of(name))


@pytest.mark.parametrize("name", LISTS)
def test_the_list_is_whole(name):
    assert {code for code, _label in choices_of(name)} == LISTS[name]


def test_every_kind_of_employment_of_the_plan_can_be_registered():
    missing = [word for word in EMPLOYMENT if word not in labels(choices.CATEGORY_SET)]
    assert missing == []


def test_every_end_has_its_consequence_and_every_consequence_its_end():
    assert set(CONSEQUENCES) == {code for code, _label in choices_of(choices.CANCEL_SET)}


def test_every_code_that_a_rule_names_is_one_of_its_list():
    named = {
        choices.REASON_SET: {*choices.PROOFS_BY_REASON, *choices.LEFT_EMPLOYMENT},
        choices.PROOF_SET: {choices.PROOF_OF_ABILITY, *choices.PROOFS_OF_STABLE_WORK}.union(
            *choices.PROOFS_BY_REASON.values()
        ),
        choices.CANCEL_SET: {
            choices.FOUND_WORK, choices.CANCELLED_BY_DEATH, choices.CANCELLED_BY_SILENCE, choices.CANCELLED_OTHERWISE,
            choices.CANCELLED_BY_PENSION,
        },
        choices.CATEGORY_SET: choices.CATEGORIES_WITH_WORKPLACE,
        "hukou": choices.FROM_ELSEWHERE,
    }  # fmt: skip
    unknown = [(name, code) for name, codes in named.items() for code in sorted(codes) if not code_exists(name, code)]
    assert unknown == []


def test_a_code_that_no_list_has_is_found():
    """The planted mistake."""
    assert not code_exists(choices.REASON_SET, "777") and not code_exists(choices.REASON_SET, "")


ABOLISHED = "70"  # re-education through labour was abolished on 28 December 2013


def test_a_reason_that_the_law_no_longer_has_is_neither_offered_nor_registered(cast, at):
    clerk = cast.county_clerk
    person = a_person(by=clerk.actor, at=at).pk
    page = clerk.client().get(f"/registration/persons/{person}/unemployment").content.decode()
    assert 'value="60"' in page and f'value="{ABOLISHED}"' not in page
    brought = clerk.client().get(f"/registration/persons/{person}/transfer-in").content.decode()
    assert 'value="60"' in brought and f'value="{ABOLISHED}"' not in brought
    with pytest.raises(Refused) as refused:
        unemployed(person, reason=ABOLISHED, by=clerk.actor, at=at)
    assert {reason.field for reason in refused.value.reasons} == {"reason"}


def test_it_was_registered_while_the_law_had_it():
    assert known_on(date(2013, 12, 27))(choices.REASON_SET, ABOLISHED)
    assert not known_on(date(2013, 12, 28))(choices.REASON_SET, ABOLISHED)


def test_every_other_code_is_still_given(cast, at):
    """The planted mistake would be a day that closes whole lists."""
    by = cast.county_clerk.actor
    person = a_person(by=by, at=at).pk
    unemployed(person, reason="60", proofs=(), former_employer="", by=by, at=at)
    wishing(person, by=by, at=at)
    assert employed(person, by=by, at=at).category == "022"


def test_the_four_groups_have_their_documents_and_each_document_is_asked_for():
    asked = set(ALWAYS).union(*(choice for group in DOCUMENTS.values() for choice in group))
    assert set(DOCUMENTS) == set(Group) and asked == set(Document)


def test_every_case_of_the_labour_contract_law_ends_an_employment():
    assert set(EmploymentEnd.values) == {"10", "20", "30", "40", "50", "60", "70", "99"}
