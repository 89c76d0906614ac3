"""The search page understands its words: chips, corrections, signs, typing, and what to loosen."""

import pytest
from django.http import QueryDict
from django.urls import reverse

from openpes.kernel import within
from openpes.portal.queries import asked_for, found_openings, typing_options, wish_of
from openpes.vacancies.models import PublishedVacancy

SEARCH = reverse("portal:search")


def found(at, text: str, **more):
    query = QueryDict(mutable=True)
    query.update({"q": text} | more)
    with within(role="openpes_public"):
        return found_openings(wish=wish_of(query), on=at.date())


def asked(at, text: str):
    return asked_for(wish_of(QueryDict(f"q={text}")), at.date()).wish


def count(**wanted) -> int:
    return PublishedVacancy.objects.filter(**wanted).count()


def test_words_become_conditions_of_the_search(vacancies, at):
    assert found(at, "青秀区").total == count(place__startswith="450103")
    assert found(at, "包装").total == count(title__contains="包装")
    assert found(at, "包装 青秀区").total == count(title__contains="包装", place__startswith="450103")
    assert found(at, "包吃住").total == count(benefits__contains=["board", "lodging"])
    assert found(at, "兼职").total == count(term="part_time")
    assert found(at, "5000以上").total == count(pay_max_fen__gte=500_000)
    assert found(at, "-青秀区").total == len(vacancies) - count(place__startswith="450103")
    assert found(at, "青秀区 -中山街道").total == count(place__startswith="450103001")
    assert found(at, "不要兼职").total == len(vacancies) - count(term="part_time")
    assert found(at, "包装 -食品").total == 0


def test_pinyin_a_wrong_character_and_traditional_letters_find_the_same(vacancies, at):
    everything = found(at, "包装").total
    assert everything == 8
    for text in ("baozhuang", "包裝", "飽装"):
        assert found(at, text).total == everything, text
    (correction,) = found(at, "baozhuang").corrections
    assert (correction.written, correction.read) == ("baozhuang", "包装")
    assert found(at, wish_of(QueryDict(correction.literal[1:])).text).total == 0


def test_every_concept_is_a_chip_that_goes_away_or_becomes_plain_words(vacancies, at):
    page = found(at, "青秀区 包装 包吃住 5000以上")
    assert [chip.written for chip in page.said] == ["青秀区", "包装", "包吃住", "5000以上"]
    for chip in page.said:
        fewer = found(at, wish_of(QueryDict(chip.without[1:])).text)
        assert [other.written for other in fewer.said] == [o.written for o in page.said if o is not chip]
    plain = wish_of(QueryDict(page.said[1].plain[1:])).text
    assert plain == '青秀区 "包装" 包吃住 5000以上'
    nice = wish_of(QueryDict(page.said[2].nice[1:])).text
    assert nice == "青秀区 包装 ~包吃住 5000以上"
    never = wish_of(QueryDict(page.said[0].never[1:])).text
    assert len(asked(at, never).places) == 11 and "450103" not in asked(at, never).places


def test_nice_to_have_moves_up_and_hides_nothing(vacancies, at):
    assert found(at, "~包装 青秀区").total == found(at, "青秀区").total
    first = found(at, "~包装 青秀区").rows[0]
    assert "包装" in first.row.title


def test_pay_by_the_day_counts_for_the_paid_days_of_a_month(at):
    assert asked(at, "200一天").pay_from_fen == 435_000
    assert asked(at, "20元/小时").pay_from_fen == 348_000
    assert asked(at, "不超过4000").pay == ("0-3000", "3000-5000")


def test_near_searches_around_the_seat_of_the_county(vacancies, at):
    wish = asked(at, "武鸣附近30公里")
    assert wish.near is not None and wish.near.km == 30 and wish.places == ()
    assert asked(at, "附近5公里").near is None
    page = found(at, "武鸣附近30公里", sort="distance")
    assert {row.row.place[:6] for row in page.rows} == {"450110"}
    assert "distance" in [value for value, _label, _chosen in page.sorts]
    assert "distance" not in [value for value, _label, _chosen in found(at, "包装").sorts]


def test_sex_and_age_narrow_nothing_and_the_page_says_so(vacancies, visitor, at):
    assert found(at, "女 30岁 包装").total == found(at, "包装").total
    text = visitor.get(SEARCH, {"q": "女 包装"}).content.decode()
    assert "vacancies may not ask for sex or age" in text


def test_nothing_found_tells_which_concept_to_take_away_and_what_that_brings(vacancies, at):
    page = found(at, "包装 武鸣 90000以上")
    assert page.total == 0 and page.loosened
    for chip in page.loosened:
        assert found(at, wish_of(QueryDict(chip.url[1:])).text).total == chip.count


def test_an_occupation_without_vacancies_leads_to_its_group(vacancies, at):
    page = found(at, "理货员")
    assert page.total == 0 and page.related
    assert page.related[0].count == count(occupation__startswith="4-02-06")


def test_where_no_single_concept_helps_two_are_named(vacancies, at):
    page = found(at, "包装 武鸣 90000以上 zzz")
    assert page.total == 0 and page.loosened
    assert all("and" in chip.label or "和" in chip.label for chip in page.loosened)
    for chip in page.loosened:
        assert found(at, wish_of(QueryDict(chip.url[1:])).text).total == chip.count


def test_more_goes_on_behind_a_key_without_a_cap(vacancies, visitor):
    page = visitor.get(SEARCH, {"sort": "new"})
    assert "Show more vacancies" in page.content.decode()
    following = page.context["found"].following
    second = visitor.get(SEARCH + following)
    assert len(second.context["found"].rows) == 4 and not second.context["found"].following
    both = [row.row.pk for row in (*page.context["found"].rows, *second.context["found"].rows)]
    assert sorted(both) == sorted(vacancies)
    part = visitor.get(SEARCH + following, headers={"HX-Request": "true", "HX-Target": "more"})
    assert "<html" not in part.content.decode() and 'id="more"' in part.content.decode()
    assert visitor.get(SEARCH, {"after": "new_1_1"}).status_code == 200
    assert visitor.get(SEARCH, {"after": "x" * 5000}).status_code == 200


@pytest.mark.parametrize(
    ("typed", "offered"), [("dian", "电工"), ("南宁 电", "南宁 电工"), ("qingx", "青秀区"), ("bcz", "包吃住")]
)
def test_typing_offers_words_by_characters_pinyin_and_initials(db, typed, offered):
    assert offered in [option.value for option in typing_options(typed)]


def test_the_offers_are_json_and_nothing_odd_breaks_them(db, visitor):
    address = reverse("portal:complete")
    assert visitor.get(address, {"q": "电"}).json()[0].keys() == {"value", "label", "more"}
    for text in ("", " ", "😀", "<b>", "工" * 5000, "\x00", "%"):
        answer = visitor.get(address, {"q": text})
        assert answer.status_code == 200 and isinstance(answer.json(), list)


def test_two_thousand_characters_are_answered(vacancies, visitor):
    for text in ("电工 " * 700, "😀" * 2000, "<script>alert(1)</script>" * 80, '"' * 2000):
        answer = visitor.get(SEARCH, {"q": text})
        assert answer.status_code == 200
        assert "<script>alert" not in answer.content.decode()
