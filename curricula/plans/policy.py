"""The switches that an address sets; the part that is chosen of elective groups counts unless it says otherwise."""

from __future__ import annotations

from dataclasses import replace

from django.http import HttpRequest

from curricula.analysis.frames import Policy
from curricula.evaluation.reports import POLICY


def policy_asked(request: HttpRequest) -> Policy:
    """`?electives=all` counts every course of an elective group whole."""
    return replace(POLICY, all_electives=request.GET.get("electives") == "all")
