"""`openpes supply-demand`: a table of the quarterly report from published counts, as the report prints it."""

import json
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from openpes.engine.indicators import CountsRefused, OfficialRow, supply_demand


class UnreadableCounts(ValueError):
    """The file holds no counts of a table; says why and what to do."""


def from_file(path: Path, allot: str) -> str:
    """The table of a file `{"table": 5, "rows": [{"row", "demand", "seekers"}, …]}`, in the same form with its figures.

    :raises UnreadableCounts: the file is of another form
    :raises CountsRefused: the counts do not make the table
    """
    table, rows = _read(path)
    return as_json(table, supply_demand(table, rows, allot))


def as_json(table: int, rows: Iterable[OfficialRow]) -> str:
    """A printed table, a row a line: two decimals stay two (0.70), and what the report does not print is left out."""
    told = ",\n  ".join(row_as_json(row) for row in rows)
    return f'{{"table": {table}, "rows": [\n  {told}\n]}}'


def row_as_json(row: OfficialRow) -> str:
    """A printed row; a decimal number is written with all its digits."""
    cells = ((name, value) for name, value in row.as_dict().items() if value is not None)
    told = (f'"{name}": {_text(value) if name == "row" else value}' for name, value in cells)
    return f"{{{', '.join(told)}}}"


def _text(value: Any) -> str:
    told = json.dumps(value, ensure_ascii=False)
    return told if told.isprintable() and told.encode("utf-8", "replace").decode() == told else json.dumps(value)


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """An object of the file; of a member that is there twice nobody knows which one is meant."""
    names = [name for name, _value in pairs]
    twice = next((name for name in names if names.count(name) > 1), None)
    if twice is not None:
        raise UnreadableCounts(f"The member {_text(twice)} is given twice in one object. · 成员 {_text(twice)} 重复。")
    return dict(pairs)


def _read(path: Path) -> tuple[int, list[dict[str, Any]]]:
    try:
        given = json.loads(path.read_text(encoding="utf-8-sig"), object_pairs_hook=_once)
    except UnicodeDecodeError:
        raise UnreadableCounts("This is no UTF-8 text: save the file as UTF-8. · 文件不是 UTF-8 编码。") from None
    except json.JSONDecodeError as wrong:
        raise UnreadableCounts(
            f"This is no JSON: {wrong.msg} in line {wrong.lineno}. · 第 {wrong.lineno} 行不是有效的 JSON。"
        ) from None
    except RecursionError:
        raise UnreadableCounts("The JSON is nested too deeply. · JSON 嵌套过深。") from None
    except ValueError as wrong:
        if isinstance(wrong, UnreadableCounts):
            raise
        raise UnreadableCounts("A number in the file is longer than any count. · 文件中有过长的数字。") from None
    if not isinstance(given, dict) or "table" not in given or "rows" not in given:
        raise UnreadableCounts(
            'The file must hold {"table": number, "rows": [{"row": name, "demand": …, "seekers": …}, …]}. · 格式不符。'
        )
    table, rows = given["table"], given["rows"]
    if isinstance(table, bool) or not isinstance(table, int):
        raise UnreadableCounts(f"`table` must be the number of a table, not {_text(table)}. · table 须为表号。")
    if not isinstance(rows, list) or not all(isinstance(row, dict) and isinstance(row.get("row"), str) for row in rows):
        raise UnreadableCounts(
            '`rows` must be a list, and each of its members name its row: {"row": "男", …}. · 每行须有行名 row。'
        )
    if rows and all(row.get(side) is None for row in rows for side in ("demand", "seekers")):
        raise UnreadableCounts(
            'No row has a count: "demand" are the places, "seekers" the job seekers. · 各行均无 demand 和 seekers。'
        )
    return table, rows


__all__ = ["CountsRefused", "UnreadableCounts", "as_json", "from_file", "row_as_json"]
