"""A large worksheet as programs usually write it, read by the column: which text stands in which cell.

It knows one narrow form of XML, says `NotPlain` at the first byte that is anything else, and then the general reader
reads the file; both say the same of every file that is read here. Like `child`, it imports nothing of the product.
"""

import re
import zipfile
from collections.abc import Iterator
from operator import gt
from typing import Any, TypeAlias
from xml.etree import ElementTree

import numpy as np
import numpy.typing as npt

Ints: TypeAlias = npt.NDArray[np.int64]
Bytes: TypeAlias = npt.NDArray[np.uint8]

CHUNK, TEXTS_AT_A_TIME = 1 << 20, 50_000
MOST_TEXT, MOST_TEXTS, MOST_SMALL = 96 << 20, 2_000_000, 1 << 18
PACKAGE, WORKBOOK, RELATIONS = "_rels/.rels", "xl/workbook.xml", "xl/_rels/workbook.xml.rels"
TEXTS, STYLES = "xl/sharedStrings.xml", "xl/styles.xml"
SPREADSHEET = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
RELATED = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
KINDS = {"worksheet": "", "sharedStrings": TEXTS, "styles": STYLES}  # and where such a part stands
TEXT = re.compile(rb'<si><t(?: xml:space="preserve")?>([^<]*)</t></si>')
PHONETIC = re.compile(rb'<phoneticPr(?: (?:fontId|type|alignment)="\w+")*/>')
ENTITIES = (("&lt;", "<"), ("&gt;", ">"), ("&quot;", '"'), ("&apos;", "'"), ("&amp;", "&"))
OTHER_ENTITY = re.compile(r"&(?!(?:lt|gt|quot|apos|amp);)")
ODD_TEXT = re.compile(r"_x|[\x00-\x08\x0b-\x1f\x7f\ufffe\uffff]")
# A cell that has only a style, or a row that has only a height.
EMPTY = re.compile(rb'<c r="[A-Z]{1,3}\d{1,7}"(?: s="\d{1,5}")?/>|<row r="\d{1,7}"[^<>]*/>')
ROW = re.compile(rb'<row r="([1-9]\d{0,6})"[^<>]*>')
NUMBER = re.compile(rb"-?(?:0|[1-9]\d{0,14})(?:\.\d{1,17})?(?:E[+-]?\d{1,2})?")
PLAIN_FORMATS = frozenset({0, 1, 2, 3, 4, 9, 10, 11, 12, 13, 37, 38, 39, 40, 48, 49})  # none of them makes a day
PLAIN_FORM = re.compile(r"[#0?,.%@ ]+|General")
LT, C, R, V, SLASH, QUOTE, SMALL_S, SMALL_T, SMALL_N = b'<crv/"stn'


class NotPlain(Exception):
    """The file is not of the narrow form; whether it is right is for another reader to say."""


def table(path: str, limits: dict[str, int]) -> Iterator[dict[str, Any]]:
    """The first worksheet: its name, its different values, and for pieces of its rows which value stands in a cell.

    A value is named by its place among all `values` so far; each piece has the `count` of its rows, its `width`, and
    the `places` of its cells row by row as int32, -1 for an empty cell.

    :raises NotPlain: the file is not of the narrow form
    """
    with zipfile.ZipFile(path) as archive:
        members = _Members(archive, limits["unpacked_bytes"])
        name, sheet = _first_sheet(members)
        members.read_rest({sheet, TEXTS, STYLES, PACKAGE, WORKBOOK, RELATIONS})
        texts = _texts(members)
        for first in range(0, max(len(texts), 1), TEXTS_AT_A_TIME):
            yield {"sheet": name, "values": texts[first : first + TEXTS_AT_A_TIME]}
        reader = _Rows(len(texts), _plain_styles(members), limits)
        for chunk in _chunks(members.pieces(sheet)):
            yield reader.read(chunk)
        yield {"rows": reader.last}


class _Members:
    """The parts of a workbook, each unpacked once, all together no more than may be."""

    def __init__(self, archive: zipfile.ZipFile, most: int) -> None:
        self.archive, self.left = archive, most
        self.names = archive.namelist()
        if len(set(self.names)) != len(self.names):
            raise NotPlain("a part occurs twice")

    def pieces(self, name: str) -> Iterator[bytes]:
        """A part in pieces."""
        with self.archive.open(name) as member:
            while piece := member.read(CHUNK):
                self.left -= len(piece)
                if self.left < 0:
                    raise NotPlain("unpacks to too much")
                yield piece

    def whole(self, name: str, most: int) -> bytes:
        """A part that is not large."""
        found, size = [], 0
        for piece in self.pieces(name):
            found.append(piece)
            size += len(piece)
            if size > most:
                raise NotPlain("a part is too large")
        return b"".join(found)

    def read_rest(self, known: set[str]) -> None:
        """Unpack what is not needed all the same: a damaged or huge part damages the file."""
        for name in self.names:
            if name not in known:
                if name.startswith("xl/worksheets/") and name.endswith(".xml"):
                    raise NotPlain("there is another worksheet")
                for _piece in self.pieces(name):
                    pass


