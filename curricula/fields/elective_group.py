"""An elective group: courses of which a student takes some, and how many, or how many credits or hours, of them."""

from __future__ import annotations

from typing import Final

from django.utils.translation import gettext_lazy as _

from curricula.limits import MOST_CREDITS, MOST_HOURS

from .declaration import Field, RecordKind
from .values import NameList, Number

MOST_CHOSEN: Final = 200  # courses

ELECTIVE_GROUP: Final = RecordKind(
    name="elective_group",
    label=_("elective group"),
    plural=_("elective groups"),
    key=("title",),
    fields=(
        Field("title", _("title"), "Elective Group", "选修组 选修课组 选修课程组 选课组", required=True),
        Field(
            "choose",
            _("courses to choose"),
            "Courses to Choose",
            "应选门数 选修门数 限选门数",
            Number(MOST_CHOSEN, least=1, whole=True),
        ),
        Field(
            "credits",
            _("credits to choose"),
            "Credits to Choose",
            "应选学分 选修学分 应修学分 最低学分",
            Number(MOST_CREDITS, least=0.1),
        ),
        Field(
            "hours", _("hours to choose"), "Hours to Choose", "应选学时 选修学时 应修学时", Number(MOST_HOURS, least=1)
        ),
        Field("courses", _("its courses"), "Courses", "课程 可选课程 组内课程 所含课程", NameList(courses=True)),
    ),
)
