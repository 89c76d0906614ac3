"""Education, skill grades and licences: recorded from papers, and what the file shows of them."""

import random
from datetime import date, timedelta

import pytest
from django.db import IntegrityError, transaction

from openpes.codes.queries import code_rank
from openpes.kernel import Refused, within
from openpes.people.actions import (
    EducationFacts,
    PersonChanges,
    QualificationFacts,
    change_person,
    expire_qualification,
    record_education,
    record_qualification,
    withdraw_education,
    withdraw_qualification,
)
from openpes.people.jobs import let_certificates_run_out
from openpes.people.models import EducationRecord, Person, Qualification
from openpes.people.queries.records import learned_of
from tests.cast import COUNTY, NEIGHBOUR
from tests.people.factories import a_person

COOK, ELECTRICIAN = "4-03-02-01", "6-31-01-03"


@pytest.fixture
def clerk(cast):
    return cast.county_clerk.actor


def schooling(**changes) -> EducationFacts:
    told = {"level": "30", "school": "南宁职业技术学院", "graduated_on": date(2012, 6, 30), "proof": "diploma"}
    return EducationFacts(**({"number": f"11222{random.randrange(10**10)}", **told} | changes))


def paper(**changes) -> QualificationFacts:
    told = {"kind": "level", "grade": "4", "occupation": COOK, "issuer": "广西职业技能鉴定中心"}
    return QualificationFacts(
        **({"number": f"S{random.randrange(10**12)}", "issued_on": date(2020, 5, 1), **told} | changes)
    )


def file_of(person) -> Person:
    with within(COUNTY):
        return Person.objects.get(pk=person.pk)


def test_the_highest_education_on_file_is_the_education_of_the_person(clerk, at):
    person = a_person(by=clerk, at=at, education="61")
    low = record_education(person=person.pk, facts=schooling(level="71"), by=clerk, at=at)
    assert file_of(person).education == "61"  # what was stated stays until it is withdrawn
    high = record_education(person=person.pk, facts=schooling(level="20"), by=clerk, at=at)
    assert file_of(person).education == "20"
    withdraw_education(record=high.pk, reason="学历证书经查验不实", by=clerk, at=at)
    assert file_of(person).education == "61"
    with within(COUNTY):
        stated = EducationRecord.objects.get(person=person, proof="stated")
    withdraw_education(record=stated.pk, reason="本人说明有误", by=clerk, at=at)
    assert file_of(person).education == "71"
    withdraw_education(record=low.pk, reason="证书属于他人", by=clerk, at=at)
    assert file_of(person).education == ""


def test_an_education_that_follows_from_records_is_not_typed(clerk, at):
    person = a_person(by=clerk, at=at, education="61")
    change_person(person=person.pk, version=1, changes=PersonChanges(education="71"), by=clerk, at=at)
    record_education(person=person.pk, facts=schooling(), by=clerk, at=at)
    version = file_of(person).version
    with pytest.raises(Refused, match="follows from the records") as refused:
        change_person(person=person.pk, version=version, changes=PersonChanges(education="11"), by=clerk, at=at)
    assert [reason.field for reason in refused.value.reasons] == ["education"]
    change_person(
        person=person.pk, version=version, changes=PersonChanges(education="30", marital="20"), by=clerk, at=at
    )
    assert file_of(person).marital == "20"


def test_a_grade_counts_while_its_certificate_is_valid_and_runs_out_by_the_clock(clerk, at):
    person = a_person(by=clerk, at=at)
    record_qualification(person=person.pk, facts=paper(grade="5"), by=clerk, at=at)
    high = record_qualification(
        person=person.pk, facts=paper(grade="3", until_on=date(2026, 12, 1)), by=clerk, at=at
    )
    assert file_of(person).skill_level == "3"
    assert let_certificates_run_out(at=at) == 0
    later = at + timedelta(days=8)
    assert let_certificates_run_out(at=later) == 1
    assert file_of(person).skill_level == "5"
    assert let_certificates_run_out(at=later) == 0
    assert not expire_qualification(record=high.pk, by=clerk, at=later)


def test_a_licence_stands_among_the_skills_while_it_is_valid(clerk, at):
    person = a_person(by=clerk, at=at, skills=("licence_c1", "zhuang"))
    licence = {"kind": "licence", "grade": "", "occupation": "", "skill": "licence_b2", "issuer": "南宁市交警支队"}
    held = record_qualification(person=person.pk, facts=paper(**licence), by=clerk, at=at)
    assert sorted(file_of(person).skills) == ["licence_b2", "licence_c1", "zhuang"]
    with pytest.raises(Refused, match="follows from the records") as refused:
        changes = PersonChanges(skills=("licence_c1",))
        change_person(person=person.pk, version=file_of(person).version, changes=changes, by=clerk, at=at)
    assert [reason.field for reason in refused.value.reasons] == ["skills"]
    changes = PersonChanges(skills=("licence_b2",))
    change_person(person=person.pk, version=file_of(person).version, changes=changes, by=clerk, at=at)
    withdraw_qualification(record=held.pk, reason="驾驶证已注销", by=clerk, at=at)
    assert file_of(person).skills == []


