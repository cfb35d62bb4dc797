"""What one course may hold at most, said once for files, forms, edits and records. No course of any plan comes near.

A figure above it is a slip of the hand. Codes and titles have the lengths of their columns, in characters.
"""

from __future__ import annotations

from typing import Final

MOST_HOURS: Final = 5_000  # of one mode
MOST_CREDITS: Final = 200
MOST_TERM: Final = 30
MOST_CODE: Final = 120
MOST_TITLE: Final = 300
