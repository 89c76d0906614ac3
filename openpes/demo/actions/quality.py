"""Vacancies of the demo city at which somebody has to look: new employers, doubtful words, appeals, reports, copies."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any

from openpes.demo.actions.staff import Desk, count_done, desk_of, tried
from openpes.demo.rules.accounts import COUNTY, TOWN
from openpes.employers.actions import EmployerFacts, register_employer
from openpes.engine.identifiers import compose_credit_code
from openpes.kernel import Actor, action, within
from openpes.kernel.scope import CITY
from openpes.vacancies.actions import (
    ReportFacts,
    VacancyFacts,
    appeal_hold,
    draft_vacancy,
    judge_report,
    lift_hold,
    publish_vacancy,
    report_advert,
    seek_copies,
)
from openpes.vacancies.choices import Finding, HoldGround
from openpes.vacancies.models import Hold, PublishedVacancy, Vacancy

FIRMS = ("南宁示例新开面包坊", "南宁示例会展搭建部", "南宁示例家政服务站", "南宁示例人力代招点")
WORK = (
    ("面包房学徒", "6-02-01-01", "跟师傅做面包和糕点，早班四点到十二点，月休四天，学徒期有工资。"),
    ("会展搭建工", "4-07-07-01", "日结，活轻松，不面试，加微信报名，会展中心搭拆展位。"),
    ("家政服务员", "4-10-01-06", "上门做饭保洁，每天四小时，客户在青秀区一带，公司派单。"),
)  # fmt: skip
REPORTS = (
    ("pay", "实发工资比写的少一千。"), ("gone", "打电话说早就招满了。"), ("other", "地址写错，找不到人。"),
    ("fee", "面试时要我交三百元服装费。"), ("pay", "加班不算钱。"), ("bias", "电话里说只要男的。"),
)  # fmt: skip
DAYS_PUBLIC = timedelta(days=30)


@action
def play_quality(*, by: Actor, at: datetime) -> int:
    """Let new employers publish, readers report, somebody copy, and an employer appeal; how many acts that were.

    Nothing happens without the demo accounts, or where a new employer was held already.
    """
    desk = desk_of(by, at)
    if desk is None or Hold.objects.visible_to(by.scope).filter(ground=HoldGround.NEW_EMPLOYER).exists():
        return 0
    return count_done(_acts(desk, by))


def _acts(desk: Desk, by: Actor) -> Iterator[object]:
    firms = [tried(register_employer, facts=_firm(n), by=desk.county, at=desk.ago(9)) for n in range(len(FIRMS))]
    made: list[Any] = [
        _published(firm.pk, work, desk, days) if firm else False
        for firm, work, days in zip(firms, WORK, (1, 6, 3), strict=False)
    ]
    yield from made
    yield from _looked_at(made, desk)
    yield from _reported(desk, by)
    yield from _copied(firms[-1], desk, by)


def _firm(number: int) -> EmployerFacts:
    return EmployerFacts(
        credit_code=compose_credit_code("91", COUNTY, f"MADEM{number:03d}"),
        name=FIRMS[number],
        area=TOWN,
        address=f"新竹路{number + 1}号",
        unit_type="10",
        economic_type="170",
        industry="H62",
        staff_count=6,
        contact_name="示例联系人",
        contact_phone=f"1540000{number:04d}",
    )


def _published(employer: int, work: tuple[str, str, str], desk: Desk, days: int) -> Any:
    title, occupation, description = work
    facts = VacancyFacts(
        employer=employer, title=title, occupation=occupation, area=TOWN, openings=2, pay_min_fen=320_000,
        pay_max_fen=450_000, address="新竹路1号", conditions="学历不限，有健康证", description=description,
        benefits=("board",),
    )  # fmt: skip
    draft = tried(draft_vacancy, facts=facts, by=desk.county, at=desk.ago(days))
    if not draft:
        return False
    last = desk.day(days) + DAYS_PUBLIC
    return tried(publish_vacancy, vacancy=draft.pk, closes_on=last, by=desk.county, at=desk.ago(days))


def _looked_at(made: list[Any], desk: Desk) -> Iterator[object]:
    """The second is known and appeals against its words; the third was looked at; the first still waits."""
    for vacancy, is_known in zip(made[1:], (True, False), strict=False):
        for hold in _open_holds(vacancy):
            if hold.ground == "new_employer":
                yield tried(lift_hold, hold=hold.pk, words="营业执照与地址属实。", by=desk.city, at=desk.ago(1))
            elif is_known:
                words = "搭建临时工按天结算，附去年工资表和合同。"
                yield tried(appeal_hold, hold=hold.pk, words=words, by=desk.county, at=desk.ago(4))


def _open_holds(vacancy: Any) -> list[Hold]:
    if not vacancy:
        return []
    with within(CITY):
        return list(Hold.objects.filter(vacancy=vacancy.pk).open().order_by("pk"))


def _reported(desk: Desk, by: Actor) -> Iterator[object]:
    """Readers report six vacancies, those of the county first; one report was judged."""
    shown = PublishedVacancy.objects.order_by("pk")
    near = shown.filter(place__gte=COUNTY, place__lt=COUNTY + "~")
    pks = [*near.values_list("pk", flat=True), *shown.exclude(pk__in=near).values_list("pk", flat=True)]
    for number, (pk, (reason, words)) in enumerate(zip(pks, REPORTS, strict=False)):
        facts = ReportFacts(vacancy=pk, reason=reason, asker=f"demo {number}".encode(), words=words)
        made = tried(report_advert, facts=facts, by=by, at=desk.ago(number))
        yield made
        if made and number == 1:
            told = {"finding": Finding.UNFOUNDED, "answer": "与单位核实，仍在招聘。"}
            yield tried(judge_report, report=made.pk, **told, by=desk.city, at=desk.at)


def _copied(firm: Any, desk: Desk, by: Actor) -> Iterator[object]:
    """Another firm announces a vacancy of the county again, word for word."""
    with within(CITY):
        shown = PublishedVacancy.objects.filter(place__gte=COUNTY, place__lt=COUNTY + "~").order_by("-pk")
        told = [row for row in shown.defer("terms")[:60] if len(row.description) + len(row.conditions) > 24]
        source = Vacancy.objects.get(pk=told[0].pk) if told else None
    if not firm or source is None:
        return
    copied = ("title", "occupation", "area", "openings", "term", "pay_min_fen", "pay_max_fen", "address",
              "education_min", "experience_min", "conditions", "description")  # fmt: skip
    facts = VacancyFacts(employer=firm.pk, **{name: getattr(source, name) for name in copied})
    draft = tried(draft_vacancy, facts=facts, by=desk.county, at=desk.ago(1))
    made = draft and tried(
        publish_vacancy, vacancy=draft.pk, closes_on=desk.today + DAYS_PUBLIC, by=desk.county, at=desk.ago(1)
    )
    for hold in _open_holds(made):
        yield tried(lift_hold, hold=hold.pk, words="单位信息属实。", by=desk.city, at=desk.at)
    yield tried(seek_copies, by=by, at=desk.at)
