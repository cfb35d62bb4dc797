"""The wide matrix and the long mapping: what marks mean is decided by the whole file."""

import pytest

from curricula.interchange import ReadSettings
from tests.curricula.interchange.builders import accepted, codes, read, text, xlsx


def matrix(*marks, abilities=("A1", "A2")):
    return text(
        [["Course Code", "Course Title", *abilities], *([f"C{n}", f"T{n}", *row] for n, row in enumerate(marks, 1))]
    )


def found(parsed):
    return [
        (mapping.course, mapping.ability, mapping.level or mapping.strength, mapping.share)
        for mapping in parsed.mappings
    ]


@pytest.mark.parametrize(
    ("letters", "levels"),
    [
        ("IDA", "IDA"),
        ("IDM", "IDA"),
        ("IRM", "IDA"),
        ("PS", "AD"),
        ("IM", "IA"),
    ],
)
def test_the_set_of_letters_in_the_file_decides_their_levels(letters, levels):
    parsed = accepted(matrix(*([letter, letter] for letter in letters)))
    assert [mapping.level for mapping in parsed.mappings] == [level for level in levels for _ in (1, 2)]


@pytest.mark.parametrize("letters", ["HML", "HL", "hml", "高中低", "强中弱", "M"])
def test_high_medium_and_low_are_strengths_of_support_and_no_levels(letters):
    parsed = accepted(matrix(*([letter, letter] for letter in letters)))
    meant = {"高": "H", "强": "H", "中": "M", "低": "L", "弱": "L"}
    said = [meant.get(letter, letter.upper()) for letter in letters for _ in (1, 2)]
    assert [(row.level, row.strength) for row in parsed.mappings] == [("", letter) for letter in said]
    assert codes(parsed.warnings) == ["strengths_kept"]


def test_a_school_may_say_that_its_letters_are_levels():
    settings = ReadSettings(level_letters={"H": "A", "M": "D", "L": "I"})
    parsed = accepted(matrix(["H", "L"]), settings=settings)
    assert [(row.level, row.strength) for row in parsed.mappings] == [("A", ""), ("I", "")]


@pytest.mark.parametrize("tick", ["√", "✓", "✔", "x", "X", "1", "●", "*", "是"])
def test_a_tick_maps_without_a_level(tick):
    parsed = accepted(matrix([tick, ""], ["", tick]))
    assert found(parsed) == [("C1", "A1", "", None), ("C2", "A2", "", None)]


def test_zero_and_dashes_deny():
    assert found(accepted(matrix(["1", "0"], ["-", "1"]))) == [("C1", "A1", "", None), ("C2", "A2", "", None)]


def test_letters_that_belong_to_no_one_set_are_refused():
    assert codes(read(matrix(["H", "P"], ["I", "S"])).refusals) == ["ambiguous_levels"]


def test_an_unknown_letter_is_refused_where_it_stands():
    (refusal,) = read(matrix(["I", "D"], ["Q", "A"])).refusals
    assert (refusal.code, refusal.row, refusal.column, refusal.value) == ("unknown_level", 3, "A1", "Q")


def test_a_column_of_unknown_letters_only_is_refused_not_overlooked():
    assert codes(read(matrix(["I", "Q"], ["D", ""])).refusals) == ["unknown_level"]


def test_letters_can_be_told_by_the_school():
    parsed = accepted(matrix(["X", "Y"]), settings=ReadSettings(level_letters={"X": "I", "Y": "A"}))
    assert [mapping.level for mapping in parsed.mappings] == ["I", "A"]
    assert codes(read(matrix(["I", "Y"]), settings=ReadSettings(level_letters={"Y": "A"})).refusals) == [
        "unknown_level"
    ]


def test_several_levels_in_a_cell_count_as_the_highest():
    assert [m.level for m in accepted(matrix(["I,D", "IDA"], ["D/A", "I"])).mappings] == ["D", "A", "A", "I"]


def test_figures_are_shares_where_no_course_has_more_than_one():
    parsed = accepted(matrix(["0.5", "0.25"], ["", ".75"]))
    assert found(parsed) == [("C1", "A1", "", 0.5), ("C1", "A2", "", 0.25), ("C2", "A2", "", 0.75)]
    assert codes(parsed.warnings) == ["shares_assumed"]


def test_percentages_are_shares():
    assert [m.share for m in accepted(matrix(["30%", "70%"])).mappings] == [0.3, 0.7]
    parsed = accepted(matrix(["30", "70"], ["50", "50"]))
    assert ([m.share for m in parsed.mappings], codes(parsed.warnings)) == ([0.3, 0.7, 0.5, 0.5], ["percent_assumed"])


