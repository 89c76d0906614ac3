"""How well a row fits the terms of a search, in whole numbers, so that every answerer finds the same order.

Okapi BM25 (Robertson and Zaragoza 2009, k1 = 1.2, b = 0.75) for terms that a title has once, with two additions: what
stands in the title counts three times what only the employer's name has, and a wish carries its own weight. Titles are
measured in characters against eight, the usual length, which does not depend on the other rows.
"""

import math

IN_TITLE, ELSEWHERE = 3, 1
SCALE, SHORTEST, PER_LETTER = 1760, 1040, 90  # 2.2 over 1.3 + 0.9 x letters / 8, times 800


def rarity(rows: int, having: int) -> int:
    """How much a term tells, in thousandths: the logarithm of how few of the rows have it."""
    return round(1000 * math.log(1 + (rows - having + 0.5) / (having + 0.5)))


def score(parts: int, letters: int) -> int:
    """The score of a row: the sum of weight x rarity x place over its terms, for a title of so many letters."""
    return parts * SCALE // (SHORTEST + PER_LETTER * letters)
