"""What somebody says of a file is how it is read: columns, header, rows, sheets, letters, words, answers."""

from __future__ import annotations

from pathlib import Path
from time import process_time
from typing import Any

import pytest

from competencies.tabular.choices import NO_CHOICES, Choices, read_choices
from competencies.tabular.problems import UnreadableFile
from curricula.interchange import ParsedCurriculum, ReadSettings
from curricula.interchange.bundles import read_file
from tests.curricula.interchange.builders import codes, read, text, xlsx
from tests.places import ROOT, SHARED

ROWS = [["Code", "Benennung", "Project", "Type"], ["A1", "Export", 32, "C"], ["A2", "Import", 0, "E"]]


def chosen(data: bytes, **said: Any) -> ParsedCurriculum:
    return read(data, settings=ReadSettings(choices=Choices(**said)))


def column(parsed: ParsedCurriculum, name: str) -> Any:
    return next(c for table in parsed.recognised.tables for c in table.columns if c.name == name)


def doubts(parsed: ParsedCurriculum) -> dict[str, str]:
    return {doubt.code: doubt.answer for doubt in parsed.doubts}


def test_every_column_is_told_with_its_values_its_meaning_and_why() -> None:
    parsed = read(text(ROWS))
    assert [(c.name, c.samples, c.meaning, c.why) for c in parsed.recognised.tables[0].columns] == [
        ("Code", ("A1", "A2"), "code", "name"),
        ("Benennung", ("Export", "Import"), "", ""),
        ("Project", ("32", "0"), "operation", "name"),
        ("Type", ("C", "E"), "nature", "values"),
    ]


def test_a_column_is_read_as_it_was_said() -> None:
    parsed = chosen(text(ROWS), columns={"Benennung": "title", "Project": "theory", "Type": "-"})
    assert [(c.title_en, c.hours, c.required) for c in parsed.courses] == [
        ("Export", {"theory": 32}, None),
        ("Import", {"theory": 0}, None),
    ]
    assert column(parsed, "Project").why == "chosen"
    assert parsed.recognised.unused == ["Type"]


def test_a_chosen_column_goes_before_one_of_its_name() -> None:
    rows = [["Code", "Title", "Long name"], ["A1", "Exp.", "Export"]]
    assert [c.title_en for c in chosen(text(rows), columns={"Long name": "title"}).courses] == ["Export"]


def test_columns_of_one_name_are_chosen_one_by_one() -> None:
    rows = [["Code", "Title", "Hours", "Hours"], ["A1", "Export", 32, 16]]
    parsed = chosen(text(rows), columns={"Hours": "theory", "Hours #2": "operation"})
    assert [c.hours for c in parsed.courses] == [{"theory": 32, "operation": 16}]


def test_a_table_that_nobody_recognises_is_read_once_its_columns_are_said() -> None:
    rows = [["Kennung", "Benennung"], ["A1", "Export"]]
    with pytest.raises(UnreadableFile) as refusal:
        read(text(rows))
    assert refusal.value.recognised is not None
    assert [c.name for c in refusal.value.recognised.tables[0].columns] == ["Kennung", "Benennung"]
    parsed = chosen(text(rows), columns={"Kennung": "code", "Benennung": "title"})
    assert [(c.code, c.title_en) for c in parsed.courses] == [("A1", "Export")]


def test_the_header_stands_where_it_was_said() -> None:
    rows = [["Code", "Title", "Credits"], ["x", "y", 1], ["Code", "Title", "ECTS"], ["A1", "Export", 3]]
    parsed = chosen(text(rows), header={"": "3"})
    assert [(c.row, c.code, c.credits) for c in parsed.courses] == [(4, "A1", 3)]
    assert parsed.recognised.tables[0].header == "3"


def test_rows_are_left_out() -> None:
    rows = [["Code", "Title", "Credits"], *([f"A{n}", "Export", n] for n in range(1, 7))]
    assert [c.code for c in chosen(text(rows), skip={"": "3, 5-6"}).courses] == ["A1", "A3", "A6"]


def test_only_the_chosen_sheets_are_read_and_all_are_named() -> None:
    one = [["Code", "Title", "Credits"], ["A1", "Export", 3]]
    other = [["Code", "Title", "Credits"], ["B1", "Import", 3]]
    parsed = chosen(xlsx(one, sheet="Term 1", more={"Term 2": other}), sheets=("Term 2",))
    assert [c.code for c in parsed.courses] == ["B1"]
    assert [sheet.name for sheet in parsed.recognised.sheets] == ["Term 1", "Term 2"]


def test_letters_are_read_as_was_said_and_asked_where_they_were_guessed() -> None:
    data = "Code,Title,Credits\nA1,Women’s Studies,3\n".encode("cp1252")
    assert doubts(read(data)) == {"guessed_encoding": ""}
    parsed = chosen(data, encoding="cp1252")
    assert [c.title_en for c in parsed.courses] == ["Women’s Studies"]
    assert not parsed.doubts
    assert "guessed_encoding" not in codes(parsed.warnings)


