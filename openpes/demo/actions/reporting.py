"""Vacancy reporting in the demo city: duties, contacts, reports in time and late, stale ads, visits, informants."""

from datetime import datetime, timedelta
from decimal import Decimal

from django.db import connection

from openpes.access.models import Account
from openpes.demo.actions.staff import Desk, count_done, desk_of, tried
from openpes.demo.rules.accounts import COUNTY, EMPLOYER
from openpes.demo.rules.numbers import SILENT_PREFIX
from openpes.employers.actions import (
    Blame,
    ContactFacts,
    DocumentFacts,
    SiteFacts,
    add_site,
    decide_blacklisting,
    note_contact,
    note_document,
    propose_blacklisting,
)
from openpes.employers.models import Employer
from openpes.kernel import Actor, action, within
from openpes.kernel.scope import CITY
from openpes.reporting.actions import (
    LeadFacts,
    Learnt,
    Said,
    answer_lead,
    hold_stale,
    note_won,
    plan_visit,
    remind_employers,
    report_vacancies,
    set_duty,
    settle_duties,
    take_lead,
    tell_lead,
    tell_visit,
)
from openpes.reporting.choices import Still
from openpes.reporting.models import Duty
from openpes.reporting.queries import owing, running_vacancies, visit_candidates
from openpes.vacancies.choices import SignWay
from openpes.vacancies.models import Vacancy

MOST_SIGNS, FIRMS, DUTY_DAYS = 20_000, 24, 120
# Most open vacancies were heard of in the last three weeks; every ninth was not, and the old ones of these freeze.
SIGNS = """
WITH heard AS (
    UPDATE vacancies_vacancy SET last_sign_on = greatest(published_on, %(on)s - (id %% 20)::int)
    WHERE id IN (SELECT vacancy_id FROM vacancies_publishedvacancy) AND id %% 9 <> 0
    RETURNING area, id, employer_id, last_sign_on
)
INSERT INTO vacancies_signoflife (area, vacancy_id, employer_id, way, noted_on, noted_at, noted_by)
SELECT area, id, employer_id, (ARRAY['online', 'counter', 'phone', 'visit'])[1 + id %% 4], last_sign_on,
    last_sign_on + time '10:00', %(by)s FROM heard
"""
VILLAGE_TOLD = (
    ("vacancy", "村口五金加工点", "五金加工点要招 3 名冲压工，老板在店里。", 3),
    ("firm", "坡脚养鸡场", "新建养鸡场，月底投产。", 8),
    ("vacancy", "新街家具作坊", "家具作坊缺 2 名木工。", 2), ("firm", "江边农家乐", "农家乐开业，尚未登记。", 5),
    ("vacancy", "小学食堂", "食堂换人，要 1 名厨工。", 1), ("vacancy", "砂石场", "砂石场要司机，已在镇上招到。", 2),
)  # fmt: skip
LEARNT = "负责人介绍，下月新增订单，需增加普工；已说明空岗报告和社保补贴政策。"


@action
def play_reporting(*, by: Actor, at: datetime) -> int:
    """Let employers of the city report, be called and visited, or fall silent; how many acts were done.

    Nothing happens without the demo accounts, or where an employer has a duty already.
    """
    desk = desk_of(by, at)
    if desk is None or Duty.objects.visible_to(by.scope).exists():
        return 0
    _signs(desk, by)
    settle_duties(by=by, at=desk.ago(DUTY_DAYS))
    with within(COUNTY):
        firms = list(Employer.objects.visible_to(COUNTY).order_by("pk")[:FIRMS])
    acts = [act for place, firm in enumerate(firms) for act in _kept(firm, place, desk)]
    acts += _own(firms, desk) + _reports(desk) + _visits(desk) + _leads(desk) + _blacklist(firms, desk)
    remind_employers(by=by, at=at)
    hold_stale(by=by, at=at)
    return count_done(acts)


def _signs(desk: Desk, by: Actor) -> None:
    with within(CITY):
        running = Vacancy.objects.running_on(desk.today).count()
        if running <= MOST_SIGNS:
            with connection.cursor() as cursor:
                cursor.execute(SIGNS, {"on": desk.today, "by": desk.county.id or by.id})


def _kept(firm: Employer, place: int, desk: Desk) -> list[object]:
    """Two of three have somebody to call, each a paper, every fourth a site on the map."""
    told = {"employer": firm.pk, "by": desk.county, "at": desk.ago(30)}
    last = desk.day(-20 - 35 * place) if place % 3 else None
    paper = DocumentFacts(kind="licence", number=f"DEMO-{firm.pk:06d}", issued_by="市场监督管理局", valid_until_on=last)
    acts: list[object] = [tried(note_document, facts=paper, **told)]
    if place % 3 != 2:
        phone = f"{SILENT_PREFIX}{90_000_000 + firm.pk % 10_000_000:08d}"
        person = ContactFacts(
            name=firm.contact_name or "人事负责人", position="人事部", phone=phone, way="oral", given_on=desk.day(30),
            purposes=("vacancies", "visits"),
        )  # fmt: skip
        acts.append(tried(note_contact, facts=person, **told))
    if place % 4 == 0:
        latitude, longitude = Decimal("22.78") + Decimal(place) / 500, Decimal("108.31") + Decimal(place) / 300
        site = SiteFacts(
            name="二厂区", area=firm.area, address=firm.address or "工业园区",
            latitude=round(latitude, 5), longitude=round(longitude, 5),
        )  # fmt: skip
        acts.append(tried(add_site, facts=site, **told))
    return acts


