"""Twenty-five times kill -9 in the middle of registrations: what was acknowledged is there, once, and whole."""

import random
import time

import psycopg

from tests.stories.crash_city import Clients, CrashCity, crash_city

ROUNDS = 25
CLIENTS = 4
SEED = 20261123

# Each query finds rows that stand alone; none may.
HALF_WRITTEN = {
    "a person without exactly one home": """
        SELECT p.id FROM people_person p LEFT JOIN people_residence r ON r.person_id = p.id
        GROUP BY p.id HAVING count(r.id) <> 1""",
    "a person without exactly one line in the journal": """
        SELECT p.id FROM people_person p
        LEFT JOIN audit_journalentry j ON j.person = p.id AND j.event = 'people.PersonRegistered'
        GROUP BY p.id HAVING count(j.id) <> 1""",
    "a line in the journal without its person": """
        SELECT j.id FROM audit_journalentry j
        WHERE j.event = 'people.PersonRegistered' AND j.person NOT IN (SELECT id FROM people_person)""",
    "a registration without exactly one line in the journal": """
        SELECT s.id FROM registration_statusperiod s
        LEFT JOIN audit_journalentry j ON j.person = s.person_id AND j.event = 'registration.UnemploymentRegistered'
        GROUP BY s.id HAVING count(j.id) <> 1""",
    "a line in the journal without its registration": """
        SELECT j.id FROM audit_journalentry j WHERE j.event = 'registration.UnemploymentRegistered'
        AND j.person NOT IN (SELECT person_id FROM registration_statusperiod)""",
    "a person registered twice": "SELECT name FROM people_person GROUP BY name HAVING count(*) > 1",
    "two registrations at once": """
        SELECT person_id FROM registration_statusperiod GROUP BY person_id HAVING count(*) > 1""",
    "an answered request without its answer": "SELECT key FROM kernel_answeredrequest WHERE status = 0",
}


def verify(city: CrashCity, clients: Clients, *, all_answered: bool) -> None:
    """What was acknowledged is there, nothing stands alone, and there is nothing that nobody sent."""
    for what, query in HALF_WRITTEN.items():
        assert city.rows(query) == [], what
    people = dict(city.rows("SELECT id, name FROM people_person"))
    periods = {pk for (pk,) in city.rows("SELECT id FROM registration_statusperiod")}
    answered = dict(city.rows("SELECT key, headers FROM kernel_answeredrequest"))
    for intent in clients.persons:
        if intent.location:
            assert people[int(intent.location.rstrip("/").rsplit("/", 1)[1])] == intent.typed["name"]
            assert answered[intent.key]["Location"] == intent.location
    for intent in clients.periods:
        if intent.location:
            assert int(intent.location.split("/")[2]) in periods
            assert answered[intent.key]["Location"] == intent.location
    assert answered.keys() <= {intent.key for intent in [*clients.persons, *clients.periods]}
    assert len(answered) == len(people) + len(periods)
    if all_answered:
        assert (len(people), len(periods)) == (len(clients.persons), len(clients.periods))


def test_25_times_kill_9_lose_no_acknowledged_write():
    chance = random.Random(SEED)
    with crash_city("crash") as city:
        city.start_web()
        clients = Clients(city, CLIENTS)
        clients.sign_in()
        repeated = 0
        for number in range(ROUNDS):
            clients.start()
            time.sleep(chance.uniform(0.2, 0.7))
            if number % 2:
                city.strike_web()
                clients.stop()
                city.start_web()
            else:
                city.strike_database()
                city.start_database()
                clients.stop()  # who asked while it was down has waited for it
                city.web.wait()
            verify(city, clients, all_answered=False)
            repeated += clients.repeat_unanswered()
            verify(city, clients, all_answered=True)
        again = clients.send(chance.choice([intent for intent in clients.persons if intent.location]))
        assert again["Idempotency-Replayed"] == "true"
        verify(city, clients, all_answered=True)
        assert len(clients.persons) > 2 * ROUNDS
        assert repeated > 0, "No blow fell in the middle of a request; the test would prove nothing."


def test_the_blow_is_real_a_server_that_does_not_wait_for_the_disk_loses_acknowledged_writes():
    """The planted mistake: commits that are acknowledged before they are written."""
    with crash_city("crash_planted", empty=True) as city:
        with psycopg.connect(city.dsn, autocommit=True) as line:
            line.execute("ALTER SYSTEM SET wal_writer_delay = '10s'")
            line.execute("SELECT pg_reload_conf()")
            line.execute("CREATE TABLE planted (number int)")
            time.sleep(0.3)
            line.execute("SET synchronous_commit TO off")
            for number in range(200):
                line.execute("INSERT INTO planted VALUES (%s)", [number])
        city.strike_database()
        city.start_database()
        with psycopg.connect(city.dsn) as line:
            assert line.execute("SELECT count(*) FROM planted").fetchone()[0] < 200
