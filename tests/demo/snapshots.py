"""Every row of a city in words that do not depend on ids, keys or chance, so that two cities can be compared."""

import hashlib
import json
from collections import Counter
from typing import Any

from django.db import connection

from openpes.kernel import within
from openpes.kernel.scope import CITY
from openpes.kernel.sensitive import blind_index, unseal

TABLES = (
    "people_person", "people_household", "people_residence", "people_householdmember", "people_personevent",
    "people_ledgerentry", "employers_employer", "employers_employerevent", "registration_statusperiod",
    "registration_jobwish", "registration_withdrawnregistration", "vacancies_vacancy", "vacancies_vacancyevent",
    "vacancies_fill", "vacancies_publishedvacancy", "referrals_referral", "referrals_hire", "referrals_hirereport",
    "referrals_letterproof", "audit_journalentry",
)  # fmt: skip
# Which table a column's number belongs to.
POINTS_TO = {
    "person_id": "people_person", "household_id": "people_household", "employer_id": "employers_employer",
    "vacancy_id": "vacancies_vacancy", "referral_id": "referrals_referral", "pgh_obj_id": "vacancies_vacancy",
}  # fmt: skip
NAMED = {
    "person": "people_person", "household": "people_household", "employer": "employers_employer",
    "vacancy": "vacancies_vacancy", "referral": "referrals_referral", "period": "registration_statusperiod",
    "wish": "registration_jobwish", "hire": "referrals_hire",
}  # fmt: skip
BY_CHANCE = {"id", "pgh_id", "pgh_created_at", "tx"}


def snapshot() -> dict[str, Counter]:
    """The rows of every table of the rooms as a bag of texts."""
    with within(CITY):
        rows = {table: _rows(table) for table in TABLES}
    names = _names(rows)
    return {table: Counter(_told(row, names) for row in found) for table, found in rows.items()}


def _rows(table: str) -> list[dict[str, Any]]:
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT * FROM {table}")
        columns = [column.name for column in cursor.description]
        return [dict(zip(columns, map(_plain, row), strict=True)) for row in cursor.fetchall()]


def _names(rows: dict[str, list[dict[str, Any]]]) -> dict[str, dict[int, str]]:
    names: dict[str, dict[int, str]] = {
        "people_person": {
            row["id"]: unseal(row["id_number_sealed"], context="person.id_number") for row in rows["people_person"]
        },
        "people_household": {row["id"]: row["booklet_no"] for row in rows["people_household"]},
        "employers_employer": {row["id"]: row["credit_code"] for row in rows["employers_employer"]},
        "registration_statusperiod": {row["id"]: row["number"] for row in rows["registration_statusperiod"]},
        "referrals_referral": {row["id"]: row["letter_no"] for row in rows["referrals_referral"]},
    }
    firm, person = names["employers_employer"], names["people_person"]
    names["vacancies_vacancy"] = {
        row["id"]: f"{firm[row['employer_id']]} {row['title']} {row['created_at']}" for row in rows["vacancies_vacancy"]
    }
    names["registration_jobwish"] = {
        row["id"]: f"{person[row['person_id']]} {row['registered_at']}" for row in rows["registration_jobwish"]
    }
    names["referrals_hire"] = {
        row["id"]: f"{person[row['person_id']]} {row['recorded_at']}" for row in rows["referrals_hire"]
    }
    return names


def _told(row: dict[str, Any], names: dict[str, dict[int, str]]) -> str:
    told = {key: value for key, value in row.items() if key not in BY_CHANCE}
    _open_seals(told)
    if "token" in told:
        told["token"] = len(told["token"])
    if "digest" in told:
        told["digest"] = len(told["digest"])
    for column, table in POINTS_TO.items():
        if told.get(column) is not None:
            told[column] = names[table][told[column]]
    if "payload" in told:
        told["payload"] = _named(told["payload"], names)
        told["person"] = names["people_person"].get(told["person"])
    return json.dumps(told, ensure_ascii=False, sort_keys=True, default=str)


def _open_seals(told: dict[str, Any]) -> None:
    """Sealed columns are compared by what they say, and each blind index must be the one of its value."""
    for name, context in (("id_number", "person.id_number"), ("phone", "person.phone")):
        sealed = told.pop(f"{name}_sealed", None)
        if sealed is None:
            continue
        told[name] = unseal(sealed, context=context)
        assert told[f"{name}_index"] == blind_index(told[name], context=context)
    told |= {key: value.hex() for key, value in told.items() if isinstance(value, bytes)}


def _named(payload: Any, names: dict[str, dict[int, str]]) -> dict[str, Any]:
    fields = json.loads(payload) if isinstance(payload, str) else payload
    return {
        key: names[NAMED[key]][value] if key in NAMED and value is not None else value for key, value in fields.items()
    }


def _plain(value: Any) -> Any:
    return bytes(value) if isinstance(value, memoryview) else value


def digest_of(token: str) -> str:
    """The digest under which a letter's proof is kept."""
    return hashlib.sha256(token.encode()).hexdigest()