@pytest.mark.parametrize(
    ("changes", "words", "field"),
    [
        ({"level": "55"}, "Choose one of the list", "level"),
        ({"proof": "stated"}, "recorded from its papers", "proof"),
        ({"school": " "}, "Name the school", "school"),
        ({"number": " "}, "number of the certificate", "number"),
        ({"graduated_on": date(2026, 11, 24)}, "lies in the future", "graduated_on"),
        ({"graduated_on": date(1995, 6, 30)}, "too close to the birth", "graduated_on"),
    ],
)
def test_an_education_that_cannot_be_is_refused_at_its_field(clerk, at, changes, words, field):
    person = a_person(by=clerk, at=at)
    with pytest.raises(Refused, match=words) as refused:
        record_education(person=person.pk, facts=schooling(**changes), by=clerk, at=at)
    assert [reason.field for reason in refused.value.reasons] == [field]


@pytest.mark.parametrize(
    ("changes", "words", "fields"),
    [
        ({"kind": "stated"}, "Choose the kind", ["kind"]),
        ({"grade": ""}, "Choose the grade", ["grade"]),
        ({"occupation": "9-99"}, "Name the occupation", ["occupation"]),
        ({"skill": "licence_c1"}, "names no licence", ["skill"]),
        ({"kind": "licence", "grade": "3"}, "Choose the licence", ["skill", "grade"]),
        ({"issued_on": date(2027, 1, 1)}, "lies in the future", ["issued_on"]),
        ({"until_on": date(2020, 5, 1)}, "ends before it begins", ["until_on"]),
        ({"issuer": ""}, "Name who issued", ["issuer"]),
    ],
)
def test_a_certificate_that_cannot_be_is_refused_at_its_field(clerk, at, changes, words, fields):
    person = a_person(by=clerk, at=at)
    with pytest.raises(Refused, match=words) as refused:
        record_qualification(person=person.pk, facts=paper(**changes), by=clerk, at=at)
    assert [reason.field for reason in refused.value.reasons] == fields


def test_one_paper_stands_in_one_file_of_the_city_without_a_word_about_the_other(clerk, cast, at):
    far = cast.neighbour_clerk.actor
    other = a_person(by=far, at=at, area=f"{NEIGHBOUR}001001", name="卢别处")
    record_qualification(person=other.pk, facts=paper(number="Ｓ 1001 2002"), by=far, at=at)
    person = a_person(by=clerk, at=at)
    with pytest.raises(Refused, match="stands in a file already") as refused:
        record_qualification(person=person.pk, facts=paper(number="s10012002"), by=clerk, at=at)
    assert "卢别处" not in str(refused.value)
    record_education(person=person.pk, facts=schooling(number="77"), by=clerk, at=at)
    with pytest.raises(Refused, match="stands in a file already"):
        record_education(person=person.pk, facts=schooling(number="77", level="20"), by=clerk, at=at)


def test_a_record_without_its_papers_does_not_pass_the_database(clerk, at):
    person = a_person(by=clerk, at=at)
    made = record_education(person=person.pk, facts=schooling(), by=clerk, at=at)
    for broken in ({"school": ""}, {"graduated_on": None}, {"withdrawn_at": at}):
        with within(COUNTY), pytest.raises(IntegrityError), transaction.atomic():
            EducationRecord.objects.filter(pk=made.pk).update(**broken)
    held = record_qualification(person=person.pk, facts=paper(), by=clerk, at=at)
    for broken in ({"grade": ""}, {"skill": "licence_c1"}, {"until_on": date(2019, 1, 1)}, {"issuer": ""}):
        with within(COUNTY), pytest.raises(IntegrityError), transaction.atomic():
            Qualification.objects.filter(pk=held.pk).update(**broken)


@pytest.mark.parametrize("seed", range(4))
def test_whatever_is_recorded_and_withdrawn_the_file_says_what_the_records_say(clerk, at, seed):
    chance, person = random.Random(seed), a_person(by=clerk, at=at, education="71", skills=("zhuang",))
    open_ones: list[tuple[str, int]] = []
    for _step in range(12):
        way = chance.choice(["education", "grade", "licence", "withdraw"])
        if way == "education":
            made = record_education(
                person=person.pk, facts=schooling(level=chance.choice(["30", "20", "61", "14"])), by=clerk, at=at
            )
            open_ones.append(("education", made.pk))
        elif way == "withdraw" and open_ones:
            kind, pk = open_ones.pop(chance.randrange(len(open_ones)))
            act = withdraw_education if kind == "education" else withdraw_qualification
            act(record=pk, reason="查验不实", by=clerk, at=at)
        elif way != "withdraw":
            skill, grade = chance.choice(["zhuang", "licence_c1"]), chance.choice("12345")
            licence = paper(kind="licence", grade="", occupation="", skill=skill)
            facts = paper(grade=grade) if way == "grade" else licence
            made = record_qualification(person=person.pk, facts=facts, by=clerk, at=at)
            open_ones.append(("qualification", made.pk))
        found = file_of(person)
        with within(COUNTY):
            learned = learned_of(holder=found, on=at.date())
            levels = EducationRecord.objects.filter(person=person).standing().values_list("level", flat=True)
            ranks = [code_rank("education_2006", level) for level in levels] or [2]
        assert (found.education, found.skill_level) == (learned.education, learned.skill_level)
        assert tuple(sorted(found.skills)) == learned.skills
        assert code_rank("education_2006", found.education) == max(ranks)
