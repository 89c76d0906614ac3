"""Seals of the journal: the digest of a line, the record of a batch, and the chain over batches."""

import hashlib
import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

GENESIS = "0" * 64
NUMBER_BYTES = 8
DIGEST_BYTES = 32
RECORD_BYTES = NUMBER_BYTES + DIGEST_BYTES


@dataclass(frozen=True)
class Line:
    """One line of the journal, as it is stored; `tx` is the transaction that wrote it."""

    id: int
    tx: int
    at: datetime
    by: int
    event: str
    area: str
    person: int | None
    payload: Any


@dataclass(frozen=True)
class Batch:
    """Lines sealed together: all of the transactions before `upto_tx` that no batch before had.

    `lines` holds for each line, in the order (tx, id), its number and its digest.
    """

    upto_tx: int
    lines: bytes
    previous: str

    @property
    def head(self) -> str:
        """The head of the chain after this batch, 64 hexadecimal digits (SHA-256)."""
        prefix = f"{self.previous}\n{self.upto_tx}\n{len(self)}\n".encode()
        return hashlib.sha256(prefix + self.lines).hexdigest()

    def __len__(self) -> int:
        return len(self.lines) // RECORD_BYTES

    def records(self) -> Iterator[tuple[int, bytes]]:
        """The number and the digest of each line."""
        for start in range(0, len(self.lines), RECORD_BYTES):
            record = self.lines[start : start + RECORD_BYTES]
            yield int.from_bytes(record[:NUMBER_BYTES], "big"), record[NUMBER_BYTES:]


def digest(line: Line) -> bytes:
    """SHA-256 of the canonical JSON of a line: sorted keys, no blanks, UTF-8, the moment in UTC."""
    fields = [
        line.id,
        line.tx,
        line.at.astimezone(UTC).isoformat(timespec="microseconds"),
        line.by,
        line.event,
        line.area,
        line.person,
        line.payload,
    ]
    text = json.dumps(fields, ensure_ascii=False, sort_keys=True, separators=(",", ":"), allow_nan=False)
    return hashlib.sha256(text.encode()).digest()


def seal(lines: Iterable[Line], *, upto_tx: int, previous: str) -> Batch:
    """The batch of these lines, chained to the head before it; the lines come in the order (tx, id)."""
    records = b"".join(line.id.to_bytes(NUMBER_BYTES, "big") + digest(line) for line in lines)
    return Batch(upto_tx, records, previous)


def differences(batch: Batch, lines: Iterable[Line]) -> Iterator[tuple[str, int]]:
    """What is not as it was sealed: `altered`, `inserted` or `missing`, and the number of the line.

    The lines come in the order (tx, id), as they were sealed.
    """
    sealed = dict(batch.records())
    for line in lines:
        known = sealed.pop(line.id, None)
        if known is None:
            yield "inserted", line.id
        elif known != digest(line):
            yield "altered", line.id
    yield from (("missing", number) for number in sealed)