def test_one_to_three_are_strengths():
    parsed = accepted(matrix(["3", "2"], ["", "1"]))
    assert ([m.strength for m in parsed.mappings], codes(parsed.warnings)) == (["H", "M", "L"], ["strengths_assumed"])


def test_weights_that_sum_to_one_in_each_column_are_no_shares_of_a_course():
    parsed = accepted(matrix(["0.7", "0.5"], ["0.3", "0.5"]))
    assert ([m.share for m in parsed.mappings], codes(parsed.warnings)) == ([None] * 4, ["column_weights"])


def test_a_level_with_its_weight_gives_both():
    assert found(accepted(matrix(["H(0.3)", "M0.2"], ["L/0.5", ""]))) == [
        ("C1", "A1", "H", 0.3),
        ("C1", "A2", "M", 0.2),
        ("C2", "A1", "L", 0.5),
    ]


@pytest.mark.parametrize(
    ("marks", "code"),
    [
        ([["0.7", "0.6"], ["0.2", "0.1"]], "share_sum"),
        ([["1.5", "0.6"], ["0.2", "0.1"]], "share_out_of_range"),
        ([["-1", "0.6"], ["0.2", "0.1"]], "negative_number"),
        ([["1e999", "0.6"], ["0.2", "0.1"]], "infinite"),
    ],
)
def test_figures_that_cannot_be_shares_are_refused(marks, code):
    assert code in codes(read(matrix(*marks)).refusals)


def test_two_header_rows_with_merged_requirements_and_modules():
    rows = [
        ["课程与毕业要求对应矩阵", *[""] * 6],
        ["课程模块", "课程名称", "毕业要求1", "", "毕业要求2", "", ""],
        ["", "", "1.1", "1.2", "2.1", "2.2", "2.3"],
        ["通识", "大学英语", "H", "", "M", "", ""],
        ["", "体育", "", "L", "", "", ""],
        ["专业", "数据分析", "", "", "H", "H", ""],
    ]
    for data in (xlsx(rows, merged=["A1:G1", "A2:A3", "B2:B3", "C2:D2", "E2:G2", "A4:A5"]), text(rows)):
        parsed = accepted(data)
        assert (parsed.layout, parsed.courses) == ("matrix", ())
        assert [(m.row, m.course, m.ability, m.strength) for m in parsed.mappings] == [
            (4, "大学英语", "1.1", "H"),
            (4, "大学英语", "2.1", "M"),
            (5, "体育", "1.2", "L"),
            (6, "数据分析", "2.1", "H"),
            (6, "数据分析", "2.2", "H"),
        ]


def test_points_that_repeat_under_each_requirement_are_named_with_it():
    rows = [
        ["课程名称", "毕业要求1", "", "毕业要求2", ""],
        ["", "甲", "乙", "甲", "乙"],
        ["英语", "√", "", "", "√"],
        ["体育", "", "√", "", ""],
    ]
    assert [m.ability for m in accepted(text(rows)).mappings] == ["毕业要求1 甲", "毕业要求2 乙", "毕业要求1 乙"]


def test_a_matrix_names_the_courses_it_speaks_of_but_states_nothing_else_about_them():
    parsed = accepted(matrix(["I", ""], ["", "D"]))
    assert [(course.code, course.title_en, course.credits) for course in parsed.courses] == [
        ("C1", "T1", None),
        ("C2", "T2", None),
    ]
    assert parsed.fields == ("code", "title_en")
    assert codes(parsed.warnings) == []


@pytest.mark.parametrize("corner", ["课程＼毕业要求", "课程/能力", "毕业要求\\课程名称", "Course \\ Outcome"])
def test_the_corner_of_a_matrix_may_name_both_sides_and_its_sums_are_no_ability(corner):
    rows = [[corner, "甲", "乙", "合计"], ["英语", "H", "", "1"], ["体育", "", "M", "1"], ["数学", "H", "L", "2"]]
    parsed = accepted(text(rows))
    assert [(m.course, m.ability) for m in parsed.mappings] == [
        ("英语", "甲"),
        ("体育", "乙"),
        ("数学", "甲"),
        ("数学", "乙"),
    ]


def test_a_plan_with_a_matrix_beside_it_gives_both():
    rows = [
        ["课程代码", "课程名称", "学分", "学期", "毕业要求1", "毕业要求2"],
        ["A", "甲", "2", "1", "H", ""],
        ["B", "乙", "3", "2", "", "M"],
    ]
    parsed = accepted(text(rows))
    assert [course.credits for course in parsed.courses] == [2, 3]
    assert found(parsed) == [("A", "毕业要求1", "H", None), ("B", "毕业要求2", "M", None)]


