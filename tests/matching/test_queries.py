"""Suggestions and search on real rows: the same as pair by pair, and counts as by hand."""

from datetime import timedelta

import pytest
from django.utils import translation

from openpes.engine import matching as engine
from openpes.kernel import within
from openpes.matching.queries import (
    SearchWish,
    changes_for_person,
    explanation_of,
    near_and_far,
    search_vacancies,
    suggestions_for_person,
    suggestions_for_vacancy,
    weights_on,
)
from openpes.matching.queries.columns import seeker_columns, vacancy_columns
from openpes.vacancies.models import PublishedVacancy
from tests.cast import TOWN, VILLAGE
from tests.employers.factories import make_employer
from tests.people.factories import a_person
from tests.registration.factories import unemployed, wishing
from tests.vacancies.factories import make_open

COOK, PACKER, DRIVER = "4-03-02-01", "6-31-05-00", "4-02-02-01"


@pytest.fixture
def clerk(cast):
    return cast.county_clerk.actor


@pytest.fixture
def market(clerk, at):
    employer = make_employer(clerk, at, area=clerk.scope).pk
    offers = [
        ("中餐厨师", COOK, 400_000, 600_000, ("board",)),
        ("食品包装工", PACKER, 300_000, 450_000, ("board", "insurance")),
        ("货车司机", DRIVER, 500_000, 800_000, ()),
        ("包装班长", PACKER, 450_000, 520_000, ("insurance",)),
    ]
    rows = [
        make_open(
            clerk, at, employer=employer, title=title, occupation=code, pay_min_fen=low, pay_max_fen=top, benefits=gives
        )
        for title, code, low, top, gives in offers
    ]
    return {row.title: row for row in rows}


@pytest.fixture
def seeker(clerk, at):
    person = a_person(by=clerk, at=at)
    unemployed(person.pk, by=clerk, at=at)
    wishing(person.pk, by=clerk, at=at, occupations=(PACKER,), min_pay_fen=300_000)
    return person


def test_suggestions_are_the_best_pairs_in_their_order(clerk, market, seeker, at):
    with within(clerk.scope):
        found = suggestions_for_person(person=seeker.pk, on=at.date())
        seekers, vacancies = seeker_columns(scope=clerk.scope, on=at.date()), vacancy_columns(on=at.date())
    weights = weights_on(at.date())
    scores = {v: engine.score_pair(seekers.row(0), vacancies.row_of(v), weights) for v in vacancies.id.tolist()}
    expected = sorted((-score, v) for v, score in scores.items() if score is not None)
    assert [(-item.score, item.vacancy.pk) for item in found] == expected
    assert found[0].vacancy.title in ("食品包装工", "包装班长")


def test_a_suggestion_carries_its_reasons_in_both_languages(clerk, market, seeker, at):
    with within(clerk.scope):
        for language, word in (("en", "occupation"), ("zh-hans", "职业")):
            with translation.override(language):
                best = suggestions_for_person(person=seeker.pk, on=at.date())[0]
                assert word in best.parts[0].sentence
                assert sum(part.points for part in best.parts) == best.score


GUARD, EFFECTS = "4-07-05-01", "4-13-02-03"


def test_work_of_the_same_major_class_only_is_told_as_distant_and_folded_below(clerk, at):
    guard = make_open(clerk, at, title="保安员", occupation=GUARD).pk
    make_open(clerk, at, title="影视烟火特效员", occupation=EFFECTS)
    person = a_person(by=clerk, at=at)
    unemployed(person.pk, by=clerk, at=at)
    wishing(person.pk, by=clerk, at=at, occupations=(GUARD,))
    with within(clerk.scope), translation.override("en"):
        found = suggestions_for_person(person=person.pk, on=at.date())
        near, far = near_and_far(found)
        assert [item.vacancy.pk for item in near] == [guard] and near[0].grade.tone == "ok"
        assert far and all("istant" in str(item.grade.label) and item.grade.tone == "wait" for item in far)
        assert far[0].percent >= 70  # by its points alone it would stand in green
    assert [item.score for item in found] == sorted((item.score for item in found), reverse=True)


