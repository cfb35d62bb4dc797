"""The gap report as an A4 document: the template sets it, and what a user wrote reaches it only as data."""

from __future__ import annotations

import json
import re
from dataclasses import asdict
from math import ceil, sqrt
from pathlib import Path
from typing import Any, Final

import typst
from django.utils.safestring import SafeString
from django.utils.translation import get_language, override
from django.utils.translation import gettext as _

from curricula.wording import formats, phrases

from . import drawings, fonts, svg_marks
from .gap_report import GapReport
from .printed_tables import printed_tables
from .table import Table

CHARTED: Final = 14
RECOMMENDED: Final = 5  # as many as the first page holds below the chart
TEMPLATE: Final = Path(__file__).with_name("gap_report.typ")
LONG_WORD: Final = re.compile(r"[^\s\u2e80-\uffff]{25,}")  # what a narrow column cannot hold; Chinese breaks anywhere
BREAK_AFTER: Final = 8
FIXED: Final = 13  # a column whose cells are no longer keeps its own width, the others share what is left
LINE: Final = 66  # em of a table's letters across the page
PHRASE: Final = 40  # letters: a cell of no more breaks between its words, not inside them
MOST_ROWS: Final = 0.85  # of a column's cells stay on one line where the page has room for that
# The standard for documents that can be read aloud; it refuses text that no font can show.
ACCESSIBLE: Final = "ua-1"


def pdf_report(report: GapReport) -> bytes:
    """A tagged PDF; where characters have no font, it says so on its first page and claims no accessibility."""
    with override(report.subject.language):
        data = _printed(report)
    return typeset(data, template=TEMPLATE)


def typeset(data: dict[str, Any], *, template: Path) -> bytes:
    """What a template makes of `data`, tagged where every character has a font; its `cautions` say where not."""
    try:
        return _typeset(data, template, standards=[ACCESSIBLE])
    except typst.TypstError:
        data["cautions"] = [*data["cautions"], *_glyph_cautions(data)]
        return _typeset(data, template, standards=[])


def _typeset(data: dict[str, Any], template: Path, *, standards: list[Any]) -> bytes:
    inputs = {"data": json.dumps(data, ensure_ascii=False, allow_nan=False)}
    compiler = typst.Compiler(str(template), font_paths=fonts.font_paths(), sys_inputs=inputs)
    document = compiler.compile(format="pdf", pdf_standards=standards)
    assert isinstance(document, bytes)  # noqa: S101  one document, not one a page
    return document


def glyph_caution(characters: tuple[str, ...]) -> str:
    """In English always, because the reader's own language may be what cannot be shown."""
    named = ", ".join(f"U+{ord(character):04X}" for character in characters)
    return (
        f"Some characters cannot be shown, because no font on this machine has them ({named}). "
        "Install a font that has them (for Chinese: Noto Serif CJK SC) or set TALENTGAP_FONT_DIR to its folder."
    )


def _glyph_cautions(data: dict[str, Any]) -> list[str]:
    characters = fonts.missing_glyphs("".join(_texts(data)))
    return [glyph_caution(characters)] if characters else []


def _texts(value: Any) -> list[str]:
    if isinstance(value, str):
        return [] if isinstance(value, SafeString) else [value]
    inside = value.values() if isinstance(value, dict) else value if isinstance(value, list | tuple) else ()
    return [text for part in inside for text in _texts(part)]


def _printed(report: GapReport) -> dict[str, Any]:
    subject = report.subject
    heading = _("%(program)s, entry %(year)s") % {"program": subject.program, "year": subject.year}
    made = formats.day(subject.day)
    data = {
        **script(subject.language),
        "title": _("Gap report: %(program)s %(year)s") % {"program": subject.program, "year": subject.year},
        "school": subject.school,
        "heading": heading,
        "framework": f"{subject.version_text} · {subject.framework_title} {subject.framework_version} · {made}",
        "footer": f"{subject.school} · {heading} · {made}",
        "date": [subject.day.year, subject.day.month, subject.day.day],
        "sample": report.sample_note,
        "warnings": [line.message for line in report.warnings if line.code != "sample_data"],
        "sentence": [asdict(part) for part in report.sentence_parts],
        "evidence": report.evidence,
        "findings": [
            {"tone": line.tone, "label_text": f"{line.text} {formats.count(line.abilities)}"}
            for line in drawings.findings(report)
        ],
        "first_warnings": report.first_warnings,
        "cautions": [],
        "words": _words(),
        "key": [
            {"svg": svg_marks.mark_svg(kind, inline=True), "words": said}
            for kind, said in drawings.chart_words(report).marks.items()
        ],
        "triangle": {"svg": svg_marks.mark_svg("assessed", inline=True), "words": _("assessed")},
        "chart": _chart(report),
        "rails": [asdict(rail) for rail in drawings.rails(report, inline=True)],
        "heat": {
            "modes": [phrases.mode_text(mode) for mode in drawings.heat_modes(report)],
            "rows": [asdict(row) for row in drawings.heat(report)],
        },
        "readiness": [asdict(line) for line in drawings.readiness(report, inline=True)],
        "map_first": report.map_first,
        "hours": report.hours.summary if report.hours else "",
        "recommendations": [
            {
                "kind": line.kind_text,
                "ability": line.ability_title,
                "course": line.course_title,
                "reason": line.reason,
                "by_hours": line.by_hours,
            }
            for line in report.recommendations[:RECOMMENDED]
        ],
        "tables": [printed_table(table) for table in printed_tables(report).values()],
    }
    return settable(data)


