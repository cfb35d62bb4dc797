"""What edits do to records is what they do to frames: the twin of `apply_edits`, tried on random scenarios."""

from __future__ import annotations

from typing import Any

import pandas as pd
import pytest
from django.core.cache import cache
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from competencies.models import ReferenceCourse
from curricula.analysis.frames import CurriculumFrames
from curricula.analysis.scenarios.applied_edits import RefusedEdit, apply_edits
from curricula.analysis.scenarios.edits import (
    AddCertificate,
    AddCourse,
    DropCourse,
    JoinCompetition,
    MoveCourse,
    NewMapping,
    RemoveMapping,
    SetHours,
    SetMapping,
    edit_from_json,
)
from curricula.evaluation.frames import frames_for
from curricula.models import Course, CourseEquivalence, Prerequisite, Scenario
from curricula.scenarios.actions import apply_scenario, create_scenario, propose_scenario
from tests.universe import Universe, add_courses

pytestmark = pytest.mark.django_db
RANDOM = settings(max_examples=40, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck))
ABILITIES = ("MK.1", "MK.2", "DA.1", "DA.2")

courses = st.sampled_from(("C1", "C2", "C3", "N1"))
abilities = st.sampled_from(ABILITIES)
levels = st.sampled_from(("", "I", "D", "A"))
shares = st.sampled_from((None, 0.0, 0.25, 0.5, 1.0))
hours = st.dictionaries(
    st.sampled_from(("theory", "operation", "assessment")), st.sampled_from((None, 0.0, 7.5, 40.0, 5001.0)), max_size=2
)
stated = hours.map(lambda found: {mode: value for mode, value in found.items() if value is not None})
terms = st.sampled_from((*(None, 1, 3, 8, 30) * 2, 31))
cells = st.builds(NewMapping, ability=abilities, level=levels, share=st.sampled_from((None, 0.25)))
edits = st.one_of(
    st.builds(
        AddCourse,
        code=st.sampled_from((*["N1"] * 8, "N" * 121)),
        title=st.sampled_from((*("New", "新课", "新\u3000课", "t" * 300) * 3, "t" * 301, "New\x00", "New\ud800")),
        credits=st.sampled_from((*(None, 2.5, 200.0) * 3, 201.0)),
        term=terms,
        hours=stated,
        mappings=st.lists(cells, max_size=2, unique_by=lambda cell: cell.ability).map(tuple),
        reference_course=st.sampled_from((*(None, "ads", "bare") * 3, "unknown")),
        requires=st.lists(st.sampled_from(("C1", "C2")), max_size=2).map(tuple),
    ),
    st.builds(DropCourse, courses),
    st.builds(MoveCourse, courses, terms),
    st.builds(SetHours, courses, hours),
    st.builds(SetMapping, courses, abilities, levels, shares),
    st.builds(RemoveMapping, courses, abilities),
    st.builds(JoinCompetition, courses, st.just("Cup"), st.sampled_from((0.0, 8.0, 2600.0))),
    st.just(AddCertificate("cert")),
)


@pytest.fixture
def plan(universe: Universe) -> Universe:
    add_courses(universe.curriculum, 3)
    c1, c2, c3 = (universe.course(code) for code in ("C1", "C2", "C3"))
    Prerequisite.objects.create(course=c2, requires=c1)
    Prerequisite.objects.create(course=c3, requires=c2, kind="co")
    Course.objects.filter(pk=c2.pk).update(term_last=4)
    ReferenceCourse.objects.create(framework=universe.framework, code="bare")  # serves no ability
    CourseEquivalence.objects.create(course=c2, reference_course=universe.framework.reference_courses.get(code="ads"))
    return universe