def _first_sheet(members: _Members) -> tuple[str, str]:
    """The name and the part of the only worksheet."""
    if _targets(_tree(members, PACKAGE), "officeDocument") != [WORKBOOK]:
        raise NotPlain("no workbook")
    book, found = _tree(members, WORKBOOK), _tree(members, RELATIONS)
    sheets = book.findall(f"{SPREADSHEET}sheets/{SPREADSHEET}sheet")
    counted = {made.get("date1904", "0") for made in book.iter(f"{SPREADSHEET}workbookPr")}
    if len(sheets) != 1 or sheets[0].get("state", "visible") != "visible" or counted - {"0", "false"}:
        raise NotPlain("not one visible sheet, or days are counted otherwise")
    wanted = [one.get("Target", "") for one in found if one.get("Id") == sheets[0].get(f"{{{RELATED}}}id")]
    parts = {kind: [f"xl/{target}" for target in _targets(found, kind)] for kind in KINDS}
    name, part = sheets[0].get("name") or "", f"xl/{''.join(wanted)}"
    if parts["worksheet"] != [part] or part not in members.names or not part.endswith(".xml"):
        raise NotPlain("no such worksheet")
    if any(parts[kind] != [there] * (there in members.names) for kind, there in KINDS.items() if there):
        raise NotPlain("parts elsewhere")
    if not name or not name.isprintable() or "_x" in name:
        raise NotPlain("an odd name")
    return name, part


def _targets(relations: ElementTree.Element, kind: str) -> list[str]:
    return [one.get("Target", "") for one in relations if one.get("Type") == f"{RELATED}/{kind}"]


def _tree(members: _Members, part: str) -> ElementTree.Element:
    content = members.whole(part, MOST_SMALL) if part in members.names else b""
    if b"<!" in content:
        raise NotPlain("a document type")
    try:
        return ElementTree.fromstring(content)
    except ElementTree.ParseError:
        raise NotPlain("no XML") from None


def _texts(members: _Members) -> list[str]:
    if TEXTS not in members.names:
        return []
    content = members.whole(TEXTS, MOST_TEXT)
    if b"<phoneticPr" in content:
        content = PHONETIC.sub(b"", content)
    start = content.find(b"<si>")
    if start < 0:
        raise NotPlain("no texts")
    found = TEXT.findall(content, start)
    tags = content.count(b"<si><t>"), content.count(b'<si><t xml:space="preserve">')
    rest = len(found) * len(b"</t></si>") + tags[0] * len(b"<si><t>") + tags[1] * len(b'<si><t xml:space="preserve">')
    end = start + rest + sum(map(len, found))
    if sum(tags) != len(found) or len(found) > MOST_TEXTS or content[end:].strip() != b"</sst>":
        raise NotPlain("texts with parts")
    try:
        words = b"\n\x00".join(found).decode()
    except UnicodeDecodeError:
        raise NotPlain("no UTF-8") from None
    if ODD_TEXT.search(words.replace("\n\x00", "")) or OTHER_ENTITY.search(words):
        raise NotPlain("odd characters")
    if "&" in words:
        for written, meant in ENTITIES:
            words = words.replace(written, meant)
    return words.split("\n\x00")


def _plain_styles(members: _Members) -> npt.NDArray[np.bool_]:
    """For each style whether a number in it is a number and no day."""
    if STYLES not in members.names:
        return np.zeros(0, bool)
    tree = _tree(members, STYLES)
    own = {form.get("numFmtId"): form.get("formatCode", "") for form in tree.iter(f"{SPREADSHEET}numFmt")}
    plain = {str(known) for known in PLAIN_FORMATS} - own.keys()
    plain |= {number for number, form in own.items() if number and PLAIN_FORM.fullmatch(form)}
    forms = tree.findall(f"{SPREADSHEET}cellXfs/{SPREADSHEET}xf")
    return np.array([form.get("numFmtId", "0") in plain for form in forms], bool)


def _chunks(pieces: Iterator[bytes]) -> Iterator[bytes]:
    """The rows of a worksheet in pieces that end with a row; what stands around them is left out."""
    head = next(pieces, b"")
    start = head.find(b"<sheetData>")
    if start < 0 or b"<row" in head[:start] or b"<!" in head[:start]:
        raise NotPlain("no rows")
    rest = head[start + len(b"<sheetData>") :]
    for piece in pieces:
        if (end := rest.rfind(b"</row>") + len(b"</row>")) < len(b"</row>") or rest.find(b"</sheetData>") >= 0:
            if len(rest) > CHUNK:
                raise NotPlain("a row is too long")
        else:
            yield rest[:end]
            rest = rest[end:]
        rest += piece
    end = rest.find(b"</sheetData>")
    tail = rest[end:]
    if end < 0 or b"<row" in tail or b"<c " in tail or b"<sheetData" in tail:
        raise NotPlain("the rows do not end")
    yield rest[:end]


