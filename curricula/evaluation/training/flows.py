"""The panel of the three flows: people, knowledge and information, each with its date."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from django.utils.translation import gettext as _

from competencies.matching.titles import TitleMatcher, TitleTerm
from curricula.analysis.training.flows import (
    REST,
    Exchange,
    Graduate,
    InformationFlow,
    KnowledgeFlow,
    TalentFlow,
    information_flow,
    knowledge_flow,
    talent_flow,
)
from curricula.analysis.training.readings import because
from curricula.fields.outcome import DESTINATIONS
from curricula.models import Cohort, Contribution, Outcome, Teacher
from curricula.reports.panels import Block, Figure, Listing, Missing, Reading, Rule
from curricula.reports.table import Column, Table
from curricula.wording import formats, phrases
from curricula.wording.training import reason

from .first_steps import choose_postings
from .gathered import Gathered
from .numbers import age_figure
from .postings import posting_counts
from .words import cells


def flows(gathered: Gathered) -> Reading:
    """Each flow, how old its newest record is, and a warning where that is too old."""
    talent, knowledge, information = _talent(gathered), _knowledge(gathered), _information(gathered)
    loop = Missing(
        "", _("Which gaps closed after which action stands on the page of the loop."), _loop(gathered), _("Loop")
    )
    if all(each.undefined for each in (talent, knowledge, information)) and not talent.graduates:
        asks = _(
            "This page will show three flows with their dates: graduates by position, staff exchanged with "
            "enterprises, and how old the evidence of demand is."
        )
        steps = (gathered.enter(Outcome), gathered.enter(Teacher), choose_postings(gathered))
        return Reading(asks, missing=steps, empty=True)
    blocks = (
        _talent_block(gathered, talent),
        _knowledge_block(gathered, knowledge),
        _information_block(gathered, information),
    )
    return Reading(_sentence(talent, knowledge, information), blocks, missing=(loop,), how=_how())


def _loop(gathered: Gathered) -> str:
    return gathered.curriculum.page("loop")


def _sentence(talent: TalentFlow, knowledge: KnowledgeFlow, information: InformationFlow) -> str:
    ages = {_("graduates"): talent.age, _("staff exchanges"): knowledge.age, _("postings"): information.age}
    stale = [name for name, age in ages.items() if age.is_stale]
    unknown = [name for name, age in ages.items() if age.newest is None]
    said = []
    if stale:
        said.append(_("Stale: %(flows)s.") % {"flows": phrases.in_a_row(stale)})
    if unknown:
        said.append(_("Without a date: %(flows)s.") % {"flows": phrases.in_a_row(unknown)})
    return phrases.space().join(said) or _("All three flows are current.")


# People


def _talent(gathered: Gathered) -> TalentFlow:
    matcher = _matcher(gathered)
    held = gathered.of(Outcome)
    graduates = [
        Graduate(each.destination, matcher.position(each.occupation) or "", each.relevance, _day(each))
        for each in held
    ]
    return talent_flow(
        graduates, of=_of_graduates(gathered), today=gathered.today, limit=int(gathered.rules["talent_months"])
    )


def _matcher(gathered: Gathered) -> TitleMatcher:
    rows = gathered.curriculum.framework.positions.values_list("code", "title_en", "title_zh", "title_terms")
    terms = [
        TitleTerm(text, code, language)
        for code, en, zh, stated in rows
        for text, language in [(en, "en"), (zh, "zh"), *((each["text"], each.get("language", "")) for each in stated)]
        if text
    ]
    return TitleMatcher(terms)


def _day(record: Outcome) -> date | None:
    """Settled on; else the end of June of the year of graduation, when Chinese programs graduate."""
    if record.settled:
        return record.settled
    year = record.year[-4:]
    return date(int(year), 6, 30) if year.isdigit() else None


def _of_graduates(gathered: Gathered) -> int | None:
    """Graduates of the years that the records are of, where every such year states them."""
    years = {each.year[-4:] for each in gathered.of(Outcome) if each.year}
    length = int(gathered.rules["years_of_study"])
    stated = {
        str(int(each.year[:4]) + length): each.graduates for each in gathered.of(Cohort) if each.year[:4].isdigit()
    }
    if not years or any(stated.get(year) is None for year in years):
        return None
    return sum(stated[year] or 0 for year in years)


def _talent_block(gathered: Gathered, found: TalentFlow) -> Block:
    title = _("People")
    age = age_figure("talent_age", _("Newest record"), found.age)
    if found.undefined:
        figure = Figure("graduates", _("Graduates recorded"), None, "count", reason(found.undefined))
        steps = () if found.graduates else (gathered.enter(Outcome),)
        return Block("talent", title, tone="na", verdict=_("no evidence yet"), figures=(figure,), missing=steps)
    note = "" if found.of is None else _("of %(count)s who graduated in these years") % {"count": found.of}
    figures = [
        Figure("graduates", _("Graduates recorded"), found.graduates, "count", note, gathered.listed(Outcome)),
        Figure(
            "relevant",
            _("Work that fits the program"),
            found.relevant if found.relevance_stated else None,
            "count",
            _("of %(count)s who say it") % {"count": found.relevance_stated}
            if found.relevance_stated
            else _("no record says it"),
        ),
        age,
    ]
    columns = (Column("position", _("Position"), "text"), Column("graduates", _("Graduates"), "count"))
    rows = _counted(found.by_position, gathered.names.positions, _("names no position of the framework"))
    went = (Column("destination", _("Destination"), "text"), Column("graduates", _("Graduates"), "count"))
    known = {code: str(label) for code, (label, _words) in DESTINATIONS.known.items()}
    where = _counted(found.by_destination, known, _("not stated"))
    rule = Rule(
        _(
            "The occupation of a graduate names a position of the framework as the title of a posting does. They are "
            "all who are recorded and no sample, so they have no interval. Fewer than 10 people are not shown."
        ),
        "000 §V.C.1",
        "method",
    )
    listings = (
        Listing(Table("positions", _("Graduates by position"), columns, rows)),
        Listing(Table("destinations", _("Where graduates went"), went, where)),
    )
    return Block(
        "talent",
        title,
        tone=age.tone,
        verdict=age.verdict,
        figures=tuple(figures),
        listings=listings,
        rules=(rule, _limit_rule(found.age.limit)),
    )


def _counted(
    counts: Mapping[str, int], names: Mapping[str, str], unnamed: str
) -> tuple[tuple[formats.Value, ...], ...]:
    """Rows of ten and more; smaller groups are one row together, so that no row is of a few people."""
    said = {"": unnamed, REST: _("others, together")}
    return tuple(
        (*cells(said.get(code) or names.get(code, code)), formats.Value(n, "count")) for code, n in counts.items()
    )


# Knowledge


def _knowledge(gathered: Gathered) -> KnowledgeFlow:
    exchanges = [
        Exchange(each.practice_months, each.practice_since, each.practice_until, each.employment == "part")
        for each in gathered.of(Teacher)
    ]
    lectures = [each.received for each in gathered.of(Contribution) if each.type in ("teachers", "lectures")]
    return knowledge_flow(exchanges, lectures, today=gathered.today, limit=int(gathered.rules["knowledge_months"]))


def _knowledge_block(gathered: Gathered, found: KnowledgeFlow) -> Block:
    title = _("Knowledge")
    if found.undefined:
        figure = Figure("out", _("Teachers who were in an enterprise"), None, "count", reason(found.undefined))
        return Block(
            "knowledge",
            title,
            tone="na",
            verdict=_("no evidence yet"),
            figures=(figure,),
            missing=(gathered.enter(Teacher),),
        )
    age = age_figure("knowledge_age", _("Newest exchange"), found.age)
    rule = Rule(
        _(
            "Out: any practice in an enterprise that a teacher's record states. In: part-time teachers, and "
            "contributions "
            "of teachers and lectures. Practice that goes on is of today."
        ),
        "000 §V.A.2, §V.C.2",
        "method",
    )
    return Block(
        "knowledge",
        title,
        tone=age.tone,
        verdict=age.verdict,
        figures=(*_knowledge_figures(gathered, found), age),
        rules=(rule, _limit_rule(found.age.limit)),
        missing=() if found.teachers else (gathered.enter(Teacher),),
    )


def _knowledge_figures(gathered: Gathered, found: KnowledgeFlow) -> tuple[Figure, ...]:
    """Who went out and who came in; without a teacher on record that is unknown and not nobody."""
    known = found.teachers > 0
    of = _("of %(count)s teachers") % {"count": found.teachers} if known else reason(because("no_teachers"))
    limit = found.age.limit
    return (
        Figure(
            "out",
            _("Teachers who were in an enterprise"),
            found.went_out if known else None,
            "count",
            of,
            gathered.listed(Teacher),
        ),
        Figure("months", _("Months there, together"), found.months_out if known else None, "number"),
        Figure(
            "recent",
            _("Of them within the last months"),
            found.recent if known else None,
            "count",
            _("the last %(months)s months") % {"months": limit},
        ),
        Figure(
            "in",
            _("Part-time teachers from outside"),
            found.came_in if known else None,
            "count",
            of,
            gathered.listed(Teacher, employment="part"),
        ),
        Figure(
            "lectures",
            _("Teachers and lectures that were given"),
            found.lectures,
            "count",
            href=gathered.listed(Contribution),
        ),
    )


# Information


def _information(gathered: Gathered) -> InformationFlow:
    counts = posting_counts(gathered)
    return information_flow(
        counts.total,
        counts.newest,
        counts.collected,
        today=gathered.today,
        limit=int(gathered.rules["information_months"]),
    )


def _information_block(gathered: Gathered, found: InformationFlow) -> Block:
    title = _("Information")
    if found.undefined:
        figure = Figure("postings", _("Postings of the last twelve months"), None, "count", reason(found.undefined))
        return Block(
            "information",
            title,
            tone="na",
            verdict=_("no evidence yet"),
            figures=(figure,),
            missing=(choose_postings(gathered),),
        )
    age = age_figure("information_age", _("Newest posting"), found.age)
    figures = (
        Figure(
            "postings",
            _("Postings of the last twelve months"),
            found.postings,
            "count",
            _("up to the newest posting"),
            gathered.curriculum.page("next-evidence"),
        ),
        age,
        Figure("collected", _("Collected last on"), found.newest_collected, "date"),
    )
    rule = Rule(_("The age of the newest posting of the sources that the plan is judged by."), "000 §V.C.2", "method")
    return Block(
        "information",
        title,
        tone=age.tone,
        verdict=age.verdict,
        figures=figures,
        rules=(rule, _limit_rule(found.age.limit)),
    )


def _limit_rule(months: int) -> Rule:
    return Rule(_("Stale after %(months)s months: no paper gives a number.") % {"months": months}, "000 §V.C")


def _how() -> tuple[str, ...]:
    return (
        _(
            "Paper 000 sees training as an exchange of people, knowledge and information with the outside. "
            "A flow that "
            "nobody recorded lately is stale: what it says may not hold any more."
        ),
    )
