"""Which fonts print a report, and which characters none of them has."""

from __future__ import annotations

import json
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path
from typing import Any, Final

import typst
from django.conf import settings

LATIN: Final = "Libertinus Serif"  # comes with the typesetter, so that every machine prints the same
CHINESE: Final = (
    *("Noto Serif CJK SC", "Noto Serif SC", "Source Han Serif SC", "Songti SC", "SimSun"),
    *("Noto Sans CJK SC", "Noto Sans SC", "Source Han Sans SC", "PingFang SC", "Microsoft YaHei"),
    *("WenQuanYi Zen Hei", "WenQuanYi Micro Hei"),
)
SAMPLE: Final = "课程理论实践需求能力培养方案差距"
MOST_NAMED: Final = 12
# A standard that refuses text which no font can show; the documents themselves are thrown away.
_STRICT: Final = "a-2u"
_PROBE: Final = Path(__file__).with_name("glyphs.typ")


def font_paths() -> list[str]:
    folder = getattr(settings, "TALENTGAP_FONT_DIR", None)
    return [str(folder)] if folder else []


def families() -> list[str]:
    """The fonts to set a report in, first choice first: Latin, then those of the configured folder, then Chinese."""
    return list(_families(tuple(font_paths())))


@lru_cache(maxsize=4)
def _families(paths: tuple[str, ...]) -> tuple[str, ...]:
    installed = set(typst.Fonts(font_paths=list(paths)).families())
    own = set(typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=list(paths)).families())
    wanted = [family for family in CHINESE if family in own] + sorted(own) + list(CHINESE)
    return (LATIN, *(family for family in dict.fromkeys(wanted) if family in installed))


def missing_glyphs(text: str, *, most: int = MOST_NAMED) -> tuple[str, ...]:
    """The first characters of `text` that no font has, at most `most` of them; nothing when all can be shown."""
    characters = [character for character in dict.fromkeys(text) if not character.isspace()]
    compiler = typst.Compiler(str(_PROBE), font_paths=font_paths())
    return tuple(_first(_missing(characters, compiler), most))


def _missing(characters: list[str], compiler: Any) -> Iterator[str]:
    """Halving finds the few among the many without a trial for each."""
    if not characters or _shown(characters, compiler):
        return
    if len(characters) == 1:
        yield characters[0]
        return
    middle = len(characters) // 2
    yield from _missing(characters[:middle], compiler)
    yield from _missing(characters[middle:], compiler)


def _shown(characters: list[str], compiler: Any) -> bool:
    inputs = {"data": json.dumps({"fonts": families(), "characters": characters})}
    try:
        compiler.compile(format="pdf", sys_inputs=inputs, pdf_standards=[_STRICT])
    except typst.TypstError:
        return False
    return True


def _first(found: Iterator[str], most: int) -> Iterator[str]:
    for _place, character in zip(range(most), found, strict=False):
        yield character
