"""The command that compares facts with rows."""

import pytest
from click.testing import CliRunner

from openpes.config import cli
from openpes.kernel import clock
from tests.statistics.histories import History


@pytest.mark.city
def test_facts_are_rebuilt_from_the_command_line(city, at):
    History(at).open_vacancy(2)
    with pytest.MonkeyPatch.context() as patch, clock.stopped(at):
        patch.setattr(cli, "prepare", dict)
        first, again = (CliRunner().invoke(cli.main, ["rebuild-facts"]) for _turn in range(2))
    assert first.exit_code == again.exit_code == 0, first.output
    assert "places offered" in first.output and "2 facts appended" in first.output
    assert "0 facts appended" in again.output
