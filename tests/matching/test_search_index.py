"""The search index of a city answers as the narrow table does, is as new as the last commit, and may break."""

from dataclasses import replace
from datetime import timedelta
from random import Random

import pytest
from django.db import transaction

from openpes.engine.search import Near
from openpes.engine.search.files import POINTER, name_in_force
from openpes.kernel import Actor, within
from openpes.kernel.action import PLATFORM
from openpes.matching.actions import renew_search_index
from openpes.matching.actions import search_index as renewing
from openpes.matching.choices import PayBand, Sort
from openpes.matching.queries import SearchWish, place_counts, search_kept, search_vacancies, vacancy_count
from openpes.matching.queries import search as answering
from openpes.matching.queries.search_asked import query_of_wish
from openpes.matching.queries.search_kept import KeptIndex
from openpes.vacancies.actions.publication import _write_terms, terms_of
from openpes.vacancies.choices import Benefit, Term
from openpes.vacancies.models import PublishedVacancy, Vacancy
from tests.cast import TOWN
from tests.employers.factories import make_employer
from tests.engine.test_search import FIRMS, PIECES

pytestmark = pytest.mark.city
PLACES = ("450103001001", "450103002", "450105", "450126003", "450181101")
JOBS = ("4-03-02-01", "4-03-01-02", "6-31-05-00", "2-02-10-05")
SPOTS = ("", "", "22.81,108.37", "22.84,108.30", "23.16,108.27")
ROWS = 160


@pytest.fixture
def kept(city, tmp_path, settings, monkeypatch) -> KeptIndex:
    settings.SEARCH_FOLDER, settings.SEARCH_INDEX_FROM = tmp_path / "search", 50
    monkeypatch.setattr(renewing, "ENOUGH", 20)
    kept = KeptIndex(settings.SEARCH_FOLDER)
    monkeypatch.setattr(answering, "kept_index", lambda: kept)
    return kept


@pytest.fixture
def market(kept, at) -> list[int]:
    clerk = Actor(id=9000, scope="4501")
    employer = make_employer(clerk, at, area="450103").pk
    with within("4501"):
        drafts = [
            Vacancy(
                area=TOWN, employer_id=employer, title="草稿", occupation=JOBS[0], openings=1, term="fixed",
                drafted_on=at.date(), created_at=at,
            )
            for _ in range(ROWS + 20)
        ]  # fmt: skip
        numbers = [row.pk for row in Vacancy.objects.bulk_create(drafts)]
    rng = Random(1)
    put([published(rng, number, employer, at) for number in numbers[:ROWS]])
    return numbers


def published(rng: Random, number: int, employer: int, at) -> PublishedVacancy:
    low = rng.randrange(2_000, 13_000, 500) * 100
    return PublishedVacancy(
        vacancy_id=number, place=rng.choice(PLACES), title="".join(rng.choices(PIECES, k=rng.randint(1, 3))),
        employer_id=employer, employer_name=rng.choice(FIRMS), occupation=rng.choice(JOBS), openings=4,
        places_left=rng.randrange(4), term=rng.choice(Term.values), pay_min_fen=low,
        pay_max_fen=low + rng.randrange(3) * 50_000, education_min=rng.choice(["", "10", "30"]),
        benefits=[code for code in Benefit.values if rng.random() < 0.3],
        published_on=at.date() - timedelta(days=rng.randrange(-1, 9)),
        closes_on=at.date() + timedelta(days=rng.randrange(-1, 9)), terms="", spot=rng.choice(SPOTS),
    )  # fmt: skip


def put(rows: list[PublishedVacancy]) -> None:
    with within("4501"):
        for row in rows:
            row.save()
            _write_terms(row.pk, terms_of(title=row.title, employer_name=row.employer_name))


def wishes(seed: int, count: int) -> list[SearchWish]:
    rng = Random(seed)

    def some(values, most):
        return tuple(rng.sample(list(values), rng.randrange(most + 1)))

    made = []
    for _ in range(count):
        asked = {
            "text": rng.choice(PIECES), "must": some(PIECES, 1), "any_of": (some(PIECES, 2),),
            "excluded": some(PIECES, 1),
            "phrases": some(["工（包", "JAVA", "电工电", "压"], 1), "beginnings": some(["ja", "无"], 1),
            "nice": tuple((text, rng.randint(1, 10)) for text in some(PIECES, 2)),
            "places": some([*PLACES, "450103"], 2),
            "classes": some([*JOBS, "4", "4-03"], 2), "pay": some(PayBand.values, 2),
            "education": some(["10", "30"], 1), "terms": some(Term.values, 2), "benefits": some(Benefit.values, 1),
            "pay_from_fen": rng.choice([0, 700_000]),
            "near": rng.choice([Near(22.82, 108.35, 30), Near(22.82, 108.35)]),
        }  # fmt: skip
        kept = rng.sample(sorted(asked), rng.choice([0, 1, 1, 2, 3]))
        made.append(SearchWish(**{name: asked[name] for name in kept}, sort=rng.choice(Sort.values)))
    return made


def asked(wish: SearchWish, at):
    with within(role="openpes_public"):
        return search_vacancies(wish=wish, on=at.date())


def by_table(wish: SearchWish, at):
    with within(role="openpes_public"):
        return answering._by_table(query_of_wish(wish), wish, at.date())


