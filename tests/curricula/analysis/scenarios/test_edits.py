"""Edits of a plan: read from JSON and written again, refused in words, and applied to copies of the frames."""

import copy
import math
import re
from dataclasses import fields, replace
from typing import Any

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from curricula.analysis.frames import LEVELS, MODES
from curricula.analysis.scenarios.applied_edits import MESSAGES, RefusedEdit, apply_edits
from curricula.analysis.scenarios.edits import (
    KINDS,
    AddCertificate,
    AddCourse,
    DropCourse,
    Edit,
    JoinCompetition,
    MoveCourse,
    NewMapping,
    RemoveMapping,
    SetHours,
    SetMapping,
    edit_from_json,
    edit_to_json,
)
from curricula.analysis.scenarios.plan_differences import plan_differences
from curricula.analysis.validation import check
from tests.analysis_properties import quick
from tests.gap_universe import curriculum


def plan(**changes):
    """Two courses in a row, the first a prerequisite of the second; `b` is also a reference course."""
    given_: dict[str, Any] = {
        "abilities": ("x", "y", "z"),
        "hours": {"A": {"theory": 30, "operation": 10}, "B": {"theory": 20}},
        "mappings": [("A", "x", "I", 0.5), ("A", "y", "", math.nan), ("B", "x", "D", 1.0)],
        "ratings": [("r1", "A", "x", "I"), ("r2", "B", "x", "D")],
        "prerequisites": [("A", "B")],
        "certification_courses": [("C", "", "R"), ("C2", "", "S")],
        "offered": [("R", "B")],
        "reference_abilities": [("S", "y"), ("S", "z"), ("S", "gone")],
    }
    return curriculum(**given_ | changes)


EXAMPLES: list[Edit] = [
    AddCourse("N", "New", 2.0, 3, {"theory": 16.0}, (NewMapping("x", "D", 0.5), NewMapping("y")), "R", ("A",)),
    AddCourse("N"),
    DropCourse("A"),
    MoveCourse("A", 4),
    MoveCourse("A", None),
    SetHours("A", {"operation": 24.0, "theory": None}),
    SetMapping("A", "z", "A", 0.25),
    SetMapping("A", "z"),
    RemoveMapping("A", "x"),
    JoinCompetition("A", "National contest", 12.0),
    AddCertificate("C"),
]


@pytest.mark.parametrize("edit", EXAMPLES, ids=lambda edit: type(edit).__name__)
def test_an_edit_comes_back_from_json_as_it_was(edit):
    assert edit_from_json(edit_to_json(edit)) == edit


def test_every_kind_has_an_example_and_a_name_of_its_own():
    assert {type(edit) for edit in EXAMPLES} == set(KINDS.values())
    assert {edit_to_json(edit)["kind"] for edit in EXAMPLES} == set(KINDS)


def test_json_states_the_cells_of_a_new_course():
    assert edit_to_json(AddCourse("N", mappings=(NewMapping("x", "D", 0.5),))) == {
        "kind": "add_course",
        "code": "N",
        "title": "",
        "credits": None,
        "term": None,
        "hours": {},
        "mappings": [{"ability": "x", "level": "D", "share": 0.5}],
        "reference_course": None,
        "requires": [],
    }


@pytest.mark.parametrize(
    ("data", "message"),
    [
        ({}, "an edit has no kind None; the kinds are add_course,"),
        ({"kind": "rename"}, "an edit has no kind 'rename'"),
        ({"kind": "drop_course"}, "drop_course: course is missing"),
        ({"kind": "drop_course", "course": " "}, "drop_course: course must not be empty"),
        ({"kind": "drop_course", "course": 7}, "drop_course: course must be a text, but is 7"),
        ({"kind": "drop_course", "course": "A", "why": ""}, "drop_course: why is no field of it"),
        ({"kind": "drop_course", "course": "A\x00"}, "drop_course: course must be without control characters"),
        ({"kind": "drop_course", "course": "A\ud800"}, "drop_course: course must be without control characters"),
        ({"kind": "set_hours", "course": "A", "hours": {"theory": 10**400}}, "theory must be a finite number"),
        ({"kind": "move_course", "course": "A", "term": 1.5}, "term must be a whole number, but is 1.5"),
        ({"kind": "move_course", "course": "A", "term": True}, "term must be a finite number, but is True"),
        ({"kind": "set_hours", "course": "A", "hours": 3}, "hours must be hours by mode, but is 3"),
        (
            {"kind": "set_hours", "course": "A", "hours": {"sleep": 1}},
            "hours: sleep is no mode; the modes are theory",
        ),
        ({"kind": "set_hours", "course": "A", "hours": {"theory": math.nan}}, "theory must be a finite number"),
        ({"kind": "set_mapping", "course": "A", "ability": "x", "level": "B"}, "level must be I, D, A or empty"),
        ({"kind": "set_mapping", "course": "A", "ability": "x", "share": "½"}, "share must be a finite number"),
        ({"kind": "add_course", "code": "N", "mappings": "x"}, "mappings must be a list, but is 'x'"),
        ({"kind": "add_course", "code": "N", "mappings": ["x"]}, "mappings: number 0 must have an ability"),
        ({"kind": "add_course", "code": "N", "mappings": [{}]}, "mappings: number 0: ability is missing"),
        ({"kind": "add_course", "code": "N", "requires": ["A", 1]}, "requires: number 1 must be a text"),
        ({"kind": "join_competition", "course": "A", "title": "t", "hours": {}}, "hours must be a finite number"),
    ],
)
def test_wrong_json_is_refused_by_the_name_of_what_is_wrong(data, message):
    with pytest.raises(ValueError, match=re.escape(message)):
        edit_from_json(data)


