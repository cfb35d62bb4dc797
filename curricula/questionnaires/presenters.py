"""The results of a questionnaire as its page shows them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from django.utils.translation import gettext as _

from curricula.analysis.training.questionnaire import ItemShare, QuestionnaireReading
from curricula.fields.questionnaire import AUDIENCES, COOPERATION, PAPER_PROBLEMS, PAPER_WANTS
from curricula.wording import formats
from curricula.wording.training import label_of, most_words, paper_words, reason

_LABELS = {code: label for code, (label, _words) in AUDIENCES.known.items()}


@dataclass(frozen=True)
class Line:
    """One question. `rail` is drawn from 0 to 100; the line of the paper stands on it without an interval."""

    label: str
    counts: str
    share: str
    interval: str
    silent: str  # what those who did not answer could change
    note: str  # why there is no number
    low: float = 0
    width: float = 0
    value: float = 0
    paper: float | None = None
    paper_text: str = ""


@dataclass(frozen=True)
class Results:
    respondents: int
    asked: int | None
    note: str
    wants: Line
    together: Line
    problems: list[Line]
    audiences: list[tuple[str, str, str]]
    most: str


def results(reading: QuestionnaireReading) -> Results:
    """Every question with its interval; the paper's two figures as lines of its own."""
    by_item = {each.item: each for each in reading.items}
    wants = _line(by_item.pop(COOPERATION), paper=PAPER_WANTS)
    problems = sorted(by_item.values(), key=lambda each: -(each.share.share if each.share else -1))
    return Results(
        respondents=reading.respondents,
        asked=reading.asked,
        note=reason(reading.undefined),
        wants=wants,
        together=_line(reading.any_problem, paper=PAPER_PROBLEMS),
        problems=[_line(each) for each in problems],
        audiences=list(_audiences(reading)),
        most=most_words(reading),
    )


def _line(item: ItemShare, *, paper: float | None = None) -> Line:
    label = label_of(item.item)
    paper_text = "" if paper is None else paper_words(item.item)
    if item.share is None:
        return Line(label, "", "", "", "", reason(item.undefined), paper=_at(paper), paper_text=paper_text)
    share = item.share
    interval = (
        _("everybody answered: no interval")
        if share.effective is None
        else _("%(low)s to %(high)s") % {"low": formats.share(share.low), "high": formats.share(share.high)}
    )
    silent = ""
    if share.silent_none is not None and share.silent_all is not None and share.effective is not None:
        words = _("with those who did not answer: between %(low)s and %(high)s")
        silent = words % {"low": formats.share(share.silent_none), "high": formats.share(share.silent_all)}
    return Line(
        label=label,
        counts=_("%(k)s out of %(n)s") % {"k": item.yes, "n": item.answered},
        share=formats.share(share.share),
        interval=interval,
        silent=silent,
        note="",
        low=round(100 * share.low, 2),
        width=round(100 * (share.high - share.low), 2),
        value=round(100 * share.share, 2),
        paper=_at(paper),
        paper_text=paper_text,
    )


def _at(share: float | None) -> float | None:
    return None if share is None else round(100 * share, 2)


def _audiences(reading: QuestionnaireReading) -> Iterator[tuple[str, str, str]]:
    """Who answered, how many, and how many were asked."""
    for each in reading.audiences:
        if each.answered is None:
            answered = _("not shown: fewer than 10, or telling of fewer than 10")
        elif each.response is None:
            answered = str(each.answered)
        else:
            words = _("%(k)s of %(n)s asked (%(share)s)")
            answered = words % {"k": each.answered, "n": each.asked, "share": formats.share(each.response)}
        yield each.audience, str(_LABELS.get(each.audience, each.audience)), answered
