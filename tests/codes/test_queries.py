"""What codes mean in both languages, and what the pickers offer."""

import re
from datetime import date
from pathlib import Path

import pytest
from django.utils.translation import gettext, override

from openpes.codes import queries
from openpes.codes.choices import BASES, GROUPS, PARTS, UNITS
from openpes.engine.areas import areas
from openpes.engine.files import rows
from openpes.engine.identifiers import IdentifierError, parse_resident_id
from openpes.engine.parameters import parameters

ROOT = Path(__file__).resolve().parents[2]


@pytest.mark.parametrize(("language", "label"), [("zh-hans", "女性"), ("en", "Female")])
def test_a_code_reads_in_the_language_of_the_reader(language, label):
    with override(language):
        assert queries.code_label("sex", "2") == label
        assert ("2", label) in queries.choices_of("sex")


def test_an_unknown_code_shows_itself_and_an_unknown_set_is_a_mistake_of_ours():
    assert queries.code_label("sex", "7") == "7"
    with pytest.raises(queries.UnknownCodeSet, match="no code set 'colour'"):
        queries.code_items("colour")
    with pytest.raises(queries.UnknownCodeSet):
        queries.code_label("colour", "1")


def test_every_set_has_unique_codes_two_languages_and_a_source():
    sets = queries.code_sets()
    assert len(sets) == 46
    for found in sets:
        codes = [item.code for item in found.items]
        assert len(set(codes)) == len(codes), found.name
        assert found.source
        for item in found.items:
            assert re.search("[\u4e00-\u9fff]", item.name_zh), (found.name, item.code)
            assert not re.search("[\u4e00-\u9fff]", item.name_en), (found.name, item.code)
            assert item.name_en


def test_two_codes_of_one_set_differ_in_name():
    repeated = {
        found.name
        for found in queries.code_sets()
        for names in ([item.name_zh for item in found.items], [item.name_en for item in found.items])
        if len(set(names)) != len(names)
    }
    assert repeated == set()


def test_a_code_that_is_no_longer_given_is_still_read_and_no_longer_offered():
    today = date(2026, 11, 2)
    assert not queries.code_exists("unemployment_reason", "70", on=today)
    assert queries.code_exists("unemployment_reason", "70", on=date(2013, 12, 27))
    assert "70" not in dict(queries.choices_of("unemployment_reason", on=today))
    assert queries.code_label("unemployment_reason", "70") != "70"


def test_choices_can_be_narrowed_to_the_codes_that_a_form_needs():
    assert [code for code, _ in queries.choices_of("sex", codes=("1", "2"))] == ["1", "2"]


def test_education_has_an_order():
    ranks = [queries.code_rank("education_2006", code) for code in ("81", "71", "61", "30", "20", "14", "11")]
    assert ranks == sorted(set(ranks))
    assert min(ranks) > 0
    assert queries.code_rank("education_2006", "90") is None
    assert queries.code_rank("sex", "1") is None


def test_every_rank_and_every_end_belongs_to_a_code_of_its_set():
    from openpes.engine.files import document

    for name, entry in document("code_sets.toml").items():
        codes = {item[0] for item in entry["items"]}
        assert set(entry.get("rank", {})) | set(entry.get("ended", {})) <= codes, name


def test_occupations_have_names_and_the_major_classes_english_ones():
    assert queries.occupation_label("4-10-01-05") == "养老护理员"
    with override("en"):
        assert queries.occupation_label("2") == "Professional and technical personnel"
        assert queries.occupation_label("4-10-01-05") == "养老护理员"
    assert queries.occupation_label("x") == "x"
    assert queries.occupation_exists("4-10")
    assert not queries.occupation_exists("4-10-01-77")


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("4-10-01-05", "4-10-01-05"),
        ("4100105", "4-10-01-05"),
        (" 养老护理员 ", "4-10-01-05"),
        ("养老", None),
        ("", None),
        ("4-10-01-77", None),
    ],
)
def test_what_is_typed_into_an_occupation_field_is_a_code_or_a_whole_name(text, code):
    assert queries.occupation_code_of(text) == code


