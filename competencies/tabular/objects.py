"""JSON objects as rows of a table: their keys are its columns."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

_DEEPEST = 4  # objects within each other


def flat(content: Mapping[str, Any]) -> tuple[tuple[str, ...], list[str]]:
    """Keys and their texts; {"company": {"name": …}} becomes "company.name", and “@type” says nothing."""
    found = _flat(content, "", _DEEPEST)
    return tuple(map(_whole, found)), list(map(_whole, found.values()))


def _flat(content: Mapping[str, Any], above: str, depth: int) -> dict[str, str]:
    found: dict[str, str] = {}
    for key, value in content.items():
        if above and key.startswith("@"):
            continue
        if isinstance(value, dict) and depth:
            found |= _flat(value, f"{above}{key}.", depth - 1)
        else:
            found[f"{above}{key}"] = _text(value)
    return found


def records_in(content: object) -> list[Any]:
    """The objects of a list, or of the one list of objects that an object holds beside figures and words."""
    if isinstance(content, list):
        return content
    lists = content.values() if isinstance(content, dict) else ()
    found = [value for value in lists if isinstance(value, list) and value and isinstance(value[0], dict)]
    return found[0] if len(found) == 1 else []


def rows_of(objects: list[Any]) -> list[list[str]]:
    """A header of all keys, and a row for each object."""
    found = [dict(zip(*flat(each), strict=True)) for each in objects if isinstance(each, dict)]
    header = list(dict.fromkeys(key for each in found for key in each))
    return [header, *([each.get(key, "") for key in header] for each in found)]


def _text(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, list):
        return "\n".join(map(_text, value))
    return str(int(value)) if isinstance(value, float) and value.is_integer() else str(value)


def _whole(text: str) -> str:
    r"""JSON may write half of a pair, "\ud800", which is no character and which no database takes."""
    return text if text.isascii() else text.encode("utf-8", "replace").decode()
