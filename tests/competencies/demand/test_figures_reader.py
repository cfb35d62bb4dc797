from __future__ import annotations

from datetime import date

import pytest

from competencies.demand.readers.figures import ParsedFigures, read_figures
from competencies.demand.readers.periods import UnreadablePeriod, period
from competencies.tabular.column_names import unambiguous
from competencies.tabular.problems import UnreadableFile

POSITIONS = unambiguous([("P1", "P1"), ("Marketer", "P1"), ("营销员", "P1")])


def read(text: str) -> ParsedFigures:
    return read_figures(text.encode(), name="figures.csv", positions=POSITIONS)


def refused(text: str) -> list[tuple[int, str, str]]:
    return [(n.row, n.column, n.code) for n in read(text).refusals]


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("2025", "2025-01-01", "2025-12-31"),
        ("2025年", "2025-01-01", "2025-12-31"),
        ("2025年度", "2025-01-01", "2025-12-31"),
        ("2025.0", "2025-01-01", "2025-12-31"),
        ("2025届", "2025-01-01", "2025-12-31"),
        ("31.03.2025", "2025-03-31", "2025-03-31"),
        ("2024-02", "2024-02-01", "2024-02-29"),
        ("2025年3月", "2025-03-01", "2025-03-31"),
        ("2025 Q2", "2025-04-01", "2025-06-30"),
        ("2025年第四季度", "2025-10-01", "2025-12-31"),
        ("2025上半年", "2025-01-01", "2025-06-30"),
        ("2025 H2", "2025-07-01", "2025-12-31"),
        ("2025-03-31", "2025-03-31", "2025-03-31"),
        ("2024-09 – 2025-08", "2024-09-01", "2025-08-31"),
        ("2023-2025", "2023-01-01", "2025-12-31"),
        ("2024年9月至2025年8月", "2024-09-01", "2025-08-31"),
        ("2024-09-01 to 2025-08-31", "2024-09-01", "2025-08-31"),
    ],
)
def test_a_period_has_its_first_and_last_day(text: str, first: str, last: str) -> None:
    assert period(text) == (date.fromisoformat(first), date.fromisoformat(last))


@pytest.mark.parametrize("text", ["", "2024/25", "spring", "2025-13", "2025 – 2024", "2025-02-30", "1 – 2 – 3", "25"])
def test_what_is_no_period_is_refused(text: str) -> None:
    with pytest.raises(UnreadablePeriod):
        period(text)


def test_openings_and_graduates_stand_in_columns_of_their_own() -> None:
    parsed = read(
        'year,position,region,openings,graduates,source\n2025,Marketer,Beijing,"12,300",1.2万,Yearbook p. 4\n'
    )
    assert [(row.kind, row.position, row.number, row.citation) for row in parsed.rows] == [
        ("openings", "P1", 12_300, "Yearbook p. 4"),
        ("graduates", "P1", 12_000, "Yearbook p. 4"),
    ]
    assert parsed.warnings == ()


def test_a_row_may_say_which_kind_it_counts() -> None:
    parsed = read("开始,结束,指标,人数,岗位\n2024-09,2025-08,毕业生,350人,\n2025-01,2025-06,岗位需求,40,营销员\n")
    assert [(row.kind, row.position, row.first, row.last, row.number) for row in parsed.rows] == [
        ("graduates", "", date(2024, 9, 1), date(2025, 8, 31), 350),
        ("openings", "P1", date(2025, 1, 1), date(2025, 6, 30), 40),
    ]
    assert [notice.code for notice in parsed.warnings] == ["no_citation"]


@pytest.mark.parametrize(
    ("row", "column", "code"),
    [
        ("spring,,5", "year", "unreadable_period"),
        (",,5", "", "no_period"),
        ("2025,Baker,5", "position", "unknown_position"),
        ("2025,,-5", "openings", "unreadable_number"),
        ("2025,,5.5", "openings", "unreadable_number"),
        ("2025,,many", "openings", "unreadable_number"),
        ("2025,,inf", "openings", "unreadable_number"),
        ("2025,,", "", "no_figure"),
    ],
)
def test_a_row_that_cannot_be_taken_is_refused_with_its_place(row: str, column: str, code: str) -> None:
    assert refused(f"year,position,openings\n{row}\n") == [(2, column, code)]


def test_a_period_that_ends_before_it_begins_is_refused() -> None:
    assert refused("from,to,openings\n2025,2024,5\n") == [(2, "to", "ends_before_it_begins")]


def test_an_unknown_kind_is_refused() -> None:
    assert refused("year,kind,number\n2025,cats,5\n") == [(2, "kind", "unknown_kind")]


def test_one_figure_is_stated_once() -> None:
    parsed = read("year,openings\n2025,5\n2025,5\n2025,6\n")
    assert (parsed.duplicates, [(n.row, n.code) for n in parsed.refusals]) == (1, [(4, "stated_twice")])


@pytest.mark.parametrize(
    ("text", "code"), [("year,graduated\n2025,5\n", "missing_columns"), ("year,openings\n", "no_rows")]
)
def test_a_file_without_figures_is_refused_whole(text: str, code: str) -> None:
    with pytest.raises(UnreadableFile) as error:
        read(text)
    assert error.value.code == code


@pytest.mark.parametrize(
    ("header", "number"), [("需求人数（万人）", 12_000), ("Openings (thousands)", 1_200), ("Job vacancies", 12)]
)
def test_a_unit_above_the_numbers_counts(header: str, number: int) -> None:
    said = "12" if number == 12 else "1.2"
    parsed = read(f"统计年度,{header},来源\n2025,{said},Office\n")
    assert [row.number for row in parsed.rows] == [number]
