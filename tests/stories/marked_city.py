"""A city for the walls: in every area the same things, each with a name of its own that must stay inside."""

from datetime import date, datetime, timedelta

from openpes.access.actions import DelegationFacts, delegate_rights, grant_role, open_account
from openpes.access.models import Account, Grant
from openpes.access.permissions import roles
from openpes.access.queries import rights_to_hand_on
from openpes.appointments.actions import ask_recall
from openpes.counter.actions import issue_receipt, save_view, take_ticket
from openpes.engine.checklists import checklist_version
from openpes.engine.identifiers import INVENTED_COUNTY, compose_resident_id
from openpes.intake.actions import receive_file
from openpes.kernel import Actor, long_work, within
from openpes.kernel.action import PLATFORM
from openpes.matters.actions import Receiver, note_matter, propose_hand_over
from openpes.network.actions import (
    StaffCertificateFacts,
    StepFacts,
    add_picture,
    apply_as_pilot,
    begin_acceptance,
    open_service_point,
    post_staff,
    record_certificate,
    submit_acceptance,
)
from openpes.network.models import ServicePoint
from openpes.people.actions import HouseholdFacts, form_household, move_residence
from openpes.people.models import Person, Residence
from openpes.referrals.actions import HireFacts, record_hire, refer, report_hire
from openpes.referrals.models import Referral
from openpes.registration.actions import (
    CertificateFacts,
    UnemploymentFacts,
    WishFacts,
    answer_transfer,
    apply_certificate,
    file_appeal,
    hand_over_handbook,
    issue_handbook,
    note_objection,
    refuse_registration,
    register_unemployment,
    register_wish,
    request_handbook,
    review_certificate,
    transfer_out,
)
from openpes.registration.models import StatusPeriod, Transfer
from tests.appointments.factories import booked, tomorrow
from tests.cast import COUNTY, NEIGHBOUR, TOWN, VILLAGE, Player
from tests.employers.factories import make_employer
from tests.engine.picture_samples import png
from tests.intake.factories import ledger, member
from tests.network.factories import LEVELS, described
from tests.people.factories import a_person
from tests.stories import marked_doubles, marked_firms, marked_lives, marked_placing, marked_release, marked_surveys
from tests.stories.marked_records import record
from tests.stories.owned import NOBODY, OPEN, MarkedCity, Owner
from tests.vacancies.factories import make_draft, make_open

SIBLING = "450103001006"
ELSEWHERE = "450105001001"
PLACES = {COUNTY: "甲", TOWN: "乙", VILLAGE: "丙", SIBLING: "丁", NEIGHBOUR: "戊", ELSEWHERE: "己"}
POSTS = {"city_clerk": "4501", "county_clerk": COUNTY, "village_officer": VILLAGE}
BORN_ON = date(1991, 3, 9)


def build(at: datetime) -> MarkedCity:
    """The marked city, made through the actions of the rooms."""
    city = MarkedCity()
    for area, mark in PLACES.items():
        _furnish(city, area, mark, at)
    city.add("set", "sex", Owner(shared=OPEN))
    city.add("kind", "rural_ledger", Owner(shared=OPEN))
    city.add("style", "parts", Owner(shared=OPEN))
    with within("4501"):
        token = Referral.objects.order_by("id").values_list("token", flat=True).first()
    city.add("token", token, Owner(shared=OPEN))
    _staff(city, at)
    return city


