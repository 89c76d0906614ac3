"""What the file shows of the records of a person: education, grade and skills, kept equal to them."""

from datetime import datetime

from openpes.kernel import Actor, clock, publish
from openpes.people.events import PersonChanged
from openpes.people.models import Person
from openpes.people.queries.records import learned_of


def settle_learned(holder: Person, by: Actor, at: datetime) -> None:
    """Write what the records of a person, whose row is locked, make of the file; nothing when it says so already."""
    learned = learned_of(holder=holder, on=clock.day_of(at))
    wanted = {"education": learned.education, "skill_level": learned.skill_level, "skills": list(learned.skills)}
    if sorted(holder.skills) == wanted["skills"]:
        wanted["skills"] = holder.skills
    changed = tuple(name for name, value in wanted.items() if getattr(holder, name) != value)
    if not changed:
        return
    for name in changed:
        setattr(holder, name, wanted[name])
    holder.version += 1
    holder.save(update_fields=[*changed, "version"])
    publish(PersonChanged(person=holder.pk, area=holder.area, facts=changed, by=by.id, at=at))
