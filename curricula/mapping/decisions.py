"""What a school decided on the abilities proposed for its courses, and what is still to be decided."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection

from competencies.matching.calibration import ENOUGH, Curve, curve_of, published
from competencies.matching.feedback import Decision, Experience, Outcome, idf_of
from competencies.matching.mixes import language_of
from competencies.matching.ranking import Ranker
from competencies.matching.suggestions import MOST, Suggestion, suggest
from curricula.models import Course, Curriculum, Mapping, SuggestionDecision
from curricula.models.suggestion import DecisionQuerySet


def experience_of(curriculum: Curriculum) -> Experience:
    """The decisions of the curriculum's school on abilities of its framework; what was undone is left out."""
    taken = _decisions_of(curriculum)
    decisions = [
        Decision(ability, tuple(words), Outcome(decision), title=english or chinese)
        for ability, words, decision, english, chinese in taken.values_list(
            "ability__code", "words", "decision", "course__title_en", "course__title_zh"
        )
    ]
    return Experience(decisions, idf=_idf_of_titles(curriculum)) if decisions else Experience()


def _decisions_of(curriculum: Curriculum) -> DecisionQuerySet:
    return SuggestionDecision.objects.filter(
        course__curriculum__program__school=curriculum.school,
        course__curriculum__removed_at=None,
        ability__framework=curriculum.framework,
        undone=False,
    )


def curve_for(curriculum: Curriculum, *, tier: str, language: str) -> tuple[Curve, bool] | None:
    """What scores of a tier came to for texts of a language, and whether the school itself decided so.

    From `ENOUGH` decisions of the school on, before that from the validation files; None where these have none.
    """
    decided = (
        _decisions_of(curriculum)
        .filter(tier=tier)
        .values_list("score", "decision", "course__title_en", "course__title_zh", "course__description")
    )
    judged = [
        (score, decision != SuggestionDecision.Decision.REJECTED)
        for score, decision, *texts in decided
        if language_of("\n".join(texts)) == language
    ]
    if len(judged) >= ENOUGH:
        return curve_of(judged), True
    known = published().get(f"{tier}-{language}")
    return (known.curve, False) if known else None


def _idf_of_titles(curriculum: Curriculum) -> dict[str, float]:
    """How much a word tells among the titles of the school's courses, in both languages."""
    courses = Course.objects.filter(curriculum__program__school=curriculum.school, curriculum__removed_at=None)
    titles = courses.order_by().values_list("title_en", "title_zh").distinct()
    return idf_of(f"{english}\n{chinese}" for english, chinese in titles)


def closed_abilities(curriculum: Curriculum, *, rater: str = "") -> dict[str, set[str]]:
    """By the code of a course, what it is mapped to and what was rejected for it; of a rater what he or she mapped."""
    closed = defaultdict(set) if rater else rejected_abilities(curriculum)
    mapped = Mapping.objects.of(curriculum).filter(rater=rater)
    for course, ability in mapped.values_list("course__code", "ability__code"):
        closed[course].add(ability)
    return closed


def rejected_abilities(curriculum: Curriculum) -> defaultdict[str, set[str]]:
    """By the code of a course, what was rejected for it, also in earlier versions of the plan."""
    rejected = SuggestionDecision.objects.filter(
        course__curriculum__program=curriculum.program_id,
        course__curriculum__year=curriculum.year,
        course__curriculum__removed_at=None,
        decision=SuggestionDecision.Decision.REJECTED,
        undone=False,
    )
    found = defaultdict(set)
    for course, ability in rejected.values_list("course__code", "ability__code"):
        found[course].add(ability)
    return found


def open_suggestions(
    course: Course,
    ranker: Ranker,
    *,
    experience: Experience,
    closed: Collection[str],
    syllabus: str = "",
    most: int = MOST,
) -> list[Suggestion]:
    """The best proposals for a course among the abilities that are not closed."""
    parts = [course.title_en, course.title_zh, course.description, syllabus]
    found = suggest(parts, ranker, experience=experience, most=most + len(closed))
    return [suggestion for suggestion in found if suggestion.ability not in closed][:most]


def last_decision(curriculum: Curriculum, *, who: str) -> SuggestionDecision | None:
    """What this person decided last and has not undone."""
    mine = SuggestionDecision.objects.of(curriculum).filter(who=who, undone=False)
    return mine.select_related("course", "ability").first()
