"""Which acts change which fact of a file, so that the answer to a request for correction names one that did."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q

from openpes.audit.models import JournalEntry
from openpes.audit.queries import event_title
from openpes.kernel import Event, within
from openpes.kernel.scope import CITY
from openpes.people import events
from openpes.people.choices import Fact
from openpes.people.models import CorrectionRequest

# Facts that stand in the file itself as well: `PersonChanged` names the columns that it changed.
COLUMNS = {Fact.EDUCATION: ("education",), Fact.QUALIFICATION: ("skill_level", "skills")}
# What changes a file in something that is no fact of its own.
BESIDES = (
    events.PersonChanged, events.HukouChanged, events.PersonDied, events.DeathTakenBack, events.PersonDeparted,
    events.DepartureTakenBack, events.PersonReturned, events.LedgerRecorded, events.LedgerRowWithdrawn,
    events.PersonsMerged, events.PersonsUnmerged,
)  # fmt: skip

_changing: dict[str, set[str]] = defaultdict(set)


@dataclass(frozen=True)
class Act:
    """Something that was done in a file: its journal line, its title and its moment."""

    line: int
    title: str
    at: datetime


def changes_fact(fact: Fact, *kinds: type[Event]) -> None:
    """Make known that events of these kinds tell of a change of a fact; a room that keeps the fact says it once."""
    _changing[fact].update(kind.name() for kind in kinds)


changes_fact(Fact.NAME, events.NameChanged)
changes_fact(Fact.ID_NUMBER, events.NumberChanged)
changes_fact(Fact.HOME, events.MovedHome)
changes_fact(
    Fact.HOUSEHOLD, events.HouseholdFormed, events.HouseholdJoined, events.HouseholdLeft, events.HouseholdHeadNamed,
    events.HouseholdSplit, events.HouseholdRelationChanged, events.HouseholdRelationTakenBack,
    events.HouseholdLeavingTakenBack,
)  # fmt: skip
changes_fact(Fact.EDUCATION, events.EducationRecorded, events.EducationWithdrawn)
changes_fact(
    Fact.QUALIFICATION, events.QualificationRecorded, events.QualificationWithdrawn, events.QualificationExpired
)
changes_fact(Fact.GROUP, events.GroupRecognised, events.GroupEnded)
changes_fact(Fact.OTHER, *BESIDES)


def acts_since(*, request: CorrectionRequest) -> list[Act]:
    """What changed the fact of a request since it was asked, the latest first; for “something else” every change."""
    with within(CITY):  # the file may have come from another office since
        lines = JournalEntry.objects.filter(person=request.person_id, at__gte=request.asked_at)
        kept = lines.filter(_changed(Fact(request.fact))).order_by("-id")
        return [Act(line.pk, event_title(line.event), line.at) for line in kept]


def _changed(fact: Fact) -> Q:
    if fact == Fact.OTHER:
        return Q(event__in=sorted(set().union(*_changing.values())))
    found = Q(event__in=sorted(_changing.get(fact, ())))
    for column in COLUMNS.get(fact, ()):
        found |= Q(event=events.PersonChanged.name(), payload__facts__contains=column)
    return found
