"""Whether a file is a table at all, an Excel workbook or lines of text, told by its first bytes and its directory."""

import zipfile
from pathlib import Path

from openpes.engine.sheets.grid import MIB, Limits, SheetRefused

ZIP, OLE, PDF = b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", b"%PDF"
MEMBERS_AT_MOST = 1000
WORKBOOK = "xl/workbook.xml"


def refuse_wrong_container(path: Path, limits: Limits) -> None:
    """Refuse a file that is empty, too large, neither an .xlsx workbook nor a text table, damaged, or too full inside.

    :raises SheetRefused: with the reason and what to do
    """
    size = path.stat().st_size
    if size == 0:
        raise SheetRefused("The file is empty. Choose the Excel file that you filled in.")
    if size > limits.file_bytes:
        raise SheetRefused(
            "The file has %(size)s MB; at most %(most)s MB are accepted. Split it into several files.",
            size=-(-size // MIB),
            most=limits.file_bytes // MIB,
        )
    with path.open("rb") as file:
        head = file.read(65536)
    if head.startswith(ZIP):
        _refuse_wrong_archive(path, limits)
    else:
        _refuse_other_kind(path, head)


def _refuse_other_kind(path: Path, head: bytes) -> None:
    if head.startswith(OLE):
        if _mentions(path, "EncryptedPackage"):
            raise SheetRefused("The file is protected by a password. Remove the password and send it again.")
        raise SheetRefused(
            "This is a workbook of the old kind (.xls). Open it and save it as “Excel workbook (.xlsx)”."
        )
    if head.startswith(PDF):
        raise SheetRefused("This is a PDF, not an Excel file. Send the workbook it was printed from.")
    if not _is_text_table(head):
        raise SheetRefused("This is not an Excel file. Only workbooks saved as .xlsx are accepted.")


def _mentions(path: Path, name: str) -> bool:
    """Say whether an OLE file has an entry of this name: its directory may stand anywhere in the file."""
    return name.encode("utf-16-le") in path.read_bytes()


def _is_text_table(head: bytes) -> bool:
    """Say whether the bytes are lines with separators in UTF-8, UTF-16 or GB18030, as WPS writes."""
    encodings = ["utf-16"] if head[:2] in (b"\xff\xfe", b"\xfe\xff") else ["utf-8-sig", "gb18030"]
    for encoding in encodings:
        try:
            # A character may be cut at the end of what was read.
            words = head[: len(head) - 4 if len(head) > 60000 else None].decode(encoding)
        except UnicodeDecodeError:
            continue
        printable = all(character.isprintable() or character in "\t\r\n" for character in words)
        return printable and any(separator in words for separator in ",;\t") and not words.lstrip().startswith("<")
    return False


def _refuse_wrong_archive(path: Path, limits: Limits) -> None:
    try:
        with zipfile.ZipFile(path) as archive:
            members = archive.infolist()
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError):
        raise SheetRefused("The file is damaged or was not sent completely. Save it again and send it again.") from None
    names = {member.filename for member in members}
    if any(member.flag_bits & 1 for member in members):
        raise SheetRefused("The file is protected by a password. Remove the password and send it again.")
    if "xl/workbook.bin" in names:
        raise SheetRefused("This is a binary workbook (.xlsb). Open it and save it as “Excel workbook (.xlsx)”.")
    if WORKBOOK not in names or "[Content_Types].xml" not in names:
        raise SheetRefused("This is not an Excel file. Only workbooks saved as .xlsx are accepted.")
    unpacked = sum(member.file_size for member in members)
    if unpacked > limits.unpacked_bytes or len(members) > MEMBERS_AT_MOST:
        raise SheetRefused(
            "The workbook unpacks to %(size)s MB in %(members)s parts; at most %(most)s MB in %(parts)s parts "
            "are accepted. Copy the table into a new workbook.",
            size=-(-unpacked // MIB),
            members=len(members),
            most=limits.unpacked_bytes // MIB,
            parts=MEMBERS_AT_MOST,
        )
