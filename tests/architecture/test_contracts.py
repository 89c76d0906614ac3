"""The import contracts hold, and each catches a planted import."""

import shutil
import subprocess
import sys

import pytest

from tests.architecture.house import ROOT

PLANTED = {
    "Floors": ("openpes/people/queries/__init__.py", "from openpes.referrals import models as planted\n"),
    "Stairs": ("openpes/people/models/__init__.py", "from openpes.people import queries as planted\n"),
    "Windows": ("openpes/referrals/queries.py", "from openpes.people import rules as planted\n"),
    "Rules": ("openpes/people/rules/__init__.py", "from openpes.people import models as planted\n"),
    "Engine": ("openpes/engine/calendars.py", "import django\n"),
    "No circles": ("openpes/kernel/clock.py", "from openpes.kernel import publishing as planted\n"),
}


def lint(root) -> str:
    command = [
        sys.executable,
        "-c",
        "from importlinter.cli import lint_imports; raise SystemExit(lint_imports(no_cache=True))",
    ]
    answer = subprocess.run(
        command, cwd=root, capture_output=True, text=True, env={"PYTHONPATH": str(root), "PATH": "/usr/bin"}
    )
    return answer.stdout + answer.stderr


@pytest.fixture(scope="module")
def planted_output(tmp_path_factory) -> str:
    root = tmp_path_factory.mktemp("house")
    ignore = shutil.ignore_patterns("static", "data", "migrations", "__pycache__", "templates")
    shutil.copytree(ROOT / "openpes", root / "openpes", ignore=ignore)
    shutil.copytree(ROOT / "tests" / "architecture", root / "tests" / "architecture", ignore=ignore)
    (root / "tests" / "__init__.py").touch()
    shutil.copy(ROOT / "pyproject.toml", root)
    for file, line in PLANTED.values():
        target = root / file
        target.touch()
        target.write_text(target.read_text() + "\n" + line)
    return lint(root)


def test_the_contracts_hold():
    output = lint(ROOT)
    assert "Contracts: 6 kept, 0 broken." in output, output


@pytest.mark.parametrize("contract", PLANTED)
def test_a_contract_catches_its_planted_import(contract, planted_output):
    broken = [line for line in planted_output.splitlines() if line.startswith(contract) and "BROKEN" in line]
    assert len(broken) == 1, planted_output


def test_there_is_no_exception_to_the_contracts():
    assert "ignore_imports" not in (ROOT / "pyproject.toml").read_text().replace("There is no ignore_imports", "")
