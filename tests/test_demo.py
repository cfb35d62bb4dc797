"""The demo is what docs/demo.md says it is."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
from django.db.models import F

from competencies.frameworks.rankers import ranker_for
from competencies.matching.feedback import Experience
from competencies.models import DemandSource, OfficialFigure, Position, Posting, SurveyAnswer
from curricula.analysis.frames import LEVELS, CurriculumFrames, GapAnalysis
from curricula.analysis.levels import level_chain
from curricula.evaluation.reports import gap_analysis_for, gap_report_for
from curricula.mapping.decisions import open_suggestions
from curricula.models import Curriculum, Prerequisite, School
from talentgap import demo_data
from tests.some import some

pytestmark = [pytest.mark.django_db, pytest.mark.xdist_group("demo")]

KEYS = (
    "demo/e-commerce/2025",
    "demo/e-commerce/2026",
    "demo/international-trade/2025",
    "demo/international-trade/2026",
)
LABELS = {  # but level_below: no source of the framework states a level
    *("mapping_missing", "untaught_emerging", "untaught", "outside", "theory_without_practice", "practice_unstated"),
    *("obsolete_candidate", "under_taught_and_practised", "under_taught", "under_practised", "over_taught"),
    *("aligned", "covered", "inconclusive", "no_finding"),
}
GUIDE = Path(demo_data.FOLDER).parents[1] / "docs" / "demo.md"
STORY = re.findall(r"^\| (demo/\S+) \| (\S+) (.+?) \| (\w+) \| (.+?) \|$", GUIDE.read_text(encoding="utf-8"), re.M)


def curriculum(key: str) -> Curriculum:
    _school, program, year = key.split("/")
    return Curriculum.objects.select_related("program__school").get(program__slug=program, year=year)


@pytest.fixture(scope="module")
def analyses(demo: School) -> dict[str, tuple[CurriculumFrames, GapAnalysis]]:
    return {key: gap_analysis_for(curriculum(key)) for key in KEYS}


# The story


def test_each_label_occurs(analyses: dict[str, Any]) -> None:
    assert {label for _frames, found in analyses.values() for label in found.abilities["label"]} == LABELS


@pytest.mark.parametrize(("key", "code", "title", "label", "why"), STORY)
def test_each_row_of_the_story_has_its_label(
    analyses: dict[str, Any], key: str, code: str, title: str, label: str, why: str
) -> None:
    assert analyses[key][1].abilities.loc[code, "label"] == label
    assert curriculum(key).framework.abilities.get(code=code).title_en == title


def test_the_story_has_a_row_for_each_label_and_plan() -> None:
    assert {row[3] for row in STORY} == LABELS
    assert {row[0] for row in STORY} == set(KEYS)


def test_most_labels_meet_in_one_plan(analyses: dict[str, Any]) -> None:
    found = set(analyses["demo/e-commerce/2026"][1].abilities["label"])
    assert LABELS - found == {"mapping_missing", "practice_unstated"}


def test_the_revised_plan_closes_gaps_of_the_one_before(analyses: dict[str, Any]) -> None:
    before, after = (analyses[key][1].abilities["label"] for key in KEYS[:2])
    assert {"MK.14", "RD.5", "MO.1", "RD.4"} <= set(after.index[(after == "aligned") & (before != "aligned")])


def test_demand_for_the_narrow_plan_is_unknown_and_known_for_the_others(analyses: dict[str, Any]) -> None:
    postings = {key: found.evidence.postings for key, (_frames, found) in analyses.items()}
    assert [key for key, count in postings.items() if count < 93] == ["demo/international-trade/2025"]


def test_the_host_major_tilts_the_plan(analyses: dict[str, Any]) -> None:
    def part(key: str, *areas: str) -> float:
        table = analyses[key][1].abilities
        return float(table.loc[table["area"].isin(areas), "exposure_hours"].sum() / table["exposure_hours"].sum())

    assert part(KEYS[1], "RD", "DA") == pytest.approx(0.40, abs=0.01)
    assert part(KEYS[3], "MO", "BN") == pytest.approx(0.55, abs=0.01)
    assert part(KEYS[1], "MO", "BN") < 0.25
    assert part(KEYS[3], "RD", "DA") < 0.05


def test_raters_disagree_in_part_and_no_finding_is_provisional_for_it(analyses: dict[str, Any]) -> None:
    agreement, table = analyses["demo/e-commerce/2026"][1].agreement, analyses["demo/e-commerce/2026"][1].abilities
    assert agreement.raters == 3
    assert agreement.alpha == pytest.approx(0.81, abs=0.01)
    assert 0.667 <= agreement.low < 0.80
    assert len(agreement.unstable) == 28
    assert not table["provisional"].any()


def test_the_largest_gap_is_one_that_a_dean_can_act_on(demo: School) -> None:
    sentence = gap_report_for(curriculum("demo/e-commerce/2026"), language="en").sentence
    assert "the largest shortfall is Artificial intelligence" in sentence


# The plans


@pytest.mark.parametrize("key", KEYS)
def test_a_credit_is_sixteen_hours_in_each_course(demo: School, key: str) -> None:
    for course in some(curriculum(key).courses.all()):
        stated = sum(hours or 0 for hours in course.hours.values())
        unsplit = 10 if (key, course.code) == (KEYS[2], "IB312") else 0
        assert stated + unsplit == course.total_hours == 16 * (course.credits or 0), course.code


@pytest.mark.parametrize(
    ("key", "courses", "credit_points"), list(zip(KEYS, (62, 63, 57, 60), (166, 169, 150, 156), strict=True))
)
def test_a_plan_is_of_real_size_and_told_in_both_languages(
    demo: School, key: str, courses: int, credit_points: int
) -> None:
    found = list(curriculum(key).courses.all())
    assert (len(found), sum(course.credits or 0 for course in found)) == (courses, credit_points)
    assert {course.term for course in found} == set(range(1, 9))
    assert all(course.title_en and course.title_zh and course.module and course.course_type for course in found)
    assert {course.required for course in found} == {True, False}


@pytest.mark.parametrize("key", KEYS)
def test_hours_are_given_in_all_five_modes(analyses: dict[str, Any], key: str) -> None:
    assert (analyses[key][0].hours.sum() > 80).all()


def test_weeks_of_practice_are_marked_as_assumed(demo: School) -> None:
    placement = curriculum("demo/e-commerce/2026").courses.get(title_en="Professional Placement")
    assert (placement.operation, placement.hours_assumed) == (128, True)


def test_prerequisites_stand_in_earlier_terms_and_inside_the_plan(demo: School) -> None:
    found = Prerequisite.objects.filter(course__curriculum__in=[curriculum(key) for key in KEYS])
    assert found.count() > 120
    assert not found.filter(requires=None).exists()
    assert not found.filter(requires__term__gte=F("course__term")).exists()


@pytest.mark.parametrize("key", KEYS)
def test_levels_come_in_the_order_of_the_terms(analyses: dict[str, Any], key: str) -> None:
    frames = analyses[key][0]
    grid = frames.mappings.set_index(["course", "ability"])["level"].unstack(fill_value="")  # noqa: PD010
    terms = frames.courses.loc[grid.index, "term"]
    order = [list(codes) for codes in terms.groupby(terms).groups.values()]
    assert level_chain(grid, order)["in_order"].all()
    assert set(frames.mappings["level"]) == set(LEVELS[1:])


def test_one_mapping_is_half_done_and_each_plan_names_its_positions(demo: School, analyses: dict[str, Any]) -> None:
    assert [key for key in KEYS if not curriculum(key).signed_off] == ["demo/e-commerce/2025"]
    assert [key for key, (_frames, found) in analyses.items() if found.unfinished] == ["demo/e-commerce/2025"]
    assert set(analyses[KEYS[0]][1].abilities["label"]) == {"mapping_missing", "no_finding"}
    assert all(curriculum(key).prepares_for.exists() for key in KEYS)
    assert curriculum(KEYS[1]).revises == curriculum(KEYS[0])
    assert curriculum(KEYS[3]).revises == curriculum(KEYS[2])


def test_general_courses_stay_unmapped_as_in_real_plans(analyses: dict[str, Any]) -> None:
    parts = {key: found.unmapped_part for key, (_frames, found) in analyses.items()}
    assert all(0.25 < part < 0.5 for part in some(parts.values())), parts


def test_the_certificate_lacks_courses_that_would_close_a_gap(analyses: dict[str, Any]) -> None:
    ready = {(row.certification, row.direction): row for row in analyses["demo/e-commerce/2026"][1].certifications}
    assert ready["CBEE", "operation"].missing == ()
    assert ready["CBEE", "technology"].missing == ("RC04",)


# The postings


def test_postings_fill_two_periods_in_two_languages(demo: School) -> None:
    fields = ("source__slug", "published", "language", "copies")
    postings = pd.DataFrame(list(Posting.objects.values_list(*fields)), columns=list(fields))
    assert postings.groupby("source__slug").size().to_dict() == {
        "demo-postings-2025": 308,
        "demo-postings-2026": 339,
    }
    assert postings["copies"].sum() == 11
    assert postings["language"].value_counts().to_dict() == {"zh": 429, "en": 218}
    days = pd.to_datetime(postings["published"]).groupby(postings["source__slug"]).agg(["min", "max"])
    assert (days["max"] <= pd.to_datetime(["2025-09-30", "2026-09-30"])).all()
    assert (days["min"] >= pd.to_datetime(["2024-10-01", "2025-10-01"])).all()
    undated = postings["published"].isna().groupby(postings["source__slug"]).sum()
    assert undated.to_dict() == {"demo-postings-2025": 0, "demo-postings-2026": 5}


def test_employers_are_many_and_of_uneven_size(demo: School) -> None:
    sizes = pd.Series(list(Posting.objects.values_list("employer", flat=True))).value_counts()
    assert len(sizes) == 169
    assert sizes.iloc[0] > 10
    assert (sizes == 1).sum() > 30


def test_titles_name_each_position_and_now_and_then_none(demo: School) -> None:
    assert Posting.objects.filter(position=None).count() == 17
    assert Position.objects.filter(framework__slug="cross-border-e-commerce", postings=None).count() == 0


def test_postings_do_not_read_like_one_template(demo: School) -> None:
    texts = list(Posting.objects.filter(near_group="").values_list("text", flat=True))
    openings = pd.Series([text[:12] for text in texts]).value_counts()
    lengths = pd.Series(texts).str.len()
    assert openings.iloc[0] < 0.06 * len(texts)
    assert lengths.quantile(0.9) > 3 * lengths.quantile(0.1)


def test_near_duplicates_are_found_and_kept(demo: School) -> None:
    groups = Posting.objects.exclude(near_group="").values_list("near_group", flat=True)
    assert (len(groups), len(set(groups))) == (34, 17)


def test_employers_and_statistics_speak_too_and_judge_no_plan(demo: School) -> None:
    assert SurveyAnswer.objects.values("respondent").distinct().count() == 46
    assert set(SurveyAnswer.objects.values_list("scale_low", "scale_high")) == {(1, 5)}
    assert OfficialFigure.objects.count() == 18
    kinds = Curriculum.objects.values_list("demand_sources__kind", flat=True)
    assert set(kinds) == {DemandSource.Kind.POSTINGS}


def test_nobody_can_be_reached_through_the_postings(demo: School) -> None:
    texts = "\n".join(Posting.objects.values_list("text", flat=True))
    assert not re.search(r"@|https?:|www\.|\d{7,}|\[(phone|e-mail|messenger)\]", texts)


# Labelled as sample data


def test_the_demo_says_that_it_is_invented(demo: School) -> None:
    assert demo.sample
    assert (demo.title_en, demo.title_zh) == ("Demo University (sample data)", "示范大学（示例数据）")
    assert all(source.sample for source in some(DemandSource.objects.all()))
    for key in KEYS:
        assert gap_report_for(curriculum(key)).subject.sample


@pytest.mark.parametrize("path", sorted(demo_data.FOLDER.glob("*.csv")), ids=lambda path: path.name)
def test_each_table_says_that_it_is_invented(path: Path) -> None:
    data = path.read_bytes()
    text = data.decode("gb18030" if path.name == "e-commerce-2025-plan.csv" else "utf-8")
    assert "示例数据" in text or "sample data" in text


@pytest.mark.parametrize(
    ("key", "course", "ability", "title"),
    [
        (KEYS[0], "EB212", "MK.14", "live broadcast selling"),
        (KEYS[0], "EB212", "MK.15", "short video marketing"),
        (KEYS[3], "TE503", "RD.12", "artificial intelligence"),
    ],
)
def test_descriptions_lead_to_abilities_that_nobody_mapped(
    demo: School, key: str, course: str, ability: str, title: str
) -> None:
    assert title in " ".join(GUIDE.read_text(encoding="utf-8").split())
    described = curriculum(key).courses.get(code=course)
    assert not described.mappings.filter(ability__code=ability).exists()
    ranker = ranker_for(described.curriculum.framework, tier="default")
    found = open_suggestions(described, ranker, experience=Experience(), closed=())
    assert ability in {suggestion.ability for suggestion in found}
