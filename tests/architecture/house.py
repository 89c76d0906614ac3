"""What imports do not show: checks over source text and the framework's registry, each a list of findings."""

import ast
import re
import tomllib
from collections.abc import Callable, Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
STAIRS = {
    "__init__", "urls", "views", "api", "admin", "jobs", "subscriptions", "forms", "actions", "queries", "models",
    "rules", "events", "permissions", "choices", "templates", "static", "migrations", "templatetags", "README",
}  # fmt: skip
OWN_SHAPE = {"kernel", "engine", "config", "data"}
BANNED_WORDS = {
    "utils", "util", "helpers", "helper", "common", "misc", "base", "core", "manager", "service", "services",
    "handler", "handlers", "processor", "data", "info",
}  # fmt: skip
BANNED_STARTS = ("do_", "perform_")
WRITERS = {"save", "create", "bulk_create", "bulk_update", "get_or_create", "update_or_create", "delete", "update"}
WRITING_FILES = {"actions", "models", "jobs", "subscriptions"}
MAX_FILE_LINES, MAX_FUNCTION_LINES = 400, 40
LEAKS = re.compile(
    r"/(?:w" r"ork|t" r"mp|r" r"oot)/[a-z]|ind" r"ex-url|regi" r"stry\.npm|py" r"pi\.org|files\.pyth" r"onhosted"
)


def floors(pyproject: Path = ROOT / "pyproject.toml") -> dict[str, int]:
    """Each room's floor, read from the contract: 0 is the engine."""
    contracts = tomllib.loads(pyproject.read_text())["tool"]["importlinter"]["contracts"]
    layers = next(c["layers"] for c in contracts if c["id"] == "floors")
    return {room.strip(" ()"): number for number, layer in enumerate(reversed(layers)) for room in layer.split("|")}


def python_files(root: Path) -> Iterator[Path]:
    """The product's own Python files, migrations apart."""
    for file in sorted((root / "openpes").rglob("*.py")):
        if "migrations" not in file.parts:
            yield file


def room_and_stair(file: Path, root: Path) -> tuple[str, str]:
    """The room of a file and the stair on which it stands."""
    parts = file.relative_to(root / "openpes").parts
    return parts[0], (Path(parts[1]).stem if len(parts) > 1 else "")


def strange_files(root: Path) -> list[str]:
    """Files that have no place in a room."""
    found = []
    for room in sorted((root / "openpes").iterdir()):
        if room.is_dir() and room.name not in OWN_SHAPE and room.name != "__pycache__":
            found += [
                f"{room.name}/{item.name} has no place in a room"
                for item in sorted(room.iterdir())
                if item.stem not in STAIRS and item.name != "__pycache__"
            ]
    return found


def long_files(root: Path) -> list[str]:
    """Files past 400 lines and functions past 40."""
    found = []
    for file in python_files(root):
        text = file.read_text()
        name = file.relative_to(root)
        if (lines := text.count("\n")) > MAX_FILE_LINES:
            found.append(f"{name} has {lines} lines")
        for node in ast.walk(ast.parse(text)):
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef) and _length(node) > MAX_FUNCTION_LINES:
                found.append(f"{name}: {node.name} has {_length(node)} lines")
    return found


def long_tests(root: Path) -> list[str]:
    """Files past 400 lines beside the product: tests and measurements."""
    files = [file for place in ("tests", "bench") for file in sorted((root / place).rglob("*.py"))]
    counted = [(file.relative_to(root), file.read_text().count("\n")) for file in files]
    return [f"{name} has {lines} lines" for name, lines in counted if lines > MAX_FILE_LINES]


def _length(node: ast.FunctionDef | ast.AsyncFunctionDef) -> int:
    return (node.end_lineno or node.lineno) - node.lineno + 1


def many_parameters(root: Path) -> list[str]:
    """Functions with more than six parameters beside `by` and `at`."""
    found = []
    for file in python_files(root):
        for node in ast.walk(ast.parse(file.read_text())):
            if isinstance(node, ast.FunctionDef):
                names = [a.arg for a in node.args.args + node.args.kwonlyargs]
                names = [n for n in names if n not in ("self", "cls", "by", "at")]
                if len(names) > 6:
                    found.append(f"{file.relative_to(root)}: {node.name} takes {len(names)} parameters")
    return found


def banned_names(root: Path) -> list[str]:
    """Names that say nothing."""
    found = []
    for file in python_files(root):
        name = file.relative_to(root)
        words = {file.stem}
        if words & BANNED_WORDS:
            found.append(f"{name} is a drawer")
        for node in ast.walk(ast.parse(file.read_text())):
            if isinstance(node, ast.ClassDef | ast.FunctionDef):
                last = re.split(r"_|(?<=[a-z])(?=[A-Z])", node.name)[-1].lower()
                if node.name.startswith(BANNED_STARTS) or (isinstance(node, ast.ClassDef) and last in BANNED_WORDS):
                    found.append(f"{name}: {node.name} says nothing")
    return found


def writes_in_wrong_places(root: Path) -> list[str]:
    """Calls that write to the database outside actions, models, jobs and subscriptions."""
    found = []
    for file in python_files(root):
        room, stair = room_and_stair(file, root)
        if room in ("kernel", "engine", "config") or stair in WRITING_FILES:
            continue
        for node in ast.walk(ast.parse(file.read_text())):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr in WRITERS:
                owner = ast.unparse(node.func.value)
                if "objects" in owner or node.func.attr in ("save", "bulk_create", "get_or_create"):
                    found.append(f"{file.relative_to(root)}:{node.lineno} writes: {owner}.{node.func.attr}")
    return found


