"""The public search: exact counts, links that can be shared, and input that nobody expected."""

from collections import Counter
from itertools import product
from urllib.parse import parse_qs

import pytest
from django.db import connection
from django.http import QueryDict
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from openpes.kernel import within
from openpes.matching.choices import PayBand
from openpes.matching.queries import SearchWish
from openpes.portal.queries import found_openings, query_of, wish_of
from openpes.vacancies.models import PublishedVacancy

SEARCH = reverse("portal:search")
OF_VALUE = {
    "place": lambda row, code: row.place.startswith(code),
    "town": lambda row, code: row.place.startswith(code),
    "pay": lambda row, code: PayBand(code).bounds[0] <= row.pay_max_fen < PayBand(code).bounds[1],
    "class": lambda row, code: row.occupation.startswith(code),
    "education": lambda row, code: row.education_min == code,
    "term": lambda row, code: row.term == code,
    "benefit": lambda row, code: code in row.benefits,
}
HOSTILE = [
    "'", '"', "''; DROP TABLE people_person; --", "a & | ! ( ) : * <->", "\\", "\x00", "a\x00b", "%00", "😀👩‍👩",
    "\u202eabc", "مرحبا", "工" * 5000, " ", "\u3000", "<script>alert(1)</script>", "C++", "\ufffd", "OR 1=1",
    "{{ 7*7 }}", "包'装", "ＣＮＣ", "\r\nSet-Cookie: a=b",
]  # fmt: skip


def rows() -> list[PublishedVacancy]:
    return list(PublishedVacancy.objects.defer("terms").order_by("pk"))


def found(at, query: str):
    with within(role="openpes_public"):
        return found_openings(wish=wish_of(QueryDict(query)), on=at.date())


def kept(query: str, but: str = "") -> list[PublishedVacancy]:
    """The rows that a query keeps, by plain Python; benefits narrow with "and", everything else widens with "or"."""
    asked = {name: values for name, values in parse_qs(query).items() if name not in (but, "town")}
    return [row for row in rows() if all(_fits(row, name, values) for name, values in asked.items())]


def _fits(row: PublishedVacancy, name: str, values: list[str]) -> bool:
    return (all if name == "benefit" else any)(OF_VALUE[name](row, value) for value in values)


QUERIES = [
    "", "place=450103", "pay=3000-5000&pay=8000-12000", "class=6&term=open_ended", "benefit=board&benefit=lodging",
    "education=71&place=450105&place=450103", "place=450103&pay=0-3000&term=short&benefit=board",
]  # fmt: skip


@pytest.mark.parametrize("query", QUERIES)
def test_every_count_is_what_a_count_over_the_rows_gives(vacancies, at, query):
    page = found(at, query)
    assert page.total == len(kept(query))
    assert page.openings == sum(row.places_left for row in kept(query))
    for choice in (choice for group in page.groups for choice in group.choices):
        name = choice.parameter
        left = kept(query, but="" if name == "benefit" else name)
        assert choice.count == sum(OF_VALUE[name](row, choice.code) for row in left), choice
        for town in choice.below:
            assert town.count == sum(row.place.startswith(town.code) for row in left), town


@pytest.mark.parametrize("query", QUERIES)
def test_a_box_that_is_ticked_leads_to_the_number_beside_it(vacancies, at, query):
    page = found(at, query)
    for choice in (choice for group in page.groups for choice in group.choices if not choice.chosen):
        alone = "&".join(part for part in query.split("&") if part and not part.startswith(f"{choice.parameter}="))
        ticked = query if choice.parameter == "benefit" else alone
        assert found(at, f"{ticked}&{choice.parameter}={choice.code}").total == choice.count


def test_towns_appear_below_a_chosen_county_and_narrow_it(vacancies, at):
    towns = {t.code: t for g in found(at, "place=450103").groups for c in g.choices for t in c.below}
    assert {code: town.count for code, town in towns.items()} == Counter(
        row.place for row in rows() if row.place.startswith("450103") and len(row.place) == 9
    )
    narrower = found(at, "place=450103&town=450103002")
    assert narrower.total == towns["450103002"].count
    assert [chip.label for chip in narrower.chips] == [narrower.rows[0].full_place.removeprefix("南宁市")]
    assert wish_of(QueryDict("town=450103002")).places == ()
    assert wish_of(QueryDict("place=450103002")).places == ("450103", "450103002")


def test_taking_every_chip_away_leads_back_to_everything(vacancies, at):
    address = "?place=450103&pay=3000-5000&term=open_ended&q=包装&benefit=board&education=71&class=6"
    while away := _away(found(at, address[1:])):
        assert len(_away(found(at, away[0][1:]))) == len(away) - 1
        address = away[0]
    assert found(at, address[1:]).total == len(vacancies)


def _away(page) -> list[str]:
    """The addresses without one choice or one concept."""
    return [chip.url for chip in page.chips] + [concept.without for concept in page.said]


def test_an_empty_result_says_which_choice_stands_in_the_way_and_by_how_much(vacancies, visitor, at):
    query = "q=包装&pay=12000-&place=450110&term=part_time"
    page = found(at, query)
    assert page.total == 0
    for chip in page.loosened:
        assert chip.count == found(at, chip.url[1:]).total > 0
    assert [chip.count for chip in page.loosened] == sorted((c.count for c in page.loosened), reverse=True)
    text = visitor.get(f"{SEARCH}?{query}").content.decode()
    assert "No vacancy fits all of this" in text


