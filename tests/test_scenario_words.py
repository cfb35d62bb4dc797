"""Every code of a what-if has a sentence, and every kind of edit a line and a form."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest
from django.conf import settings

from curricula.analysis import applying, deriving, edits, sequence
from curricula.analysis.applying import RefusedEdit
from curricula.analysis.hour_bounds import Bounds
from curricula.analysis.hour_solver import Blame
from curricula.analysis.notices import notice
from curricula.analysis.sequence import BrokenPrerequisite
from curricula.forms.scenarios import FORMS
from curricula.reports import edit_words, optimise_words
from curricula.reports.edit_words import broken_words, refusal_words
from curricula.reports.edit_words import edit_words as line_of

from .report_universe import names
from .test_edits import EXAMPLES

ROOT = Path(settings.BASE_DIR)
VALUES = {
    **dict.fromkeys(("course", "ability", "certification", "mode", "level"), "MK.1"),
    **dict.fromkeys(("hours", "credits", "term", "share", "sum"), 1.5),
}


def texts_in(module) -> set[str]:
    return {n.value for n in ast.walk(ast.parse(Path(module.__file__).read_text())) if isinstance(n, ast.Constant)}


def test_every_refusal_has_a_sentence():
    assert set(edit_words.REFUSALS) == set(applying.MESSAGES)


@pytest.mark.parametrize("code", sorted(applying.MESSAGES))
def test_a_refusal_says_everything_it_needs(code):
    assert "%(" not in refusal_words(RefusedEdit(code, **VALUES), names())


@pytest.mark.parametrize("reason", sorted(edit_words.BROKEN))
def test_a_broken_prerequisite_is_told(reason):
    assert reason in texts_in(sequence)
    assert broken_words(BrokenPrerequisite("EC101", "EC102", reason, 3, 2), names()).startswith("EC102")


def test_every_reason_of_an_underived_recommendation_is_told():
    assert set(edit_words.UNDERIVED) <= texts_in(deriving)


@pytest.mark.parametrize("edit", EXAMPLES, ids=lambda edit: type(edit).__name__)
def test_every_edit_is_a_line(edit):
    line = line_of(edit, names())
    assert line
    assert "%(" not in line


def test_every_kind_of_edit_can_be_made_by_a_form():
    assert set(FORMS) == set(edit_words.KINDS)
    assert set(edits.KINDS) - set(FORMS) == {"remove_mapping"}  # the level "not mapped any more" of set_mapping


@pytest.mark.parametrize("code", sorted(optimise_words.REASONS))
def test_why_there_is_no_plan_is_told(code):
    values = {"beyond_hours": ("abilities",), "bounds_too_tight": ("bounds",), "out_of_time": ("seconds",)}
    given = dict.fromkeys(values.get(code, ("abilities", "of")), 2)
    assert "%(" not in optimise_words.reason_words(notice(code, **given))


def test_every_bound_can_be_blamed():
    kinds = set(optimise_words.BLAMED)
    assert kinds == set(Bounds.__dataclass_fields__) - {"hours_per_credit"}
    for kind in kinds:
        assert "EC101" in optimise_words.blame_words(Blame(kind, "EC101", 40.0, 52.5), names()) or kind in (
            "total_change",
        )
