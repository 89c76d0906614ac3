"""The templates: both languages say the same, carry nothing they must not, and rooms write for known purposes only."""

import ast
from pathlib import Path

import pytest

from openpes.engine.wordings import Wording, wordings
from openpes.messages.queries import words_for
from openpes.messages.rules import LONGEST_SMS, stops

ROOT = Path(__file__).resolve().parents[2] / "openpes"
NEVER = {"id_number", "identity", "phone", "bank", "amount", "pay", "name_of_person"}


def purposes_written(root: Path) -> dict[str, str]:
    """Every purpose that code names as a literal in a call of `send_message` or `words_for`, with its file."""
    found = {}
    for file in root.rglob("*.py"):
        for node in ast.walk(ast.parse(file.read_text())):
            called = getattr(node.func, "id", getattr(node.func, "attr", "")) if isinstance(node, ast.Call) else ""
            if called == "send_message":
                told = [word.value for word in node.keywords if word.arg == "purpose"]
            elif called == "words_for":
                told = node.args[:1]
            else:
                continue
            found |= {one.value: str(file) for one in told if isinstance(one, ast.Constant)}
    return found


def test_every_purpose_that_a_room_writes_for_is_known():
    written = purposes_written(ROOT)
    assert {"digest", "confirm_code"} <= written.keys()
    assert {purpose: file for purpose, file in written.items() if purpose not in wordings()} == {}


def test_an_unknown_purpose_in_a_room_is_found(tmp_path):
    (tmp_path / "x.py").write_text("send_message(purpose='gossip', to='x')\nwords_for('chatter', 'en')\n")
    assert set(purposes_written(tmp_path)) == {"gossip", "chatter"}


@pytest.mark.parametrize("one", wordings().values(), ids=lambda one: one.purpose)
def test_a_template_is_short_and_carries_no_personal_value(one: Wording):
    assert one.title_en and one.title_zh
    assert bool(one.zh) == bool(one.en)
    assert len(one.zh) < LONGEST_SMS / 2 and len(one.en) < LONGEST_SMS
    assert not [word for word in NEVER if f"{{{word}}}" in one.zh]
    assert not (one.secret and one.stop), "whoever stopped messages still signs in"


def test_a_template_takes_exactly_its_variables():
    assert "123456" in words_for("sign_in_code", "zh-hans", code="123456", minutes=5)
    with pytest.raises(ValueError, match="takes"):
        words_for("sign_in_code", "en", code="123456")
    with pytest.raises(ValueError, match="no template"):
        words_for("notice", "en")
    with pytest.raises(KeyError):
        words_for("gossip", "en")


@pytest.mark.parametrize("text", ["退订", " TD ", "t", "退订。", "STOP", "N"])
def test_these_answers_stop(text):
    assert stops(text)


@pytest.mark.parametrize("text", ["", "1", "我要退订吗", "not", "好的"])
def test_these_answers_do_not(text):
    assert not stops(text)
