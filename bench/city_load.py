"""A city at work: every service point acts every twenty seconds while visitors search, on one web server.

After the load that is the goal, shares of it are sent until the highest is found that the desk does not feel.
"""

import http.client
import math
import threading
import time
from bisect import bisect
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import accumulate
from pathlib import Path
from random import Random
from urllib.parse import quote, urlencode

from bench.city import AT, BenchCity
from bench.highest import highest
from bench.newcomers import newcomers
from bench.plain_registration import PlainRegistration
from bench.plain_rows import PlainPerson, WideVacancy, make, plain_persons, wide_vacancies
from bench.registration import COUNTY, plain_settings, signed_in
from bench.servers import HOST, our_site, plain_site
from bench.table import Line, timed
from bench.timing import Times
from openpes.config import database
from openpes.kernel import within
from openpes.kernel.action import PLATFORM
from openpes.matching.actions import renew_search_index
from openpes.people.models import Person

EVERY = 20.0  # seconds between two acts of a service point
LINES = 64  # connections that wait at a time
FELT = 0.5  # seconds that 99 of 100 acts of a desk may take
TRIAL = 10  # seconds of arrivals at one share of the load
PATIENCE = 3.0  # a request of a trial that could not be sent for so long ends it
FOREVER = float("inf")
QUERIES = Path(__file__).parent / "concept_queries.tsv"
# Of a hundred acts: who comes is looked for, the file is opened, a newcomer is entered, the start page is looked at.
ACTS = {"find": 55, "file": 25, "register": 15, "home": 5}
PEER = "bare Django views, JSON: ILIKE on one wide row with the same facets, LIKE on names, one insert; no sign-in"


Sources = tuple[Iterator[tuple[str, str, str]], Iterator[str]]  # what desks do, and what visitors look for


@dataclass(frozen=True, order=True)
class Request:
    """What is sent at a moment (seconds from the start), and whether a visitor or a desk sends it."""

    at: float
    by_visitor: bool
    method: str
    path: str
    body: str = ""


@dataclass
class Answered:
    """Seconds from the moment at which a request was due until its last byte, by who sent it; and what went wrong."""

    desk: list[float]
    visitors: list[float]
    wrong: list[str]

    @property
    def unfelt(self) -> bool:
        """Whether nothing went wrong and the desk hardly ever waited."""
        return not self.wrong and bool(self.desk) and _p99(self.desk) <= FELT


