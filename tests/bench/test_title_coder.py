"""The measurement of occupation coding, on few titles."""

import numpy as np
import pytest

from bench import title_coder

pytest.importorskip("sklearn", reason="the alternatives of the measurements are not installed")


@pytest.fixture(scope="module")
def learnt():
    return title_coder.lesson(title_coder.titles(), most=300)


@pytest.mark.filterwarnings("ignore:The number of unique classes")
def test_every_way_answers_for_every_title_and_ours_is_right_most_often(learnt, monkeypatch):
    monkeypatch.setattr(title_coder, "RUNS", 1)
    monkeypatch.setattr(title_coder, "FOLDS", 2)
    truth = np.array(learnt.codes[: learnt.advertised])
    ours = title_coder.coded(learnt)
    plain = [way(learnt) for way in title_coder.PEERS.values()]
    for found in (ours, *plain):
        assert found.codes.shape == (300, 5) and found.rate > 0
        assert 0 < found.right(truth)[0] <= found.right(truth)[1] <= 1
    assert ours.right(truth)[1] > max(found.right(truth)[1] for found in plain)
    table = title_coder.reliability(ours, truth)
    assert sum(int(line.split()[1].replace(",", "")) for line in table[1:]) == 300


def test_distinct_titles_are_taken_so_that_none_was_seen():
    taken = [title for title, _ in title_coder.titles()]
    assert len(taken) == len(set(taken)) > 2_500