def test_a_new_course_brings_hours_mapping_prerequisites_and_equivalence():
    frames = apply_edits(plan(), [EXAMPLES[0]])
    check(frames)
    assert list(frames.courses.loc["N", ["title", "credits", "term"]]) == ["New", 2.0, 3.0]
    assert list(frames.hours.fillna(-1).loc["N"]) == [16, -1, -1, -1, -1]
    cells = frames.mappings[frames.mappings["course"] == "N"].astype(object).where(lambda rows: rows.notna(), None)
    assert cells.to_numpy().tolist() == [["N", "x", "D", 0.5], ["N", "y", "", None]]
    assert frames.prerequisites.to_numpy().tolist() == [["A", "B"], ["A", "N"]]
    assert frames.offered.to_numpy().tolist() == [["R", "B"], ["R", "N"]]


def test_a_dropped_course_leaves_nothing_behind():
    frames = apply_edits(plan(), [DropCourse("A")])
    check(frames)
    for rows in (frames.courses, frames.hours):
        assert rows.index.tolist() == ["B"]
    assert frames.mappings["course"].tolist() == ["B"]
    assert frames.ratings["course"].tolist() == ["B"]
    assert frames.prerequisites.empty
    after = apply_edits(plan(), [DropCourse("B")])
    assert after.offered.empty
    assert after.prerequisites.empty


def test_hours_terms_cells_and_certificates_change_where_they_are_meant_to():
    edits: list[Edit] = [
        SetHours("A", {"theory": 24, "simulation": 8, "operation": None}),
        JoinCompetition("A", "contest", 6),
        JoinCompetition("B", "contest", 6),
        JoinCompetition("B", "another contest", 4),
        MoveCourse("B", 5),
        SetMapping("A", "y", "A", 0.25),
        RemoveMapping("B", "x"),
        SetMapping("B", "z", "I"),
        AddCertificate("C2"),
    ]
    frames = apply_edits(plan(), edits)
    check(frames)
    assert list(frames.hours.loc["A", ["theory", "simulation", "operation"]]) == [24, 8, 6]
    assert list(frames.hours.loc["B", ["theory", "operation"]]) == [20, 10]
    assert frames.courses["term"].tolist() == [1, 5]
    cells = frames.mappings.set_index(["course", "ability"])
    assert cells.index.tolist() == [("A", "x"), ("A", "y"), ("B", "z")]
    assert cells["level"].tolist() == ["I", "A", "I"]
    assert cells["share"].fillna(-1).tolist() == [0.5, 0.25, -1]
    assert frames.certifications == ("C2",)


