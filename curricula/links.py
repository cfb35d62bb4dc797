"""What the codes of a plan are called, and which of its pages they open."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final

from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from competencies.listing import ListTable
from curricula.evaluation.reports import names_for
from curricula.models import Curriculum
from curricula.wording.names import Names


@dataclass(frozen=True)
class Linked:
    """A line of a page that is named by a record and opens its page."""

    title: str
    href: str


@dataclass(frozen=True)
class PlanLinks:
    """Title and address of each code, as a `Linked` line begins with them."""

    curriculum: Curriculum
    names: Names

    def ability(self, code: str) -> tuple[str, str]:
        return self.names.abilities.get(code, code), self.curriculum.page("curriculum-ability", code)

    def position(self, code: str) -> tuple[str, str]:
        return self.names.positions.get(code, code), self.curriculum.page("curriculum-position", code)

    def area(self, code: str | None) -> tuple[str, str]:
        """An area of the framework, or the whole of it with None."""
        page = self.curriculum.page("abilities", area=code)
        return self.names.abilities.get(code, code) if code else gettext("The whole plan"), page

    def course(self, code: str) -> str:
        """A course by code and title."""
        return f"{code} {self.names.courses.get(code, '')}".strip()


# Where a warning of the report is mended: the page of the plan, and what its link says.
_SETTINGS, _MATRIX = ("curriculum-settings", _("Open the settings")), ("matrix", _("Open the matrix"))
_COURSES, _ORDER = ("courses", _("Open the courses")), ("prerequisites", _("Open the prerequisites"))
_POSTINGS = ("import", _("Import job postings"))
MENDED: Final[dict[str, tuple[str, Any]]] = {
    **dict.fromkeys(("no_demand_source", "no_postings_for_positions", "positions_not_chosen"), _SETTINGS),
    **dict.fromkeys(("no_postings", "too_few_postings", "too_few_employers", "undated_postings"), _POSTINGS),
    **dict.fromkeys(("no_trend", "no_trend_of_employers", "employers_unknown"), _POSTINGS),
    **dict.fromkeys(("no_mentions", "not_searchable"), ("vocabulary", _("Open the search words"))),
    **dict.fromkeys(("no_requirements", "requirement_levels_assumed"), ("framework", _("Look at the framework"))),
    **dict.fromkeys(("mapping_unfinished", "map_next", "map_first", "no_mappings", "courses_unmapped"), _MATRIX),
    **dict.fromkeys(("unmapped_hours", "shares_assumed", "levels_missing"), _MATRIX),
    **dict.fromkeys(("agreement_unknown", "agreement_undefined", "least_evidence"), _MATRIX),
    "raters_disagree": ("depth", _("Open the cells that differ")),
    **dict.fromkeys(("practice_not_stated", "practice_rests_on_few", "assessment_not_stated"), _COURSES),
    **dict.fromkeys(("hours_not_split", "hours_missing", "no_courses"), _COURSES),
    **dict.fromkeys(
        ("course_terms_unknown", "electives_by_part", "electives_counted_whole", "electives_open"), _COURSES
    ),
    "prerequisite_cycle": _ORDER,
    "signed_off_unmapped": _SETTINGS,
}
FOR_DIRECTORS: Final = ("curriculum-settings", "import")


def mended_at(curriculum: Curriculum, code: str, *, may_edit: bool) -> Linked | None:
    """The page on which the reader can do something about a warning; None where there is none for them."""
    if code not in MENDED or (MENDED[code][0] in FOR_DIRECTORS and not may_edit):
        return None
    page, title = MENDED[code]
    framework = curriculum.framework
    elsewhere = {
        "import": f"{reverse('import')}?kind=postings",
        "framework": framework.get_absolute_url(),
        "vocabulary": reverse("vocabulary", args=[framework.slug]),
    }
    return Linked(title, elsewhere.get(page) or curriculum.page(page))


class PlanTable(ListTable):
    """A list whose rows open pages of the same plan."""

    def __init__(self, data: Any, curriculum: Curriculum, **options: Any) -> None:
        self.curriculum = curriculum
        super().__init__(data, **options)


def links_of(curriculum: Curriculum) -> PlanLinks:
    return PlanLinks(curriculum, names_for(curriculum))
