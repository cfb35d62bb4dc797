"""Finding abilities in text: one pass of one automaton over all terms, the matched words kept as evidence."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable
from dataclasses import dataclass
from typing import NamedTuple

import ahocorasick

from .ambiguous_terms import needs_a_closer_look, stands_for_a_name
from .boilerplate import TRIGGERS, Span, Trigger, ignored_spans
from .department_names import GUARDS, names_a_department
from .folding import WORD_CHARACTERS, fold

Owners = tuple[tuple[str, str], ...]  # (ability, term as it stands in the vocabulary)
# A term where its borders allow it, overlaps not yet resolved: start, −end, −length of the term, owners. It sorts
# leftmost first, then longest, then a term as it stands before a shorter one with a plural "s".
Occurrence = tuple[int, int, int, Owners]

_LEFT, _RIGHT, _PLURAL = 1, 2, 4
_NAME, _TRIGGER = 8, 16  # what has to be looked at closer is everything from 8 on
_SHORTEST_WITH_PLURAL = 4  # below that an "s" makes another word: "its", "news"


@dataclass(frozen=True)
class Term:
    text: str
    ability: str
    language: str = ""


class Mention(NamedTuple):
    """`text[start:end]` of the text as it was given says `ability`, by `term` as it stands in the vocabulary."""

    ability: str
    term: str
    start: int
    end: int


def searched_text(*, title: str, text: str) -> str:
    """What is searched of a posting, from whose beginning a mention's offset counts: its title on a line, its text."""
    return f"{title}\n{text}" if title else text


class TermMatcher:
    """All terms of a vocabulary in one automaton.

    The leftmost, then the longest, match wins and none overlap; abilities that share a surface form all get it.
    Upper and lower case, full and half width, hyphen and space are the same. A Latin term must begin and end
    where a word does (a Chinese character is a border), a Chinese one may stand anywhere.
    """

    def __init__(self, terms: Iterable[Term]) -> None:
        forms = _owners_by_form(terms)
        for phrase in GUARDS:
            forms.setdefault(phrase, {})
        self._automaton = ahocorasick.Automaton()
        # Short forms first: the states near the root, which every text visits, then lie together in memory.
        for form in sorted(forms, key=lambda form: (len(form), form)):
            self._automaton.add_word(form, (len(form), _rule(form), tuple(forms[form])))
        for phrase in TRIGGERS:
            rule = _rule(phrase) & ~_PLURAL | _TRIGGER
            self._automaton.add_word(phrase, (len(phrase), rule, tuple(forms.get(phrase, ()))))
        self._automaton.make_automaton()

    def find(self, text: str) -> list[Mention]:
        """The mentions in `text` from left to right, without those in passages that ask for nothing."""
        folded = fold(text)
        occurrences, triggers = self._scan(text, folded=folded)
        mentions = _resolve(occurrences, text=text)
        return _outside(mentions, ignored_spans(folded, triggers)) if mentions and triggers else mentions

    def occurrences(self, text: str) -> list[Occurrence]:
        """Every term that stands in `text`, overlapping ones and those in ignored passages too."""
        return [found for found in self._scan(text, folded=fold(text))[0] if found[3]]

    def _scan(self, text: str, *, folded: str) -> tuple[list[Occurrence], list[Trigger]]:
        # One blank before keeps `end - length` the start in `text`; two behind let a plural look past its "s".
        padded = f" {folded}  "
        occurrences: list[Occurrence] = []
        triggers: list[Trigger] = []
        word = WORD_CHARACTERS
        for end, (length, rule, owners) in self._automaton.iter(padded):
            start = end - length
            if rule & _LEFT and padded[start] in word:
                continue
            if rule & _RIGHT and padded[end + 1] in word:
                if not rule & _PLURAL or padded[end + 1] != "s" or padded[end + 2] in word:
                    continue
                end += 1
            if rule >= _NAME:
                if rule & _TRIGGER:
                    triggers.append((start, end, TRIGGERS[folded[start:end]]))
                owners = _confirmed(owners, text, start=start, end=end)
                if not owners:
                    continue
            occurrences.append((start, -end, -length, owners))
        return occurrences, triggers


def _owners_by_form(terms: Iterable[Term]) -> dict[str, dict[tuple[str, str], None]]:
    forms: dict[str, dict[tuple[str, str], None]] = {}
    for term in terms:
        form = " ".join(fold(term.text).split())
        if form and any(map(str.isalnum, form)):
            forms.setdefault(form, {})[term.ability, term.text.strip()] = None
    return forms


def _rule(form: str) -> int:
    """What its borders ask of a form. ".NET" stands at the beginning of a word only, "C++" also in "C++11"."""
    rule = _LEFT if form[0] in WORD_CHARACTERS or form[0] == "." else 0
    if form[-1] in WORD_CHARACTERS:
        rule |= _RIGHT
    if needs_a_closer_look(form):
        return rule | _NAME
    takes_plural = form[-1].isascii() and form[-1].isalpha() and form[-1] != "s"
    return rule | _PLURAL if takes_plural and len(form) >= _SHORTEST_WITH_PLURAL else rule


def _confirmed(owners: Owners, text: str, *, start: int, end: int) -> Owners:
    if not needs_a_closer_look(fold(text[start:end])):
        return owners
    return tuple(owner for owner in owners if stands_for_a_name(text, start=start, end=end, term=owner[1]))


def _resolve(occurrences: list[Occurrence], *, text: str) -> list[Mention]:
    occurrences.sort()
    mentions: list[Mention] = []
    free = 0
    for start, minus_end, _, owners in occurrences:
        if start >= free:
            free = -minus_end
            if text.startswith("部", free) and names_a_department(text, end=free):
                continue
            for ability, term in owners:
                mentions.append(Mention(ability, term, start, free))
    return mentions


def _outside(mentions: list[Mention], spans: list[Span]) -> list[Mention]:
    """The mentions that touch none of the spans, which are in order and apart from each other."""
    ends = [end for _, end in spans]
    outside = []
    for mention in mentions:
        nearest = bisect_right(ends, mention.start)
        if nearest == len(spans) or spans[nearest][0] >= mention.end:
            outside.append(mention)
    return outside
