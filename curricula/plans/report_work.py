"""The report of a large plan, made behind its page."""

from __future__ import annotations

from dataclasses import replace
from typing import Any, Final

from django.utils.translation import gettext as _

from competencies.apart.progress import tell
from competencies.request_numbers import key_of
from curricula.analysis.frames import Policy
from curricula.evaluation.reports import POLICY, full_report_for
from curricula.models import Curriculum, Work
from curricula.progress.actions import begin, finish
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
        "curriculum": curriculum.pk,
        "format": format,
        "report_language": language,
        "address": address,
    }
    which |= {"sections": list(sections)}
    which |= {"electives": policy.all_electives, "evidence": policy.least_evidence}
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
    mark = "&" if "?" in which["address"] else "?"
    finish(work, url=f"{which['address']}{mark}made={work.pk}", result=content)


def made_before(curriculum: Curriculum, *, user: Any, format: str, made: str | None) -> Rendered | None:  # noqa: A002
    """The report that this work made for this person of this plan; who reads the plan no more does not get here."""
    done = Work.objects.of(user).filter(job="report", state=Work.State.DONE, pk=key_of(made) or 0)
    work = done.filter(arguments__curriculum=curriculum.pk, arguments__format=format).first()
    if work is None or work.result is None:
        return None
    return rendered_before(bytes(work.result), key=curriculum.key, format=format)
