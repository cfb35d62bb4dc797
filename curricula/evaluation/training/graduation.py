"""The panel of the double certificate: credits, certified practice, a professional qualification (002 §IV.C)."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop, ngettext_lazy

from curricula.analysis.electives import group_parts
from curricula.analysis.training.graduation import (
    CLOSABLE,
    Certified,
    Closes,
    CreditClause,
    GraduationAudit,
    PracticeClause,
    QualificationClause,
    credit_clause,
    practice_clause,
    qualification_clause,
)
from curricula.models import Placement
from curricula.reports.panels import Block, Figure, Listing, Missing, Reading, Rule
from curricula.reports.table import Column, Table
from curricula.wording import phrases
from curricula.wording.formats import Value

from .certificate_effects import certificate_name, coverage_figure, effect_listings, serves
from .gathered import Gathered
from .words import counted

STATE_WORDS: Final = {
    "met": ("ok", gettext_noop("can be met")),
    "partly": ("part", gettext_noop("partly")),
    "missing": ("gap", gettext_noop("missing")),
    "unknown": ("na", gettext_noop("no evidence yet")),
}


def graduation(gathered: Gathered) -> Reading:
    """Which of the three a student of the plan can meet, by what, and what is missing."""
    audit = _audit(gathered)
    blocks = (
        _toned(_credit_block(gathered, audit.credits), audit.credits.state),
        _toned(_practice_block(gathered, audit.practice), audit.practice.state),
        _toned(_qualification_block(gathered, audit.qualification), audit.qualification.state),
    )
    if not gathered.courses or all(state == "unknown" for state in audit.states):
        asks = _(
            "This page will show which of the three that the double certificate asks for the plan lets its students "
            "meet: the credits, practice certified by school and enterprise, a professional qualification."
        )
        return Reading(asks, missing=tuple(each for block in blocks for each in block.missing), empty=True)
    return Reading(_sentence(blocks), blocks, how=_how())


def _audit(gathered: Gathered) -> GraduationAudit:
    frames, analysis = gathered.frames, gathered.analysis
    chosen = _chosen_parts(gathered)
    certified = (
        Certified(each.student, bool(each.school_evaluation.strip()), bool(each.enterprise_evaluation.strip()))
        for each in _beyond_orientation(gathered)
    )
    return GraduationAudit(
        credit_clause(frames.courses, chosen),
        practice_clause(certified),
        qualification_clause(
            analysis.certifications, frames.certifications, serves(frames), analysis.abilities["label"]
        ),
    )


def _beyond_orientation(gathered: Gathered) -> list[Placement]:
    """To look round for a week is no practice that anybody certifies."""
    return [each for each in gathered.of(Placement) if each.kind_of != "orientation"]


def _chosen_parts(gathered: Gathered) -> dict[str, float | None]:
    """By elective group the part that is chosen, None where its rule does not tell."""
    frames = gathered.frames
    if frames.groups.empty:
        return {}
    parts = group_parts(frames.courses, frames.hours, frames.groups)
    known = parts.notna()
    return {str(group): float(parts[group]) if known[group] else None for group in parts.index}


def _sentence(blocks: tuple[Block, ...]) -> str:
    said = {
        "ok": _("The plan lets its students meet: %(parts)s."),
        "part": _("Partly: %(parts)s."),
        "gap": _("Missing: %(parts)s."),
        "na": _("No evidence yet: %(parts)s."),
    }
    by_tone = {tone: [block.title for block in blocks if block.tone == tone] for tone in said}
    parts = (said[tone] % {"parts": phrases.in_a_row(held)} for tone, held in by_tone.items() if held)
    return phrases.space().join(parts)


def _toned(block: Block, state: str) -> Block:
    tone, word = STATE_WORDS[state]
    return replace(block, tone=tone, verdict=_(word))


def _credit_block(gathered: Gathered, found: CreditClause) -> Block:
    page = gathered.curriculum.page
    known = found.state != "unknown"
    figures: tuple[Figure, ...] = (
        Figure("credits", _("Credits counted"), found.counted if known else None, "number", href=page("courses"),
               note="" if known else _("no course that everybody takes states its credits")),
        Figure("required", _("of required courses"), found.required if known else None, "number"),
        Figure("chosen", _("of electives, as far as a rule says how many"), found.chosen if known else None, "number"),
    )  # fmt: skip
    if found.offered:
        note = _("how many of them a student takes, the plan does not say")
        figures += (Figure("offered", _("Credits of other electives"), found.offered, "number", note=note),)
    return Block(
        "credits",
        _("Credits"),
        figures=figures,
        missing=tuple(_credits_missing(gathered, found)),
        rules=(
            Rule(
                _(
                    "Met where every credit that counts is known: of each required course, and of each elective group "
                    "with its rule. How many credits a diploma asks for is the school's to compare."
                ),
                "002 §IV.C",
                "method",
            ),
        ),
    )


def _credits_missing(gathered: Gathered, found: CreditClause) -> list[Missing]:
    courses = gathered.curriculum.page("courses"), _("Courses")
    if not gathered.courses:
        return [Missing("", _("Import the teaching plan."), *courses)]
    lacking = (
        (
            found.without,
            ngettext_lazy(
                "State the credits of %(count)s course: %(names)s.",
                "State the credits of %(count)s courses, first of all %(names)s.",
                "count",
            ),
        ),
        (
            found.unstated,
            ngettext_lazy(
                "State whether %(count)s course is required: %(names)s.",
                "State whether %(count)s courses are required, first of all %(names)s.",
                "count",
            ),
        ),
        (
            found.open_groups,
            ngettext_lazy(
                "Say how many courses a student takes of %(count)s elective group.",
                "Say how many courses a student takes of %(count)s elective groups.",
                "count",
            ),
        ),
    )
    counted = ((words, {"count": len(codes), "names": _first(gathered, codes)}) for codes, words in lacking if codes)
    return [Missing("", str(words % values), *courses) for words, values in counted]


def _first(gathered: Gathered, codes: tuple[str, ...]) -> str:
    return phrases.in_a_row(gathered.names.courses.get(code, code) for code in codes[:3])


def _practice_block(gathered: Gathered, found: PracticeClause) -> Block:
    rules = (
        Rule(
            _(
                "Met where every student in a placement has one that school and enterprise both evaluated. Two "
                "placements of which each side evaluated one do not certify either by both."
            ),
            "002 §IV.C",
            "paper",
        ),
    )
    title = _("Practice certified by school and enterprise")
    if not found.placements:
        why = _("Enter the placements with the evaluation by the school and by the enterprise.")
        return Block("practice", title, rules=rules, missing=(gathered.enter(Placement, why),))
    listed = gathered.listed(Placement)
    note = _("in %(count)s placements and projects beyond orientation") % {"count": found.placements}
    one_sided = (
        Figure("school_only", _("by the school alone"), found.school_only, href=listed),
        Figure("enterprise_only", _("by the enterprise alone"), found.enterprise_only, href=listed),
        Figure("neither", _("by nobody"), found.neither, href=listed),
    )
    return Block(
        "practice",
        title,
        figures=(
            Figure("students", _("Students placed"), found.students, note=note, href=listed),
            Figure("both", _("evaluated by both"), found.both, href=listed),
            *one_sided,
        ),
        wanted=tuple(_practice_wanted(found)),
        rules=rules,
    )


def _practice_wanted(found: PracticeClause) -> list[str]:
    by_enterprise = ngettext_lazy(
        "An evaluation by the enterprise for %(count)s student.",
        "An evaluation by the enterprise for %(count)s students.",
        "count",
    )
    by_school = ngettext_lazy(
        "An evaluation by the school for %(count)s student.",
        "An evaluation by the school for %(count)s students.",
        "count",
    )
    by_both = ngettext_lazy(
        "Both evaluations for %(count)s student.", "Both evaluations for %(count)s students.", "count"
    )
    return counted((found.school_only, by_enterprise), (found.enterprise_only, by_school), (found.neither, by_both))


def _qualification_block(gathered: Gathered, found: QualificationClause) -> Block:
    title = _("Professional qualification")
    rules = (
        Rule(
            _(
                "Met where the plan offers every course that one direction of a certificate asks for, of those that "
                "it says it prepares for. Whether a student passes is not known here."
            ),
            "002 §IV.C, Table III",
            "method",
        ),
    )
    if not found.closes:
        text = _("Choose a framework with certificates and the courses that they ask for.")
        missing = Missing("", text, gathered.curriculum.page("curriculum-settings"), _("Settings"))
        return Block("qualification", title, rules=rules, missing=(missing,))
    return Block(
        "qualification",
        title,
        figures=_qualification_figures(gathered, found),
        wanted=_qualification_wanted(gathered, found),
        listings=(_certificates(gathered, found), *effect_listings(gathered, found)),
        rules=rules,
        missing=() if found.prepared else (_choose(gathered),),
    )


def _choose(gathered: Gathered) -> Missing:
    text = _("Say for which certificates the plan prepares.")
    return Missing("", text, gathered.curriculum.page("curriculum-settings"), _("Settings"))


def _qualification_figures(gathered: Gathered, found: QualificationClause) -> tuple[Figure, ...]:
    nearest = found.nearest
    figures = (Figure("prepared", _("Certificates that the plan prepares for"), found.prepared, href="#certificates"),)
    if nearest is None:
        return figures
    note = _("of %(count)s courses that %(name)s asks for")
    offered = Figure(
        "offered",
        _("Courses offered towards the nearest one"),
        len(nearest.offered),
        note=note % {"count": len(nearest.required), "name": certificate_name(gathered, nearest)},
        href=gathered.curriculum.page("certificates"),
    )
    reached = (coverage_figure(gathered, nearest),) if nearest.missing else ()
    return (*figures, offered, *reached, _closable(gathered, nearest))


def _closable(gathered: Gathered, nearest: Closes) -> Figure:
    label = _("Gaps that its missing courses bear on")
    if gathered.analysis.unfinished:
        return Figure("closable", label, None, note=_("the mapping of the courses is not finished"))
    note = _("of %(count)s gaps of the plan") % {"count": _gaps(gathered)}
    return Figure("closable", label, len(nearest.gaps), note=note, href="#gaps-closed" if nearest.gaps else "")


def _gaps(gathered: Gathered) -> int:
    return int(gathered.analysis.abilities["label"].isin(CLOSABLE).sum())


def _qualification_wanted(gathered: Gathered, found: QualificationClause) -> tuple[str, ...]:
    if found.nearest is None:
        return ()
    names, wanted = gathered.names, []
    for course in found.nearest.missing:
        served = [ability for ability, courses in found.nearest.gaps.items() if course in courses]
        title = names.reference_courses.get(course, course)
        if served:
            abilities = phrases.in_a_row(names.abilities.get(ability, ability) for ability in served)
            text = _("Offer %(course)s: it serves %(abilities)s, where the plan has a gap.")
            wanted.append(text % {"course": title, "abilities": abilities})
        elif gathered.analysis.unfinished:
            wanted.append(_("Offer %(course)s.") % {"course": title})
        else:
            wanted.append(_("Offer %(course)s: no gap of the plan hangs on it.") % {"course": title})
    return tuple(wanted)


def _certificates(gathered: Gathered, found: QualificationClause) -> Listing:
    columns = (
        Column("certificate", _("Certificate"), "text"),
        Column("prepared", _("prepared for"), "flag"),
        Column("required", _("Courses asked for"), "count"),
        Column("offered", _("Offered"), "count"),
        Column("missing", _("Missing"), "text"),
        Column("gaps", _("Gaps that these bear on"), "text"),
    )
    names = gathered.names
    rows = tuple(
        (
            Value(certificate_name(gathered, each)),
            Value(each.prepared, "flag"),
            Value(len(each.required), "count"),
            Value(len(each.offered), "count"),
            Value(phrases.in_a_row(names.reference_courses.get(code, code) for code in each.missing) or None),
            Value(phrases.in_a_row(names.abilities.get(code, code) for code in each.gaps) or None),
        )
        for each in found.closes
    )
    hrefs = (gathered.curriculum.page("certificates"),) * len(rows)
    return Listing(Table("certificates", _("Certificates and their directions"), columns, rows), hrefs)


def _how() -> tuple[str, ...]:
    return (
        _(
            "Paper 002 gives a diploma to those who have the credits of the required courses and practice certified "
            "by school and enterprise, and who have also obtained a professional qualification."
        ),
        _(
            "This is an audit of what the plan makes possible, and of the students placed so far. It says of no "
            "single student that the three are met."
        ),
    )