def _furnish(city: MarkedCity, area: str, mark: str, at: datetime) -> None:
    clerk = Actor(id=9000 + len(city.typed), scope=area)
    owner = Owner(area)
    firm = make_employer(clerk, at, area=area, name=f"南宁公开雀{mark}食品有限公司").pk
    shy = make_employer(clerk, at, area=area, name=city.mark(f"藏雀{mark}有限公司", owner), contact_name=f"联雀{mark}")
    city.mark(f"联雀{mark}", owner)
    city.typed[area] = {"credit_code": shy.credit_code, "employer_name": shy.name}
    for pk, holder in ((firm, Owner(area, employers=(firm,))), (shy.pk, Owner(area, employers=(shy.pk,)))):
        city.add("employer", pk, holder)
    _vacancies(city, area, mark, (firm, shy.pk), at)
    marked_firms.furnish(city, area, mark, (firm, shy.pk), at)
    _people(city, area, mark, firm, at)
    marked_doubles.furnish(city, area, mark, owner, at)
    marked_release.furnish(city, area, mark, owner, at)
    marked_surveys.furnish(city, area, mark, (owner, Owner(area, below=True)), at)
    told = {"area": area, "level": LEVELS[len(area)], "opened_on": at.date()}
    point = open_service_point(name=f"公开站{mark}", **told, by=PLATFORM, at=at)
    city.add("point", point.pk, owner)
    city.add("office", point.pk, Owner(shared=OPEN))
    city.add("hall", point.pk, Owner(shared=OPEN))
    city.add("ticket", take_ticket(point=point.pk, purpose="general", by=clerk, at=at).pk, owner)
    picture = add_picture(point=point.pk, caption=f"公开照{mark}", file=png(), by=PLATFORM, at=at).pk
    city.add("point picture", picture, owner)
    city.add("picture", picture, Owner(shared=OPEN))
    _accepted(city, area, mark, point.pk, at)
    city.add("area", area, owner)
    city.add("public area", area, Owner(shared=OPEN))
    rows = [member(f"簿雀{mark}", f"表雀{mark}", f"表雀{mark}", "户主")]
    batch = receive_file(
        kind="rural_ledger", name=f"档雀{mark}.xlsx", content=ledger(rows), area=area, by=clerk, at=at
    )
    for word in (f"簿雀{mark}", f"表雀{mark}", f"档雀{mark}"):
        city.mark(word, owner)
    city.add("batch", batch.pk, owner)


def _accepted(city: MarkedCity, area: str, mark: str, point: int, at: datetime) -> None:
    """An acceptance with its evidence, and a pilot application with its plan."""
    clerk, owner = Actor(id=9000, scope=area), Owner(area)
    begun = begin_acceptance(point=point, checklist="six_unified", by=clerk, at=at)
    listed = checklist_version(begun.checklist, begun.version)
    word = city.mark(f"据雀{mark}", owner)
    submit_acceptance(
        acceptance=begun.pk, evidence={item.code: word for item in listed.items}, by=clerk, at=at
    )
    city.add("acceptance", begun.pk, owner)
    plan = StepFacts(city.mark(f"案雀{mark}", owner))
    pilot = apply_as_pilot(area=area, title=city.mark(f"试雀{mark}", owner), facts=plan, by=clerk, at=at)
    city.add("pilot", pilot.pk, owner)


def _vacancies(city: MarkedCity, area: str, mark: str, firms: tuple[int, int], at: datetime) -> None:
    clerk = Actor(id=9000, scope=area)
    firm, shy = firms
    opened = make_open(clerk, at, area=area, employer=firm, title=f"公开雀{mark}包装工", openings=4).pk
    city.typed[area] |= {"vacancy": str(opened), "employer": str(shy)}
    city.add("vacancy", opened, Owner(area, employers=(firm,)))
    marked_firms.report(city, area, mark, firms, opened, at)
    city.add("published", opened, Owner(shared=OPEN))
    for employer in firms:
        holder = Owner(area, employers=(employer,))
        word = city.mark(f"稿雀{mark}{'甲乙'[employer == shy]}", holder)
        draft = make_draft(clerk, at, area=area, employer=employer, title=word, description=f"述{word}").pk
        city.add("vacancy", draft, holder)
        city.add("published", draft, Owner(shared=NOBODY))
        city.typed[area]["draft"] = str(draft)


def _person(city: MarkedCity, area: str, word: str, firm: int | None, at: datetime) -> Person:
    clerk = Actor(id=9000, scope=area)
    number = compose_resident_id(INVENTED_COUNTY, BORN_ON, len(city.words))
    person = a_person(by=clerk, at=at, area=area, name=word, id_number=number, address=f"址{word}", phone="")
    holder = Owner(area, person.pk, (firm,) if firm else ())
    city.mark(word, holder)
    city.mark(f"址{word}", Owner(area, person.pk))
    city.add("person", person.pk, Owner(area, person.pk))
    city.typed[area] |= {"id_number": number, "person_name": word, "person": str(person.pk), "tail": number[-4:]}
    return person


