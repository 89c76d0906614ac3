"""What a wish can say, answered by the narrow table: every way of narrowing, every order, pages without an end."""

from dataclasses import replace
from datetime import date

import pytest

from openpes.kernel import within
from openpes.matching.queries import Near, SearchWish, search_vacancies
from tests.employers.factories import make_employer
from tests.vacancies.factories import make_open

SEAT = Near(22.82, 108.35)  # the seat of Qingxiu
OFFERS = [
    ("电工", "450103", 500_000),
    ("高压电工（包吃住）", "450105", 800_000),
    ("水处理工", "450181", 420_000),
    ("Java工程师", "450103", 1_500_000),
    ("维修工", "450107", 450_000),
    ("电工学徒", "450181", 300_000),
]


@pytest.fixture
def market(cast, at):
    by = cast.city_clerk.actor
    employer = make_employer(by, at, area="450103", name="南宁市美味餐饮有限公司").pk
    for title, area, top in OFFERS:
        make_open(by, at, employer=employer, title=title, area=area, pay_min_fen=top - 50_000, pay_max_fen=top)


def titles(at, **wish):
    return [row.title for row in page_of(at, **wish).rows]


def page_of(at, **wish):
    with within(role="openpes_public"):
        return search_vacancies(wish=SearchWish(**wish), on=at.date())


@pytest.mark.parametrize(
    ("wish", "found"),
    [
        ({"must": ("电工", "高压")}, {"高压电工（包吃住）"}),
        ({"text": "电工", "excluded": ("学徒", "高压")}, {"电工"}),
        ({"any_of": (("水处理", "维修"), ("处理工", "会计"))}, {"水处理工"}),
        ({"any_of": (("水处理", "维修"),)}, {"水处理工", "维修工"}),
        ({"phrases": ("工（包吃",)}, {"高压电工（包吃住）"}),
        ({"phrases": ("JAVA工程",)}, {"Java工程师"}),
        ({"phrases": ("吃包",)}, set()),
        ({"beginnings": ("jav",)}, {"Java工程师"}),
        ({"beginnings": ("餐",), "phrases": ("学徒",)}, {"电工学徒"}),
        ({"pay_from_fen": 800_000}, {"高压电工（包吃住）", "Java工程师"}),
        ({"near": replace(SEAT, km=6)}, {"电工", "Java工程师", "高压电工（包吃住）", "维修工"}),
        ({"since": date(2026, 11, 24)}, set()),
        ({"must": ("！？",)}, set()),
        ({"phrases": ("",), "must": (" ",), "excluded": ("；",), "any_of": ((),)}, {title for title, *_ in OFFERS}),
    ],
)
def test_every_part_of_a_wish_narrows_as_it_says(market, at, wish, found):
    page = page_of(at, **wish)
    assert {row.title for row in page.rows} == found
    assert page.total == len(found)


def test_relevance_puts_the_title_that_says_nothing_else_first_and_what_is_nice_above(market, at):
    assert titles(at, text="电工", sort="relevance") == ["电工", "电工学徒", "高压电工（包吃住）"]
    assert titles(at, text="电工", nice=(("高压", 10),), sort="relevance")[0] == "高压电工（包吃住）"
    assert len(titles(at, nice=(("高压", 1),), sort="relevance")) == len(OFFERS)


def test_words_of_a_title_count_more_than_those_of_the_employer(market, at, cast):
    by = cast.city_clerk.actor
    make_open(by, at, employer=make_employer(by, at, area="450103", name="美味食品厂").pk, title="餐饮服务员")
    found = titles(at, text="餐饮", sort="relevance")
    assert found[0] == "餐饮服务员" and len(found) == 1 + len(OFFERS)


def test_distance_puts_the_nearest_first(market, at):
    assert titles(at, near=SEAT, sort="distance")[:2] == ["Java工程师", "电工"]
    assert titles(at, sort="distance") == titles(at, sort="new")


@pytest.mark.parametrize("sort", ["new", "pay", "places", "relevance", "distance"])
def test_pages_by_key_show_every_row_once_in_the_order_of_one_long_page(cast, at, sort):
    by = cast.city_clerk.actor
    employer = make_employer(by, at, area="450103").pk
    counties = [area for _title, area, _top in OFFERS]
    for number in range(45):
        make_open(
            by, at, employer=employer, title="电工" * (1 + number % 3), area=counties[number % 6],
            openings=1 + number % 4, pay_max_fen=500_000 + number % 5,
        )  # fmt: skip
    wish, seen = SearchWish(text="电工", sort=sort, near=SEAT), []
    pages = [page_of(at, **vars(replace(wish, page=number))) for number in (1, 2, 3)]
    while wish:
        page = page_of(at, **vars(wish))
        seen += [row.pk for row in page.rows]
        wish = replace(wish, after=page.following) if page.following else None
    assert seen == [row.pk for page in pages for row in page.rows]
    assert len(set(seen)) == 45 == pages[0].total


@pytest.mark.parametrize("after", ["", "new", "new_1", "pay_1_2_3", "new_x_2", "new_²_2", "new_-_1", "x" * 5000])
def test_a_key_that_is_none_begins_at_the_first_page(market, at, after):
    assert len(titles(at, after=after)) == len(OFFERS)


@pytest.mark.parametrize("after", ["new_999999999999999999_1", "new_-5_-5", "relevance_1_2_3"])
def test_a_key_from_nowhere_is_only_a_place_in_the_order(market, at, after):
    assert len(titles(at, after=after, sort=after.split("_")[0])) in (0, len(OFFERS))


def test_a_question_without_measure_is_cut_and_answered(market, at):
    texts = tuple(f"电工{chr(0x4E00 + number) * 3000}" for number in range(3000))
    page = page_of(
        at, text=texts[0], must=texts, any_of=(texts,), excluded=texts, phrases=texts, beginnings=texts,
        nice=tuple((text, 10**9) for text in texts), sort="relevance",
    )  # fmt: skip
    assert page.total == 0
    assert page_of(at, excluded=texts, nice=tuple((text, -5) for text in texts), sort="relevance").total == len(OFFERS)
