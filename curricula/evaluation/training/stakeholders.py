"""The panel of the questionnaire: the newest that was answered, and what it says."""

from __future__ import annotations

from django.db.models import Count
from django.urls import reverse
from django.utils.translation import gettext as _

from curricula.analysis.training.questionnaire import ItemShare, QuestionnaireReading
from curricula.evaluation.questionnaires import reading_of
from curricula.fields.questionnaire import COOPERATION, PAPER_PROBLEMS, PAPER_WANTS
from curricula.models import Questionnaire
from curricula.reports.panels import Block, Figure, Listing, Missing, Reading, Rule
from curricula.reports.table import Column, Table
from curricula.wording import formats, phrases
from curricula.wording.training import label_of, most_words, paper_words, reason

from .gathered import Gathered
from .words import cells


def questionnaire(gathered: Gathered) -> Reading:
    """Shares of the newest questionnaire with answers, beside the two figures of the paper."""
    held = Questionnaire.objects.filter(school=gathered.school).annotate(people=Count("answered"))
    newest = held.filter(people__gt=0).order_by("-created", "-pk").first()
    page = reverse("questionnaires", args=[gathered.school.slug])
    if newest is None:
        asks = _(
            "This page will show whether stakeholders want schools and enterprises to train together, and "
            "which problems "
            "they see, each with its interval."
        )
        step = Missing("", _("Make a questionnaire and send its links, or import answers."), page, _("Questionnaires"))
        return Reading(asks, missing=(step,), empty=True)
    href = reverse("questionnaire", args=[gathered.school.slug, newest.pk])
    found = reading_of(newest)
    if found.undefined:
        step = Missing("", _("Send more links, or import answers."), href, _("Questionnaires"))
        return Reading(reason(found.undefined), missing=(step,), empty=True)
    return Reading(_sentence(found), (_block(newest, found, href),), how=_how())


def _sentence(found: QuestionnaireReading) -> str:
    wants = next(each for each in found.items if each.item == COOPERATION)
    said = []
    if wants.share is not None:
        words = _("%(share)s of %(n)s want schools and enterprises to train together (%(interval)s).")
        said.append(
            words % {"share": formats.share(wants.share.share), "n": wants.answered, "interval": _interval(wants)}
        )
    said.append(most_words(found))
    return phrases.space().join(filter(None, said))


def _block(newest: Questionnaire, found: QuestionnaireReading, href: str) -> Block:
    asked = _("of %(n)s asked") % {"n": found.asked} if found.asked else _("how many were asked is not known for all")
    figures = (
        Figure("answers", _("Answers"), found.respondents, "count", asked, href),
        _paper_figure("paper_cooperation", COOPERATION, PAPER_WANTS),
        _paper_figure("paper_problems", "any_problem", PAPER_PROBLEMS),
    )
    columns = (
        Column("question", _("Question"), "text"),
        Column("yes", _("Said yes"), "text"),
        Column("share", _("Share"), "share"),
        Column("interval", _("Interval"), "text"),
        Column("silent", _("With those who did not answer"), "text"),
    )
    lines = (found.items[0], found.any_problem, *sorted(found.items[1:], key=_rank))
    rows = tuple(
        (
            *cells(label_of(each.item), _counts(each)),
            formats.Value(each.share.share if each.share else None, "share"),
            *cells(_interval(each), _silent(each)),
        )
        for each in lines
    )
    table = Table("answers", newest.named, columns, rows)
    rule = Rule(
        _(
            "Wilson's interval with Cochran's correction for a finite population where the number asked is "
            "known; fewer "
            "than 10 answers are not shown. Two problems are compared by Newcombe's paired interval."
        ),
        "000 §III",
        "method",
    )
    return Block(
        "questionnaire", figures=figures, listings=(Listing(table, tuple(href for _line in lines)),), rules=(rule,)
    )


def _paper_figure(name: str, item: str, share: float) -> Figure:
    label = _("Said by the paper: %(question)s") % {"question": label_of(item)}
    return Figure(name, label, share, "share", paper_words(item))


def _rank(item: ItemShare) -> float:
    return -item.share.share if item.share else 1.0


def _counts(item: ItemShare) -> str:
    if item.share is None:
        return formats.MISSING
    return _("%(k)s out of %(n)s") % {"k": item.yes, "n": item.answered}


def _interval(item: ItemShare) -> str:
    if item.share is None:
        return reason(item.undefined)
    if item.share.effective is None:
        return _("everybody answered: no interval")
    return _("%(low)s to %(high)s") % {"low": formats.share(item.share.low), "high": formats.share(item.share.high)}


def _silent(item: ItemShare) -> str:
    share = item.share
    if share is None or share.silent_none is None or share.silent_all is None or share.effective is None:
        return formats.MISSING
    return _("%(low)s to %(high)s") % {
        "low": formats.share(share.silent_none),
        "high": formats.share(share.silent_all),
    }


def _how() -> tuple[str, ...]:
    return (
        _(
            "Who answers a link is rarely a chance sample of those who were asked. The interval says what "
            "chance alone "
            "would do; the last column says what those who did not answer could change at most."
        ),
        _("What people wrote freely is read by directors only, and stands in no report."),
    )
