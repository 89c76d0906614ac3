"""Makes the arrays of an index from rows, in any order of coming: coded columns, bitmaps, postings, titles."""

from array import array
from bisect import bisect_left
from collections.abc import Iterable, Sequence
from itertools import pairwise
from typing import Any

import numpy as np

from openpes.engine.search import kernels
from openpes.engine.search.kinds import Document
from openpes.engine.search.text import folded

Arrays = dict[str, Any]
COUNTY, MAJOR = 6, 1  # characters of a place and of an occupation that make the value of a facet
COMMON = 16  # a term that more than one row in so many has gets bitmaps of its own
PIECES = 64  # titles of similar length have bitmaps, each of at least one row in so many
MOST_CODES, MOST_VALUES, MOST_BENEFITS, MOST_LEFT, LONGEST_TITLE = 65_536, 256, 32, 2**24, 255


class TooMuch(ValueError):
    """The rows do not fit into this kind of index."""


class _Codes:
    """Texts as numbers in the order of their coming, later in alphabetical order."""

    def __init__(self) -> None:
        self.numbers: dict[str, int] = {}
        self.rows = array("l")

    def add(self, code: str) -> None:
        self.rows.append(self.numbers.setdefault(code, len(self.numbers)))

    def sorted(self) -> tuple[list[str], Any]:
        """The codes in order, and the place of every row's code among them."""
        codes = sorted(self.numbers)
        places = np.zeros(len(codes), np.int64)
        for place, code in enumerate(codes):
            places[self.numbers[code]] = place
        return codes, places[np.array(self.rows, np.int64)] if len(codes) else np.zeros(0, np.int64)