def careless_actions(root: Path) -> list[str]:
    """Public actions that are not keyword-only, or do not end with `by` and `at`."""
    found = []
    for file in python_files(root):
        if room_and_stair(file, root)[1] != "actions":
            continue
        for node in ast.parse(file.read_text()).body:
            if isinstance(node, ast.FunctionDef) and any(_is_action(d) for d in node.decorator_list):
                names = [a.arg for a in node.args.kwonlyargs]
                if node.args.args or node.args.vararg or names[-2:] != ["by", "at"]:
                    found.append(f"{file.relative_to(root)}: {node.name} is not keyword-only ending with by, at")
    return found


def _is_action(decorator: ast.expr) -> bool:
    return isinstance(decorator, ast.Name) and decorator.id == "action"


def naive_clocks(root: Path) -> list[str]:
    """Places that look at a clock of their own."""
    pattern = re.compile(r"datetime\.now\(|datetime\.utcnow\(|date\.today\(|timezone\.now\(|localdate\(")
    return [
        f"{file.relative_to(root)}:{number} looks at a clock of its own"
        for file in python_files(root)
        if file.relative_to(root).as_posix() != "openpes/kernel/clock.py"
        for number, line in enumerate(file.read_text().splitlines(), 1)
        if pattern.search(line)
    ]


def dates_of_machines(root: Path) -> list[str]:
    """Sentences that are filled with a date as machines write it; `kernel.days` writes it as the reader does."""
    return [
        f"{file.relative_to(root)}:{node.lineno} fills a sentence with isoformat(); use kernel.days.spoken_day"
        for file in python_files(root)
        for node in ast.walk(ast.parse(file.read_text()))
        if isinstance(node, ast.BinOp) and isinstance(node.op, ast.Mod) and ".isoformat()" in ast.unparse(node.right)
    ]


def float_money(root: Path) -> list[str]:
    """Money that is not whole fen."""
    found = []
    for file in python_files(root):
        for node in ast.walk(ast.parse(file.read_text())):
            if not isinstance(node, ast.Assign | ast.AnnAssign):
                continue
            targets = node.targets if isinstance(node, ast.Assign) else [node.target]
            name = next((t.id for t in targets if isinstance(t, ast.Name)), "")
            said = ast.unparse(node).split("=", 1)[-1] + ast.unparse(getattr(node, "annotation", None) or ast.Name(""))
            if re.search(r"_fen$|(^|_)(pay|wage|amount|subsidy|money)(_|$)", name) and re.search(
                r"FloatField|DecimalField|\bfloat\b", said
            ):
                found.append(f"{file.relative_to(root)}:{node.lineno} keeps money in {name} as a fraction")
    return found


def impure_rules(root: Path) -> list[str]:
    """Rules that import from the framework more than the marking of sentences for translation."""
    found = []
    for file in python_files(root):
        if room_and_stair(file, root)[1] != "rules":
            continue
        for node in ast.walk(ast.parse(file.read_text())):
            names = [node.module or ""] if isinstance(node, ast.ImportFrom) else []
            names += [alias.name for alias in node.names] if isinstance(node, ast.Import) else []
            found += [
                f"{file.relative_to(root)} imports {name}"
                for name in names
                if name.startswith("django") and name != "django.utils.translation"
            ]
    return found


URL_TAG = re.compile(r"""{%\s*url\s+['"]([a-z_]+):""")


def templates_that_look_up(root: Path, floor_of: dict[str, int]) -> list[str]:
    """Templates that name a URL of a higher floor."""
    found = []
    for file in sorted((root / "openpes").glob("*/templates/**/*.html")):
        room = file.relative_to(root / "openpes").parts[0]
        for match in URL_TAG.finditer(file.read_text()):
            other = match.group(1)
            if other in floor_of and floor_of[other] > floor_of[room]:
                found.append(f"{file.relative_to(root)} names a URL of {other}, which stands above {room}")
    return found


def inline_code_in_templates(root: Path) -> list[str]:
    """Templates that the content security policy would break: inline styles, handlers or scripts."""
    pattern = re.compile(
        r"\sstyle=[\"']|\son(?:click|change|input|load|error|submit|focus|blur|toggle|key\w+|mouse\w+|pointer\w+|touch\w+)=[\"']|<style|<script(?![^>]*\b(src|type=\"application/(ld\+)?json\"))"
    )
    return [
        f"{file.relative_to(root)}:{number}"
        for file in sorted((root / "openpes").glob("*/templates/**/*.html"))
        for number, line in enumerate(file.read_text().splitlines(), 1)
        if pattern.search(line)
    ]


def leaks(root: Path, files: Callable[[], list[str]]) -> list[str]:
    """Committed lines that name a place of one machine or a package registry."""
    found = []
    for name in files():
        file = root / name
        if file.is_file() and file.suffix in {".py", ".toml", ".md", ".html", ".lock", ".txt", ".js", ".css", ""}:
            for number, line in enumerate(file.read_text(errors="ignore").splitlines(), 1):
                if LEAKS.search(line):
                    found.append(f"{name}:{number}")
    return found
