"""Answers to a questionnaire as rows that the import takes back: no number, no day and no own words."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping

from django.utils.translation import get_language

from curricula.fields.questionnaire import ANSWERS, AUDIENCES, QUESTIONS
from curricula.fields.values import Choice

from .export import SheetOfRows, workbook_of


def workbook_of_answers(
    answers: Iterable[tuple[str, Mapping[str, str]]], *, title: str, shown: Collection[str]
) -> bytes:
    """Of each its audience, where that is among the `shown`, and what it says of each question.

    Sorted by what they say, so that their order tells nothing of who answered when.
    """
    rows = sorted(
        (
            _word(AUDIENCES, audience if audience in shown else ""),
            *(_word(ANSWERS, said.get(each.code)) for each in QUESTIONS),
        )
        for audience, said in answers
    )
    headers = ("身份" if _chinese() else "audience", *(str(each.label) for each in QUESTIONS))
    return workbook_of([SheetOfRows(title, headers, list(rows))])


def _word(choice: Choice, code: str | None) -> str:
    """The first Chinese word that stands for a code, for a Chinese reader; the code for everybody else."""
    if not code:
        return ""
    words = choice.known[code][1].split() if _chinese() else ()
    return next((word for word in words if not word.isascii()), code)


def _chinese() -> bool:
    return (get_language() or "").startswith("zh")
