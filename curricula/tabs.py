"""The pages of a plan in groups: the first row of tabs names the groups, the second the pages of the open one."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Final

from django.utils.translation import gettext_lazy as _

from curricula.evaluation.training.panels import BY_NAME, PANELS
from curricula.models import Curriculum

PANEL: Final = "training:"  # before the name of a panel, where a page is named

GROUPS: Final[dict[str, tuple[Any, tuple[tuple[str, Any], ...]]]] = {
    "finding": (
        _("Finding"),
        (("overview", _("Overview")), ("abilities", _("Abilities")), ("next-evidence", _("Evidence"))),
    ),
    "plan": (
        _("Plan"),
        (
            ("courses", _("Courses")),
            ("matrix", _("Matrix")),
            ("agenda", _("Agenda")),
            ("prerequisites", _("Prerequisites")),
            ("curriculum-settings", _("Settings")),
        ),
    ),
    "demand": (
        _("Demand"),
        (("positions", _("Positions")), ("certificates", _("Certificates")), ("postings", _("Postings"))),
    ),
    "conditions": (_("Conditions"), ()),
    "change": (
        _("Change"),
        (
            ("scenarios", _("What-if")),
            ("actions", _("Actions")),
            ("loop", _("Over the years")),
            ("snapshots", _("Snapshots")),
            ("changes", _("Between versions")),
            ("review", _("Review")),
            ("comments", _("Comments")),
            ("history", _("History")),
        ),
    ),
    "report": (
        _("Report"),
        (("reports", _("Reports")), ("committee", _("Committee edition")), ("sharing", _("Sharing"))),
    ),
}
FOR_DIRECTORS: Final = ("curriculum-settings", "sharing")


@dataclass(frozen=True)
class Tab:
    title: Any
    href: str
    current: bool


@dataclass(frozen=True)
class Tabs:
    groups: tuple[Tab, ...]
    pages: tuple[Tab, ...]  # of the open group; none where it has one page


def tabs_of(curriculum: Curriculum, tab: str, *, may_edit: bool) -> Tabs:
    """Both rows, as the reader sees them with `tab` open."""
    groups = {name: list(_pages(name, may_edit=may_edit)) for name in GROUPS}
    opened = next((name for name, pages in groups.items() if tab in dict(pages)), "")
    first = (Tab(GROUPS[name][0], _address(curriculum, pages[0][0]), name == opened) for name, pages in groups.items())
    shown = groups.get(opened, [])
    second = (Tab(title, _address(curriculum, page), page == tab) for page, title in shown)
    return Tabs(tuple(first), tuple(second) if len(shown) > 1 else ())


def _pages(group: str, *, may_edit: bool) -> Iterator[tuple[str, Any]]:
    """Its pages by name with their titles, the panels after the others."""
    yield from (page for page in GROUPS[group][1] if may_edit or page[0] not in FOR_DIRECTORS)
    yield from ((PANEL + panel.name, panel.title) for panel in PANELS if panel.group == group)


def _address(curriculum: Curriculum, page: str) -> str:
    return curriculum.page("training", page.removeprefix(PANEL)) if page.startswith(PANEL) else curriculum.page(page)


def tab_title(tab: str) -> Any:
    if tab.startswith(PANEL):
        return BY_NAME[tab.removeprefix(PANEL)].title
    return next((title for _group, pages in GROUPS.values() for page, title in pages if page == tab), "")
