"""Records and requests go with the file of a person to the office of the new home."""

from openpes.kernel import listen
from openpes.people.events import MovedHome
from openpes.people.models import (
    CorrectionAppeal,
    CorrectionRequest,
    EducationRecord,
    GroupMembership,
    Qualification,
)

GOING = (GroupMembership, EducationRecord, Qualification, CorrectionRequest, CorrectionAppeal)


@listen(MovedHome)
def go_with_the_file(event: MovedHome) -> None:
    """Give the records of a person the area of the file; the move runs where both areas are seen."""
    if event.area != event.from_area:
        for kind in GOING:
            kind.objects.filter(person=event.person).update(area=event.area)
