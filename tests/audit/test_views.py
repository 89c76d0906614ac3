"""The journal page, the seals of the day, and the text file of heads."""

import re

import pytest

from openpes.audit.actions import export_heads
from openpes.config.verify import exported_heads
from openpes.kernel import within
from openpes.kernel.action import PLATFORM
from tests.audit.factories import FileOpened, NoteWritten, notes, seal_all, tell
from tests.cast import COUNTY, NEIGHBOUR, STAFF, TOWN
from tests.reading import text_of


@pytest.fixture
def told(cast, at):
    for player, area in ((cast.township_clerk, TOWN), (cast.neighbour_clerk, NEIGHBOUR)):
        tell(FileOpened(person=7, area=area, purpose=f"in {area}", by=player.actor.id, at=at), by=player.actor)


def test_the_auditor_reads_the_journal_and_filters_it(told, cast):
    client = cast.auditor.client()
    text = text_of(client.get("/audit/"))
    assert f"in {TOWN}" in text
    assert "township clerk" in text
    text = text_of(client.get("/audit/", {"username": "neighbour_clerk", "person": 7, "from_on": "20261123"}))
    assert f"in {NEIGHBOUR}" in text
    assert f"in {TOWN}" not in text


def test_a_filter_that_is_not_understood_is_named_at_its_field(told, cast):
    response = cast.auditor.client().get("/audit/", {"from_on": "yesterday"})
    assert response.status_code == 422
    assert "“yesterday” is not a date" in text_of(response)


def test_older_lines_follow_on_the_next_page_without_a_gap(db, cast, at):
    for n in range(60):
        tell(NoteWritten(note=f"number {n:02}", by=0, at=at))
    client = cast.auditor.client()
    first = client.get("/audit/")
    second = client.get(f"/audit/?before={first.context['older']}")
    seen = re.findall(r"number (\d\d)", text_of(first) + text_of(second))
    assert seen == [f"{n:02}" for n in reversed(range(60))]


@pytest.mark.parametrize("page", ["/audit/", "/audit/seals", "/audit/seals/heads.txt"])
def test_only_the_auditor_opens_the_journal(cast, page, client):
    assert client.get(page).url == f"/sign-in/login/?next={page}"
    answers = {name: getattr(cast, name).client().get(page).status_code for name in STAFF}
    assert answers == {name: 200 if name == "auditor" else 403 for name in STAFF}


def test_an_auditor_of_a_county_sees_its_lines_only(told, cast, at):
    from openpes.access.actions import grant_role, open_account
    from tests.cast import Player

    account = open_account(username="county_auditor", name="a", by=PLATFORM, at=at)
    grant_role(account=account.pk, role="auditor", scope=COUNTY, by=PLATFORM, at=at)
    text = text_of(Player(account, PLATFORM).client().get("/audit/"))
    assert f"in {TOWN}" in text
    assert f"in {NEIGHBOUR}" not in text


@pytest.mark.city
def test_the_heads_taken_away_from_the_page_are_those_that_the_verifier_reads(city, at, tmp_path):
    from tests.cast import assemble

    cast = assemble(at)
    notes(3, at)
    seal_all(at)
    export_heads(folder=tmp_path / "exported", by=PLATFORM, at=at)
    client = cast.auditor.client()
    page = text_of(client.get("/audit/seals"))
    assert all(head in page for head in exported_heads(tmp_path / "exported").values())
    (tmp_path / "taken.txt").write_bytes(client.get("/audit/seals/heads.txt?on=2026-11-23").content)
    assert exported_heads(tmp_path) == exported_heads(tmp_path / "exported")
    assert "Nothing was sealed on this day" in text_of(client.get("/audit/seals?on=2026-11-20"))
    with within():
        assert client.get("/audit/seals?on=nonsense").status_code == 200
