"""A sensitive value shows its mask everywhere, and its plain text is in no log and in no table."""

import copy
import io
import json
import logging
import pickle
import zlib
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Barrier
from uuid import uuid4

import psycopg
import pytest
from cryptography.exceptions import InvalidTag
from django.contrib.sessions.models import Session
from django.db import connection
from django.template import engines
from django.urls import reverse
from django.utils.html import strip_tags

from openpes.config import database
from openpes.kernel import Sensitive, sensitive, within
from openpes.kernel.sensitive import blind_index, blind_index_each, seal, seal_each, unseal
from openpes.people.models import Person
from tests.cast import VILLAGE, assemble
from tests.intake.factories import household, ledger
from tests.people.factories import id_number

VALUE = "450199199005170013"
MASK = "450199********0013"
CONTEXT = "person.id_number"


@pytest.fixture
def value() -> Sensitive:
    return Sensitive(VALUE, MASK)


@pytest.fixture
def keys(tmp_path, monkeypatch) -> Iterator[Path]:
    """A key file of this test's own."""
    path = tmp_path / "keys" / "city.json"
    monkeypatch.setenv("OPENPES_KEYS", str(path))
    _forget_keys()
    yield path
    _forget_keys()


def _forget_keys() -> None:
    sensitive.city_keys.cache_clear()
    sensitive._cipher.cache_clear()


# The mask


def test_every_way_of_printing_gives_the_mask(value):
    from django.utils.html import escape

    printed = [
        str(value), repr(value), f"{value}", f"{value!r}", f"{value:>30}", "%s" % value, "%r" % (value,),  # noqa: UP031
        "{}".format(value), "{!r:>9}".format(value), repr([value]), repr({"a": value}), str((value,)), escape(value),  # noqa: UP032
        engines["django"].from_string("{{ v }} {{ v|upper }} {{ v|safe }} {{ v|pprint }}").render({"v": value}),
    ]  # fmt: skip
    for text in printed:
        assert VALUE not in text and MASK in text, text


def test_logs_show_the_mask(value):
    stream = io.StringIO()
    handler = logging.StreamHandler(stream)
    log = logging.Logger("tests.sensitive")
    log.addHandler(handler)
    log.warning("a file of %s, %r", value, value)
    log.warning({"number": value})
    try:
        raise ValueError(value)
    except ValueError:
        log.exception("it failed")
    assert VALUE not in stream.getvalue() and stream.getvalue().count(MASK) == 4


@pytest.mark.parametrize(
    "write", [json.dumps, pickle.dumps, copy.copy, copy.deepcopy, vars], ids=["json", "pickle", "copy", "deep", "vars"]
)
def test_it_cannot_be_written_anywhere_unsealed(value, write):
    with pytest.raises(TypeError):
        write(value)


def test_it_takes_no_other_attributes_and_reveals_on_purpose_only(value):
    with pytest.raises(AttributeError):
        value.note = "x"
    assert value.reveal() == VALUE


def test_equal_values_are_equal_and_no_string_is(value):
    assert value == Sensitive(VALUE, "another mask") and value != Sensitive("1", MASK)
    assert value != VALUE and VALUE not in {str(value), MASK}


# The seal


def test_what_is_sealed_opens_in_its_own_context_only():
    sealed = seal(VALUE, context=CONTEXT)
    assert unseal(sealed, context=CONTEXT) == unseal(memoryview(sealed), context=CONTEXT) == VALUE
    assert VALUE.encode() not in sealed
    with pytest.raises(InvalidTag):
        unseal(sealed, context="person.phone")


def test_the_same_value_is_never_sealed_alike():
    assert len({seal(VALUE, context=CONTEXT) for _time in range(50)}) == 50


@pytest.mark.parametrize("place", [1, 12, 13, -1])
def test_a_changed_byte_does_not_open(place):
    sealed = bytearray(seal(VALUE, context=CONTEXT))
    sealed[place] ^= 1
    with pytest.raises(InvalidTag):
        unseal(bytes(sealed), context=CONTEXT)


def test_an_older_key_still_opens_and_the_newest_seals(keys):
    before = seal(VALUE, context=CONTEXT)
    stored = json.loads(keys.read_text())
    stored["sealing"]["2"] = "ab" * 32
    keys.write_text(json.dumps(stored))
    _forget_keys()
    after = seal(VALUE, context=CONTEXT)
    assert (before[0], after[0]) == (1, 2)
    assert unseal(before, context=CONTEXT) == unseal(after, context=CONTEXT) == VALUE
    with pytest.raises(InvalidTag):
        unseal(bytes([2]) + before[1:], context=CONTEXT)


def test_keys_are_made_once_and_for_the_owner_only(keys):
    assert sensitive.city_keys().current == 1
    first = keys.read_text()
    _forget_keys()
    sensitive._make_keys(keys)
    assert keys.read_text() == first and keys.stat().st_mode & 0o777 == 0o600
    assert [path.name for path in keys.parent.iterdir()] == ["city.json"]


def test_eight_threads_that_need_keys_at_once_get_the_same_ones(keys):
    gate = Barrier(8, timeout=20)

    def ask(_number: int) -> bytes:
        gate.wait()
        return blind_index(VALUE, context=CONTEXT)

    with ThreadPoolExecutor(8) as pool:
        assert len(set(pool.map(ask, range(8)))) == 1
    assert [path.name for path in keys.parent.iterdir()] == ["city.json"]


def test_a_blind_index_finds_equal_values_of_one_column_under_one_city_key(keys):
    found = blind_index(VALUE, context=CONTEXT)
    assert found == blind_index(VALUE, context=CONTEXT) and len(found) == 16
    assert len({found, blind_index(VALUE, context="person.phone"), blind_index("1", context=CONTEXT)}) == 3
    keys.unlink()
    _forget_keys()
    assert blind_index(VALUE, context=CONTEXT) != found


