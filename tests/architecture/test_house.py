"""The house is as HOUSE says, and each check catches the mistake that is planted for it."""

import subprocess

import pytest

from tests.architecture import house

FLOORS = house.floors()
CHECKS = [
    house.strange_files,
    house.long_files,
    house.many_parameters,
    house.banned_names,
    house.writes_in_wrong_places,
    house.careless_actions,
    house.naive_clocks,
    house.dates_of_machines,
    house.float_money,
    house.impure_rules,
    lambda root: house.templates_that_look_up(root, FLOORS),
    house.inline_code_in_templates,
]
NAMES = [
    "strange_files", "long_files", "many_parameters", "banned_names", "writes_in_wrong_places", "careless_actions",
    "naive_clocks", "dates_of_machines", "float_money", "impure_rules", "templates_that_look_up",
    "inline_code_in_templates",
]  # fmt: skip
PLANTED = {
    "strange_files": ("people/utils.py", "x = 1\n"),
    "long_files": ("people/queries.py", "x = 1\n" * 401),
    "many_parameters": ("people/queries.py", "def find(a, b, c, d, e, f, g): ...\n"),
    "banned_names": ("people/queries.py", "class PersonManager: ...\n"),
    "writes_in_wrong_places": ("people/views.py", "def f(p):\n    p.objects.create()\n"),
    "careless_actions": ("people/actions.py", "@action\ndef register(person, by, at): ...\n"),
    "naive_clocks": ("people/rules.py", "from datetime import date\nTODAY = date.today()\n"),
    "dates_of_machines": ("people/rules.py", 'def why(on):\n    return _("On %(day)s.") % {"day": on.isoformat()}\n'),
    "float_money": ("people/models.py", "pay_fen = models.FloatField()\n"),
    "impure_rules": ("people/rules.py", "from django.db import models\n"),
    "templates_that_look_up": ("people/templates/people/x.html", "{% url 'counter:home' %}"),
    "inline_code_in_templates": ("people/templates/people/x.html", '<p style="color:red">'),
}


@pytest.mark.parametrize("check", CHECKS, ids=NAMES)
def test_the_house_keeps_its_shape(check):
    assert check(house.ROOT) == []


@pytest.mark.parametrize(("check", "name"), list(zip(CHECKS, NAMES, strict=True)), ids=NAMES)
def test_the_check_catches_its_planted_mistake(check, name, tmp_path):
    where, text = PLANTED[name]
    file = tmp_path / "openpes" / where
    file.parent.mkdir(parents=True)
    file.write_text(text)
    assert len(check(tmp_path)) == 1


def test_tests_and_measurements_keep_their_length_too():
    assert house.long_tests(house.ROOT) == []


def test_a_long_test_file_is_found(tmp_path):
    (tmp_path / "tests").mkdir()
    (tmp_path / "tests" / "test_all.py").write_text("x = 1\n" * 401)
    assert house.long_tests(tmp_path) == ["tests/test_all.py has 401 lines"]


def committed() -> list[str]:
    answer = subprocess.run(["git", "ls-files"], cwd=house.ROOT, capture_output=True, text=True, check=True)
    return answer.stdout.splitlines()


def test_nothing_committed_names_a_machine_or_a_registry():
    assert house.leaks(house.ROOT, committed) == []
    assert "uv.lock" not in committed()


def test_a_machine_path_in_a_committed_file_is_found(tmp_path):
    (tmp_path / "note.md").write_text("see /" + "work/main\n")
    assert house.leaks(tmp_path, lambda: ["note.md"]) == ["note.md:1"]


def test_the_floors_are_read_from_the_contract():
    assert FLOORS["engine"] == 0 < FLOORS["kernel"] < FLOORS["people"] < FLOORS["counter"] < FLOORS["config"]
    assert {"training", "insurance", "exchange", "ledger"} <= FLOORS.keys()


def test_every_room_has_its_readme():
    rooms = [
        r for r in (house.ROOT / "openpes").iterdir() if r.is_dir() and r.name not in (*house.OWN_SHAPE, "__pycache__")
    ]
    assert [room.name for room in rooms if not (room / "README.md").is_file()] == []
