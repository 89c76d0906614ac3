"""What the office keeps of the firm of the browser town, through the actions of the rooms."""

from datetime import datetime, timedelta

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
from openpes.kernel import Actor, within
from openpes.kernel.clock import day_of
from openpes.reporting.actions import (
    LeadFacts,
    Said,
    plan_visit,
    remind_employer,
    report_vacancies,
    set_duty,
    take_next_call,
    tell_lead,
)
from openpes.reporting.choices import Still
from openpes.reporting.models import ReportLine
from tests.cast import COUNTY, VILLAGE

SECOND = Actor(id=9001, scope=COUNTY)


def kept(firm: int, clerk: Actor, at: datetime) -> dict[str, int]:
    """The ids of a site, and of an entry on the blacklist that begins later; papers and contacts need none."""
    on = day_of(at)
    told = {"employer": firm, "by": clerk, "at": at}
    site = add_site(facts=SiteFacts(name="二号车间", area=COUNTY, address="青秀区仙葫大道 9 号"), **told)
    for kind, number, last in (("licence", "450103-1", None), ("agency", "450103-2", on + timedelta(days=20))):
        paper = DocumentFacts(kind=kind, number=number, issued_by="市场监管局", valid_until_on=last)
        note_document(facts=paper, **told)
    person = ContactFacts(
        name="韦经理", position="人事部", phone="15400001111", purposes=("vacancies", "visits"), way="oral", given_on=on
    )
    note_contact(facts=person, **told)
    begins = on + timedelta(days=20)
    ends = begins + timedelta(days=30)
    blame = Blame(ground="wages", words="拖欠两名员工一个月工资。", begins_on=begins, ends_on=ends)
    entry = propose_blacklisting(blame=blame, **told)
    decide_blacklisting(entry=entry.pk, enters=True, words="查实。", by=SECOND, at=at)
    return {"site": site.pk, "entry": entry.pk, "own_entry": entry.pk}


def reported(firm: int, vacancy: int, clerk: Actor, at: datetime) -> dict[str, int | str]:
    """The ids of a told change, a link, a call that the clerk has taken up, a visit and a lead."""
    told = {"by": clerk, "at": at}
    before = at - timedelta(days=70)
    duty = set_duty(employer=firm, rhythm="monthly", words="重点用工单位", by=clerk, at=before)
    _reminder, token = remind_employer(duty=duty.pk, number=1, **told)
    call = take_next_call(**told)
    said = [Said(vacancy, Still.CHANGED, "改为夜班")]
    report_vacancies(employer=firm, said=said, way="counter", **told)
    visit = plan_visit(employer=firm, planned_on=day_of(at), why="久未联系", **told)
    seen = LeadFacts(kind="vacancy", firm="村口砖厂", words="砖厂要招 3 名装窑工。", openings=3)
    lead = tell_lead(facts=seen, by=Actor(id=clerk.id, scope=VILLAGE), at=at)
    with within(COUNTY):
        line = ReportLine.objects.visible_to(COUNTY).get(said="changed")
    return {"told_change": line.pk, "report_link": token, "call": call.pk, "visit": visit.pk, "lead": lead.pk}
