"""Which act of staff needs which certificate from which day, and whether the certificates held are enough."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from openpes.engine.files import document


@dataclass(frozen=True)
class CertificateKind:
    """A certificate that staff hold: valid for `months` after an examination with at least `pass_mark` of 100."""

    code: str
    title_en: str
    title_zh: str
    months: int
    pass_mark: int


@dataclass(frozen=True)
class Requirement:
    """An act, by the code of its right, that needs a certificate from a day on."""

    act: str
    certificate: str
    from_on: date
    source: str


@dataclass(frozen=True)
class Held:
    """A certificate that somebody holds in `[from_on, until_on)`."""

    certificate: str
    from_on: date
    until_on: date

    @property
    def text(self) -> str:
        """As it is kept beside an account: kind and days."""
        return f"{self.certificate}:{self.from_on}:{self.until_on}"


@lru_cache(maxsize=1)
def certificate_kinds() -> dict[str, CertificateKind]:
    """Every kind of certificate by its code."""
    kinds = document("staff_certificates.toml")["kinds"]
    return {code: CertificateKind(code, **entry) for code, entry in kinds.items()}


@lru_cache(maxsize=1)
def requirements() -> tuple[Requirement, ...]:
    """Every requirement, whenever it begins.

    :raises ValueError: a requirement names a certificate that does not exist, or no source
    """
    found = tuple(
        Requirement(entry["act"], entry["certificate"], entry["from"], entry["source"])
        for entry in document("staff_certificates.toml")["required"]
    )
    for one in found:
        if one.certificate not in certificate_kinds() or not one.source.strip():
            raise ValueError(f"The requirement for '{one.act}' names no known certificate or no source.")
    return found


def held_from(texts: Iterable[str]) -> tuple[Held, ...]:
    """Certificates as they are kept beside an account."""
    parts = (text.split(":") for text in texts)
    return tuple(Held(kind, date.fromisoformat(begins), date.fromisoformat(ends)) for kind, begins, ends in parts)


def lacking(acts: Collection[str], texts: Collection[str], on: date) -> dict[str, Requirement]:
    """The acts that may not be done on a day, since the certificate that each needs is not held then."""
    asked = [one for one in _in_force(on) if one.act in acts]
    if not asked:
        return {}
    valid = {held.certificate for held in held_from(texts) if held.from_on <= on < held.until_on}
    return {one.act: one for one in asked if one.certificate not in valid}


@lru_cache(maxsize=64)
def _in_force(on: date) -> tuple[Requirement, ...]:
    return tuple(one for one in requirements() if one.from_on <= on)