def comparable(frames: CurriculumFrames) -> dict[str, Any]:
    """The frames as sorted plain rows: neither the order of rows nor the kind of a missing value is meant."""
    rows = {
        "courses": frames.courses.reset_index(names="code")[["code", "title", "credits", "term", "term_last"]],
        "hours": frames.hours.reindex(frames.courses.index).reset_index(names="code"),
        "mappings": frames.mappings[["course", "ability", "level", "share"]],
        "prerequisites": frames.prerequisites.assign(kind=frames.prerequisites["kind"].fillna("pre")),
        "offered": frames.offered.drop_duplicates(),
    }
    plain = {name: sorted(map(tuple, _plain(frame)), key=str) for name, frame in rows.items()}
    return plain | {"certifications": frames.certifications}


def _plain(frame: pd.DataFrame) -> list[list[Any]]:
    return [[None if pd.isna(cell) else cell for cell in row] for row in frame.to_numpy(dtype=object).tolist()]


@RANDOM
@given(chosen=st.lists(edits, min_size=1, max_size=6))
def test_an_applied_scenario_holds_what_the_edited_frames_hold(plan, chosen):
    cache.clear()
    before = frames_for(plan.curriculum)
    try:
        expected = apply_edits(before, chosen)
    except RefusedEdit:
        with pytest.raises(RefusedEdit):
            create_scenario(plan.curriculum, title="No", user=None, edits=chosen)
        return
    with transaction.atomic():
        scenario = create_scenario(plan.curriculum, title="Yes", user=None, edits=chosen)
        propose_scenario(scenario)
        made = apply_scenario(scenario)
        assert comparable(frames_for(made)) == comparable(expected)
        assert comparable(frames_for(plan.curriculum)) == comparable(before)
        stored = Scenario.objects.get(pk=scenario.pk).edits
        assert tuple(edit_from_json(each) for each in stored) == tuple(chosen)
        transaction.set_rollback(True)


def test_total_hours_and_experiment_follow_the_hours(plan):
    Course.objects.filter(code="C1").update(total_hours=60, simulation=10, experiment_hours=8, term_last=2)
    edits_made = [SetHours("C1", {"simulation": 4.0}), MoveCourse("C1", 3)]
    scenario = create_scenario(plan.curriculum, title="Less", user=None, edits=edits_made)
    propose_scenario(scenario)
    course = apply_scenario(scenario).courses.get(code="C1")
    assert (course.total_hours, course.experiment_hours, course.term, course.term_last) == (54, 4, 3, 4)


BEYOND_RECORDS = {
    "hours together": [JoinCompetition("C1", "Cup", 2600.0), JoinCompetition("C1", "Cup", 2600.0)],
    "reference course": [AddCourse("N1", reference_course="unknown")],
    "code": [AddCourse("N" * 121)],
    "title": [AddCourse("N1", title="t" * 301)],
    "text": [AddCourse("N1", title="New\x00")],
    "length": [MoveCourse("C2", 8)],
}


@pytest.mark.parametrize("chosen", BEYOND_RECORDS.values(), ids=BEYOND_RECORDS)
def test_what_no_record_could_hold_is_refused_before_it_is_proposed(plan, chosen):
    with pytest.raises(RefusedEdit):
        create_scenario(plan.curriculum, title="No", user=None, edits=chosen)
    assert not Scenario.objects.exists()


def test_a_new_course_may_name_a_prerequisite_twice(plan):
    edits_made = [AddCourse("N1", requires=("C1", "C1"), reference_course="bare")]
    scenario = create_scenario(plan.curriculum, title="Twice", user=None, edits=edits_made)
    propose_scenario(scenario)
    course = apply_scenario(scenario).courses.get(code="N1")
    assert [row.requires.code for row in course.prerequisites.all()] == ["C1"]


def test_a_proposed_cell_becomes_accepted_when_it_is_set(plan):
    plan.course("C1").mappings.update(state="proposed")
    scenario = create_scenario(plan.curriculum, title="Map", user=None, edits=[SetMapping("C1", "MK.1", "A", 0.5)])
    propose_scenario(scenario)
    cell = apply_scenario(scenario).courses.get(code="C1").mappings.get()
    assert (cell.state, cell.level, cell.share) == ("accepted", "A", 0.5)
