"""Thousands of plans with stored figures, drawn from a seed: what a whole province would keep in one place."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, date, datetime
from random import Random

from competencies.models import Framework
from curricula.models import Course, Curriculum, PlanFigures, Program, School

STATES = ("draft", "draft", "in_review", "approved")
COURSES = 2


def make_plans(
    number: int,
    *,
    school: School,
    framework: Framework,
    seed: int = 2026,
    states: Sequence[str] = STATES,
) -> list[Curriculum]:
    """Each a program of its own with two courses and a row of figures; the same for the same seed."""
    drawn = Random(seed)
    start = Program.objects.filter(school=school).count()
    programs = Program.objects.bulk_create(
        Program(school=school, slug=f"p{n}", title_en=f"Program {n}", title_zh=f"专业{n}")
        for n in range(start, start + number)
    )
    plans = Curriculum.objects.bulk_create(
        Curriculum(program=program, year=2020 + drawn.randrange(7), framework=framework, state=drawn.choice(states))
        for program in programs
    )
    Course.objects.bulk_create(
        Course(curriculum=plan, code=f"C{n}", title_en=f"Course {n}") for plan in plans for n in range(COURSES)
    )
    PlanFigures.objects.bulk_create(_figures(plan, drawn) for plan in plans)
    return plans


def _figures(plan: Curriculum, drawn: Random) -> PlanFigures:
    gaps = drawn.randrange(20)
    return PlanFigures(
        curriculum=plan,
        stamp="of an earlier state",
        made_with="",
        sentences={"en": f"This plan leaves out {gaps}.", "zh-hans": f"本方案未覆盖{gaps}项。"},
        gaps=gaps,
        aligned=drawn.randrange(40),
        undecided=drawn.randrange(40),
        courses=COURSES,
        mapped_courses=0,
        mapped_part=0.0,
        postings=drawn.randrange(900),
        evidence_first=date(2025, 10, 1),
        evidence_last=date(2026, 9, 30),
        gaps_before=gaps + 1,
        gaps_changed=datetime(2026, 1, 1, tzinfo=UTC),
    )
