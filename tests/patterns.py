"""Every regular expression of the project with the ways it is used, and long texts that would show it going back."""

from __future__ import annotations

import ast
import functools
import importlib
import pkgutil
import random
import re
import re._parser as parser  # type: ignore[import-not-found]
from collections import defaultdict
from collections.abc import Iterator
from types import ModuleType
from typing import NamedTuple

PACKAGES = ("competencies", "curricula", "talentgap")
EXTRAS = {"allauth"}  # what a module of an extra may lack
METHODS = {"match", "fullmatch", "search", "sub", "subn", "split", "findall", "finditer"}
LENGTH, KINDS = 10_000, 40


class Used(NamedTuple):
    where: str
    pattern: re.Pattern
    methods: frozenset[str]


def modules() -> Iterator[ModuleType]:
    for package in map(importlib.import_module, PACKAGES):
        for found in pkgutil.walk_packages(package.__path__, f"{package.__name__}."):
            if ".migrations" not in found.name:
                yield from imported(found.name)


def imported(name: str) -> Iterator[ModuleType]:
    try:
        yield importlib.import_module(name)
    except ModuleNotFoundError as error:
        if (error.name or "").partition(".")[0] not in EXTRAS:
            raise
    except RuntimeError as error:  # installed, and not among the apps because no provider is set
        if not any(extra in str(error) for extra in EXTRAS):
            raise


def compiled(value: object, depth: int = 3) -> Iterator[re.Pattern]:
    """The patterns that a value is or holds."""
    if isinstance(value, re.Pattern):
        yield value
    elif isinstance(value, functools._lru_cache_wrapper) or depth == 0:
        return
    elif isinstance(value, dict):
        for one in value.values():
            yield from compiled(one, depth - 1)
    elif isinstance(value, tuple | list | set | frozenset):
        for one in value:
            yield from compiled(one, depth - 1)


def tree_of(module: ModuleType) -> ast.AST:
    with open(module.__file__, encoding="utf-8") as file:
        return ast.parse(file.read())


def inline(tree: ast.AST) -> Iterator[tuple[re.Pattern, str]]:
    """The patterns written as text in a call: `re.split("[-/]", text)`."""
    for node in ast.walk(tree):
        if (
            isinstance(node, ast.Call)
            and isinstance(node.func, ast.Attribute)
            and isinstance(node.func.value, ast.Name)
            and node.func.value.id == "re"
            and node.func.attr in METHODS
            and node.args
            and isinstance(node.args[0], ast.Constant)
        ):
            yield re.compile(node.args[0].value), node.func.attr


def methods_by_name(tree: ast.AST) -> dict[str, set[str]]:
    """What is called on each name of a module."""
    used: dict[str, set[str]] = defaultdict(set)
    for node in ast.walk(tree):
        if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name) and node.attr in METHODS:
            used[node.value.id].add(node.attr)
    return used


def of_module(module: ModuleType) -> Iterator[Used]:
    """A pattern in a table is held to what its module calls on names that are no patterns, or to a search."""
    tree = tree_of(module)
    named = methods_by_name(tree)
    alone = {name for name, value in vars(module).items() if isinstance(value, re.Pattern)}
    of_tables = set().union(*(found for name, found in named.items() if name not in alone | {"re"})) - {"split"}
    for name, value in vars(module).items():
        for pattern in compiled(value):
            methods = named.get(name) if name in alone else of_tables
            yield Used(f"{module.__name__}.{name}", pattern, frozenset(methods or {"search"}))
    for pattern, method in inline(tree):
        yield Used(module.__name__, pattern, frozenset({method}))


def all_patterns() -> list[Used]:
    found = {(used.pattern, used.methods): used for module in modules() for used in of_module(module)}
    return list(found.values())


def sample(parsed: parser.SubPattern, draw: random.Random, most: int) -> str:
    """A text that the pattern takes, or nearly: each repeat as often as `most` allows."""
    return "".join(_one(str(code), value, draw, most) for code, value in parsed)


def _one(code: str, value: object, draw: random.Random, most: int) -> str:
    if code == "LITERAL":
        return chr(value)
    if code == "NOT_LITERAL":
        return "x"
    if code == "ANY":
        return draw.choice("a1 中")
    if code == "IN":
        return _of_class(value, draw)
    if code == "BRANCH":
        return sample(draw.choice(value[1]), draw, most)
    if code == "SUBPATTERN":
        return sample(value[3], draw, most)
    if code in ("MAX_REPEAT", "MIN_REPEAT", "POSSESSIVE_REPEAT"):
        times = max(value[0], min(int(value[1]), most))
        return "".join(sample(value[2], draw, most) for _ in range(times))
    return ""  # places, looks ahead and behind take no room


def _of_class(items: list, draw: random.Random) -> str:
    if str(items[0][0]) == "NEGATE":
        return draw.choice("a1 中.-\n")
    code, value = draw.choice(items)
    if str(code) == "LITERAL":
        return chr(value)
    if str(code) == "RANGE":
        return chr(draw.choice(value))
    return {"DIGIT": "1", "SPACE": " ", "WORD": "a"}.get(str(code).rsplit("_", 1)[-1], "-")


def long_texts(pattern: re.Pattern) -> Iterator[str | bytes]:
    """Repeats of what the pattern takes, of single signs and of pieces, most with an end that it refuses."""
    draw = random.Random(repr(pattern.pattern))
    parsed = parser.parse(pattern.pattern, pattern.flags)
    signs = sorted({sign for _ in range(30) for sign in sample(parsed, draw, 3)} | set("a1 -"))
    units = [" ", *draw.sample(signs, min(len(signs), 11)), " a", "- ", *(a + b for a, b in _pairs(signs, draw))]
    while len(units) < KINDS:
        units.append(sample(parsed, draw, draw.choice((1, 2, 40))) or " ")
    for unit in units:
        end = draw.choice(("\0", "!", "", "\n", "é!"))
        start = draw.choice(("", "x", sample(parsed, draw, 1)))
        text = (start + unit * (LENGTH // len(unit) + 1))[: LENGTH - len(end)] + end
        yield text if isinstance(pattern.pattern, str) else text.encode()[:LENGTH]


def _pairs(signs: list[str], draw: random.Random) -> list[tuple[str, str]]:
    return [(draw.choice(signs), draw.choice(signs)) for _ in range(8)]


def run(pattern: re.Pattern, method: str, text: str | bytes) -> None:
    call = getattr(pattern, method)
    if method in ("sub", "subn"):
        call(text[:0], text)
    elif method == "finditer":
        for _match in call(text):
            pass
    else:
        call(text)
