"""What a page shows, read from its HTML."""

from __future__ import annotations

import json
import re
from html import unescape
from typing import Any


def figure_of(page: str, name: str) -> dict[str, Any]:
    """The figure that a page holds under a name."""
    found = re.search(rf'<script id="{name}" type="application/json">(.*?)</script>', page, re.S)
    assert found, name
    return json.loads(found[1])


def text_of(page: str) -> str:
    """The words of a page: without scripts and tags, each run of white space as one space."""
    bare = re.sub(r"<(script|style|svg)\b.*?</\1>", " ", page, flags=re.S)
    return re.sub(r"\s+", " ", unescape(re.sub(r"<[^>]+>", " ", bare)))
