"""From records to the frames of the analysis; the same number of queries for any number of rows."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any, Final

import pandas as pd
from django.db.models import Q, Sum

from competencies.demand.queries.own_words import own_mentions
from competencies.demand.queries.readable import ReadableDemand
from competencies.models import (
    Ability,
    CertificationCourse,
    Framework,
    Posting,
    PostingMention,
    ReferenceCourse,
    Requirement,
    in_reader_language,
)
from curricula.analysis.electives import group_parts
from curricula.analysis.frames import MODES, CurriculumFrames, DemandFrames
from curricula.analysis.optimise.locks import locked_by_kind
from curricula.models import Course, CourseEquivalence, Curriculum, Mapping, Prerequisite, Rating

from .likeness import likeness_frame

LOCKED_BY: Final = (("title_en", "title_zh"), ("module", "course_type"))


def _frame(rows: Iterable[Sequence[Any]], columns: Sequence[str], *, text: Sequence[str] = ()) -> pd.DataFrame:
    frame = pd.DataFrame(list(rows), columns=list(columns))
    return frame.astype(dict.fromkeys(text, "str"))


def abilities_frame(framework: Framework) -> pd.DataFrame:
    """Leaf abilities in the framework's order; index code, columns area (its top node; "" where flat) and kind."""
    return tree_frame(framework.abilities.values_list("pk", "parent_id", "code", "kind"))


def tree_frame(abilities: Iterable[tuple[int, int | None, str, str]]) -> pd.DataFrame:
    """The same from the rows (key, parent's key, code, kind) of one framework's abilities, in its order."""
    nodes = {pk: (parent, code, kind) for pk, parent, code, kind in abilities}
    parents = {parent for parent, *_ in nodes.values()}
    flat = parents == {None}

    def top(pk: int) -> str:
        while (parent := nodes[pk][0]) is not None:
            pk = parent
        return "" if flat else nodes[pk][1]

    leaves = (pk for pk, (parent, *_) in nodes.items() if pk not in parents and (flat or parent is not None))
    rows = [(nodes[pk][1], top(pk), nodes[pk][2]) for pk in leaves]
    return _frame(rows, ("code", "area", "kind"), text=("code", "area", "kind")).set_index("code")


def courses_frame(curriculum: Curriculum) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Courses and their hours by mode, by code, as CurriculumFrames says; what is not stated is nan."""
    facts = ("credits", "term", "term_last", "required", "locked", "total_hours", "group")
    fields = ("code", "title_en", "title_zh", "module", "course_type", *facts, *MODES)
    named = (field if field != "group" else "elective_group" for field in fields)
    frame = _frame(Course.objects.filter(curriculum=curriculum).values_list(*named), fields, text=("code",))
    frame["group"] = [_key(group) for group in frame["group"]]
    frame["title"] = [in_reader_language(en, zh) for en, zh in zip(frame.title_en, frame.title_zh, strict=True)]
    frame["locked"] = _locked(frame)
    frame = frame.set_index("code")
    numbers = frame.astype(dict.fromkeys(("credits", "term", "term_last", "total_hours", *MODES), "float64"))
    return numbers[["title", *facts]], numbers[list(MODES)]


def _key(group: float | None) -> str:
    return "" if group is None or pd.isna(group) else str(int(group))


def groups_frame(curriculum: Curriculum) -> pd.DataFrame:
    """Elective groups by their key; what a rule does not state is nan."""
    rows = curriculum.elective_groups.values_list("pk", "title", "choose", "credits", "hours")
    frame = _frame(rows, ("group", "title", "courses", "credits", "hours"))
    frame["group"] = [_key(group) for group in frame["group"]]
    return frame.set_index("group").astype({"title": "str", "courses": float, "credits": float, "hours": float})


def chosen_parts_of(curriculum: Curriculum) -> dict[str, float]:
    """By the code of each course in an elective group: the part of it that counts."""
    groups = groups_frame(curriculum)
    if groups.empty:
        return {}
    courses, hours = courses_frame(curriculum)
    parts = courses["group"].map(group_parts(courses, hours, groups)).dropna()
    return {str(code): float(part) for code, part in parts.items()}


def _locked(courses: pd.DataFrame) -> list[bool]:
    """As a director said, or else as the kind of the course says."""
    titles, kinds = (courses[first] + " " + courses[last] for first, last in LOCKED_BY)
    by_kind = [locked_by_kind(titles=title, kinds=kind) for title, kind in zip(titles, kinds, strict=True)]
    return [kind if said is None else bool(said) for said, kind in zip(courses["locked"], by_kind, strict=True)]


def mappings_frame(curriculum: Curriculum) -> tuple[pd.DataFrame, pd.DataFrame]:
    """The accepted cells, and beside them the raters' own rows."""
    fields = ("rater", "course__code", "ability__code", "level", "share", "state", "strength", "provenance")
    rows = Mapping.objects.of(curriculum).handed_in().values_list(*fields)
    columns = ("rater", "course", "ability", "level", "share", "state", "strength", "provenance")
    texts = ("rater", "course", "ability", "level", "state", "strength", "provenance")
    frame = _frame(rows, columns, text=texts).astype({"share": "float64"})
    own = frame.rater != ""
    accepted = frame[~own & (frame.state == Mapping.State.ACCEPTED)]
    return (
        accepted[["course", "ability", "level", "share", "strength", "provenance"]].reset_index(drop=True),
        frame.loc[own, ["rater", "course", "ability", "level", "share"]].reset_index(drop=True),
    )


