"""Sensitive values: sealed in the database, found by a blind index, printed as their mask."""

import hmac
import json
import os
import secrets
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from cryptography.hazmat.primitives.ciphers.aead import AESGCM

NONCE_BYTES = 12
KEY_ID_BYTES = 1


class Sensitive:
    """A personal value that shows its mask wherever it is printed; `reveal()` is a deliberate act."""

    __slots__ = ("_mask", "_value")

    def __init__(self, value: str, mask: str) -> None:
        self._value, self._mask = value, mask

    def reveal(self) -> str:
        """The value itself; the caller has journalled the purpose before."""
        return self._value

    def __str__(self) -> str:
        return self._mask

    def __repr__(self) -> str:
        return f"Sensitive({self._mask})"

    def __format__(self, spec: str) -> str:
        return format(self._mask, spec)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Sensitive) and hmac.compare_digest(self._value.encode(), other._value.encode())

    def __hash__(self) -> int:
        return hash(self._mask)

    def __reduce__(self) -> Any:
        raise TypeError("A sensitive value is not pickled; seal it.")


@dataclass(frozen=True)
class Keys:
    """The city's keys: AES-256 keys by id (the highest seals) and one HMAC key for blind indexes."""

    sealing: dict[int, bytes]
    index: bytes

    @property
    def current(self) -> int:
        return max(self.sealing)


def seal(value: str, *, context: str) -> bytes:
    """Encrypt under the current key: key id, nonce, AES-256-GCM text bound to `context` (table.column)."""
    return seal_each([value], context=context)[0]


def seal_each(values: Sequence[str], *, context: str) -> list[bytes]:
    """`seal` for many values of one column, in their order."""
    key_id = city_keys().current
    encrypt, first, bound = _cipher(key_id).encrypt, bytes([key_id]), context.encode()
    chance = secrets.token_bytes(NONCE_BYTES * len(values))
    nonces = [chance[start : start + NONCE_BYTES] for start in range(0, len(chance), NONCE_BYTES)]
    return [first + nonce + encrypt(nonce, value.encode(), bound) for nonce, value in zip(nonces, values, strict=True)]


def unseal(sealed: bytes, *, context: str) -> str:
    """The value that was sealed.

    :raises cryptography.exceptions.InvalidTag: when the bytes or the context are not those that were sealed.
    """
    sealed = bytes(sealed)
    nonce = sealed[KEY_ID_BYTES : KEY_ID_BYTES + NONCE_BYTES]
    return _cipher(sealed[0]).decrypt(nonce, sealed[KEY_ID_BYTES + NONCE_BYTES :], context.encode()).decode()


def blind_index(value: str, *, context: str) -> bytes:
    """A keyed digest (HMAC-SHA-256, first 16 bytes) by which an equal value is found, and nothing else."""
    return blind_index_each([value], context=context)[0]


def blind_index_each(values: Iterable[str], *, context: str) -> list[bytes]:
    """`blind_index` for many values of one column, in their order."""
    key, bound, digest = city_keys().index, f"{context}\0".encode(), hmac.digest
    return [digest(key, bound + value.encode(), "sha256")[:16] for value in values]


@cache
def city_keys() -> Keys:
    """The keys from `OPENPES_KEYS` (a file), made once with mode 0600 when the file is not there yet."""
    path = Path(os.environ["OPENPES_KEYS"])
    if not path.exists():
        _make_keys(path)
    stored = json.loads(path.read_text())
    return Keys({int(k): bytes.fromhex(v) for k, v in stored["sealing"].items()}, bytes.fromhex(stored["index"]))


@cache
def _cipher(key_id: int) -> AESGCM:
    return AESGCM(city_keys().sealing[key_id])


def _make_keys(path: Path) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    fresh = {"sealing": {"1": secrets.token_hex(32)}, "index": secrets.token_hex(32)}
    partial = path.with_suffix(f".{secrets.token_hex(8)}")
    with os.fdopen(os.open(partial, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
        json.dump(fresh, file)
        file.flush()
        os.fsync(file.fileno())  # no row may be on the disk that is sealed with keys that are not
    try:
        os.link(partial, path)  # the first thread of the first process wins; the others read its keys
    except FileExistsError:
        pass
    finally:
        partial.unlink()
    folder = os.open(path.parent, os.O_RDONLY)
    os.fsync(folder)
    os.close(folder)