def script(language: str) -> dict[str, Any]:
    """How the template sets letters: language, region and fonts."""
    code, region = ("zh", "cn") if language.startswith("zh") else ("en", "gb")
    return {"lang": code, "region": region, "fonts": fonts.families()}


def _chart(report: GapReport) -> dict[str, Any]:
    chart, words = drawings.share_chart(report, limit=CHARTED, inline=True), drawings.chart_words(report)
    left = formats.plural(
        "%(count)s further ability is in the tables below.",
        "%(count)s further abilities are in the tables below.",
        chart.left_out,
    )
    return {
        "rows": [asdict(row) for row in chart.rows],
        "axis": chart.axis,
        "title": words.title,
        "note": words.note,
        "left_out": left if chart.left_out else "",
    }


def _words() -> dict[str, str]:
    """The fixed words of the document."""
    return {
        "report": _("Gap report"),
        "page": _("page {page} of {pages}"),
        "no_chart": _("There is no share to draw yet: the plan has no mapped hours, and demand is unknown."),
        "axis": _("Scale of the chart above, in per cent"),
        "first": _("Worth doing first"),
        "no_recommendation": _("Nothing can be recommended on this evidence."),
        "alignment": _("Alignment"),
        "alignment_note": _("Porter index, 0 apart, 1 identical"),
        "areas": _("How far each area goes"),
        "areas_note": _("Hours by stage; hatched is none."),
        "area": _("Area"),
        "positions": _("Ready for which position"),
        "positions_note": _("Required abilities taught (above) and practised (below); the triangle is assessed"),
        "no_positions": _("No position lists requirements."),
        "warnings": _("Read with care"),
        "nothing": _("Nothing to show."),
    }


def printed_table(table: Table) -> dict[str, Any]:
    """A table with the widths of its columns, as the templates set it."""
    texts = [[cell.text for cell in row] for row in table.rows]
    inside = [[row[place] for row in texts] for place in range(len(table.columns))]
    longest = [max(map(formats.width, column), default=0) for column in inside]
    fixed = [_fixed(column.title, length) for column, length in zip(table.columns, longest, strict=True)]
    flexible = [length > FIXED or length == max(longest) for length in longest]
    room = LINE - sum(width for width, free in zip(fixed, flexible, strict=True) if not free)
    lines = [_line(column.title, cells) for column, cells in zip(table.columns, inside, strict=True)]
    fits = sum(width for width, free in zip(lines, flexible, strict=True) if free) <= room
    columns = [
        {
            "title": column.title,
            "numeric": column.numeric,
            "share": (lines[place] if fits else _share(inside[place])) if flexible[place] else 0,
            "width": fixed[place],
            "whole": fits and longest[place] <= PHRASE,
        }
        for place, column in enumerate(table.columns)
    ]
    return {"title": table.title, "columns": columns, "rows": texts, "notes": list(table.notes)}


def _line(title: str, cells: list[str]) -> float:
    """The width in em that keeps most cells on one line."""
    lengths = sorted(map(formats.width, cells)) or [0]
    most = max(lengths[ceil(MOST_ROWS * (len(lengths) - 1))], min(lengths[-1], FIXED + 1))
    word = max((formats.width(part) for cell in cells for part in re.split(r"(?<=[\s-])", cell)), default=0)
    return max(0.5 * most + 1, 0.54 * min(word, FIXED) + 1, _fixed(title, 0))


def _share(cells: list[str]) -> float:
    """Of the width that fixed columns leave: more for long texts, less than in proportion, enough for one word."""
    lengths = [formats.width(cell) for cell in cells] or [0]
    usual = (sqrt(max(lengths)) + sqrt(sum(lengths) / len(lengths))) / 2
    word = max((formats.width(part) for cell in cells for part in re.split(r"[\s-]", cell)), default=0)
    return max(usual, 0.35 * min(word, 16), 1)


def _fixed(title: str, longest: int) -> float:
    """In em; a heading breaks between its words, and inside long ones where the language knows how."""
    breaks = get_language() == "en" or not title.isascii()
    word = max((formats.width(part) for part in title.split()), default=0)
    return max(0.54 * longest, 0.53 * (min(word, 7) if breaks else word)) + 0.9


def settable(value: Any) -> Any:
    """Without control characters, which no font shows, and with places to break in words longer than a column."""
    if isinstance(value, SafeString):
        return value  # a drawing
    if isinstance(value, str):
        return LONG_WORD.sub(_breakable, formats.printable(value))
    if isinstance(value, dict):
        return {key: settable(part) for key, part in value.items()}
    return [settable(part) for part in value] if isinstance(value, list | tuple) else value


def _breakable(word: re.Match[str]) -> str:
    text = word.group()
    return "\u200b".join(text[start : start + BREAK_AFTER] for start in range(0, len(text), BREAK_AFTER))
