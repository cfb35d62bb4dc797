"""A seed → a file: its cells, rows, headers and encodings changed, then its bytes; all drawn from one generator."""

from __future__ import annotations

import io
import json
import zipfile
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from random import Random
from typing import Any, Final
from xml.sax.saxutils import escape

import xlsxwriter
from xlsxwriter.utility import xl_cell_to_rowcol

from tests.curricula.interchange.builders import archive, ods, text

from .seeds import Cells, Seed, Sheet

ODD: Final = (
    *("", " ", "\t", "0", "-1", "-0", "1e308", "-1e308", "1e400", "NaN", "nan", "inf", "-Infinity", str(2**31)),
    *(
        str(2**63),
        str(2**64),
        "9" * 400,
        "9" * 5_000,
        "0." + "0" * 400 + "1",
        "1/0",
        "½",
        "１２",
        "3.5.1",
        "1,5",
        "1 000",
    ),
    *("=1+1", "=HYPERLINK(A1)", "+1", "@SUM(1)", "#REF!", "#DIV/0!", "-", "—", "无", "同上", "是", "√", "●", "…"),
    *("2026-02-30", "0000-00-00", "9999-12-31", "1900-01-00", "10000-01-01", "2026年13月", "45000", "-45000", "25:61"),
    *("1-8", "8-1", "3—4", "1-999999999", "第七学期", "大九下", "一二三四", "8周", "-8周", "99999999周", "48(32+16)"),
    *(
        "<script>alert(1)</script>",
        "</table>",
        "' OR 1=1 --",
        "%s%(x)s{0}",
        "\\",
        '"',
        '""',
        "'",
        "\r\n",
        "a\nb",
        "\x0b",
    ),
    *("\u202eabc", "\u200b", "\ufeff", "é" * 300, "e\u0301" * 300, "😀", "𠮷", "\uffff", "A" * 40_000, "课" * 3_000),
    *(
        "课程名称",
        "合计",
        "小计",
        "C1",
        "C1;C2",
        "C1 or C2",
        "(C1 and (C2",
        "(" * 500,
        "MK.1",
        "Course Code",
        "or " * 300,
    ),
)
NUMBERS: Final = (0, -1, 1e308, -1e-308, 2**53, 2**63, 3.14159, True, False, None)
ENCODINGS: Final = (
    "utf-8",
    "utf-8-sig",
    "gb18030",
    "gbk",
    "utf-16",
    "utf-16-le",
    "utf-32",
    "big5",
    "cp1252",
    "shift_jis",
)
MOST_SIZE: Final = 400_000
# Of a file before it is written: beyond it the test spends itself on making files and not on what reads them.
MOST_TEXT: Final = 2_000_000  # characters of a sheet
MOST_CELLS: Final = 20_000


