"""The panel of the questionnaire: the newest that was answered, and what it says."""

from __future__ import annotations

from django.db.models import Count
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from curricula.analysis.training.questionnaire import ItemShare, QuestionnaireReading
from curricula.evaluation.questionnaires import reading_of
from curricula.fields.questionnaire import COOPERATION, PAPER_PROBLEMS, PAPER_WANTS
from curricula.models import Questionnaire
from curricula.reports.panels import Block, Figure, Missing, Reading, Rule, listing
from curricula.wording import formats, phrases
from curricula.wording.training import label_of, most_words, paper_words, reason

from .gathered import Gathered
from .panel import nothing, panel
from .words import out_of, range_of


@panel(
    "questionnaire",
    gettext_lazy("Questionnaire"),
    group="conditions",
    papers=("0.9",),
    question=gettext_lazy("What do stakeholders want, and which problems do they see?"),
    asks=gettext_lazy(
        "This page will show whether stakeholders want schools and enterprises to train together, and which problems "
        "they see, each with its interval."
    ),
    how=(
        gettext_lazy(
            "Who answers a link is rarely a chance sample of those who were asked. The interval says what chance "
            "alone would do; the last column says what those who did not answer could change at most."
        ),
        gettext_lazy("What people wrote freely is read by directors only, and stands in no report."),
    ),
)
def questionnaire(gathered: Gathered) -> Reading:
    """Shares of the newest questionnaire with answers, beside the two figures of the paper."""
    held = Questionnaire.objects.filter(school=gathered.school).annotate(people=Count("answered"))
    newest = held.filter(people__gt=0).order_by("-created", "-pk").first()
    if newest is None:
        page = reverse("questionnaires", args=[gathered.school.slug])
        text = _("Make a questionnaire and send its links, or import answers.")
        return nothing(Missing("", text, page, _("Questionnaires")))
    href = reverse("questionnaire", args=[gathered.school.slug, newest.pk])
    found = reading_of(newest)
    if found.undefined:
        step = Missing("", _("Send more links, or import answers."), href, _("Questionnaires"))
        return nothing(step, why=reason(found.undefined))
    return Reading(_sentence(found), (_block(newest, found, href),))


def _sentence(found: QuestionnaireReading) -> str:
    wants = next(each for each in found.items if each.item == COOPERATION)
    said = ""
    if wants.share is not None:
        words = _("%(share)s of %(n)s want schools and enterprises to train together (%(interval)s).")
        facts = {"share": formats.share(wants.share.share), "n": wants.answered, "interval": _interval(wants)}
        said = words % facts
    return phrases.sentences(said, most_words(found))


def _block(newest: Questionnaire, found: QuestionnaireReading, href: str) -> Block:
    asked = _("of %(n)s asked") % {"n": found.asked} if found.asked else _("how many were asked is not known for all")
    answers = listing(
        "answers",
        newest.named,
        (found.items[0], found.any_problem, *sorted(found.items[1:], key=_rank)),
        (
            ("question", _("Question"), "text", lambda each: label_of(each.item)),
            ("yes", _("Said yes"), "text", _counts),
            ("share", _("Share"), "share", lambda each: each.share.share if each.share else None),
            ("interval", _("Interval"), "text", _interval),
            ("silent", _("With those who did not answer"), "text", _silent),
        ),
        href=lambda _each: href,
    )
    text = _(
        "Wilson's interval with Cochran's correction for a finite population where the number asked is known; fewer "
        "than 10 answers are not shown. Two problems are compared by Newcombe's paired interval."
    )
    return Block(
        "questionnaire",
        figures=(
            Figure("answers", _("Answers"), found.respondents, "count", asked, href),
            _paper_figure("paper_cooperation", COOPERATION, PAPER_WANTS),
            _paper_figure("paper_problems", "any_problem", PAPER_PROBLEMS),
        ),
        listings=(answers,),
        rules=(Rule(text, "000 §III", "method"),),
    )


def _paper_figure(name: str, item: str, share: float) -> Figure:
    label = _("Said by the paper: %(question)s") % {"question": label_of(item)}
    return Figure(name, label, share, "share", paper_words(item))


def _rank(item: ItemShare) -> float:
    return -item.share.share if item.share else 1.0


def _counts(item: ItemShare) -> str:
    if item.share is None:
        return formats.MISSING
    return out_of(item.yes, item.answered)


def _interval(item: ItemShare) -> str:
    if item.share is None:
        return reason(item.undefined)
    if item.share.effective is None:
        return _("everybody answered: no interval")
    return range_of(formats.share(item.share.low), formats.share(item.share.high))


def _silent(item: ItemShare) -> str:
    share = item.share
    if share is None or share.silent_none is None or share.silent_all is None or share.effective is None:
        return formats.MISSING
    return range_of(formats.share(share.silent_none), formats.share(share.silent_all))
