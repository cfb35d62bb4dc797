"""Where a record was found, and the plain words of its source, in the reader's language; what is unknown stays."""

from __future__ import annotations

import re
from itertools import groupby
from typing import Any, Final

from django.utils.translation import get_language, gettext_lazy, pgettext, pgettext_lazy

# Degrees and echelons are free text of a framework; these are the ones that the papers use.
WORDS: Final[dict[str, Any]] = {
    "bachelor": gettext_lazy("bachelor"),
    "master": gettext_lazy("master"),
    "basic": pgettext_lazy("echelon", "basic"),
    "professional": pgettext_lazy("echelon", "professional"),
    "senior": pgettext_lazy("echelon", "senior"),
    "research and development": gettext_lazy("research and development"),
    "operation and promotion": gettext_lazy("operation and promotion"),
    "technological development": gettext_lazy("technological development"),
    "data analysis": gettext_lazy("data analysis"),
    "mathematical analysis": gettext_lazy("mathematical analysis"),
}
HAN: Final = re.compile(r"[\u4e00-\u9fff]")
SENTENCE: Final = re.compile(r"[^。！？.!?]+[。！？.!?]*\s*")
SHORTEST_HALF: Final = 12  # characters; a shorter one is a name or a term
PAPER: Final = re.compile(r"\d{3} ")
PLACES: Final = (  # a part of a citation -> how it is said
    (re.compile(r"(?P<paper>\d{3}) (?P<rest>.+)"), gettext_lazy("paper %(paper)s %(rest)s")),
    (re.compile(r"Table (?P<table>[IVX]+)"), gettext_lazy("Table %(table)s")),
    (re.compile(r"row (?P<row>.+)"), gettext_lazy("row %(row)s")),
    (re.compile(r"position (?P<number>\d+)"), gettext_lazy("position %(number)s")),
    (
        re.compile(r"position (?P<number>\d+) \(echelon assumed\)"),
        gettext_lazy("position %(number)s (echelon assumed)"),
    ),
    (
        re.compile(r"position (?P<number>\d+) \(direction and echelon assumed\)"),
        gettext_lazy("position %(number)s (direction and echelon assumed)"),
    ),
    (re.compile(r"item (?P<number>\d+)"), gettext_lazy("item %(number)s")),
    (re.compile(r"course (?P<number>\d+)"), gettext_lazy("course %(number)s")),
    (re.compile(r"entry (?P<number>\d+)"), gettext_lazy("entry %(number)s")),
)


def plain_word(text: str) -> str:
    """A degree, an echelon, a direction or a region as the reader says it; of both languages only the reader's.

    >>> plain_word("doctor"), plain_word("China · 中国")
    ('doctor', 'China')
    """
    parts = text.split(" · ")
    chinese = [part for part in parts if HAN.search(part)]
    if chinese and len(chinese) < len(parts):
        parts = chinese if (get_language() or "").startswith("zh") else [p for p in parts if p not in chinese]
    return " · ".join(str(WORDS.get(part, part)) for part in parts)


def own_half(text: str) -> str:
    """Of prose that stands in one language and then in the other the reader's half; any other text whole.

    >>> own_half("训练英语听说读写，能够进行日常交流。 Listening, speaking, reading and writing for everyday use.")
    'Listening, speaking, reading and writing for everyday use.'
    """
    sentences = SENTENCE.findall(text)
    runs = [(chinese, "".join(run).strip()) for chinese, run in groupby(sentences, lambda s: bool(HAN.search(s)))]
    if len(runs) != 2 or min(len(run) for _chinese, run in runs) < SHORTEST_HALF:
        return text
    return dict(runs)[(get_language() or "").startswith("zh")]


def cited(text: str) -> str:
    """A citation such as “002 Table II, position 3, item 4”, part by part; of another form its language alone.

    >>> cited("002 Table III, row bachelor; 004 §3.1")
    'paper 002 Table III, row bachelor; paper 004 §3.1'
    """
    if not PAPER.match(text):
        return plain_word(text)
    comma = pgettext("between the parts of a statement", ", ")
    places = (comma.join(map(_part, place.split(", "))) for place in text.split("; "))
    return pgettext("between the items of a list", "; ").join(places)


def _part(text: str) -> str:
    for pattern, said in PLACES:
        found = pattern.fullmatch(text)
        if found:
            return str(said % {name: _part(value) for name, value in found.groupdict().items()})
    return plain_word(text)
