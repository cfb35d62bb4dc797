"""A partnership 校企合作: with whom, since when, what was agreed on paper and what is in place."""

from __future__ import annotations

from typing import Final

from django.utils.translation import gettext_lazy as _

from .declaration import RECORDED, Field, Place, RecordKind
from .values import Choice, Day, NameList, Number, Period, Text

_LISTED: Final = RECORDED | Place.LIST | Place.REPORT
_PROSE: Final = Text(lines=2)
ACTORS: Final = Choice(
    {
        "government": (_("government"), "政府 主管部门 管委会 authority"),
        "school": (_("school"), "学校 院校 高校 大学 学院 university college"),
        "enterprise": (_("enterprise"), "企业 公司 集团 company firm business"),
        "industry": (_("industry body"), "行业 行业协会 行业组织 行业商会 industry industryassociation"),
        "society": (_("society"), "社会 协会 学会 商会 联盟 基金会 association ngo"),
    }
)

PARTNERSHIP: Final = RecordKind(
    name="partnership",
    label=_("partnership"),
    plural=_("partnerships"),
    key=("partner", "cooperation", "document"),
    in_order=(("since", "until"),),
    fields=(
        Field(
            "partner",
            _("partner"),
            "Partner",
            """企业全称 合作企业 合作单位 合作企业全称 合作企业名称 合作单位名称 企业名称 单位名称 单位全称
            合作方 合作方名称 company companyname organisation organization""",
            places=_LISTED,
            required=True,
        ),
        Field("partner_code", _("credit code"), "Credit Code", "信用代码 统一社会信用代码 社会信用代码"),
        Field(
            "actor",
            _("actor"),
            "Actor",
            "主体 主体类型 合作主体 合作方类型 合作方性质 单位性质 单位类型 actortype typeofpartner",
            ACTORS,
            _LISTED,
        ),
        Field(
            "cooperation",
            _("kind of cooperation"),
            "Kind of Cooperation",
            "合作形式 合作类型 合作方式 合作模式 类型 kind type form",
            places=_LISTED,
        ),
        Field(
            "document",
            _("document"),
            "Document",
            "协议编号 协议 协议名称 合同编号 合作协议 协议文号 agreement agreementno contract",
            places=_LISTED,
        ),
        Field("signed", _("signed on"), "Signed On", "签订日期 签约日期 签订时间 签约时间 协议日期 date", Day()),
        Field(
            "period",
            _("period"),
            words="有效期 合作期限 协议期限 有效期限 起止 起止时间 起止日期 合作时间 validity duration",
            value=Period(),
            places=Place.IMPORT,
            parts=("since", "until"),
        ),
        Field("since", _("since"), "Since", "起始日期 开始日期 起始时间 from start", Day(), _LISTED),
        Field("until", _("until"), "Until", "截止日期 结束日期 到期日期 to end", Day(last=True), _LISTED),
        Field("content", _("content"), "Content", "内容 合作内容 协议内容 主要内容", Text(lines=3)),
        Field("training_agreed", _("training agreed"), "Training Agreed", "培养约定 人才培养约定", _PROSE),
        Field("training_in_place", _("training in place"), "Training in Place", "培养落实 人才培养落实", _PROSE),
        Field("assessment_agreed", _("assessment agreed"), "Assessment Agreed", "评价约定 考核约定", _PROSE),
        Field("assessment_in_place", _("assessment in place"), "Assessment in Place", "评价落实 考核落实", _PROSE),
        Field("development_agreed", _("development agreed"), "Development Agreed", "发展约定", _PROSE),
        Field("development_in_place", _("development in place"), "Development in Place", "发展落实", _PROSE),
        Field(
            "courses",
            _("courses it touches"),
            "Courses",
            "共建课程/教材 共建课程 合作课程 共同开发课程 课程 涉及课程 对应课程",
            NameList(courses=True),
            _LISTED,
        ),
        Field(
            "interns",
            _("interns a year"),
            "Interns a Year",
            "年接收实习人数 接收实习人数 实习人数",
            Number(whole=True),
        ),
        Field("hires", _("graduates hired a year"), "Hired a Year", "年录用人数 录用人数", Number(whole=True)),
        Field("contact", _("person in charge"), "Person in Charge", "负责人 联系人 项目负责人", person=True),
        Field("state", _("state of fulfilment"), "State", "履行情况 履约情况 执行情况 状态 status", places=_LISTED),
    ),
)
