from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from competencies.frameworks.crosswalks import crosswalk_table, crosswalked_frameworks
from competencies.models import Framework
from competencies.request_numbers import key_of
from curricula.models import Curriculum
from curricula.queries import curricula_of
from curricula.reports.drawings import chart_words
from curricula.rules import VIEW, curriculum_for

from .figures import plans_side_by_side
from .presenters import PlanChoice, choice_of, comparison_of
from .two_frameworks import PlanThere, plan_there


@require_safe
def compare(request: HttpRequest) -> HttpResponse:
    """Two to six plans that the reader may see, side by side; the address carries the choice as `?c=`."""
    choice = _choice(request)
    visible, mapped = list(curricula_of(request.user)), _mapped(request)
    context: dict[str, Any] = {
        "section": "compare",
        "tab": "compare",
        "choice": choice,
        "chosen": {curriculum.key for curriculum in choice.chosen},
        "curricula": mapped,
        "unmapped": len(visible) - len(mapped),
        "sample": any(curriculum.school.sample for curriculum in choice.chosen),
    }
    if choice.enough:
        comparison = comparison_of(choice.chosen)
        everything = "all" in request.GET
        context |= {
            "comparison": comparison,
            "figure": plans_side_by_side(comparison),
            "marks": {
                kind: said for plan in comparison.plans for kind, said in chart_words(plan.report).marks.items()
            },
            "everything": everything,
            "listed": comparison.rows if everything else comparison.differing,
        }
    return render(request, "curricula/comparison/compare.html", context)


def _choice(request: HttpRequest) -> PlanChoice:
    """The plans named in the address. Raises Http404 where one of them is not there, or not open to the reader."""
    keys = dict.fromkeys(key.strip("/") for key in request.GET.getlist("c") if key)
    return choice_of([_curriculum(request, key) for key in keys])


def _curriculum(request: HttpRequest, key: str) -> Curriculum:
    school, program, year = [*key.split("/"), "", ""][:3]
    entry = key_of(year)
    if key.count("/") != 2 or entry is None:
        raise Http404
    return curriculum_for(request.user, school=school, program=program, year=entry, permission=VIEW)


@require_safe
def compare_frameworks(request: HttpRequest) -> HttpResponse:
    """Two frameworks compared through their crosswalk, and a plan on both; `?left=`, `?right=` and `?c=`."""
    frameworks = crosswalked_frameworks(request.user)
    left, right = (_framework(frameworks, request.GET.get(side, "")) for side in ("left", "right"))
    both = {framework.pk: framework for framework in (left, right) if framework}
    plan = _plan_on_both(request, both)
    context = {
        "section": "compare",
        "tab": "compare-frameworks",
        "frameworks": frameworks,
        "left": left,
        "right": right,
        "table": crosswalk_table(left, right) if left and right and left != right else None,
        "plans": [each for each in _mapped(request) if each.framework_id in both] if len(both) == 2 else [],
        "plan": plan,
        "sample": plan is not None and plan.curriculum.school.sample,
    }
    return render(request, "curricula/comparison/frameworks.html", context)


def _mapped(request: HttpRequest) -> list[Curriculum]:
    return [each for each in curricula_of(request.user) if each.mapped_count]  # type: ignore[attr-defined]


def _plan_on_both(request: HttpRequest, both: dict[int, Framework]) -> PlanThere | None:
    """The plan that was asked for, on the framework that is not its own."""
    key = request.GET.get("c", "")
    if not key or len(both) < 2:
        return None
    curriculum = _curriculum(request, key)
    others = [framework for pk, framework in both.items() if pk != curriculum.framework_id]
    return plan_there(curriculum, others[0]) if len(others) == 1 else None


def _framework(frameworks: list[Framework], slug: str) -> Framework | None:
    if not slug:
        return None
    found = next((framework for framework in frameworks if framework.slug == slug), None)
    if found is None:
        raise Http404
    return found