def _own(firms: list[Employer], desk: Desk) -> list[object]:
    """The demo employer reports every month, by the office's word, and its report is due."""
    shown = Account.objects.filter(username=EMPLOYER).exclude(employer_id=None).first()
    if shown is None:
        return []
    with within(CITY):
        held = Duty.objects.in_force_on(desk.today).filter(employer_id=shown.employer_id).exists()
    words = "重点用工单位，按月报告空岗。"
    told = {"employer": shown.employer_id, "rhythm": "monthly", "words": words, "by": desk.city}
    return [] if held else [tried(set_duty, **told, at=desk.ago(DUTY_DAYS))]


def _reports(desk: Desk) -> list[object]:
    """Four of five that owe a report make it, in one way or another; the others are late or due."""
    with within(CITY):
        owed = list(owing(scope=CITY, on=desk.today).order_by("pk").values_list("employer_id", flat=True)[:60])
    ways = (SignWay.ONLINE, SignWay.COUNTER, SignWay.PHONE, SignWay.EXCEL)
    shown = Account.objects.filter(username=EMPLOYER).values_list("employer_id", flat=True).first()
    acts: list[object] = []
    done = 0
    for place, employer in enumerate(owed):
        if place % 5 == 4 or employer == shown:
            continue
        running = [one.vacancy.pk for one in running_vacancies(employer=employer, on=desk.today)]
        said = [Said(pk, Still.OPEN) for pk in [pk for pk in running if pk % 9] or running]
        told = {"employer": employer, "said": said, "none_open": not running, "way": ways[done % 4]}
        act = tried(report_vacancies, **told, by=desk.city, at=desk.at)
        acts.append(act)
        done += bool(act)
    return acts


def _visits(desk: Desk) -> list[object]:
    """Visits that won a vacancy, one that brought only news, and three ahead by the planner's advice."""
    acts: list[object] = []
    with within(COUNTY):
        recent = Vacancy.objects.visible_to(COUNTY).filter(drafted_on__gt=desk.day(25), drafted_on__lte=desk.day(3))
        fresh = {row.employer_id: row for row in recent.order_by("pk")[:40]}
        won = [row for row in fresh.values() if Employer.objects.visible_to(COUNTY).filter(pk=row.employer_id).exists()]
    for row in won[:4]:
        on = row.drafted_on - timedelta(days=1)
        acts.append(_visited(row.employer_id, (desk.today - on).days, row.pk, desk))
    with within(COUNTY):
        found = visit_candidates(scope=COUNTY, area=COUNTY, on=desk.today, most=5)
    for place, one in enumerate(found):
        told = {"employer": one.employer.pk, "why": one.wanted.words[:300], "by": desk.county}
        if place == 0:
            acts.append(_visited(one.employer.pk, 6, None, desk))
        else:
            acts.append(tried(plan_visit, planned_on=desk.day(-(place // 2)), **told, at=desk.at))
    return acts


def _visited(employer: int, days: int, vacancy: int | None, desk: Desk) -> object:
    told = {"employer": employer, "planned_on": desk.day(days), "why": "久未联系，了解用工需求", "by": desk.county}
    visit = tried(plan_visit, **told, at=desk.ago(days + 2))
    if not visit:
        return False
    learnt = Learnt(made_on=desk.day(days), learnt=LEARNT, met="人事负责人", expects=5 + employer % 20)
    tried(tell_visit, visit=visit.pk, learnt=learnt, by=desk.county, at=desk.ago(days))
    if vacancy is not None:
        tried(note_won, vacancy=vacancy, visit=visit.pk, by=desk.county, at=desk.at)
    return visit


def _leads(desk: Desk) -> list[object]:
    """What the village officer told in the last weeks: answered, in hand, and waiting."""
    acts: list[object] = []
    for place, (kind, firm, words, openings) in enumerate(VILLAGE_TOLD):
        days = 2 + 3 * (len(VILLAGE_TOLD) - place)
        facts = LeadFacts(kind=kind, firm=firm, words=words, openings=openings)
        lead = tried(tell_lead, facts=facts, by=desk.officer, at=desk.ago(days))
        acts.append(lead)
        if not lead or place > 3:
            continue
        tried(take_lead, lead=lead.pk, by=desk.county, at=desk.ago(days - 1))
        if place in (0, 2):
            answer = {"outcome": ("won", "known")[place // 2], "answer": "已上门核实并登记，谢谢提供线索。"}
            tried(answer_lead, lead=lead.pk, **answer, by=desk.county, at=desk.ago(days - 2))
    return acts


def _blacklist(firms: list[Employer], desk: Desk) -> list[object]:
    """One entry in force, of an employer that has nothing public, and one that waits for a second officer."""
    with within(CITY):
        open_ones = set(Vacancy.objects.running_on(desk.today).order_by().values_list("employer_id", flat=True))
    shown = set(Account.objects.exclude(employer_id=None).values_list("employer_id", flat=True))
    quiet = [firm for firm in firms if firm.pk not in open_ones | shown]
    if len(quiet) < 2:
        return []
    acts: list[object] = []
    for firm, ground, decided in zip(quiet, ("fees", "wages"), (True, False), strict=False):
        words, begins_on, ends_on = "经投诉核查属实，材料见案卷。", desk.day(10), desk.day(-170)
        blame = Blame(ground=ground, words=words, begins_on=begins_on, ends_on=ends_on)
        entry = tried(propose_blacklisting, employer=firm.pk, blame=blame, by=desk.county, at=desk.ago(10))
        acts.append(entry)
        if entry and decided:
            tried(decide_blacklisting, entry=entry.pk, enters=True, words="同意列入。", by=desk.city, at=desk.ago(9))
    return acts
