"""An incentive 激励 that is written down: for whom, for what, how much."""

from __future__ import annotations

from typing import Final

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from .declaration import RECORDED, Field, Place, RecordKind
from .values import Choice, Day, Money, SchoolYear, Text

_LISTED: Final = RECORDED | Place.LIST | Place.REPORT
_WHOM: Final = {
    "teachers": (_("teachers"), "教师 老师 教职工 指导教师 staff"),
    "students": (pgettext_lazy("for whom an incentive is", "students"), "学生 本科生 专科生"),
    "enterprises": (_("enterprises"), "企业 合作单位 企业导师"),
}

INCENTIVE: Final = RecordKind(
    name="incentive",
    label=_("incentive"),
    plural=_("incentives"),
    key=("title", "document", "audience", "matter", "year"),
    fields=(
        Field("title", _("title of the document"), "Title", "文件名 文件名称 文件标题", places=_LISTED, required=True),
        Field("document", _("document number"), "Document", "文号 发文字号 文件号", places=_LISTED),
        Field("issued", _("issued on"), "Issued On", "发布日期 发文日期 印发日期", Day(), _LISTED),
        Field("audience", _("for whom"), "For Whom", "对象 奖励对象 适用对象", Choice(_WHOM), _LISTED),
        Field("matter", _("for what"), "For What", "事项 奖励事项 激励事项 内容", places=_LISTED),
        Field("standard", _("standard"), "Standard", "标准 奖励标准 认定标准", Text(lines=2), _LISTED),
        Field("year", _("year"), "Year", "年度 年份 学年", SchoolYear()),
        Field(
            "money", _("amount paid"), "Paid", "兑现金额 发放金额 实际金额 金额", Money(), parts=("amount", "currency")
        ),
    ),
)
