"""Who pays nothing for which service, as whom, and by which clause (dated parameters `free_of_charge_…`)."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from openpes.engine.parameters import Parameter, parameters

PREFIX, PLACEMENT = "free_of_charge_", "placement"
EVERYBODY, HARDSHIP, UNEMPLOYED, RURAL = "all", "hardship", "unemployed", "rural"
NARROWEST_FIRST = (HARDSHIP, UNEMPLOYED, RURAL, EVERYBODY)


@dataclass(frozen=True)
class Exemption:
    """A service that a person gets free of charge: its parameter, as whom (the narrowest ground), by which clause."""

    service: str
    parameter: Parameter
    ground: str
    source: str


def exemptions(*, grounds: Collection[str], on: date) -> list[Exemption]:
    """The services that somebody on these grounds gets free of charge on a day, in the order of the parameters."""
    return [found for service in services() if (found := exemption(service=service, grounds=grounds, on=on))]


def exemption(*, service: str, grounds: Collection[str], on: date) -> Exemption | None:
    """Whether somebody on these grounds gets a service free of charge on a day, as whom and by which clause."""
    parameter = parameters().parameter(PREFIX + service)
    known = parameter.in_force(on)
    granted = set(known.value.split())
    held = [ground for ground in NARROWEST_FIRST if ground in {*grounds, EVERYBODY} and ground in granted]
    own = [ground for ground in NARROWEST_FIRST if ground in grounds]
    if not held:
        return None
    # What is free for all is counted under the group that the person stands in, so that the groups can be told apart.
    ground = own[0] if own and held == [EVERYBODY] else held[0]
    return Exemption(service, parameter, ground, known.source)


def services() -> tuple[str, ...]:
    """The services about which the parameters say for whom they are free."""
    names = (parameter.name for parameter in parameters().all())
    return tuple(name.removeprefix(PREFIX) for name in names if name.startswith(PREFIX))