def test_words_mean_what_was_said() -> None:
    rows = [["Code", "Title", "Nature", "Term"], ["A1", "Export", "P", "Herbst 1"], ["A2", "Import", "W", "Herbst 1"]]
    said = {"columns": {"Nature": "nature"}, "values": {"nature": {"P": "yes", "W": "no"}, "term": {"Herbst 1": "1"}}}
    parsed = chosen(text(rows), **said)
    assert [(c.required, c.term) for c in parsed.courses] == [(True, 1), (False, 1)]
    assert parsed.recognised.words == {"nature": {"P": "", "W": ""}, "term": {"Herbst 1": ""}}


def test_marks_of_an_unknown_set_mean_what_was_said() -> None:
    rows = [["Code", "Title", "1.1", "1.2"], ["A1", "Export", "T", "U"], ["A2", "Import", "U", "T"]]
    assert codes(read(text(rows)).refusals) == ["unknown_letters"]
    parsed = chosen(text(rows), values={"mark": {"T": "I", "U": "A"}})
    assert [(m.course, m.ability, m.level) for m in parsed.mappings] == [
        ("A1", "1.1", "I"),
        ("A1", "1.2", "A"),
        ("A2", "1.1", "A"),
        ("A2", "1.2", "I"),
    ]


@pytest.mark.parametrize(("answer", "hours"), [("operation", {"operation": 32}), ("simulation", {"simulation": 32})])
def test_practice_by_its_name_alone_is_asked(answer: str, hours: dict[str, float]) -> None:
    asked = read(text(ROWS))
    assert [(d.code, d.place, d.options[0][0]) for d in asked.doubts] == [
        ("practice_by_name", ("columns", "Project"), "operation")
    ]
    answered = chosen(text(ROWS), columns={"Project": answer})
    assert not answered.doubts
    assert answered.courses[0].hours == hours


@pytest.mark.parametrize(("answer", "read_as"), [("credits", (3, None)), ("total_hours", (None, 3))])
def test_three_hours_without_credits_are_asked(answer: str, read_as: tuple[float | None, float | None]) -> None:
    rows = [["Code", "Title", "Hours"], ["A1", "Export", 3], ["A2", "Import", 4]]
    assert doubts(read(text(rows))) == {"hours_are_credits": ""}
    parsed = chosen(text(rows), columns={"Hours": answer})
    assert not parsed.doubts
    assert (parsed.courses[0].credits, parsed.courses[0].total_hours) == read_as


PROGRAMS = [
    ["Code", "Title", "Program"],
    ["A1", "Export", "Trade"],
    ["B1", "Nets", "Networks"],
    ["A2", "Tax", "Trade"],
]


def test_of_several_programs_the_chosen_one_is_read() -> None:
    assert codes(read(text(PROGRAMS)).refusals) == ["several_programs"]
    parsed = chosen(text(PROGRAMS), answers={"several_programs": "Trade"})
    assert not parsed.refusals
    assert [c.code for c in parsed.courses] == ["A1", "A2"]
    assert doubts(parsed) == {"several_programs": "Trade"}


def test_of_the_sheets_of_several_programs_the_chosen_one_is_read() -> None:
    header = ["课程代码", "课程名称", "学分"]
    book = xlsx([header, ["A1", "导论", 3]], sheet="软件工程", more={"网络工程": [header, ["B1", "网络", 3]]})
    parsed = chosen(book, answers={"several_programs": "网络工程"})
    assert not parsed.refusals
    assert [c.code for c in parsed.courses] == ["B1"]


def test_destroyed_codes_are_taken_once_that_was_said() -> None:
    rows = [["Code", "Title", "Credits"], ["3.14E+11", "Export", 3], ["2026-03-01", "Import", 3]]
    assert doubts(read(text(rows))) == {"codes_scientific": "", "codes_dates": ""}
    parsed = chosen(text(rows), answers={"codes_scientific": "keep", "codes_dates": "keep"})
    assert all(doubts(parsed).values())


def test_symbols_without_a_legend_are_asked() -> None:
    rows = [["Code", "Title", "1.1", "1.2"], ["A1", "Export", "●", "○"], ["A2", "Import", "◎", "●"]]
    assert doubts(read(text(rows))) == {"symbols_without_level": ""}
    parsed = chosen(text(rows), answers={"symbols_without_level": "strengths"})
    assert [m.strength for m in parsed.mappings] == ["H", "L", "M", "H"]


@pytest.mark.parametrize(
    ("data", "told"),
    [
        ('{"schema": "talentgap.columns/1", "columns": {"A": "nonsense"}}', "columns/A: nonsense"),
        ('{"schema": "talentgap.columns/2"}', "schema"),
        ('{"colums": {}}', "colums"),
        ("no JSON", "JSON"),
    ],
)
def test_choices_that_say_nothing_known_are_refused(data: str, told: str) -> None:
    with pytest.raises(UnreadableFile, match=told):
        read(text(ROWS), settings=ReadSettings(choices=read_choices(data)))


