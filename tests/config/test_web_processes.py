"""Several web processes are one server: they measure together, and together they allow what one allowed."""

import re
from urllib.request import Request, urlopen

import pytest
from django.test import override_settings

from openpes.config import processes
from tests.cast import assemble
from tests.served import served

HEALTHY = re.compile(r'django_http_responses_total_by_status_view_method_total\{[^}]*view="health"[^}]*\} (\d+)')
ASKED = 24


@pytest.mark.city
def test_any_process_tells_what_all_of_them_measured(city, at):
    assert processes.WEB_PROCESSES >= 1
    with override_settings(SECRET_KEY=city["secret_key"]), served(city, at=at) as base:
        cookie = assemble(at).administrator.client().cookies["sessionid"].value
        for _number in range(ASKED):
            urlopen(f"{base}/health", timeout=10).close()
        told = [_measured(base, cookie) for _number in range(6)]
    assert min(told) >= ASKED, "a process told its own share only"


def _measured(base: str, cookie: str) -> int:
    with urlopen(Request(f"{base}/metrics", headers={"Cookie": f"sessionid={cookie}"}), timeout=10) as answer:
        return sum(int(found) for found in HEALTHY.findall(answer.read().decode()))


def test_measurements_of_an_earlier_server_are_gone(monkeypatch, tmp_path):
    monkeypatch.setattr(processes.database, "VAR", tmp_path)
    folder = processes._place_of_measurements(8000)
    left = tmp_path / "measurements" / "8000" / "counter_1.db"
    left.write_bytes(b"old")
    assert processes._place_of_measurements(8000) == folder and not left.exists()
