"""What became of one graduate 就业: by code, never by name."""

from __future__ import annotations

from typing import Final

from django.utils.translation import gettext_lazy as _

from .declaration import RECORDED, Field, Place, RecordKind
from .values import Choice, Day, Number, SchoolYear

_LISTED: Final = RECORDED | Place.LIST
DESTINATIONS: Final = Choice(
    {
        "contract": (_("employed by contract"), "签协议 劳动合同 签约就业 协议就业 合同就业 签劳动合同 就业协议"),
        "study": (_("further study"), "升学 考研 读研 专升本 出国 留学 深造"),
        "flexible": (_("flexible employment"), "灵活就业 自由职业 其他录用形式"),
        "own_business": (_("own business"), "自主创业 创业"),
        "service": (_("public service"), "应征义务兵 入伍 参军 西部计划 三支一扶 基层项目"),
        "none": (_("not employed"), "待就业 未就业 暂不就业 求职中"),
    }
)
RELEVANCE: Final = Choice(
    {
        "relevant": (_("relevant"), "相关 对口 很相关 非常相关 yes 是"),
        "partly": (_("partly relevant"), "基本相关 比较相关 部分相关 一般"),
        "not": (_("not relevant"), "不相关 不对口 无关 no 否"),
    }
)

OUTCOME: Final = RecordKind(
    name="outcome",
    label=_("graduate"),
    plural=_("outcomes of graduates"),
    key=("student",),
    dropped="姓名 学生姓名 name 联系电话 手机 电话 身份证号 性别 单位联系人 联系人",
    fields=(
        Field(
            "student", _("student code"), "Student Code", "学号 学生学号", places=_LISTED, required=True, coded=True
        ),
        Field("program", _("program"), "Program", "专业 专业名称 毕业专业 program", places=_LISTED),
        Field("year", _("year of graduation"), "Year", "毕业年份 届 届别 毕业届 年度", SchoolYear(), _LISTED),
        Field(
            "destination", _("destination"), "Destination", "去向类别 毕业去向 就业类别 去向", DESTINATIONS, _LISTED
        ),
        Field("organisation", _("organisation"), "Organisation", "单位 单位名称 就业单位 用人单位"),
        Field("organisation_kind", _("kind of organisation"), "Kind of Organisation", "单位性质"),
        Field("industry", _("industry"), "Industry", "行业 单位行业 所属行业"),
        Field("occupation", _("occupation"), "Occupation", "职位类别 工作职位类别 岗位 职位 岗位名称", places=_LISTED),
        Field("place", _("place"), "Place", "所在地 单位所在地 就业地 地区"),
        Field("pay", _("starting pay a month"), "Starting Pay", "起薪 月薪 薪资 月收入", Number(1e7)),
        Field(
            "relevance",
            _("relevance to the program"),
            "Relevance",
            "专业相关度 专业对口 是否对口 对口",
            RELEVANCE,
            _LISTED,
        ),
        Field("settled", _("settled on"), "Settled On", "落实日期 签约日期 就业日期", Day()),
    ),
)
