"""Every kind of record: the sheets that schools have go in as they are, people become codes, all comes back."""

from __future__ import annotations

from collections import Counter
from typing import Any

import pytest

from competencies.tabular.column_names import column_key
from curricula.fields.declaration import Place
from curricula.fields.person_codes import person_code
from curricula.models import School, SchoolRecord, school_records
from curricula.records.forms import record_form
from curricula.records.school_records import save_records, workbook_of_records
from curricula.records.sheets import read_sheet
from tests.universe import Universe, add_courses

from .test_partnerships import sheet

pytestmark = pytest.mark.django_db
KINDS = school_records()

# Columns as schools have them, a line each: the header, then what stands under it; what is stored of the first row.
COLUMNS: dict[str, tuple[str, dict[str, Any]]] = {
    "teacher": (
        """
        工号 | 20190012 | 20190013
        姓名 | 张三 | 李四
        职称 | 副教授 | 讲师
        学历学位 | 硕士 | 硕士
        所学专业 | 国际贸易 |
        专/兼职 | 专职 | 兼职
        双师型 | 是 | 否
        认定依据 | 证书 |
        企业实践单位 | 云海 |
        起止 | 2025.03–2025.08 |
        累计月数 | 6 |
        行业年限 | 3 |
        主讲课程 | C1 | C1；C9
        年学时 | 320 |
        """,
        {"employment": "full", "dual": True, "practice_months": 6.0, "industry_years": 3.0, "courses": ["C1"]},
    ),
    "contribution": (
        """
        年度 | 2024 | 2024-2025学年
        投入方 | 云海公司 | 商务局
        类型 | 设备 | 资金
        名称 | 直播间 | 补贴
        数量 | 2 |
        金额 | 12.5万元 | USD 2,000
        到账日期 | 2024-09-01 |
        用途 | 实训 |
        凭证号 | PZ-1 |
        """,
        {"year": "2024", "type": "equipment", "amount": 125000.0, "currency": "CNY", "quantity": 2.0},
    ),
    "resource": (
        """
        名称 | 跨境实训室
        房间 | A301
        面积 | 120㎡
        工位 | 60
        设备台套 | 62
        总值 | 86万元
        软件及节点数 | 模拟软件60节点
        承担课程 | C1
        年人时数 | 9600
        校企共建 | 否
        真实店铺账号数 | 2
        """,
        {"area": 120.0, "seats": 60.0, "amount": 860000.0, "shared": False, "accounts": 2.0, "courses": ["C1"]},
    ),
    "competition": (
        """
        年度 | 2024 | 2024
        赛事 | 跨境电商大赛 | 跨境电商大赛
        主办单位 | 协会 | 协会
        是否榜单内 | 是 | 是
        级别 | 国家级 | 国家级
        奖项 | 二等奖 | 二等奖
        参赛人数 | 3 | 3
        学生学号 | 2101、2102 | 2103、2104
        校内指导教师 | 张三 | 李四
        企业指导教师 | 王五 |
        对应课程 | C1 | C1
        学分认定 | 1 | 1
        获奖日期 | 2024-11-02 | 2024-11-02
        """,
        {"listed": True, "level": "national", "students": 3, "credits": 1.0, "entry": ""},
    ),
    "placement": (
        """
        学号 | 2101
        班级 | 电商211
        类型 | 毕业
        单位 | 云海
        岗位 | 运营
        起止 | 2025年3月至8月
        周数 | 12
        集中/分散 | 集中
        校内教师 | 张三
        企业导师 | 王五
        企业鉴定 | 40%
        校内成绩 | 60%
        总评 | 良好
        对口 | 是
        """,
        {"kind_of": "graduation", "weeks": 12.0, "arranged": "school", "relevant": True, "overall": "良好"},
    ),
    "incentive": (
        """
        文号 | 校发〔2024〕3号
        文件名 | 竞赛奖励办法
        发布日期 | 2024-03-01
        对象 | 教师
        事项 | 竞赛指导
        标准 | 省一计30学时/奖3000元/创新学分2
        年度 | 2024
        兑现金额 | 3,000 元
        """,
        {"audience": "teachers", "amount": 3000.0, "year": "2024", "standard": "省一计30学时/奖3000元/创新学分2"},
    ),
    "outcome": (
        """
        学号 | 2101 | 2102
        去向类别 | 签劳动合同 | 升学
        单位 | 云海 |
        单位性质 | 民营 |
        行业 | 批发 |
        职位类别 | 运营专员 |
        所在地 | 杭州 |
        起薪 | 5500 |
        专业相关度 | 相关 |
        落实日期 | 2025-06-30 |
        """,
        {"destination": "contract", "pay": 5500.0, "relevance": "relevant", "occupation": "运营专员"},
    ),
    "attainment": (
        """
        学年学期 | 2024-2025-1
        课程编码 | C1
        班级 | 电商211
        课程目标 | CO1
        指标点 | 3.1
        权重 | 0.4
        考核环节 | 期末
        满分 | 40
        平均分 | 31.2
        达成值 | 0.78
        期望值 | 70%
        人数 | 45
        """,
        {"course": "C1", "weight": 0.4, "full": 40.0, "mean": 31.2, "attained": 0.78, "expected": 0.7, "students": 45},
    ),
    "assessment_part": (
        """
        课程编码 | C1 | C1
        考核环节 | 实训 | 期末
        占比 | 40% | 60%
        形式 | 上机 | 笔试
        是否实践性考核 | 是 | 否
        支撑课程目标 | CO1、CO2 | CO1
        """,
        {"course": "C1", "weight": 0.4, "practical": True, "objectives": ["CO1", "CO2"]},
    ),
    "cohort": (
        """
        专业 | 电子商务 | 电子商务
        年级 | 2023级 | 2021
        在校人数 | 120 |
        毕业人数 |  | 96
        """,
        {"program": "电子商务", "year": "2023", "students": 120, "graduates": None},
    ),
    "partnership": (
        """
        企业全称 | 云海
        合作形式 | 订单班
        有效期 | 2024.09–2027.08
        负责人 | 王某
        """,
        {"partner": "云海", "cooperation": "订单班"},
    ),
}


