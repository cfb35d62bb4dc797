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

from curricula.analysis.codes import notice
from curricula.analysis.measures import sequence
from curricula.analysis.measures.sequence import BrokenPrerequisite
from curricula.analysis.optimise.constraints import Bounds
from curricula.analysis.optimise.infeasibility import Blame, Conflict
from curricula.analysis.scenarios import applied_edits, edits, edits_from_advice
from curricula.analysis.scenarios.applied_edits import RefusedEdit
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


@pytest.mark.parametrize("code", sorted(optimise.REASONS))
def test_why_there_is_no_plan_is_told(code):
    values = {"beyond_hours": ("abilities",), "bounds_too_tight": ("bounds", "conflicts"), "out_of_time": ("seconds",)}
    given = dict.fromkeys(values.get(code, ("abilities", "of")), 2)
    assert "%(" not in optimise.reason_words(notice(code, **given))


def test_every_bound_can_be_blamed_with_what_would_do_in_its_place():
    kinds = set(optimise.BOUNDS)
    assert kinds == set(optimise.ENOUGH) == set(Bounds.__dataclass_fields__) - {"hours_per_credit"}
    for kind in kinds:
        assert "52.5" in optimise.blame_words(Blame(kind, 40.0, 52.5))
        assert "No other number here would do alone." in optimise.blame_words(Blame(kind, 40.0, None))


def test_the_number_that_would_do_is_rounded_up():
    assert "With 3.7 credits" in optimise.blame_words(Blame("term_credits", 3.0, 3.625))
    assert "With 52 hours" in optimise.blame_words(Blame("course_hours", 40.0, 52.0000001))


@pytest.mark.parametrize(
    ("bounds", "smallest", "said"),
    [
        (1, True, ""),
        (2, True, "Each of these bounds could be kept by itself; together they cannot. One has to give way."),
        (2, False, "Whether fewer of these bounds are to blame was not settled in time."),
    ],
)
def test_bounds_that_forbid_it_together_say_so(bounds, smallest, said):
    blamed = (Blame("term_hours", 40.0, 52.5), Blame("total_change", 0.0, 8.0))[:bounds]
    assert optimise.conflict_words(Conflict(blamed, smallest)) == said


def test_reasons_that_are_each_enough_are_counted():
    assert optimise.several_words(2).startswith("There are 2 reasons, each enough by itself")
    assert optimise.several_words(1) == ""


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
        assert line_of(edits.SetMapping("C1", "MK.1", level="A", share=0.4), names()).endswith("：考核，40.0\u00a0%")


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
