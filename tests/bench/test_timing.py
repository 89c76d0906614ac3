"""Timing by turns, medians and percentiles, and the comparison of answers."""

import pytest

from bench.table import Line, as_markdown, as_text, rated, timed
from bench.timing import DifferentAnswers, Times, alternate, refuse_difference


def test_both_variants_get_every_task_and_take_turns_in_going_first():
    calls: list[tuple[str, int]] = []
    ours, plain = (lambda task, side=side: calls.append((side, task)) for side in ("ours", "plain"))
    alternate([1, 2, 3], ours, plain, warm_up=0)
    assert calls == [("ours", 1), ("plain", 1), ("plain", 2), ("ours", 2), ("ours", 3), ("plain", 3)]


def test_the_first_tasks_are_run_before_anything_is_timed():
    calls: list[int] = []
    ours, _ = alternate([7, 8], lambda task: calls.append(task), lambda task: None, warm_up=1)
    assert calls == [7, 7, 8]
    assert len(ours.seconds) == 2


@pytest.mark.parametrize("warm_up", [0, 1])
def test_variants_that_answer_differently_are_not_compared(warm_up):
    with pytest.raises(DifferentAnswers, match="2: ours answers 4, the plain alternative 5"):
        alternate([2], lambda task: task * 2, lambda task: task * 2 + 1, warm_up=warm_up)


@pytest.mark.parametrize(
    ("ours", "plain", "told"),
    [
        (([1, 2], 3), ([1, 2], 4), "ours answers 3, the plain alternative 4"),
        ({1: "a", 2: "b"}, {1: "a"}, "ours answers {2: 'b'}, the plain alternative {}"),
        ([1, 2, 3], [1, 3], r"ours answers \[2\], the plain alternative \[\]"),
    ],
)
def test_a_difference_is_told_without_what_is_the_same(ours, plain, told):
    with pytest.raises(DifferentAnswers, match=told):
        refuse_difference("task", ours, plain)


def test_the_p99_is_told_only_when_there_are_a_hundred_runs():
    assert Times(tuple(range(99))).p99 is None
    assert Times(tuple(range(1, 101))).p99 == 99
    assert Times((3.0, 1.0, 2.0)).median == 2.0


def test_a_duration_half_as_long_is_twice_as_fast_and_so_is_a_rate_twice_as_high():
    times = Times((0.1,)), Times((0.2,))
    assert timed("search", times, "peer", "same").factor == pytest.approx(2)
    assert rated("import", 100, times, "peer", "same").factor == pytest.approx(2)
    assert rated("import", 100, times, "peer", "same").ours == pytest.approx(1000)


def test_the_table_shows_every_line_with_its_alternative():
    first = Line("检索", "ms", 1.5, 30.0, "a plain way", "the same ids", ours_p99=2.25)
    lines = [first, Line("b", "rows/s", 5, 50, "q", "s")]
    text, markdown = as_text(lines), as_markdown(lines)
    assert "1.50 (p99 2.25) ms" in text
    assert "20.0 × as fast" in text
    assert "0.10 × as fast" in text
    assert markdown.count("\n") == 3
    assert "| b | 5.00 rows/s | 50.0 rows/s | 0.10 × as fast | q | s |" in markdown
