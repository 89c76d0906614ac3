"""What the terminal says: the call as people type it, and columns that stand under each other."""

import pytest
from click.testing import CliRunner

from openpes.config import cli


def said(*arguments: str) -> str:
    answer = CliRunner().invoke(cli.main, [*arguments], prog_name=cli.PROGRAM)
    assert answer.exit_code == 0, answer.output
    return answer.output


def test_help_shows_the_call_as_people_type_it():
    assert said("run", "--help").startswith("Usage: ./run [OPTIONS]\n")
    assert "./run help" in said("run", "--help")
    assert said("help").startswith("Usage: ./run [OPTIONS] COMMAND")
    assert said("demo", "--help").startswith("Usage: ./run demo [OPTIONS]")
    assert "python -m" not in said("help") + said("run", "--help")


@pytest.mark.parametrize("name", sorted(cli.main.commands))
def test_every_command_says_what_it_does_in_both_languages(name):
    told = cli.main.commands[name].help or ""
    assert told.isascii() is False and " · " in told


@pytest.mark.parametrize("text", ["seeker", "找工作", "Find work · 找工作", "（刘圩村）"])
def test_a_chinese_character_takes_two_columns(text):
    filled = cli.padded(text, 28)
    assert len(filled) + sum(letter > "\u2e80" for letter in filled) == 28
    assert filled.rstrip() == text
