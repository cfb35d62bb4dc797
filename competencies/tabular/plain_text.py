"""Plain text out of cells that may hold HTML, and the language that it is in."""

from __future__ import annotations

import html
import re
from functools import lru_cache

SAYS_NOTHING = frozenset(
    {"", "nan", "none", "null", "n/a", "na", "-", "--", "—", "无", "暂无", "不适用", "not applicable"}
)

_KNOWN_TAGS = (
    "a|abbr|article|b|blockquote|body|br|button|center|code|dd|div|dl|dt|em|figure|font|footer|form|h[1-6]|head|header"
    "|hr|html|i|iframe|img|input|label|li|link|main|meta|nav|ol|option|p|pre|section|select|small|span|strike|strong"
    "|style|sub|sup|svg|table|tbody|td|tfoot|th|thead|title|tr|u|ul|video"
)
_HIDDEN = re.compile(r"<!--.*?(?:-->|\Z)|<(script|style)\b.*?(?:</\1\s*>|\Z)", re.IGNORECASE | re.DOTALL)
_BLOCK = re.compile(
    r"</?(?:article|blockquote|br|dd|div|dl|dt|footer|h[1-6]|header|hr|li|ol|p|pre|section|table|td|th|tr|ul)\b[^<>]*>",
    re.IGNORECASE,
)
_TAG = re.compile(rf"</?(?:{_KNOWN_TAGS})\b[^<>]*>", re.IGNORECASE)
_ENTITY = re.compile(r"&(?:#\d{1,7}|#[xX][0-9a-fA-F]{1,6}|[a-zA-Z][a-zA-Z0-9]{1,31});")
_INVISIBLE = ("\u200b", "\u2028", "\u2029", "\ufeff", "\ufffe", "\uffff")
_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f" + "".join(_INVISIBLE) + "]")
_NO_CONTROLS = bytes(byte for byte in range(256) if not _CONTROL.match(chr(byte)))
_BLANKS = re.compile("[ \t\xa0\u2002\u2003\u2009\u3000]+")
_EMPTY_LINES = re.compile(r"\n{3,}")
_WIDE_BLANKS = ("\xa0", "\u3000", "\u2002", "\u2003", "\u2009")


def plain_text(cell: str) -> str:
    """Without HTML, entities, control characters and idle blanks; lines stay lines."""
    if "<" in cell or "&" in cell:
        cell = _without_html(cell)
    if "\r" in cell:
        cell = cell.replace("\r\n", "\n").replace("\r", "\n")
    if _may_hold_controls(cell):
        cell = _CONTROL.sub("", cell)
    if "  " in cell or "\t" in cell or (not cell.isascii() and _holds_any(cell, _WIDE_BLANKS)):
        cell = _BLANKS.sub(" ", cell)
    if "\n" in cell:
        cell = "\n".join([line.strip(" ") for line in cell.split("\n")])
        if "\n\n\n" in cell:
            cell = _EMPTY_LINES.sub("\n\n", cell)
    return cell.strip()


def _may_hold_controls(text: str) -> bool:
    if text.encode("utf-8", "replace").translate(None, _NO_CONTROLS):
        return True
    return not text.isascii() and _holds_any(text, _INVISIBLE)


def _holds_any(text: str, parts: tuple[str, ...]) -> bool:
    for part in parts:  # noqa: SIM110 a generator would cost as much again as the search
        if part in text:
            return True
    return False


@lru_cache(maxsize=16_384)
def plain_line(cell: str) -> str:
    """One line of plain text; words for "nothing" are nothing."""
    line = " ".join(plain_text(cell).split())
    return "" if line.lower() in SAYS_NOTHING else line


def _without_html(text: str) -> str:
    """Unescaped before and after, because pages are often escaped once more on their way into a file."""
    text = _stripped(text)
    if "&" in text:
        text = _ENTITY.sub(lambda match: html.unescape(match[0]), text)
        if "<" in text or "&" in text:
            text = _ENTITY.sub(lambda match: html.unescape(match[0]), _stripped(text))
    return text


def _stripped(text: str) -> str:
    if "<" not in text:
        return text
    return _TAG.sub("", _BLOCK.sub("\n", _HIDDEN.sub(" ", text)))


_LETTERS = bytes(range(ord("A"), ord("Z") + 1)) + bytes(range(ord("a"), ord("z") + 1))
_HAN_STARTS = bytes(range(0xE4, 0xEA))  # first bytes of U+4000 to U+9FFF in UTF-8
_LETTERS_OF_A_WORD = 5


def language_of(text: str) -> str:
    """ "zh" where Han characters outnumber Latin words, else "en"."""
    if text.isascii():
        return "en"
    encoded = text.encode("utf-8", "replace")
    han = len(encoded) - len(encoded.translate(None, _HAN_STARTS))
    letters = len(encoded) - len(encoded.translate(None, _LETTERS))
    return "zh" if han * _LETTERS_OF_A_WORD > letters else "en"
