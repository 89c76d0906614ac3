"""Pictures that come in lose everything that does not draw them, and what cannot be drawn is refused."""

import random
import zlib

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from openpes.engine.pictures import NotAPicture, Picture, cleaned_picture
from tests.engine.picture_samples import TINY_GIF, chunk, exif, jpeg, png, segment

MOST = 10_000


def cleaned(file: bytes) -> Picture:
    return cleaned_picture(file, most_pixels=MOST)


def code_of(file: bytes) -> str:
    with pytest.raises(NotAPicture) as found:
        cleaned(file)
    return found.value.code


@pytest.mark.parametrize(
    ("file", "told"), [(png(), ("image/png", 4, 3)), (jpeg(), ("image/jpeg", 8, 8))], ids=["png", "jpeg"]
)
def test_a_plain_picture_stays_and_cleaning_twice_changes_nothing(file, told):
    once = cleaned(file)
    assert (once.media_type, once.width, once.height) == told
    assert cleaned(once.content) == once


def test_texts_places_and_hidden_parts_of_a_png_are_dropped():
    hidden = chunk(b"tEXt", b"Comment\0<script>alert(1)</script>") + chunk(b"eXIf", b"22.8170N")
    file = png(extra=hidden) + b"PK\x03\x04 an archive behind the picture"
    content = cleaned(file).content
    assert content == png()
    for word in (b"script", b"22.8170N", b"archive"):
        assert word in file and word not in content


def test_places_comments_and_what_follows_the_end_of_a_jpeg_are_dropped():
    hidden = exif(1) + segment(0xFE, b"<html>") + segment(0xED, b"telephone of the guard")
    content = cleaned(jpeg(extra=hidden, tail=b"<?php echo 1 ?>")).content
    for word in (b"22.8170N", b"<html>", b"telephone", b"<?php", b"Exif"):
        assert word not in content


@pytest.mark.parametrize("order", [">", "<"])
def test_how_a_photograph_was_held_stays_when_its_place_goes(order):
    content = cleaned(jpeg(extra=exif(6, order))).content
    assert b"22.8170N" not in content
    assert content.count(b"Exif") == 1
    place = content.index(bytes.fromhex("01120003000000010006"))
    assert place > content.index(b"MM\0*")
    assert cleaned(content).content == content


@pytest.mark.parametrize(
    ("file", "code"),
    [
        (b"", "format"),
        (TINY_GIF, "format"),
        (b"<svg onload=alert(1)>", "format"),
        (b"\xff\xd8\xff", "damaged"),
        (png()[:-1], "damaged"),
        (png()[:40], "damaged"),
        (png().replace(b"IDAT", b"IDAX"), "damaged"),
        (png(rows=b"\0" * 5), "damaged"),
        (png(rows=b"\0" * 4000), "damaged"),
        (png(0, 3), "empty"),
        (png(101, 100), "large"),
        (jpeg()[:-2], "damaged"),
        (jpeg(width=0), "empty"),
        (jpeg(width=101, height=100), "large"),
        (jpeg(extra=segment(0xC9, b"arithmetic")), "damaged"),
        (jpeg().replace(b"\xff\xc0", b"\xff\xfe"), "damaged"),
    ],
)
def test_what_is_no_picture_says_why(file, code):
    assert code_of(file) == code


def test_a_bomb_of_a_hundred_megabytes_is_stopped_at_the_size_that_its_head_says():
    bomb = zlib.compress(b"\0" * 100_000_000, 9)
    file = png().replace(chunk(b"IDAT", zlib.compress((b"\0" + b"\x20\x60\xc0" * 4) * 3)), chunk(b"IDAT", bomb))
    assert len(file) < 200_000
    assert code_of(file) == "damaged"


def test_a_palette_and_an_interlaced_picture_have_the_sizes_of_their_kind():
    head = bytes.fromhex("0000000300000003" "0803000000")
    rows = zlib.compress((b"\0" + b"\1\0\1") * 3)
    whole = b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head)
    end = chunk(b"IDAT", rows) + chunk(b"IEND", b"")
    assert cleaned(whole + chunk(b"PLTE", bytes(6)) + end).width == 3
    assert code_of(whole + end) == "damaged"
    woven = b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head[:-1] + b"\1")
    sizes = bytes(2 + 2 + 3 + 4 + 4)  # five of the seven passes have points in a square of three
    found = cleaned(woven + chunk(b"PLTE", bytes(6)) + chunk(b"IDAT", zlib.compress(sizes)) + chunk(b"IEND", b""))
    assert found.height == 3


@settings(max_examples=150, deadline=None)
@given(st.sampled_from([png(), jpeg(), jpeg(extra=exif(6))]), st.integers(0, 2**32))
@example(jpeg(extra=exif(6)), 397930076)  # a scan whose head names another number of components than it has
def test_a_damaged_file_is_refused_or_cleaned_and_nothing_else_happens(file, seed):
    rng = random.Random(seed)
    broken = bytearray(file)
    for _ in range(rng.randint(1, 4)):
        broken[rng.randrange(len(broken))] = rng.randrange(256)
    broken = broken[: rng.randint(1, len(broken))] if rng.random() < 0.5 else broken
    try:
        found = cleaned(bytes(broken))
    except NotAPicture:
        return
    assert found.width * found.height <= MOST
    assert cleaned(found.content).content == found.content
