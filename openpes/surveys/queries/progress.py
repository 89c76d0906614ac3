"""Campaigns of an area, how far they are, and who has which village."""

from collections import Counter
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import Count, QuerySet

from openpes.access.models import Account
from openpes.engine.areas import contains
from openpes.engine.parameters import parameters
from openpes.network.queries import AreaView, area, areas_below
from openpes.people.models import Household, HouseholdMember
from openpes.surveys import rules
from openpes.surveys.choices import OPEN_CHECKS, SHOWN_STATES, HouseholdState, Shown, VillageState
from openpes.surveys.models import Assignment, Campaign, SpotCheck, SurveyHousehold, SurveyVillage


@dataclass(frozen=True)
class ProgressRow:
    """How far the villages of an area are: households by state, days left, villages that are late or sent back."""

    area: AreaView
    counts: Counter[str]
    villages: int = 0
    late: int = 0
    again: int = 0

    @property
    def known(self) -> int:
        return sum(self.counts.values())

    def of(self, shown: str) -> int:
        """The households behind a figure."""
        return sum(self.counts[state] for state in SHOWN_STATES[shown])

    @property
    def figures(self) -> list[tuple[str, int]]:
        """Every figure of the row with the name of its list."""
        return [(str(shown.value), self.of(shown)) for shown in Shown]

    @property
    def share(self) -> float:
        """Finished households among those that are known."""
        return self.of(Shown.DONE) / self.known if self.known else 0.0


@dataclass(frozen=True)
class Board:
    """The progress of a campaign inside an area and in each unit below it; `days_left` is 0 when it is over.

    `lines` are its villages, `ordered_by` the name of who ordered it.
    """

    total: ProgressRow
    rows: list[ProgressRow]
    days_left: int
    open_checks: int
    lines: list["VillageLine"]
    ordered_by: str

    @property
    def late(self) -> list["VillageLine"]:
        """The villages that are behind, those with the smallest finished share first."""
        behind = [line for line in self.lines if line.is_late]
        return sorted(behind, key=lambda line: (line.row.share, line.village.area))


@dataclass(frozen=True)
class VillageLine:
    """A village of a campaign with its figures, its officer of the moment, and whether it is late."""

    village: SurveyVillage
    name: str
    counts: Counter[str]
    officer: Account | None
    is_late: bool

    @property
    def row(self) -> ProgressRow:
        return ProgressRow(area(self.village.area), self.counts)


def campaigns(*, scope: str) -> QuerySet[Campaign]:
    """The campaigns that concern an area, the newest first."""
    return Campaign.objects.concerning(scope).order_by("-from_on", "-id")


def campaign(*, scope: str, pk: int) -> Campaign:
    """A campaign that concerns an area.

    :raises Campaign.DoesNotExist: none of that number does
    """
    return Campaign.objects.concerning(scope).get(pk=pk)


def inside_of(*, scope: str, campaign: Campaign, wanted: str) -> str:
    """The area whose progress somebody may see: the one asked for, narrowed to the campaign and to the own area."""
    widest = max(scope, campaign.area, key=len)
    return wanted if wanted and contains(widest, wanted) else widest


def households(*, scope: str, campaign: int, inside: str, shown: str = Shown.ALL) -> QuerySet[SurveyHousehold]:
    """The households of a campaign behind a figure: the list, and what every count counts."""
    found = SurveyHousehold.objects.visible_to(scope).visible_to(inside).filter(village__campaign=campaign)
    return found.shown(shown).order_by("area", "number", "id")


def board(*, scope: str, campaign: Campaign, inside: str, on: date) -> Board:
    """How far a campaign is inside an area and in each unit below it."""
    lines = village_lines(scope=scope, campaign=campaign, inside=inside, on=on)
    rows = [_row(below, lines) for below in areas_below(inside)]
    checks = SpotCheck.objects.visible_to(scope).visible_to(inside).filter(
        village__campaign=campaign, state__in=OPEN_CHECKS
    )  # fmt: skip
    return Board(
        _row(area(inside), lines),
        [row for row in rows if row.villages],
        max((campaign.until_on - on).days, 0),
        checks.count(),
        lines,
        Account.objects.filter(pk=campaign.ordered_by).values_list("name", flat=True).first() or "OpenPES",
    )