def measure(city: BenchCity) -> list[Line]:
    """The same arrivals at both sites; each answer must be a success."""
    city.prepare()
    with city.connect(database.OWNER) as owner:
        make(owner, PlainRegistration)
        make(owner, WideVacancy, wide_vacancies())
        make(owner, PlainPerson, plain_persons())
    renew_search_index(by=PLATFORM, at=AT)  # as the worker does in its first minute; here it stands still
    seconds = city.sizes.load_seconds * 1.25  # the first fifth warms up
    sources = _sources(city, plain=False)
    ours = _arrivals(city, sources, seconds)
    plain = _arrivals(city, _sources(city, plain=True), seconds)
    with our_site(city.stored) as port:
        headers = signed_in()
        send_all(port, ours[: len(ours) // 5], headers)  # a server that has been up for a while
        got = send_all(port, _as_new(ours[len(ours) // 5 :]), headers)

        trial, trials = min(TRIAL, city.sizes.load_seconds), dict[float, Answered]()

        def holds(share: float) -> bool:
            trials[share] = send_all(port, _arrivals(city, sources, trial, share), headers, PATIENCE)
            return trials[share].unfelt

        share = highest(holds)
    with plain_site(plain_settings(city)) as port:
        send_all(port, plain[: len(plain) // 5], {})
        peer = send_all(port, _as_new(plain[len(plain) // 5 :]), {})
    assert not got.wrong, got.wrong[:5]
    rate = city.sizes.points / EVERY
    return [
        timed(
            f"{city.sizes.points:,} service points at work, {rate:.0f} acts/s", _times(got.desk, peer.desk), PEER,
            _told(got.desk, peer),
        ),
        timed(
            f"beside them {city.sizes.searches_a_second} searches/s", _times(got.visitors, peer.visitors), PEER,
            _told(got.visitors, peer),
        ),
        _carried(city, share, trials.get(share)),
    ]  # fmt: skip


def _carried(city: BenchCity, share: float, got: Answered | None) -> Line:
    sizes, rate = city.sizes, city.sizes.points / EVERY
    trial = min(TRIAL, sizes.load_seconds)
    told = f"p99 at the desk {_p99(got.desk) * 1000:.0f} ms, none wrong" if got else "not even the least share holds"
    return Line(
        f"highest load with p99 ≤ {FELT * 1000:.0f} ms at the desk, in trials of {trial} s", "acts/s",
        share * rate, rate, f"the goal, {sizes.points:,} points and {sizes.searches_a_second} searches/s",
        f"{share * sizes.points:,.0f} points and {share * sizes.searches_a_second:.0f} searches/s; {told}",
    )  # fmt: skip


def _p99(seconds: Sequence[float]) -> float:
    return sorted(seconds)[math.ceil(0.99 * len(seconds)) - 1]


def _told(ours: Sequence[float], peer: Answered) -> str:
    return f"the same arrivals, {len(ours):,} answered, none wrong; of the alternative {len(peer.wrong):,} wrong"


def _times(ours: Sequence[float], plain: Sequence[float]) -> tuple[Times, Times]:
    return Times(tuple(ours)), Times(tuple(plain))


def _as_new(requests: Sequence[Request]) -> list[Request]:
    first = requests[0].at
    return [Request(one.at - first, one.by_visitor, one.method, one.path, one.body) for one in requests]


def _sources(city: BenchCity, *, plain: bool) -> Sources:
    return _acts(city, plain=plain), _searches(city, plain=plain)


def _arrivals(city: BenchCity, sources: Sources, seconds: float, share: float = 1.0) -> list[Request]:
    """Points at even distances from moments of their own, visitors at random moments (Poisson)."""
    sizes, rng = city.sizes, Random(city.sizes.seed)
    acts, asked = sources
    moments = [
        first + EVERY * turn for first in (rng.uniform(0, EVERY) for _ in range(round(share * sizes.points)))
        for turn in range(int(seconds / EVERY) + 1)
    ]  # fmt: skip
    found = [Request(at, False, *next(acts)) for at in sorted(moments) if at < seconds]
    rate = share * sizes.searches_a_second
    at = rng.expovariate(rate)
    while at < seconds:
        found.append(Request(at, True, "GET", next(asked)))
        at += rng.expovariate(rate)
    return sorted(found)


def _acts(city: BenchCity, *, plain: bool) -> Iterator[tuple[str, str, str]]:
    rng = Random(city.sizes.seed + 1)
    with within(COUNTY):
        people = list(Person.objects.visible_to(COUNTY).order_by("id").values_list("id", "name")[:5000])
    new = iter(newcomers(10 * city.sizes.load_seconds * city.sizes.points, COUNTY))
    form = _plain_act if plain else _our_act
    while True:
        (kind,) = rng.choices([*ACTS], [*ACTS.values()])
        pk, name = rng.choice(people)
        fields = next(new).fields() | {"idempotency_key": f"load-{rng.getrandbits(60):x}"} if kind == "register" else {}
        yield form(kind, pk, name, fields)


def _our_act(kind: str, pk: int, name: str, fields: Mapping[str, str]) -> tuple[str, str, str]:
    return {
        "find": ("POST", "/counter/find/", urlencode({"q": name})),
        "file": ("GET", f"/counter/person/{pk}/", ""),
        "home": ("GET", "/counter/", ""),
        "register": ("POST", "/people/new", urlencode(fields)),
    }[kind]


def _plain_act(kind: str, _pk: int, name: str, fields: Mapping[str, str]) -> tuple[str, str, str]:
    if kind == "register":
        return "POST", "/register", urlencode(fields)
    return "GET", f"/find?q={quote(name)}", ""


def _searches(city: BenchCity, *, plain: bool) -> Iterator[str]:
    """Questions of visitors, the first of the list most often (Zipf): few are asked by many, many by few."""
    rng = Random(city.sizes.seed + 2)
    texts = [line.split("\t")[0] for line in QUERIES.read_text(encoding="utf-8").splitlines()[1:]]
    asked = [(text, page) for page in ("", "&sort=pay") for text in ["", *texts]]
    rng.shuffle(asked)
    steps = list(accumulate(1 / rank for rank in range(1, len(asked) + 1)))
    while True:
        text, page = asked[bisect(steps, rng.random() * steps[-1])]
        yield f"/search?q={quote(text)}" if plain else f"/portal/?q={quote(text)}{page}"


def send_all(port: int, requests: Sequence[Request], headers: Mapping[str, str], patience: float = FOREVER) -> Answered:
    """Send each request when it is due over a line that is free; one that finds none waits, and its time runs.

    When one has waited longer than the patience, that is noted as wrong, and the rest is left.
    """
    answered, todo, lock = Answered([], [], []), iter(requests), threading.Lock()
    began = time.perf_counter()

    def line() -> None:
        connection = http.client.HTTPConnection(HOST, port, timeout=60)
        while True:
            with lock:
                request = next(todo, None)
            if request is None:
                break
            late = time.perf_counter() - began - request.at
            if late > patience:
                with lock:
                    answered.wrong.append(f"{request.path}: not sent for {late:.1f} s")
                break
            time.sleep(max(0.0, -late))
            wrong = _sent(connection, request, headers)
            seconds = time.perf_counter() - began - request.at
            with lock:
                (answered.visitors if request.by_visitor else answered.desk).append(seconds)
                answered.wrong += wrong
        connection.close()

    threads = [threading.Thread(target=line) for _ in range(LINES)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return answered


def _sent(connection: http.client.HTTPConnection, request: Request, headers: Mapping[str, str]) -> list[str]:
    """What is wrong with the answer; nothing as a rule."""
    own = {} if request.by_visitor else dict(headers)
    if request.path.endswith("/find/"):
        own["HX-Request"] = "true"  # as the find box asks
    if request.body:
        own["Content-Type"] = "application/x-www-form-urlencoded"
    try:
        connection.request(request.method, request.path, request.body or None, own)
        answer = connection.getresponse()
        answer.read()
    except (OSError, http.client.HTTPException) as error:
        connection.close()
        return [f"{request.path}: {error!r}"]
    return [] if answer.status in (200, 302) else [f"{request.path}: {answer.status}"]
