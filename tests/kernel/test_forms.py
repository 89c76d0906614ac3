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


@pytest.mark.parametrize("typed, is_meant", [("1900-01-01", True), ("2199-12-31", True), ("1899-12-31", False),
                                             ("00010101", False), ("9999-12-31", False)])  # fmt: skip
def test_a_year_that_nobody_can_mean_is_refused_before_anybody_counts_with_it(typed, is_meant):
    form = DraftForm({"on": typed})
    assert form.is_valid() == is_meant
    if not is_meant:
        assert "1900 to 2199" in form.errors["on"][0] or "1900年至2199年" in form.errors["on"][0]


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


class OfficeForm(HouseForm):
    """Fields whose mistakes are the framework's own."""

    name = forms.CharField(label="Name", max_length=5, min_length=2)
    kind = forms.ChoiceField(label="Kind", choices=[("a", "A")])
    openings = forms.IntegerField(label="Openings", min_value=1, max_value=9)
    paper = forms.FileField(label="Paper")
    agreed = forms.BooleanField(label="Agreed")
    day = LooseDateField(label="Day")
    own = forms.CharField(label="Own", error_messages={"required": "Say it in your own words."})


def mistakes_of(form_class=OfficeForm, **typed: str) -> dict[str, str]:
    form = form_class(typed, {})
    return {name: " ".join(found) for name, found in form.errors.items()}


def test_what_is_empty_is_asked_for_by_its_name():
    assert mistakes_of() == {
        "name": "Please fill in “Name”.",
        "kind": "Please choose “Kind”.",
        "openings": "Please fill in “Openings”.",
        "paper": "Please choose a file for “Paper”.",
        "agreed": "Please tick “Agreed”, or do not go on.",
        "day": "Please fill in “Day”.",
        "own": "Say it in your own words.",
    }


@pytest.mark.parametrize(
    ("field", "typed", "sentence"),
    [
        ("name", "much too long", "“Name” takes at most 5 characters, now there are 13. Shorten it."),
        ("name", "x", "“Name” takes at least 2 characters, now there are 1. Add some."),
        ("name", "a\x00b", "“Name” contains a character that cannot be stored. Type it anew."),
        ("kind", "b", "“Kind” has no choice “b”. Choose one from the list."),
        ("openings", "0", "“Openings” is at least 1. Enter a larger number."),
        ("openings", "10", "“Openings” is at most 9. Enter a smaller number."),
        ("openings", "many", "“Openings” takes a whole number, such as 12. Use digits only."),
    ],
)
def test_a_mistake_names_the_field_the_rule_and_what_to_do(field, typed, sentence):
    assert mistakes_of(**{field: typed})[field] == sentence


def test_a_field_keeps_the_sentence_that_is_its_own():
    assert "write it like 2026-11-01" in mistakes_of(day="soon")["day"]


def test_a_form_without_the_naming_would_be_noticed():
    """The planted mistake: the same fields in a form of the framework alone."""

    class Bare(forms.Form):
        name = forms.CharField(label="Name")

    assert mistakes_of(Bare) == {"name": "This field is required."}


def test_the_names_are_asked_for_in_chinese_too():
    with translation.override("zh-hans"):
        assert mistakes_of()["name"] == "请填写“Name”。"
