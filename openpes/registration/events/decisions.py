"""Refusals, corrections, appeals."""

from dataclasses import dataclass

from openpes.kernel import Event


@dataclass(frozen=True, kw_only=True)
class RegistrationRefused(Event):
    """An unemployment registration was refused in due form."""

    person: int
    area: str
    decision: int


@dataclass(frozen=True, kw_only=True)
class FactCorrected(Event):
    """A fact of a decision turned out to be otherwise; the decision keeps both."""

    person: int
    area: str
    decision: int
    fact: str


@dataclass(frozen=True, kw_only=True)
class AppealFiled(Event):
    """A person appealed against a refusal or an end."""

    person: int
    area: str
    appeal: int
    decision: int


@dataclass(frozen=True, kw_only=True)
class AppealRuled(Event):
    """An appeal was ruled by another officer; `ruling` is a code of `Ruling`."""

    person: int
    area: str
    appeal: int
    ruling: str