def test_the_picker_offers_occupations_with_their_wider_classes():
    (first, *_) = queries.occupation_options("养老护理员")
    assert (first.code, first.name) == ("4-10-01-05", "养老护理员")
    assert first.path == "居民服务人员 › 生活照料服务人员"
    assert all(len(option.code) == 10 for option in queries.occupation_options("服务人员", 50))
    assert any(len(option.code) < 10 for option in queries.occupation_options("服务人员", 50, wide=True))
    assert len(queries.occupation_options("工", 5)) == 5


def test_skills_typical_of_an_occupation_come_first():
    codes = [code for code, _ in queries.skill_options(occupation="4-10-01-05")]
    assert codes[0] == "elder_care"
    assert sorted(codes) == sorted(queries.skill_codes())
    assert len(codes) <= 128, "the matching engine has two words of 64 bits"
    with override("en"):
        assert queries.skill_label("zhuang") == "Zhuang language"
    assert queries.skill_label("zhuang") == "壮语"
    assert queries.skill_label("flying") == "flying"


def test_industries_are_sections_and_divisions():
    assert len(queries.industry_choices()) == 20
    assert ("A01", "农业") in queries.industry_choices(2)
    assert queries.industry_label("C") == "制造业"


def test_a_refused_identity_number_is_explained_in_chinese():
    with pytest.raises(IdentifierError) as caught:
        parse_resident_id("110105194912310021", date(2026, 11, 2))
    with override("zh-hans"):
        said = queries.in_words(caught.value.message)
    assert said == "公民身份号码的校验码是1，按前17位应为X（GB 11643）。请与证件逐位核对。"
    with override("en"):
        assert queries.in_words(caught.value.message) == str(caught.value)


def _sentences_of_the_engine():
    import ast

    for file in sorted((ROOT / "openpes/engine/identifiers").glob("*.py")):
        for node in ast.walk(ast.parse(file.read_text())):
            name = getattr(getattr(node, "func", None), "id", "")
            place = {"IdentifierError": 1, "Message": 0}.get(name)
            if place is not None and isinstance(node.args[place], ast.Constant):
                yield node.args[place].value


def test_every_sentence_of_the_engine_is_translated_with_the_same_values():
    sentences = list(_sentences_of_the_engine())
    assert len(sentences) > 18
    with override("zh-hans"):
        for sentence in sentences:
            chinese = gettext(sentence)
            assert chinese != sentence, sentence
            assert set(re.findall(r"%\(\w+\)s", chinese)) == set(re.findall(r"%\(\w+\)s", sentence)), sentence


def test_every_word_of_the_parameter_page_is_known():
    for parameter in parameters().all():
        assert parameter.group in GROUPS, parameter.name
        assert not parameter.unit or parameter.unit in UNITS, parameter.name
        for value in parameter.values:
            assert value.basis in BASES
            parts = value.value if hasattr(value.value, "keys") else ()
            assert [part for part in parts if part not in PARTS and part not in areas()] == []


def test_every_english_source_reads_in_chinese():
    sources = {value.source for parameter in parameters().all() for value in parameter.values}
    sources |= {text for found in queries.code_sets() for text in (found.source, found.note) if text}
    with override("zh-hans"):
        left = [text for text in sources if re.search(r"[a-z]{3}", gettext(text))]
    assert left == []


def test_job_titles_and_skills_stand_in_the_files_of_the_platform():
    assert {"title", "occupation"} == set(rows("job_titles.csv")[0])


def test_an_occupation_is_read_back_from_name_and_code():
    assert queries.occupation_words("4-07-05-01") == "保安员 4-07-05-01"
    for typed in ("保安员 4-07-05-01", "保安员", "4-07-05-01", "4070501"):
        assert queries.occupation_code_of(typed) == "4-07-05-01", typed
    assert queries.occupation_code_of("厨师 4-07-05-01") is None
    assert queries.occupation_words("9-99-99-99") == "9-99-99-99"
