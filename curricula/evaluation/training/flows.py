"""The panel of the three flows: people, knowledge and information, each with its date."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from competencies.matching.titles import TitleMatcher, TitleTerm
from curricula.analysis.frames import Notice
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
from curricula.reports.panels import Block, Figure, Listing, Missing, Reading, Rule, listing
from curricula.wording import formats, phrases
from curricula.wording.training import reason

from .first_steps import choose_postings, on_page
from .gathered import Gathered
from .panel import nothing, panel
from .postings import posting_counts
from .words import NO_EVIDENCE, age_figure, months, untold


@panel(
    "flows",
    gettext_lazy("Flows"),
    group="change",
    papers=("0.6", "0.7"),
    question=gettext_lazy("Do people, knowledge and information flow, and how lately?"),
    asks=gettext_lazy(
        "This page will show three flows with their dates: graduates by position, staff exchanged with enterprises, "
        "and how old the evidence of demand is."
    ),
    how=(
        gettext_lazy(
            "Paper 000 sees training as an exchange of people, knowledge and information with the outside. A flow "
            "that nobody recorded lately is stale: what it says may not hold any more."
        ),
    ),
)
def flows(gathered: Gathered) -> Reading:
    """Each flow, how old its newest record is, and a warning where that is too old."""
    talent, knowledge, information = _talent(gathered), _knowledge(gathered), _information(gathered)
    if all(each.undefined for each in (talent, knowledge, information)) and not talent.graduates:
        return nothing(gathered.enter(Outcome), gathered.enter(Teacher), choose_postings(gathered))
    blocks = (
        _talent_block(gathered, talent),
        _knowledge_block(gathered, knowledge),
        _information_block(gathered, information),
    )
    loop = on_page(gathered, "loop", _("Which gaps closed after which action stands on the page of the loop."))
    return Reading(_sentence(talent, knowledge, information), blocks, missing=(loop,))


def _sentence(talent: TalentFlow, knowledge: KnowledgeFlow, information: InformationFlow) -> str:
    ages = {_("graduates"): talent.age, _("staff exchanges"): knowledge.age, _("postings"): information.age}
    stale = [name for name, age in ages.items() if age.is_stale]
    unknown = [name for name, age in ages.items() if age.newest is None]
    said = ((stale, _("Stale: %(flows)s.")), (unknown, _("Without a date: %(flows)s.")))
    told = (words % {"flows": phrases.in_a_row(names)} for names, words in said if names)
    return phrases.sentences(*told) or _("All three flows are current.")


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
    title, label = _("People"), _("Graduates recorded")
    if found.undefined:
        steps = () if found.graduates else (gathered.enter(Outcome),)
        return _unknown("talent", title, Figure("graduates", label, None), found.undefined, steps)
    note = "" if found.of is None else _("of %(count)s who graduated in these years") % {"count": found.of}
    stated = _("of %(count)s who say it") % {"count": found.relevance_stated}
    relevant = Figure("relevant", _("Work that fits the program"), found.relevant, note=stated)
    age = age_figure("talent_age", _("Newest record"), found.age)
    rule = _(
        "The occupation of a graduate names a position of the framework as the title of a posting does. They are all "
        "who are recorded and no sample, so they have no interval. Fewer than 10 people are not shown."
    )
    block = Block(
        "talent",
        title,
        figures=(
            Figure("graduates", label, found.graduates, note=note, href=gathered.listed(Outcome)),
            relevant.unless("" if found.relevance_stated else _("no record says it")),
            age,
        ),
        listings=(_positions(gathered, found), _destinations(found)),
        rules=(Rule(rule, "000 §V.C.1", "method"),),
    )
    return _dated(block, age, found.age.limit)


def _positions(gathered: Gathered, found: TalentFlow) -> Listing:
    """Rows of ten and more; smaller groups are one row together, so that no row is of a few people."""
    said = {"": _("names no position of the framework"), REST: _("others, together")}
    return listing(
        "positions",
        _("Graduates by position"),
        found.by_position.items(),
        (
            ("position", _("Position"), "text", lambda row: said.get(row[0]) or gathered.names.position(row[0])),
            ("graduates", _("Graduates"), "count", lambda row: row[1]),
        ),
    )


def _destinations(found: TalentFlow) -> Listing:
    known = {code: str(label) for code, (label, _words) in DESTINATIONS.known.items()}
    said = {**known, "": _("not stated"), REST: _("others, together")}
    return listing(
        "destinations",
        _("Where graduates went"),
        found.by_destination.items(),
        (
            ("destination", _("Destination"), "text", lambda row: said.get(row[0], row[0])),
            ("graduates", _("Graduates"), "count", lambda row: row[1]),
        ),
    )


def _unknown(name: str, title: str, figure: Figure, why: Notice, steps: tuple[Missing, ...]) -> Block:
    return untold(name, title, replace(figure, note=reason(why)), verdict=NO_EVIDENCE, missing=steps)


def _dated(block: Block, age: Figure, limit: int) -> Block:
    """With the word of its age, and the rule by which it is stale."""
    text = _("Stale after %(months)s: no paper gives a number.") % {"months": months(limit)}
    return replace(block, tone=age.tone, verdict=age.verdict, rules=(*block.rules, Rule(text, "000 §V.C")))


# Knowledge


def _knowledge(gathered: Gathered) -> KnowledgeFlow:
    exchanges = [
        Exchange(each.practice_months, each.practice_since, each.practice_until, each.employment == "part")
        for each in gathered.of(Teacher)
    ]
    lectures = [each.received for each in gathered.of(Contribution) if each.type in ("teachers", "lectures")]
    return knowledge_flow(exchanges, lectures, today=gathered.today, limit=int(gathered.rules["knowledge_months"]))


def _knowledge_block(gathered: Gathered, found: KnowledgeFlow) -> Block:
    title, label = _("Knowledge"), _("Teachers who were in an enterprise")
    steps = () if found.teachers else (gathered.enter(Teacher),)
    if found.undefined:
        return _unknown("knowledge", title, Figure("out", label, None), found.undefined, steps)
    age = age_figure("knowledge_age", _("Newest exchange"), found.age)
    rule = _(
        "Out: any practice in an enterprise that a teacher's record states. In: part-time teachers, and contributions "
        "of teachers and lectures. Practice that goes on is of today."
    )
    block = Block(
        "knowledge",
        title,
        figures=(*_knowledge_figures(gathered, found, label), age),
        rules=(Rule(rule, "000 §V.A.2, §V.C.2", "method"),),
        missing=steps,
    )
    return _dated(block, age, found.age.limit)


def _knowledge_figures(gathered: Gathered, found: KnowledgeFlow, out: str) -> tuple[Figure, ...]:
    """Who went out and who came in; without a teacher on record that is unknown and not nobody."""
    of = reason(because("no_teachers"))
    if found.teachers:
        of = formats.plural("of %(count)s teacher", "of %(count)s teachers", found.teachers)
    last = _("the last %(months)s") % {"months": months(found.age.limit)}
    part_time, lectures = _("Part-time teachers from outside"), _("Teachers and lectures that were given")
    figures = (
        Figure("out", out, found.went_out, note=of, href=gathered.listed(Teacher)),
        Figure("months", _("Months there, together"), found.months_out, "number"),
        Figure("recent", _("Of them within the last months"), found.recent, note=last),
        Figure("in", part_time, found.came_in, note=of, href=gathered.listed(Teacher, employment="part")),
    )
    known = figures if found.teachers else tuple(replace(each, value=None) for each in figures)
    return (*known, Figure("lectures", lectures, found.lectures, href=gathered.listed(Contribution)))


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
    title, label = _("Information"), _("Postings of the last twelve months")
    if found.undefined:
        steps = (choose_postings(gathered),)
        return _unknown("information", title, Figure("postings", label, None), found.undefined, steps)
    age, newest = age_figure("information_age", _("Newest posting"), found.age), _("up to the newest posting")
    rule = _("The age of the newest posting of the sources that the plan is judged by.")
    block = Block(
        "information",
        title,
        figures=(
            Figure("postings", label, found.postings, note=newest, href=gathered.curriculum.page("next-evidence")),
            age,
            Figure("collected", _("Collected last on"), found.newest_collected, "date"),
        ),
        rules=(Rule(rule, "000 §V.C.2", "method"),),
    )
    return _dated(block, age, found.age.limit)
