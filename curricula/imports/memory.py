"""What a school said of its columns, kept when a file is saved and offered for the next file that has them."""

from __future__ import annotations

from competencies.tabular.choices import NO_CHOICES
from curricula.models import ColumnMemory, PendingImport, School


def recall(pending: PendingImport, columns_key: str, *, school: School | None) -> None:
    """Take what was chosen last time for a file that was found with these columns."""
    pending.options["columns_key"] = columns_key
    known = ColumnMemory.objects.filter(school=school, kind=pending.kind, columns_key=columns_key)
    if memory := known.first():
        pending.options |= {"choices": memory.choices, "last_time": memory.choices}


def remember(pending: PendingImport, *, school: School | None) -> None:
    """Choices that were taken back are forgotten."""
    key, said = pending.options.get("columns_key", ""), pending.choices.for_next_file()
    place = {"school": school, "kind": pending.kind, "columns_key": key}
    if school is None or not key:
        return
    if said == NO_CHOICES:
        ColumnMemory.objects.filter(**place).delete()
    else:
        ColumnMemory.objects.update_or_create(**place, defaults={"choices": said.model_dump(by_alias=True)})
