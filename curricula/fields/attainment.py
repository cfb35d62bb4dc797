"""What a group of students showed in one part of an assessment 达成度: aggregates only, no student."""

from __future__ import annotations

from typing import Final

from django.utils.translation import gettext_lazy as _

from .declaration import RECORDED, Field, Place, RecordKind
from .values import Choice, CourseCode, Day, Number, Part

_LISTED: Final = RECORDED | Place.LIST

ATTAINMENT: Final = RecordKind(
    name="attainment",
    label=_("attainment record"),
    plural=_("attainment records"),
    key=("course", "term", "group", "objective", "indicator", "part"),
    dropped="姓名 学生姓名 学号 任课教师 授课教师 教师 teacher student name",
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
        Field("term", _("term"), "Term", "学年学期 开课学期 学期", places=_LISTED),
        Field("group", _("class"), "Class", "班级 教学班 专业班级 年级 cohort", places=_LISTED),
        Field("objective", _("objective"), "Objective", "课程目标 目标 co clo courseobjective", places=_LISTED),
        Field("indicator", _("indicator"), "Indicator", "指标点 毕业要求指标点 毕业要求 能力 ability", places=_LISTED),
        Field("weight", _("weight"), "Weight", "权重 目标权重 占比", Part()),
        Field("part", _("part of the assessment"), "Part", "考核环节 考核方式 评价方式 环节", places=_LISTED),
        Field("full", _("full mark"), "Full Mark", "满分 总分 分值 满分值", Number(1e5)),
        Field("mean", _("mean mark"), "Mean", "平均分 均分 平均得分 average", Number(1e5)),
        Field("spread", _("standard deviation"), "Standard Deviation", "标准差 sd std", Number(1e5)),
        Field("attained", _("attainment"), "Attainment", "达成值 达成度 达成情况 attainmentvalue", Part(), _LISTED),
        Field("expected", _("expected"), "Expected", "期望值 目标值 合格标准 标准 target", Part(), _LISTED),
        Field("threshold", _("threshold"), "Threshold", "达标线 达标分数线 阈值", Part()),
        Field("reached", _("students who reached it"), "Reached", "达标人数 达成人数", Number(1e5, whole=True)),
        Field(
            "students", _("students"), "Students", "人数 学生人数 参评人数 样本数 n", Number(1e5, whole=True), _LISTED
        ),
        Field(
            "method",
            _("direct or indirect"),
            "Method",
            "直接/间接 评价类型 直接间接",
            Choice({"direct": (_("direct"), "直接 直接评价"), "indirect": (_("indirect"), "间接 间接评价 问卷")}),
        ),
        Field(
            "assessor",
            _("assessor"),
            "Assessor",
            "评价方 评价主体 考核方",
            Choice(
                {
                    "school": (_("school"), "学校 校内 教师 学院"),
                    "enterprise": (_("enterprise"), "企业 校外 单位"),
                    "both": (_("school and enterprise"), "校企 校企共同 双方"),
                }
            ),
        ),
        Field("set_on", _("target set on"), "Target Set On", "目标设定日期 期望值设定日期", Day()),
    ),
)