def generated(seed: Seed, draw: Random) -> tuple[str, bytes]:
    """The name and the bytes of one file."""
    if isinstance(seed.what, str):
        name, content = _document(_changed_text(seed.what, draw), draw)
    elif isinstance(seed.what, dict):
        name, content = _json(seed.what, draw)
    else:
        sheets = _changed_sheets(seed.what, draw)
        name, content = _written([_bounded(sheet, cells=MOST_CELLS // len(sheets)) for sheet in sheets], draw)
    if draw.random() < 0.3:
        content = draw.choice(BYTES)(content, draw)
    if draw.random() < 0.05:
        name = draw.choice(
            ("", "x", "计划.xlsx", "a.csv", "b.zip", "." * 200, "../../c.csv", "d.pdf", "e.docx", "f.json")
        )
    return name, content[:MOST_SIZE]


def _bounded(sheet: Sheet, *, cells: int) -> Sheet:
    """The sheet as far as it goes within what a test may hold."""
    rows, size = [], 0
    for row in sheet.rows:
        size += sum(len(str(cell)) for cell in row)
        cells -= len(row) + 1
        if size > MOST_TEXT or cells < 0:
            break
        rows.append(row)
    return replace(sheet, rows=rows)


def _changed_sheets(sheets: tuple[Sheet, ...], draw: Random) -> list[Sheet]:
    made = [replace(sheet, rows=[list(row) for row in sheet.rows]) for sheet in sheets]
    for _time in range(draw.choice((0, 1, 1, 2, 3, 8))):
        place = draw.randrange(len(made))
        draw.choice(ROWS)(made[place].rows, draw)
    if draw.random() < 0.1:
        made.insert(draw.randrange(len(made) + 1), replace(made[0], name=draw.choice(("", "副本", "Notes", "x" * 31))))
    if draw.random() < 0.1:
        areas = [f"{draw.choice('ABC')}{draw.randint(1, 9)}:{draw.choice('CDEF')}{draw.randint(9, 30)}"]
        made[0] = replace(made[0], merged=(*made[0].merged, *areas))
    return made


def _cell(rows: Cells, draw: Random) -> None:
    if row := draw.choice([row for row in rows if row] or [[]]):
        row[draw.randrange(len(row))] = draw.choice((draw.choice(ODD), draw.choice(NUMBERS)))


def _column(rows: Cells, draw: Random) -> None:
    """One thing, or many different ones, all the way down."""
    place, one = draw.randrange(max(map(len, rows), default=0) or 1), draw.choice(ODD)
    same = draw.random() < 0.5
    for row in rows[1:]:
        if place < len(row):
            row[place] = one if same else draw.choice(ODD)


def _headers(rows: Cells, draw: Random) -> None:
    if rows:
        draw.shuffle(rows[draw.randrange(min(4, len(rows)))])


def _row(rows: Cells, draw: Random) -> None:
    if not rows:
        return
    place = draw.randrange(len(rows))
    what = draw.randrange(5)
    if what == 0:
        del rows[place]
    elif what == 1:
        rows.insert(draw.randrange(len(rows)), list(rows[place]))
    elif what == 2:
        draw.shuffle(rows)
    elif what == 3:
        rows[place] = rows[place][: draw.randrange(len(rows[place]) + 1)]
    else:
        rows[place] += [draw.choice(ODD)] * draw.choice((1, 5, 300))


def _many(rows: Cells, draw: Random) -> None:
    """The same rows many times over, their first cells numbered or not."""
    body = rows[1:] or rows
    for time in range(draw.choice((2, 10, 60))):
        if sum(map(len, rows)) > MOST_CELLS:
            break
        rows += [[f"{row[0]}{time}" if row else "", *row[1:]] if time % 3 else list(row) for row in body]


def _turned(rows: Cells, draw: Random) -> None:
    width = max(map(len, rows), default=0)
    rows[:] = [[row[n] if n < len(row) else "" for row in rows] for n in range(width)]


def _empty(rows: Cells, draw: Random) -> None:
    for _time in range(draw.choice((1, 5, 50))):
        rows.insert(draw.randrange(len(rows) + 1), [])


ROWS: Final[tuple[Callable[[Cells, Random], None], ...]] = (
    *(_cell, _cell, _cell, _cell, _column, _column, _headers, _row, _row),
    *(_many, _turned, _empty),
)


def _written(sheets: list[Sheet], draw: Random) -> tuple[str, bytes]:
    how = draw.random()
    rows = sheets[0].rows
    if how < 0.45:
        delimiter = draw.choice((",", ",", ",", ";", "\t", "|"))
        content = text(rows).decode() if delimiter == "," else text(rows, delimiter=delimiter).decode()
        return "file.csv", content.encode(draw.choice(("utf-8", *ENCODINGS)), draw.choice(("replace", "ignore")))
    if how < 0.8:
        return "file.xlsx", _workbook(sheets)
    if how < 0.86:
        return "file.ods", ods([[_clean(cell) for cell in row] for row in rows])
    if how < 0.91:
        return "file.html", _html(rows).encode(draw.choice(("utf-8", "gb18030")), "replace")
    if how < 0.95:
        return "file.docx", _word(_word_table(rows))
    return "file.zip", archive({f"{sheet.name or n}.csv": text(sheet.rows) for n, sheet in enumerate(sheets)})


def _clean(cell: Any) -> Any:
    if isinstance(cell, str):
        return "".join(c for c in cell if c in "\t\n\r" or (c >= " " and c != "\uffff"))[:32_000]
    return "" if cell is None else cell


def _workbook(sheets: list[Sheet]) -> bytes:
    """The same bytes each time: a moment of its own would change what a changed byte falls on."""
    file = io.BytesIO()
    with xlsxwriter.Workbook(file, {"in_memory": True, "strings_to_urls": False}) as book:
        book.set_properties({"created": datetime(2026, 1, 1)})
        names: set[str] = set()
        for n, sheet in enumerate(sheets):
            name = (sheet.name or f"S{n}")[:31]
            name = f"{n}{name}"[:31] if name.lower() in names else name
            names.add(name.lower())
            page = book.add_worksheet(name)
            for number, row in enumerate(sheet.rows):
                page.write_row(number, 0, [_clean(cell) for cell in row])
            page.merge = [list(_area(area)) for area in sheet.merged]  # `merge_range` refuses what overlaps
    return file.getvalue()


def _area(said: str) -> tuple[int, int, int, int]:
    first, last = said.split(":")
    return (*xl_cell_to_rowcol(first), *xl_cell_to_rowcol(last))


def _html(rows: Cells) -> str:
    body = "".join(f"<tr>{''.join(f'<td>{escape(str(cell))}</td>' for cell in row)}</tr>" for row in rows)
    return f'<html><head><meta charset="utf-8"></head><body><table border="1">{body}</table></body></html>'


_W: Final = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"


def _paragraph(said: Any) -> str:
    return f"<w:p><w:r><w:t>{escape(str(_clean(said)))}</w:t></w:r></w:p>"


def _word_table(rows: Cells) -> str:
    cells = ("".join(f"<w:tc>{_paragraph(cell)}</w:tc>" for cell in row) for row in rows)
    return f"<w:tbl>{''.join(f'<w:tr>{row}</w:tr>' for row in cells)}</w:tbl>"


def _word(body: str) -> bytes:
    document = f'<?xml version="1.0"?><w:document xmlns:w="{_W}"><w:body>{body}</w:body></w:document>'
    return archive({"[Content_Types].xml": "<Types/>", "word/document.xml": document})


def _document(said: str, draw: Random) -> tuple[str, bytes]:
    if draw.random() < 0.5:
        return "syllabus.docx", _word("".join(map(_paragraph, said.split("\n"))))
    return "syllabus.txt", said.encode(draw.choice(ENCODINGS), "replace")


def _changed_text(said: str, draw: Random) -> str:
    for _time in range(draw.randrange(4)):
        place = draw.randrange(len(said) + 1)
        said = said[:place] + draw.choice(ODD) * draw.choice((1, 1, 20)) + said[place:]
    return said[:200_000]


def _json(document: dict[str, Any], draw: Random) -> tuple[str, bytes]:
    made = json.loads(json.dumps(document))
    for _time in range(draw.choice((0, 1, 1, 2, 5))):
        _change_node(made, draw)
    content = json.dumps(made, ensure_ascii=draw.random() < 0.5)
    return "file.json", content.encode(draw.choice(("utf-8", "utf-8", "utf-8-sig", "utf-16", "gb18030")), "replace")


def _change_node(node: Any, draw: Random) -> None:
    """One place of the document, found by going down at random."""
    while isinstance(node, dict | list) and node:
        key = draw.choice(list(node)) if isinstance(node, dict) else draw.randrange(len(node))
        if isinstance(node[key], dict | list) and node[key] and draw.random() < 0.8:
            node = node[key]
            continue
        what = draw.randrange(5)
        if what == 0:
            del node[key]
        elif what == 1:
            node[key] = draw.choice(ODD)
        elif what == 2:
            node[key] = draw.choice((*NUMBERS[:2], 2**70, [], {}, [[]], {"en": 1}, {"": ""}, None, True))
        elif what == 3 and isinstance(node, list):
            node += [node[key]] * draw.choice((1, 40))
        else:
            node[key] = {"a": node[key]}
        return


def _flipped(content: bytes, draw: Random) -> bytes:
    made = bytearray(content)
    for _time in range(draw.choice((1, 4, 30)) if made else 0):
        made[draw.randrange(len(made))] = draw.randrange(256)
    return bytes(made)


def _cut(content: bytes, draw: Random) -> bytes:
    return content[: draw.randrange(len(content) + 1)]


def _twice(content: bytes, draw: Random) -> bytes:
    start = draw.randrange(len(content) + 1)
    return content[:start] + content[: start + 1000] + content[start:]


def _noise(content: bytes, draw: Random) -> bytes:
    place = draw.randrange(len(content) + 1)
    return content[:place] + draw.randbytes(draw.choice((1, 16, 2_000))) + content[place:]


def _inside(content: bytes, draw: Random) -> bytes:
    """One member of an archive changed, taken out, put in twice, or grown to hundreds of megabytes of blanks."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as packed:
            members = {name: packed.read(name) for name in packed.namelist()}
    except Exception:  # not an archive, or no longer one
        return _flipped(content, draw)
    name, what = draw.choice(list(members)), draw.randrange(8)
    if what < 4:
        members[name] = draw.choice((_flipped, _cut, _twice, _noise))(members[name], draw)
    elif what == 4:
        del members[name]
    elif what == 5:
        members["../" + name] = members[name]
    elif what == 6:
        members["inner.zip"] = content
    else:
        members[name] = members[name][:200] + b" " * draw.choice((10**6, 10**8)) + members[name][200:]
    return archive(dict(members))


BYTES: Final = (_flipped, _cut, _twice, _noise, _inside, _inside)
