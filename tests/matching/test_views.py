"""The pages of matching: the weights with who is served first, and who is suggested how often."""

from django.urls import reverse

from openpes.kernel import within
from openpes.kernel.action import PLATFORM
from openpes.kernel.scope import CITY
from openpes.matching.actions import match_city
from openpes.matching.queries import (
    candidate_lists,
    changes_for_person,
    changes_for_vacancy,
    fairness_tables,
    outlook_of_person,
    spread_figures,
    spread_of_person,
    suggestions_for_vacancy,
)
from openpes.people.models import GroupMembership
from openpes.registration.models import JobWish
from tests.matching.test_city import crowd  # noqa: F401
from tests.matching.test_queries import clerk, market, seeker  # noqa: F401

LAID_OFF = 10


def served_first(person, at) -> None:
    """Recognise a person as laid off from a state enterprise, past the forms."""
    with within(CITY):
        GroupMembership.objects.create(
            area=person.area, person=person, group=LAID_OFF, evidence="laid_off", evidence_on=at.date(),
            wants_two=False, from_on=at.date(), entered_at=at, entered_by=1, entered_hands=[1],
            outcome="recognised", decided_at=at, decided_by=2, decided_hands=[2],
        )  # fmt: skip


def test_a_person_of_a_group_served_first_stands_higher_and_the_reason_says_so(clerk, market, crowd, at):  # noqa: F811
    vacancy = market["食品包装工"].pk
    with within(clerk.scope):
        before = suggestions_for_vacancy(scope=clerk.scope, vacancy=vacancy, on=at.date())
    last = before[-1]
    served_first(last.person, at)
    with within(clerk.scope):
        found = suggestions_for_vacancy(scope=clerk.scope, vacancy=vacancy, on=at.date())
    after = {one.person.pk: one for one in found}
    raised = after[last.person.pk]
    assert raised.score == last.score + 300 and raised.percent == last.percent and raised.grade == last.grade
    assert raised.priority.points == 300 and "国企下岗失业人员" in raised.priority.sentence
    assert [one.priority for pk, one in after.items() if pk != last.person.pk] == [None] * (len(after) - 1)


def test_every_concession_is_told_with_what_it_brings(clerk, market, seeker, crowd, at):  # noqa: F811
    with within(clerk.scope):
        for row in market.values():
            changes = changes_for_vacancy(scope=clerk.scope, vacancy=row.pk, on=at.date())
            assert [one.gained for one in changes] == sorted((one.gained for one in changes), reverse=True)
        assert all(one.gained > 0 for one in changes_for_person(person=seeker.pk, on=at.date()))


def test_what_the_spread_gave_is_marked_behind_the_best(clerk, market, seeker, at):  # noqa: F811
    match_city(by=PLATFORM, at=at)
    with within(clerk.scope):
        given = spread_of_person(person=seeker.pk)
        wish = JobWish.objects.get(person=seeker)
        told = outlook_of_person(person=seeker, wish=wish, on=at.date(), k=1, spread=given).suggestions
        assert spread_of_person(person=0) == ()
    assert given and {one.vacancy.pk for one in told if one.is_spread} == set(given)
    assert len(told) == len({told[0].vacancy.pk, *given})


def test_lists_for_many_vacancies_hold_whom_the_reader_may_see(clerk, market, seeker, crowd, at):  # noqa: F811
    match_city(by=PLATFORM, at=at)
    pks = [row.pk for row in market.values()]
    with within(clerk.scope):
        found = candidate_lists(scope=clerk.scope, vacancies=pks)
        assert set(found) == set(pks)
        assert all(one.made_at == at and one.count == 6 and len(one.persons) == 3 for one in found.values())
    with within("450199"):
        assert candidate_lists(scope="450199", vacancies=pks) == {}


def test_figures_are_told_for_a_county_and_for_the_city(clerk, market, seeker, crowd, at):  # noqa: F811
    match_city(by=PLATFORM, at=at)
    with within(clerk.scope):
        tables = fairness_tables(scope=clerk.scope)
        assert [table.topic for table in tables] == ["sex", "age", "home", "group"]
        assert all(sum(row.persons for row in table.rows) == 6 for table in tables)
        assert all(row.weight == 100.0 for table in tables for row in table.rows if len(table.rows) == 1)
        assert spread_figures(scope=clerk.scope) is None
    with within(CITY):
        told = spread_figures(scope=CITY)
    assert [line[2] for line in told.rows] == [4, 4] and told.lost >= 0


def test_a_statistician_reads_who_is_suggested_and_what_the_figures_mean(market, seeker, cast, at):  # noqa: F811
    address = reverse("matching:fairness")
    reader = cast.statistician.client()
    assert "The city has not been matched yet." in reader.get(address).content.decode()
    match_city(by=PLATFORM, at=at)
    text = reader.get(address).content.decode()
    assert "What the figures mean" in text and "Mean rank" in text and "Gini coefficient" in text
    assert cast.village_officer.client().get(address).status_code == 403


def test_the_weights_page_names_who_is_served_first(cast):
    text = cast.county_clerk.client().get(reverse("matching:weights")).content.decode()
    assert "Served first" in text and "Laid off or unemployed from a state enterprise" in text
