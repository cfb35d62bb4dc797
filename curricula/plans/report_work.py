"""The report of a large plan, made behind its page."""

from __future__ import annotations

from dataclasses import replace
from typing import Any, Final

from django.utils.translation import gettext as _

from competencies.apart.progress import tell
from curricula.analysis.frames import Policy
from curricula.evaluation.reports import POLICY, full_report_for
from curricula.models import Curriculum, Work
from curricula.progress.actions import begin, file_made, finish_file
from curricula.progress.jobs import Refused
from curricula.reports.render import Rendered, render, rendered_before
from curricula.reports.sections import EVERY_SECTION

MOST_AT_ONCE: Final = 400  # courses of a plan whose report is made while a page waits


def is_large(curriculum: Curriculum) -> bool:
    """Whether its report is made behind the page."""
    return curriculum.courses.count() > MOST_AT_ONCE


def begin_report(
    curriculum: Curriculum,
    *,
    user: Any,
    format: str,  # noqa: A002 as in the address
    language: str,
    policy: Policy,
    sections: tuple[str, ...],
    address: str,
) -> Work:
    """Have it made; `address` is where it is asked for."""
    which: dict[str, Any] = {
        **{"curriculum": curriculum.pk, "format": format, "report_language": language, "address": address},
        **{"sections": list(sections), "electives": policy.all_electives, "evidence": policy.least_evidence},
    }
    return begin("report", user=user, name=curriculum.name, back=curriculum.page("reports"), **which)


def make(work: Work) -> None:
    """Write the report, and keep it for the one who asked."""
    which = work.arguments
    curriculum = Curriculum.objects.filter(pk=which["curriculum"]).first()
    if curriculum is None:
        raise Refused(_("The plan is not there any more."))
    tell(step=0)
    policy = replace(POLICY, all_electives=which["electives"], least_evidence=which["evidence"])
    report = full_report_for(curriculum, language=which["report_language"], policy=policy)
    tell(step=1)
    report = replace(report, sections=tuple(which.get("sections", EVERY_SECTION)))
    content = render(report, which["format"]).content
    finish_file(work, content, address=which["address"])


def made_before(curriculum: Curriculum, *, user: Any, format: str, made: str | None) -> Rendered | None:  # noqa: A002
    """The report that this work made for this person of this plan; who reads the plan no more does not get here."""
    content = file_made("report", user=user, made=made, curriculum=curriculum.pk, format=format)
    return None if content is None else rendered_before(content, key=curriculum.key, format=format)
