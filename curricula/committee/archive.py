"""The committee editions of a school's programs as one ZIP, made behind the page."""

from __future__ import annotations

from dataclasses import dataclass
from io import BytesIO
from typing import Any, Final
from zipfile import ZIP_DEFLATED, ZipFile

from django.urls import reverse
from django.utils.translation import gettext as _

from competencies.apart.progress import count, tell
from curricula.evaluation.committee import committee_edition, edition_choices
from curricula.evaluation.school_report import newest_plans, school_report
from curricula.models import Curriculum, School, Work
from curricula.progress.actions import begin, file_made, finish_file
from curricula.progress.jobs import Refused
from curricula.queries import first_step_of
from curricula.reports.committee.render import render_committee
from curricula.reports.committee.school import SCHOOL_FORMATS, render_school
from curricula.reports.render import Rendered

IN_A_PART: Final = 40  # programs; each takes a second or two, and work ends after some minutes
FORMATS: Final = ("pdf", "xlsx")


@dataclass(frozen=True)
class Part:
    """Programs that go into one archive; `first` and `last` are their places, from 1."""

    number: int
    first: int
    last: int
    plans: tuple[Curriculum, ...]


def parts_of(plans: list[Curriculum]) -> list[Part]:
    """Those plans that have something to tell, some at a time."""
    told = [plan for plan in plans if first_step_of(plan) is None]
    starts = range(0, len(told), IN_A_PART)
    return [
        Part(number, start + 1, min(start + IN_A_PART, len(told)), tuple(told[start : start + IN_A_PART]))
        for number, start in enumerate(starts, start=1)
    ]


def begin_archive(school: School, part: Part, *, user: Any, language: str, address: str) -> Work:
    """Have it made; `address` is where it is asked for."""
    which: dict[str, Any] = {
        "school": school.pk,
        "number": part.number,
        "edition_language": language,
        "address": address,
    }
    back = reverse("school-reports", args=[school.slug])
    return begin("archive", user=user, name=str(school), back=back, **which)


def make(work: Work) -> None:
    """Write the archive, and keep it for the one who asked."""
    which = work.arguments
    school = School.objects.filter(pk=which["school"]).first()
    parts = parts_of(newest_plans(school)) if school else []
    if school is None or which["number"] > len(parts):
        raise Refused(_("The school or its plans are not there any more."))
    content = archive_of(school, parts[which["number"] - 1], language=which["edition_language"]).content
    finish_file(work, content, address=which["address"])


def made_before(school: School, part: Part, *, user: Any, made: str | None) -> Rendered | None:
    """The archive that this work made for this person; who reads the school no more does not get here."""
    content = file_made("archive", user=user, made=made, school=school.pk, number=part.number)
    return None if content is None else _rendered(content, school, part)


def archive_of(school: School, part: Part, *, language: str) -> Rendered:
    """A folder with the edition of each program, and beside them the report over all of them."""
    content = BytesIO()
    tell(step=0)
    overview = school_report(school, language=language)
    tell(step=1, of=len(part.plans))
    with ZipFile(content, "w", ZIP_DEFLATED) as archive:
        for wanted in SCHOOL_FORMATS:
            rendered = render_school(overview, wanted)
            archive.writestr(rendered.filename, rendered.content)
        for plan in part.plans:
            edition = committee_edition(plan, choices=edition_choices(plan), language=language)
            for wanted in FORMATS:
                rendered = render_committee(edition, wanted)
                archive.writestr(f"{plan.program.slug}/{rendered.filename}", rendered.content)
            count(1)
    return _rendered(content.getvalue(), school, part)


def _rendered(content: bytes, school: School, part: Part) -> Rendered:
    name = f"programs-{school.slug}-{part.first}-{part.last}.zip"
    return Rendered(content=content, content_type="application/zip", filename=name)
