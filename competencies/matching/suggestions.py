"""Abilities proposed for a course, each with its score, the words that led there and a level read from the verbs."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from .bloom import ORDER, LevelFound, Verb, level_at, verbs
from .feedback import Experience
from .ranking import Ranker
from .words import Word, stem, stems, words_of

MOST = 8


@dataclass(frozen=True)
class Suggestion:
    ability: str
    score: float
    words: tuple[str, ...]
    level: str  # I, D, A, or nothing where no verb tells
    verb: str
    tier: str  # which tier of the ranker was at work


def suggest(
    parts: Sequence[str],
    ranker: Ranker,
    *,
    experience: Experience | None = None,
    most: int = MOST,
) -> list[Suggestion]:
    """`parts` are a course's titles, description and syllabus; the best suggestion comes first."""
    text = course_text(parts)
    ranking = ranker.rank(text, most=most, experience=experience, proposable=True)
    found, all_words = verbs(text), words_of(text)
    suggestions = []
    for candidate in ranking.candidates:
        if candidate.score >= ranking.least:
            level = _level(text, led=candidate.words, found=found, all_words=all_words)
            suggestions.append(
                Suggestion(candidate.ability, candidate.score, candidate.words, level.level, level.verb, ranking.tier)
            )
    return suggestions


def course_text(parts: Sequence[str]) -> str:
    """The parts with an empty line between them, over which no passage reaches."""
    return "\n\n".join(part.strip() for part in parts if part.strip())


def _level(text: str, *, led: tuple[str, ...], found: list[Verb], all_words: list[Word]) -> LevelFound:
    """The highest level in any sentence that has one of the words which led to the ability."""
    wanted = {one for words in led for one in stems(words)}
    levels = [
        level_at(text, start=word.start, end=word.end, found=found) for word in all_words if stem(word.text) in wanted
    ]
    return max(levels, key=lambda level: ORDER.index(level.level), default=LevelFound())