def _people(city: MarkedCity, area: str, mark: str, firm: int, at: datetime) -> None:
    clerk, vacancy = Actor(id=9000, scope=area), int(city.typed[area]["vacancy"])
    waiting, told, hired = (_person(city, area, f"人雀{mark}{n}", firm, at) for n in "子丑寅")
    alone = _person(city, area, f"人雀{mark}卯", None, at)
    member = Owner(area, waiting.pk)
    number, home = city.mark(f"户雀{mark}", member), city.mark(f"户址雀{mark}", member)
    booklet = HouseholdFacts(area=area, booklet_no=number, address=home)
    form_household(facts=booklet, head=waiting.pk, from_on=at.date(), by=clerk, at=at)
    for person in (waiting, told, hired, alone):
        _register(city, area, person, at)
    record(city, waiting, Owner(area, waiting.pk), Owner(person=waiting.pk), at)
    for person in (waiting, told, hired):
        letter = refer(person=person.pk, vacancy=vacancy, by=clerk, at=at)
        city.add("referral", letter.pk, Owner(area, person.pk, (firm,)))
        if person is waiting:
            marked_placing.furnish(city, letter, clerk, at)
        if person is told:
            report = report_hire(referral=letter.pk, facts=_work(at), by=Actor(id=9001, employer=firm), at=at)
            city.add("report", report.pk, Owner(area, employers=(firm,)))
        if person is hired:
            record_hire(referral=letter.pk, facts=_work(at), by=clerk, at=at)
            with within(area):
                job = StatusPeriod.objects.get(person=person, status="employed")
            city.add("employment", job.pk, Owner(area, person.pk))
            city.add("own employment", job.pk, Owner(employers=(firm,)))
            _handbook(city, area, person, firm, at)
    _decided(city, area, alone, at)
    own = refuse_registration(person=waiting.pk, facts=_declined(at), by=clerk, at=at)
    city.add("own decision", own.pk, Owner(person=waiting.pk))
    facts = CertificateFacts(group="3", documents=("01", "02", "07", "08"), former_unit=f"旧厂{alone.name}")
    certificate = apply_certificate(person=alone.pk, facts=facts, by=clerk, at=at)
    city.add("certificate", certificate.pk, Owner(area, alone.pk))
    _left(city, area, certificate.pk, clerk, at)
    _asked(city, area, alone, at)
    if len(area) == 12:
        _moved(city, area, at)
    marked_lives.furnish(city, area, alone.pk, Owner, at)


def _left(city: MarkedCity, area: str, certificate: int, clerk: Actor, at: datetime) -> None:
    leaver = a_person(by=clerk, at=at, area=area, name=f"转出{PLACES[area]}").pk
    register_unemployment(person=leaver, facts=UnemploymentFacts(from_on=at.date(), reason="90"), by=clerk, at=at)
    city.add("transfer paper", transfer_out(person=leaver, to_place="450300", by=clerk, at=at).pk, Owner(area, leaver))
    review_certificate(certificate=certificate, by=clerk, at=at)
    city.add("objection", note_objection(certificate=certificate, said="异议", by=clerk, at=at).pk, Owner(area))


def _declined(at: datetime) -> UnemploymentFacts:
    return UnemploymentFacts(from_on=at.date(), reason="90", willing=False)


def _decided(city: MarkedCity, area: str, person: Person, at: datetime) -> None:
    """A refusal with an appeal, and one without."""
    clerk, holder = Actor(id=9000, scope=area), Owner(area, person.pk)
    refused = [refuse_registration(person=person.pk, facts=_declined(at), by=clerk, at=at) for _n in range(2)]
    grounds = city.mark(f"申诉{person.name}", holder)
    appeal = file_appeal(decision=refused[0].pk, grounds=grounds, by=clerk, at=at)
    city.add("decision", refused[1].pk, holder)
    city.add("appeal", appeal.pk, holder)


