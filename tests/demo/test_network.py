"""What stands in the points of the demo city."""

from openpes.demo.actions import furnish_points, open_demo_accounts, play_standards
from openpes.engine.checklists import checklist_on
from openpes.kernel import within
from openpes.kernel.action import PLATFORM
from openpes.network import queries
from openpes.network.actions import lay_out_service_points


def test_most_points_are_furnished_21_towns_have_their_market_and_twice_changes_nothing(db, at):
    lay_out_service_points(by=PLATFORM, at=at)
    furnished = furnish_points(seed=1, by=PLATFORM, at=at)
    assert 1600 < furnished < 1800
    assert furnish_points(seed=1, by=PLATFORM, at=at) == 0
    with within("4501"):
        board = queries.board(scope="4501", on=at.date())
        counts = {row.kind.value: row.points for row in board.kinds}
    assert (counts["key_town_market"], counts["town_office"]) == (21, 100)
    assert (counts["reemployment_centre"], counts["training_base"], board.total.points) == (1, 1, 1858)


def test_points_of_one_county_are_in_every_state_of_acceptance_and_a_pilot_is_reviewed(db, at):
    lay_out_service_points(by=PLATFORM, at=at)
    assert play_standards(by=PLATFORM, at=at) == 0
    open_demo_accounts(by=PLATFORM, at=at)
    looked_at = play_standards(by=PLATFORM, at=at)
    assert looked_at >= 15
    assert play_standards(by=PLATFORM, at=at) == 0
    with within("4501"):
        found: dict[str, int] = {}
        for code in queries.list_codes():
            told = {"scope": "4501", "inside": "4501", "checklist": checklist_on(code, at.date()), "on": at.date()}
            for standing, count in queries.acceptance_board(**told)[0].counts.items():
                found[standing] = found.get(standing, 0) + count
        assert queries.pilot_counts(scope="4501") == {"reviewed": 1}
    assert all(found[state] for state in ("submitted", "assessed", "passed", "failed"))
    assert sum(found[state] for state in ("submitted", "assessed", "passed", "failed")) == looked_at
