"""What each role may do, said where one is chosen."""

from __future__ import annotations

from typing import Any, Final

from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from curricula.models import Membership

Role = Membership.Role
DEMO_ACCOUNTS: Final = {f"demo-{role}": role for role in Role.values}
MAY: Final[dict[str, Any]] = {
    Role.VIEWER: gettext_lazy("reads plans, figures and reports"),
    Role.FACULTY: gettext_lazy("also maps courses to abilities and tries scenarios"),
    Role.DIRECTOR: gettext_lazy("also edits and imports plans, and approves them"),
    Role.ADMINISTRATOR: gettext_lazy("also invites people, changes roles and the school's settings"),
}


def may(role: str) -> str:
    """All that a role may do, that of those below it included."""
    reached = list(Role)[: list(Role).index(Role(role)) + 1]
    return _("; ").join(str(MAY[each]) for each in reached)


def explained_roles() -> list[tuple[str, str]]:
    """The roles to choose from, each with what it may do."""
    return [(role, _("%(role)s: %(may)s") % {"role": capfirst(role.label), "may": MAY[role]}) for role in Role]
