"""The panel of the double certificate: credits, certified practice, a professional qualification (002 §IV.C)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Final

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext_lazy

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
from curricula.reports.panels import Block, Figure, Listing, Missing, Reading, Rule, listing
from curricula.wording import phrases

from .certificate_effects import certificate_name, coverage_figure, effect_listings, serves
from .first_steps import import_plan, on_page
from .gathered import Gathered
from .panel import nothing, panel
from .words import by_tone, counted, mapping_unfinished

STATE_WORDS: Final = {
    "met": ("ok", gettext_lazy("can be met")),
    "partly": ("part", gettext_lazy("partly")),
    "missing": ("gap", gettext_lazy("missing")),
    "unknown": ("na", gettext_lazy("no evidence yet")),
}


@panel(
    "graduation",
    gettext_lazy("Graduation"),
    group="plan",
    papers=("2.4", "2.8"),
    question=gettext_lazy("Which of the three that the double certificate asks for can a student of the plan meet?"),
    asks=gettext_lazy(
        "This page will show which of the three that the double certificate asks for the plan lets its students meet: "
        "the credits, practice certified by school and enterprise, a professional qualification."
    ),
    how=(
        gettext_lazy(
            "Paper 002 gives a diploma to those who have the credits of the required courses and practice certified "
            "by school and enterprise, and who have also obtained a professional qualification."
        ),
        gettext_lazy(
            "This is an audit of what the plan makes possible, and of the students placed so far. It says of no "
            "single student that the three are met."
        ),
    ),
)
def graduation(gathered: Gathered) -> Reading:
    """Which of the three a student of the plan can meet, by what, and what is missing."""
    audit = _audit(gathered)
    blocks = (
        _toned(_credit_block(gathered, audit.credits), audit.credits.state),
        _toned(_practice_block(gathered, audit.practice), audit.practice.state),
        _toned(_qualification_block(gathered, audit.qualification), audit.qualification.state),
    )
    if not gathered.courses or all(state == "unknown" for state in audit.states):
        return nothing(*(each for block in blocks for each in block.missing))
    said = {
        "ok": _("The plan lets its students meet: %(parts)s."),
        "part": _("Partly: %(parts)s."),
        "gap": _("Missing: %(parts)s."),
    }
    return Reading(by_tone(blocks, said), blocks)


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


def _toned(block: Block, state: str) -> Block:
    tone, word = STATE_WORDS[state]
    return replace(block, tone=tone, verdict=str(word))


def _credit_block(gathered: Gathered, found: CreditClause) -> Block:
    text = _(
        "Met where every credit that counts is known: of each required course, and of each elective group with its "
        "rule. How many credits a diploma asks for is the school's to compare."
    )
    return Block(
        "credits",
        _("Credits"),
        figures=tuple(_credit_figures(gathered, found)),
        missing=tuple(_credits_missing(gathered, found)),
        rules=(Rule(text, "002 §IV.C", "method"),),
    )


def _credit_figures(gathered: Gathered, found: CreditClause) -> Iterator[Figure]:
    known = found.state != "unknown"
    chosen = _("of electives, as far as a rule says how many")
    unknown = "" if known else _("no course that everybody takes states its credits")
    courses = gathered.curriculum.page("courses")
    yield Figure("credits", _("Credits counted"), found.counted, "number", href=courses).unless(unknown)
    yield Figure("required", _("of required courses"), found.required if known else None, "number")
    yield Figure("chosen", chosen, found.chosen if known else None, "number")
    if found.offered:
        note = _("how many of them a student takes, the plan does not say")
        yield Figure("offered", _("Credits of other electives"), found.offered, "number", note)


def _credits_missing(gathered: Gathered, found: CreditClause) -> list[Missing]:
    if not gathered.courses:
        return [import_plan(gathered)]
    names = gathered.names
    credits_of = ngettext_lazy(
        "State the credits of %(count)s course: %(names)s.",
        "State the credits of %(count)s courses, first of all %(names)s.",
        "count",
    )
    required = ngettext_lazy(
        "State whether %(count)s course is required: %(names)s.",
        "State whether %(count)s courses are required, first of all %(names)s.",
        "count",
    )
    chosen = ngettext_lazy(
        "Say how many courses a student takes of %(count)s elective group.",
        "Say how many courses a student takes of %(count)s elective groups.",
        "count",
    )
    lacking = ((found.without, credits_of), (found.unstated, required), (found.open_groups, chosen))
    said = ((words, {"count": len(codes), "names": names.courses_of(codes[:3])}) for codes, words in lacking if codes)
    return [on_page(gathered, "courses", str(words % values)) for words, values in said]


def _practice_block(gathered: Gathered, found: PracticeClause) -> Block:
    text = _(
        "Met where every student in a placement has one that school and enterprise both evaluated. Two placements of "
        "which each side evaluated one do not certify either by both."
    )
    rules, title = (Rule(text, "002 §IV.C", "paper"),), _("Practice certified by school and enterprise")
    if not found.placements:
        why = _("Enter the placements with the evaluation by the school and by the enterprise.")
        return Block("practice", title, rules=rules, missing=(gathered.enter(Placement, why),))
    listed = gathered.listed(Placement)
    note = _("in %(count)s placements and projects beyond orientation") % {"count": found.placements}
    return Block(
        "practice",
        title,
        figures=(
            Figure("students", _("Students placed"), found.students, note=note, href=listed),
            Figure("both", _("evaluated by both"), found.both, href=listed),
            Figure("school_only", _("by the school alone"), found.school_only, href=listed),
            Figure("enterprise_only", _("by the enterprise alone"), found.enterprise_only, href=listed),
            Figure("neither", _("by nobody"), found.neither, href=listed),
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
    text = _(
        "Met where the plan offers every course that one direction of a certificate asks for, of those that it says "
        "it prepares for. Whether a student passes is not known here."
    )
    rules = (Rule(text, "002 §IV.C, Table III", "method"),)
    if not found.closes:
        why = _("Choose a framework with certificates and the courses that they ask for.")
        missing = on_page(gathered, "curriculum-settings", why)
        return Block("qualification", title, rules=rules, missing=(missing,))
    choose = on_page(gathered, "curriculum-settings", _("Say for which certificates the plan prepares."))
    return Block(
        "qualification",
        title,
        figures=_qualification_figures(gathered, found),
        wanted=tuple(_qualification_wanted(gathered, found)),
        listings=(_certificates(gathered, found), *effect_listings(gathered, found)),
        rules=rules,
        missing=() if found.prepared else (choose,),
    )


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
    figure = Figure("closable", _("Gaps that its missing courses bear on"), len(nearest.gaps))
    if unfinished := mapping_unfinished(gathered):
        return figure.unless(unfinished)
    gaps = int(gathered.analysis.abilities["label"].isin(CLOSABLE).sum())
    note = _("of %(count)s gaps of the plan") % {"count": gaps}
    return replace(figure, note=note, href="#gaps-closed" if nearest.gaps else "")


def _qualification_wanted(gathered: Gathered, found: QualificationClause) -> Iterator[str]:
    if found.nearest is None:
        return
    for course in found.nearest.missing:
        served = [ability for ability, courses in found.nearest.gaps.items() if course in courses]
        said = {"course": gathered.names.reference_course(course), "abilities": gathered.names.abilities_of(served)}
        if served:
            yield _("Offer %(course)s: it serves %(abilities)s, where the plan has a gap.") % said
        elif gathered.analysis.unfinished:
            yield _("Offer %(course)s.") % said
        else:
            yield _("Offer %(course)s: no gap of the plan hangs on it.") % said


def _certificates(gathered: Gathered, found: QualificationClause) -> Listing:
    names = gathered.names
    return listing(
        "certificates",
        _("Certificates and their directions"),
        found.closes,
        (
            ("certificate", _("Certificate"), "text", lambda each: certificate_name(gathered, each)),
            ("prepared", _("prepared for"), "flag", lambda each: each.prepared),
            ("required", _("Courses asked for"), "count", lambda each: len(each.required)),
            ("offered", _("Offered"), "count", lambda each: len(each.offered)),
            ("missing", _("Missing"), "text", lambda each: _missing_courses(gathered, each)),
            ("gaps", _("Gaps that these bear on"), "text", lambda each: names.abilities_of(each.gaps) or None),
        ),
        href=lambda _each: gathered.curriculum.page("certificates"),
    )


def _missing_courses(gathered: Gathered, each: Closes) -> str | None:
    return phrases.in_a_row(map(gathered.names.reference_course, each.missing)) or None
