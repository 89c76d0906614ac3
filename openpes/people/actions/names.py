"""Another name for a person: the old one stays with its days and its paper, and finds the file."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from openpes.kernel import Actor, action, clock, publish, refuse_if
from openpes.people import rules
from openpes.people.actions.papers import paper_mask, paper_number, sealed_paper
from openpes.people.events import NameChanged
from openpes.people.models import FormerName, Person
from openpes.people.rules import former


@dataclass(frozen=True, kw_only=True)
class Paper:
    """By which paper a change is known: a code of `Evidence`, and its number if it has one.

    The number is stored sealed: that of an identity card is the identity number.
    """

    evidence: str
    number: str = ""

    def columns(self) -> dict[str, Any]:
        """The columns of a row that keeps the paper."""
        number = paper_number(self.number)
        return {
            "evidence": self.evidence,
            "evidence_mask": paper_mask(number),
            "evidence_sealed": sealed_paper(number),
        }


@action
def change_name(*, person: int, name: str, kind: str, on: date, paper: Paper, by: Actor, at: datetime) -> FormerName:
    """Write another name into a file from a day on; `kind` says whether it changed or had been written wrongly.

    Source: 户口登记条例 art. 17, 18.

    :raises Person.DoesNotExist: the person is not one of the actor's
    :raises Refused: with everything that is wrong with the name, its day or its paper
    """
    found = Person.objects.held_by(by).select_for_update().get(pk=person)
    last = FormerName.objects.filter(person=found).order_by("-until_on").values_list("until_on", flat=True).first()
    new, borne_from_on = rules.read_name(name), last or found.born_on
    case = former.NameCase(
        name=new,
        present=found.name,
        borne_from_on=borne_from_on,
        on=on,
        today=clock.day_of(at),
        kind=kind,
        evidence=paper.evidence,
    )
    refuse_if(former.why_not_rename(case))
    kept = FormerName.objects.create(
        area=found.area,
        person=found,
        name=found.name,
        initials=found.initials,
        kind=kind,
        from_on=borne_from_on,
        until_on=on,
        **paper.columns(),
        recorded_at=at,
        recorded_by=by.id,
    )
    found.name, found.initials, found.version = new, rules.initials_of(new), found.version + 1
    found.save(update_fields=["name", "initials", "version"])
    publish(NameChanged(person=found.pk, area=found.area, kind=kind, on=on, by=by.id, at=at))
    return kept
