"""CVs: written in versions, read only with consent and in time, taken back at once, every reading told."""

import io
from datetime import timedelta
from uuid import uuid4

import pytest
from django.urls import reverse
from pypdf import PdfReader

from openpes.audit.queries import readers_of
from openpes.kernel import Refused, clock, within
from openpes.kernel.scope import CITY
from openpes.people.actions import withdraw_qualification
from openpes.people.models import Person, Qualification
from openpes.resumes.actions import choose_audience, confirm_resume, read_resume, withdraw_resume, write_resume
from openpes.resumes.jobs import remind
from openpes.resumes.models import Resume, Sharing
from openpes.resumes.queries import resume_view, shared_with_all, shown_to
from openpes.resumes.rules import Job, ResumeFacts, why_not_write
from tests.cast import self_service
from tests.people.factories import a_person
from tests.referrals.factories import CLERK, applied, firm_of, seeker
from tests.vacancies.factories import make_open

JOB = Job("某食品厂", "包装", "2020-03", "2023-05")
FACTS = ResumeFacts(headline="包装工，三年经验", own_words="能上夜班。", jobs=(JOB,))


@pytest.fixture
def me(db, at):
    person = a_person(by=CLERK, at=at, area=CLERK.scope, name="覃小梅")
    return self_service(username="me", person=person.pk, at=at)


@pytest.fixture
def mine(me, at):
    return write_resume(facts=FACTS, by=me.actor, at=at)


def seen(me, at, *, met=True, suits=False) -> bool:
    return shown_to(person=me.actor.person, met=met, suits=suits, on=clock.day_of(at)) is not None


def test_nobody_reads_a_new_cv(me, mine, at):
    assert not seen(me, at) and not seen(me, at, suits=True)


@pytest.mark.parametrize(
    ("audience", "met", "suits", "shown"),
    [("all", True, False, True), ("all", False, True, True), ("all", False, False, False),
     ("applied", True, False, True), ("applied", False, True, False), ("nobody", True, True, False)],
)  # fmt: skip
def test_who_reads_it_is_what_the_person_said(me, mine, at, audience, met, suits, shown):
    choose_audience(audience=audience, by=me.actor, at=at)
    assert seen(me, at, met=met, suits=suits) is shown


def test_taking_it_back_counts_at_once_also_where_one_has_applied(db, at):
    row = applied(at)
    with within(CITY):
        person = Person.objects.get(pk=row.person_id)
    owner = self_service(username="owner", person=person.pk, at=at).actor
    write_resume(facts=FACTS, by=owner, at=at)
    choose_audience(audience="all", by=owner, at=at)
    firm = firm_of(row)
    assert read_resume(person=person.pk, met=True, by=firm, at=at) is not None
    assert shared_with_all(persons=[person.pk], on=clock.day_of(at)) == {person.pk}
    withdraw_resume(by=owner, at=at)
    assert read_resume(person=person.pk, met=True, by=firm, at=at) is None
    assert shared_with_all(persons=[person.pk], on=clock.day_of(at)) == set()
    with owner.standing():
        assert [reading.purpose for reading in readers_of(person.pk)] == ["An employer read the CV"]


def test_from_its_last_day_on_nobody_reads_it_until_it_is_confirmed(me, mine, at):
    choose_audience(audience="all", by=me.actor, at=at)
    assert seen(me, at + timedelta(days=180)) and not seen(me, at + timedelta(days=182))
    confirm_resume(by=me.actor, at=at + timedelta(days=182))
    assert seen(me, at + timedelta(days=183))


def test_the_person_is_reminded_once_before_it_runs_out(me, mine, at):
    choose_audience(audience="applied", by=me.actor, at=at)
    told = []
    for days in (150, 170, 171):
        with clock.stopped(at + timedelta(days=days)):
            told.append(remind())
    assert told == [0, 1, 0]


def test_each_writing_is_a_version_and_none_is_changed(me, mine, at):
    again = write_resume(facts=ResumeFacts(headline="质检员"), by=me.actor, at=at)
    assert (mine.version, again.version) == (1, 2)
    with me.actor.standing():
        assert list(Resume.objects.order_by("version").values_list("headline", flat=True)) == [FACTS.headline, "质检员"]


