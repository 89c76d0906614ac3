"""The pages of records and corrections: reached from the person, refused at the field, closed to neighbours."""

from datetime import date
from uuid import uuid4

import pytest
from django.urls import reverse
from django.utils import translation

from openpes.counter.queries import to_dos
from openpes.kernel import within
from openpes.people.actions import GroupFacts, ask_correction, enter_group
from openpes.people.models import CorrectionRequest, EducationRecord, GroupMembership, Person, Qualification
from tests.cast import COUNTY, self_service
from tests.people.factories import a_person

DAY = "2026-11-20"
SCHOOL = {"level": "30", "school": "南宁学院", "graduated_on": DAY, "proof": "diploma", "number": "77"}
LICENCE = {"kind": "licence", "skill": "licence_c1", "number": "4501", "issuer": "交警支队", "issued_on": "20200101"}


@pytest.fixture(autouse=True)
def _english():
    with translation.override("en"):
        yield


@pytest.fixture
def person(cast, at):
    return a_person(by=cast.county_clerk.actor, at=at)


@pytest.fixture
def clerk(cast):
    return cast.county_clerk.client()


def send(client, name, *arguments, query="", **typed):
    return client.post(reverse(name, args=arguments) + query, {"idempotency_key": uuid4().hex, **typed})


def seen(client, name, *arguments) -> str:
    answer = client.get(reverse(name, args=arguments))
    assert answer.status_code == 200
    return answer.content.decode()


def test_the_records_are_reached_from_the_person_and_show_what_was_written(person, clerk, cast):
    assert reverse("people:records", args=[person.pk]) in seen(clerk, "counter:person", person.pk)
    send(clerk, "people:education_new", person.pk, **SCHOOL)
    send(clerk, "people:qualification_new", person.pk, **LICENCE)
    send(clerk, "people:group_new", person.pk, group="60", evidence="disability", evidence_on=DAY, from_on=DAY)
    text = seen(clerk, "people:records", person.pk)
    for words in ("Junior college", "南宁学院", "Driving licence C1", "Person with a disability", "waits for the"):
        assert words in text, words
    with within(COUNTY):
        row = GroupMembership.objects.get()
        assert EducationRecord.objects.count() == 2 and Qualification.objects.count() == 1
    assert "You entered the evidence" in seen(clerk, "people:group", row.pk)
    town = cast.township_clerk.client()
    assert send(town, "people:group", row.pk, decision="refuse", reason="").status_code == 422
    assert send(town, "people:group", row.pk, decision="recognise").status_code == 302
    assert "Person with a disability" in seen(clerk, "counter:person", person.pk)
    assert send(clerk, "people:group_end", row.pk, kind="ended", on=DAY, reason="").status_code == 422
    assert send(clerk, "people:group_end", row.pk, kind="ended", on=DAY, reason="证件注销").status_code == 302


@pytest.mark.parametrize(
    ("name", "field", "typed"),
    [
        ("people:group_new", "group", {"group": "60", "evidence": "disability", "evidence_on": DAY, "from_on": DAY}),
        ("people:education_new", "number", SCHOOL),
        ("people:qualification_new", "skill", {"kind": "licence", "number": "8", "issuer": "甲", "issued_on": DAY}),
    ],
)  # fmt: skip
def test_what_is_wrong_is_said_at_its_field(person, clerk, name, field, typed):
    send(clerk, name, person.pk, **typed)
    answer = send(clerk, name, person.pk, **typed)
    assert answer.status_code == 422 and f"id_{field}_error" in answer.content.decode()


def test_a_record_is_withdrawn_with_its_reason(person, clerk):
    send(clerk, "people:education_new", person.pk, **SCHOOL)
    with within(COUNTY):
        row = EducationRecord.objects.get(proof="diploma")
    assert send(clerk, "people:education_withdraw", row.pk, reason=" ").status_code == 422
    assert send(clerk, "people:education_withdraw", row.pk, reason="证书不实").status_code == 302
    assert "证书不实" in seen(clerk, "people:records", person.pk)


