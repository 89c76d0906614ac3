"""Small real pictures for tests, made without a drawing library."""

import base64
import struct
import zlib

# A grey square of 16 by 16 points, as a camera would write it.
JPEG_HEAD = bytes.fromhex("ffd8ffe000104a46494600010100000100010000")


def chunk(name: bytes, body: bytes) -> bytes:
    return struct.pack(">I", len(body)) + name + body + struct.pack(">I", zlib.crc32(name + body))


def png(width: int = 4, height: int = 3, *, extra: bytes = b"", rows: bytes | None = None) -> bytes:
    """A picture in colour; `extra` chunks stand before the image data."""
    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    drawn = rows if rows is not None else (b"\0" + b"\x20\x60\xc0" * width) * height
    return (
        b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + extra + chunk(b"IDAT", zlib.compress(drawn)) + chunk(b"IEND", b"")
    )


def segment(marker: int, body: bytes) -> bytes:
    return bytes((0xFF, marker)) + (len(body) + 2).to_bytes(2) + body


def jpeg(*, extra: bytes = b"", width: int = 8, height: int = 8, tail: bytes = b"") -> bytes:
    """One grey block of 8 by 8 points in baseline coding; `extra` segments stand after the first one."""
    table = segment(0xDB, b"\0" + bytes([16] * 64))
    frame = segment(0xC0, b"\x08" + height.to_bytes(2) + width.to_bytes(2) + b"\x01\x01\x11\0")
    one_code = bytes([1] + [0] * 15) + b"\0"  # one code of one bit, for the value nought
    codes = segment(0xC4, b"\x00" + one_code) + segment(0xC4, b"\x10" + one_code)
    scan = segment(0xDA, b"\x01\x01\0\0\x3f\0") + b"\x3f"  # difference 0, end of block, filled up with ones
    return JPEG_HEAD + extra + table + frame + codes + scan + b"\xff\xd9" + tail


def exif(orientation: int, order: str = ">", secret: bytes = b"22.8170N 108.3669E") -> bytes:
    """What a telephone writes about a photograph: how it was held, and where."""
    mark = b"MM" if order == ">" else b"II"
    entries = struct.pack(order + "HHIHH", 0x0112, 3, 1, orientation, 0) + struct.pack(
        order + "HHII", 0x8825, 4, 1, 0
    )
    tiff = mark + struct.pack(order + "HI", 42, 8) + struct.pack(order + "H", 2) + entries + bytes(4) + secret
    return segment(0xE1, b"Exif\0\0" + tiff)


TINY_GIF = base64.b64decode("R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAIBRAA7")
