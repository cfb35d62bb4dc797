"""The numbers that stand before areas and abilities: “1. 工程知识”, “指标点1.1：能够…”, “1-2”."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable

_NUMBERED = re.compile(
    r"(?:毕业要求|指标点|观测点|能力|requirement|outcome|plo|po|gr)?\s*(\d+(?:[.．-]\d+)*)(?:[.、．:：)）\s]+(.*))?",
    re.IGNORECASE | re.DOTALL,
)
_BEGINS = re.compile(r"(?:指标点|观测点)?\s{0,3}\d{1,2}[.．-]\d{1,2}")


def numbered(text: str) -> tuple[str, str]:
    """ "1.2 Plan" is ("1.2", "Plan"), "1.2" is ("1.2", ""), "3D print" is ("", "3D print")."""
    match = _NUMBERED.fullmatch(text)
    return (match[1].replace("．", "."), (match[2] or "").strip()) if match else ("", text)


def numbered_lines(text: str) -> list[str]:
    """The items of a cell that lists several, each on lines of its own; else the whole cell."""
    items: list[str] = []
    for line in text.split("\n"):
        if _BEGINS.match(line.strip()) or not items:
            items.append(line.strip())
        else:
            items[-1] += f"\n{line.strip()}"
    return items if all(map(_BEGINS.match, items)) else [text]


def number_above(number: str, known: Collection[str]) -> str:
    """ "1" for "1.2", where it is known."""
    above = re.sub(r"[.-]\d+$", "", number)
    return above if above != number and above in known else ""


def make_a_tree(numbers: Iterable[str]) -> bool:
    """Whether some lie below others, and none stands twice."""
    listed = [number for number in numbers if number]
    return len(set(listed)) == len(listed) and any(number_above(number, listed) for number in listed)
