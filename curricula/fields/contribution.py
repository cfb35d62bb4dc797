"""A contribution 社会投入: what one of the four actors put into the training."""

from __future__ import annotations

from typing import Final

from django.utils.translation import gettext_lazy as _

from .declaration import RECORDED, Field, Place, RecordKind
from .partnership import ACTORS
from .values import Choice, Day, Money, NameList, Number, SchoolYear, Text

_LISTED: Final = RECORDED | Place.LIST | Place.REPORT
CONTRIBUTED: Final = Choice(
    {
        "funds": (_("funds"), "资金 经费 捐赠 奖学金 money"),
        "equipment": (_("equipment"), "设备 器材 硬件 hardware"),
        "software": (_("software"), "软件 平台 系统 账号"),
        "teachers": (_("part-time teachers"), "师资 兼职教师 教师 导师 staff"),
        "lectures": (_("lectures"), "讲座 报告 培训"),
        "base": (_("training base"), "基地 场地 实训室 场所 premises"),
        "course": (_("course or textbook"), "课程 教材 教学资源 案例 textbook"),
        "project": (_("project"), "项目 订单 竞赛"),
        "policy": (_("policy"), "政策 文件"),
        "other": (_("something else"), "其他 其它"),
    }
)

CONTRIBUTION: Final = RecordKind(
    name="contribution",
    label=_("contribution"),
    plural=_("contributions"),
    key=("year", "contributor", "what", "document", "entry"),
    numbered="entry",
    fields=(
        Field("year", _("year"), "Year", "年度 年份 学年", SchoolYear(), _LISTED),
        Field(
            "contributor",
            _("contributor"),
            "Contributor",
            "投入方 投入单位 捐赠单位 捐赠方 出资方 企业全称 单位名称 投入主体",
            places=_LISTED,
            required=True,
        ),
        Field("actor", _("actor"), "Actor", "主体 主体类型 投入方类型 投入方性质 单位性质", ACTORS, _LISTED),
        Field("type", _("kind of contribution"), "Kind", "类型 投入类型 投入形式 类别 type", CONTRIBUTED, _LISTED),
        Field("what", _("what was given"), "What", "名称 项目名称 投入内容 内容 设备名称 item", places=_LISTED),
        Field("quantity", _("quantity"), "Quantity", "数量 台套数 数目", Number(1e9)),
        Field(
            "money",
            _("amount"),
            "Amount",
            "金额 投入金额 价值 折合金额 总额",
            Money(),
            _LISTED,
            parts=("amount", "currency"),
        ),
        Field("received", _("received on"), "Received On", "到账日期 到账时间 投入日期 到位日期 日期", Day()),
        Field("purpose", _("purpose"), "Purpose", "用途 资金用途 使用去向", Text(lines=2)),
        Field("document", _("voucher"), "Voucher", "凭证号 凭证 凭证编号 文号 协议编号"),
        Field(
            "courses", _("courses it touches"), "Courses", "对应课程 涉及课程 支持课程 课程", NameList(courses=True)
        ),
        Field("entry", _("entry"), "Entry", "条目"),
    ),
)
