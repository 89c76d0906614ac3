"""Tags and filters as templates use them."""

import re
from datetime import UTC, date, datetime

import pytest
from django.utils import translation

from openpes.kernel import Sensitive
from openpes.look.templatetags import look
from tests.look.pages import rendered


@pytest.mark.parametrize(
    ("fen", "text"),
    [(300000, "3,000"), (0, "0"), (5, "0.05"), (123456789, "1,234,567.89"), (-150, "-1.50"), (None, "")],
)
def test_money_is_yuan_with_thousands_and_never_loses_a_fen(fen, text):
    assert look.yuan(fen) == text


@pytest.mark.parametrize(
    ("low", "high", "english", "chinese"),
    [
        (300000, 450000, "3,000–4,500 yuan a month", "3,000–4,500 元/月"),
        (300000, 300000, "3,000 yuan a month", "3,000 元/月"),
        (300000, None, "from 3,000 yuan a month", "3,000 元/月起"),
        (None, 450000, "up to 4,500 yuan a month", "最高 4,500 元/月"),
        (None, None, "Pay not stated", "未标明工资"),
    ],
)
def test_pay_is_read_out_in_both_languages(low, high, english, chinese):
    with translation.override("en"):
        assert look.pay_range(low, high) == english
    with translation.override("zh-hans"):
        assert look.pay_range(low, high) == chinese


def test_days_are_written_as_each_language_does():
    with translation.override("en"):
        assert look.day(date(2026, 1, 2)) == "2 Jan 2026"
    with translation.override("zh-hans"):
        assert look.day(date(2026, 1, 2)) == "2026年1月2日"
    assert look.day(None) == ""


def test_a_moment_is_shown_in_business_time():
    late = datetime(2026, 11, 20, 17, 5, tzinfo=UTC)
    with translation.override("en"):
        assert look.day(late) == "21 Nov 2026"
        assert look.moment(late) == "21 Nov 2026, 01:05"


@pytest.mark.parametrize(
    ("value", "mask"),
    [
        ("450105198609211025", "450105********1025"),
        ("450105860921102", "450105******102"),
        ("13226473760", "132****3760"),
        ("韦建华", "韦**"),
        ("", ""),
        (None, ""),
        (Sensitive("450105198609211025", "450105********1025"), "450105********1025"),
    ],
)
def test_masks_show_the_ends_only(value, mask):
    assert look.masked(value) == mask


def test_a_query_is_changed_and_everything_else_kept():
    assert rendered("{% query_with page=3 %}") == "?area=450102&amp;page=3"
    assert rendered("{% query_with page=None sort='-pay' %}") == "?area=450102&amp;sort=-pay"
    assert rendered("{% query_with area=None page=None %}") == "?"
    assert rendered("{% query_with q=q %}", q="<b>&") == "?area=450102&amp;page=2&amp;q=%3Cb%3E%26"


def test_one_of_several_values_is_taken_out_and_the_list_starts_anew():
    for place in ("page", "before", "after"):
        path = f"/list?area=450102&area=450103&{place}=7"
        assert rendered("{% query_without 'area' '450102' %}", path) == "?area=450103"
    assert rendered("{% query_without 'area' '450102' %}", "/list?area=450102") == "?"


def test_every_form_gets_an_idempotency_key_of_its_own():
    one, other = rendered("{% idempotency_key %}"), rendered("{% idempotency_key %}")
    shape = r'<input type="hidden" name="idempotency_key" value="[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f-]{21}">'
    assert re.fullmatch(shape, one)
    assert one != other


def test_a_column_head_turns_its_order_around():
    tag = "{% sort_state 'pay' as s %}{{ s.aria }}|{{ s.next }}"
    assert rendered(tag, "/") == "|pay"
    assert rendered(tag, "/?sort=pay") == "ascending|-pay"
    assert rendered(tag, "/?sort=-pay") == "descending|pay"


def test_time_left_is_said_in_words():
    with translation.override("en"):
        assert look.duration(20) == "less than a minute"
        assert look.duration(95) == "2 min"
        assert look.duration(3720) == "1 h 2 min"
    with translation.override("zh-hans"):
        assert look.duration(3720) == "1 小时 2 分钟"


def test_numbers_in_attributes_stay_plain_in_every_language():
    with translation.override("zh-hans"):
        assert rendered("{{ n|plain_number }} {{ n|number }}", n=1234.5) == "1234.5 1,234.5"
    assert look.percent(0.125) == "12%"
