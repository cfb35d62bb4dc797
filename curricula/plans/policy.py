"""The switches that an address sets, so that what they show can be sent on."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Final

from django.http import HttpRequest

from curricula.analysis.frames import EVIDENCE, Policy
from curricula.evaluation.reports import POLICY
from curricula.wording import phrases

ALL: Final = EVIDENCE[0]


def policy_asked(request: HttpRequest) -> Policy:
    """`?electives=all` counts every course of an elective group whole, and not the part that is chosen of it.

    `?evidence=` leaves out the mappings that are known from less; what names no evidence leaves out none.
    """
    least = request.GET.get("evidence", ALL) if names_evidence(request) else ALL
    return replace(POLICY, all_electives=request.GET.get("electives") == "all", least_evidence=least)


def names_evidence(request: HttpRequest) -> bool:
    """Whether the address names evidence that there is, or none."""
    return request.GET.get("evidence", ALL) in EVIDENCE


@dataclass(frozen=True)
class Choice:
    code: str
    text: str
    chosen: bool


def evidence_choices(policy: Policy) -> list[Choice]:
    """All mappings, then only those that are known from a syllabus or better, and so on."""
    return [Choice(code, phrases.evidence_text(code), code == policy.least_evidence) for code in EVIDENCE]
