"""The schools, plans and people of the load test, as JSON for its users: `python -m tests.bench.load_world`."""

from __future__ import annotations

import json
import sys
from typing import Any, Final

import django

from tests.places import ROOT

SCHOOLS: Final = 5
PEOPLE: Final = 10  # of each school; two of them edit one course
PASSWORD: Final = "load-of-fifty-people"
PLAN: Final = ROOT / "fixtures" / "demo" / "e-commerce-2026-plan.xlsx"


def make() -> list[dict[str, Any]]:
    """Fifty directors, each with a course to edit: one of two writes its English title, the other its Chinese one."""
    from django.contrib.auth.hashers import make_password
    from django.contrib.auth.models import User
    from django.core.management import call_command

    from competencies.models import Framework
    from curricula.models import Curriculum, Membership

    framework, password, people = Framework.objects.earliest("pk"), make_password(PASSWORD), []
    for number in range(SCHOOLS):
        key = f"load-{number}/e-commerce/2026"
        call_command("import_curriculum", str(PLAN), to=key, framework=framework.slug, create=True, stdout=sys.stderr)
        plan = Curriculum.objects.get(program__school__slug=f"load-{number}")
        courses = list(plan.courses.order_by("pk")[: PEOPLE // 2])
        for place in range(PEOPLE):
            user = User.objects.create(username=f"load-{number}-{place}", password=password)
            Membership.objects.create(user=user, school=plan.school, role=Membership.Role.DIRECTOR)
            course, field = courses[place // 2], ("title_en", "title_zh")[place % 2]
            names = ("overview", "courses", "matrix", "abilities", "prerequisites", "reports", "history")
            people.append(
                {
                    **{"name": user.username, "password": PASSWORD, "school": plan.school.pk, "course": course.pk},
                    **{"field": field, "edit": plan.page("course-edit", course.pk)},
                    "pages": [*map(plan.page, names), "/", "/demand/", framework.get_absolute_url()],
                    "reports": [plan.page("report-download", each) for each in ("json", "csv", "xlsx", "html")],
                }
            )
    return people


if __name__ == "__main__":
    django.setup()
    sys.stdout.write(json.dumps(make()))