def _moved(city: MarkedCity, area: str, at: datetime) -> None:
    """A person who came from the county of another clerk, with a hand-over that waits, and one that was returned."""
    origin = ELSEWHERE if area.startswith(COUNTY) else SIBLING
    for accepted in (None, False):
        far = Actor(id=9003, scope="4501")
        name = f"移雀{PLACES[area]}{'子' if accepted is None else '丑'}"
        person = a_person(by=far, at=at, area=origin, name=name, phone="").pk
        facts = UnemploymentFacts(from_on=date(2026, 11, 2), reason="90", willing=True)
        register_unemployment(person=person, facts=facts, by=far, at=at)
        move_residence(person=person, area=area, address="", on=at.date(), by=far, at=at)
        with within("4501"):
            transfer = Transfer.objects.get(person=person).pk
        if accepted is None:
            city.add("transfer in", transfer, Owner(area, person))
        else:
            answer_transfer(transfer=transfer, accepts=False, note="不在此", by=far, at=at)
            city.add("transfer out", transfer, Owner(origin, person))


def _asked(city: MarkedCity, area: str, person: Person, at: datetime) -> None:
    """A matter with its words, offered to the office of the area."""
    clerk, holder = accounted(area, at), Owner(area, person.pk)
    told = {"area": area, "level": LEVELS[len(area)], "opened_on": at.date()}
    office = open_service_point(name=f"公开所{PLACES[area]}", **told, by=PLATFORM, at=at)
    asked = city.mark(f"问雀{PLACES[area]}", holder)
    matter = note_matter(person=person.pk, subject="other", asked=asked, by=clerk, at=at)
    reason = city.mark(f"交雀{PLACES[area]}", Owner(area))
    offered = propose_hand_over(matter=matter.pk, to=Receiver(point=office.pk), reason=reason, by=clerk, at=at)
    city.add("matter", matter.pk, Owner(area))
    city.add("posting", post_staff(account=clerk.id, point=office.pk, by=PLATFORM, at=at).pk, Owner(area))
    _booked(city, area, person, described(office, at), at)
    shown = save_view(page="people:list", query="sex=2", name=f"看雀{area}", is_shared=False, by=clerk, at=at)
    city.add("saved view", shown.pk, Owner(account=clerk.id))
    paper = issue_receipt(person=person.pk, by=clerk, at=at)
    city.add("receipt", paper.pk, Owner(area))
    city.add("receipt token", paper.token, Owner(shared=OPEN))
    city.add("offered matter", offered.pk, Owner(area))


def _booked(city: MarkedCity, area: str, person: Person, office: ServicePoint, at: datetime) -> None:
    """An appointment and a place on the recall list, of somebody and of the one who has an account."""
    clerk, until_on = Actor(id=9000, scope=area), at.date() + timedelta(days=5)
    with within(area):
        first = Residence.objects.filter(area=area).order_by("pk").values_list("person", flat=True)[0]
    for number, (pk, kind) in enumerate(((person.pk, ""), (first, "own "))):
        owner = Owner(person=pk) if kind else Owner(area)
        made = booked(pk, office, tomorrow(at, 9, 10 + 20 * number), by=clerk, at=at)
        city.add(f"{kind}appointment", made.pk, owner)
        told = {"person": pk, "point": office.pk, "purpose": "general", "until_on": until_on}
        city.add(f"{kind}recall", ask_recall(**told, by=clerk, at=at).pk, owner)


def accounted(area: str, at: datetime) -> Actor:
    """An officer of an area with an account of their own."""
    account = open_account(username=f"asked_in_{area}", name=f"问办{PLACES[area]}", by=PLATFORM, at=at)
    return Actor(id=account.pk, scope=area, name=account.name)


def _handbook(city: MarkedCity, area: str, person: Person, firm: int, at: datetime) -> None:
    clerk, colleague = Actor(id=9000, scope=area), Actor(id=9002, scope=area)
    asked = request_handbook(person=person.pk, by=clerk, at=at)
    booklet = issue_handbook(copy=asked.pk, by=colleague, at=at)
    hand_over_handbook(handbook=booklet.handbook_id, holder="employer", employer=firm, by=clerk, at=at)
    city.add("booklet", booklet.pk, Owner(area, person.pk))
    city.add("holder", person.pk, Owner(area, person.pk))
    city.add("held handbook", booklet.handbook_id, Owner(employers=(firm,)))
    city.add("booklet token", booklet.token, Owner(shared=OPEN))
    city.mark(booklet.handbook.number, Owner(area, person.pk, (firm,)))


