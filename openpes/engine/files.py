"""Reads the files of `openpes/data`, the only thing outside its arguments that the engine may read."""

import csv
import tomllib
from importlib.resources import files
from importlib.resources.abc import Traversable
from typing import Any


def _folder() -> Traversable:
    return files("openpes") / "data"


def rows(name: str) -> list[dict[str, str]]:
    """The rows of a CSV file of the data folder, every value as text."""
    text = (_folder() / name).read_text(encoding="utf-8")
    return list(csv.DictReader(text.splitlines()))


def document(name: str) -> dict[str, Any]:
    """A TOML file of the data folder."""
    return tomllib.loads((_folder() / name).read_text(encoding="utf-8"))


def documents(folder: str) -> dict[str, dict[str, Any]]:
    """All TOML files of a folder of the data folder, by name without ending, in alphabetical order."""
    found = sorted(item.name for item in (_folder() / folder).iterdir() if item.name.endswith(".toml"))
    return {name.removesuffix(".toml"): document(f"{folder}/{name}") for name in found}
