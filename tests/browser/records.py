"""The records of the town's job seeker: groups, education, certificates, requests for correction in every state."""

from datetime import date, datetime, timedelta

from openpes.kernel.clock import day_of
from openpes.people.actions import (
    Answer,
    EducationFacts,
    GroupFacts,
    QualificationFacts,
    answer_correction,
    appeal_correction,
    ask_correction,
    enter_group,
    record_education,
    record_qualification,
)
from tests.cast import Cast, Player

OPERATOR = "6-31-01-03"


def recorded(person: int, cast: Cast, seeker: Player, at: datetime) -> dict[str, int]:
    """The ids of a group that waits and one in force, papers, and requests: waiting, refused, appealed against."""
    clerk, town, today = cast.county_clerk.actor, cast.township_clerk.actor, day_of(at)
    told = {"group": 60, "evidence": "disability", "evidence_on": date(2022, 3, 1), "from_on": date(2022, 3, 1)}
    waiting = enter_group(person=person, facts=GroupFacts(**told, evidence_no="45010319900517"), by=town, at=at)
    told = {"group": 203, "evidence": "committee", "evidence_on": today, "from_on": today}
    told["until_on"] = today + timedelta(days=40)
    in_force = enter_group(person=person, facts=GroupFacts(**told, note="自广东返乡"), by=clerk, at=at)
    school = record_education(
        person=person,
        facts=EducationFacts(
            level="30", school="南宁职业技术学院", subject="食品加工", graduated_on=date(2011, 6, 30), proof="diploma",
            number="115181201106001234",
        ),
        by=clerk, at=at,
    )  # fmt: skip
    paper = record_qualification(
        person=person,
        facts=QualificationFacts(
            kind="level", grade="4", occupation=OPERATOR, number="S000045010020", issuer="广西职业技能鉴定中心",
            issued_on=date(2019, 5, 6), until_on=today + timedelta(days=30),
        ),
        by=clerk, at=at,
    )  # fmt: skip
    own = seeker.actor
    asked = ask_correction(
        person=person, fact="marital", wanted="20", evidence="结婚证，2019年5月领取", by=own, at=at
    )
    refused, appealed = (
        ask_correction(person=person, fact=fact, wanted="以户口簿为准", evidence="户口簿第 2 页", by=own, at=at)
        for fact in ("home", "household")
    )
    for row in (refused, appealed):
        answer_correction(request=row.pk, answer=Answer(answer="refused", note="材料与登记一致"), by=town, at=at)
    appeal_correction(request=appealed.pk, grounds="户口簿已经更换", by=own, at=at)
    return {
        "membership": waiting.pk, "group_in_force": in_force.pk, "education": school.pk, "qualification": paper.pk,
        "request": asked.pk, "refused_request": refused.pk, "appealed_request": appealed.pk,
    }  # fmt: skip
