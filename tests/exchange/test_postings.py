"""A vacancy as search engines read it: what schema.org/JobPosting needs is there, and no text ends its script."""

import json
import re
from datetime import date, datetime

from django.test import Client
from django.urls import reverse

from openpes.kernel import within
from openpes.vacancies.models import PublishedVacancy
from tests.portal.factories import CLERK
from tests.vacancies.factories import make_open

SCRIPT = re.compile(r'<script type="application/ld\+json"[^>]*>(.*?)</script>', re.DOTALL)


def test_a_posting_has_every_field_that_search_engines_require(db, at):
    made = make_open(CLERK, at, title="电工", pay_min_fen=400000, pay_max_fen=600000)
    with within("4501"):  # as an old text may be, written before markup was refused
        PublishedVacancy.objects.filter(pk=made.pk).update(title="电工</script><b>")
    (text,) = SCRIPT.findall(Client().get(reverse("portal:vacancy", args=[made.pk])).content.decode())
    told = json.loads(text)
    assert told["@type"] == "JobPosting" and told["title"] == "电工</script><b>"
    assert date.fromisoformat(told["datePosted"]) <= at.date() < datetime.fromisoformat(told["validThrough"]).date()
    assert told["description"] and told["hiringOrganization"]["name"] and told["hiringOrganization"]["@type"]
    address = told["jobLocation"]["address"]
    assert address["@type"] == "PostalAddress" and address["addressCountry"] == "CN" and address["addressLocality"]
    pay = told["baseSalary"]
    assert pay["currency"] == "CNY" and pay["value"] == {
        "@type": "QuantitativeValue", "minValue": 4000, "maxValue": 6000, "unitText": "MONTH",
    }  # fmt: skip
    assert told["employmentType"] and told["identifier"]["value"] == str(made.pk) and told["directApply"] is False
