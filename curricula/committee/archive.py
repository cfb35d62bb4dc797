"""The committee editions of a school's programs as one ZIP, in parts that a request can make."""

from __future__ import annotations

from dataclasses import dataclass
from io import BytesIO
from typing import Final
from zipfile import ZIP_DEFLATED, ZipFile

from curricula.evaluation.committee import committee_edition
from curricula.evaluation.committee_choices import edition_choices
from curricula.evaluation.school_report import school_report
from curricula.models import Curriculum, School
from curricula.queries import first_step_of
from curricula.reports.committee.render import render_committee
from curricula.reports.committee.school import SCHOOL_FORMATS, render_school
from curricula.reports.render import Rendered

IN_A_PART: Final = 12  # programs; each takes about a second or two
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


def archive_of(school: School, part: Part, *, language: str) -> Rendered:
    """A folder with the edition of each program, and beside them the report over all of them."""
    content = BytesIO()
    overview = school_report(school, language=language)
    with ZipFile(content, "w", ZIP_DEFLATED) as archive:
        for wanted in SCHOOL_FORMATS:
            rendered = render_school(overview, wanted)
            archive.writestr(rendered.filename, rendered.content)
        for plan in part.plans:
            edition = committee_edition(plan, choices=edition_choices(plan), language=language)
            for wanted in FORMATS:
                rendered = render_committee(edition, wanted)
                archive.writestr(f"{plan.program.slug}/{rendered.filename}", rendered.content)
    name = f"programs-{school.slug}-{part.first}-{part.last}.zip"
    return Rendered(content=content.getvalue(), content_type="application/zip", filename=name)