def _work(at: datetime) -> HireFacts:
    return HireFacts(begins_on=at.date(), pay_fen=350_000, contract_until_on=None)


def _register(city: MarkedCity, area: str, person: Person, at: datetime) -> None:
    clerk, holder = Actor(id=9000, scope=area), Owner(area, person.pk)
    word = city.mark(f"旧厂{person.name}", holder)
    facts = UnemploymentFacts(from_on=date(2026, 11, 2), reason="20", former_employer=word, proofs=("2",), willing=True)
    period = register_unemployment(person=person.pk, facts=facts, by=clerk, at=at)
    wish = register_wish(
        person=person.pk, facts=WishFacts(category="4", occupations=("6-31-05-00",)), by=clerk, at=at
    )
    city.add("unemployment", period.pk, holder)
    city.add("wish", wish.pk, holder)


def _staff(city: MarkedCity, at: datetime) -> None:
    """Every role at its place, a clerk elsewhere, a seeker, an employer, and somebody without a role."""
    posts = {role.code: POSTS.get(role.code, TOWN) for role in roles() if not role.self_service}
    city.players = {role: _posted(city, f"{role}_here", role, area, at) for role, area in posts.items()}
    city.players["clerk elsewhere"] = _posted(city, "clerk_elsewhere", "county_clerk", NEIGHBOUR, at)
    _certified_and_handed_on(city, at)
    with within("4501"):
        person = Residence.objects.filter(area=VILLAGE).order_by("pk").first()
    firm = next(thing.value for thing in city.things["employer"] if thing.owner.area == VILLAGE)
    accounts = {"seeker": {"person": person.person_id}, "employer": {"employer": firm}, "without a role": {}}
    for name, of in accounts.items():
        account = open_account(username=name.replace(" ", "_"), name=name, by=PLATFORM, at=at, **of)
        city.players[name] = Player(account, Actor(id=account.pk, **of))
    desk = city.players["township_clerk"]
    marked_firms.call(city, desk, at)
    kept = save_view(page="people:list", query="sex=1", name="看自己", is_shared=False, by=desk.actor, at=at)
    city.add("saved view", kept.pk, Owner(account=desk.account.pk))
    for player in [*city.players.values()]:
        work = long_work.start(title=f"活雀{player.account.pk}号", total=1, account=player.account.pk, at=at)
        city.add("work", work, Owner(account=player.account.pk))
        city.mark(f"活雀{player.account.pk}号", Owner(account=player.account.pk))


def _certified_and_handed_on(city: MarkedCity, at: datetime) -> None:
    """Two assessors with their certificates, and the same rights in the same area from a colleague to one of them."""
    for role, area in (("city_clerk", "4501"), ("township_clerk", TOWN)):
        facts = StaffCertificateFacts(
            kind="assessor", number=f"证雀{role}", examined_on=at.date(), score=90, from_on=at.date()
        )
        account = city.players[role].account.pk
        certificate = record_certificate(account=account, facts=facts, by=PLATFORM, at=at)
        city.add("staff certificate", certificate.pk, Owner(area))
        city.players[role].account.refresh_from_db()
    colleague = _posted(city, "colleague_here", "township_clerk", TOWN, at)
    _grant, rights = rights_to_hand_on(account=colleague.account.pk, on=at.date())
    taker = city.players["township_clerk"].account.pk
    told = {"scope": TOWN, "rights": tuple(right.code for right in rights), "reason": "休假"}
    facts = DelegationFacts(taker=taker, until_on=at.date() + timedelta(days=9), **told)
    handed = delegate_rights(facts=facts, by=colleague.actor, at=at)
    city.add("delegation", handed.pk, Owner(account=taker))


def _posted(city: MarkedCity, username: str, role: str, area: str, at: datetime) -> Player:
    account: Account = open_account(username=username, name=f"员雀{username}", by=PLATFORM, at=at)
    grant_role(account=account.pk, role=role, scope=area, by=PLATFORM, at=at)
    city.add("grant", Grant.objects.get(account=account).pk, Owner(area))
    city.add("account", account.pk, Owner(area))
    return Player(account, Actor(id=account.pk, scope=area, name=account.name))
