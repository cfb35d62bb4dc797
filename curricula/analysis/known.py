"""What is nan in a frame is undefined, and nothing where it is told."""

from __future__ import annotations

from typing import Any

import pandas as pd


def known(value: Any) -> float | None:
    return None if pd.isna(value) else float(value)


def known_count(value: Any) -> int | None:
    return None if pd.isna(value) else int(value)