def test_what_is_missing_is_said(clerk, market, seeker, at):
    with within(clerk.scope), translation.override("en"):
        why = explanation_of(person=seeker.pk, vacancy=market["货车司机"].pk, on=at.date())
    assert why.missing
    assert any("another kind of work" in sentence for sentence in why.missing)


def test_what_is_praised_is_never_called_missing_as_well(clerk, market, seeker, at):
    with within(clerk.scope):
        found = suggestions_for_person(person=seeker.pk, on=at.date())
    assert found
    for item in found:
        assert not set(item.best_reasons) & set(item.missing)
        assert item.failed == () and item.grade != "excluded"


def test_a_failed_condition_is_said_once_and_graded(clerk, market, seeker, at):
    with within(clerk.scope), translation.override("en"):
        why = explanation_of(person=seeker.pk, vacancy=market["货车司机"].pk, on=at.date())
        assert (why.score is None) == bool(why.failed)
        assert set(why.failed) <= set(why.missing)
        assert not {part.sentence for part in why.telling_parts} & set(why.failed)


def test_a_person_without_a_wish_gets_no_suggestion(clerk, market, at):
    person = a_person(by=clerk, at=at, name="黄建国")
    with within(clerk.scope):
        assert suggestions_for_person(person=person.pk, on=at.date()) == []
        assert changes_for_person(person=person.pk, on=at.date()) == []


def test_candidates_are_of_the_own_area_only(cast, clerk, market, seeker, at):
    vacancy = market["食品包装工"].pk
    with within(clerk.scope):
        assert [c.person.pk for c in suggestions_for_vacancy(scope=clerk.scope, vacancy=vacancy, on=at.date())] == [
            seeker.pk
        ]
    neighbour = cast.neighbour_clerk.actor.scope
    with within(neighbour):
        assert suggestions_for_vacancy(scope=neighbour, vacancy=vacancy, on=at.date()) == []


def test_a_closed_vacancy_is_not_suggested(clerk, market, seeker, at):
    later = at.date() + timedelta(days=31)
    with within(clerk.scope):
        assert suggestions_for_person(person=seeker.pk, on=later) == []


def found_by(at, **wish):
    with within(role="openpes_public"):
        return search_vacancies(wish=SearchWish(**wish), on=at.date())


def test_search_finds_a_part_of_a_title(market, at):
    assert {row.title for row in found_by(at, text="包装").rows} == {"食品包装工", "包装班长"}


def test_every_count_of_a_facet_is_the_number_of_rows_it_leaves(market, at):
    page = found_by(at)
    for facet in page.facets:
        for value in facet.values:
            assert found_by(at, **{facet.name: (value.code,)}).total == value.count, (facet.name, value)


def test_filters_narrow_together(market, at):
    page = found_by(at, text="包装", benefits=("board",))
    assert [row.title for row in page.rows] == ["食品包装工"]
    assert page.openings == 2


@pytest.mark.parametrize("text", ["'", "a & b | !c", "\\", "():*", "🚀" * 80, "‮包装", "'; DROP TABLE x --", " " * 300])
def test_hostile_text_is_only_text(market, at, text):
    assert found_by(at, text=text).total >= 0


def test_unknown_values_of_facets_find_nothing_and_break_nothing(market, at):
    assert found_by(at, terms=("nonsense",), sort="nonsense", page=99).rows == ()


def test_pay_order_is_by_the_top_then_the_number(market, at):
    rows = found_by(at, sort="pay").rows
    assert [row.title for row in rows][:2] == ["货车司机", "中餐厨师"]


def test_the_public_row_holds_nothing_of_persons():
    columns = {field.name for field in PublishedVacancy._meta.get_fields()}
    assert not columns & {"person", "contact_name", "contact_phone"}


def test_scope_of_columns_is_the_area_asked_for(clerk, market, seeker, at):
    with within("4501"):
        assert seeker_columns(scope=TOWN, on=at.date()).id.tolist() == [seeker.pk]
        assert seeker_columns(scope="450105", on=at.date()).id.tolist() == []
        assert seeker_columns(scope=VILLAGE, on=at.date()).id.tolist() == [seeker.pk]