def plain(page):
    facets = {f.name: {v.code: (v.count, v.chosen) for v in f.values} for f in page.facets}
    return page.total, page.openings, [row.pk for row in page.rows], facets, page.following, page.pages


def answers_itself(kept: KeptIndex) -> bool:
    with within(role="openpes_public"):
        return kept.present() is not None


def test_the_index_and_the_table_give_the_same_pages_also_after_rows_changed(market, kept, at):
    assert not answers_itself(kept)
    assert renew_search_index(by=PLATFORM, at=at) == ROWS
    kept.wait()
    assert answers_itself(kept)
    for wish in wishes(3, 70):
        page = asked(wish, at)
        assert plain(page) == plain(by_table(wish, at)), wish
        if page.following:
            further = replace(wish, after=page.following)
            assert plain(asked(further, at)) == plain(by_table(further, at)), further
    rng = Random(9)
    with within("4501"):
        PublishedVacancy.objects.filter(pk__in=market[:5]).delete()
        PublishedVacancy.objects.filter(pk=market[6]).update(places_left=9)
    put([published(rng, number, 1, at) for number in (*market[10:14], *market[ROWS : ROWS + 6])])
    assert answers_itself(kept)
    for wish in wishes(4, 50):
        if wish.sort != Sort.RELEVANCE:  # its rarities are those of the day on which the index was made
            assert plain(asked(wish, at)) == plain(by_table(wish, at)), wish
        with within(role="openpes_public"):
            counts = place_counts(wish=wish, inside="4501", length=9, on=at.date())
            assert counts == answering._place_counts_by_table(query_of_wish(wish), "4501", 9, at.date())
            assert vacancy_count(wish=wish, on=at.date()) == by_table(wish, at).total


def test_what_is_saved_is_found_at_once_by_everybody_else_only_when_it_is_committed(market, kept, at):
    renew_search_index(by=PLATFORM, at=at)
    kept.wait()
    row = published(Random(5), market[ROWS], 1, at)
    row.title, row.places_left, row.published_on, row.closes_on = "潜水员", 1, at.date(), at.date()
    wish = SearchWish(text="潜水员")
    with within("4501"), transaction.atomic():
        put([row])
        assert search_vacancies(wish=wish, on=at.date()).total == 1
        transaction.set_rollback(True)
    assert asked(wish, at).total == 0
    put([row])
    assert [found.pk for found in asked(wish, at).rows] == [row.pk]
    assert answers_itself(kept)


def test_a_new_index_is_made_only_when_it_is_due(market, kept, at, settings):
    assert renew_search_index(by=PLATFORM, at=at) == ROWS
    name = name_in_force(settings.SEARCH_FOLDER)
    assert renew_search_index(by=PLATFORM, at=at) is None and name_in_force(settings.SEARCH_FOLDER) == name
    with within("4501"):
        for number in market[:30]:
            PublishedVacancy.objects.filter(pk=number).update(places_left=3)
    assert renew_search_index(by=PLATFORM, at=at) == ROWS
    kept.wait()
    assert answers_itself(kept) and name_in_force(settings.SEARCH_FOLDER) != name
    settings.SEARCH_INDEX_FROM = ROWS + 1
    assert renew_search_index(by=PLATFORM, at=at) is None
    assert not answers_itself(kept) and asked(SearchWish(), at).total


def same_answers(at) -> bool:
    return all(plain(asked(wish, at)) == plain(by_table(wish, at)) for wish in wishes(8, 6))


@pytest.mark.parametrize(
    "damage", [lambda f: (f / "postings.bin").write_bytes(b""), lambda f: f.rename(f.parent / "x")]
)
def test_a_damaged_index_is_told_left_alone_and_made_anew(market, kept, at, settings, damage, caplog):
    renew_search_index(by=PLATFORM, at=at)
    damage(settings.SEARCH_FOLDER / name_in_force(settings.SEARCH_FOLDER))
    kept.wait()
    assert not answers_itself(kept) and same_answers(at)
    assert "answered by the table" in caplog.text
    assert renew_search_index(by=PLATFORM, at=at) == ROWS
    kept.wait()
    assert answers_itself(kept) and same_answers(at)


def test_an_index_of_another_server_or_with_too_many_changes_is_not_asked(market, kept, at, monkeypatch):
    renew_search_index(by=PLATFORM, at=at)
    kept.wait()
    assert answers_itself(kept)
    standing = kept._standing
    kept._standing = replace(standing, sight=replace(standing.sight, server=(at, 1)))
    assert not answers_itself(kept) and same_answers(at)
    kept._standing = standing
    monkeypatch.setattr(search_kept, "MOST_CHANGED", 3)
    with within("4501"):
        PublishedVacancy.objects.filter(pk__in=market[:4]).update(places_left=2)
    assert not answers_itself(kept) and same_answers(at)


def test_a_pointer_to_nowhere_is_no_index(market, kept, at, settings):
    renew_search_index(by=PLATFORM, at=at)
    (settings.SEARCH_FOLDER / POINTER).write_text("../elsewhere")
    kept.wait()
    assert not answers_itself(kept) and same_answers(at)
    assert renew_search_index(by=PLATFORM, at=at) == ROWS
