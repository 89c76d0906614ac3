"""What happens in labour surveys; no event carries an answer."""

from dataclasses import dataclass
from datetime import date

from openpes.kernel import Event


@dataclass(frozen=True, kw_only=True)
class CampaignPlanned(Event):
    """A labour survey was ordered for an area and a period."""

    campaign: int
    from_on: date
    until_on: date
    area: str


@dataclass(frozen=True, kw_only=True)
class CampaignStarted(Event):
    """A labour survey began with the households that were known in its villages."""

    campaign: int
    villages: int
    households: int
    area: str


@dataclass(frozen=True, kw_only=True)
class CampaignClosed(Event):
    """A labour survey was closed; no answer comes in any more."""

    campaign: int
    households: int
    done: int
    area: str


@dataclass(frozen=True, kw_only=True)
class VillageAssigned(Event):
    """A village was given to an officer, instead of the one who had it (`before`, 0 for nobody)."""

    campaign: int
    account: int
    before: int
    area: str


@dataclass(frozen=True, kw_only=True)
class HouseholdsTakenIn(Event):
    """Households that came into the register during a survey were taken into it."""

    campaign: int
    households: int
    area: str


@dataclass(frozen=True, kw_only=True)
class HouseholdFound(Event):
    """An officer met a household that nobody knew, and registered it."""

    campaign: int
    household: int
    area: str


@dataclass(frozen=True, kw_only=True)
class HouseholdSurveyed(Event):
    """A visit to a household was recorded: how it ended, how it came in, what state followed."""

    campaign: int
    household: int
    outcome: str
    state: str
    way: str
    surveyed_on: date
    area: str


@dataclass(frozen=True, kw_only=True)
class SurveyAnswersWithdrawn(Event):
    """Answers of a household that came in with a file were taken back with it."""

    campaign: int
    household: int
    area: str


@dataclass(frozen=True, kw_only=True)
class SpotCheckDrawn(Event):
    """Households of a village were drawn at random to be asked again; the seed draws them again."""

    campaign: int
    check: int
    seed: str
    households: int
    area: str


@dataclass(frozen=True, kw_only=True)
class HouseholdAskedAgain(Event):
    """A household of a spot-check was asked again: how many answers were compared, how many differed."""

    check: int
    household: int
    compared: int
    different: int
    area: str


@dataclass(frozen=True, kw_only=True)
class SpotCheckMarked(Event):
    """One person marked the result of a spot-check."""

    check: int
    compared: int
    different: int
    area: str


@dataclass(frozen=True, kw_only=True)
class SpotCheckConcluded(Event):
    """A second person marked the result of a spot-check: passed, or the village is surveyed again."""

    campaign: int
    check: int
    passed: bool
    round: int
    area: str