class _Rows:
    """Reads pieces of rows, one after the other; `last` is the number of the last row so far."""

    def __init__(self, texts: int, plain_styles: npt.NDArray[np.bool_], limits: dict[str, int]) -> None:
        self.texts, self.plain_styles = texts, plain_styles
        self.most_rows, self.most_columns = limits["rows"], limits["columns"]
        self.numbers: dict[bytes, int] = {}
        self.last = 0

    def read(self, chunk: bytes) -> dict[str, Any]:
        """One piece: the numbers in it that are new, and the places of its cells."""
        if b"/>" in chunk:
            chunk = EMPTY.sub(b"", chunk)
        if not chunk:
            return {"values": [], "count": 0, "width": 0, "places": b""}
        marks = _Marks(chunk)
        rows = self._row_numbers(chunk, marks)
        columns = self._columns(marks, rows)
        known = len(self.numbers)
        places = self._places(chunk, marks)
        first, self.last = self.last + 1, rows[-1]
        width = int(columns.max()) + 1 if len(columns) else 0
        cells = np.full((self.last - first + 1, width), -1, np.int32)
        cells[np.array(rows)[marks.row_of] - first, columns] = places
        fresh = [float(number) for number in list(self.numbers)[known:]]
        return {"values": fresh, "count": len(cells), "width": width, "places": cells.tobytes()}

    def _row_numbers(self, chunk: bytes, marks: "_Marks") -> list[int]:
        heads = b"".join([chunk[start:end] for start, end in zip(*marks.row_heads, strict=True)])
        written = ROW.findall(heads)
        if len(written) != len(marks.row_heads[0]) or ROW.sub(b"", heads):
            raise NotPlain("an odd row")
        rows = list(map(int, written))
        before = [self.last, *rows[:-1]]
        if not all(map(gt, rows, before)):
            raise NotPlain("rows out of order")
        if rows[-1] > self.most_rows:
            raise NotPlain("a far row")
        return rows

    def _columns(self, marks: "_Marks", rows: list[int]) -> Ints:
        """The column of each cell from 0; its reference must say the row in which it stands."""
        data, first = marks.data, marks.cells + len(b'<c r="')
        one, two = data[first].astype(np.int64) - 64, data[first + 1].astype(np.int64) - 64
        has_two = two >= 1
        if not (((one >= 1) & (one <= 26)).all() and (two[has_two] <= 26).all()):
            raise NotPlain("an odd reference")
        columns = np.where(has_two, one * 26 + two, one) - 1
        digits = np.array([str(row) for row in rows], "S8").view(np.uint8).reshape(-1, 8)
        marks.after = first + 1 + has_two
        lengths = np.array([len(str(row)) for row in rows], np.int64)[marks.row_of]
        for place in range(int(lengths.max()) if len(lengths) else 0):
            right = data[marks.after + place] == digits[:, place][marks.row_of]
            if not (right | (place >= lengths)).all():
                raise NotPlain("a cell of another row")
        marks.after += lengths
        same_row = marks.row_of[1:] == marks.row_of[:-1]
        if (data[marks.after] != QUOTE).any() or (columns[1:] <= columns[:-1])[same_row].any():
            raise NotPlain("cells out of order")
        if len(columns) and columns.max() >= self.most_columns:
            raise NotPlain("a far column")
        return columns

    def _places(self, chunk: bytes, marks: "_Marks") -> Ints:
        """The place of the value of each cell among all values."""
        data, opened = marks.data, marks.values
        between = opened - marks.after - 1  # from the quote after the reference to the value, with the > of the cell
        kind = data[opened - 3]
        typed = (
            (between >= 7) & (data[opened - 7] == 32) & (data[opened - 6] == SMALL_T) & (data[opened - 4] == QUOTE)
            & (data[opened - 2] == QUOTE) & (data[opened - 5] == 61)
        )  # fmt: skip
        if (typed & (kind != SMALL_S) & (kind != SMALL_N)).any() or (data[opened - 1] != 62).any():
            raise NotPlain("a cell of another kind")
        is_text = typed & (kind == SMALL_S)
        self._refuse_odd_styles(data, marks.after + 1, between - np.where(typed, 7, 1), is_text)
        places = np.empty(len(opened), np.int64)
        places[is_text] = self._text_places(data, opened[is_text] + 3, marks.ends[is_text])
        places[~is_text] = self._number_places(chunk, opened[~is_text] + 3, marks.ends[~is_text])
        return places

    def _refuse_odd_styles(self, data: Bytes, start: Ints, length: Ints, is_text: npt.NDArray[np.bool_]) -> None:
        """Let a cell have nothing but a style besides, and a number only one that makes no day of it."""
        some = length != 0
        start, length, is_text = start[some], length[some], is_text[some]
        if not len(start):
            return
        # b' s="0"' has six characters
        if (length < 6).any() or (length > 9).any():
            raise NotPlain("an odd attribute")
        formed = (
            (data[start] == 32) & (data[start + 1] == SMALL_S) & (data[start + 2] == 61)
            & (data[start + 3] == QUOTE) & (data[start + length - 1] == QUOTE)
        )  # fmt: skip
        styles = _numbers_at(data, start + 4, start + length - 1)
        if not formed.all() or (styles[~is_text] >= len(self.plain_styles)).any():
            raise NotPlain("an odd attribute")
        if not self.plain_styles[styles[~is_text]].all():
            raise NotPlain("a number that may be a day")

    def _text_places(self, data: Bytes, start: Ints, end: Ints) -> Ints:
        places = _numbers_at(data, start, end)
        if len(places) and places.max() >= self.texts:
            raise NotPlain("a text that is not there")
        return places

    def _number_places(self, chunk: bytes, start: Ints, end: Ints) -> Ints:
        written = [chunk[one:other] for one, other in zip(start.tolist(), end.tolist(), strict=True)]
        for number in dict.fromkeys(written):
            if number not in self.numbers:
                if not NUMBER.fullmatch(number):
                    raise NotPlain("an odd number")
                self.numbers[number] = self.texts + len(self.numbers)
        return np.fromiter(map(self.numbers.__getitem__, written), np.int64, len(written))