@pytest.mark.parametrize(
    ("facts", "field"),
    [
        (ResumeFacts(headline=" "), "headline"),
        (ResumeFacts(headline="包装", own_words="电话 138-0013-8000"), "own_words"),
        (ResumeFacts(headline="身份证 450103199005171234"), "own_words"),
        (ResumeFacts(headline="包装", own_words="字" * 2001), "own_words"),
        (ResumeFacts(headline="包装", jobs=(Job("厂", "包装", "2020/3"),)), "job_1_begun"),
        (ResumeFacts(headline="包装", jobs=(Job("厂", "包装", "2020-03", "2019-01"),)), "job_1_until"),
        (ResumeFacts(headline="包装", jobs=(Job("厂 13800138000", "包装", "2020-03"),)), "job_1_work"),
        (ResumeFacts(headline="包装", educations=(7,)), "educations"),
    ],
)
def test_what_may_not_stand_in_a_cv_is_refused_at_its_field(facts, field):
    assert field in {reason.field for reason in why_not_write(facts, educations=(), qualifications=())}


def test_a_year_a_pay_and_a_vacancy_number_are_no_identity_numbers():
    words = "2019 年至 2023 年，月薪 4500 元，岗位编号 100234，熟悉 GB/T 2260-2007。"
    assert why_not_write(ResumeFacts(headline="包装", own_words=words), educations=(), qualifications=()) == []


def test_a_withdrawn_paper_stands_in_no_cv(me, at):
    with within(CITY):
        paper = Qualification.objects.create(
            area=CLERK.scope, person_id=me.actor.person, kind="licence", skill="forklift", issuer="南宁",
            number_mask="1", issued_on=clock.day_of(at), number_index=b"1" * 16, recorded_at=at, recorded_by=1,
        )  # fmt: skip
    row = write_resume(facts=ResumeFacts(headline="叉车工", qualifications=(paper.pk,)), by=me.actor, at=at)
    assert len(resume_view(row, on=clock.day_of(at)).qualifications) == 1
    withdraw_qualification(record=paper.pk, reason="证书有误", by=CLERK, at=at)
    assert resume_view(row, on=clock.day_of(at)).qualifications == ()


def test_without_a_cv_nothing_is_shared(me, at):
    for act in (confirm_resume, withdraw_resume):
        with pytest.raises(Refused, match="no CV yet"):
            act(by=me.actor, at=at)


def test_the_database_shows_no_cv_without_the_queries_consent_to_employers(me, mine, at):
    """The planted mistake: an employer's account asks the table itself."""
    choose_audience(audience="all", by=me.actor, at=at)
    with within(role="openpes_self", employer=1):
        assert not Resume.objects.exists() and not Sharing.objects.exists()


def test_the_pages_write_share_print_and_take_back(me, at):
    client = me.client()
    key = lambda: {"idempotency_key": str(uuid4())}  # noqa: E731
    assert "You have no CV yet" in client.get(reverse("resumes:own")).content.decode()
    wrong = client.post(reverse("resumes:edit"), {"headline": "", "own_words": ""} | key())
    assert wrong.status_code == 422
    made = client.post(reverse("resumes:edit"), {"headline": "包装工", "own_words": "<script>", "skills": []} | key())
    assert made.status_code == 302
    client.post(reverse("resumes:audience"), {"audience": "applied"} | key())
    assert seen(me, at)
    page = client.get(reverse("resumes:own")).content.decode()
    assert "&lt;script&gt;" in page and "<script>包" not in page
    text = PdfReader(io.BytesIO(client.get(reverse("resumes:paper")).content)).pages[0].extract_text()
    assert "包装工" in text
    client.post(reverse("resumes:withdraw"), key())
    assert not seen(me, at)


def test_an_employer_learns_only_of_people_who_suit_and_show_their_cv(db, at):
    shy, shown = seeker(at, name="不公开"), seeker(at, name="公开人")
    vacancy = make_open(CLERK, at)
    for person, audience in ((shy, "applied"), (shown, "all")):
        owner = self_service(username=f"owner-{person.pk}", person=person.pk, at=at).actor
        write_resume(facts=FACTS, by=owner, at=at)
        choose_audience(audience=audience, by=owner, at=at)
    firm = self_service(username="firm", employer=vacancy.employer_id, at=at).client()
    page = firm.get(reverse("referrals:candidates", args=[vacancy.pk]))
    assert "公开人" in page.content.decode() and "不公开" not in page.content.decode()
    address = reverse("referrals:candidates", args=[vacancy.pk])
    assert FACTS.headline in firm.get(f"{address}?person={shown.pk}").content.decode()
    assert firm.get(f"{address}?person={shy.pk}").status_code == 404
    with within(CITY):
        assert len(readers_of(shown.pk)) == 1 and readers_of(shy.pk) == []
