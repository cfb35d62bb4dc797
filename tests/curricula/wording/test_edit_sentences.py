"""Every code of a what-if has a sentence, and every kind of edit a line and a form."""

from __future__ import annotations

import ast
from dataclasses import replace
from pathlib import Path
from typing import cast

import pytest
from django.conf import settings
from django.forms import ChoiceField
from django.utils import translation

from curricula.analysis.measures import sequence
from curricula.analysis.measures.sequence import BrokenPrerequisite
from curricula.analysis.optimise.optimiser import HoursPlan, Left, Line
from curricula.analysis.scenarios import applied_edits, edits, edits_from_advice
from curricula.analysis.scenarios.applied_edits import RefusedEdit
from curricula.analysis.scenarios.effects import Change
from curricula.mapping.forms import CellForm
from curricula.models.curriculum import entered
from curricula.scenarios.forms import FORMS
from curricula.wording import edit_sentences, optimise
from curricula.wording.edit_sentences import broken_words, refusal_words
from curricula.wording.edit_sentences import edit_words as line_of
from tests.curricula.analysis.scenarios.test_edits import EXAMPLES
from tests.report_universe import names

ROOT = Path(settings.BASE_DIR)
VALUES = {
    **dict.fromkeys(("course", "ability", "certification", "reference_course", "mode", "level"), "MK.1"),
    **dict.fromkeys(("hours", "credits", "term", "share", "sum", "most", "last", "plan_last", "latest"), 1.5),
}


def texts_in(module) -> set[str]:
    return {n.value for n in ast.walk(ast.parse(Path(module.__file__).read_text())) if isinstance(n, ast.Constant)}


def test_every_refusal_has_a_sentence():
    assert set(edit_sentences.REFUSALS) == set(applied_edits.MESSAGES)


@pytest.mark.parametrize("code", sorted(applied_edits.MESSAGES))
def test_a_refusal_says_everything_it_needs(code):
    assert "%(" not in refusal_words(RefusedEdit(code, **VALUES), names())


@pytest.mark.parametrize("reason", sorted(edit_sentences.BROKEN))
def test_a_broken_prerequisite_is_told(reason):
    assert reason in texts_in(sequence)
    assert broken_words(BrokenPrerequisite("EC101", "EC102", reason, 3, 2), names()).startswith("EC102")


def test_every_reason_of_an_underived_recommendation_is_told():
    assert set(edit_sentences.UNDERIVED) <= texts_in(edits_from_advice)


@pytest.mark.parametrize("edit", EXAMPLES, ids=lambda edit: type(edit).__name__)
def test_every_edit_is_a_line(edit):
    line = line_of(edit, names())
    assert line
    assert "%(" not in line


def test_every_kind_of_edit_can_be_made_by_a_form():
    assert set(FORMS) == set(edit_sentences.KINDS)
    assert set(edits.KINDS) - set(FORMS) == {"remove_mapping"}  # the level "not mapped any more" of set_mapping


def hours_plan(**changes) -> HoursPlan:
    given = {
        "targets": ("a", "b"),
        "cured": ("a",),
        "moved": {"C1": 8.0, "C2": 3.5},
        "edits": (edits.DropCourse("C1"),),
    }
    empty = {"lines": (), "left": (), "locked": (), "proven": True}
    return HoursPlan(**{**given, **empty, **changes})


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("en", "1 of 2 no longer short; 11.5 hours re-purposed in 2 courses; plan total unchanged."),
        ("zh-hans", "2项短缺中有1项得到弥补；2门课程内共调整11.5学时；方案总学时不变。"),
    ],
)
def test_what_hours_reach_is_said_with_its_price(language, said):
    with translation.override(language):
        assert optimise.summary_words(hours_plan()) == said


def test_hours_that_cure_nothing_say_what_they_are_for():
    share, same = Change(0.1, 0.2), Change("aligned", "aligned")
    line = Line("C1", "a", Change(2.0, 9.0), Change(1.0, 4.0), share, share, share, 0.3, same)
    left = Left("a", 5.0, (), before=12.0)
    plan = hours_plan(targets=("a",), cured=(), lines=(line,), left=(left,))
    assert "they cure nothing and only make what is missing smaller" in optimise.summary_words(plan)
    assert optimise.purpose_words(plan, line) == "so that less is missing: 12 → 5\u00a0h"
    assert optimise.left_words(left, names()).startswith("12 → 5\u00a0h short.")
    assert optimise.purpose_words(hours_plan(), line) == "so that it is no longer short"
    assert optimise.purpose_words(plan, replace(line, exposed=Change(9.0, 2.0))) == ""


def test_hours_that_do_nothing_say_so():
    assert (
        optimise.summary_words(hours_plan(targets=()))
        == "By its share of hours no ability is short for certain, so none have to move."
    )
    assert "help none of the 2 abilities" in optimise.summary_words(hours_plan(edits=()))


@pytest.mark.parametrize(
    ("left", "said"),
    [
        (Left("a", 4.0, ()), "4 h short. It takes a new or borrowed course."),
        (
            Left("a", 4.0, (), "C1", 16.0, 6.4),
            "4 h short. One credit more of C1 Course 1 (16 h) would bring it 6.4 h.",
        ),
        (
            Left("a", 4.0, ("C1",)),
            "4 h short. It is served by what is locked: C1 Course 1. Else it takes a new or borrowed course.",
        ),
    ],
)
def test_what_is_left_is_said_with_what_would_do(left, said):
    titled = replace(names(), courses={"C1": "Course 1"})
    assert optimise.left_words(left, titled).replace("\u00a0", " ") == said


@pytest.mark.parametrize(
    ("language", "expected"),
    [("en", "C1 Course 1: Theory 16\u00a0h, Operation 32\u00a0h"), ("zh-hans", "C1 Course 1：理论16学时、实操32学时")],
)
def test_hours_units_and_lists_are_written_as_the_language_writes_them(language, expected):
    titled = replace(names(), courses={"C1": "Course 1"})
    with translation.override(language):
        assert line_of(edits.SetHours("C1", {"theory": 16.0, "operation": 32.0}), titled) == expected


def test_a_level_and_a_share_are_parts_of_one_statement():
    with translation.override("zh-hans"):
        assert line_of(edits.SetMapping("C1", "MK.1", level="A", share=0.4), names()).endswith("：考核，40.0%")


def test_levels_to_choose_from_are_in_the_readers_language():
    field = cast(ChoiceField, CellForm.base_fields["level"])
    with translation.override("zh-hans"):
        assert "I – 引入" in [str(title) for _value, title in field.choices]
    with translation.override("en"):
        assert "I – introduced" in [str(title) for _value, title in field.choices]


@pytest.mark.parametrize(
    ("language", "year", "plan"), [("en", "2026", "Sales 2026"), ("zh-hans", "2026级", "Sales 2026级")]
)
def test_a_plan_is_named_by_its_year_of_entry(language, year, plan):
    with translation.override(language):
        assert (entered("", 2026), entered("Sales", 2026)) == (year, plan)
