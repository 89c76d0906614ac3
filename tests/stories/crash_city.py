"""A city of its own that is struck down and put up again: its database server, its web server, its clients."""

import ctypes
import json
import os
import re
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from datetime import date
from http.client import HTTPConnection, HTTPException, HTTPResponse
from http.cookies import SimpleCookie
from pathlib import Path
from threading import Event, Lock, Thread
from typing import Any
from urllib.parse import urlencode
from uuid import uuid4

import psutil
import psycopg

from openpes.config import database, processes
from openpes.engine.identifiers import INVENTED_COUNTY, compose_resident_id
from tests.cast import PASSWORD, VILLAGE

CLERK = "crash_clerk"
CLOCK = "2026-11-23T09:30:00+08:00"
START = (
    "import json; from openpes.config import database as d; s = d.find_server();"
    " print(json.dumps({'dsn': s.admin_dsn, 'pid': s.embedded.get_pid(), 'stored': d.set_up(s)}))"
)
MIGRATE = "import json, sys; from openpes.config import database as d; d.migrate(json.loads(sys.argv[1]))"
PEOPLE_IT = (
    "import tests.template as t; t.fill();"
    " from openpes.access.actions import open_account, grant_role; from openpes.kernel import clock;"
    " from openpes.kernel.action import PLATFORM as p; at = clock.now();"
    f" a = open_account(username='{CLERK}', name='韦建华', password='{PASSWORD}', by=p, at=at);"
    " grant_role(account=a.pk, role='county_clerk', scope='450103', by=p, at=at)"
)


