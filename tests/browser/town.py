"""A small city with one of everything that a page can show, made through the actions of the rooms."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from uuid import UUID

from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret

from openpes.access.actions import DelegationFacts, delegate_rights, grant_role, open_account, open_staff_account
from openpes.access.models import Account, Grant
from openpes.appointments.actions import ask_recall, cancel_appointment
from openpes.audit.actions import seal_journal
from openpes.counter.actions import issue_receipt, save_view, take_ticket
from openpes.engine.checklists import checklist_version
from openpes.intake.actions import accept_batch
from openpes.kernel import Actor, long_work, within
from openpes.kernel.action import PLATFORM
from openpes.kernel.clock import day_of
from openpes.matters.actions import Receiver, close_matter, note_matter, propose_hand_over
from openpes.network.actions import (
    StaffCertificateFacts,
    StepFacts,
    add_picture,
    apply_as_pilot,
    begin_acceptance,
    post_staff,
    record_certificate,
    submit_acceptance,
)
from openpes.network.models import ServicePoint
from openpes.people.actions import HouseholdFacts, form_household, join_household, move_residence, open_file
from openpes.people.models import FileHandover
from openpes.referrals.actions import record_answer, record_hire, refer, report_hire
from openpes.registration.actions import (
    CertificateFacts,
    UnemploymentFacts,
    UseFacts,
    apply_certificate,
    confirm_unemployment,
    decide_certificate,
    file_appeal,
    issue_handbook,
    note_objection,
    refuse_registration,
    request_handbook,
    review_certificate,
    transfer_out,
    use_certificate,
)
from openpes.registration.models import StatusPeriod, Transfer
from openpes.vacancies.actions import ask_publication, close_vacancy, expire_vacancies
from tests.access.factories import a_second_administrator
from tests.appointments.factories import PURPOSE, booked, tomorrow
from tests.browser.doubles import doubled
from tests.browser.firms import kept, reported
from tests.browser.placing import placed
from tests.browser.records import recorded
from tests.browser.release import released
from tests.cast import COUNTY, TOWN, VILLAGE, Cast, Player, assemble, self_service
from tests.employers.factories import make_employer
from tests.engine.picture_samples import png
from tests.intake.factories import bring_in, household, ledger, own_ledger
from tests.network.factories import a_point, described
from tests.people.factories import a_person
from tests.people.lives import lives
from tests.referrals.factories import hire_facts
from tests.registration.factories import employed, unemployed, wishing
from tests.served import give_password
from tests.surveys.factories import shown_to_everybody
from tests.vacancies.factories import make_draft, make_open

PACKER = "6-31-05-00"
NAMES = ("覃秀兰", "韦国强", "农志华", "梁桂英", "陆海燕", "黄文东", "莫小玲", "阿依古丽·买买提江")


@dataclass(frozen=True)
class Town:
    """Who works there, and the ids of what the pages show, by the name of the thing."""

    players: dict[str, Player]
    ids: dict[str, int | UUID | str] = field(default_factory=dict)


def build(at: datetime) -> Town:
    """The cast at their offices, persons in every state, vacancies in every state, an introduction, a hire, imports."""
    cast = assemble(at)
    clerk = cast.county_clerk.actor
    persons = [a_person(by=clerk, at=at, name=name) for name in NAMES]
    firm = make_employer(clerk, at, name="南宁邕江食品有限公司")
    supervisor = _supervisor(at)
    seeker = self_service(username="seeker", person=persons[0].pk, at=at)
    employer = self_service(username="employer", employer=firm.pk, at=at)
    players = {name: getattr(cast, name) for name in Cast.__dataclass_fields__}
    players |= {"supervisor": supervisor, "seeker": seeker, "employer": employer}
    ids: dict[str, int | UUID | str] = {"person": persons[0].pk, "employer": firm.pk}
    ids |= _accounts(cast, at)
    players["second_administrator"] = _second_administrator(at)
    ids |= _network(cast, at)
    ids |= _registrations(persons, clerk, at)
    ids |= kept(firm.pk, clerk, at)
    ids |= _market(persons, clerk, employer.actor, at)
    ids |= placed(seeker, employer, (int(ids["second_open"]), int(ids["third_open"])), clerk, at)
    ids |= reported(firm.pk, int(str(ids["open"])), clerk, at)
    ids |= _certified(persons, clerk, employer.actor, at)
    ids |= shown_to_everybody(cast.county_clerk.actor, cast.village_officer.actor, at)
    ids |= _imports(cast, at)
    ids |= _matters(persons, cast, at)
    ids |= _appointments(persons, cast, int(ids["point"]), at)
    ids |= recorded(persons[0].pk, cast, seeker, at)
    ids |= _works(players, at)
    ids |= doubled(cast, at)
    ids |= released(clerk, VILLAGE, at)
    give_password(*(player.account for player in players.values()))
    _second_factor(cast.neighbour_clerk.account)
    open_file(person=persons[0].pk, purpose="柜台服务", by=clerk, at=at)
    seal_journal(by=PLATFORM, at=at)
    return Town(players, ids)


def _supervisor(at: datetime) -> Player:
    account = open_account(username="supervisor", name="supervisor", password=None, by=PLATFORM, at=at)
    grant_role(account=account.pk, role="supervisor", scope="4501", by=PLATFORM, at=at)
    return Player(account, Actor(id=account.pk, scope="4501", name=account.name))


def _accounts(cast: Cast, at: datetime) -> dict[str, int]:
    """An account whose role waits for a second administrator."""
    account, _password = open_staff_account(
        username="newcomer", name="陈兰", role="township_clerk", scope=TOWN, by=cast.administrator.actor, at=at
    )
    return {"account": account.pk, "grant": Grant.objects.get(account=account).pk}


def _second_administrator(at: datetime) -> Player:
    actor = a_second_administrator(at)
    return Player(Account.objects.get(pk=actor.id), actor)


def _second_factor(account: Account) -> None:
    TOTP.activate(account, generate_totp_secret())
    RecoveryCodes.activate(account)


def _network(cast: Cast, at: datetime) -> dict[str, int]:
    points = [a_point(area, at) for area in ("4501", COUNTY, TOWN, VILLAGE)]
    staff = (cast.city_clerk, cast.county_clerk, cast.township_clerk, cast.village_officer)
    postings = [
        post_staff(account=player.account.pk, point=point.pk, window="3 号窗口", by=PLATFORM, at=at).pk
        for point, player in zip(points, staff, strict=True)
    ]
    described(points[1], at)
    picture = add_picture(point=points[1].pk, caption="服务大厅", file=png(320, 200), by=PLATFORM, at=at)
    ticket = take_ticket(point=points[1].pk, purpose="registration", by=cast.county_clerk.actor, at=at)
    ids = {"point": points[1].pk, "posting": postings[1], "picture": picture.pk, "ticket": ticket.pk}
    return ids | _offices(cast, points[2].pk, at)


def _offices(cast: Cast, office: int, at: datetime) -> dict[str, int]:
    """An assessor, an acceptance that waits for points, a pilot application, and rights handed to a colleague."""
    clerk, town = cast.county_clerk, cast.township_clerk
    facts = StaffCertificateFacts(
        kind="assessor", number="桂评-0007", examined_on=day_of(at), score=88, from_on=day_of(at)
    )
    certificate = record_certificate(account=clerk.account.pk, facts=facts, by=PLATFORM, at=at)
    clerk.account.refresh_from_db()  # a password is given to it later, and all of it is saved
    begun = begin_acceptance(point=office, checklist="six_in_place", by=town.actor, at=at)
    listed = checklist_version(begun.checklist, begun.version)
    words = {item.code: "见现场照片和文件" for item in listed.items}
    submit_acceptance(acceptance=begun.pk, evidence=words, by=town.actor, at=at)
    told = {"area": TOWN, "title": "重点乡镇劳动力市场试点", "facts": StepFacts("三年建成，配备专职人员")}
    pilot = apply_as_pilot(**told, by=town.actor, at=at)
    rights = DelegationFacts(
        taker=clerk.account.pk, scope="450105", rights=("network.view_network",), reason="出差",
        until_on=day_of(at) + timedelta(days=5),
    )  # fmt: skip
    handed = delegate_rights(facts=rights, by=cast.neighbour_clerk.actor, at=at)
    return {
        "officer": town.account.pk, "acceptance": begun.pk, "pilot": pilot.pk, "certificate": certificate.pk,
        "delegation": handed.pk,
    }  # fmt: skip


def _registrations(persons: list, clerk: Actor, at: datetime) -> dict[str, int | str]:
    out_of_work = unemployed(persons[0].pk, by=clerk, at=at)
    unemployed(persons[1].pk, by=clerk, at=at)
    at_work = employed(persons[2].pk, by=clerk, at=at)
    wish = wishing(persons[0].pk, by=clerk, at=at, occupations=(PACKER,))
    for person in (persons[3], persons[4]):
        wishing(person.pk, by=clerk, at=at, occupations=(PACKER,))
    members = HouseholdFacts(booklet_no="H001", area=VILLAGE, address="民族大道 1 号")
    home = form_household(facts=members, head=persons[0].pk, from_on=day_of(at), by=clerk, at=at)
    place = {"household": home.pk, "person": persons[1].pk, "relation": "8", "from_on": day_of(at)}
    join_household(**place, by=clerk, at=at)
    asked = request_handbook(person=persons[0].pk, by=clerk, at=at)
    booklet = issue_handbook(copy=asked.pk, by=Actor(id=clerk.id + 1000, scope="4501"), at=at)
    request_handbook(person=persons[2].pk, by=Actor(id=clerk.id + 1000, scope="4501"), at=at)
    return {
        "unemployment": out_of_work.pk, "employment": at_work.pk, "wish": wish.pk, "newcomer": persons[5].pk,
        "booklet": booklet.pk, "handbook": booklet.handbook_id, "booklet_token": booklet.token,
    } | _decided(persons[0].pk, clerk, at)  # fmt: skip


def _decided(seeker: int, clerk: Actor, at: datetime) -> dict[str, int | str]:
    """A refusal that can be appealed against, one that was, a move from another county, a confirmation."""
    far, later = Actor(id=clerk.id + 1000, scope="4501"), at - timedelta(days=3)
    confirm_unemployment(person=seeker, way="phone", note="本人接听", by=clerk, at=at)
    refused = [
        refuse_registration(
            person=pk, facts=UnemploymentFacts(from_on=day_of(at), reason="90", willing=False), by=clerk, at=at
        )
        for pk in (seeker, a_person(by=clerk, at=at, name="韦大山").pk)
    ]
    appeal = file_appeal(decision=refused[1].pk, grounds="本人愿意工作，表格勾选有误", by=clerk, at=at)
    mover = a_person(by=far, at=later, name="蒙春花", area="450105001001").pk
    unemployed(mover, by=far, at=later)
    move_residence(person=mover, area=VILLAGE, address="新竹路 2 号", on=day_of(at), by=far, at=at)
    with within("4501"):
        transfer = Transfer.objects.get(person=mover).pk
        handover = FileHandover.objects.get(person=mover).pk
    return {
        "decision": refused[0].pk, "own_decision": refused[0].pk, "appeal": appeal.pk, "transfer": transfer,
        "mover": mover, "file_handover": handover, **lives(clerk, day_of(at), at),
    }  # fmt: skip


def _certified(persons: list, clerk: Actor, own: Actor, at: datetime) -> dict[str, int]:
    """A preference certificate on notice, one issued with a use, and somebody who works for the employer."""
    with within("4501"):
        job = StatusPeriod.objects.get(employer=own.employer, until_on=None).pk
    far, earlier = Actor(id=clerk.id + 1000, scope="4501"), at - timedelta(days=14)
    facts = CertificateFacts(
        group="3", documents=("01", "02", "07", "08"), former_unit="南宁机械厂"
    )
    on_notice = apply_certificate(person=persons[0].pk, facts=facts, by=clerk, at=at).pk
    review_certificate(certificate=on_notice, note="材料齐全", by=clerk, at=at)
    objection = note_objection(certificate=on_notice, said="听说已在外地就业", by=clerk, at=at).pk
    holder = a_person(by=clerk, at=earlier, name="卢建设").pk
    unemployed(holder, by=clerk, at=earlier, from_on=day_of(earlier))
    issued = apply_certificate(person=holder, facts=facts, by=clerk, at=earlier).pk
    review_certificate(certificate=issued, by=clerk, at=earlier)
    decide_certificate(certificate=issued, issues=True, by=far, at=earlier + timedelta(days=7))
    use = UseFacts(policy="020", unit="兴宁区社会保险局", from_on=day_of(at), amount_fen=120_000)
    use_certificate(certificate=issued, facts=use, by=clerk, at=at)
    leaver = a_person(by=clerk, at=earlier, name="滕远行").pk
    unemployed(leaver, by=clerk, at=earlier, from_on=day_of(earlier))
    left = transfer_out(person=leaver, to_place="450300", to_office="七星区人力资源市场", by=clerk, at=at).pk
    return {
        "own_employment": job, "certificate": on_notice, "issued_certificate": issued, "objection": objection,
        "leaver": leaver, "transfer_out": left,
    }  # fmt: skip


def _market(persons: list, clerk: Actor, own: Actor, at: datetime) -> dict[str, int | str]:
    firm = own.employer
    draft = make_draft(clerk, at, employer=firm, title="夜班包装工")
    asked = make_draft(clerk, at, employer=firm, title="糕点学徒")
    ask_publication(vacancy=asked.pk, by=own, at=at)
    titles = ("食品包装工", "缝纫工", "仓库管理员")
    opened = [make_open(clerk, at, employer=firm, title=title, openings=9) for title in titles]
    closed = make_open(clerk, at, employer=firm, title="司机")
    close_vacancy(vacancy=closed.pk, reason="已从别处招到", by=clerk, at=at)
    fourth = make_open(clerk, at, employer=firm, title="打包员")
    for title in "收银员 保洁员 保安员 配菜员 面点师 装卸工 理货员 客服专员 质检员 电工 焊工".split():  # noqa: SIM905
        make_open(clerk, at, employer=firm, title=title)
    past = at - timedelta(days=40)
    make_open(clerk, past, employer=firm, title="质检员", closes_on=day_of(past) + timedelta(days=10))
    expire_vacancies(by=PLATFORM, at=at)
    waiting = refer(person=persons[0].pk, vacancy=opened[0].pk, by=clerk, at=at)
    reported = refer(person=persons[3].pk, vacancy=opened[0].pk, by=clerk, at=at)
    report = report_hire(referral=reported.pk, facts=hire_facts(), by=own, at=at)
    refused = refer(person=persons[4].pk, vacancy=opened[0].pk, by=clerk, at=at)
    record_answer(referral=refused.pk, answer="not_suitable", note="不能上夜班", by=clerk, at=at)
    record_hire(person=persons[1].pk, vacancy=opened[1].pk, facts=hire_facts(), by=clerk, at=at)
    return {
        "draft": draft.pk, "asked": asked.pk, "open": opened[0].pk, "closed": closed.pk, "referral": waiting.pk,
        "report": report.pk, "letter": waiting.token, "second_open": opened[1].pk, "third_open": opened[2].pk,
        "fourth_open": fourth.pk,
    }  # fmt: skip


def _imports(cast: Cast, at: datetime) -> dict[str, UUID]:
    clerk = cast.county_clerk
    wrong = household() + household("H002", "黄有田", 公民身份号码="123", 是否被征地="也许")
    checked = bring_in(ledger(wrong), player=clerk, at=at, name="新竹社区台账.xlsx")
    good = bring_in(ledger(household("H003", "陆小凤")), player=clerk, at=at, name="新竹社区台账（补）.xlsx")
    accept_batch(batch=good.pk, by=clerk.actor, at=at)
    own = bring_in(own_ledger(booklet="H009"), player=clerk, at=at, name="村里的表.xlsx")
    return {"batch": checked.pk, "accepted": good.pk, "matching": own.pk}


def _matters(persons: list, cast: Cast, at: datetime) -> dict[str, int]:
    """A matter of the clerk's own, one offered to the clerk, one that is ended."""
    clerk, town = cast.county_clerk, cast.township_clerk
    told = {"subject": "registration", "asked": "手册丢失，怎么补办？"}
    earlier = at - timedelta(days=9)
    mine = note_matter(person=persons[0].pk, **told, by=clerk.actor, at=earlier)
    given = note_matter(person=persons[1].pk, subject="training", asked="近期有没有电焊班？", by=town.actor, at=at)
    offered = propose_hand_over(
        matter=given.pk, to=Receiver(clerk.account.pk), reason="培训由县里统一安排", by=town.actor, at=at
    )
    ended = note_matter(person=persons[0].pk, **told, by=clerk.actor, at=earlier)
    close_matter(matter=ended.pk, outcome="settled", answer="已补发", told="counter", by=clerk.actor, at=at)
    return {"matter": mine.pk, "given_matter": given.pk, "offered_matter": offered.pk, "ended_matter": ended.pk}


