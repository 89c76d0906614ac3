"""Registering and changing employers on a real database."""

from dataclasses import replace

import pytest

from openpes.employers.actions import change_employer, facts_of, register_employer
from openpes.employers.models import Employer
from openpes.employers.queries import employer_card, employer_card_by_code, find_employers
from openpes.kernel import Actor, Refused, within
from openpes.kernel.scope import CITY
from tests.cast import COUNTY, NEIGHBOUR
from tests.employers.factories import facts_of_employer, make_employer
from tests.races import at_once

CLERK = Actor(id=1, scope=COUNTY)
OTHER = Actor(id=2, scope=NEIGHBOUR)


def number_of_employers() -> int:
    with within(CITY):
        return Employer.objects.count()


def test_an_employer_is_registered_once_with_all_its_facts(db, at):
    facts = facts_of_employer(credit_code=" ９１" + facts_of_employer().credit_code[2:].lower())
    employer = register_employer(facts=facts, by=CLERK, at=at)
    assert employer.credit_code == employer.credit_code.upper() and len(employer.credit_code) == 18
    assert (employer.area, employer.version, employer.unit_type) == (COUNTY, 1, "10")


def test_the_same_code_is_refused_even_where_the_row_cannot_be_seen(db, at):
    employer = make_employer(CLERK, at)
    again = facts_of_employer(credit_code=employer.credit_code, area=NEIGHBOUR)
    with pytest.raises(Refused) as refused:
        register_employer(facts=again, by=OTHER, at=at)
    assert [reason.field for reason in refused.value.reasons] == ["credit_code"]
    assert employer.name not in str(refused.value)
    assert number_of_employers() == 1


def test_a_wrong_employer_leaves_no_trace(db, at):
    with pytest.raises(Refused):
        register_employer(facts=facts_of_employer(credit_code="91450199MA00000199"), by=CLERK, at=at)
    assert number_of_employers() == 0


def test_a_change_names_what_changed_and_raises_the_version(db, at):
    employer = make_employer(CLERK, at)
    facts = replace(facts_of(employer), name="新名称有限公司", staff_count=12)
    changed = change_employer(employer=employer.pk, facts=facts, version=1, by=CLERK, at=at)
    assert (changed.name, changed.staff_count, changed.version) == ("新名称有限公司", 12, 2)


def test_a_change_over_a_newer_one_is_refused(db, at):
    employer = make_employer(CLERK, at)
    first = replace(facts_of(employer), name="先改的名称")
    change_employer(employer=employer.pk, facts=first, version=1, by=CLERK, at=at)
    with pytest.raises(Refused):
        change_employer(employer=employer.pk, facts=replace(first, name="后改的名称"), version=1, by=CLERK, at=at)
    with within(CITY):
        assert Employer.objects.get(pk=employer.pk).name == "先改的名称"


def test_a_neighbour_cannot_change_what_does_not_exist_for_them(db, at):
    employer = make_employer(CLERK, at)
    with pytest.raises(Employer.DoesNotExist):
        change_employer(employer=employer.pk, facts=facts_of(employer), version=1, by=OTHER, at=at)


def test_an_employers_account_changes_its_own_contact_only(db, at):
    mine, foreign = make_employer(CLERK, at), make_employer(CLERK, at)
    me = Actor(id=9, employer=mine.pk)
    facts = replace(facts_of(mine), contact_phone="0771-5550111")
    assert change_employer(employer=mine.pk, facts=facts, version=1, by=me, at=at).version == 2
    with pytest.raises(Refused):
        change_employer(employer=mine.pk, facts=replace(facts, name="冒名"), version=2, by=me, at=at)
    with pytest.raises(Employer.DoesNotExist):
        change_employer(employer=foreign.pk, facts=facts_of(foreign), version=1, by=me, at=at)


def test_the_database_alone_hides_other_employers_from_an_employers_account(db, at):
    mine, _foreign = make_employer(CLERK, at), make_employer(CLERK, at)
    with within(role="openpes_self", employer=mine.pk):
        assert list(Employer.objects.values_list("pk", flat=True)) == [mine.pk]


def test_employers_are_found_by_name_or_code_inside_the_area(db, at):
    employer = make_employer(CLERK, at, name="南宁朝阳百货有限公司")
    with within(COUNTY):
        assert find_employers(scope=COUNTY, text="朝阳") == [employer]
        assert find_employers(scope=COUNTY, text=employer.credit_code[:12].lower()) == [employer]
        assert find_employers(scope=COUNTY, text=" ") == []
    with within(NEIGHBOUR):
        assert find_employers(scope=NEIGHBOUR, text="朝阳") == []


def test_the_card_is_for_the_whole_city_and_carries_no_contact(db, at):
    employer = make_employer(CLERK, at)
    with within(NEIGHBOUR):
        card = employer_card(pk=employer.pk)
        assert card == employer_card_by_code(credit_code=employer.credit_code)
    assert card.name == employer.name and card.has_contact
    assert employer.contact_phone not in repr(card)


@pytest.mark.city
def test_of_eight_offices_that_register_one_code_at_once_one_succeeds(city, at):
    facts = facts_of_employer()

    def attempt(number: int) -> str:
        try:
            register_employer(facts=facts, by=Actor(id=number, scope=COUNTY), at=at)
            return "registered"
        except Refused as refused:
            return refused.reasons[0].field

    assert sorted(at_once(attempt, range(1, 9))) == ["credit_code"] * 7 + ["registered"]
    assert number_of_employers() == 1
