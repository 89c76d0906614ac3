"""The public pages of the code lists, as a citizen without an account meets them."""

import pytest
from django.conf import settings
from django.urls import reverse

pytestmark = pytest.mark.django_db


def page(client, name, *arguments, language="zh-hans", **query):
    client.cookies[settings.LANGUAGE_COOKIE_NAME] = language
    return client.get(reverse(f"codes:{name}", args=arguments), query)


def test_everybody_can_read_the_code_lists(client):
    answer = page(client, "code_list")
    assert answer.status_code == 200
    assert "失业登记类别" in answer.text
    assert reverse("codes:code_set", args=["unemployment_reason"]) in answer.text


def test_a_code_list_shows_its_codes_source_and_ended_codes(client):
    text = page(client, "code_set", "unemployment_reason").text
    assert "与企业解除或终止劳动关系的" in text
    assert "2013年12月28日停用" in text
    assert "间接来源" in text


def test_an_unknown_code_list_does_not_exist(client):
    assert page(client, "code_set", "colour").status_code == 404


def test_the_parameters_show_dates_values_and_sources(client):
    text = page(client, "parameter_list").text
    assert "《就业服务与就业管理规定》第六十二条" in text
    assert "1,990.00" in text
    assert "自2023年11月1日起" in text
    assert "青秀区" in text
    assert "由本市设定" in text


def test_only_the_newest_value_of_a_parameter_is_marked_in_force(client):
    answer = page(client, "parameter_list")
    wages = next(
        parameter
        for group in answer.context["groups"]
        for parameter in group["parameters"]
        if parameter["name"] == "minimum_wage_fen"
    )
    assert [(str(value["from_on"]), value["in_force"]) for value in wages["values"]] == [
        ("2023-11-01", True),
        ("2020-03-01", False),
    ]


@pytest.mark.parametrize("name", ["code_list", "parameter_list", "occupation_list"])
def test_the_pages_read_in_english_too(client, name):
    answer = page(client, name, language="en")
    assert answer.status_code == 200
    assert any(title in answer.text for title in ("Code lists", "Dated parameters", "Occupations of 2022"))
    assert "由本市设定" not in answer.text


def test_occupations_can_be_browsed_and_searched(client):
    assert "社会生产服务和生活服务人员" in page(client, "occupation_list").text
    assert "养老护理员" in page(client, "occupation_list", under="4-10-01").text
    assert "养老护理员" in page(client, "occupation_list", q="护理").text
    assert "没有找到相符的职业" in page(client, "occupation_list", q="宇航飞船船长").text
    assert page(client, "occupation_list", under="9-99").status_code == 404


def test_the_picker_answers_with_value_label_and_more(client):
    answer = page(client, "occupation_options", q="养老护理员").json()
    assert answer[0] == {
        "value": "养老护理员 4-10-01-05",
        "label": "养老护理员",
        "more": "4-10-01-05 居民服务人员 › 生活照料服务人员",
    }
    assert page(client, "occupation_options").json() == []
    assert page(client, "occupation_options", q="<script>" * 50).json() == []


def test_the_pages_ask_the_database_for_nothing_but_their_frame(client, django_assert_max_num_queries):
    page(client, "code_list")
    with django_assert_max_num_queries(12):
        page(client, "occupation_options", q="工")


def test_the_parameters_have_contents_by_group_and_are_found_by_name_source_or_value(client):
    whole = page(client, "parameter_list")
    groups = [group["code"] for group in whole.context["groups"]]
    assert all(f'href="#group-{code}"' in whole.text and f'id="group-{code}"' in whole.text for code in groups)
    for asked, name in (("最低工资", "minimum_wage_fen"), ("第六十二条", ""), ("1,990.00", "minimum_wage_fen")):
        found = page(client, "parameter_list", q=asked).context["groups"]
        names = [one["name"] for group in found for one in group["parameters"]]
        assert 0 < len(names) < sum(len(group["parameters"]) for group in whole.context["groups"]) / 2
        assert not name or name in names
    assert "没有找到相符的参数" in page(client, "parameter_list", q="登月补贴").text
