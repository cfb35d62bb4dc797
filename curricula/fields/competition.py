"""A result in a competition 竞赛: who prepared whom for what, and whether it counts."""

from __future__ import annotations

from typing import Final

from django.utils.translation import gettext_lazy as _

from .declaration import RECORDED, Field, Place, RecordKind
from .values import Choice, Day, NameList, Number, SchoolYear, Truth

_LISTED: Final = RECORDED | Place.LIST | Place.REPORT
LEVELS: Final = Choice(
    {
        "international": (_("international"), "国际级 国际 global"),
        "national": (_("national"), "国家级 全国 国赛 国家"),
        "provincial": (_("provincial"), "省级 省部级 省赛 省 province"),
        "municipal": (_("municipal"), "市级 市厅级 市 city"),
        "school": (_("school"), "校级 院级 校赛 校"),
    }
)

COMPETITION: Final = RecordKind(
    name="competition",
    label=_("competition"),
    plural=_("competitions"),
    key=("year", "title", "award", "entry"),
    numbered="entry",
    dropped="学生姓名 获奖学生 参赛学生 姓名 队员 学生",
    fields=(
        Field("year", _("year"), "Year", "年度 年份 学年", SchoolYear(), _LISTED),
        Field(
            "title",
            _("competition"),
            "Competition",
            "赛事 赛事名称 竞赛名称 竞赛 大赛名称 比赛名称",
            places=_LISTED,
            required=True,
        ),
        Field("organiser", _("organiser"), "Organiser", "主办单位 主办方 举办单位 organizer"),
        Field("listed", _("on the official list"), "Listed", "是否榜单内 榜单内 是否榜单赛事 榜单", Truth(), _LISTED),
        Field("level", _("level"), "Level", "级别 赛事级别 竞赛级别 获奖级别 等级", LEVELS, _LISTED),
        Field("award", _("award"), "Award", "奖项 获奖等级 获奖等次 奖次 奖励等级", places=_LISTED),
        Field("students", _("students"), "Students", "参赛人数 学生人数 人数", Number(1e6, whole=True), _LISTED),
        Field(
            "student_codes",
            _("student codes"),
            "Student Codes",
            "学生学号 学号 参赛学生学号",
            NameList(),
            coded=True,
        ),
        Field(
            "school_mentors",
            _("mentors of the school"),
            "School Mentors",
            "校内指导教师 指导教师 校内导师 指导老师",
            NameList(),
            coded=True,
        ),
        Field(
            "enterprise_mentors",
            _("mentors of an enterprise"),
            "Enterprise Mentors",
            "企业指导教师 企业导师 企业指导老师 校外指导教师",
            NameList(),
            coded=True,
        ),
        Field(
            "courses",
            _("courses that prepare for it"),
            "Courses",
            "对应课程 支撑课程 相关课程 课程",
            NameList(courses=True),
            _LISTED,
        ),
        Field("credits", _("credits given"), "Credits", "学分认定 认定学分 创新学分 学分", Number(100)),
        Field(
            "counts",
            _("counts in the grade"),
            "Counts in the Grade",
            "计入成绩 是否计入成绩 成绩认定 计入课程成绩",
            Truth(),
        ),
        Field("awarded", _("awarded on"), "Awarded On", "获奖日期 获奖时间 日期", Day()),
        Field("entry", _("entry"), "Entry", "条目 参赛队伍 队伍 队伍名称 作品名称 项目名称 team"),
    ),
)
