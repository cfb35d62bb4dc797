"""Lists of abilities and positions as people have them become frameworks, and stay the same when they come again."""

from __future__ import annotations

import io
from pathlib import Path
from typing import Any

import pytest
from xlsxwriter import Workbook

from competencies.frameworks.actions import save_framework
from competencies.frameworks.formats import read_format
from competencies.models import Ability, Framework
from competencies.tabular.choices import LEFT_OUT, Choices

Tree = list[tuple[str, str, str]]


def tree(parsed: Any) -> Tree:
    assert parsed.refusals == ()
    return [(row.code, row.parent, row.title.en or row.title.zh) for row in parsed.abilities]


def needs(parsed: Any) -> list[tuple[str, str]]:
    return [(row.position, row.ability) for row in parsed.requirements]


def read(text: str, slug: str = "mine") -> Any:
    return read_format("csv", text.encode(), slug=slug)


def book(**sheets: list[list[str]]) -> bytes:
    data = io.BytesIO()
    with Workbook(data) as workbook:
        for name, rows in sheets.items():
            sheet = workbook.add_worksheet(name)
            for number, row in enumerate(rows):
                sheet.write_row(number, 0, row)
    return data.getvalue()


def test_an_ability_beside_its_area_needs_no_code() -> None:
    parsed = read("Area,Ability\nMarketing,Plan a campaign\n,Buy words\nLogistics,Ship goods\n")
    assert tree(parsed) == [
        ("area-marketing", "", "Marketing"),
        ("plan-a-campaign", "area-marketing", "Plan a campaign"),
        ("buy-words", "area-marketing", "Buy words"),
        ("area-logistics", "", "Logistics"),
        ("ship-goods", "area-logistics", "Ship goods"),
    ]
    assert (parsed.framework.slug, parsed.framework.title.en, parsed.warnings) == ("mine", "mine", ())


@pytest.mark.parametrize(
    ("header", "found"),
    [
        ("PLO,Description,", [("K1", "", "plan")]),
        ("Skill ID,Skill Name,Skill Category", [("trade", "", "trade"), ("K1", "trade", "plan")]),
        ("Outcome No.,Outcome Statement,Domain", [("trade", "", "trade"), ("K1", "trade", "plan")]),
        ("代碼,名稱,領域", [("trade", "", "trade"), ("K1", "trade", "plan")]),
    ],
)
def test_abilities_under_other_names(header: str, found: Tree) -> None:
    seen = tree(read(f"{header}\nK1,plan,trade\n"))
    codes = {code: title for code, _parent, title in seen}
    assert [(codes[c] if c != "K1" else c, codes.get(p, ""), t) for c, p, t in seen] == found


def test_of_three_ranks_the_last_is_the_ability() -> None:
    seen = tree(read("一级指标,二级指标,三级指标\n专业,运营,能上架\n专业,运营,能推广\n"))
    assert [title for _code, parent, title in seen if parent] == ["能上架", "能推广"]


def test_levels_in_words_are_read_and_others_told() -> None:
    parsed = read("岗位,能力要求,层级\n运营,选品,精通\n客服,沟通,熟悉\n客服,写作,三星\n")
    assert [row.level for row in parsed.requirements] == ["A", "D", ""]
    assert "三星" in next(w.message for w in parsed.warnings if w.code == "unread_levels")


def test_an_area_to_the_right_of_its_ability_says_nothing_of_the_rows_below() -> None:
    assert tree(read("Ability,Area\nPlan,Marketing\nShip,\n"))[-1] == ("ship", "", "Ship")


@pytest.mark.parametrize(
    "cell", ["plan a campaign; BUY WORDS", '"plan a campaign\nBuy words"', "plan a campaign；Buy words"]
)
def test_a_position_with_its_abilities_in_one_cell(cell: str) -> None:
    parsed = read(f"Position,Required abilities\nMarketer,{cell}\nBuyer,Buy words\n")
    assert needs(parsed) == [
        ("marketer", "plan-a-campaign"),
        ("marketer", "buy-words"),
        ("buyer", "buy-words"),
    ]
    assert [(row.code, row.title.en) for row in parsed.positions] == [("marketer", "Marketer"), ("buyer", "Buyer")]


