"""The kinds of work that may go on behind a page; each is done by a function of the room that asks for it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, Final

from django.utils.module_loading import import_string
from django.utils.translation import gettext_lazy as _

from curricula.models import Work


class Refused(Exception):
    """The work cannot be done; the message says why and what to do."""


@dataclass(frozen=True)
class Job:
    """What a page says of it, and the function that does it: it takes the work, says its steps by `tell(step=…)`, and
    ends with `actions.finish` or raises Refused. Where it writes, it finishes within the same transaction."""

    function: str
    doing: Any  # %(name)s is what is worked on
    steps: Sequence[Any]
    safe: Any  # what is so where it was not done
    again: Any  # what the way back is called
    ready: Any = (
        ""  # what is said of a file that was made: it is fetched from where the work leads, and nothing leads on
    )
    section: str = "import"  # of the site, in which its page stands


_FILE_IS_KEPT: Final = _("Nothing was saved. The file is kept for a day, for you only.")

JOBS: Final = {
    "look": Job(
        "curricula.imports.jobs.look",
        _("Looking into “%(name)s”"),
        (_("Reading the file"), _("Trying what saving it would do")),
        _FILE_IS_KEPT,
        _("Look into the file again"),
    ),
    "save": Job(
        "curricula.imports.jobs.save_file",
        _("Saving “%(name)s”"),
        (_("Reading the file"), _("Saving it")),
        _FILE_IS_KEPT,
        _("Back to what was found"),
    ),
    "report": Job(
        "curricula.plans.report_work.make",
        _("Making the report on “%(name)s”"),
        (_("Analysing the plan"), _("Writing the report")),
        "",
        _("Back to the reports"),
        _("The report is ready."),
        "home",
    ),
    "archive": Job(
        "curricula.committee.archive.make",
        _("Making the committee editions of “%(name)s”"),
        (_("Analysing the programs"), _("Writing the edition of each program")),
        "",
        _("Back to the reports"),
        _("The archive is ready."),
        "schools",
    ),
}


def function_of(work: Work) -> Callable[[Work], None]:
    return import_string(JOBS[work.job].function)
