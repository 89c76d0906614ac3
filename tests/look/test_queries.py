"""Preferences, QR codes and typeset pages."""

import io
from datetime import UTC, datetime
from xml.etree import ElementTree

import pypdf
import pytest
import typst
from django.test import RequestFactory
from django.utils import translation

from openpes.look.queries import city_name, preferences_of, qr_svg, typeset

RARE = "䶮㛃·𬭎𫖯"
LETTER = {
    "city": "南宁市",
    "language": "zh-hans",
    "title": "职业介绍推荐信",
    "number": "450102-2026-000123",
    "qr": qr_svg("https://example.org/r/1"),
    "labels": {"number": "编号", "page": "页码"},
    "facts": [["姓名", RARE], ["单位", '<b>"南宁"\\示例#有限公司$']],
    "text": "特此推荐。",
}


def asked(**cookies: str):
    request = RequestFactory().get("/")
    request.COOKIES.update(cookies)
    return preferences_of(request)


@pytest.mark.parametrize(
    ("cookies", "theme", "size", "base"),
    [
        ({}, "auto", "standard", "light"),
        ({"theme": "dark", "size": "elder"}, "dark", "elder", "dark"),
        ({"theme": "contrast"}, "contrast", "standard", "dark"),
        ({"theme": '"><script>', "size": "huge"}, "auto", "standard", "light"),
    ],
)
def test_preferences_come_from_cookies_and_unknown_values_count_as_the_default(cookies, theme, size, base):
    found = asked(**cookies)
    assert (found.theme, found.size, found.base_theme) == (theme, size, base)


def test_the_city_is_named_in_the_language_of_the_reader():
    assert city_name("zh-hans") == "南宁市"
    assert city_name("en") == "Nanning"
    with translation.override("en"):
        assert city_name() == "Nanning"


def test_a_qr_code_is_an_svg_of_its_own_without_the_text_in_it():
    root = ElementTree.fromstring(qr_svg("https://example.org/?a=<1>&b=2"))
    assert root.tag.endswith("svg")
    assert root.get("viewBox")
    assert "example.org" not in qr_svg("https://example.org/")


def test_other_texts_give_other_codes_and_no_text_is_an_error():
    assert qr_svg("a") != qr_svg("b")
    with pytest.raises(ValueError, match="needs a text"):
        qr_svg("")


def test_a_letter_is_typeset_with_rare_name_characters_and_no_value_becomes_markup(at):
    pdf = pypdf.PdfReader(io.BytesIO(typeset("look/style.typ", LETTER, at)))
    text = pdf.pages[0].extract_text()
    for part in (RARE, '<b>"南宁"\\示例#有限公司$', "职业介绍推荐信", "450102-2026-000123", "特此推荐。"):
        assert part in text
    assert pdf.metadata is not None
    assert pdf.metadata.title == "职业介绍推荐信"
    fonts = {str(font) for page in pdf.pages for font in page["/Resources"]["/Font"].values()}
    assert fonts
    names = [font.get_object()["/BaseFont"] for page in pdf.pages for font in page["/Resources"]["/Font"].values()]
    assert all("NotoSansCJK" in name for name in names)


def test_the_same_letter_gives_the_same_bytes(at):
    assert typeset("look/style.typ", LETTER, at) == typeset("look/style.typ", LETTER, at)
    assert typeset("look/style.typ", LETTER) == typeset("look/style.typ", LETTER)


def test_a_long_text_runs_over_to_a_second_numbered_page():
    pdf = pypdf.PdfReader(io.BytesIO(typeset("look/style.typ", LETTER | {"text": "特此推荐。" * 500})))
    assert len(pdf.pages) == 2
    assert "2 / 2" in pdf.pages[1].extract_text()


@pytest.mark.parametrize(
    "name", ["look/none.typ", "style.typ", "look/../../secret.typ", "/etc/passwd", "look/base.html"]
)
def test_only_print_templates_of_rooms_are_typeset(name):
    with pytest.raises(FileNotFoundError, match=r"room/name\.typ"):
        typeset(name, {})


def test_a_missing_value_is_named():
    values = {name: value for name, value in LETTER.items() if name != "title"}
    with pytest.raises(typst.TypstError, match="title"):
        typeset("look/style.typ", values, datetime(2026, 11, 23, tzinfo=UTC))
