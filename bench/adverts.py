"""Checks of advertisements: what they find in a labelled set, how fast, and copies among a hundred thousand."""

import csv
import random
import re
import time
from pathlib import Path

from bench.city import BenchCity
from bench.table import Line
from bench.timing import refuse_difference
from openpes.engine.adverts import findings_in
from openpes.engine.adverts.copies import NONE, SHORTEST, bare, copies_among, likeness, shingles

LABELLED = Path(__file__).with_name("adverts_labelled.tsv")
BARE_WORDS = "bare words without what stands around them, over the same advertisements"
EVERY_PAIR = "every pair of a block compared by sets in Python, on a smaller sample with the same answers"
WORDS = {
    "sex": r"男|女", "ethnicity": r"[一-龥]族", "race": r"白人|黑人", "religion": r"教徒|信教|佛|基督",
    "age": r"\d{2}岁", "marriage": r"已婚|未婚|单身", "registration": r"户口|户籍", "fee": r"押金|费|保证金",
    "papers": r"身份证|证件|原件", "security": r"担保", "lure": r"刷单|日结|高薪|轻松", "contact": r"微信|qq|\d{11}",
    "code": r"[<={]",
}  # fmt: skip
TURNS, ADVERTS, SAMPLE = 40, 100_000, 3_000
LEAST, SEED = 0.85, 11


def measure(city: BenchCity) -> list[Line]:
    """Precision, recall and speed of the text checks; the join of copies beside all pairs."""
    return [*_checks(), _copies()]


def _checks() -> list[Line]:
    with LABELLED.open(encoding="utf-8") as file:
        rows = list(csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE))
    texts = [row["text"] for row in rows]
    ours, plain = _rate(lambda text: {one.ground for one in findings_in(text)}, texts), _rate(_bare, texts)
    told = "; ".join(
        f"part {part}: precision {p:.3f}, recall {r:.3f} (bare words {bp:.3f}, {br:.3f})"
        for part in "abc"
        for p, r, bp, br in [(*_quality(rows, part, findings_in), *_quality(rows, part, None))]
    )
    return [Line("text checks of an advertisement", "adverts/s", ours, plain, BARE_WORDS, told)]


def _bare(text: str) -> set[str]:
    return {ground for ground, words in WORDS.items() if re.search(words, text)}


def _rate(check, texts: list[str]) -> float:
    for text in texts:
        check(text)
    began = time.perf_counter()
    for _turn in range(TURNS):
        for text in texts:
            check(text)
    return TURNS * len(texts) / (time.perf_counter() - began)


def _quality(rows: list[dict], part: str, finds) -> tuple[float, float]:
    right = found = wanted = 0
    for row in rows:
        if row["part"] == part:
            labels = set() if row["grounds"] == "-" else set(row["grounds"].split(","))
            got = {one.ground for one in finds(row["text"])} if finds else _bare(row["text"])
            right, found, wanted = right + len(got & labels), found + len(got), wanted + len(labels)
    return right / found, right / wanted


def _copies() -> Line:
    texts, blocks, planted = invented(ADVERTS)
    copies_among(texts[:100], blocks[:100], least=LEAST)
    began = time.perf_counter()
    leaders, _alike = copies_among(texts, blocks, least=LEAST)
    ours = time.perf_counter() - began
    began = time.perf_counter()
    expected = every_pair(texts[:SAMPLE], blocks[:SAMPLE])
    plain = time.perf_counter() - began
    refuse_difference("copies", copies_among(texts[:SAMPLE], blocks[:SAMPLE], least=LEAST)[0].tolist(), expected)
    found = sum(leaders[copy] == first for copy, first in planted.items())
    told = (
        f"{ADVERTS:,} adverts in {ours:.1f} s, {sum(leaders != NONE):,} copies; of {len(planted):,} planted"
        f" {100 * found / len(planted):.1f} % found; {SAMPLE:,} pair by pair take {plain:.1f} s"
    )
    rates = _pairs(blocks) / ours, _pairs(blocks[:SAMPLE]) / plain
    return Line("near copies of adverts", "pairs/s", *rates, EVERY_PAIR, told)


def _pairs(blocks: list[int]) -> float:
    sizes: dict[int, int] = {}
    for block in blocks:
        sizes[block] = sizes.get(block, 0) + 1
    return sum(size * (size - 1) / 2 for size in sizes.values())


def invented(count: int) -> tuple[list[str], list[int], dict[int, int]]:
    """Advertisements in three hundred blocks of occupation and county, a tenth of them copied with a change."""
    rng = random.Random(SEED)
    letters = [chr(0x4E00 + number) for number in range(3_000)]
    phrases = ["".join(rng.choices(letters, k=rng.randrange(4, 14))) for _n in range(4_000)]
    texts: list[str] = []
    blocks: list[int] = []
    planted: dict[int, int] = {}
    for here in range(count):
        if here > 100 and rng.random() < 0.1:
            first = rng.randrange(here)
            first = planted.get(first, first)
            words = list(texts[first])
            words[rng.randrange(len(words))] = rng.choice(letters)
            texts.append("".join(words))
            blocks.append(blocks[first])
            planted[here] = first
        else:
            texts.append("，".join(rng.choices(phrases, k=rng.randrange(8, 24))))
            blocks.append(rng.randrange(300))
    return texts, blocks, planted


def every_pair(texts: list[str], blocks: list[int]) -> list[int]:
    """The same answer by comparing each with every earlier one of its block."""
    sets = [shingles(text) if len(bare(text)) >= SHORTEST else frozenset() for text in texts]
    leaders: list[int] = []
    for here, own in enumerate(sets):
        alike = (
            other
            for other in range(here)
            if blocks[other] == blocks[here] and leaders[other] == NONE and likeness(own, sets[other]) >= LEAST
        )
        leaders.append(next(alike, NONE))
    return leaders