def part_rated_frame(curriculum: Curriculum) -> pd.DataFrame:
    """Who rated which course and not the whole plan; columns rater, course. What is not handed in is not rated."""
    rows = Rating.objects.filter(course__curriculum=curriculum, handed_in__isnull=False)
    return _frame(rows.values_list("rater", "course__code"), ("rater", "course"), text=("rater", "course"))


def demand_frames(curriculum: Curriculum, abilities: pd.DataFrame) -> DemandFrames | None:
    """Postings and mentions of the sources that the curriculum is judged by; None when it names none."""
    sources = list(curriculum.open_posting_sources)
    if not sources:
        return None
    # In one order on every database: undated ones stand first or last by its taste, and the resamples would differ.
    postings = Posting.objects.filter(source__in=sources).order_by("pk")
    fields = ("pk", "employer", "published", "collected", "position__code", "source__slug", "vocabulary_version")
    columns = ("id", "employer", "published", "collected", "position", "source", "vocabulary")
    frame = _frame(postings.values_list(*fields), columns).set_index("id")
    published = pd.to_datetime(frame.published)
    shaped = pd.DataFrame(
        {
            "employer": frame.employer.astype("str").replace("", None),
            "counted_on": published.fillna(pd.to_datetime(frame.collected)),
            "dated": published.notna(),
            "position": frame.position.astype("str").where(frame.position.notna(), None),
            "source": frame.source.astype("str"),
            "same_terms": frame.vocabulary == curriculum.framework.vocabulary_version,
        }
    )
    mentions = PostingMention.objects.filter(posting__source__in=sources).values_list("posting_id", "ability__code")
    demand = ReadableDemand(curriculum.framework, tuple(sources))
    own = [(found.posting, found.ability) for found in own_mentions(curriculum.school, demand)]
    has_terms = Q(terms__isnull=False) | Q(own_terms__owner=curriculum.school)
    terms = Ability.objects.filter(has_terms, framework=curriculum.framework)
    return DemandFrames(
        postings=shaped,
        mentions=_of_leaves(_frame([*mentions, *own], ("posting", "ability"), text=("ability",)), abilities),
        searchable=frozenset(terms.values_list("code", flat=True)),
        duplicates_removed=postings.aggregate(copies=Sum("copies"))["copies"] or 0,
    )


def requirements_frame(framework: Framework) -> pd.DataFrame:
    fields = ("position__code", "ability__code", "weight", "level", "level_assumed")
    rows = Requirement.objects.filter(position__framework=framework).values_list(*fields)
    columns = ("position", "ability", "weight", "level", "level_assumed")
    return _frame(rows, columns, text=("position", "ability", "level"))


def _of_leaves(rows: pd.DataFrame, abilities: pd.DataFrame) -> pd.DataFrame:
    # An ability that got children after it was mapped is an area now, and no measure counts it.
    return rows[rows["ability"].isin(abilities.index)].reset_index(drop=True)


def frames_for(curriculum: Curriculum) -> CurriculumFrames:
    """Everything that the analysis reads of one curriculum."""
    abilities = abilities_frame(curriculum.framework)
    courses, hours = courses_frame(curriculum)
    mappings, ratings = mappings_frame(curriculum)
    part_rated = part_rated_frame(curriculum)
    framework = curriculum.framework
    prerequisites = Prerequisite.objects.of(curriculum).binding()
    certificates = CertificationCourse.objects.filter(certification__framework=framework)
    offered = CourseEquivalence.objects.of(curriculum)
    served = ReferenceCourse.abilities.through.objects.filter(referencecourse__framework=framework)
    return CurriculumFrames(
        abilities=abilities,
        courses=courses,
        hours=hours,
        mappings=_of_leaves(mappings, abilities),
        ratings=_of_leaves(ratings, abilities),
        part_rated=part_rated,
        prerequisites=_frame(
            prerequisites.values_list("requires__code", "course__code", "kind", "alternative"),
            ("requires", "course", "kind", "alternative"),
            text=("requires", "course", "kind"),
        ),
        requirements=_of_leaves(requirements_frame(framework), abilities),
        positions=tuple(framework.positions.values_list("code", flat=True)),
        certification_courses=_frame(
            certificates.values_list("certification__code", "direction", "course__code"),
            ("certification", "direction", "reference_course"),
            text=("certification", "direction", "reference_course"),
        ),
        offered=_frame(
            offered.values_list("reference_course__code", "course__code"),
            ("reference_course", "course"),
            text=("reference_course", "course"),
        ),
        reference_abilities=_frame(
            served.values_list("referencecourse__code", "ability__code"),
            ("reference_course", "ability"),
            text=("reference_course", "ability"),
        ),
        prepares_for=tuple(curriculum.prepares_for.values_list("code", flat=True)),
        certifications=tuple(curriculum.certifications.values_list("code", flat=True)),
        reference_courses=tuple(framework.reference_courses.values_list("code", flat=True)),
        signed_off=curriculum.signed_off,
        likeness=likeness_frame(curriculum, abilities.index, mapped=mappings),
        demand=demand_frames(curriculum, abilities),
        groups=groups_frame(curriculum),
    )
