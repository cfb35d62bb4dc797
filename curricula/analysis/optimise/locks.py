"""Which courses stay as they are unless a director unlocks them: placement, thesis and general courses."""

from __future__ import annotations

import re
from typing import Final

_LAST_WORK: Final = re.compile(
    r"实习|毕业(?:设计|论文|综合|作品|项目)"
    r"|placement|internship|practicum|thesis|dissertation|graduation (?:project|design)",
    re.IGNORECASE,
)
_GENERAL: Final = re.compile(
    r"通识|公共(?:基础|必修|选修|课)|公[必选]|思政|思想政治|general education|general studies|core curriculum",
    re.IGNORECASE,
)


def locked_by_kind(*, titles: str, kinds: str) -> bool:
    """Whether a course is locked for what it is: by its titles, or by the module and type that hold it.

    >>> locked_by_kind(titles="Professional Placement", kinds=""), locked_by_kind(titles="大学英语", kinds="通识教育")
    (True, True)
    >>> locked_by_kind(titles="体育", kinds="公必"), locked_by_kind(titles="办公软件", kinds="专业选修")
    (True, False)
    >>> locked_by_kind(titles="Certificate course", kinds="毕业设计模块")
    False
    """
    return bool(_LAST_WORK.search(titles) or _GENERAL.search(kinds))
