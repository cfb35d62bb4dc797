"""A logo is drawn anew: what is kept is a PNG of points, and nothing else that the file held."""

from __future__ import annotations

import struct
import zlib

import pytest

from curricula.committee import logo
from curricula.committee.logo import KEPT_SIDE, NotAPicture, drawn_anew, size_of


def chunk(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


def png(width: int, height: int, *, text: bytes = b"", more: bytes = b"") -> bytes:
    """A red picture, with a text inside where one is given."""
    rows = b"".join(b"\0" + b"\xff\0\0" * width for _row in range(height))
    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    parts = [chunk(b"IHDR", head), more, *([chunk(b"tEXt", text)] if text else [])]
    return b"\x89PNG\r\n\x1a\n" + b"".join([*parts, chunk(b"IDAT", zlib.compress(rows)), chunk(b"IEND", b"")])


def test_a_picture_is_kept_without_the_texts_that_its_file_held():
    picture = drawn_anew(png(40, 20, text=b"Comment\0secret place"))
    assert (picture.width, picture.height) == (40, 20)
    assert picture.png.startswith(b"\x89PNG")
    assert size_of(picture.png) == (40, 20)
    assert b"secret" not in picture.png


def test_what_is_small_in_a_file_and_huge_unpacked_is_not_handed_on(monkeypatch):
    handed_on = []
    monkeypatch.setattr(logo, "_drawn", lambda content, *_about: handed_on.append(content))
    profile = chunk(b"iCCP", b"x\0\0" + zlib.compress(b"\0" * 1_000_000))
    drawn_anew(png(10, 10, more=profile))
    assert handed_on == [png(10, 10)]


def test_a_large_picture_is_made_smaller_in_its_own_shape():
    picture = drawn_anew(png(960, 480))
    assert (picture.width, picture.height) == (KEPT_SIDE, KEPT_SIDE // 2)


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>", "Only PNG and JPEG"),
        (b"GIF89a", "Only PNG and JPEG"),
        (b"", "Only PNG and JPEG"),
        (b"\x89PNG\r\n\x1a\n", "cannot be read"),
        (png(10, 10)[:60], "cannot be read"),
        (b"\xff\xd8\xff", "cannot be read"),
        (b"\xff\xd8\xff\xe0" + b"\0" * 40, "cannot be read"),
        (b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", struct.pack(">IIBBBBB", 60000, 60000, 8, 2, 0, 0, 0)), "4,000 points"),
        (png(4, 4) + b"\0" * 1_000_000, "larger than 1 MB"),
    ],
)
def test_what_is_no_picture_is_refused_with_the_reason(content, said):
    with pytest.raises(NotAPicture, match=said):
        drawn_anew(content)
