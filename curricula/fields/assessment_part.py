"""A part of a course's assessment 考核方案: its weight in the grade, and whether it is practical."""

from __future__ import annotations

from typing import Final

from django.utils.translation import gettext_lazy as _

from .attainment import ATTAINMENT
from .declaration import RECORDED, Field, Place, RecordKind
from .values import CourseCode, NameList, Part, Truth

_LISTED: Final = RECORDED | Place.LIST | Place.REPORT

ASSESSMENT_PART: Final = RecordKind(
    name="assessment_part",
    label=_("part of an assessment"),
    plural=_("parts of assessments"),
    key=("course", "part", "form"),
    fields=(
        Field(
            "course",
            _("course"),
            "Course",
            "课程编码 课程代码 课程编号 课程号 课程 课程名称 coursecode",
            CourseCode(),
            _LISTED,
            required=True,
        ),
        Field("part", _("part"), "Part", "考核环节 环节 考核项目 考核内容", places=_LISTED),
        Field("weight", _("weight"), "Weight", "占比 权重 比例 成绩占比 分值占比", Part(), _LISTED),
        Field("form", _("form"), "Form", "形式 考核形式 考核方式 方式", places=_LISTED),
        Field(
            "practical",
            _("practical"),
            "Practical",
            "是否实践性考核 实践性考核 是否实践 实践性 是否实践考核",
            Truth(),
            _LISTED,
        ),
        Field("objectives", _("objectives"), "Objectives", "支撑课程目标 课程目标 对应目标 目标", NameList()),
        Field("assessor", _("assessor"), "Assessor", "评价方 评价主体 考核方", ATTAINMENT["assessor"].value),
    ),
)