def _appointments(persons: list, cast: Cast, market: int, at: datetime) -> dict[str, int]:
    """Appointments at the clerk's point today and tomorrow, one that was offered, and a place on the recall list."""
    clerk = cast.county_clerk.actor
    with within("4501"):
        point = ServicePoint.objects.get(pk=market)
    made = booked(persons[0].pk, point, tomorrow(at, 9, 10), by=clerk, at=at)
    booked(persons[3].pk, point, at.replace(hour=10, minute=30), by=clerk, at=at)
    later = booked(persons[1].pk, point, tomorrow(at, 9, 50), by=clerk, at=at)
    told = {"point": point.pk, "purpose": PURPOSE, "until_on": day_of(at) + timedelta(days=7)}
    for person in (persons[4], persons[2]):
        recall = ask_recall(person=person.pk, **told, by=clerk, at=at)
    ask_recall(person=persons[0].pk, **told | {"purpose": "general"}, by=clerk, at=at)
    cancel_appointment(appointment=later.pk, by=clerk, at=at)
    paper = issue_receipt(person=persons[0].pk, by=clerk, at=at)
    view = save_view(page="people:list", query="sex=2", name="女性求职者", is_shared=True, by=clerk, at=at)
    return {
        "appointment": made.pk, "recall": recall.pk, "receipt": paper.pk, "receipt_code": paper.token, "view": view.pk,
    }  # fmt: skip


def _works(players: dict[str, Player], at: datetime) -> dict[str, UUID]:
    works = {}
    for name, done in (("county_clerk", 40), ("seeker", 10)):
        account: Account = players[name].account
        works[name] = _work(account, at - timedelta(minutes=2))
        long_work.progress(works[name], done=done, at=at - timedelta(minutes=1))
    finished = _work(players["county_clerk"].account, at - timedelta(hours=1))
    long_work.finish(finished, at=at, message="已导入 97 行", result_url="/intake/")
    return {"work": works["county_clerk"], "finished": finished}


def _work(account: Account, at: datetime) -> UUID:
    return long_work.start(title="导入新竹社区台账", total=100, account=account.pk, at=at)
