"""What the office keeps of an employer: codes old and new, former names, papers, people to call, the size class."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from openpes.employers.actions import (
    ContactFacts,
    DocumentFacts,
    change_employer,
    facts_of,
    note_contact,
    note_document,
    strike_document,
    withdraw_consent,
)
from openpes.employers.choices import Purpose, SizeClass
from openpes.employers.models import Contact, Employer, LicenceDocument
from openpes.employers.queries import (
    agreeing_contact,
    documents_of,
    employer_card_by_code,
    ending_documents,
    find_employers,
    former_names,
    runs_out,
    size_of,
)
from openpes.engine.identifiers import organisation_of, parse_employer_code
from openpes.engine.identifiers.credit import organisation_check_digit
from openpes.kernel import Actor, Refused, within
from openpes.kernel.clock import day_of
from openpes.kernel.scope import CITY
from tests.cast import COUNTY, NEIGHBOUR
from tests.employers.factories import make_employer
from tests.races import outcomes

CLERK = Actor(id=1, scope=COUNTY)
OTHER = Actor(id=2, scope=NEIGHBOUR)
MOBILE = "15400001111"


def organisation_code(first_8: str) -> str:
    return first_8 + organisation_check_digit(first_8)


def agreed(at, **changes) -> ContactFacts:
    stated = {
        "name": "韦经理", "phone": MOBILE, "purposes": ("vacancies",), "way": "oral", "given_on": day_of(at),
        "position": "人事部",
    }  # fmt: skip
    return ContactFacts(**stated | changes)


def test_an_old_organisation_code_is_taken_linked_and_found(db, at):
    old = make_employer(CLERK, at, credit_code="19817263-" + organisation_code("19817263")[-1])
    assert old.credit_code == organisation_code("19817263")
    with within(NEIGHBOUR):
        assert employer_card_by_code(credit_code=old.credit_code).id == old.pk
    from openpes.engine.identifiers import compose_credit_code

    new_code = compose_credit_code("91", "450199", "19817263")
    with pytest.raises(Refused, match="registered in the city already, under its credit code or its old code"):
        make_employer(OTHER, at, credit_code=new_code, area=NEIGHBOUR)
    changed = change_employer(
        employer=old.pk, facts=replace(facts_of(old), credit_code=new_code), version=1, by=CLERK, at=at
    )
    assert organisation_of(changed.credit_code) == organisation_code("19817263")
    with within(COUNTY):
        assert find_employers(scope=COUNTY, text=organisation_code("19817263")) == [old]
        assert employer_card_by_code(credit_code=organisation_code("19817263")).credit_code == new_code


def test_a_wrong_old_code_is_refused_with_its_standard(db, at):
    right = organisation_code("19817263")
    wrong = right[:8] + ("1" if right[8] != "1" else "2")
    with pytest.raises(Refused, match="GB 11714"):
        make_employer(CLERK, at, credit_code=wrong)
    with pytest.raises(ValueError, match="must have 18"):
        parse_employer_code(right + "1")


def test_a_new_name_keeps_the_old_one_by_which_it_is_still_found(db, at):
    firm = make_employer(CLERK, at, name="南宁青秀老字号饼屋")
    later = at + timedelta(days=5)
    change_employer(employer=firm.pk, facts=replace(facts_of(firm), name="南宁新味食品"), version=1, by=CLERK, at=later)
    with within(COUNTY):
        assert [(one.name, one.until_on) for one in former_names(employer=firm.pk)] == [
            ("南宁青秀老字号饼屋", day_of(later))
        ]
        assert [one.name for one in find_employers(scope=COUNTY, text="老字号")] == ["南宁新味食品"]


def test_a_paper_is_written_down_once_and_warns_before_it_runs_out(db, at):
    firm, on = make_employer(CLERK, at), day_of(at)
    facts = DocumentFacts(
        kind="agency", number="450103-1", issued_by="青秀区人社局", valid_until_on=on + timedelta(days=30)
    )
    paper = note_document(employer=firm.pk, facts=facts, by=CLERK, at=at)
    with pytest.raises(Refused, match="written down already"):
        note_document(employer=firm.pk, facts=facts, by=CLERK, at=at)
    with pytest.raises(Refused, match="has run out"):
        late = replace(facts, number="2", valid_until_on=on - timedelta(days=1))
        note_document(employer=firm.pk, facts=late, by=CLERK, at=at)
    assert runs_out(paper, on) == "soon" and runs_out(paper, on + timedelta(days=31)) == "over"
    assert runs_out(paper, on - timedelta(days=60)) == ""
    with within(COUNTY):
        assert ending_documents(scope=COUNTY, on=on) == [paper]
    with pytest.raises(LicenceDocument.DoesNotExist):
        strike_document(document=paper.pk, by=OTHER, at=at)
    strike_document(document=paper.pk, by=CLERK, at=at)
    with within(COUNTY):
        assert documents_of(employer=firm.pk) == []


def test_nobody_is_called_without_consent_for_just_that(db, at):
    firm, on = make_employer(CLERK, at), day_of(at)
    with within(COUNTY):
        assert agreeing_contact(employer=firm.pk, purpose=Purpose.VACANCIES, on=on) is None
    contact = note_contact(employer=firm.pk, facts=agreed(at), by=CLERK, at=at)
    with within(COUNTY):
        assert agreeing_contact(employer=firm.pk, purpose=Purpose.VACANCIES, on=on) == contact
        assert agreeing_contact(employer=firm.pk, purpose=Purpose.POLICIES, on=on) is None
    assert MOBILE not in repr(vars(contact)) and contact.phone().reveal() == MOBILE
    withdraw_consent(contact=contact.pk, by=Actor(id=9, employer=firm.pk), at=at)
    with within(COUNTY):
        assert agreeing_contact(employer=firm.pk, purpose=Purpose.VACANCIES, on=on) is None
    with pytest.raises(Contact.DoesNotExist):
        withdraw_consent(contact=contact.pk, by=CLERK, at=at)


def test_a_consent_names_its_purpose_and_is_not_of_tomorrow(db, at):
    firm = make_employer(CLERK, at)
    wrong = agreed(at, name="", phone="12", purposes=(), given_on=day_of(at) + timedelta(days=1))
    with pytest.raises(Refused) as refused:
        note_contact(employer=firm.pk, facts=wrong, by=CLERK, at=at)
    assert [reason.field for reason in refused.value.reasons] == ["name", "phone", "purposes", "given_on"]


def test_what_the_office_keeps_goes_with_the_employer_to_another_town(db, at):
    firm = make_employer(CLERK, at)
    contact = note_contact(employer=firm.pk, facts=agreed(at), by=CLERK, at=at)
    town = COUNTY + "002"
    change_employer(employer=firm.pk, facts=replace(facts_of(firm), area=town), version=1, by=CLERK, at=at)
    with within(town):
        assert list(Contact.objects.all()) == [contact]


@pytest.mark.parametrize(
    ("industry", "staff", "size"),
    [
        ("C13", 1000, SizeClass.LARGE), ("C13", 999, SizeClass.MEDIUM), ("F52", 49, SizeClass.SMALL),
        ("F51", 4, SizeClass.MICRO), ("P82", 100, SizeClass.MEDIUM), ("", 9, SizeClass.MICRO), ("C13", None, None),
    ],
)  # fmt: skip
def test_the_size_class_follows_the_staff_and_the_industry(db, at, industry, staff, size):
    assert size_of(Employer(industry=industry, staff_count=staff, unit_type="10"), date(2026, 11, 23)) == size


def test_an_institution_has_no_size_class(db):
    assert size_of(Employer(industry="P82", staff_count=500, unit_type="30"), date(2026, 11, 23)) is None


@pytest.mark.city
def test_of_eight_offices_that_write_down_one_paper_at_once_one_succeeds(city, at):
    firm = make_employer(CLERK, at)
    facts = DocumentFacts(kind="licence", number="1", issued_by="市场监管局")
    acts = outcomes(
        lambda number: note_document(employer=firm.pk, facts=facts, by=Actor(id=number, scope=COUNTY), at=at),
        range(1, 9),
    )
    assert acts == {"done": 1, "refused": 7}
    with within(CITY):
        assert LicenceDocument.objects.count() == 1