@pytest.mark.parametrize(
    ("edit", "code", "message"),
    [
        (DropCourse("Q"), "unknown_course", "course 'Q' is not in the plan"),
        (MoveCourse("Q", 1), "unknown_course", "course 'Q' is not in the plan"),
        (SetHours("Q", {}), "unknown_course", "course 'Q' is not in the plan"),
        (SetMapping("Q", "x"), "unknown_course", "course 'Q' is not in the plan"),
        (RemoveMapping("Q", "x"), "unknown_course", "course 'Q' is not in the plan"),
        (JoinCompetition("Q", "", 1), "unknown_course", "course 'Q' is not in the plan"),
        (AddCourse("N", requires=("Q",)), "unknown_course", "course 'Q' is not in the plan"),
        (AddCourse("A"), "course_exists", "course 'A' is in the plan already"),
        (AddCourse("N", credits=-1), "credits_out_of_range", "course 'N' cannot have -1 credits"),
        (AddCourse("N", term=0), "term_out_of_range", "course 'N' cannot be in term 0"),
        (AddCourse("N", credits=201), "credits_out_of_range", "course 'N' cannot have 201 credits"),
        (AddCourse("N", term=31), "term_out_of_range", "course 'N' cannot be in term 31; terms count from 1 to 30"),
        (AddCourse("N" * 121), "code_too_long", "has at most 120 characters"),
        (AddCourse("N", title="t" * 301), "title_too_long", "the title of course 'N' has more than 300 characters"),
        (AddCourse("N", title="t\x00"), "unwritable_text", "control characters"),
        (AddCourse("N", reference_course="Q"), "unknown_reference_course", "reference course 'Q' is not in the fra"),
        (
            AddCourse("N", mappings=(NewMapping("x"), NewMapping("x"))),
            "cell_exists",
            "course 'N' is mapped to ability 'x' twice",
        ),
        (AddCourse("N", mappings=(NewMapping("q"),)), "unknown_ability", "ability 'q' is not in the framework"),
        (MoveCourse("A", 1.5), "term_out_of_range", "course 'A' cannot be in term 1.5"),
        (MoveCourse("A", 0), "term_out_of_range", "course 'A' cannot be in term 0; terms count from 1"),
        (SetHours("A", {"theory": -1}), "hours_out_of_range", "course 'A' cannot have -1 hours of theory"),
        (SetHours("A", {"theory": math.inf}), "hours_out_of_range", "course 'A' cannot have inf hours of theory"),
        (SetHours("A", {"theory": 5000.5}), "hours_out_of_range", "course 'A' cannot have 5000.5 hours of theory"),
        (JoinCompetition("A", "", 4991), "hours_out_of_range", "course 'A' cannot have 5001 hours of operation"),
        (SetHours("A", {"sleep": 1}), "unknown_mode", "there is no mode 'sleep' of hours"),
        (JoinCompetition("A", "", -1), "hours_out_of_range", "course 'A' cannot have -1 hours of operation"),
        (SetMapping("A", "q"), "unknown_ability", "ability 'q' is not in the framework"),
        (SetMapping("A", "x", "Z"), "unknown_level", "there is no level 'Z'"),
        (SetMapping("A", "x", "I", 1.5), "share_out_of_range", "cannot give 1.5 of itself to ability 'x'"),
        (SetMapping("A", "x", "I", -0.5), "share_out_of_range", "cannot give -0.5 of itself to ability 'x'"),
        (SetMapping("A", "y", "I", 0.75), "shares_above_one", "the shares of course 'A' sum to 1.25"),
        (RemoveMapping("A", "z"), "no_mapping", "course 'A' is not mapped to ability 'z'"),
        (AddCertificate("Q"), "unknown_certificate", "certificate 'Q' is not in the framework"),
    ],
)
def test_an_edit_that_the_plan_cannot_take_is_refused_with_its_place(edit, code, message):
    with pytest.raises(RefusedEdit) as refusal:
        apply_edits(plan(), [MoveCourse("A", 2), edit])
    assert (refusal.value.code, refusal.value.place) == (code, 1)
    assert str(refusal.value).startswith("edit 2: ")
    assert message in str(refusal.value)
    assert MESSAGES[code].format(**refusal.value.values) in str(refusal.value)


def test_a_certificate_is_added_once():
    with pytest.raises(RefusedEdit, match="prepares for certificate 'C' already"):
        apply_edits(plan(), [AddCertificate("C"), AddCertificate("C")])


def test_hours_are_bounded_after_each_edit_and_not_only_in_it():
    edits = [JoinCompetition("A", "Cup", 2600), JoinCompetition("A", "Cup", 2600)]
    with pytest.raises(RefusedEdit, match="edit 2: course 'A' cannot have 5210 hours of operation"):
        apply_edits(plan(), edits)


def test_what_a_new_course_requires_twice_it_requires_once():
    frames = apply_edits(plan(), [AddCourse("N", requires=("A", "A"))])
    assert frames.prerequisites.to_numpy().tolist() == [["A", "B"], ["A", "N"]]


def test_a_wide_space_and_a_pasted_tab_are_letters_like_any_other():
    course = AddCourse("N", "数据\u3000分析\tI")
    assert edit_from_json(edit_to_json(course)) == course
    assert apply_edits(plan(), [course]).courses.loc["N", "title"] == "数据\u3000分析\tI"


def over_terms(**last):
    """The plan with a third course in term 6; courses named here run until the term given."""
    frames = apply_edits(plan(), [AddCourse("C", term=6)])
    return replace(frames, courses=frames.courses.assign(term_last=pd.Series(last, dtype=float)))


def test_a_course_over_several_terms_keeps_its_length():
    frames = apply_edits(over_terms(A=2), [MoveCourse("A", 5), MoveCourse("B", 3)])
    check(frames)
    terms = frames.courses[["term", "term_last"]].fillna(0)
    assert terms.to_numpy().tolist() == [[5, 6], [3, 0], [6, 0]]
    opened = apply_edits(frames, [MoveCourse("A", None), MoveCourse("A", 6)])
    assert opened.courses.loc["A"].fillna(0)[["term", "term_last"]].tolist() == [6, 0]


