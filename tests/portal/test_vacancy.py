"""The page of one vacancy, what machines read from it, and what is said when it is gone."""

import json
import re
from datetime import timedelta
from xml.etree import ElementTree

import pytest
from django.db import ProgrammingError
from django.urls import reverse

from openpes.kernel import within
from openpes.kernel.clock import stopped
from openpes.portal.queries import json_ld
from openpes.vacancies.actions import close_vacancy, fill_place
from openpes.vacancies.models import Vacancy
from tests.portal.factories import CLERK
from tests.vacancies.factories import make_draft, make_open, with_old_text

NASTY = '</script><script>alert("x")</script><!-- & \u2028 \u2029 ]]> 包装工'


def page_of(visitor, pk):
    return visitor.get(reverse("portal:vacancy", args=[pk]))


def posting_of(answer) -> dict:
    found = re.findall(r'<script type="application/ld\+json">(.*?)</script>', answer.content.decode(), re.S)
    assert len(found) == 1
    return json.loads(found[0])


def test_the_page_says_everything_public(visitor, at):
    row = make_open(CLERK, at, education_min="61", experience_min=2, skills_required=("quality",))
    text = page_of(visitor, row.pk).content.decode()
    said = [
        "食品包装工", "3,000–4,500 yuan a month", "2 open of 2", "Senior secondary school or higher", "2 years or more",
        "新竹路20号", "在流水线上包装糕点并检查重量。", "学历不限", "12333", f"<strong>{row.pk}</strong>",
    ]  # fmt: skip
    for part in said:
        assert part in text, part


def test_the_posting_for_machines_is_whole(visitor, at):
    row = make_open(CLERK, at, experience_min=2, education_min="20", term="part_time")
    posting = posting_of(page_of(visitor, row.pk))
    assert posting["@context"] == "https://schema.org/" and posting["@type"] == "JobPosting"
    assert posting["title"] == "食品包装工" and "包装糕点" in posting["description"]
    assert posting["datePosted"] == "2026-11-23" and posting["validThrough"] == "2026-12-23T23:59:59+08:00"
    assert posting["employmentType"] == ["PART_TIME"] and posting["totalJobOpenings"] == 2
    assert posting["hiringOrganization"]["name"].startswith("南宁邕江食品")
    assert posting["jobLocation"]["address"]["addressCountry"] == "CN"
    assert posting["jobLocation"]["address"]["addressLocality"] == "青秀区"
    assert posting["baseSalary"] == {
        "@type": "MonetaryAmount",
        "currency": "CNY",
        "value": {"@type": "QuantitativeValue", "minValue": 3000, "maxValue": 4500, "unitText": "MONTH"},
    }
    assert posting["educationRequirements"]["credentialCategory"] == "bachelor degree"
    assert posting["experienceRequirements"]["monthsOfExperience"] == 24
    assert posting["url"] == f"http://testserver/portal/vacancy/{row.pk}/"


def test_no_text_of_an_employer_breaks_out_of_the_script(visitor, at):
    row = with_old_text(make_open(CLERK, at), at, description=NASTY, address='"><img src=x onerror=alert(1)>')
    answer = page_of(visitor, row.pk)
    text = answer.content.decode()
    assert NASTY in posting_of(answer)["description"]
    assert "<script>alert" not in text and "<img src=x" not in text
    assert "script-src" not in answer["Content-Security-Policy"] and "unsafe" not in answer["Content-Security-Policy"]


@pytest.mark.parametrize("text", ["</script>", "<!--", "a&b", "]]>", "\u2028", '"\\', "\x00\x1f"])
def test_json_in_a_page_reads_back_as_it_was(text):
    written = json_ld({"text": text})
    assert json.loads(written) == {"text": text}
    assert not re.search(r"[<>&]", written)


def test_similar_vacancies_are_of_the_same_kind_and_near(visitor, vacancies, at):
    row = make_open(CLERK, at, title="面包包装工", area="450105001")
    found = page_of(visitor, row.pk).context["offer"].similar
    assert len(found) == 6
    assert {opening.row.occupation for opening in found} == {"6-31-05-00"}
    assert found[0].row.place == "450105001" and row.pk not in {opening.row.pk for opening in found}


def test_an_ended_vacancy_is_gone_and_similar_ones_are_offered(visitor, vacancies, at):
    close_vacancy(vacancy=vacancies[3], reason="", by=CLERK, at=at)
    answer = page_of(visitor, vacancies[3])
    assert answer.status_code == 410
    assert "no longer offered" in answer.content.decode()
    assert len(answer.context["offer"].similar) == 6


def test_a_filled_vacancy_is_gone(visitor, vacancies, at):
    row = make_open(CLERK, at, openings=1)
    make_open(CLERK, at)
    fill_place(vacancy=row.pk, person=None, on=at.date(), by=CLERK, at=at)
    assert page_of(visitor, row.pk).status_code == 410


def test_a_filled_vacancy_newer_than_every_open_one_is_gone_for_everybody(visitor, cast, vacancies, at):
    row = make_open(CLERK, at, openings=1)
    fill_place(vacancy=row.pk, person=None, on=at.date(), by=CLERK, at=at)
    for client in (visitor, cast.neighbour_clerk.client()):
        answer = page_of(client, row.pk)
        assert answer.status_code == 410
        assert {opening.row.occupation for opening in answer.context["offer"].similar} == {"6-31-05-00"}


def test_of_a_draft_the_public_learns_nothing(visitor, at):
    draft, row = make_draft(CLERK, at), make_open(CLERK, at)
    assert [page_of(visitor, pk).status_code for pk in (draft.pk, row.pk)] == [404, 200]
    with within(role="openpes_public"):
        assert list(Vacancy.objects.order_by("pk").values_list("pk", flat=True)) == [row.pk]
    with pytest.raises(ProgrammingError, match="permission denied"), within(role="openpes_public"):
        Vacancy.objects.values_list("employer_id", flat=True).first()


def test_a_vacancy_past_its_last_day_is_gone_before_the_nightly_work(visitor, at):
    row = make_open(CLERK, at, closes_on=at.date() + timedelta(days=2))
    with stopped(at + timedelta(days=2)):
        assert page_of(visitor, row.pk).status_code == 200
    with stopped(at + timedelta(days=3)):
        assert page_of(visitor, row.pk).status_code == 410


def test_a_draft_and_a_number_that_never_was_are_unknown(visitor, vacancies, at):
    draft = make_draft(CLERK, at, title="机密岗位")
    for pk in (draft.pk, draft.pk + 1000, 2**63, 10**30):
        answer = page_of(visitor, pk)
        assert answer.status_code == 404
        assert "There is no such vacancy" in answer.content.decode() and "机密" not in answer.content.decode()


def test_a_page_costs_few_queries(visitor, vacancies, django_assert_max_num_queries):
    page_of(visitor, vacancies[0])
    with django_assert_max_num_queries(6):
        page_of(visitor, vacancies[0])


def test_the_sitemap_lists_exactly_what_is_open(visitor, vacancies, at):
    close_vacancy(vacancy=vacancies[0], reason="", by=CLERK, at=at)
    tree = ElementTree.fromstring(visitor.get(reverse("portal:sitemap")).content)
    found = {loc.text for loc in tree.iter("{http://www.sitemaps.org/schemas/sitemap/0.9}loc")}
    wanted = {f"http://testserver/portal/vacancy/{pk}/" for pk in vacancies[1:]}
    assert found == wanted | {"http://testserver/portal/"}
    robots = visitor.get("/robots.txt").content.decode()
    assert "Sitemap: http://testserver/exchange/sitemap.xml" in robots
