"""What stands in the points of the demo city."""

from openpes.demo.actions import furnish_points
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