def test_a_course_over_several_terms_ends_within_the_plan():
    with pytest.raises(RefusedEdit, match="run to term 8, after the plan's last term 6; it can begin in term 4 at"):
        apply_edits(over_terms(A=3), [MoveCourse("A", 6)])
    later = apply_edits(over_terms(A=3), [MoveCourse("B", 8), MoveCourse("A", 6)])
    assert later.courses.loc["A", ["term", "term_last"]].tolist() == [6, 8]


def test_certificates_are_added_to_those_before():
    assert apply_edits(plan(), [AddCertificate("C2"), AddCertificate("C")]).certifications == ("C2", "C")


def test_nothing_is_a_number_of_credits_and_of_hours_too():
    course = AddCourse("N", credits=0, hours={"theory": 0.0})
    frames = apply_edits(plan(), [course, SetHours("A", {"theory": 0.0})])
    assert (frames.courses.loc["N", "credits"], frames.hours.loc["N", "theory"]) == (0, 0)
    assert frames.hours.loc["A", "theory"] == 0


def test_shares_that_sum_to_one_on_paper_are_taken():
    shares = dict(zip("wxyz", (0.45, 0.4, 0.05, 0.1), strict=True))
    assert sum(shares.values()) > 1
    course = AddCourse("N", mappings=tuple(NewMapping(name, share=share) for name, share in shares.items()))
    assert len(apply_edits(plan(abilities="wxyz"), [course]).mappings) == 3 + 4


def test_shares_may_sum_to_one_and_a_cell_that_is_replaced_does_not_count():
    frames = apply_edits(plan(), [SetMapping("A", "y", "", 0.5), SetMapping("A", "x", "I", 0.5)])
    assert frames.mappings.loc[frames.mappings["course"] == "A", "share"].sum() == 1.0


def test_the_frames_given_stay_as_they_were():
    frames = plan()
    before = copy.deepcopy(frames)
    apply_edits(frames, [*EXAMPLES[:1], *EXAMPLES[3:9], DropCourse("B"), DropCourse("A")])
    for field in fields(frames):
        now, then = getattr(frames, field.name), getattr(before, field.name)
        same = now.equals(then) if isinstance(now, pd.DataFrame) else now == then
        assert same, field.name


def test_what_no_edit_touches_is_the_very_same_object():
    frames = plan()
    moved = apply_edits(frames, [MoveCourse("A", 3)])
    assert moved.hours is frames.hours
    assert moved.mappings is frames.mappings
    assert apply_edits(frames, [SetHours("A", {})]).ratings is frames.ratings
    assert apply_edits(frames, []) is frames


def test_an_empty_plan_takes_its_first_course():
    frames = apply_edits(plan(hours={}, mappings=[], ratings=[], prerequisites=[], offered=[]), [EXAMPLES[1]])
    check(frames)
    assert frames.courses.index.tolist() == frames.hours.index.tolist() == ["N"]


def differences(*edits):
    return plan_differences(plan(), apply_edits(plan(), edits)).to_numpy().tolist()


def test_differences_name_each_cell_that_changed():
    assert differences() == []
    assert differences(DropCourse("A")) == [["A", "course", "", "A", None]]
    assert differences(AddCourse("N", "New")) == [["N", "course", "", None, "New"]]
    assert differences(MoveCourse("A", None), SetHours("A", {"simulation": 4, "theory": 30})) == [
        ["A", "term", "", 1.0, None],
        ["A", "simulation", "", 0.0, 4.0],
    ]
    before, after = plan(), plan()
    after.courses["credits"] = [2.0, 3.0]
    assert plan_differences(before, after).to_numpy().tolist() == [["B", "credits", "", 2.0, 3.0]]
    assert differences(SetMapping("A", "x", "D"), RemoveMapping("B", "x"), SetMapping("A", "z")) == [
        ["A", "level", "x", "I", "D"],
        ["A", "share", "x", 0.5, None],
        ["B", "level", "x", "D", None],
        ["B", "share", "x", 1.0, None],
        ["A", "level", "z", None, ""],
    ]


hours_stated = st.dictionaries(st.sampled_from(MODES), st.floats(0, 500), max_size=5)


@quick
@given(hours_stated, st.sampled_from(LEVELS), st.one_of(st.none(), st.floats(0, 0.5)))
def test_the_differences_of_a_plan_are_what_its_edits_said(hours, level, share):
    after = apply_edits(plan(), [SetHours("B", hours), SetMapping("A", "x", level, share)])
    found = plan_differences(plan(), after).set_index(["course", "what"])["after"].to_dict()
    base = {"theory": 20.0}
    assert {mode: found.get(("B", mode), base.get(mode, 0.0)) for mode in hours} == hours
    assert found.get(("A", "level"), "I") == level
    assert found.get(("A", "share"), 0.5) == share
