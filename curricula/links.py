"""What the codes of a plan are called, and which of its pages they open."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import urlencode

from django.utils.translation import gettext as _

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
        page = self.curriculum.page("abilities")
        if not code:
            return _("The whole plan"), page
        return self.names.abilities.get(code, code), f"{page}?{urlencode({'area': code})}"

    def course(self, code: str) -> str:
        """A course by code and title."""
        return f"{code} {self.names.courses.get(code, '')}".strip()


def links_of(curriculum: Curriculum) -> PlanLinks:
    return PlanLinks(curriculum, names_for(curriculum))