# The canary: nothing that was typed stays readable anywhere


NUMBER, PHONE, CHANGED_PHONE = id_number(), "13977100001", "13977100002"


def everything_stored(city: dict) -> Iterator[tuple[str, bytes]]:
    """Every row of every table as bytes, with binary columns opened; read past all policies."""
    with database.find_server().admin(city["name"]) as line:
        tables = line.execute(
            "SELECT table_schema, table_name FROM information_schema.tables"
            " WHERE table_type = 'BASE TABLE' AND table_schema NOT IN ('pg_catalog', 'information_schema')"
        ).fetchall()
        for schema, table in tables:
            query = psycopg.sql.SQL("SELECT * FROM {}").format(psycopg.sql.Identifier(schema, table))
            for row in line.execute(query):
                yield table, b"\0".join(_as_bytes(cell) for cell in row)


def _as_bytes(cell: object) -> bytes:
    if isinstance(cell, bytes | memoryview):
        return _opened(bytes(cell))
    return (json.dumps(cell, ensure_ascii=False) if isinstance(cell, dict | list) else str(cell)).encode()


def _opened(cell: bytes) -> bytes:
    """Packed bytes as they are, and unpacked where they are a common packing."""
    try:
        return cell + b"\0" + zlib.decompress(cell)
    except zlib.error:
        return cell


def plain_values_in(city: dict, values: list[str]) -> set[tuple[str, str]]:
    """The tables in which one of the values can be read."""
    wanted = [(value, value.encode()) for value in values]
    return {(table, value) for table, row in everything_stored(city) for value, plain in wanted if plain in row}


def everything_done(city: dict, at) -> list[str]:
    """Register, find, change, reveal, and bring in a ledger through the pages; the plain values that were typed."""
    client = assemble(at).county_clerk.client()

    def post(address: str, **typed: object) -> str:
        answer = client.post(address, {"idempotency_key": str(uuid4()), **typed})
        assert answer.status_code in (200, 302), (address, strip_tags(answer.content.decode()))
        return answer.get("Location", "")

    post(reverse("people:new"), id_number=NUMBER, name="覃小梅", area=VILLAGE, phone=PHONE, education="61")
    with within("4501"):
        person = Person.objects.get(name="覃小梅")
    post(reverse("people:edit", args=[person.pk]), name="覃小梅", phone=CHANGED_PHONE, education="61", version=1)
    for text in (NUMBER, PHONE, CHANGED_PHONE):
        post(reverse("counter:find"), q=text)
    post(reverse("people:identity"), id_number=NUMBER)
    asked = {"purpose": "verify", "case": "2026-1", "identifier": "id_number"}
    post(reverse("people:reveal", args=[person.pk]), **asked)
    client.get(reverse("counter:person", args=[person.pk]))
    rows = household()
    file = io.BytesIO(ledger(rows))
    file.name = "台账.xlsx"
    batch = post(reverse("intake:start", args=["rural_ledger"]), file=file)
    client.get(batch)
    post(f"{batch}accept/", which="good")
    return [NUMBER, PHONE, CHANGED_PHONE, *(row["公民身份号码"] for row in rows)]


@pytest.mark.city
def test_no_table_and_no_log_holds_a_plain_value(city, at, caplog):
    caplog.set_level(logging.DEBUG)  # what OPENPES_LOG=DEBUG does, and every statement sent to the database
    caplog.set_level(logging.DEBUG, logger="django.db.backends")
    connection.force_debug_cursor = True
    try:
        typed = everything_done(city, at)
    finally:
        connection.force_debug_cursor = False
    assert "INSERT INTO" in caplog.text and "/people/new" in caplog.text
    assert [value for value in typed if value in caplog.text] == []
    assert not logging.getLogger("django.template").isEnabledFor(logging.DEBUG)  # it would write whole forms
    assert plain_values_in(city, typed) == set()
    kept_in_sessions = json.dumps([session.get_decoded() for session in Session.objects.all()], ensure_ascii=False)
    assert [value for value in typed if value in kept_in_sessions] == []


@pytest.mark.city
def test_the_search_finds_a_plain_value_wherever_it_is_put(city, at):
    """The planted mistake: somebody stores the number in the open, as text, in JSON, as bytes and packed."""
    from openpes.kernel.models import AnsweredRequest

    told = {"account_id": 1, "content_hash": b"", "answered_at": at}
    AnsweredRequest.objects.create(key="text-" + VALUE, **told)
    AnsweredRequest.objects.create(key="json-json", headers={"Location": f"/?q={PHONE}"}, **told)
    AnsweredRequest.objects.create(key="bytes-bytes", body=f"<td>{NUMBER}</td>".encode(), **told)
    AnsweredRequest.objects.create(key="packed-packed", body=zlib.compress(CHANGED_PHONE.encode()), **told)
    found = plain_values_in(city, [VALUE, PHONE, NUMBER, CHANGED_PHONE, "13900000000"])
    assert found == {("kernel_answeredrequest", value) for value in (VALUE, PHONE, NUMBER, CHANGED_PHONE)}


def test_many_values_are_sealed_as_one_is():
    values = [VALUE, "", "韦小兰", VALUE]
    sealed = seal_each(values, context="person.id_number")
    assert [unseal(text, context="person.id_number") for text in sealed] == values
    assert len({text[:13] for text in sealed}) == 4  # no nonce twice
    assert blind_index_each(values, context="a") == [blind_index(value, context="a") for value in values]
