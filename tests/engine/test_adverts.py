"""What the text checks find in a labelled set of advertisements, and what tricks do not hide."""

import csv
from collections import Counter
from pathlib import Path

import pytest

from openpes.engine.adverts import GROUNDS, Weight, findings_in
from openpes.engine.adverts.pay import PayMarket, highest_likely

LABELLED = Path(__file__).resolve().parents[2] / "bench" / "adverts_labelled.tsv"


def labelled(part: str = "") -> list[tuple[set[str], str]]:
    with LABELLED.open(encoding="utf-8") as file:
        rows = list(csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE))
    return [
        (set() if row["grounds"] == "-" else set(row["grounds"].split(",")), row["text"])
        for row in rows
        if part in ("", row["part"])
    ]


def quality(rows: list[tuple[set[str], str]], finds=findings_in) -> tuple[float, float]:
    """Precision and recall over all grounds of all advertisements."""
    right, found, wanted = 0, 0, 0
    for labels, text in rows:
        grounds = {one.ground for one in finds(text)}
        right, found, wanted = right + len(grounds & labels), found + len(grounds), wanted + len(labels)
    return right / found, right / wanted


def test_the_set_holds_more_than_three_hundred_advertisements_of_every_ground_and_half_of_them_clean():
    rows = labelled()
    grounds = Counter(ground for labels, _text in rows for ground in labels)
    assert len(rows) >= 300 and len({text for _labels, text in rows}) == len(rows)
    assert set(grounds) == set(GROUNDS) and min(grounds.values()) >= 4
    assert 0.35 < sum(not labels for labels, _text in rows) / len(rows) < 0.65


@pytest.mark.parametrize(("part", "precision", "recall"), [("a", 0.98, 0.99), ("b", 0.98, 0.99), ("c", 0.97, 0.90)])
def test_precision_and_recall_hold_also_on_the_part_that_no_rule_was_written_from(part, precision, recall):
    got = quality(labelled(part))
    assert got[0] >= precision and got[1] >= recall, got


def test_no_clean_advertisement_is_stopped():
    stopped = [
        text for labels, text in labelled() if not labels and any(f.weight is Weight.STOPS for f in findings_in(text))
    ]
    assert stopped == []


def test_a_search_for_the_bare_words_would_be_far_worse():
    """The planted mistake: words without what stands around them stop what is lawful."""
    words = {"sex": "男女", "fee": ("押金", "培训费"), "lure": ("刷单", "日结", "高薪"), "papers": ("身份证",)}

    class Bare:
        def __init__(self, ground: str) -> None:
            self.ground = ground

    def bare(text: str):
        return [Bare(ground) for ground, some in words.items() if any(word in text for word in some)]

    assert quality(labelled(), bare)[0] < 0.7


@pytest.mark.parametrize(
    ("plain", "hidden"),
    [
        ("入职交押金300元", "入 职 交 押 金 300 元"),
        ("入职交押金300元", "入职交押*金300元"),
        ("入职交押金300元", "入职交押​金300元"),
        ("入职交押金300元", "入职交押金３００元"),
        ("限男性", "限 男 性"),
        ("只招女工", "只招­女工"),
    ],
)
def test_signs_between_the_letters_hide_nothing(plain, hidden):
    assert [f.ground for f in findings_in(hidden)] == [f.ground for f in findings_in(plain)] != []


@pytest.mark.parametrize("text", ["", " ", "😀🚚", "𠮷野家𫖯", "\x00\x01", "男" * 50, "=" * 100, "龘" * 4000])
def test_odd_texts_are_read(text):
    findings_in(text)


@pytest.mark.parametrize(
    "text",
    [one * 70_000 for one in ("收收收", "入职", "押金不收", "<a ", "1 ", "月入", "a@", "交押", "加微")],
)
def test_two_hundred_kilobytes_are_read_to_their_end(text):
    """A pattern that tries all ways would not come to an end here; the run ends a test that hangs."""
    assert isinstance(findings_in(text), list)


def test_the_bound_of_pay_follows_the_middle_and_not_the_liars():
    honest = PayMarket("6-31-05-00", 400, 300_000, 380_000, 450_000)
    assert 950_000 <= highest_likely(honest, times=2.5) <= 1_600_000
    flat = PayMarket("6-31-05-00", 400, 400_000, 400_000, 400_000)
    assert highest_likely(flat, times=2.5) == 1_000_000
    assert not PayMarket("x", 29, 1, 2, 3).is_known and not PayMarket("x", 400, 0, 0, 0).is_known
