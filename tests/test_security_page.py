"""docs/security.md names only what is there, and answers each number of ASVS 5.0 up to level 2."""

from __future__ import annotations

import ast
import re
from functools import cache

from tests.places import ROOT

PAGE = (ROOT / "docs" / "security.md").read_text(encoding="utf-8")
NAMED = re.compile(r"`((?:[\w.-]+/)*[\w-]+\.(?:py|js|html|txt|md)|tests/[\w/]+\.py)(?:::(\w+))?`")
LINKED = re.compile(r"\]\(([\w-]+\.md)\)")
# Of each section how many numbers it has up to level 2, where they run from 1 on; others are listed.
SECTIONS: dict[str, list[int]] = {
    **{"1.1": [1, 2], "1.2": [*range(1, 10)], "1.3": [*range(1, 12)], "1.4": [1, 2, 3], "1.5": [1, 2]},
    **{"2.1": [1, 2, 3], "2.2": [1, 2, 3], "2.3": [1, 2, 3, 4], "2.4": [1]},
    **{"3.2": [1, 2], "3.3": [1, 2, 3, 4], "3.4": [*range(1, 7)], "3.5": [1, 2, 3, 4, 5], "3.7": [1, 2]},
    **{"4.1": [1, 2, 3], "4.2": [1], "4.3": [1, 2], "4.4": [1, 2, 3, 4]},
    **{"5.1": [1], "5.2": [1, 2, 3], "5.3": [1, 2], "5.4": [1, 2, 3]},
    **{"6.1": [1, 2, 3], "6.2": [*range(1, 12)], "6.3": [1, 2, 3], "6.4": [1, 2, 3, 4]},
    **{"6.5": [1, 2, 3, 4, 5], "6.6": [1, 2, 3], "6.8": [1, 2, 3]},
    **{"7.1": [1, 2, 3], "7.2": [1, 2, 3, 4], "7.3": [1, 2], "7.4": [1, 2, 3, 4, 5], "7.5": [1, 2], "7.6": [1, 2]},
    **{"8.1": [1, 2], "8.2": [1, 2, 3], "8.3": [1], "8.4": [1], "9.1": [1, 2, 3], "9.2": [1, 2, 3, 4]},
    **{"10.1": [1, 2], "10.2": [1, 2], "10.3": [1, 2, 3, 4], "10.4": [*range(1, 12)]},
    **{"10.5": [1, 2, 3, 4, 5], "10.6": [1, 2], "10.7": [1, 2, 3]},
    **{"11.1": [1, 2], "11.2": [1, 2, 3], "11.3": [1, 2, 3], "11.4": [1, 2, 3], "11.5": [1], "11.6": [1]},
    **{"12.1": [1, 2, 3], "12.2": [1, 2], "12.3": [1, 2, 3, 4]},
    **{"13.1": [1], "13.2": [1, 2, 3, 4, 5], "13.3": [1, 2], "13.4": [1, 2, 3, 4, 5]},
    **{"14.1": [1, 2], "14.2": [1, 2, 3, 4], "14.3": [1, 2, 3]},
    **{"15.1": [1, 2, 3], "15.2": [1, 2, 3], "15.3": [*range(1, 8)]},
    **{"16.1": [1], "16.2": [1, 2, 3, 4, 5], "16.3": [1, 2, 3, 4], "16.4": [1, 2, 3], "16.5": [1, 2, 3]},
    **{"17.1": [1], "17.2": [1, 2, 3, 4], "17.3": [1, 2]},
}


@cache
def functions_of(path: str) -> set[str]:
    tree = ast.parse((ROOT / path).read_text(encoding="utf-8"))
    return {node.name for node in ast.walk(tree) if isinstance(node, ast.FunctionDef)}


def test_each_file_and_test_that_the_page_names_is_there() -> None:
    named = NAMED.findall(PAGE)
    assert len(named) > 120
    missing = [path for path, _test in named if not (ROOT / path).exists()]
    missing += [f"{path}::{test}" for path, test in named if test and test not in functions_of(path)]
    missing += [path for path in LINKED.findall(PAGE) if not (ROOT / "docs" / path).exists()]
    assert missing == []


def test_each_number_up_to_level_two_has_one_answer() -> None:
    answers = PAGE[PAGE.index("## V1 ") :]
    found = [number for cell in re.findall(r"^\| ([\d., ]+) \|", answers, re.M) for number in cell.split(", ")]
    asked = [f"{section}.{number}" for section, numbers in SECTIONS.items() for number in numbers]
    assert sorted(found) == sorted(asked)


def test_each_gap_is_in_the_list_at_the_head() -> None:
    head, answers = PAGE[: PAGE.index("## V1 ")], PAGE[PAGE.index("## V1 ") :]
    told = set(re.findall(r"\d+\.\d+\.\d+", head))
    still_open = re.findall(r"^\| ([\d., ]+) \|.*\*\*gap\*\* above", answers, re.M)
    assert [numbers for numbers in still_open if not told & set(numbers.split(", "))] == []
