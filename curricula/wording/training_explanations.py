"""Measures of how a program trains, explained as those of `explanations.py` are."""

from __future__ import annotations

from typing import Final

from django.utils.translation import gettext_lazy as _

from .explanations import Explanation

TRAINING: Final[dict[str, Explanation]] = {
    "stages": Explanation(
        title=_("Five stages, and where an ability stops"),
        question=_("Does training go from theory over demonstration, simulation and operation to assessment?"),
        formula=_("E(a, m) = Σ s(c, a)·h(c, m) in each stage m; an ability stops at the last stage above 0"),
        low=_("Stops at theory: nothing of it is simulated or carried out."),
        middle=_("Stops at simulation, or is carried out and never assessed."),
        high=_("Carried out and assessed."),
        changes=_("Hours of another stage in a course that serves it, or a course that reaches the level A."),
        undefined=_("Where hours may lie in a stage that is not stated; and while the mapping is not finished."),
        source=_("Luan et al., paper 002 §IV.A; simulation apart from operation: paper 004 §3.3. Plain sums."),
    ),
    "graduation": Explanation(
        title=_("Double certificate"),
        question=_("Can a student meet the credits, certified practice and a professional qualification?"),
        formula=_("credits of required courses + chosen part of elective groups; students evaluated by both ÷ placed"),
        low=_("Missing: nobody was evaluated by both, or no course of the certificate is offered."),
        middle=_("Partly: some students, some courses, or not every credit is known."),
        high=_("Can be met: every credit is known, every student placed was evaluated by both, every course offered."),
        changes=_("Credits and rules that are stated, evaluations by the other side, a course that is missing."),
        undefined=_("Without stated credits, without a placement, without a certificate that the plan names."),
        source=_("Luan et al., paper 002 §IV.C and Table III. Plain counts."),
    ),
    "practical_grade": Explanation(
        title=_("Practical part of the grade"),
        question=_("How much of the grade rests on what students do?"),
        formula=_("course: Σ weights of practical parts; ability: Σ h(c)·p(c) ÷ Σ h(c) over courses with known parts"),
        low=_("0: nothing practical counts."),
        middle=_("Two ends: of some part nobody says whether it is practical."),
        high=_("1: everything that counts is practical."),
        changes=_("Weights of practical parts, and saying which parts are practical."),
        undefined=_("Where a weight is missing, or the weights do not add up to the whole grade."),
        source=_("Paper 004 §4.5. Plain sums."),
    ),
}
