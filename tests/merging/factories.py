"""Two files of one person with a life on either, and photographs of the whole city."""

from datetime import date, datetime
from typing import Any

from django.db import connection

from openpes.kernel import Actor, within
from openpes.kernel.scope import CITY
from openpes.people.actions import HouseholdFacts, form_household
from openpes.people.actions.merging import confirm_merge, propose_merge
from openpes.people.actions.unmerging import confirm_unmerge, propose_unmerge
from openpes.people.models import Merge, Person
from openpes.people.queries.merging import merge_plan
from openpes.referrals.actions import refer
from openpes.registration.actions import (
    CertificateFacts,
    apply_certificate,
    confirm_unemployment,
    end_status,
    issue_handbook,
    request_handbook,
)
from openpes.registration.models import HandbookCopy
from tests.cast import COUNTY, self_service
from tests.people.factories import a_person, id_number
from tests.registration.factories import unemployed, wishing
from tests.vacancies.factories import make_open

WHY = "同一人，两张身份证已核对"
# Tables that only ever grow by what is done, and are no part of what a merge moves.
GROWING = frozenset(
    {
        "audit_journalentry", "audit_seal", "kernel_outboxrow", "kernel_answeredrequest", "people_movedrow",
        "people_merge", "people_likelypair", "people_personevent", "pghistory_context", "procrastinate_jobs",
        "procrastinate_events", "django_session", "kernel_rowchange", "statistics_duesubject",
    }
)  # fmt: skip


def twins(at: datetime, by: Actor) -> tuple[Person, Person]:
    """Two files of one person: the number of the second has a wrong digit, the name is written otherwise."""
    number = id_number(date(1985, 2, 3), "2", 78)
    first = a_person(by=by, at=at, id_number=number, name="覃小梅", area=COUNTY + "001005")
    second = a_person(
        by=by, at=at, id_number=id_number(date(1985, 2, 3), "2", 79), name="秦小梅", area=COUNTY + "001006",
        address="新竹路 2 号", phone="13900000001", education="71", marital="20",
    )  # fmt: skip
    return first, second


def with_a_life(person: Person, at: datetime, by: Actor, colleague: Actor) -> None:
    """A person with a household, a registration, a handbook, a confirmation, a wish, an introduction, an account."""
    facts = HouseholdFacts(area=person.area, booklet_no=f"H{person.pk}")
    form_household(facts=facts, head=person.pk, from_on=date(2020, 1, 1), by=by, at=at)
    unemployed(person.pk, by=by, at=at)
    request_handbook(person=person.pk, by=by, at=at)
    with within(CITY):
        copy = HandbookCopy.objects.get(person=person)
    issue_handbook(copy=copy.pk, by=colleague, at=at)
    confirm_unemployment(person=person.pk, way="phone", by=by, at=at)
    wishing(person.pk, by=by, at=at)
    refer(person=person.pk, vacancy=make_open(at=at, by=by).pk, by=by, at=at)
    self_service(username=f"seeker{person.pk}", person=person.pk, at=at)


def merged(stays: Person, goes: Person, at: datetime, by: Actor, colleague: Actor, **kept: str) -> Merge:
    """Two files merged by two officers."""
    merge = propose_merge(stays=stays.pk, goes=goes.pk, kept=kept, why=WHY, by=by, at=at)
    return confirm_merge(merge=merge.pk, seen=merge.content_hash, by=colleague, at=at)


def unmerged(merge: Merge, at: datetime, by: Actor, colleague: Actor, *to_go: str) -> Merge:
    """A merge undone by two officers."""
    asked = propose_unmerge(merge=merge.pk, why="是两个人", to_go=to_go, by=by, at=at)
    return confirm_unmerge(merge=merge.pk, seen=asked.undo_hash, by=colleague, at=at)


def photograph() -> dict[str, list[str]]:
    """Every row of every table of the city as PostgreSQL writes it, tables that only grow apart."""
    with within(CITY), connection.cursor() as cursor:
        cursor.execute("SELECT tablename FROM pg_tables WHERE schemaname = current_schema() ORDER BY tablename")
        tables = [name for (name,) in cursor.fetchall() if name not in GROWING and not name.startswith("django_")]
        taken: dict[str, list[str]] = {}
        for name in tables:
            cursor.execute("SELECT has_table_privilege(%s, 'SELECT')", [name])
            if cursor.fetchone()[0]:
                cursor.execute(f"SELECT t::text FROM {name} t ORDER BY t::text")
                taken[name] = [row[0] for row in cursor.fetchall()]
    return taken


def differences(before: dict[str, list[str]], after: dict[str, list[str]]) -> dict[str, Any]:
    """What two photographs show otherwise, by table: rows gone and rows come."""
    return {
        name: (sorted(set(before[name]) - set(after[name])), sorted(set(after[name]) - set(before[name])))
        for name in before
        if before[name] != after[name]
    }


__all__ = [
    "CertificateFacts", "apply_certificate", "differences", "end_status", "merge_plan", "merged", "photograph",
    "twins", "unmerged", "with_a_life",
]  # fmt: skip
