"""An appointment as a calendar file that telephones and computers take in (RFC 5545)."""

from dataclasses import dataclass
from datetime import UTC, datetime

LINE = 73  # octets of a line; a longer one goes on in the next with a blank in front


@dataclass(frozen=True, kw_only=True)
class CalendarEntry:
    """One appointment: its own name for ever, how often it was moved, when, what, where."""

    uid: str
    sequence: int
    begins: datetime
    ends: datetime
    made_at: datetime
    title: str
    place: str
    text: str
    cancelled: bool = False


def calendar_file(entry: CalendarEntry) -> bytes:
    """The file of one appointment; taken in again after a move, it replaces the former one."""
    lines = [
        "BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//OpenPES//interviews//EN",
        f"METHOD:{'CANCEL' if entry.cancelled else 'PUBLISH'}", "BEGIN:VEVENT", f"UID:{entry.uid}",
        f"SEQUENCE:{entry.sequence}", f"DTSTAMP:{_utc(entry.made_at)}", f"DTSTART:{_utc(entry.begins)}",
        f"DTEND:{_utc(entry.ends)}", f"SUMMARY:{_text(entry.title)}", f"LOCATION:{_text(entry.place)}",
        f"DESCRIPTION:{_text(entry.text)}", f"STATUS:{'CANCELLED' if entry.cancelled else 'CONFIRMED'}",
        "END:VEVENT", "END:VCALENDAR",
    ]  # fmt: skip
    return "".join(f"{_folded(line)}\r\n" for line in lines).encode()


def _utc(moment: datetime) -> str:
    return moment.astimezone(UTC).strftime("%Y%m%dT%H%M%SZ")


def _text(text: str) -> str:
    """Text with what the format reads otherwise written as escapes, and no control characters."""
    plain = "".join(sign for sign in text.replace("\r\n", "\n") if sign == "\n" or sign >= " ")
    for sign, escape in (("\\", "\\\\"), (";", "\\;"), (",", "\\,"), ("\n", "\\n")):
        plain = plain.replace(sign, escape)
    return plain


def _folded(line: str) -> str:
    """A line in pieces of at most 75 octets, no character torn apart."""
    pieces, piece, size = [], "", 0
    for sign in line:
        width = len(sign.encode())
        if size + width > LINE:
            pieces, piece, size = [*pieces, piece], "", 0
        piece, size = piece + sign, size + width
    return "\r\n ".join([*pieces, piece])
