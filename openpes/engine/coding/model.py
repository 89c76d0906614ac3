"""The trained coder as arrays, and the one file that holds them."""

import io
import zipfile
from dataclasses import dataclass, fields
from typing import Any, NamedTuple, Self

import numpy as np
import numpy.typing as npt

from openpes.engine.coding.likeness import Postings, Rows, postings

DATED = (1980, 1, 1, 0, 0, 0)  # the same arrays give the same bytes, whenever the file is written
TEXTS = ("codes", "vocabulary")


class Said(NamedTuple):
    """What the rows say, the dual coefficients, in two parts that add up.

    Row r speaks `values` for `codes[starts[r]:starts[r + 1]]`; and the many small ones together are `rows`
    (r, rank) times `wide` (rank, c).
    """

    starts: npt.NDArray[np.int32]
    codes: npt.NDArray[np.uint16]
    values: npt.NDArray[np.float32]
    rows: npt.NDArray[np.float32]
    wide: npt.NDArray[np.float32]


class Learnt(NamedTuple):
    """Whose title each row is: `codes` (r); the first `advertised` rows are of advertisements; for every code its three
    wider classes as numbers (3, c) and its share of the advertised titles (c).
    """

    codes: npt.NDArray[np.int16]
    advertised: int
    wider: npt.NDArray[np.int64]
    usual: npt.NDArray[np.float32]


@dataclass(frozen=True, eq=False)
class Model:
    """What the coder knows: the titles it learnt from as terms, and what each of them says for each code.

    `codes` are classes of the tree, `vocabulary` the terms and `weights` what a term counts; `row_…` are the titles
    learnt (see Rows) and `row_codes` what they are; `said_…` are their coefficients (see Said); `usual` is the share of
    advertised titles that each code has; `powers` are those of the likeness, `judging` the
    weights of the last step.
    """

    codes: npt.NDArray[np.str_]
    vocabulary: npt.NDArray[np.str_]
    weights: npt.NDArray[np.float32]
    row_starts: npt.NDArray[np.int32]
    row_terms: npt.NDArray[np.int32]
    row_values: npt.NDArray[np.float32]
    said_starts: npt.NDArray[np.int32]
    said_codes: npt.NDArray[np.int16]
    said_values: npt.NDArray[np.float32]
    said_rows: npt.NDArray[np.float16]
    said_wide: npt.NDArray[np.float16]
    row_codes: npt.NDArray[np.int16]
    usual: npt.NDArray[np.float32]
    advertised: npt.NDArray[np.int32]
    powers: npt.NDArray[np.float64]
    judging: npt.NDArray[np.float64]

    def postings(self) -> Postings:
        """The titles learnt, by their terms."""
        return postings(Rows(self.row_starts, self.row_terms, self.row_values), len(self.vocabulary))

    def said(self) -> Said:
        """What the titles learnt say."""
        small = self.said_rows.astype(np.float32), self.said_wide.astype(np.float32)
        codes = self.said_codes.astype(np.uint16)  # places without a sign need no look for negative ones
        return Said(self.said_starts, codes, self.said_values, *small)

    def learnt(self) -> Learnt:
        """Whose titles the rows are."""
        wider = np.zeros((3, len(self.codes)), np.int64)
        for level in (1, 2, 3):
            classes = [wider_class(code, level) for code in self.codes.tolist()]
            wider[3 - level] = np.unique(classes, return_inverse=True)[1]
        return Learnt(self.row_codes, int(self.advertised[0]), wider, self.usual)

    def to_bytes(self) -> bytes:
        """The file: a compressed archive of arrays without a date, so that equal models are equal bytes."""
        held = io.BytesIO()
        with zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as archive:
            for field in fields(self):
                named = zipfile.ZipInfo(field.name, DATED)
                named.compress_type = zipfile.ZIP_DEFLATED
                archive.writestr(named, _packed(field.name, getattr(self, field.name)))
        return held.getvalue()

    @classmethod
    def from_bytes(cls, content: bytes) -> Self:
        """The model of such a file."""
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            return cls(**{field.name: _unpacked(field.name, archive.read(field.name)) for field in fields(cls)})


def wider_class(code: str, level: int) -> str:
    """The class of that level above a code, or the code itself when it is as wide: 4-01-02-03 at 2 is 4-01."""
    return "-".join(code.split("-")[:level])


def _packed(name: str, values: npt.NDArray[Any]) -> bytes:
    if name in TEXTS:
        return "\n".join(values.tolist()).encode()
    held = io.BytesIO()
    np.lib.format.write_array(held, np.ascontiguousarray(values), allow_pickle=False)
    return held.getvalue()


def _unpacked(name: str, content: bytes) -> npt.NDArray[Any]:
    if name in TEXTS:
        return np.array(content.decode().split("\n"))
    return np.lib.format.read_array(io.BytesIO(content), allow_pickle=False)