def test_a_village_officer_neither_recognises_nor_answers(person, cast, clerk, at):
    row = enter_group(
        person=person.pk,
        facts=GroupFacts(group=60, evidence="disability", evidence_on=date(2026, 11, 20), from_on=date(2026, 11, 20)),
        by=cast.county_clerk.actor,
        at=at,
    )
    village = cast.village_officer.client()
    assert village.get(reverse("people:group", args=[row.pk])).status_code == 403
    assert village.get(reverse("people:correction_list")).status_code == 403
    assert reverse("people:group", args=[row.pk]) not in seen(village, "people:records", person.pk)


def test_a_neighbour_meets_none_of_it(person, cast, clerk):
    send(clerk, "people:group_new", person.pk, group="203", evidence="committee", evidence_on=DAY, from_on=DAY)
    send(clerk, "people:correction_new", person.pk, query="?fact=marital", wanted="20", evidence="结婚证")
    with within(COUNTY):
        row, asked = GroupMembership.objects.get(), CorrectionRequest.objects.get()
    neighbour = cast.neighbour_clerk.client()
    for name, pk in (("records", person.pk), ("group_new", person.pk), ("group", row.pk), ("group_end", row.pk),
                     ("correction_answer", asked.pk), ("correction_new", person.pk)):  # fmt: skip
        assert neighbour.get(reverse(f"people:{name}", args=[pk])).status_code == 404, name
    assert person.name not in seen(neighbour, "people:ending") + seen(neighbour, "people:correction_list")


def test_a_request_of_a_person_waits_on_the_desk_with_its_days_and_is_answered_there(person, cast, clerk, at):
    seeker = self_service(username="seeker", person=person.pk, at=at).client()
    page = reverse("portal:correction_new")
    assert seeker.get(page).status_code == 404
    empty = {"idempotency_key": uuid4().hex, "wanted": "", "evidence": ""}
    assert seeker.post(f"{page}?fact=marital", empty).status_code == 422
    sent = {"idempotency_key": uuid4().hex, "wanted": "20", "evidence": "结婚证"}
    assert seeker.post(f"{page}?fact=marital", sent).status_code == 302
    assert "15 working days left" in seen(seeker, "portal:corrections")
    desk = seen(clerk, "counter:home")
    assert "Correction asked: Marital status" in desk and "15 working days left" in desk
    with within(COUNTY):
        (asked,) = CorrectionRequest.objects.all()
        assert not to_dos(scope=COUNTY, on=at.date(), rights=frozenset({"people.view"}))
    assert reverse("people:correction_answer", args=[asked.pk]) in seen(clerk, "people:correction_list")
    assert send(clerk, "people:correction_answer", asked.pk, answer="refused").status_code == 422
    assert send(clerk, "people:correction_answer", asked.pk, answer="accepted").status_code == 302
    with within(COUNTY):
        assert Person.objects.get(pk=person.pk).marital == "20"
    assert "Accepted and changed" in seen(seeker, "portal:corrections")


def test_a_refusal_is_appealed_against_on_the_own_page_and_ruled_by_another(person, cast, clerk, at):
    seeker = self_service(username="seeker", person=person.pk, at=at)
    asked = ask_correction(
        person=person.pk, fact="marital", wanted="20", evidence="结婚证", by=seeker.actor, at=at
    ).pk
    send(clerk, "people:correction_answer", asked, answer="refused", note="证件不符")
    own = seeker.client()
    assert "证件不符" in seen(own, "portal:corrections")
    assert send(own, "portal:correction_appeal", asked, grounds=" ").status_code == 422
    assert send(own, "portal:correction_appeal", asked, grounds="证件是真的").status_code == 302
    assert "You refused it first" in seen(clerk, "people:correction_answer", asked)
    town = cast.township_clerk.client()
    assert send(town, "people:correction_answer", asked, answer="allowed", note="已核实").status_code == 302
    assert "Allowed and changed" in seen(own, "portal:corrections")
