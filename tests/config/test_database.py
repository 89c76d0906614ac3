"""The embedded server has the settings of a city, and none that could lose what was acknowledged."""

import time

import pytest

from openpes.config import database


@pytest.fixture
def server() -> database.Server:
    found = database.find_server()
    if not found.embedded:
        pytest.skip("DATABASE_URL names a server of its own, whose settings are not ours")
    return found


def setting(server: database.Server, name: str) -> tuple[str, str]:
    """The value in force, and where it comes from."""
    with server.admin("postgres") as connection:
        row = connection.execute(
            "SELECT current_setting(name), source FROM pg_settings WHERE name = %s", [name]
        ).fetchone()
    assert row is not None
    return row[0], row[1]


def comes_to(server: database.Server, value: str) -> bool:
    """Whether the server, which reads its files again in its own time, soon has this size."""
    for _try in range(100):
        if setting(server, "max_wal_size")[0] == value:
            return True
        time.sleep(0.05)
    return False


def test_the_embedded_server_keeps_its_settings_in_a_file_for_the_next_start(server):
    for name, value in database.EMBEDDED_SETTINGS.items():
        assert setting(server, name) == (value, "configuration file")


def test_a_setting_that_was_taken_away_comes_back(server):
    with server.admin("postgres") as connection:
        connection.execute("ALTER SYSTEM RESET max_wal_size")
        connection.execute("SELECT pg_reload_conf()")
    assert comes_to(server, "1GB")
    database._settle(server)
    assert comes_to(server, "4GB")


@pytest.mark.parametrize("name", ["fsync", "full_page_writes", "synchronous_commit"])
def test_no_setting_of_the_embedded_server_risks_an_acknowledged_write(server, name):
    assert name not in database.EMBEDDED_SETTINGS
    assert setting(server, name)[0] == "on"
