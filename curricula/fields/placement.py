"""A placement or project of one student 实习: in which mode, how real, by whom it was evaluated."""

from __future__ import annotations

from typing import Final

from django.utils.translation import gettext_lazy as _

from .declaration import RECORDED, Field, Place, RecordKind
from .resource import REALITY
from .values import Choice, Day, NameList, Number, Period, Truth

_LISTED: Final = RECORDED | Place.LIST
KINDS: Final = Choice(
    {
        "orientation": (_("orientation"), "认识实习 认识 认知实习 认知 见习"),
        "professional": (_("professional placement"), "专业实习 专业 生产实习 跟岗实习 跟岗"),
        "graduation": (_("graduation placement"), "毕业实习 毕业 顶岗实习 顶岗 岗位实习"),
        "project": (_("project"), "项目 企业项目 实践项目"),
    }
)
MODES_OF_PRACTICE: Final = Choice(
    {
        "apprenticeship": (_("apprenticeship"), "学徒制 现代学徒制 学徒"),
        "teaching_factory": (_("teaching factory"), "教学工厂 校中厂 厂中校 生产性实训"),
        "entrepreneurial": (_("entrepreneurial practice"), "创业实践 创业 自主创业 startup"),
    }
)

PLACEMENT: Final = RecordKind(
    name="placement",
    label=_("placement"),
    plural=_("placements"),
    key=("student", "kind_of", "organisation", "post"),
    dropped="姓名 学生姓名 学生 name 联系电话 手机 电话 身份证号 性别",
    fields=(
        Field(
            "student", _("student code"), "Student Code", "学号 学生学号", places=_LISTED, required=True, coded=True
        ),
        Field("group", _("class"), "Class", "班级 专业班级 行政班 class", places=_LISTED),
        Field("kind_of", _("kind of placement"), "Kind", "类型 实习类型 实习类别 类别", KINDS, _LISTED),
        Field("mode", _("mode of practice"), "Mode", "实践模式 培养模式 模式", MODES_OF_PRACTICE, _LISTED),
        Field("reality", _("reality"), "Reality", "真实程度 实践真实度 真实性", REALITY),
        Field(
            "organisation",
            _("organisation"),
            "Organisation",
            "单位 实习单位 实习单位名称 企业 企业名称 实习企业",
            places=_LISTED,
        ),
        Field("post", _("post"), "Post", "岗位 实习岗位 职位", places=_LISTED),
        Field(
            "period",
            _("period"),
            words="起止 起止时间 起止日期 实习时间 实习起止",
            value=Period(),
            places=Place.IMPORT,
            parts=("since", "until"),
        ),
        Field("since", _("since"), "Since", "开始日期 起始日期 开始时间", Day()),
        Field("until", _("until"), "Until", "结束日期 截止日期 结束时间", Day(last=True)),
        Field("weeks", _("weeks"), "Weeks", "周数 实习周数", Number(520), _LISTED),
        Field(
            "arranged",
            _("arranged by"),
            "Arranged",
            "集中/分散 集中分散 组织形式 实习方式 安排方式",
            Choice(
                {
                    "school": (_("the school"), "集中 学校安排 集中实习"),
                    "student": (_("the student"), "分散 自主 自行联系"),
                }
            ),
        ),
        Field(
            "school_mentor", _("mentor of the school"), "School Mentor", "校内教师 校内指导教师 指导教师", coded=True
        ),
        Field(
            "enterprise_mentor",
            _("mentor of the enterprise"),
            "Enterprise Mentor",
            "企业导师 企业指导教师 企业师傅 单位导师",
            coded=True,
        ),
        Field(
            "enterprise_evaluation",
            _("evaluation by the enterprise"),
            "Enterprise Evaluation",
            "企业鉴定 企业评价 单位鉴定 企业成绩 单位评价",
        ),
        Field(
            "school_evaluation",
            _("evaluation by the school"),
            "School Evaluation",
            "校内成绩 校内评价 学校评价 学校成绩",
        ),
        Field("overall", _("overall grade"), "Overall", "总评 总评成绩 综合成绩 成绩", places=_LISTED),
        Field(
            "relevant", _("fits the program"), "Fits the Program", "对口 是否对口 专业对口 岗位对口", Truth(), _LISTED
        ),
        Field("courses", _("courses it belongs to"), "Courses", "对应课程 实习课程 课程", NameList(courses=True)),
    ),
    in_order=(("since", "until"),),
)
