"""Who may change what: asked here, granted by those who know schools."""

from __future__ import annotations

from typing import Any, Final

from django.core.exceptions import PermissionDenied

COLLECT: Final = "competencies.collect"  # bring in evidence of demand; asked of nothing in particular
CURATE: Final = "competencies.curate"  # a framework and its terms
CHANGE_SOURCE: Final = "competencies.change_source"  # its rows, the positions of its postings, who may read it


def expect_may(user: Any, permission: str, record: Any) -> None:
    if not user.has_perm(permission, record):
        raise PermissionDenied
