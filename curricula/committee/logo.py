"""The picture of a school: checked by its first bytes, measured, and drawn anew by the typesetter.

What is kept is what the typesetter draws, a PNG of points; nothing else that was in the file is (texts, places where
a photograph was taken, scripts of an SVG). The typesetter is there for the reports and reads pictures in Rust, so
that no library of pictures is needed.
"""

from __future__ import annotations

import struct
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final

import typst
from django.utils.translation import gettext as _

from competencies.apart.calling import apart
from competencies.apart.orders import Budget, NotDone

MOST_BYTES: Final = 1_000_000
MOST_SIDE: Final = 4_000  # points of what is uploaded
KEPT_SIDE: Final = 480  # points of what is kept
_PNG: Final = b"\x89PNG\r\n\x1a\n"
_JPEG: Final = b"\xff\xd8\xff"
_FRAMES: Final = {*range(0xC0, 0xD0)} - {0xC4, 0xC8, 0xCC}  # the marks of a JPEG that its size follows
_DRAWS: Final = {b"IHDR", b"PLTE", b"tRNS", b"IDAT", b"IEND"}
TO_DRAW: Final = Budget(seconds=10, megabytes=1024)
_LONE: Final = {0x01, *range(0xD0, 0xD9)}  # marks without a length


class NotAPicture(ValueError):
    """What was uploaded cannot be a logo; the message says why."""


@dataclass(frozen=True)
class Picture:
    png: bytes
    width: int
    height: int


def drawn_anew(content: bytes) -> Picture:
    """A PNG of the same picture, at most KEPT_SIDE points wide and high. Raises NotAPicture."""
    if len(content) > MOST_BYTES:
        raise NotAPicture(_("The picture is larger than 1 MB: save it smaller."))
    kind = _kind(content)
    width, height = size_of(content)
    if not (0 < width <= MOST_SIDE and 0 < height <= MOST_SIDE):
        raise NotAPicture(_("The picture has more than 4,000 points on a side, or none: save it smaller."))
    scale = min(1.0, KEPT_SIDE / width, KEPT_SIDE / height)
    wide, high = max(1, round(width * scale)), max(1, round(height * scale))
    points = partial(_drawn, _points_of(content) if kind == "png" else content, kind, wide, high)
    try:
        return Picture(apart(points, budget=TO_DRAW), wide, high)
    except NotDone as error:  # of such a size in its file and far larger unpacked
        raise NotAPicture(_("The picture cannot be read: it may be damaged.")) from error


def _points_of(png: bytes) -> bytes:
    """What draws the picture and nothing else: profiles of colour and texts can be small here and huge unpacked."""
    kept, place = [_PNG], len(_PNG)
    while place + 8 <= len(png):
        end = place + 12 + int(struct.unpack(">I", png[place : place + 4])[0])
        if png[place + 4 : place + 8] in _DRAWS:
            kept.append(png[place:end])
        place = end
    return b"".join(kept)


def _kind(content: bytes) -> str:
    if content.startswith(_PNG):
        return "png"
    if content.startswith(_JPEG):
        return "jpg"
    raise NotAPicture(_("Only PNG and JPEG pictures are taken."))


def _drawn(content: bytes, kind: str, wide: int, high: int) -> bytes:
    with TemporaryDirectory() as folder:
        (Path(folder) / f"logo.{kind}").write_bytes(content)
        page = f"#set page(width: {wide}pt, height: {high}pt, margin: 0pt, fill: none)\n"
        page += f'#image("logo.{kind}", width: {wide}pt, height: {high}pt, fit: "stretch")\n'
        document = Path(folder) / "logo.typ"
        document.write_text(page, encoding="utf-8")
        try:
            drawn = typst.Compiler(str(document), root=folder).compile(format="png", ppi=72)
        except typst.TypstError as error:
            raise NotAPicture(_("The picture cannot be read: it may be damaged.")) from error
    assert isinstance(drawn, bytes)  # noqa: S101  one page
    return drawn


def size_of(content: bytes) -> tuple[int, int]:
    """Width and height as the file states them, before anything is unpacked. Raises NotAPicture."""
    try:
        if content.startswith(_PNG):
            width, height = struct.unpack(">II", content[16:24])
            return int(width), int(height)
        return _jpeg_size(content)
    except (struct.error, IndexError) as error:
        raise NotAPicture(_("The picture cannot be read: it may be damaged.")) from error


def _jpeg_size(content: bytes) -> tuple[int, int]:
    place = 2
    while True:
        if content[place] != 0xFF:
            raise IndexError(place)
        mark = content[place + 1]
        if mark in _LONE or mark == 0xFF:
            place += 1 if mark == 0xFF else 2
            continue
        if mark in _FRAMES:
            height, width = struct.unpack(">HH", content[place + 5 : place + 9])
            return int(width), int(height)
        place += 2 + struct.unpack(">H", content[place + 2 : place + 4])[0]