def village_lines(
    *, scope: str, campaign: Campaign, inside: str, on: date, only: Collection[int] | None = None
) -> list[VillageLine]:
    """Every village of a campaign inside an area with its figures and its officer, by area; or `only` some of them."""
    villages = SurveyVillage.objects.visible_to(scope).visible_to(inside).filter(campaign=campaign).order_by("area")
    listed = households(scope=scope, campaign=campaign.pk, inside=inside)
    if only is not None:
        villages, listed = villages.filter(pk__in=only), listed.filter(village__in=only)
    counts = state_counts(listed)
    officers = officers_of(scope=scope, villages=villages)
    points = int(parameters().value("survey_late_points", on))
    return [
        VillageLine(
            village,
            area(village.area).name,
            counts[village.pk],
            officers.get(village.pk),
            village.closed_at is None and _is_late(campaign, counts[village.pk], on, points),
        )
        for village in villages
    ]


def state_counts(rows: QuerySet[SurveyHousehold]) -> dict[int, Counter[str]]:
    """How many of these households stand in which state, by village."""
    found: dict[int, Counter[str]] = _Counters()
    for village, state, count in rows.order_by().values_list("village", "state").annotate(Count("id")):
        found[village][state] = count
    return found


def officers_of(*, scope: str, villages: Iterable[SurveyVillage]) -> dict[int, Account]:
    """Who has each of these villages now."""
    rows = Assignment.objects.visible_to(scope).in_hand().filter(village__in=villages).order_by("id")
    return {row.village_id: row.account for row in rows.select_related("account")}


def assignments_of(*, scope: str, village: int) -> list[Assignment]:
    """Who had a village of the area, the latest first."""
    rows = Assignment.objects.visible_to(scope).filter(village=village).select_related("account")
    return list(rows.order_by("-from_at", "-id"))


def villages_in_hand(*, scope: str, accounts: Iterable[int]) -> set[int]:
    """The villages of running campaigns that somebody has, also on behalf of a colleague."""
    rows = Assignment.objects.visible_to(scope).in_hand().filter(account__in=list(accounts))
    return set(rows.filter(village__closed_at=None).values_list("village", flat=True))


def my_villages(*, scope: str, accounts: Iterable[int], on: date) -> list[tuple[Campaign, VillageLine]]:
    """The villages that somebody has in running campaigns, those that are late first; no other village is counted."""
    mine = villages_in_hand(scope=scope, accounts=accounts)
    found = []
    for one in campaigns(scope=scope).running().filter(pk__in=_campaigns_of(mine)):
        inside = inside_of(scope=scope, campaign=one, wanted="")
        found += [
            (one, line) for line in village_lines(scope=scope, campaign=one, inside=inside, on=on, only=mine)
        ]
    return sorted(found, key=lambda pair: (not pair[1].is_late, pair[0].until_on, pair[1].village.area))


def unlisted_households(*, scope: str, village: SurveyVillage, on: date) -> int:
    """How many households of the register with present members are not on a village's list."""
    listed = SurveyHousehold.objects.filter(village=village).values("household")
    present = HouseholdMember.objects.visible_to(scope).in_force_on(on).values("household")
    found = Household.objects.visible_to(scope).filter(area=village.area, pk__in=present)
    return found.exclude(pk__in=listed).count()


def unfinished(rows: QuerySet[SurveyHousehold], *, visits: int) -> tuple[int, int]:
    """How many of these households still need a visit: never answered, and not met often enough."""
    waiting = rows.filter(state=HouseholdState.OPEN).count()
    return waiting, rows.filter(state=HouseholdState.NOT_MET, visits__lt=visits).count()


class _Counters(dict[int, Counter[str]]):
    def __missing__(self, key: int) -> Counter[str]:
        return self.setdefault(key, Counter())


def _campaigns_of(villages: set[int]) -> list[int]:
    return list(SurveyVillage.objects.filter(pk__in=villages).values_list("campaign", flat=True).distinct())


def _row(unit: AreaView, lines: Iterable[VillageLine]) -> ProgressRow:
    inside = [line for line in lines if contains(unit.path, line.village.area)]
    return ProgressRow(
        unit,
        sum((line.counts for line in inside), Counter()),
        len(inside),
        sum(line.is_late for line in inside),
        sum(line.village.state == VillageState.AGAIN for line in inside),
    )


def _is_late(campaign: Campaign, counts: Counter[str], on: date, points: int) -> bool:
    row = ProgressRow(area(campaign.area), counts)
    period = {"from_on": campaign.from_on, "until_on": campaign.until_on, "today": on}
    return rules.is_late(known=row.known, done=row.of(Shown.DONE), **period, points=points)