class CrashCity:
    """A database server in a folder of its own, and the web server before it."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        without = {name: value for name, value in os.environ.items() if name != "DATABASE_URL"}
        self.environment = without | {"OPENPES_VAR": str(folder), "OPENPES_KEYS": str(folder / "keys" / "city.json")}
        self.dsn, self.postmaster, self.stored = "", 0, dict[str, Any]()
        self.web: processes.CityProcesses | None = None
        self.address = ("127.0.0.1", 0)

    def set_up(self) -> None:
        """A migrated database with the areas and one clerk."""
        self.start_database()
        self._python("-c", MIGRATE, json.dumps(self.stored))
        place = database.environment_for(self.stored) | {"OPENPES_ROLE": database.APP, "OPENPES_CLOCK": CLOCK}
        self._python("-m", "django", "shell", "-v", "0", "-c", PEOPLE_IT, **place)

    def start_database(self) -> None:
        """What every start of the platform does, after a crash too."""
        told = json.loads(self._python("-c", START))
        self.dsn, self.postmaster, self.stored = told["dsn"], told["pid"], told["stored"]

    def start_web(self) -> None:
        settings = {"OPENPES_ROLE": database.APP, "OPENPES_STATIC": "", "OPENPES_LOG": "CRITICAL"}
        place = database.environment_for(self.stored) | {"OPENPES_CLOCK": CLOCK}
        environment = self.environment | place | settings
        port = processes.free_port("127.0.0.1", 0)
        self.web = processes.CityProcesses(environment, "127.0.0.1", port)
        self.web.start(worker=False)
        self.web.wait()
        self.address = ("127.0.0.1", port)

    def strike_database(self) -> None:
        """kill -9 for the postmaster and every process of its own."""
        _kill_tree(self.postmaster)

    def strike_web(self) -> None:
        """kill -9 for the web server and its workers."""
        assert self.web is not None
        for process in self.web.processes:
            _kill_tree(process.pid)
            process.wait()

    def rows(self, query: str) -> list[tuple]:
        """What the database holds, read past all policies."""
        with psycopg.connect(self.dsn, dbname=self.stored["name"]) as line:
            line.execute(f"SET search_path TO city_{database.CITY}")
            return line.execute(query).fetchall()

    def _python(self, *arguments: str, **more: str) -> str:
        command = [sys.executable, "-W", "ignore", *arguments]
        environment = self.environment | more
        done = subprocess.run(command, env=environment, cwd=database.ROOT, capture_output=True, text=True, check=False)
        assert done.returncode == 0, done.stderr
        return done.stdout.strip().splitlines()[-1] if done.stdout.strip() else ""


def _kill_tree(pid: int) -> None:
    """Stop a process of ours and its children without a word, and wait until they are gone."""
    with suppress(psutil.NoSuchProcess):
        parent = psutil.Process(pid)
        parent.suspend()  # so that it starts no child between the look and the blow
        family = [parent, *parent.children(recursive=True)]
        for process in family:
            with suppress(psutil.NoSuchProcess):
                process.kill()
        psutil.wait_procs(family, timeout=10)


ADOPT = 36  # PR_SET_CHILD_SUBREAPER of prctl(2)


@contextmanager
def adopting_orphans() -> Iterator[None]:
    """Be the parent of a killed server's children, so that they are buried at once and not when the system finds time.

    As long as a postmaster lies unburied, the next one refuses to start.
    """
    prctl = getattr(ctypes.CDLL(None), "prctl", lambda *_arguments: None)
    prctl(ADOPT, 1, 0, 0, 0)
    try:
        yield
    finally:
        prctl(ADOPT, 0, 0, 0, 0)


@contextmanager
def crash_city(name: str, *, empty: bool = False) -> Iterator[CrashCity]:
    """A city of its own that leaves nothing behind; an empty one has a database server and no tables."""
    folder = Path(os.environ["OPENPES_VAR"]) / f"{name}_{os.getpid()}"
    city = CrashCity(folder)
    with adopting_orphans():
        try:
            city.start_database() if empty else city.set_up()
            yield city
        finally:
            if city.web:
                city.strike_web()
            if city.postmaster:
                city.strike_database()
            shutil.rmtree(folder, ignore_errors=True)


@dataclass
class Intent:
    """A request that a client wants to take effect, with the key under which it is repeated."""

    path: str
    typed: dict[str, str]
    key: str = field(default_factory=lambda: str(uuid4()))
    location: str = ""


class Clients:
    """Clerks who register persons and their unemployment, one after the other, whatever the server does."""

    def __init__(self, city: CrashCity, count: int) -> None:
        self.city, self.count = city, count
        self.cookies: dict[str, str] = {}
        self.persons: list[Intent] = []
        self.periods: list[Intent] = []
        self.unanswered = 0
        self._lock, self._stop, self._threads, self._number = Lock(), Event(), list[Thread](), 0

    def sign_in(self) -> None:
        self._ask("GET", "/sign-in/login/")
        answer, _body = self._ask("POST", "/sign-in/login/", {"login": CLERK, "password": PASSWORD})
        assert answer.status == 302 and "sessionid" in self.cookies, answer.status

    def start(self) -> None:
        self._stop.clear()
        self._threads = [Thread(target=self._work) for _n in range(self.count)]
        for thread in self._threads:
            thread.start()

    def stop(self) -> None:
        """Let everybody finish or give up the request at hand."""
        self._stop.set()
        for thread in self._threads:
            thread.join()

    def open_intents(self) -> list[Intent]:
        """What was sent and never answered."""
        return [intent for intent in [*self.persons, *self.periods] if not intent.location]

    def repeat_unanswered(self) -> int:
        """Send everything that was not answered again, with the same keys, until it is."""
        left = self.open_intents()
        until = time.monotonic() + 30
        while time.monotonic() < until and self.open_intents():
            for intent in self.open_intents():
                self.send(intent)
        return len(left)

    def send(self, intent: Intent) -> Mapping[str, str]:
        """One try; the headers of the answer, or nothing when it did not come."""
        try:
            answer, body = self._ask("POST", intent.path, intent.typed, {"Idempotency-Key": intent.key})
        except (OSError, HTTPException):
            self.unanswered += 1
            return {}
        if answer.status >= 500:
            self.unanswered += 1
            return {}
        assert answer.status == 302, (answer.status, intent.path, TAGS.sub(" ", body))
        intent.location = answer.headers["Location"]
        return answer.headers

    def _work(self) -> None:
        answered = True
        while answered and not self._stop.is_set():
            person = self._next_person()
            answered = bool(self.send(person))
            if answered and not self._stop.is_set():
                pk = person.location.rstrip("/").rsplit("/", 1)[1]
                period = Intent(f"/registration/persons/{pk}/unemployment", dict(UNEMPLOYED))
                self.periods.append(period)
                answered = bool(self.send(period))

    def _next_person(self) -> Intent:
        with self._lock:
            self._number += 1
            number, year = self._number % 1000, 1985 + self._number // 1000
        identity = compose_resident_id(INVENTED_COUNTY, date(year, 6, 1), number)
        name = f"雀{identity[6:17].translate(HAN)}"
        typed = {"id_number": identity, "name": name, "area": VILLAGE, "education": "61"}
        intent = Intent("/people/new", typed)
        self.persons.append(intent)
        return intent

    def _ask(
        self, method: str, path: str, typed: dict[str, str] | None = None, headers: dict[str, str] | None = None
    ) -> tuple[HTTPResponse, str]:
        line = HTTPConnection(*self.city.address, timeout=10)
        try:
            sent = {
                "Cookie": "; ".join(f"{name}={value}" for name, value in self.cookies.items()),
                "X-CSRFToken": self.cookies.get("csrftoken", ""),
                "Content-Type": "application/x-www-form-urlencoded",
                **(headers or {}),
            }
            line.request(method, path, urlencode(typed or {}), sent)
            answer = line.getresponse()
            body = answer.read().decode(errors="replace")
        finally:
            line.close()
        for cookie in answer.headers.get_all("Set-Cookie") or ():
            self.cookies |= {name: morsel.value for name, morsel in SimpleCookie(cookie).items()}
        return answer, body


TAGS = re.compile(r"<[^>]*>|\s+")
HAN = str.maketrans("0123456789", "零一二三四五六七八九")
UNEMPLOYED = {"reason": "20", "from_on": "2026-11-02", "former_employer": "南宁旧厂", "proofs": "2", "willing": "on"}
