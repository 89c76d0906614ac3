"""An employer's page tells who shows a CV, how many others would suit, and what would bring more."""

import pytest
from django.urls import reverse
from django.utils.html import escape

from openpes.matching.choices import CHANGES_SHOWN
from openpes.resumes.actions import choose_audience, withdraw_resume, write_resume
from openpes.resumes.rules import ResumeFacts
from tests.cast import VILLAGE, self_service
from tests.employers.factories import make_employer
from tests.people.factories import a_person
from tests.portal.factories import CLERK
from tests.registration.factories import unemployed, wishing
from tests.vacancies.factories import make_open

EMPLOYER, ME = reverse("portal:employer"), reverse("portal:me")
WORK = ("6-31-05-00",)


@pytest.fixture
def people(db, cast, at):
    clerk, found = cast.village_officer.actor, []
    for number in range(6):
        person = a_person(by=clerk, at=at, name=f"覃小{'甲乙丙丁戊己'[number]}", area=VILLAGE)
        unemployed(person.pk, by=clerk, at=at)
        wishing(person.pk, by=clerk, at=at, occupations=WORK)
        found.append(person)
    return found


@pytest.fixture
def office(db, at):
    firm = make_employer(CLERK, at, name="南宁甲食品有限公司")
    return self_service(username="office", employer=firm.pk, at=at)


@pytest.fixture
def vacancy(office, at):
    return make_open(CLERK, at, employer=office.actor.employer, title="糕点包装工")


def show_cv(person, at):
    owner = self_service(username=f"owner-{person.pk}", person=person.pk, at=at).actor
    write_resume(facts=ResumeFacts(headline="包装工", own_words="能上夜班。", jobs=()), by=owner, at=at)
    choose_audience(audience="all", by=owner, at=at)
    return owner


def told(office):
    answer = office.client().get(EMPLOYER)
    return answer.context["work"].candidates[0], answer.content.decode()


def test_who_shows_no_cv_is_a_number_with_what_so_many_share(office, vacancy, people):
    found, text = told(office)
    assert found.best == () and found.others.count == 6 and not found.others.is_more
    assert found.others.reasons and all(times >= found.others.least for _reason, times in found.others.reasons)
    assert escape(found.others.reasons[0][0]) in text and "<strong>6</strong> persons who show no CV" in text
    for person in people:
        for secret in (person.name, person.id_mask, person.phone_mask, f"/people/{person.pk}", f"person={person.pk}"):
            assert secret not in text


def test_fewer_than_the_smallest_cell_are_not_counted_and_not_described(office, vacancy, people, at):
    for person in people[:2]:
        show_cv(person, at)
    found, text = told(office)
    assert len(found.best) == 2 and found.others.count == 0 and found.others.reasons == ()
    assert "Fewer than 5 persons who show no CV would suit" in text and "<strong>4</strong>" not in text


def test_who_shows_a_cv_stands_with_reasons_and_leads_to_it_until_it_is_taken_back(office, vacancy, people, at):
    owner = show_cv(people[0], at)
    found, text = told(office)
    address = f"{reverse('referrals:candidates', args=[vacancy.pk])}?person={people[0].pk}"
    assert [one.suggestion.person.pk for one in found.best] == [people[0].pk] and found.others.count == 5
    assert address in text and found.best[0].place in text
    assert escape(found.best[0].suggestion.best_reasons[0]) in text
    assert "能上夜班" in office.client().get(address).content.decode()
    withdraw_resume(by=owner, at=at)
    found, text = told(office)
    assert found.best == () and found.others.count == 6 and address not in text


def test_both_sides_are_told_up_to_three_concessions_the_one_that_brings_most_first(office, vacancy, people, at):
    for number in range(3):  # out of reach by pay alone, or by a licence alone
        make_open(CLERK, at, title=f"{number}号包装工", pay_min_fen=230_000, pay_max_fen=260_000)
    for skill in ("licence_c1", "licence_b2"):
        make_open(CLERK, at, title=f"包装工兼司机{skill}", skills_required=[skill])
    owner = self_service(username="seeker", person=people[0].pk, at=at)
    answer = owner.client().get(ME)
    changes = answer.context["file"].changes
    assert 1 < len(changes) <= CHANGES_SHOWN
    assert [one.gained for one in changes] == sorted((one.gained for one in changes), reverse=True)
    text = answer.content.decode()
    assert all(f"<strong>{one.gained}</strong> more vacanc" in text and escape(one.change) in text for one in changes)
    work = office.client().get(EMPLOYER).context["work"]
    assert all(len(one.changes) <= CHANGES_SHOWN for one in work.candidates)
