"""Advertisements that say the same: equal shingles, joined exactly, so that nothing is missed and nothing guessed.

A text is the set of its runs of four characters (A. Broder, On the resemblance and containment of documents, 1997). Two
sets whose Jaccard likeness reaches t share one of their rarest elements (prefix filter: S. Chaudhuri, V. Ganti,
R. Kaushik, A primitive operator for similarity joins, 2006), so only those few are looked up. Advertisements are taken
in their order; each is a copy of the first earlier one that is no copy itself and to which it is alike enough. Texts of
different blocks (an occupation in a county, say) are never compared.
"""

import re
import sys
import unicodedata
from collections.abc import Sequence
from functools import lru_cache
from typing import Any

import numpy as np
from numpy.typing import NDArray

from openpes.engine.compiled import compiled

SHINGLE = 4
SHORTEST = 24  # characters below which a text says too little to be called a copy
NONE = -1
_NOISE = re.compile(r"[\W_]+")
_MIX = np.uint64(0x9E3779B97F4A7C15)
Ints = NDArray[np.int64]


def bare(text: str) -> str:
    """The characters that carry meaning: ordinary width, lower case, without signs and blanks."""
    return _NOISE.sub("", unicodedata.normalize("NFKC", text).lower())


def shingles(text: str) -> frozenset[str]:
    """The runs of four characters of a text, signs left out; a shorter text is one run."""
    read = bare(text)
    return frozenset(read[at : at + SHINGLE] for at in range(max(len(read) - SHINGLE + 1, 1))) if read else frozenset()


def likeness(one: frozenset[str], other: frozenset[str]) -> float:
    """Equal shingles over all shingles of two texts (Jaccard), 0..1."""
    both = len(one & other)
    return both / (len(one) + len(other) - both) if both else 0.0


def copies_among(texts: Sequence[str], blocks: Sequence[int], *, least: float) -> tuple[Ints, NDArray[np.float64]]:
    """For each text in order the number of the text of which it is a copy (-1: of none), and how alike the two are.

    `least` is the smallest likeness of a copy, in (0.5, 1]. Exact: what a comparison of all pairs would give.
    """
    offsets, tokens = _token_sets(texts, blocks)
    lengths = np.diff(offsets)
    if not len(tokens):
        return np.full(len(texts), NONE, np.int64), np.zeros(len(texts))
    return _follow(offsets, tokens, lengths, int(tokens.max()) + 1, least)


def _token_sets(texts: Sequence[str], blocks: Sequence[int]) -> tuple[Ints, Ints]:
    """The shingles of every text as numbers, the rarest of all texts first; an offset for each text and the end."""
    letters, sizes = _letters(texts)
    if not len(letters):
        return np.zeros(len(texts) + 1, np.int64), np.zeros(0, np.int64)
    count = np.maximum(sizes - SHINGLE + 1, 0)
    owner = np.repeat(np.arange(len(sizes)), count)
    inside = np.arange(count.sum()) - np.repeat(np.cumsum(count) - count, count)
    first = np.repeat(np.cumsum(sizes) - sizes, count) + inside
    hashed = np.asarray(blocks, np.int64).astype(np.uint64)[owner] * _MIX
    for step in range(SHINGLE):
        hashed = (hashed ^ letters[first + step]) * _MIX
        hashed ^= hashed >> np.uint64(29)
    _known, token, often = np.unique(hashed, return_inverse=True, return_counts=True)
    rank = np.empty(len(often), np.int64)
    rank[np.argsort(often, kind="stable")] = np.arange(len(often))
    pair = np.sort(owner.astype(np.int64) * len(often) + rank[token])
    pair = pair[np.concatenate(([True], pair[1:] != pair[:-1]))]
    offsets = np.searchsorted(pair, np.arange(len(sizes) + 1, dtype=np.int64) * len(often))
    return offsets.astype(np.int64), pair % len(often)


def _letters(texts: Sequence[str]) -> tuple[NDArray[np.uint64], Ints]:
    """What `bare` leaves of the texts, one after the other, and how much of each; nothing of too short ones."""
    joined = "\0".join(text.replace("\0", " ") for text in texts)
    plain = unicodedata.normalize("NFKC", joined).lower().encode("utf-32-le", "surrogatepass")
    read = np.frombuffer(plain, np.uint32)
    keep = _meaning()[read]
    owner, letters = np.cumsum(read == 0)[keep], read[keep].astype(np.uint64)
    sizes = np.bincount(owner, minlength=len(texts)).astype(np.int64)
    telling = sizes >= SHORTEST
    return letters[telling[owner]], np.where(telling, sizes, 0)


@lru_cache(maxsize=1)
def _meaning() -> NDArray[np.bool_]:
    """Which characters of all that there are `bare` leaves."""
    return np.fromiter((chr(code).isalnum() for code in range(sys.maxunicode + 1)), np.bool_, sys.maxunicode + 1)


@compiled
def _follow(offsets: Any, tokens: Any, lengths: Any, kinds: int, least: float) -> Any:  # pragma: no cover - compiled
    """Each text in order against the earlier ones that are no copies and share one of its rarest tokens."""
    count = len(lengths)
    leaders, alike = np.full(count, -1, np.int64), np.zeros(count)
    head = np.full(kinds, -1, np.int64)
    entry_of, entry_next = np.empty(len(tokens), np.int64), np.empty(len(tokens), np.int64)
    entries = 0
    seen = np.full(count, -1, np.int64)
    for here in range(count):
        size = lengths[here]
        if size == 0:
            continue
        start, prefix = offsets[here], size - int(np.ceil(least * size - 1e-9)) + 1
        best = -1
        for at in range(start, start + prefix):
            entry = head[tokens[at]]
            while entry >= 0:
                other = entry_of[entry]
                if seen[other] != here:
                    seen[other] = here
                    near = min(lengths[other], size) >= least * max(lengths[other], size) - 1e-9
                    if near and (best < 0 or other < best):
                        both = _shared(tokens, start, size, offsets[other], lengths[other])
                        value = both / (size + lengths[other] - both)
                        if value >= least - 1e-12:
                            best = other
                            alike[here] = value
                entry = entry_next[entry]
        leaders[here] = best
        if best < 0:
            for at in range(start, start + prefix):
                entry_of[entries], entry_next[entries] = here, head[tokens[at]]
                head[tokens[at]] = entries
                entries += 1
    return leaders, alike


@compiled
def _shared(tokens: Any, one: int, one_size: int, other: int, other_size: int) -> int:  # pragma: no cover - compiled
    both, i, j = 0, 0, 0
    while i < one_size and j < other_size:
        left, right = tokens[one + i], tokens[other + j]
        if left == right:
            both += 1
            i += 1
            j += 1
        elif left < right:
            i += 1
        else:
            j += 1
    return both
