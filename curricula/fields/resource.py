"""A resource 实验室: a room, a platform or a community for practice, with its capacity and how real it is."""

from __future__ import annotations

from typing import Final

from django.utils.translation import gettext_lazy as _

from .declaration import RECORDED, Field, Place, RecordKind
from .values import Choice, Money, NameList, Number, Text, Truth

_LISTED: Final = RECORDED | Place.LIST | Place.REPORT
REALITY: Final = Choice(
    {
        "software": (_("software simulation"), "软件模拟 模拟软件 模拟 仿真 simulation"),
        "account": (_("enterprise account"), "企业账号 真实账号 店铺账号 企业店铺 account"),
        "trade": (_("real trade"), "真实交易 真实业务 实际经营 真实订单 trade"),
    }
)
ELEMENTS: Final = Choice(
    {
        "open_resources": (_("open resources"), "开放资源 资源 openresource"),
        "creative_practice": (_("creative practice"), "创意实践 创新实践 创客实践"),
        "communities": (_("communities"), "社区 社群 社团 创客社区 community"),
        "cooperation_space": (_("cooperation space"), "合作空间 协作空间 空间 coworking"),
    }
)

RESOURCE: Final = RecordKind(
    name="resource",
    label=_("resource"),
    plural=_("resources"),
    key=("title", "room"),
    fields=(
        Field(
            "title",
            _("name"),
            "Name",
            "名称 实验室名称 实训室名称 实验室 实训室 资源名称 场所名称 基地名称 平台名称",
            places=_LISTED,
            required=True,
        ),
        Field("room", _("room"), "Room", "房间 房间号 地点 位置 门牌号", places=_LISTED),
        Field("area", _("area in m²"), "Area (m²)", "面积 使用面积 建筑面积", Number(1e6)),
        Field("seats", _("seats"), "Seats", "工位 工位数 座位数 机位 机位数 容量", Number(100_000), _LISTED),
        Field("sets", _("sets of equipment"), "Sets of Equipment", "设备台套 台套数 设备台套数 台套", Number(1e6)),
        Field(
            "money",
            _("total value"),
            "Value",
            "总值 设备总值 设备值 价值 资产总值",
            Money(),
            parts=("amount", "currency"),
        ),
        Field("software", _("software and licences"), "Software", "软件及节点数 软件 软件名称 节点数", Text(lines=2)),
        Field(
            "courses",
            _("courses it serves"),
            "Courses",
            "承担课程 服务课程 开设课程 面向课程 课程",
            NameList(courses=True),
            _LISTED,
        ),
        Field(
            "person_hours", _("person-hours a year"), "Person-hours a Year", "年人时数 人时数 年使用人时", Number(1e9)
        ),
        Field("shared", _("built with an enterprise"), "Built with Enterprise", "校企共建 是否校企共建", Truth()),
        Field(
            "accounts",
            _("real shop accounts"),
            "Real Accounts",
            "真实店铺账号数 真实账号数 店铺账号数 企业账号数",
            Number(1e6),
            _LISTED,
        ),
        Field("reality", _("reality"), "Reality", "真实程度 实践真实度 真实性", REALITY, _LISTED),
        Field("element", _("element of the creating space"), "Element", "创新空间要素 要素 空间要素", ELEMENTS),
    ),
)
