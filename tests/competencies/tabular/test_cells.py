import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from competencies.tabular.safe_cells import FORMULA_STARTS, plain_cell, safe_cell


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@SUM(A1)", "\tx", "\rx", "\nx", " =1", "＝1"])
def test_text_that_would_start_a_formula_is_defused(text):
    assert safe_cell(text) == "'" + text


@pytest.mark.parametrize("text", ["", "E-commerce", "1-2", "a=b", "'quoted'"])
def test_other_text_stays_as_it_is(text):
    assert safe_cell(text) == text


@given(text=st.text(alphabet=st.sampled_from("'=+-@ \t\r\n＝ab"), max_size=6))
@settings(deadline=None)
def test_a_guarded_cell_gives_back_what_was_written(text):
    assert plain_cell(safe_cell(text)) == text
    assert not safe_cell(text).startswith(FORMULA_STARTS)
