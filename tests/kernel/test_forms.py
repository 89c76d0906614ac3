"""What people type: dates in every shape, full-width characters, yuan, and refusals at their fields."""

from datetime import date

import pytest
from django import forms
from django.utils import translation

from openpes.kernel import Reason, Refused
from openpes.kernel.forms import HalfWidthField, HouseForm, LooseDateField, ManyField, YuanField


class DraftForm(HouseForm):
    """A form with one field of each kind."""

    number = HalfWidthField(required=False)
    on = LooseDateField(required=False)
    pay = YuanField(required=False)


@pytest.fixture(autouse=True)
def _in_english():
    with translation.override("en"):
        yield


@pytest.mark.parametrize(
    "text",
    [
        "20261101", "2026-11-01", "2026-11-1", "2026.11.1", "2026/11/01", "2026年11月1日", "2026年11月01日",
        "２０２６年１１月１日", "２０２６－１１－０１", "２０２６．１１．１", "２０２６１１０１", "  2026-11-01　",
    ],
)  # fmt: skip
def test_a_date_is_understood_in_every_shape(text):
    assert LooseDateField().clean(text) == date(2026, 11, 1)


@pytest.mark.parametrize(
    "text",
    [
        "2026-02-30", "20261301", "2026", "202611", "2026111", "11-01-2026", "yesterday", "2026-11-01T09:30",
        "0000-01-01", "2026年11月", "9" * 40, "2026--11-01", "-2026-11-01",
    ],
)  # fmt: skip
def test_what_is_no_date_is_refused_with_the_text_and_the_way_to_write_it(text):
    with pytest.raises(forms.ValidationError) as refused:
        LooseDateField().clean(text)
    (sentence,) = refused.value.messages
    assert text in sentence and "2026-11-01, 20261101 or 2026年11月1日" in sentence


def test_an_empty_date_is_none_or_required():
    assert LooseDateField(required=False).clean("") is None
    with pytest.raises(forms.ValidationError):
        LooseDateField().clean("")


def test_a_date_is_shown_as_it_can_be_typed_again():
    field = LooseDateField()
    assert field.prepare_value(date(2026, 11, 1)) == "2026-11-01"
    assert field.prepare_value("2026.11.1") == "2026.11.1"
    assert field.clean(date(2026, 11, 1)) == date(2026, 11, 1)


@pytest.mark.parametrize(
    ("text", "fen"),
    [("3000", 300_000), ("3,000", 300_000), ("３０００", 300_000), (" 3０００ ", 300_000), ("0", 0), ("", None)],
)
def test_yuan_become_fen(text, fen):
    assert YuanField(required=False).clean(text) == fen


@pytest.mark.parametrize("text", ["-1", "3000.5", "三千", "1e6", "10000001"])
def test_what_is_no_whole_amount_is_refused(text):
    with pytest.raises(forms.ValidationError):
        YuanField().clean(text)


def test_full_width_characters_count_as_ordinary_ones():
    assert HalfWidthField().clean("４５０１０３１９９００１０１００１Ｘ　") == "45010319900101001X"
    assert HalfWidthField().clean("ABC-１") == "ABC-1"


def test_a_refusal_lands_at_its_field_and_the_rest_at_the_form():
    form = DraftForm({"number": "1"})
    assert form.is_valid()
    form.refuse(
        Refused(
            Reason("The number is known.", clause="Article 3.", field="number", next_step="Open the file."),
            Reason("Nothing fits.", field="a field of another form"),
        )
    )
    assert form.errors["number"] == ["The number is known. Article 3. Open the file."]
    assert form.non_field_errors() == ["Nothing fits."]


SKILLS = {"forklift": "叉车证 forklift chachezheng ccz", "welder": "焊工证 welder hangongzheng hgz"}


class SkillsForm(HouseForm):
    """Some of many, at most one."""

    skills = ManyField(choices=[(code, code) for code in SKILLS], search_lines=lambda: SKILLS, most=1)


def test_every_box_says_under_what_it_is_found():
    html = str(SkillsForm()["skills"])
    for code, line in SKILLS.items():
        assert f'value="{code}"' in html
        assert f'data-found-by="{line}"' in html
    assert html.count('type="checkbox"') == 2


def test_more_than_may_be_chosen_is_refused_with_both_numbers():
    form = SkillsForm({"skills": ["forklift", "welder"]})
    assert form.errors["skills"] == ["Choose at most 1; 2 are chosen."]
    assert SkillsForm({"skills": ["welder"]}).is_valid()
    assert SkillsForm({}).is_valid()


def test_a_choice_that_nobody_offers_is_refused():
    assert "skills" in SkillsForm({"skills": ["pilot"]}).errors