def rows_of(name: str) -> list[list[str]]:
    """The sheet of a kind, its header first."""
    columns = [[cell.strip() for cell in line.split("|")] for line in COLUMNS[name][0].strip().splitlines()]
    return [list(row) for row in zip(*columns, strict=True)]


EVERY = pytest.mark.parametrize("name", KINDS)


def saved(universe: Universe, name: str) -> list[Any]:
    parsed = read_sheet(KINDS[name].kind, sheet([["某某学院一览表"], *rows_of(name)]), name="x.xlsx")
    outcome = save_records(KINDS[name], parsed, school=universe.school)
    assert [problem.message for problem in outcome.refusals] == []
    return list(KINDS[name].objects.order_by("pk"))


@EVERY
def test_a_sheet_as_schools_have_it_goes_in_as_it_is(universe, name):
    add_courses(universe.curriculum, 1)
    rows, stored = rows_of(name), COLUMNS[name][1]
    records = saved(universe, name)
    assert len(records) == len(rows) - 1
    assert {attribute: getattr(records[0], attribute) for attribute in stored} == stored
    again = read_sheet(KINDS[name].kind, sheet(rows), name="x.xlsx")
    assert save_records(KINDS[name], again, school=universe.school).counts.unchanged == len(records)


@EVERY
def test_what_goes_out_comes_back_without_a_difference(universe, name):
    add_courses(universe.curriculum, 1)
    model, records = KINDS[name], saved(universe, name)
    before = list(model.objects.order_by(*model.kind.key).values(*_held(model)))
    content = workbook_of_records(model, records)
    model.objects.all().delete()
    save_records(model, read_sheet(model.kind, content, name="x.xlsx"), school=universe.school)
    assert list(model.objects.order_by(*model.kind.key).values(*_held(model))) == before


def _held(model: type[SchoolRecord]) -> list[str]:
    return [name for field in model.kind.fields for name in field.attributes]


@EVERY
def test_nobodys_name_or_number_is_stored(universe, name):
    people = {"20190012", "20190013", "2101", "2102", "2103", "2104", "张三", "李四", "王五"}
    texts = [str(value) for record in saved(universe, name) for value in vars(record).values()]
    assert not [each for each in people for text in texts if each in text]


