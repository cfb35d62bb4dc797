"""Incentives in writing (paper 003 §4.2): which of those that the paper names a document grants."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Final

# What the paper names -> for whom, and the words of a matter or a standard by which it is known.
NAMED: Final[dict[str, tuple[str, str]]] = {
    "workload": ("teachers", r"工作量|学时|课时|workload|teaching hours"),
    "review": ("teachers", r"年度考核|考核|annual (?:review|assessment)"),
    "promotion": ("teachers", r"职称|岗位聘|晋升|promotion|professional title|appointment"),
    "cash": ("students", r"奖金|奖励?\s*[\d一二三四五六七八九十百千万]|元|cash|award of|\b(?:CNY|RMB|USD|EUR)\b"),
    "credits": ("students", r"学分|credit"),
    "excellence": ("students", r"评优|评奖评优|推免|保研|excellence|honours"),
}


@dataclass(frozen=True)
class IncentiveFacts:
    title: str
    document: str = ""
    issued: date | None = None
    audience: str = ""  # teachers, students, enterprises; "" is not stated
    matter: str = ""
    standard: str = ""

    @property
    def in_writing(self) -> bool:
        """A number and a day: then others can find it, and it holds until it is changed."""
        return bool(self.document) and self.issued is not None


def grants(incentive: IncentiveFacts) -> frozenset[str]:
    """Which of `NAMED` it grants: by its words, and for whom it is stated to be.

    >>> sorted(grants(IncentiveFacts("竞赛办法", audience="students", standard="省一记创新学分2，奖3000元")))
    ['cash', 'credits']
    """
    said = f"{incentive.matter} {incentive.standard}"
    audience = {incentive.audience} if incentive.audience else {"teachers", "students"}
    return frozenset(
        name for name, (whom, words) in NAMED.items() if whom in audience and re.search(words, said, re.IGNORECASE)
    )


@dataclass(frozen=True)
class Granted:
    name: str  # a key of NAMED
    incentives: tuple[int, ...]  # places in the list, those in writing
    unwritten: tuple[int, ...]  # granted without a number or a day


def granted(incentives: Iterable[IncentiveFacts]) -> list[Granted]:
    """A line for each incentive that the paper names, in its order."""
    held = [(place, each, grants(each)) for place, each in enumerate(incentives)]
    return [
        Granted(
            name,
            tuple(place for place, each, found in held if name in found and each.in_writing),
            tuple(place for place, each, found in held if name in found and not each.in_writing),
        )
        for name in NAMED
    ]
