"""What a file would change in a stored framework, ability by ability."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from django.utils.translation import gettext_lazy as _

from competencies.models import (
    Ability,
    AbilityTerm,
    Framework,
    OwnTerm,
    ReferenceCourse,
    Requirement,
    in_reader_language,
)
from competencies.saving.bulk import referred_to

from .framework_tables import areas_above
from .rows import AbilityRow, ParsedFramework

KINDS: Final = {
    "added": _("added"),
    "removed": _("removed"),
    "kept": _("no longer named, but in use: stays"),
    "retitled": _("retitled"),
    "moved": _("moved"),
}


@dataclass(frozen=True)
class AbilityChange:
    """One thing that happens to one ability; `before` and `after` are titles, or areas where it moves."""

    kind: str
    code: str
    title: str
    before: str = ""
    after: str = ""

    @property
    def kind_title(self) -> str:
        return str(KINDS[self.kind])


def ability_changes(framework: Framework, parsed: ParsedFramework) -> list[AbilityChange]:
    """In the order of the file, and last what it does not name any more; nothing for a new framework."""
    stored = {ability.code: ability for ability in framework.abilities.select_related("parent")}
    titles = {row.code: _title(row) for row in parsed.abilities}
    changes = [change for row in parsed.abilities for change in _changes(row, stored.get(row.code), titles)]
    absent = [ability for code, ability in stored.items() if code not in titles]
    return [*changes, *_absent(absent)]


def _title(row: AbilityRow) -> str:
    return in_reader_language(row.title.en, row.title.zh)


def _changes(row: AbilityRow, ability: Ability | None, titles: Mapping[str, str]) -> Iterator[AbilityChange]:
    title = _title(row)
    if ability is None:
        yield AbilityChange("added", row.code, title, after=title)
        return
    if (row.title.en, row.title.zh) != (ability.title_en, ability.title_zh):
        yield AbilityChange("retitled", row.code, title, ability.title, title)
    if row.parent != (ability.parent.code if ability.parent else ""):
        area = ability.parent.title if ability.parent else ""
        yield AbilityChange("moved", row.code, title, area, titles.get(row.parent, row.parent))


def _absent(abilities: Iterable[Ability]) -> Iterator[AbilityChange]:
    """What only the framework's own parts refer to goes with them; an ability does not outlive its area."""
    found = {ability.pk: ability for ability in abilities}
    parts = [AbilityTerm, OwnTerm, Ability, Requirement, ReferenceCourse]
    used = referred_to(Ability, found, except_by=parts)
    kept = used | areas_above(used, found)
    for pk, ability in found.items():
        yield AbilityChange("kept" if pk in kept else "removed", ability.code, ability.title, before=ability.title)