def test_one_row_a_pair_with_levels_and_weights() -> None:
    parsed = read("Position,Ability,Area,Level,Weight\nMarketer,Plan,Marketing,A,2\n,Ship,,,\nMarketer,Plan,,,\n")
    assert tree(parsed) == [
        ("area-marketing", "", "Marketing"),
        ("plan", "area-marketing", "Plan"),
        ("ship", "", "Ship"),
    ]
    assert [(r.position, r.ability, r.item, r.level, r.weight) for r in parsed.requirements] == [
        ("marketer", "plan", 1, "A", 2.0),
        ("marketer", "ship", 2, "", 1.0),
    ]


def test_positions_beside_tasks_beside_abilities_in_chinese() -> None:
    rows = ("店长,选品,1. 分析市场", ",,2. 比较价格", ",推广,1. 投放广告", "客服,,回复咨询")
    parsed = read("\n".join(("岗位,典型工作任务,职业能力", *rows)))
    assert tree(parsed) == [
        ("area-选品", "", "选品"),
        ("分析市场", "area-选品", "分析市场"),
        ("比较价格", "area-选品", "比较价格"),
        ("area-推广", "", "推广"),
        ("投放广告", "area-推广", "投放广告"),
        ("回复咨询", "", "回复咨询"),
    ]
    assert needs(parsed) == [
        ("店长", "分析市场"),
        ("店长", "比较价格"),
        ("店长", "投放广告"),
        ("客服", "回复咨询"),
    ]


def test_a_matrix_either_way_round() -> None:
    rows = "Position,Plan,Ship\nMarketer,√,\nClerk,,x\nManager,A,A\n"
    turned = "Ability,Marketer,Clerk,Manager\nPlan,√,,A\nShip,,x,A\n"
    pairs = {("marketer", "plan"), ("clerk", "ship"), ("manager", "plan"), ("manager", "ship")}
    for text in (rows, turned):
        parsed = read(text)
        assert set(needs(parsed)) == pairs
        assert {(r.position, r.level) for r in parsed.requirements if r.level} == {("manager", "A")}
        assert [row.code for row in parsed.abilities] == ["plan", "ship"]


def test_requirements_of_a_sheet_name_the_abilities_of_another() -> None:
    listed = [["Code", "Ability"], ["A1", "Plan"], ["A2", "Ship"]]
    parsed = read_format("xlsx", book(List=listed, Jobs=[["Position", "Abilities"], ["Clerk", "A1, ship"]]), slug="x")
    assert needs(parsed) == [("clerk", "A1"), ("clerk", "A2")]
    slip = book(List=listed, Jobs=[["Position", "Abilities"], ["Clerk", "A1;A9"]])
    assert [(p.row, p.column, p.value, p.code) for p in read_format("xlsx", slip, slug="x").refusals] == [
        (2, "Abilities", "A9", "unknown_reference")
    ]


@pytest.mark.parametrize("above", ["\n", "\n\n", ",,\n"])
def test_an_empty_row_above_the_header_is_passed_over(above: str) -> None:
    assert tree(read(f"{above}Area,Ability\nMarketing,Plan a campaign\n"))[-1][2] == "Plan a campaign"


def test_a_statement_that_somebody_takes_for_something_else_is_no_statement() -> None:
    choices = Choices(columns={"Full Statement": LEFT_OUT})
    parsed = read_format("csv", b"Full Statement,Area\nBuy words,Marketing\n", slug="mine", choices=choices)
    assert [refusal.code for refusal in parsed.refusals] == ["missing_columns"]


def test_a_title_above_the_header_names_the_framework_and_a_code_twice_is_refused() -> None:
    parsed = read("毕业要求分解表,,\n代码,能力,颜色\n1.1,规划,红\n1.10,运输,蓝\n1.1,推广,绿\n")
    assert parsed.framework.title.zh == "毕业要求分解表"
    assert [row.code for row in parsed.abilities] == ["1.1", "1.10"]
    assert [(p.row, p.code) for p in parsed.refusals] == [(5, "duplicate_code")]
    assert [(p.code, "颜色" in p.message) for p in parsed.warnings] == [("ignored_columns", True)]


@pytest.mark.parametrize("text", ["just\na sentence\n", "ID,Name,Mark\n7,A person,90\n", "Course,Credits\nA,3\n"])
def test_a_table_of_something_else_gets_one_refusal_that_says_what_is_wanted(text: str) -> None:
    (problem,) = read(text).refusals
    assert (problem.row, problem.code) == (0, "missing_columns")
    assert text.split(",")[0].split("\n")[0] in problem.message
    assert "position" in problem.message


