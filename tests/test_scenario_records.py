"""What edits do to records is what they do to frames: the twin of `apply_edits`, tried on random scenarios."""

from __future__ import annotations

from typing import Any

import pandas as pd
import pytest
from django.core.cache import cache
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from curricula.actions.scenarios import apply_scenario, create_scenario, propose_scenario
from curricula.analysis.applying import RefusedEdit, apply_edits
from curricula.analysis.edits import (
    AddCertificate,
    AddCourse,
    Cell,
    DropCourse,
    JoinCompetition,
    MoveCourse,
    RemoveMapping,
    SetHours,
    SetMapping,
    edit_from_json,
)
from curricula.analysis.frames import CurriculumFrames
from curricula.models import Course, CourseEquivalence, Prerequisite, Scenario
from curricula.queries import frames_for

from .universe import Universe, add_courses

pytestmark = pytest.mark.django_db
RANDOM = settings(max_examples=25, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck))
ABILITIES = ("MK.1", "MK.2", "DA.1", "DA.2")

courses = st.sampled_from(("C1", "C2", "C3", "N1"))
abilities = st.sampled_from(ABILITIES)
levels = st.sampled_from(("", "I", "D", "A"))
shares = st.sampled_from((None, 0.0, 0.25, 0.5, 1.0))
hours = st.dictionaries(
    st.sampled_from(("theory", "operation", "assessment")), st.sampled_from((None, 0.0, 7.5, 40.0)), max_size=2
)
terms = st.sampled_from((None, 1, 3, 8))
cells = st.builds(Cell, ability=abilities, level=levels, share=st.sampled_from((None, 0.25)))
edits = st.one_of(
    st.builds(
        AddCourse,
        code=st.just("N1"),
        title=st.sampled_from(("New", "新课")),
        credits=st.sampled_from((None, 2.5)),
        term=terms,
        hours=hours,
        mappings=st.lists(cells, max_size=2, unique_by=lambda cell: cell.ability).map(tuple),
        reference_course=st.sampled_from((None, "ads")),
        requires=st.lists(st.sampled_from(("C1", "C2")), max_size=2, unique=True).map(tuple),
    ),
    st.builds(DropCourse, courses),
    st.builds(MoveCourse, courses, terms),
    st.builds(SetHours, courses, hours),
    st.builds(SetMapping, courses, abilities, levels, shares),
    st.builds(RemoveMapping, courses, abilities),
    st.builds(JoinCompetition, courses, st.just("Cup"), st.sampled_from((0.0, 8.0))),
    st.just(AddCertificate("cert")),
)


@pytest.fixture
def plan(universe: Universe) -> Universe:
    add_courses(universe.curriculum, 3)
    c1, c2, c3 = (universe.course(code) for code in ("C1", "C2", "C3"))
    Prerequisite.objects.create(course=c2, requires=c1)
    Prerequisite.objects.create(course=c3, requires=c2, kind="co")
    CourseEquivalence.objects.create(course=c2, reference_course=universe.framework.reference_courses.get())
    return universe


def comparable(frames: CurriculumFrames) -> dict[str, Any]:
    """The frames as sorted plain rows: neither the order of rows nor the kind of a missing value is meant."""
    rows = {
        "courses": frames.courses.reset_index(names="code")[["code", "title", "credits", "term"]],
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
    Course.objects.filter(code="C1").update(total_hours=60, simulation=10, experiment_hours=8, term_last=3)
    edits_made = [SetHours("C1", {"simulation": 4.0}), MoveCourse("C1", 5)]
    scenario = create_scenario(plan.curriculum, title="Less", user=None, edits=edits_made)
    propose_scenario(scenario)
    course = apply_scenario(scenario).courses.get(code="C1")
    assert (course.total_hours, course.experiment_hours, course.term, course.term_last) == (54, 4, 5, 7)


def test_a_proposed_cell_becomes_accepted_when_it_is_set(plan):
    plan.course("C1").mappings.update(state="proposed")
    scenario = create_scenario(plan.curriculum, title="Map", user=None, edits=[SetMapping("C1", "MK.1", "A", 0.5)])
    propose_scenario(scenario)
    cell = apply_scenario(scenario).courses.get(code="C1").mappings.get()
    assert (cell.state, cell.level, cell.share) == ("accepted", "A", 0.5)
