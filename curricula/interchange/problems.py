"""The words for everything that can be wrong in a curriculum file, each under a stable code."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any

from django.utils.translation import gettext_lazy as _

from competencies.tabular import problems as tabular
from competencies.tabular.problems import Problem, UnreadableFile, some
from competencies.tabular.safe_cells import FAILED
from curricula.fields.plan import too_many
from curricula.fields.values import PROBLEMS

__all__ = ["FILE_ERRORS", "MESSAGES", "Problems", "in_our_words", "refuse_too_many", "some", "unreadable"]

_NO_TABLE = _("The file holds bytes that no table has; send a workbook or a CSV file.")
_NOT_WHAT_IT_SEEMS = _(
    "The file is not the workbook or the text that it seems to be; save it again as .xlsx or as CSV."
)

FILE_ERRORS = {
    "empty_file": _("The file is empty; choose the file that holds the courses."),
    "too_large": _("The file is larger than %(limit)s MB; send the courses only, or several smaller files."),
    "unpacks_too_large": _(
        "The workbook unpacks to more than %(limit)s MB; save the sheet with the courses as a new file."
    ),
    "too_many_cells": _(
        "A table reaches to row %(rows)s and column %(columns)s; at most %(max_rows)s rows and %(max_columns)s "
        "columns are read. Delete what stands far from the courses."
    ),
    "workbook_failed": _(
        "The workbook could not be opened: it is damaged, or claims more cells than fit into memory. "
        "Copy the table into a new workbook."
    ),
    "not_a_workbook": _NOT_WHAT_IT_SEEMS,
    "broken_workbook": _NOT_WHAT_IT_SEEMS,
    "encrypted": _("The workbook is protected by a password; remove the password and send it again."),
    "not_text": _NO_TABLE,
    "bad_archive": _NO_TABLE,
    "unknown_encoding": _("The letters of the file cannot be read; save it as CSV in UTF-8."),
    "no_table_in_word": _("The Word file holds no table; courses are read from tables only."),
    "bad_csv": _("The file cannot be split into cells; look for a quotation mark that is never closed."),
    "missing_columns": _(
        "No table of courses was found. Looked for a column with course codes or titles (%(wanted)s) beside "
        "credits, hours, terms or abilities; found: %(found)s."
    ),
    "blank_template": _(
        "This is a blank template: enter the courses under “%(header)s”, one in each row, and send it again."
    ),
    "outcomes_in_rows": _(
        "The abilities stand in the rows of this file (%(found)s) and the courses in its columns; turn the table, so "
        "that each course has a row, and send it again."
    ),
    "marks_of_students": _(
        "This file is a list of students' marks (%(found)s) and holds no courses; send the plan or the mapping "
        "instead."
    ),
    "framework_file": _(
        "This file lists learning outcomes but no courses (%(found)s); import it as a framework instead."
    ),
}

MESSAGES = PROBLEMS | {
    "no_rows": _("The columns were recognised, but no course stands under them; enter one in each row."),
    "absurd_hours": _("%(value)s hours are more than a course can have (%(limit)s); correct the figure."),
    "absurd_credits": _("%(value)s credits are more than a course can have (%(limit)s); correct the figure."),
    "term_out_of_range": _("“%(value)s” is no term; write 1 for the first term of the first year, at most %(limit)s."),
    "sections_gathered": _("Rows of sections were gathered into their courses (%(count)s): %(names)s"),
    "sections_differ": _(
        "Course “%(value)s” stands in row %(first)s with other values (%(names)s); its sections must say the same."
    ),
    "missing_group_title": _("The row names no elective group; add its title, or delete the row."),
    "duplicate_group": _("Elective group “%(value)s” already stands in row %(first)s; give each a title of its own."),
    "missing_code_and_title": _("The row has neither a code nor a title; add one, or delete the row."),
    "duplicate_code": _("Course “%(value)s” already stands in row %(first)s; give each course a code of its own."),
    "text_too_long": _("The cell holds %(length)s characters, at most %(limit)s are taken; shorten it."),
    "prerequisite_cycle": _("These courses require each other in a circle: %(cycle)s; remove one prerequisite."),
    "self_prerequisite": _("Course “%(value)s” requires itself; remove the prerequisite."),
    "unknown_level": _("“%(value)s” is not a level here; use one set of letters in the file (%(sets)s), or a tick."),
    "several_marks": _(
        "“%(value)s” holds several marks for one ability; write one mark, or name the indicator of each, as in "
        "H(1.1) M(1.2)."
    ),
    "unknown_provenance": _("“%(value)s” does not say how it is known; write one of these words: %(words)s."),
    "ambiguous_levels": _(
        "The letters %(letters)s do not belong to one set; use one of %(sets)s throughout the file."
    ),
    "share_out_of_range": _("Share “%(value)s” is not between 0 and 1; write 0.3 or 30%%."),
    "share_sum": _("The shares of course “%(course)s” sum to %(value)s; they may sum to 1 at most."),
    "duplicate_mapping": _(
        "Course “%(course)s” and ability “%(ability)s” already stand in row %(first)s with other values."
    ),
    "duplicate_ability": _(
        "Two columns are called “%(value)s”; a spreadsheet shows 1.10 as 1.1. Give each ability one column, and write "
        "its code as text."
    ),
    "missing_course": _("The row names no course; add its code or its title."),
    "missing_ability": _("The row names no ability; add its code or its title."),
    "several_programs": _("The file holds several programs (%(names)s); send each program in a file of its own."),
    "identical_course": _("Course “%(value)s” stands in two sheets with the same values; it is taken once."),
    "identical_mapping": _("Course “%(course)s” and ability “%(ability)s” stand twice; they are taken once."),
    "codes_scientific": _(
        "A spreadsheet has rounded %(count)s codes (%(names)s); their digits are lost. Format the column as text in "
        "the file that they come from, and send it again."
    ),
    "codes_dates": _(
        "A spreadsheet has turned %(count)s codes into dates (%(names)s); format the column as text and "
        "enter them again."
    ),
    "codes_short": _(
        "%(count)s codes are shorter than those that begin with 0 (%(names)s); a spreadsheet may have taken "
        "their 0 away."
    ),
    "derived_code": _("Courses without a code (%(count)s), where the title stands in for it: %(names)s"),
    "code_from_id": _("Code “%(value)s” stands for several courses; the Course ID was added to tell them apart."),
    "weeks_to_hours": _("“%(value)s” was counted as %(hours)s hours of operation, %(rate)s a week (assumed)."),
    "hours_from_credits": _(
        "Courses that state credits only (%(count)s), where %(rate)s hours a credit were assumed: %(names)s"
    ),
    "hours_from_weekly": _("%(weekly)s hours a week for %(weeks)s weeks were counted as %(hours)s hours (assumed)."),
    "weekly_over_terms": _(
        "“%(value)s” hours a week stand over several terms and nothing says for how many weeks; the hours stay open. "
        "Add a column of total hours."
    ),
    "rest_as_theory": _(
        "Courses that state a total and their practice only (%(count)s), where the rest was taken as theory "
        "(assumed): %(names)s"
    ),
    "hours_sum": _("The hours by mode sum to %(value)s, the total says %(total)s; check the figures."),
    "total_differs": _(
        "“%(value)s” states %(stated)s; the courses above it that were read come to %(read)s. Look for a row that is "
        "missing or read twice."
    ),
    "bracket_ignored": _("Of “%(value)s” only the figure before the bracket was taken."),
    "not_counted": _("“%(value)s” was read as credits that do not count towards the degree."),
    "no_figure": _("“%(value)s” is no figure of hours; the cell was left open."),
    "first_taken": _("Of “%(value)s” the first figure was taken."),
    "hours_each_term": _("“%(value)s” over %(terms)s terms was counted as %(hours)s hours."),
    "sum_assumed": _("“%(value)s” was taken as the sum of its parts."),
    "date_as_term": _("The spreadsheet had turned the term into the date %(value)s; it was taken as %(term)s."),
    "season_ignored": _(
        "Courses that name a season or every term, so that their term stays open (%(count)s): %(names)s"
    ),
    "unreadable_term": _("“%(value)s” was not understood as a term; the course has none."),
    "other_terms": _(
        "“%(value)s” is one of three or four terms a year, and a year of a plan has two; courses under such names "
        "have no term. Write the term as it counts through the years, such as 3 for the first of the second year."
    ),
    "short_term": _("“%(value)s” was read as the short term that ends a year and counted with term %(term)s."),
    "term_from_heading": _("Terms were taken from what stands above the courses, such as “%(value)s”."),
    "year_and_term": _("Terms such as “%(value)s” were taken as year and term."),
    "module_sums": _("“%(value)s” names no course; its figures were taken for the sums of a module."),
    "row_skipped": _("“%(value)s” has no code and no figures; it was taken for a remark, not for a course."),
    "duplicate_column": _("“%(value)s” says the same as “%(first)s”; only the first was read."),
    "missing_hours": _("Courses that state no hours (%(count)s): %(names)s"),
    "missing_split": _(
        "Courses that state a total but no hours by mode, such as theory and practice (%(count)s): %(names)s"
    ),
    "missing_credits": _("Courses that state no credits (%(count)s): %(names)s"),
    "missing_terms": _("Courses that state no term (%(count)s): %(names)s"),
    "external_prerequisite": _("“%(value)s” is not a course of this file; it is kept as an external prerequisite."),
    "alternative_prerequisites": _(
        "“%(value)s” offers a choice of courses; it is kept in these words and links to none of them, because none of "
        "them alone is required."
    ),
    "and_or_mixed": _(
        "“%(value)s” has “and” beside “or” without brackets; it was read as: %(read)s. Cells of this kind: %(count)s."
    ),
    "comma_after_or": _(
        "“%(value)s” has a comma after “or”; it was read as: %(read)s. Cells of this kind: %(count)s."
    ),
    "and_in_choice": _(
        "“%(value)s” has “and” in a list to choose from; it was read as: %(read)s. Cells of this kind: %(count)s."
    ),
    "bar_as_and": _(
        "“|” between prerequisites, as in “%(value)s”, was read as “and”; write “or” where one is enough."
    ),
    "words_beside_prerequisite": _(
        "Of prerequisites in prose, such as “%(value)s”, the courses were kept and the other words were not."
    ),
    "ambiguous_prerequisite": _("Several courses are called “%(value)s”; name the prerequisite by its code."),
    "levels_assumed": _("Level letters %(letters)s were read as %(meaning)s."),
    "strengths_kept": _("H (strong), M (medium) and L (weak) were read as strengths of support, not as levels."),
    "strengths_assumed": _(
        "The figures 1, 2, 3 were read as strengths of support (weak, medium, strong), not as levels."
    ),
    "shares_assumed": _("The figures were read as shares of a course; in each course they may sum to 1 at most."),
    "percent_assumed": _("The figures were read as percent of a course, because each course has 100 in all."),
    "column_weights": _(
        "The figures sum to 1 in each column: they say how an ability is made up, not how a course is spent; "
        "they were kept as weights of the ability."
    ),
    "hidden_sheets": _("Hidden sheets were not read: %(names)s"),
    "ignored_sheets": _("Sheets without courses or abilities were not read: %(names)s"),
    "outcomes_not_read": _(
        "The learning outcomes in the file were not read; map courses to abilities after the import."
    ),
    "marks_of_titles": _(
        "Marks at titles, such as “%(value)s”, are no part of them; what they mean was kept in the note."
    ),
    "unknown_letters": _(
        "The letters %(value)s under %(columns)s are no levels here; use one set of letters in the file (%(sets)s), "
        "or a tick."
    ),
    "symbols_without_level": _(
        "The symbols %(value)s were all read as ticks without a level, because no line of the file says what each "
        "means; add one, such as ●强 ◎中 ○弱."
    ),
    "symbols_by_legend": _("The symbols were read as the file explains them: %(value)s."),
    "module_from_sheet": _("The sheet's name “%(value)s” was taken for the module of its courses."),
    "choice_row": _(
        "“%(value)s” was taken for the heading of a group, not for a course; its figures were not counted."
    ),
    "elective_row": _("“%(value)s” stands for whatever students choose; it was kept as one course, with its figures."),
    "elective_row_above": _(
        "“%(value)s” was kept as one course, with its figures, though the %(count)s courses below it may be its "
        "options (%(names)s). If they are, write above them how much is chosen, such as “choose 6 credits of the "
        "following”."
    ),
    "elective_group": _(
        "“%(value)s”: of these %(count)s courses students take some only (%(names)s); the part that is chosen counts."
    ),
    "table_beside": _(
        "“%(value)s” stands behind an empty column and lists something else than the courses; it was not read."
    ),
    "hours_a_week": _(
        "%(value)s: these hours are so few that they were read as hours each week and counted for all weeks of a term "
        "(16 unless set; assumed)."
    ),
    "hours_are_credits": _(
        "“%(column)s” holds %(value)s and nothing else names credits: it was read as credits, not as hours of a term."
    ),
    "few_hours": _(
        "“%(column)s” holds %(value)s only, too few for a whole term; if they are hours a week or credits, name the "
        "column so."
    ),
    "nature_by_letters": _(
        "The letters %(value)s were read as: C, R, M must be taken, E, O may be chosen; check that they mean this."
    ),
    "practice_by_name": _("“%(value)s” was read as hours of practice (operation); check that it holds practice."),
    "hours_not_read": _(
        "“%(value)s” holds hours of a kind that is not known here; they were not read. Name the column theory, "
        "demonstration, experiment, simulation, practice or assessment."
    ),
    "error_cell": FAILED,
    "mojibake": _("Letters such as in “%(value)s” look as if another program had confused them."),
    "guessed_encoding": _("The letters of the file were read as %(value)s by guessing; look at the titles."),
}


def unreadable(code: str, **words: object) -> UnreadableFile:
    return UnreadableFile(code, str(FILE_ERRORS[code]) % words, **words)


def refuse_too_many(**counts: int) -> None:
    """Raise UnreadableFile where no plan may hold so much; asked early, before the rest is worked on."""
    if words := too_many(**counts):
        raise UnreadableFile("too_many", words)


@contextmanager
def in_our_words() -> Iterator[None]:
    """What is wrong with a file before it is understood, said to somebody who sends courses."""
    try:
        yield
    except UnreadableFile as error:
        if error.code not in FILE_ERRORS or error.recognised:
            raise
        raise unreadable(error.code, **{"limit": error.facts.get("most"), **error.facts}) from error


class Problems(tabular.Problems):
    """Refusals, warnings and doubts in the words of who sends courses."""

    def __init__(self, answers: Mapping[str, str] | None = None) -> None:
        super().__init__(MESSAGES, answers=answers or {})

    def problem(self, code: str, **words: Any) -> Problem:
        return super().problem(code, **{"example": 48} | words)