@pytest.mark.django_db
def test_a_list_that_comes_again_changes_nothing_and_a_new_row_comes_in_between() -> None:
    text = "Area,Ability\nMarketing,Plan\n,Ship\n"
    first = save_framework(read(text))
    assert (first.created, save_framework(read(text)).changed) == (4, 0)
    save_framework(read("Area,Ability\nMarketing,Sell\n,Plan\n,Ship\n"))
    assert list(Ability.objects.values_list("code", flat=True)) == ["area-marketing", "sell", "plan", "ship"]
    assert Ability.history.filter(code="plan").values("id").distinct().count() == 1


CASES: list[tuple[str, str, int, int, int]] = [
    # file, slug, areas, abilities in them or alone, positions
    ("framework_three_columns.xlsx", "xlsx", 5, 15, 3),
    ("frame.csv", "csv", 2, 7, 0),
    ("zh_frame_kj_gr.csv", "csv", 12, 28, 0),
    ("zh_13_framework_chinese_headers.csv", "csv", 1, 1, 0),
    ("zh_11_graduation_requirements_wide.csv", "csv", 2, 3, 0),
    ("zh_24_graduation_requirements.xlsx", "xlsx", 12, 28, 0),
    ("17a_framework_plain.csv", "csv", 0, 2, 0),
    ("17c_framework_moodle.csv", "csv", 1, 1, 0),
]


@pytest.mark.django_db
@pytest.mark.parametrize(("name", "kind", "areas", "leaves", "positions"), CASES, ids=[case[0] for case in CASES])
def test_the_cases_go_in_and_change_nothing_the_second_time(
    shared: Path, name: str, kind: str, areas: int, leaves: int, positions: int
) -> None:
    path = shared / "cases" / name
    parsed = read_format(kind, path, slug="case")
    assert parsed.refusals == ()
    above = {row.parent for row in parsed.abilities} - {""}
    assert (len(above), len(parsed.abilities) - len(above), len(parsed.positions)) == (areas, leaves, positions)
    save_framework(parsed)
    again = save_framework(read_format(kind, path, slug="case"))
    assert (again.created, again.changed, again.removed) == (0, 0, 0)


def test_three_columns_give_each_position_its_requirements(shared: Path) -> None:
    parsed = read_format("xlsx", shared / "cases" / "framework_three_columns.xlsx", slug="data")
    assert needs(parsed)[:5] == [("data-scientist", code) for code in ("DS1", "DS2", "DS4", "DS9", "DS12")]
    assert [row.parent for row in parsed.abilities if row.code == "DS4"] == ["area-modelling"]
    assert len(parsed.requirements) == 13


def test_requirements_of_graduation_keep_their_numbers_as_codes(shared: Path) -> None:
    wide = tree(read_format("csv", shared / "cases" / "zh_11_graduation_requirements_wide.csv", slug="gr"))
    assert wide == [
        ("1", "", "思想政治"),
        ("1.1", "1", "理解社会主义核心价值观"),
        ("1.2", "1", "具备家国情怀"),
        ("2", "", "学科知识"),
        ("2.1", "2", "掌握经济管理基础知识"),
    ]
    parsed = read_format("xlsx", shared / "cases" / "zh_24_graduation_requirements.xlsx", slug="gr")
    assert tree(parsed)[:2] == [
        ("1", "", "思想政治"),
        ("1.1", "1", "能够在跨境电商情境中运用思想政治相关知识解决实际问题（1.1）"),
    ]
    assert parsed.abilities[0].statement.zh == "具备思想政治方面的基本素养与能力。"
    assert parsed.framework.title.zh == "跨境电子商务专业毕业要求及指标点分解表"


def test_moodle_names_the_framework_in_a_row_of_its_own(shared: Path) -> None:
    parsed = read_format("csv", shared / "cases" / "17c_framework_moodle.csv", slug="moodle")
    assert parsed.framework.title.en == "Frame"
    assert tree(parsed) == [("C1", "", "Area"), ("C1.1", "C1", "Plan")]
    assert parsed.abilities[0].statement.en == "d"


@pytest.mark.django_db
def test_a_list_that_was_saved_is_a_framework_like_any_other(shared: Path) -> None:
    save_framework(read_format("xlsx", shared / "cases" / "framework_three_columns.xlsx", slug="data"))
    framework = Framework.objects.get(slug="data")
    assert framework.positions.get(code="data-analyst").requirements.count() == 4