class _Marks:
    """Where the tags of a piece stand; it is made of rows of cells with a value each, and of nothing else."""

    def __init__(self, chunk: bytes) -> None:
        self.data: Bytes = np.frombuffer(chunk + bytes(8), np.uint8)
        self.after: Ints = np.zeros(0, np.int64)  # where the reference of each cell ends, as soon as it is read
        tags = np.flatnonzero(self.data == LT)
        kinds = self.data[tags + 1]
        heads, cells = np.flatnonzero(kinds == R), np.flatnonzero(kinds == C)
        if len(tags) != 4 * len(cells) + 2 * len(heads) or chunk.count(b">") != len(tags):
            raise NotPlain("other tags")
        if chunk and (not len(heads) or tags[0] != 0 or not chunk.endswith(b"</row>")):
            raise NotPlain("something beside the rows")
        ends = np.append(heads[1:], len(tags)) - 1  # the end of a row comes before the next one
        self.cells, self.values, self.ends = tags[cells], tags[cells + 1], tags[cells + 2]
        self._refuse_other_order(tags, kinds, heads, ends, cells)
        self.row_heads = tags[heads].tolist(), tags[heads + 1].tolist()
        self.row_of = np.repeat(np.arange(len(heads)), (ends - heads - 1) // 4)

    def _refuse_other_order(self, tags: Ints, kinds: Bytes, heads: Ints, ends: Ints, cells: Ints) -> None:
        """Each row begins, has cells of four tags each, and ends; nothing stands between these."""
        after, of_rows = tags[cells + 3], tags[ends]
        right = (
            ((ends - heads - 1) % 4 == 0).all() and (ends > heads).all()
            and np.isin(kinds[heads + 1], (C, SLASH)).all() and np.isin(kinds[cells + 4], (C, SLASH)).all()
            and self._stands(b'<c r="', self.cells) and self._stands(b"<v>", self.values)
            and self._stands(b"</v></c>", self.ends) and (after == self.ends + len(b"</v>")).all()
            and (tags[cells + 4] == after + len(b"</c>")).all()
            and self._stands(b"</row>", of_rows) and (tags[heads[1:]] == of_rows[:-1] + len(b"</row>")).all()
        )  # fmt: skip
        if not right:
            raise NotPlain("another order")

    def _stands(self, words: bytes, places: Ints) -> bool:
        return all((self.data[places + at] == sign).all() for at, sign in enumerate(words) if at)


def _numbers_at(data: Bytes, start: Ints, end: Ints) -> Ints:
    """The whole numbers that are written between two places of the data each, of one to seven digits."""
    lengths = end - start
    if len(lengths) and (lengths.min() < 1 or lengths.max() > 7):
        raise NotPlain("no number")
    found = np.zeros(len(start), np.int64)
    for place in range(int(lengths.max()) if len(lengths) else 0):
        within = place < lengths
        digits = data[end - 1 - place].astype(np.int64) - 48
        if (((digits < 0) | (digits > 9)) & within).any():
            raise NotPlain("no number")
        found += np.where(within, digits, 0) * 10**place
    return found
