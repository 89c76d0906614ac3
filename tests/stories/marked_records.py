"""The records of a person of the marked city: groups, papers, requests for correction, each with a marked word."""

from datetime import date, datetime
from typing import TYPE_CHECKING

from openpes.kernel import Actor
from openpes.people.actions import (
    Answer,
    EducationFacts,
    GroupFacts,
    QualificationFacts,
    answer_correction,
    ask_correction,
    enter_group,
    record_education,
    record_qualification,
)
from openpes.people.models import Person

if TYPE_CHECKING:
    from tests.stories.marked_city import MarkedCity, Owner


def record(city: "MarkedCity", person: Person, holder: "Owner", own: "Owner", at: datetime) -> None:
    """A group, an education, a certificate and two requests of a person, one refused."""
    clerk, colleague = Actor(id=9000, scope=person.area), Actor(id=9002, scope=person.area)
    word = city.mark(f"档{person.name}", holder)
    group = GroupFacts(group=60, evidence="disability", evidence_on=at.date(), from_on=at.date(), note=word)
    city.add("membership", enter_group(person=person.pk, facts=group, by=clerk, at=at).pk, holder)
    school = EducationFacts(
        level="61", school=city.mark(f"校{person.name}", holder), graduated_on=date(2009, 6, 30), proof="diploma",
        number=f"校{person.pk}",
    )  # fmt: skip
    city.add("education", record_education(person=person.pk, facts=school, by=clerk, at=at).pk, holder)
    paper = QualificationFacts(
        kind="licence", skill="licence_c1", number=f"证{person.pk}", issued_on=date(2020, 1, 6),
        issuer=city.mark(f"发{person.name}", holder),
    )  # fmt: skip
    city.add("qualification", record_qualification(person=person.pk, facts=paper, by=clerk, at=at).pk, holder)
    told = {"evidence": city.mark(f"据{person.name}", holder), "by": clerk, "at": at}
    waiting = ask_correction(person=person.pk, fact="name", wanted=city.mark(f"正{person.name}", holder), **told)
    refused = ask_correction(person=person.pk, fact="home", wanted=f"正{person.name}", **told)
    answer = Answer(answer="refused", note=city.mark(f"驳{person.name}", holder))
    answer_correction(request=refused.pk, answer=answer, by=colleague, at=at)
    for request in (waiting, refused):
        city.add("request", request.pk, holder)
        city.add("own request", request.pk, own)