def test_an_empty_result_that_no_single_choice_mends_names_two(vacancies, visitor):
    answer = visitor.get(f"{SEARCH}?q=zzz&education=81")
    assert [chip.count for chip in answer.context["found"].loosened] == [len(vacancies)]
    assert "Without zzz and" in answer.content.decode()


def test_an_empty_result_that_no_two_choices_mend_offers_to_begin_again(vacancies, visitor):
    text = visitor.get(f"{SEARCH}?q=zzz&education=81&place=450123").content.decode()
    assert "Taking away one thing alone does not help" in text


def test_unknown_values_are_left_out_without_an_error(vacancies, visitor, at):
    odd = "place=999999&place=4501&pay=7&class=Z&education=xx&term=never&benefit=gold&sort=worst&page=x&town=1"
    assert wish_of(QueryDict(odd)) == SearchWish()
    answer = visitor.get(f"{SEARCH}?{odd}")
    assert answer.status_code == 200
    assert f"{len(vacancies)} vacancies" in answer.content.decode()


@pytest.mark.parametrize("page", ["0", "-1", "99", "9" * 5000, "１２", "1.5", ""])
def test_a_page_that_is_not_there_shows_the_nearest(vacancies, visitor, page):
    assert visitor.get(SEARCH, {"page": page}).status_code == 200


@pytest.mark.parametrize("text", HOSTILE)
def test_no_search_text_breaks_the_page(vacancies, visitor, text):
    for field in ("q", "place", "town", "pay", "class", "education", "term", "benefit", "sort", "page"):
        answer = visitor.get(SEARCH, {field: text, "term": "short"} | ({"q": "包装"} if field != "q" else {}))
        assert answer.status_code == 200, field
    answer = visitor.get(SEARCH, {"q": text}, headers={"HX-Request": "true"})
    assert answer.status_code == 200
    assert "<script>alert" not in answer.content.decode()
    assert "\n" not in answer["HX-Push-Url"]


def test_hundreds_of_values_ask_the_database_for_a_few(vacancies, visitor, django_assert_max_num_queries):
    many = "&".join(f"place=4501{n:02}" for n in range(100)) + "&" + "&".join(f"town=450103{n:03}" for n in range(600))
    visitor.get(SEARCH)
    with django_assert_max_num_queries(16):
        assert visitor.get(f"{SEARCH}?{many}").status_code == 200


def test_the_same_search_has_one_address_whatever_the_order(db):
    parts = ("place=450105", "place=450103", "term=short", "q=包装")
    addresses = {query_of(wish_of(QueryDict("&".join(pair)))) for pair in product(parts, parts) if pair[0] != pair[1]}
    assert len(addresses) < 12
    for address in addresses:
        assert query_of(wish_of(QueryDict(address[1:]))) == address


def test_sorting_and_paging_go_through_every_row_once(vacancies, at):
    for sort in ("new", "pay", "places"):
        first, second = found(at, f"sort={sort}"), found(at, f"sort={sort}&page=2")
        ids = [opening.row.pk for opening in (*first.rows, *second.rows)]
        assert sorted(ids) == sorted(vacancies)
    tops = [opening.row.pay_max_fen for opening in found(at, "sort=pay").rows]
    assert tops == sorted(tops, reverse=True)


def test_htmx_gets_the_changing_part_and_the_address_to_show(vacancies, visitor):
    answer = visitor.get(f"{SEARCH}?term=short&q=&sort=new&page=1", headers={"HX-Request": "true"})
    text = answer.content.decode()
    assert "<html" not in text and 'id="facets" hx-swap-oob="innerHTML"' in text
    assert answer["HX-Push-Url"] == f"{SEARCH}?term=short"
    assert "HX-Request" in answer["Vary"]
    whole = visitor.get(f"{SEARCH}?term=short")
    assert "<html" in whole.content.decode() and "HX-Request" in whole["Vary"]
    back = visitor.get(f"{SEARCH}?term=short", headers={"HX-Request": "true", "HX-History-Restore-Request": "true"})
    assert "<html" in back.content.decode()


def test_a_search_costs_the_same_queries_however_much_is_found(vacancies, visitor, django_assert_max_num_queries):
    visitor.get(SEARCH)
    with django_assert_max_num_queries(14):
        visitor.get(SEARCH)
    with django_assert_max_num_queries(16):
        visitor.get(f"{SEARCH}?place=450103&place=450105&place=450110&pay=3000-5000")


def test_large_text_begins_with_four_large_buttons(vacancies, visitor):
    visitor.cookies["size"] = "elder"
    start = visitor.get(SEARCH).content.decode()
    assert start.count('class="door"') == 4 and "tel:12333" in start
    assert "24 vacancies" in visitor.get(f"{SEARCH}?sort=new").content.decode()
    places = visitor.get(reverse("portal:places")).content.decode()
    assert "?place=450103" in places


def test_chinese_readers_read_chinese(vacancies, visitor):
    visitor.cookies["django_language"] = "zh-hans"
    text = visitor.get(SEARCH).content.decode()
    assert "24 个岗位" in text and "工作地点" in text and "Place of work" not in text


@pytest.mark.city
def test_a_visitor_is_told_of_a_vacancy_as_soon_as_it_is_public(city, at):
    from tests.portal.factories import market

    visitor = Client()
    empty = visitor.get(SEARCH).content
    assert visitor.get(SEARCH).content == empty
    market(at)
    told = visitor.get(SEARCH).content
    assert told != empty
    with CaptureQueriesContext(connection) as asked:
        assert visitor.get(SEARCH).content == told
    assert not any("vacancies_publishedvacancy" in one["sql"] for one in asked), "the kept answer needs no search"
