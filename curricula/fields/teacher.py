"""A teacher 师资: what they studied, where they practised, what they teach; a code, never a name."""

from __future__ import annotations

from typing import Final

from django.utils.translation import gettext_lazy as _

from .declaration import RECORDED, Field, Place, RecordKind
from .values import Choice, Day, NameList, Number, Period, Text, Truth

_LISTED: Final = RECORDED | Place.LIST
_PART_TIME: Final = "兼职 外聘 企业兼职 兼 parttime external adjunct"

TEACHER: Final = RecordKind(
    name="teacher",
    label=_("teacher"),
    plural=_("teachers"),
    key=("code",),
    dropped="姓名 教师姓名 教师 name teachername 身份证号 联系电话 手机 电话 邮箱 出生年月 性别",
    fields=(
        Field(
            "code",
            _("staff code"),
            "Staff Code",
            "工号 教师工号 教工号 职工号 编号 staffno",
            places=_LISTED,
            required=True,
            coded=True,
        ),
        Field("title", _("professional title"), "Professional Title", "职称 专业技术职务 rank", places=_LISTED),
        Field("degree", _("degree"), "Degree", "学历学位 学历/学位 学历 学位 最高学历 最高学位", places=_LISTED),
        Field("field", _("field of study"), "Field of Study", "所学专业 毕业专业 专业 major"),
        Field(
            "employment",
            _("employment"),
            "Employment",
            "专/兼职 专兼职 专职/兼职 教师类型 聘任方式 用工形式",
            Choice({"full": (_("full time"), "专职 全职 专任 专 fulltime"), "part": (_("part time"), _PART_TIME)}),
            _LISTED,
        ),
        Field(
            "dual",
            _("double-qualified"),
            "Double-qualified",
            "双师型 是否双师型 双师 双师素质 是否双师 双师双能型",
            Truth(),
            _LISTED,
        ),
        Field("dual_basis", _("basis of that"), "Basis", "认定依据 双师认定依据 双师依据"),
        Field(
            "practice_at",
            _("practised at"),
            "Practised At",
            "企业实践单位 实践单位 挂职单位 企业实践 实践企业",
        ),
        Field(
            "practice_period",
            _("period of practice"),
            words="起止 起止时间 起止日期 实践时间 实践起止",
            value=Period(),
            places=Place.IMPORT,
            parts=("practice_since", "practice_until"),
        ),
        Field("practice_since", _("practice since"), "Practice Since", "实践开始 开始日期 起始日期", Day()),
        Field("practice_until", _("practice until"), "Practice Until", "实践结束 结束日期 截止日期", Day(last=True)),
        Field(
            "practice_months",
            _("months of practice"),
            "Months of Practice",
            "累计月数 实践月数 累计实践月数 企业实践累计月数",
            Number(600),
            _LISTED,
        ),
        Field(
            "industry_years",
            _("years in the industry"),
            "Years in the Industry",
            "行业年限 行业工作年限 企业工作年限 行业从业年限",
            Number(70),
            _LISTED,
        ),
        Field(
            "certificates",
            _("certificates held"),
            "Certificates",
            "资格证书 职业资格证书 职业资格 证书 技能证书",
            NameList(),
        ),
        Field(
            "courses",
            _("courses taught"),
            "Courses",
            "主讲课程 承担课程 任教课程 讲授课程 课程",
            NameList(courses=True),
            _LISTED,
        ),
        Field("hours", _("teaching hours a year"), "Hours a Year", "年学时 年授课学时 年课时 学时", Number(5000)),
        Field("note", _("note"), "Note", "备注", Text(lines=2)),
    ),
    in_order=(("practice_since", "practice_until"),),
)