class Builder:
    """Takes documents and gives the arrays of an index over them."""

    def __init__(self) -> None:
        self._numbers = {name: array("q") for name in ("id", "published", "closes", "pay_min", "pay_max", "left")}
        self._codes = {name: _Codes() for name in ("place", "occupation", "pay", "education", "term")}
        self._benefits: dict[str, int] = {}
        self._offered = array("Q")
        self._vocabulary: dict[str, int] = {}
        self._flat, self._starts = array("I"), array("q", [0])
        self._titles, self._title_starts, self._letters = bytearray(), array("q", [0]), bytearray()

    def add(self, documents: Iterable[Document]) -> None:
        """Take documents.

        :raises TooMuch: more kinds of a benefit than a row has bits
        """
        for document in documents:
            for name, numbers in self._numbers.items():
                numbers.append(getattr(document, name))
            for name, codes in self._codes.items():
                codes.add(getattr(document, name))
            self._offered.append(self._mask(document.benefits))
            title = folded(document.title)
            self._add_terms(document.terms, title)
            self._titles += title.encode()
            self._title_starts.append(len(self._titles))
            self._letters.append(min(len(document.title), LONGEST_TITLE))

    def _mask(self, benefits: Sequence[str]) -> int:
        mask = 0
        for code in benefits:
            number = self._benefits.setdefault(code, len(self._benefits))
            if number >= MOST_BENEFITS:
                raise TooMuch(f"More than {MOST_BENEFITS} kinds of benefits.")
            mask |= 1 << number
        return mask

    def _add_terms(self, terms: Sequence[str], title: str) -> None:
        known, flat = self._vocabulary, self._flat
        for term in terms:
            number = known.get(term)
            if number is None:
                number = known[term] = len(known)
            flat.append(number << 1 | (term in title))
        self._starts.append(len(flat))

    def arrays(self) -> Arrays:
        """The arrays of an index over everything that was taken.

        :raises TooMuch: more codes of a kind than an attribute has room for
        """
        ids, published = (np.array(self._numbers[name], np.int64) for name in ("id", "published"))
        order = np.lexsort((-ids, -published))
        made: Arrays = {"id": ids[order], "published": published[order].astype(np.int32)}
        for name, kind in {"closes": np.int32, "pay_min": np.int64, "pay_max": np.int64, "left": np.int32}.items():
            made[name] = np.array(self._numbers[name], np.int64)[order].astype(kind)
        self._orders(made)
        self._attributes(made, order)
        self._texts(made, order)
        self._postings(made, order)
        return made

    @staticmethod
    def _orders(made: Arrays) -> None:
        """The rows by pay, by places and by number, and where a row stands in the first two."""
        falling = {
            "pay": (-made["id"], -made["pay_min"], -made["pay_max"]),
            "left": (-made["id"], -made["left"].astype(np.int64)),
        }
        for name, columns in falling.items():
            order = np.lexsort(columns)
            rank = np.empty(len(order), np.uint32)
            rank[order] = np.arange(len(order), dtype=np.uint32)
            made[f"by_{name}"], made[f"rank_{name}"] = order.astype(np.uint32), rank
        made["by_id"] = np.argsort(made["id"]).astype(np.uint32)

    def _attributes(self, made: Arrays, order: Any) -> None:
        rows = len(order)
        packed, told = np.zeros(rows, np.uint64), {}
        shifts = (kernels.PLACE, kernels.OCCUPATION, kernels.BAND, kernels.EDUCATION, kernels.TERM)
        for shift, (name, column) in zip(shifts, self._codes.items(), strict=True):
            codes, places = column.sorted()
            if len(codes) > MOST_CODES:
                raise TooMuch(f"{len(codes)} different values of {name}.")
            places = places[order] if rows else places
            packed |= places.astype(np.uint64) << np.uint64(shift)
            made |= _text_arrays(f"{name}_codes", codes)
            size = {"place": COUNTY, "occupation": MAJOR}.get(name)
            values = sorted({code[:size] for code in codes})
            if len(values) > MOST_VALUES:
                raise TooMuch(f"{len(values)} different values of {name} to narrow by.")
            group = np.array([bisect_left(values, code[:size]) for code in codes] or [0], np.int64)
            told[name] = group[places] if rows else places
            made |= _text_arrays(f"{name}_values", values)
            made[f"{name}_groups"] = group
            made[f"{name}_maps"] = _maps(told[name], len(values), rows)
            if size:
                made[f"{name}_rows"] = np.argsort(places, kind="stable").astype(np.uint32)
                made[f"{name}_starts"] = np.searchsorted(np.sort(places), np.arange(len(codes) + 1)).astype(np.int64)
        offered = np.array(self._offered, np.uint64)[order] if rows else np.zeros(0, np.uint64)
        self._offers(made, offered)
        made["cards"] = cards_of(packed, offered, told, made["left"])

    def _offers(self, made: Arrays, offered: Any) -> None:
        rows = len(offered)
        made |= _text_arrays("benefit_values", list(self._benefits))
        ones = [(offered >> np.uint64(number)) & np.uint64(1) for number in range(len(self._benefits))]
        made["benefit_maps"] = _stacked([one.astype(bool) for one in ones], rows)
        left = made["left"]
        planes = [(left >> number) & 1 for number in range(int(left.max()).bit_length() if rows else 0)]
        made["left_maps"] = _stacked([plane.astype(bool) for plane in planes], rows)

    def _texts(self, made: Arrays, order: Any) -> None:
        starts, letters = np.array(self._title_starts, np.int64), np.array(self._titles, np.uint8)
        made["title_starts"], made["titles"] = np.zeros(len(order) + 1, np.int64), np.zeros(len(letters), np.uint8)
        kernels.reorder(order, starts, letters, made["title_starts"], made["titles"])
        made["letters"] = np.array(self._letters, np.uint8)[order]
        made["lengths"], made["length_maps"] = lengths_of(made["letters"])

    def _postings(self, made: Arrays, order: Any) -> None:
        terms = sorted(self._vocabulary)
        places = np.zeros(len(terms) + 1, np.int64)
        places[[self._vocabulary[term] for term in terms]] = np.arange(len(terms))
        flat = np.array(self._flat, np.uint32)
        begins = np.zeros(len(terms) + 1, np.int64)
        np.cumsum(np.bincount(places[flat >> 1], minlength=len(terms))[: len(terms)], out=begins[1:])
        postings = np.zeros(len(flat), np.uint32)
        kernels.invert(order, np.array(self._starts, np.int64), flat, places, begins.copy(), postings)
        made |= _text_arrays("terms", terms) | {"begins": begins, "postings": postings}
        self._common(made, len(order))

    @staticmethod
    def _common(made: Arrays, rows: int) -> None:
        """Bitmaps of the terms that many rows have: of all rows, and behind it of those with the term in the title."""
        begins, postings = made["begins"], made["postings"]
        common = np.flatnonzero(np.diff(begins) * COMMON > max(rows, 1024))
        maps = np.zeros((2 * len(common), -(-rows // 64)), np.uint64)
        for at, term in enumerate(common):
            mine = postings[begins[term] : begins[term + 1]]
            kernels.set_postings(maps[2 * at], mine)
            kernels.set_postings(maps[2 * at + 1], mine[mine & 1 == 1])
        made["common"], made["common_maps"] = common.astype(np.int64), maps


def cards_of(packed: Any, offered: Any, told: Arrays, left: Any) -> Any:
    """What few rows are asked for, in two words beside each other: codes, values to narrow by, benefits, places left.

    :raises TooMuch: a row has more places left than there is room for
    """
    if len(left) and left.max() >= MOST_LEFT:
        raise TooMuch(f"{left.max()} places of one vacancy.")
    first = packed | told["occupation"].astype(np.uint64) << np.uint64(kernels.CLASS)
    counties = told["place"].astype(np.uint64) << np.uint64(kernels.COUNTY)
    return np.stack([first, offered | counties | left.astype(np.uint64) << np.uint64(kernels.LEFT)], 1)


def lengths_of(letters: Any) -> tuple[Any, Any]:
    """Titles parted by their length into pieces of at least one in so many: the longest of each, and its bitmap."""
    ends, held = [], 0
    for length, count in enumerate(np.bincount(letters, minlength=LONGEST_TITLE + 1).tolist()):
        held += count
        if held * PIECES > len(letters) or length == LONGEST_TITLE:
            ends.append(length)
            held = 0
    pieces = np.searchsorted(ends, letters)
    return np.array(ends, np.int64), _maps(pieces, len(ends), len(letters))


def bits_of(chosen: Any) -> Any:
    """A bitmap of a row of truths."""
    packed = np.packbits(chosen, bitorder="little")
    words = np.zeros(-(-len(chosen) // 64) * 8, np.uint8)
    words[: len(packed)] = packed
    return words.view(np.uint64)


def _maps(values: Any, count: int, rows: int) -> Any:
    return _stacked([values == value for value in range(count)], rows)


def _stacked(truths: list[Any], rows: int) -> Any:
    words = -(-rows // 64)
    return np.array([bits_of(truth) for truth in truths], np.uint64).reshape(len(truths), words)


def _text_arrays(name: str, texts: list[str]) -> Arrays:
    written = [text.encode() for text in texts]
    starts = np.zeros(len(written) + 1, np.int64)
    np.cumsum([len(text) for text in written], out=starts[1:])
    return {name: np.array(bytearray(b"".join(written)), np.uint8), f"{name}_at": starts}


def texts_in(arrays: Arrays, name: str) -> list[str]:
    """Texts that were written one behind the other."""
    letters, starts = arrays[name].tobytes(), arrays[f"{name}_at"].tolist()
    return [letters[begin:end].decode() for begin, end in pairwise(starts)]