def files() -> list[Path]:
    folders = (ROOT / "fixtures" / "demo", SHARED / "cases")
    found = (path for folder in folders if folder.exists() for path in sorted(folder.iterdir()))
    return [path for path in found if path.suffix in (".csv", ".xlsx", ".docx")]


@pytest.mark.parametrize("path", files(), ids=lambda path: path.name)
def test_what_was_found_and_is_said_again_reads_the_same(path: Path) -> None:
    """The JSON of --explain, given back by --columns."""
    try:
        found = read_file(path, name=path.name)
    except UnreadableFile:
        pytest.skip("is no curriculum")
    said = read_choices(found.recognised.as_choices(NO_CHOICES).text())
    again = read_file(path, name=path.name, settings=ReadSettings(choices=said))
    for part in ("courses", "prerequisites", "mappings", "groups", "fields"):
        assert getattr(again, part) == getattr(found, part)


def totals(*rows: list[Any]) -> list[tuple[str, float, float]]:
    parsed = read(text([["Code", "Title", "Credits"], *rows]))
    differing = [notice.row for notice in parsed.warnings if notice.code == "total_differs"]
    assert differing == [total.row for total in parsed.totals if total.stated != total.read]
    return [(total.label, total.stated, total.read) for total in parsed.totals]


def test_totals_of_the_file_stand_beside_what_was_read() -> None:
    first, second = [["A1", "Export", 3], ["A2", "Import", 4]], [["B1", "Tax", 5]]
    assert totals(*first, ["", "小计", 7], *second, ["", "小计", 5], ["", "合计", 12]) == [
        ("小计", 7, 7),
        ("小计", 5, 5),
        ("合计", 12, 12),
    ]
    assert totals(*first, ["", "Subtotal", 9]) == [("Subtotal", 9, 7)]


def test_a_total_of_courses_to_choose_from_is_no_difference_to_tell() -> None:
    rows = [["Code", "Title", "Credits"], ["", "Choose 1 of the following", ""], ["A1", "Export", 3], ["A2", "Law", 3]]
    parsed = read(text([*rows, ["", "Subtotal", 3]]))
    assert [(total.stated, total.read) for total in parsed.totals] == [(3, 6)]
    assert "total_differs" not in codes(parsed.warnings)


@pytest.mark.parametrize("grouped", [True, False])
def test_hours_of_an_unknown_kind_are_asked(grouped: bool) -> None:
    """Under a group of hours, or where they fill up the total."""
    names = ["Code", "Title", "Total Hours", "Lecture", "Kolloquium"]
    rows = [[f"A{n}", f"Course {n}", 48, 32, 16] for n in range(1, 5)]
    above = [["", "", "Contact hours", "Contact hours", "Contact hours"]] if grouped else []
    asked = read(text([*above, names, *rows]))
    assert doubts(asked) == {"hours_not_read": ""}
    answered = chosen(text([*above, names, *rows]), columns={asked.doubts[0].place[1]: "operation"})
    assert answered.courses[0].hours == {"theory": 32, "operation": 16}


def test_figures_that_are_no_hours_are_not_asked() -> None:
    rows = [[f"A{n}", f"Course {n}", 48, 32, 16, 20 + n] for n in range(1, 5)]
    assert not read(text([["Code", "Title", "Total Hours", "Lecture", "Lab", "Seats"], *rows])).doubts


def test_letters_that_were_confused_before_are_brought_back_where_that_is_said() -> None:
    confused = "Introducción".encode().decode("cp1252")
    data = text([["Code", "Title", "Credits"], ["A1", confused, 3]])
    assert doubts(read(data)) == {"mojibake": ""}
    assert [c.title_en for c in chosen(data, answers={"mojibake": "repair"}).courses] == ["Introducción"]
    assert [c.title_en for c in chosen(data, answers={"mojibake": "keep"}).courses] == [confused]


@pytest.mark.parametrize("title", ["São Paulo", "Ânimo", "课程—实践", "Étude à l’École", "ÄÖÜ"])
def test_letters_beyond_ascii_are_not_suspected(title: str) -> None:
    assert "mojibake" not in doubts(read(text([["Code", "Title", "Credits"], ["A1", title, 3]])))


def test_rows_that_are_left_out_a_thousand_times_cost_no_more_than_once() -> None:
    many = Choices(skip={"": ", ".join(["1-1000000", "2", "5-1"] * 1000)})
    start = process_time()
    assert list(many.rows_of("", [("a",)] * 3)) == [(), (), ()]
    assert process_time() - start < 5
    assert list(Choices(skip={"": "3-4, 1"}).rows_of("", "abcde")) == [(), "b", (), (), "e"]


def test_a_column_that_is_chosen_to_say_whether_hours_are_assumed_makes_no_file_ours():
    """Our own exports mean every sign that stands in them; anybody's “-” is blank and anybody's ★ is a mark."""
    rows = [["课程代码", "课程名称", "学分", "总学时", "备考"], ["A1", "★跨境电商", "3", "-", "是"]]
    course = chosen(text(rows), columns={"备考": "hours_assumed"}).courses[0]
    assert (course.title_zh, course.total_hours, course.hours_assumed) == ("跨境电商", None, True)
