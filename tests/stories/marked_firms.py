"""What the office keeps of the firms of the marked city: sites, papers, people to call, the blacklist, accounts."""

from datetime import datetime, timedelta
from typing import Any

from openpes.employers.actions import (
    Blame,
    ContactFacts,
    DocumentFacts,
    SiteFacts,
    add_site,
    decide_blacklisting,
    invite_member,
    note_contact,
    note_document,
    propose_blacklisting,
)
from openpes.kernel import Actor, within
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
from openpes.vacancies.actions import hold_vacancy
from openpes.vacancies.choices import HoldGround
from tests.stories.owned import OPEN, Owner
from tests.vacancies.factories import make_open


def furnish(city: Any, area: str, mark: str, firms: tuple[int, int], at: datetime) -> None:
    """Add to both firms of an area what belongs to them; the words of the second are its own and the office's."""
    for firm, name in zip(firms, ("甲", "乙"), strict=True):
        _firm(city, area, f"{mark}{name}", firm, at)


def _firm(city: Any, area: str, mark: str, firm: int, at: datetime) -> None:
    clerk, second = Actor(id=9000, scope=area), Actor(id=9001, scope=area)
    kept, own = Owner(area, employers=(firm,)), Owner(employers=(firm,))
    told = {"employer": firm, "by": clerk, "at": at}
    site = add_site(facts=SiteFacts(name=city.mark(f"场雀{mark}", kept), area=area, address=f"路{mark}"), **told)
    paper = note_document(facts=DocumentFacts(kind="agency", number=f"证{mark}", issued_by="人社局"), **told)
    contact = note_contact(
        facts=ContactFacts(
            name=city.mark(f"联人雀{mark}", kept), phone=f"154{len(city.words):08d}", purposes=("vacancies",),
            way="oral", given_on=at.date(),
        ),
        **told,
    )  # fmt: skip
    begins = at.date() + timedelta(days=20)
    words = city.mark(f"责雀{mark}", kept)
    blame = Blame(ground="wages", words=words, begins_on=begins, ends_on=begins + timedelta(days=9))
    entry = propose_blacklisting(blame=blame, **told)
    decide_blacklisting(entry=entry.pk, enters=True, by=second, at=at)
    account, _password = invite_member(
        username=f"firm{firm}", name=city.mark(f"员雀{mark}", kept), right="employer", **told
    )
    for kind, row in (("site", site), ("document", paper), ("contact", contact), ("entry", entry)):
        city.add(kind, row.pk, Owner(area))
        city.add(f"own {kind}", row.pk, own)
    city.add("own member", account.pk, own)
    advert = make_open(clerk, at, area=area, employer=firm, title=f"停招{mark}").pk  # the link of a report tells it
    held = hold_vacancy(vacancy=advert, ground=HoldGround.SCAM, words=city.mark(f"疑雀{mark}", kept), by=clerk, at=at)
    city.add("vacancy", advert, kept)
    city.add("own hold", held.pk, own)


def report(city: Any, area: str, mark: str, firms: tuple[int, int], vacancy: int, at: datetime) -> None:
    """A change that was told of the vacancy of the first firm, a reminder's link; a visit to the second, a lead."""
    clerk, owner = Actor(id=9000, scope=area), Owner(area)
    firm, shy = firms
    before = at - timedelta(days=70)
    duty = set_duty(employer=firm, rhythm="monthly", words=f"义务{mark}", by=clerk, at=before)
    _reminder, token = remind_employer(duty=duty.pk, number=1, by=clerk, at=at)
    city.add("answer token", token, Owner(shared=OPEN))
    words = city.mark(f"变雀{mark}", owner)
    report_vacancies(employer=firm, said=[Said(vacancy, Still.CHANGED, words)], way="counter", by=clerk, at=at)
    with within(area):
        line = ReportLine.objects.visible_to(area).filter(vacancy=vacancy).order_by("-pk").first()
    city.add("told change", line.pk, owner)
    visit = plan_visit(employer=shy, planned_on=at.date(), why=city.mark(f"访雀{mark}", owner), by=clerk, at=at)
    city.add("visit", visit.pk, owner)
    told = LeadFacts(kind="firm", firm=city.mark(f"索雀{mark}", owner), words=city.mark(f"闻雀{mark}", owner))
    city.add("lead", tell_lead(facts=told, by=clerk, at=at).pk, owner)
    set_duty(employer=shy, rhythm="monthly", words=f"义务乙{mark}", by=clerk, at=before)


def call(city: Any, caller: Any, at: datetime) -> None:
    """The call that a player has taken up; nobody else sees it as theirs."""
    taken = take_next_call(by=caller.actor, at=at)
    city.add("call", taken.pk, Owner(account=caller.account.pk))