def test_a_long_mapping_reads_every_column():
    rows = [
        ["course", "ability", "level", "share", "evidence", "rater"],
        ["C1", "Data analysis, basic", "I", "0.3", "final exam", "r1"],
        ["C1", "B", "D", "30%", "", "r1"],
        ["C2", "B", "", "", "", ""],
    ]
    parsed = accepted(text(rows))
    assert parsed.layout == "mapping"
    assert found(parsed) == [("C1", "Data analysis, basic", "I", 0.3), ("C1", "B", "D", 0.3), ("C2", "B", "", None)]
    assert (parsed.mappings[0].evidence, parsed.mappings[0].rater) == ("final exam", "r1")


@pytest.mark.parametrize(
    "header",
    [
        ["课程代码", "能力", "等级", "权重", "依据"],
        ["课程编码", "毕业要求指标点", "支撑强度", "支撑权重", "支撑材料"],
        ["Course Code", "Ability Code", "Level", "Weight", "Evidence"],
        ["course_code", "competency", "proficiency", "share", "source"],
    ],
)
def test_a_long_mapping_is_known_by_many_words(header):
    parsed = accepted(
        text([["题目"], header, ["C1", "X", "Introduced", "0.5", "试卷"], ["C2", "X", "Mastered", "", ""]])
    )
    assert found(parsed) == [("C1", "X", "I", 0.5), ("C2", "X", "A", None)]


@pytest.mark.parametrize(
    ("row", "code"),
    [
        (["C1", "X", "Q", "", ""], "unknown_level"),
        (["C1", "X", "I", "1.2", ""], "share_out_of_range"),
        (["C1", "X", "I", "-0.2", ""], "negative_number"),
        (["C1", "X", "I", "half", ""], "unreadable_number"),
        (["", "X", "I", "", ""], "missing_course"),
        (["C1", "", "I", "", ""], "missing_ability"),
        (["C9", "Y", "D", "", ""], "duplicate_mapping"),
        (["C9", "Z", "D", "0.6", ""], "share_sum"),
    ],
)
def test_a_bad_row_of_a_long_mapping_is_refused_with_its_place(row, code):
    rows = [["course", "ability", "level", "share", "evidence"], ["C9", "Y", "I", "0.5", ""], row]
    (refusal,) = read(text(rows)).refusals
    assert (refusal.row, refusal.code) == (3, code)


def test_raters_may_differ_and_each_has_a_whole_course_to_share_out():
    rows = [["course", "ability", "level", "share", "rater"], ["C", "X", "I", "0.9", "a"], ["C", "X", "D", "0.8", "b"]]
    assert len(accepted(text(rows)).mappings) == 2


def test_the_same_mapping_twice_is_taken_once():
    rows = [["course", "ability", "level"], ["C", "X", "I"], ["C", "X", "I"]]
    parsed = accepted(text(rows))
    assert (len(parsed.mappings), codes(parsed.warnings)) == (1, ["identical_mapping"])


def test_mappings_by_title_find_the_code_of_a_course_in_the_same_workbook():
    courses = [["Code", "Title", "Credits"], ["C1", "Maths", 3]]
    parsed = accepted(
        xlsx(courses, sheet="Courses", more={"Mappings": [["course", "ability"], ["Maths", "X"], ["c1", "Y"]]})
    )
    assert [mapping.course for mapping in parsed.mappings] == ["C1", "C1"]


def test_strengths_and_weights_come_back_from_our_own_export():
    rows = [
        ["course", "ability", "level", "share", "evidence", "rater", "support strength", "weight in ability"],
        ["C1", "A", "I", "", "", "", "H", "0.3"],
        ["C1", "B", "", "", "", "", "", ""],
    ]
    assert [(m.level, m.strength, m.weight) for m in accepted(text(rows)).mappings] == [
        ("I", "H", 0.3),
        ("", "", None),
    ]


@pytest.mark.parametrize(
    ("known_from", "evidence", "read"),
    [
        ("", "Syllabus", "syllabus"),
        ("", "教学大纲", "syllabus"),
        ("", "syllabus of 2024, page 3", ""),
        ("artefact", "syllabus", "artefact"),
        ("Shown by students' work", "", "artefact"),
        ("考核", "", "assessed"),
        ("", "", ""),
    ],
)
def test_how_a_mapping_is_known_is_read_from_its_column_or_from_evidence_that_says_nothing_else(
    known_from, evidence, read
):
    rows = [["course", "ability", "known from", "evidence"], ["C1", "A", known_from, evidence]]
    assert [mapping.provenance for mapping in accepted(text(rows)).mappings] == [read]


def test_a_word_that_does_not_say_how_it_is_known_is_refused_with_the_words_that_do():
    (refusal,) = read(text([["course", "ability", "known from"], ["C1", "A", "hearsay"]])).refusals
    assert (refusal.row, refusal.column, refusal.value) == (2, "known from", "hearsay")
    assert "declared, syllabus, assessed, artefact" in refusal.message
