"""The lists of a school's members and of its open invitations."""

from __future__ import annotations

from typing import Any

from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from competencies.listing import ButtonCell, ListColumn, ListTable, MomentColumn, TemplateCell, note
from curricula.models import Invitation, person_name


class MemberTable(ListTable):
    """Everybody who belongs to a school; its administrators change roles in the list."""

    user = ListColumn(gettext_lazy("Person"), order_by=("user__first_name", "user__username"))
    role = TemplateCell(
        gettext_lazy("Role"), template_name="curricula/accounts/_member_role.html", css="wide", orderable=False
    )
    seen = MomentColumn(
        gettext_lazy("Last sign-in"), accessor="user__last_login", order_by="user__last_login", most_first=True
    )
    remove = ButtonCell("curricula/accounts/_member_remove.html")

    def render_user(self, value: Any) -> SafeString | str:
        name, username = person_name(value), value.get_username()
        you = note(_("(you)")) if value == self.request.user else ""
        return format_html("{}{}{}", name, note(username) if name != username else "", you)


class InvitationTable(ListTable):
    """What was sent and can still be accepted."""

    email = ListColumn(gettext_lazy("For"), empty_values=())
    role = ListColumn(gettext_lazy("Role"), accessor="get_role_display", orderable=False)
    invited_by = ListColumn(gettext_lazy("Invited by"), show=person_name, orderable=False)
    expires = MomentColumn(gettext_lazy("Open until"))
    revoke = ButtonCell("curricula/accounts/_revoke.html")

    def render_email(self, value: str) -> str:
        return value or _("whoever has the link")

    def render_role(self, value: str, record: Invitation) -> SafeString:
        return format_html("{}{}", value, note(_("speaks for industry")) if record.from_industry else "")
