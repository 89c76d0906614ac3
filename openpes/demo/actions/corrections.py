"""Files of the demo city that are corrected, proved and compared: requests, groups, schools, likely duplicates."""

from dataclasses import replace
from datetime import date, datetime
from typing import Any

from openpes.demo.actions.lives import near_numbers
from openpes.demo.actions.staff import Desk, count_done, desk_of, residents, tried
from openpes.demo.rules.accounts import COUNTY, TOWN
from openpes.kernel import Actor, action, within
from openpes.people.actions import (
    Answer,
    EducationFacts,
    GroupFacts,
    PersonFacts,
    answer_correction,
    appeal_correction,
    ask_correction,
    enter_group,
    recognise_group,
    record_education,
    refuse_group,
    register_person,
)
from openpes.people.actions.duplicates import compare_files, tell_apart
from openpes.people.actions.merging import confirm_merge, propose_merge
from openpes.people.models import CorrectionRequest, Person

REQUESTS, IN_TOWN, GROUPS, SCHOOLS, PAIRS, SKIP = 12, 6, 9, 6, 12, 120
WANTED = (("phone", "15499900012"), ("education", "大学专科，2015年毕业"), ("marital", "20"), ("other", "曾用名未登记"))
EVIDENCE = "本人提供的证件原件（演示）"
SCHOOLED = (
    ("30", "南宁示例职业技术学院", "机电一体化"), ("20", "广西示例大学", "会计学"), ("41", "邕城示例中专", "护理"),
)  # fmt: skip
PROOFS = ((60, "disability"), (40, "subsistence"), (80, "land"))  # groups of ACC06R, each by its paper


@action
def play_corrections(*, by: Actor, at: datetime) -> int:
    """Let requests for correction, groups and likely duplicates of one county stand in every state; how many.

    Nothing happens without the demo accounts, or where somebody has asked for a correction already.
    """
    desk = desk_of(by, at)
    if desk is None or CorrectionRequest.objects.visible_to(by.scope).exists():
        return 0
    people = residents(COUNTY, REQUESTS + GROUPS + SCHOOLS + PAIRS, desk.today, skip=SKIP)
    town = residents(TOWN, IN_TOWN, desk.today)
    requests, groups, schools = people[:REQUESTS], people[REQUESTS:][:GROUPS], people[REQUESTS + GROUPS :][:SCHOOLS]
    done = [_asked(person, number, desk.county, desk) for number, person in enumerate(requests)]
    done += [_asked(person, number + 2, desk.town, desk) for number, person in enumerate(town)]
    done += [_proved(person, number, desk) for number, person in enumerate(groups)]
    done += [_schooled(person, number, desk) for number, person in enumerate(schools)]
    twice = people[REQUESTS + GROUPS + SCHOOLS :]
    return count_done([*done, *(_registered_twice(person, number, desk) for number, person in enumerate(twice))])


def _asked(person: Person, number: int, by: Actor, desk: Desk) -> object:
    """Of four requests one waits, one is late, one is accepted, one refused; half of the refused are appealed."""
    fact, wanted = WANTED[number // 4 % len(WANTED)]
    state = number % 4
    asked_at = desk.ago((2, 45, 8, 20)[state])
    told = {"person": person.pk, "fact": fact, "wanted": wanted, "evidence": EVIDENCE}
    asked = tried(ask_correction, **told, by=by, at=asked_at)
    if asked and state == 2 and fact in ("phone", "marital"):
        answer = Answer(answer="accepted", note="已核对证件，按实更正。")
        tried(answer_correction, request=asked.pk, answer=answer, by=desk.city, at=desk.ago(3))
    if asked and state == 3:
        answer = Answer(answer="refused", note="所提供材料与登记信息不符，不予更正。")
        tried(answer_correction, request=asked.pk, answer=answer, by=desk.city, at=desk.ago(12))
        if number % 8 == 7:
            tried(appeal_correction, request=asked.pk, grounds="已补交公安机关证明。", by=by, at=desk.ago(4))
    return asked


def _proved(person: Person, number: int, desk: Desk) -> object:
    """Of three memberships one waits for the second officer, one is recognised, one is not."""
    group, evidence = PROOFS[number // 3 % len(PROOFS)]
    facts = GroupFacts(group=group, evidence=evidence, evidence_on=desk.day(60), from_on=desk.day(10))
    entered = tried(enter_group, person=person.pk, facts=facts, by=desk.county, at=desk.ago(6 - number % 3))
    if entered and number % 3 == 1:
        tried(recognise_group, membership=entered.pk, by=desk.city, at=desk.ago(2))
    if entered and number % 3 == 2:
        tried(refuse_group, membership=entered.pk, reason="证明已过期，请补交有效证明。", by=desk.city, at=desk.ago(2))
    return entered


def _schooled(person: Person, number: int, desk: Desk) -> object:
    level, school, subject = SCHOOLED[number % len(SCHOOLED)]
    facts = EducationFacts(
        level=level, school=school, graduated_on=date(person.born_on.year + 22, 7, 1), proof="diploma",
        number=f"演示{person.pk:010d}", subject=subject,
    )  # fmt: skip
    return tried(record_education, person=person.pk, facts=facts, by=desk.county, at=desk.ago(number))


def _registered_twice(person: Person, number: int, desk: Desk) -> object:
    """A second file with a wrong figure in its number: found, waiting for the second hand, told apart, or merged."""
    other = _second_file(person, desk)
    if other is None:
        return False
    pair = compare_files(first=person.pk, second=other.pk, by=desk.county, at=desk.ago(3))
    state = number % 4
    if state == 3:
        told = {"pair": pair.pk, "why": "双胞胎，两张身份证均已核对。"}
        return tried(tell_apart, **told, by=desk.county, at=desk.ago(2))
    if state in (1, 2):
        told = {"stays": person.pk, "goes": other.pk, "kept": {}, "why": "同一人，身份证号码末段录入有误。"}
        merge = tried(propose_merge, **told, by=desk.county, at=desk.ago(1))
        if merge and number % 8 == 2:
            return tried(confirm_merge, merge=merge.pk, seen=merge.content_hash, by=desk.city, at=desk.at)
    return pair


def _second_file(person: Person, desk: Desk) -> Person | None:
    facts = PersonFacts(
        id_number="", name=person.name, area=person.area, address="（重复建档）", education=person.education
    )
    with within(COUNTY):
        wanted = list(near_numbers(person))
    for number in wanted:
        made: Any = tried(register_person, facts=replace(facts, id_number=number), by=desk.county, at=desk.ago(4))
        if made:
            return made
    return None
