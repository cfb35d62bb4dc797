from __future__ import annotations

from typing import Any

from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from competencies.listing import ListColumn, ListTable, MomentColumn, linked, tag
from curricula.models import ImportRun

from .kinds import KINDS


class RunTable(ListTable):
    """Files that were saved."""

    name = ListColumn(gettext_lazy("File"))
    kind = ListColumn(gettext_lazy("Kind"))
    target = ListColumn(gettext_lazy("Into"))
    created = MomentColumn(gettext_lazy("Saved"), most_first=True, order_by="-created")
    user = ListColumn(gettext_lazy("By"), order_by="user__username")

    unsorted = gettext_lazy("Newest first")
    empty_text = gettext_lazy("No file was saved on these pages yet.")

    def render_name(self, value: str, record: ImportRun) -> SafeString:
        return linked(record.get_absolute_url(), value, tag(_("undone"), "na") if record.undone_at else "")

    def render_kind(self, value: str) -> Any:
        return KINDS[value].title
