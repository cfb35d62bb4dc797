"""The lists of shared links and of their openings: each declares its columns."""

from __future__ import annotations

from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from competencies.listing import ListColumn, ListTable, MomentColumn, linked, tag
from curricula.links import PlanTable
from curricula.models import LinkOpening, SharedLink
from curricula.wording import formats


class SharedLinkTable(PlanTable):
    what = ListColumn(gettext_lazy("What is shared"))
    note = ListColumn(gettext_lazy("For whom"), css="wide")
    expires = MomentColumn(gettext_lazy("Open until"))
    state = ListColumn(gettext_lazy("State"), accessor="pk", orderable=False)
    times = ListColumn(gettext_lazy("Opened"), css="num")
    last = MomentColumn(gettext_lazy("Last opened"))

    unsorted = gettext_lazy("Newest first")
    empty_text = gettext_lazy("Nothing of this program is shared.")

    def render_what(self, record: SharedLink) -> SafeString:
        return linked(self.curriculum.page("shared-link", record.pk), shared_what(record))

    def render_state(self, record: SharedLink) -> SafeString:
        return state_tag(record)


class OpeningTable(ListTable):
    opened = MomentColumn(gettext_lazy("When"))
    file = ListColumn(gettext_lazy("What was taken"), accessor="pk", order_by="file")
    network = ListColumn(gettext_lazy("Network"))
    agent = ListColumn(gettext_lazy("With"))

    unsorted = gettext_lazy("Newest first")
    empty_text = gettext_lazy("Nobody has opened this link yet.")

    def render_file(self, record: LinkOpening) -> str:
        return record.file.upper() if record.file else _("the page")


def shared_what(link: SharedLink) -> str:
    """What a link shares, and of which plan."""
    year = formats.number(link.curriculum.year).replace(",", "")
    version = _("version %(version)s") % {"version": link.curriculum.version}
    return " · ".join((str(link.get_what_display()), year, version))


def state_tag(link: SharedLink) -> SafeString:
    """Open, revoked or over; always a word."""
    if link.revoked:
        return tag(_("revoked"), "na")
    return tag(_("open"), "ok") if link.is_open else tag(_("expired"), "na")
