"""What one course, and one plan, may hold at most, said once for files, forms, edits and records.

No course of any plan comes near; a figure above it is a slip of the hand.
Codes and titles have the lengths of their columns, in characters.
"""

from __future__ import annotations

from typing import Final

MOST_HOURS: Final = 5_000  # of one mode
MOST_CREDITS: Final = 200
MOST_TERM: Final = 30
MOST_CODE: Final = 120
MOST_TITLE: Final = 300

# The largest catalogue that is known here has 8,589 courses (University of Illinois, 2019).
MOST_IN_PLAN: Final = {"courses": 10_000, "cells": 200_000, "ratings": 200_000, "prerequisites": 20_000}
