"""What to do first, in words: the recommendations, and what hours alone can do for them."""

from __future__ import annotations

from collections.abc import Iterable

from django.utils.translation import gettext as _

from curricula.analysis.frames import EVIDENCE, GapAnalysis, Recommendation
from curricula.analysis.optimise.optimiser import HoursPlan
from curricula.analysis.scenarios.effects import Change
from curricula.wording import phrases
from curricula.wording.formats import plural
from curricula.wording.messages import sentence
from curricula.wording.names import Names
from curricula.wording.optimise import done_words, left_words, summary_words

from .advice_lines import HoursAdvice, HoursLine, LeftLine, RecommendationLine


def recommendation(advice: Recommendation, names: Names, plan: HoursPlan | None) -> RecommendationLine:
    reasons = [sentence(advice.reason, names)]
    if advice.blocking is not None:
        reasons.append(_blocking(advice.blocking))
    return RecommendationLine(
        kind=advice.kind,
        kind_text=phrases.advice_text(advice.kind, advice.reason.code),
        ability=advice.ability,
        ability_title=names.abilities.get(advice.ability, advice.ability),
        course=advice.course,
        course_title=names.courses.get(advice.course, advice.course) if advice.course else "",
        reason=phrases.space().join(reasons),
        worth=float(advice.worth),
        candidates=titles_of(advice.candidates, names.courses),
        reference_courses=titles_of(advice.reference_courses, names.reference_courses),
        certifications=titles_of(advice.certifications, names.certifications),
        blocking=advice.blocking,
        by_hours=done_words(plan, advice.ability) if plan else "",
    )


def map_first(analysis: GapAnalysis, names: Names) -> str:
    """Why there is no advice; "" where there may be some."""
    if analysis.policy.least_evidence != EVIDENCE[0]:
        return _("Advice is given where all mappings are judged by, because what they declare is in the plan already.")
    first = ("mapping_unfinished", "map_next")
    found = [sentence(notice, names) for notice in analysis.warnings if notice.code in first]
    return phrases.space().join(found) if analysis.unfinished else ""


def _blocking(courses: int) -> str:
    if not courses:
        return _("No other course waits for this one.")
    return plural("%(count)s course waits for this one.", "%(count)s courses wait for this one.", courses)


def hours_advice(plan: HoursPlan, names: Names) -> HoursAdvice:
    def title(ability: str) -> str:
        return names.abilities.get(ability, ability)

    return HoursAdvice(
        plan=plan,
        summary=summary_words(plan),
        lines=tuple(
            HoursLine(
                line=line,
                course_title=names.courses.get(line.course, line.course),
                ability_title=title(line.ability),
                label=Change(phrases.label_text(line.label.before), phrases.label_text(line.label.after)),
            )
            for line in plan.lines
        ),
        left=tuple(LeftLine(left.ability, title(left.ability), left_words(left, names)) for left in plan.left),
    )


def titles_of(codes: Iterable[str], titles: dict[str, str]) -> tuple[str, ...]:
    return tuple(titles.get(code, code) for code in codes)