def test_a_column_of_names_is_dropped_and_that_is_told(universe):
    parsed = read_sheet(KINDS["teacher"].kind, sheet(rows_of("teacher")), name="x.xlsx")
    (told,) = [warning.message for warning in parsed.warnings if warning.code == "names_dropped"]
    assert "姓名" in told


def test_a_person_has_one_code_in_a_school_and_another_in_the_next(universe):
    teacher = saved(universe, "teacher")[0]
    assert teacher.code == person_code(" 20190012 ", universe.school.person_salt)
    assert universe.school.person_salt != School.objects.get(slug="south").person_salt
    assert saved(universe, "competition")[0].student_codes[0] == saved(universe, "placement")[0].student


def test_a_school_may_keep_codes_of_its_own(universe):
    universe.school.keeps_own_codes = True
    universe.school.save()
    assert saved(universe, "outcome")[0].student == "2101"


def test_a_number_typed_into_a_form_becomes_a_code_too(universe):
    model = KINDS["teacher"]
    form = record_form(model)({"code": "20190012", "title": "副教授"}, instance=model(school=universe.school))
    assert form.is_valid(), form.errors
    assert form.save().code == person_code("20190012", universe.school.person_salt)


def test_two_teams_with_one_award_are_two_entries(universe):
    assert [record.entry for record in saved(universe, "competition")] == ["", "2"]


@EVERY
def test_no_header_means_two_fields_and_each_kind_has_a_form(universe, name):
    model = KINDS[name]
    words = Counter(
        word
        for field in model.kind.at(Place.IMPORT)
        for word in {column_key(each) for each in (field.header, field.name, *field.words.split())}
        if word
    )
    assert [word for word, count in words.items() if count > 1] == []
    assert not {column_key(word) for word in model.kind.dropped.split()} & set(words)
    assert record_form(model)(instance=model(school=universe.school)).as_p()


# The columns that sheets of schools commonly have, as the schools write them; RECORDS tells of the same.
COMMON = {
    "teacher": """
        工号 姓名 职称 学历学位 所学专业 专/兼职 双师型 认定依据
        企业实践单位 起止 累计月数 行业年限 资格证书 主讲课程 年学时
    """,
    "partnership": """
        企业全称 信用代码 合作形式 协议编号 签订日期 有效期 内容
        共建课程/教材 年接收实习人数 年录用人数 负责人 履行情况
    """,
    "contribution": """
        年度 投入方 类型 名称 数量
        金额 到账日期 用途 凭证号
    """,
    "resource": """
        名称 房间 面积 工位 设备台套 总值
        软件及节点数 承担课程 年人时数 校企共建 真实店铺账号数
    """,
    "competition": """
        年度 赛事 主办单位 是否榜单内 级别 奖项 参赛人数
        学生学号 校内指导教师 企业指导教师 对应课程 学分认定 获奖日期
    """,
    "placement": """
        学号 班级 类型 单位 岗位 起止 周数 集中/分散
        校内教师 企业导师 企业鉴定 校内成绩 总评 对口
    """,
    "incentive": """
        文号 文件名 发布日期 对象 事项
        标准 年度 兑现金额
    """,
    "outcome": """
        学号 去向类别 单位 单位性质 行业 职位类别
        所在地 起薪 专业相关度 落实日期
    """,
    "attainment": """
        学年学期 课程编码 班级 课程目标 指标点 权重 考核环节
        满分 平均分 达成值 期望值 人数
    """,
    "assessment_part": """
        课程编码 考核环节 占比 形式
        是否实践性考核 支撑课程目标
    """,
}


@pytest.mark.parametrize("name", COMMON)
def test_every_column_that_schools_commonly_have_is_taken_or_dropped_by_name(name):
    kind = KINDS[name].kind
    taken = {column_key(word) for field in kind.at(Place.IMPORT) for word in field.words.split()}
    dropped = {column_key(word) for word in kind.dropped.split()}
    assert [header for header in COMMON[name].split() if column_key(header) not in taken | dropped] == []


@pytest.mark.parametrize("name", COMMON)
def test_no_two_of_these_columns_are_the_same_field(name):
    kind = KINDS[name].kind
    words = {column_key(word): field.name for field in kind.at(Place.IMPORT) for word in field.words.split()}
    found = Counter(words[key] for header in COMMON[name].split() if (key := column_key(header)) in words)
    assert [field for field, times in found.items() if times > 1] == []
