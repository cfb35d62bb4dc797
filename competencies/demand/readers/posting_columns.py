"""Which column of a file of postings holds what, by the names that people give them in English and Chinese."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from competencies.tabular.column_names import column_key, names

# Where several columns would do, the first name here that a file has goes before the others.
ALIASES: Mapping[str, tuple[str, ...]] = {
    "title": names(
        """title jobtitle positionname positiontitle postingtitle jobname position job vacancy vacancytitle role
        职位名称 岗位名称 招聘职位 招聘岗位 职务名称 职位标题 工作名称 职位 岗位 标题"""
    ),
    "text": names(
        """description descriptions fulldescription longdescription jobdescription jobdescriptions jobdesc
        positiondescription positiondetail jobdetail jobdetails text fulltext body content summary jobsummary
        overview responsibilities jobresponsibilities keyresponsibilities duties jobduties requirements
        jobrequirements requirement qualifications minimumqualifications basicqualifications
        preferredqualifications requiredqualifications jobqualifications skillsrequired experiencerequired
        职位描述 岗位描述 工作描述 职责描述 岗位职责 工作职责 职位职责 工作内容 任职要求 职位要求 岗位要求
        招聘要求 应聘要求 任职资格 任职条件 技能要求 职位详情 岗位详情 职位信息 岗位信息 详情 描述 岗位需求
        whatyouwilldo whatweexpect 职位需求 招聘需求 岗位职责和要求 岗位职责与要求 岗位职责及要求
        职责与要求 职责和要求 任职资格与要求
        工作要求 岗位说明 职位说明 岗位内容 职位内容 工作职责和要求 岗位职责描述 职位职责和要求 主要职责"""
    ),
    "employer": names(
        """companyfullname companyname employername company employer organization organisation hiringorganization
        hiringorganizationname companyshortname 公司全称 公司名称 公司名 企业名 企业全称 招聘公司 招聘企业
        所属公司 企业名称 招聘单位 用人单位 单位名称 公司 企业 雇主 单位 公司简称"""
    ),
    "region": names(
        """city workcity joblocation location locations workplace worklocation region area place address state
        province country 城市 工作城市 所在城市 工作地点 工作地区 地点 地区 所在地 工作地址 地址 省份 省市
        town addresslocality joblocationaddressaddresslocality 上班地点 上班地址 办公地点 工作区域 工作所在地
        工作省市"""
    ),
    "published": names(
        """published publishedat publisheddate publishdate publishtime datepublished dateposted posteddate postedat
        posted postedon publishedon listedon createdon advertisedon dateadded dateadvertised dateofposting
        datepublishedon onlinesince postdate posteddatetime postingdate listedtime listedat createtime createdat
        created date 发布时间 发布日期 刊登日期 发布于 发布 更新时间 更新日期 日期 时间 发布时间日期 上架时间
        发布年月日 招聘时间 招聘日期 firstseen 更新于 刷新时间 创建时间 采集发布时间"""
    ),
    "salary": names(
        """salary salaryrange salarydesc salarydescription salarytext pay payrange wage wages compensation 薪资
        薪酬 工资 月薪 薪水 薪资范围 薪资待遇 薪酬范围 工资待遇 待遇 年薪 岗位薪资 职位薪资 职位月薪 薪资水平
        月薪范围 薪水范围 岗位工资 薪资区间"""
    ),
    "salary_low": names("salarymin minsalary salarylow lowestsalary salaryfrom 最低薪资 最低工资 薪资下限 最低薪酬"),
    "salary_high": names("salarymax maxsalary salaryhigh highestsalary salaryto 最高薪资 最高工资 薪资上限 最高薪酬"),
    "pay_period": names(
        "payperiod salaryperiod payfrequency salaryunit payinterval wageunit salarytype paytype wagetype "
        "compensationtype 薪资单位 计薪周期"
    ),
    "education": names(
        """education educationlevel educationrequired educationrequirement degree degreerequired minimumeducation
        formattededucationlevel 学历 学历要求 最低学历 学历水平 教育程度 文化程度 教育水平"""
    ),
    "experience": names(
        """experience experiencelevel experiencerange yearsofexperience experienceyears workexperience
        minimumexperience formattedexperiencelevel 经验 经验要求 工作经验 工作经验要求
        工作年限 经验年限 工作年限要求 年限"""
    ),
    "skills": names(
        """skills skill skilllabels skilllables skilltags requiredskills keyskills keywords tags labels 技能标签
        技能 技能关键词 岗位关键词 职位关键词 职位关键字 岗位关键字 技能要求标签 关键词 关键字 职位标签 岗位标签
        标签"""
    ),
}
_FIELDS = {alias: (field, rank) for field, aliases in ALIASES.items() for rank, alias in enumerate(aliases)}
_LISTED_LAST = 1_000
# What is put together of such words only, as 招聘岗位名称, 岗位描述与任职要求 or “Requirements & Skills”.
_PUT_TOGETHER = {
    "title": re.compile(r"(?:招聘|应聘)?(?:岗位|职位|职务|工种)(?:名称?|标题)"),
    "text": re.compile(
        r"(?:(?:招聘|岗位|职位|工作|任职|主要|职责|描述|要求|资格|条件|详情|简介|介绍|说明|及|与|和){2,8}"
        r"(?<=[责述求格件情介绍明])"
        r"|(?:your|job|key|main|role|position)?(?:(?:and|the)?(?:tasks|duties|responsibilities|requirements|"
        r"qualifications|profile|skills)){1,4})"
    ),
}


def _field(key: str) -> tuple[str, int] | None:
    """The field of a name and its place among the names of that field."""
    put_together = (field for field, words in _PUT_TOGETHER.items() if words.fullmatch(key))
    return _FIELDS.get(key) or next(((field, _LISTED_LAST) for field in put_together), None)


# What a name in words that nobody listed must hold, where no listed name stands for the field.
_TELLING = {
    "published": re.compile(r"(?:posted|publish|listed|advertised|online)|^date|date$|发布|刊登|上架|更新日期|日期$"),
    "text": re.compile(r"descri|responsib|duties|职责|岗位要求|任职|职位要求|详情|工作内容"),
    "employer": re.compile(r"^(?:company|employer|firm)|(?:公司|企业|单位)(?:全?称|名)"),
    "region": re.compile(r"location|city|工作地|地点|城市"),
    "salary": re.compile(r"salary|薪资|薪酬|月薪|工资"),
    "education": re.compile(r"^education|学历"),
    "experience": re.compile(r"^years?(?:of)?exp|经验(?:要求|年限)|工作年限"),
}
_OTHER_DATE = re.compile(
    r"deadline|closing|expir|valid|until|end|start|appl|birth|scrap|crawl|截止|结束|到期|有效|采集|抓取"
)


@dataclass(frozen=True)
class PostingColumns:
    """Places of columns in a row, the better ones first; texts in the order of the file."""

    places: Mapping[str, tuple[int, ...]]

    def of(self, field: str) -> tuple[int, ...]:
        return self.places.get(field, ())

    @cached_property
    def pay(self) -> tuple[int, ...]:
        """All columns that hold a salary or an end of one."""
        return self.of("salary") + self.of("salary_low") + self.of("salary_high")


def posting_columns(names: Sequence[str]) -> PostingColumns:
    """By the names that the columns are read by."""
    keys = list(map(column_key, names))
    ranked = sorted((*found, place) for place, key in enumerate(keys) if (found := _field(key)))
    places: dict[str, list[int]] = {}
    for field, _rank, place in ranked:
        places.setdefault(field, []).append(place)
    for field, pattern in _TELLING.items():
        told = [place for place, key in enumerate(keys) if _tells(pattern, key, field)]
        if told and field not in places and not (field == "salary" and "salary_low" in places):
            places[field] = told[:1]
    places.get("text", []).sort()
    return PostingColumns({field: tuple(of_field) for field, of_field in places.items()})


def _tells(pattern: re.Pattern[str], key: str, field: str) -> bool:
    other = field == "published" and _OTHER_DATE.search(key)
    return not _field(key) and bool(pattern.search(key)) and not other


def is_header_again(cells: Sequence[str], header: Sequence[str]) -> bool:
    """A row in the middle that repeats the header, as files joined by hand have it."""
    pairs = [(cell.strip(), name) for cell, name in zip(cells, header, strict=False) if cell.strip()]
    return len(pairs) > 1 and all(column_key(cell) == column_key(name) for cell, name in pairs)


def recognised_columns(cells: Sequence[str]) -> int:
    """How many columns a row names; 0 where it names neither a title nor a text."""
    fields = [found[0] for key in map(column_key, cells) if (found := _field(key))]
    return len(fields) if {"title", "text"} & set(fields) else 0
