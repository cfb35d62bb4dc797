"""The bounds of the method on some hundred programs, in three minutes at most: `make simulate` and .ci/run ask for it.

More programs, with their intervals, stand in docs/validity.md.
"""

from __future__ import annotations

import json

import pytest

from .__main__ import DATA, DOCUMENT
from .running import checked, pooled, run, tasks, unexpected
from .written import document


@pytest.mark.simulation
def test_the_bounds_hold():
    assert unexpected(checked(pooled(run(tasks([100, 101]))))) == []


def test_the_document_says_what_the_page_says():
    if not DATA.exists():
        pytest.skip("make simulate has not been run")
    told = json.loads(DATA.read_text(encoding="utf-8"))
    assert DOCUMENT.read_text(encoding="utf-8") == document(told)
