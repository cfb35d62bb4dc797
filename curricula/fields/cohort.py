"""How many students a program has in one year of entry 在校生: what conditions are divided by."""

from __future__ import annotations

from typing import Final

from django.utils.translation import gettext_lazy as _

from .declaration import RECORDED, Field, Place, RecordKind
from .values import Number, SchoolYear, Text

_LISTED: Final = RECORDED | Place.LIST | Place.REPORT

COHORT: Final = RecordKind(
    name="cohort",
    label=_("year of entry"),
    plural=_("numbers of students"),
    key=("program", "year"),
    fields=(
        Field("program", _("program"), "Program", "专业 专业名称 program", places=_LISTED, required=True),
        Field("year", _("year of entry"), "Year of Entry", "入学年份 年级 届 年度 入学年", SchoolYear(), _LISTED),
        Field(
            "students",
            _("students"),
            "Students",
            "在校人数 在校生数 学生人数 招生人数 人数",
            Number(1e6, whole=True),
            _LISTED,
        ),
        Field(
            "graduates", _("graduates"), "Graduates", "毕业人数 毕业生数 毕业生人数", Number(1e6, whole=True), _LISTED
        ),
        Field("note", _("note"), "Note", "备注", Text(lines=2)),
    ),
)
