"""Where service points stand with a check-list, the board of it, one acceptance, and pilot applications."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Case, CharField, Count, F, OuterRef, QuerySet, Subquery, Value, When
from django.db.models.functions import Coalesce, Left

from openpes.access.models import Account
from openpes.engine.checklists import Checklist, Item, checklist_version, checklists, outcome
from openpes.kernel.scope import CITY
from openpes.network.choices import AcceptanceState, Standing
from openpes.network.models import Acceptance, AcceptanceItem, PilotApplication, PilotStep, ServicePoint
from openpes.network.queries.areas import AreaView, area, areas_below
from openpes.network.queries.points import NEXT_LENGTH


@dataclass(frozen=True)
class AcceptanceRow:
    """The points of one unit and everything below it by where they stand."""

    area: AreaView
    counts: dict[str, int]

    @property
    def points(self) -> int:
        return sum(self.counts.values())

    @property
    def share(self) -> float:
        """Points that passed, re-check due or not, from 0 to 1."""
        done = self.counts.get(Standing.PASSED, 0) + self.counts.get(Standing.DUE, 0)
        return done / self.points if self.points else 0.0


@dataclass(frozen=True)
class AcceptanceSheet:
    """One acceptance with its list, its items with their points, and who signed."""

    acceptance: Acceptance
    checklist: Checklist
    items: list[tuple[Item, AcceptanceItem]]
    names: dict[int, str]
    passes: bool | None


def list_codes() -> list[str]:
    """The codes of all check-lists."""
    return sorted({one.code for one in checklists()})


def standing_points(*, scope: str, inside: str, checklist: Checklist, on: date) -> QuerySet[ServicePoint]:
    """The open points that a list is for, each with `standing` and `acceptance_id`; the newest acceptance counts."""
    newest = Acceptance.objects.filter(point=OuterRef("pk"), checklist=checklist.code).order_by("-begun_on", "-id")
    found = ServicePoint.objects.visible_to(scope).visible_to(inside).open_on(on).filter(kind__in=checklist.kinds)
    return found.annotate(
        acceptance_id=Subquery(newest.values("id")[:1]),
        newest_state=Subquery(newest.values("state")[:1]),
        recheck=Subquery(newest.values("recheck_on")[:1]),
    ).annotate(
        standing=Case(
            When(newest_state=AcceptanceState.PASSED, recheck__lte=on, then=Value(Standing.DUE.value)),
            When(newest_state=AcceptanceState.FAILED, recheck__lt=on, then=Value(Standing.UNMENDED.value)),
            default=Coalesce(F("newest_state"), Value(Standing.NONE.value)),
            output_field=CharField(),
        )
    )


def acceptance_board(*, scope: str, inside: str, checklist: Checklist, on: date) -> list[AcceptanceRow]:
    """The unit itself and the units directly below it, with their points counted by where they stand."""
    length = NEXT_LENGTH.get(len(inside), 12)
    groups = (
        standing_points(scope=scope, inside=inside, checklist=checklist, on=on)
        .annotate(unit=Left("area", length)).values("unit", "standing").annotate(count=Count("id"))
        .order_by("unit", "standing")
    )  # fmt: skip
    total: dict[str, int] = {}
    below: dict[str, dict[str, int]] = {}
    for row in groups:
        total[row["standing"]] = total.get(row["standing"], 0) + row["count"]
        below.setdefault(row["unit"], {})[row["standing"]] = row["count"]
    units = [AcceptanceRow(unit, below.get(unit.path, {})) for unit in areas_below(inside)]
    return [AcceptanceRow(area(inside), total), *units]


def acceptance_sheet(*, scope: str, pk: int) -> AcceptanceSheet:
    """One acceptance as its page shows it.

    :raises Acceptance.DoesNotExist: outside the area
    """
    row = Acceptance.objects.visible_to(scope).select_related("point").get(pk=pk)
    listed = checklist_version(row.checklist, row.version)
    stored = {item.code: item for item in AcceptanceItem.objects.visible_to(scope).filter(acceptance=row)}
    signers = {row.applied_by, row.first_assessor, row.second_assessor} - {None}
    points = {code: item.points for code, item in stored.items() if item.points is not None}
    complete = len(points) == len(listed.items)
    return AcceptanceSheet(
        acceptance=row,
        checklist=listed,
        items=[(item, stored[item.code]) for item in listed.items],
        names=dict(Account.objects.filter(pk__in=signers).values_list("pk", "name")),
        passes=outcome(listed, points).passed if complete else None,
    )


def acceptances_of(*, scope: str, point: int) -> list[Acceptance]:
    """Every acceptance of a point, the newest first."""
    return list(Acceptance.objects.visible_to(scope).filter(point=point))


def published_acceptances(*, point: int) -> list[Acceptance]:
    """What everybody may know: the published results of a point, the newest first."""
    shown = Acceptance.objects.visible_to(CITY).filter(point=point, published_on__isnull=False)
    return list(shown.only("checklist", "version", "state", "score", "most", "published_on", "recheck_on"))


def has_published_pass(*, area: str) -> bool:
    """Whether a point of an area, or one below it, passed an acceptance that is published."""
    found = Acceptance.objects.visible_to(area).filter(state=AcceptanceState.PASSED, published_on__isnull=False)
    return found.exists()


def pilot_applications(*, scope: str, state: str = "") -> QuerySet[PilotApplication]:
    """Applications inside an area, the newest first."""
    found = PilotApplication.objects.visible_to(scope)
    return found.filter(state=state) if state else found


def pilot_counts(*, scope: str) -> dict[str, int]:
    """How many applications stand in each state."""
    counted = PilotApplication.objects.visible_to(scope).order_by("state").values("state").annotate(n=Count("id"))
    return {row["state"]: row["n"] for row in counted}


def pilot_steps(*, scope: str, application: int) -> list[tuple[PilotStep, str]]:
    """Every step of an application with the name of who took it, in order."""
    steps = list(PilotStep.objects.visible_to(scope).filter(application=application))
    names = dict(Account.objects.filter(pk__in={step.taken_by for step in steps}).values_list("pk", "name"))
    return [(step, names.get(step.taken_by, "OpenPES")) for step in steps]
