"""Pictures that come in: only what draws a JPEG or PNG is kept, and everything else in the file is dropped."""

import zlib
from collections.abc import Iterator
from dataclasses import dataclass

PNG_MARK = b"\x89PNG\r\n\x1a\n"
JPEG_MARK = b"\xff\xd8\xff"
PNG_DRAWS = frozenset((b"IHDR", b"PLTE", b"tRNS", b"IDAT", b"IEND"))
PNG_CHANNELS = {0: 1, 2: 3, 3: 1, 4: 2, 6: 4}  # samples a point, by colour type
PNG_DEPTHS = {0: (1, 2, 4, 8, 16), 2: (8, 16), 3: (1, 2, 4, 8), 4: (8, 16), 6: (8, 16)}
SOI, EOI, SOS, EXIF, ADOBE = 0xD8, 0xD9, 0xDA, 0xE1, 0xEE
JPEG_FRAMES = frozenset((0xC0, 0xC1, 0xC2))  # baseline, extended, progressive: what every browser draws
JPEG_TABLES = frozenset((0xC4, 0xDB, 0xDD))
JPEG_OTHER_FRAMES = frozenset(range(0xC3, 0xD0)) - JPEG_TABLES - {0xC8, 0xCC}
ORIENTATION = 0x0112


class NotAPicture(ValueError):
    """The file cannot be drawn; `code` says why: format, damaged, empty, or large."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


@dataclass(frozen=True)
class Picture:
    """A picture reduced to what draws it; `content` is what may be stored and shown."""

    media_type: str
    width: int
    height: int
    content: bytes


def cleaned_picture(file: bytes, *, most_pixels: int) -> Picture:
    """The picture of a file without anything that does not draw it.

    Places and times of photographs, comments, profiles and whatever hides behind the end of the picture are dropped;
    how a photograph was held (its orientation) stays. The structure is walked to its end: a broken length, a wrong
    checksum, or image data of another size than the head says make the file no picture.

    :raises NotAPicture: another format, damaged, or with more pixels than `most_pixels`
    """
    if file.startswith(PNG_MARK):
        return _png(file, most_pixels)
    if file.startswith(JPEG_MARK):
        return _jpeg(file, most_pixels)
    raise NotAPicture("format")


def _sized(width: int, height: int, most_pixels: int) -> tuple[int, int]:
    if not width or not height:
        raise NotAPicture("empty")
    if width * height > most_pixels:
        raise NotAPicture("large")
    return width, height


def _png(file: bytes, most_pixels: int) -> Picture:
    chunks = list(_png_chunks(file))
    if not chunks or chunks[0][0] != b"IHDR" or len(chunks[0][1]) != 13:
        raise NotAPicture("damaged")
    head = chunks[0][1]
    width, height = _sized(int.from_bytes(head[:4]), int.from_bytes(head[4:8]), most_pixels)
    depth, colour, interlaced = head[8], head[9], head[12]
    has_palette = any(name == b"PLTE" for name, _body in chunks)
    if depth not in PNG_DEPTHS.get(colour, ()) or interlaced > 1 or (colour == 3 and not has_palette):
        raise NotAPicture("damaged")
    bits = depth * PNG_CHANNELS[colour]
    sizes = _passes(width, height) if interlaced else [(width, height)]
    wanted = sum(h * (1 + (w * bits + 7) // 8) for w, h in sizes if w and h)
    _check_image_bytes(b"".join(body for name, body in chunks if name == b"IDAT"), wanted)
    kept = b"".join(_png_chunk(name, body) for name, body in chunks if name in PNG_DRAWS)
    return Picture("image/png", width, height, PNG_MARK + kept)


def _png_chunks(file: bytes) -> Iterator[tuple[bytes, bytes]]:
    place = len(PNG_MARK)
    while place + 12 <= len(file):
        length = int.from_bytes(file[place : place + 4])
        name, body = file[place + 4 : place + 8], file[place + 8 : place + 8 + length]
        check = file[place + 8 + length : place + 12 + length]
        if len(check) != 4 or zlib.crc32(name + body) != int.from_bytes(check):
            raise NotAPicture("damaged")
        if name[:1].isupper() and name not in PNG_DRAWS:  # critical, and not known: it would not be drawn rightly
            raise NotAPicture("damaged")
        yield name, body
        place += 12 + length
        if name == b"IEND":
            return
    raise NotAPicture("damaged")


def _png_chunk(name: bytes, body: bytes) -> bytes:
    return len(body).to_bytes(4) + name + body + zlib.crc32(name + body).to_bytes(4)


def _check_image_bytes(packed: bytes, wanted: int) -> None:
    """The unpacked rows have exactly the size that the head promises; a bomb stops one byte past it."""
    unpacker = zlib.decompressobj()
    try:
        rows = unpacker.decompress(packed, wanted + 1)
    except zlib.error as broken:
        raise NotAPicture("damaged") from broken
    if len(rows) != wanted or not (unpacker.eof or not unpacker.unconsumed_tail):
        raise NotAPicture("damaged")


def _passes(width: int, height: int) -> list[tuple[int, int]]:
    """The seven smaller pictures of an interlaced one (Adam7)."""
    starts = ((0, 0, 8, 8), (4, 0, 8, 8), (0, 4, 4, 8), (2, 0, 4, 4), (0, 2, 2, 4), (1, 0, 2, 2), (0, 1, 1, 2))
    return [(-(-(width - x) // step_x), -(-(height - y) // step_y)) for x, y, step_x, step_y in starts]


def _jpeg(file: bytes, most_pixels: int) -> Picture:
    kept = [b"\xff\xd8"]
    size: tuple[int, int] | None = None
    scans = 0
    for marker, body in _jpeg_segments(file):
        if marker in JPEG_FRAMES:
            if size is not None or len(body) < 6:
                raise NotAPicture("damaged")
            size = _sized(int.from_bytes(body[3:5]), int.from_bytes(body[1:3]), most_pixels)
        elif marker == SOS:
            scans += 1
        elif marker == EXIF:
            turned = _orientation(body)
            kept += [_jpeg_segment(EXIF, _only_orientation(turned))] if turned else []
            continue
        elif marker == ADOBE:
            body = body[:12]  # which colours the numbers mean
        elif marker not in JPEG_TABLES:
            continue
        kept.append(_jpeg_segment(marker, body))
    if size is None or not scans:
        raise NotAPicture("damaged")
    return Picture("image/jpeg", *size, b"".join(kept) + b"\xff\xd9")


def _jpeg_segments(file: bytes) -> Iterator[tuple[int, bytes]]:
    """Marker and content of each segment up to the end of the picture; a scan comes with its coded data."""
    place = 2
    while True:
        while file[place : place + 1] == b"\xff" and file[place + 1 : place + 2] == b"\xff":
            place += 1
        if file[place : place + 1] != b"\xff" or place + 1 >= len(file):
            raise NotAPicture("damaged")
        marker = file[place + 1]
        if marker == EOI:
            return
        if marker in JPEG_OTHER_FRAMES or marker < 0xC0 or marker in (SOI, 0xFF):
            raise NotAPicture("damaged")
        length = int.from_bytes(file[place + 2 : place + 4])
        end = place + 2 + length
        if length < 2 or end > len(file):
            raise NotAPicture("damaged")
        if marker == SOS:
            if length < 3 or length != 6 + 2 * file[place + 4]:
                raise NotAPicture("damaged")
            end = _end_of_scan(file, end)
        yield marker, file[place + 4 : end]
        place = end


def _end_of_scan(file: bytes, place: int) -> int:
    """Where coded data end: at the first marker that is neither a stuffed byte nor a restart."""
    while True:
        place = file.find(b"\xff", place)
        if place < 0 or place + 1 >= len(file):
            raise NotAPicture("damaged")
        if file[place + 1] not in (0x00, *range(0xD0, 0xD8)):
            return place
        place += 2


def _jpeg_segment(marker: int, body: bytes) -> bytes:
    if marker != SOS:
        return bytes((0xFF, marker)) + (len(body) + 2).to_bytes(2) + body
    components = body[0] if body else 0
    head = 1 + 2 * components + 3
    return b"\xff\xda" + (head + 2).to_bytes(2) + body


def _orientation(body: bytes) -> int:
    """How the photograph was held, 2 to 8; 0 when upright or unknown."""
    if not body.startswith(b"Exif\0\0"):
        return 0
    tiff = body[6:]
    order = {b"II": "little", b"MM": "big"}.get(tiff[:2])
    if order is None:
        return 0
    start = int.from_bytes(tiff[4:8], order)  # type: ignore[arg-type]
    for place in range(start + 2, start + 2 + 12 * int.from_bytes(tiff[start : start + 2], order), 12):  # type: ignore[arg-type]
        entry = tiff[place : place + 12]
        if len(entry) < 12:
            return 0
        if int.from_bytes(entry[:2], order) == ORIENTATION:  # type: ignore[arg-type]
            turned = int.from_bytes(entry[8:10], order)  # type: ignore[arg-type]
            return turned if 2 <= turned <= 8 else 0
    return 0


def _only_orientation(turned: int) -> bytes:
    entry = ORIENTATION.to_bytes(2) + (3).to_bytes(2) + (1).to_bytes(4) + turned.to_bytes(2) + b"\0\0"
    return b"Exif\0\0MM\0*" + (8).to_bytes(4) + (1).to_bytes(2) + entry + bytes(4)
