"""Sentences for what can be wrong with a framework file."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from competencies.tabular.problems import Problems, UnreadableFile

MESSAGES = {
    # Values
    "missing_key": _("%(key)s is missing or empty."),
    "unknown_key": _("This name is not known, and what stands there was not read."),
    "unknown_value": _("“%(value)s” is not known here; known are %(choices)s."),
    "too_long": _("At most %(limit)d characters fit here."),
    "unstorable_text": _("The text holds a character that is none."),
    "not_positive": _("A number above 0 is expected here."),
    "bad_slug": _("A slug has letters, digits, “-” and “_” only."),
    "wrong_type": _("%(expected)s is expected here."),
    # Between rows
    "duplicate_code": _("The code “%(value)s” stands here a second time."),
    "duplicate_item": _("%(value)s stands here a second time."),
    "unknown_reference": _("“%(value)s” is not in this file."),
    "cycle": _("These areas lie in one another: %(codes)s."),
    "too_deep": _("Areas lie more than %(levels)d levels deep."),
    "repeated_term": _("The term “%(value)s” is listed twice for this ability and was read once."),
    "several_areas": _("Items that lie in several areas (%(count)s), where the first was taken: %(names)s"),
    "hidden_sheets": _("Hidden sheets were not read: %(names)s"),
    "unread_levels": _("Levels that were not read (%(count)s; known are I, D and A): %(names)s"),
    "ignored_columns": _("Columns that were not read (%(count)s): %(names)s"),
    # ESCO
    "codes_from_labels": _("The file gives no concept addresses, so codes were made from the labels."),
    "long_terms": _("%(value)s synonyms are longer than %(limit)d characters and were left out."),
}
FILE_MESSAGES = {
    "unreadable": _("The file cannot be opened."),
    "too_large": _("The file is larger than %(size)d MB."),
    "not_utf8": _("The file is not UTF-8: byte %(position)d cannot be read. Save it as UTF-8."),
    "bad_json": _("The file is not JSON: line %(line)d, character %(character)d cannot be read."),
    "json_beyond_limits": _(
        "The file is not JSON that can be read: a number is not finite, or it is nested too deep."
    ),
    "wrong_schema": _("This is not a framework file: its “schema” is not “%(schema)s”."),
    "unknown_format": _(
        "No framework was found in this file, which begins with “%(found)s”. Wanted: a list or a matrix of abilities "
        "or positions (Excel or CSV), a framework file of TalentGap, a CASE package, or tables of ESCO, O*NET or OSMT."
    ),
    "no_rows": _("The file holds no table of abilities: no row stands below a header."),
    "not_case": _("This is no CASE package: it has no “CFDocument”."),
    "not_osmt": _("This is no list of Rich Skill Descriptors: they have a “skillName” each."),
    "not_onet": _("No table of O*NET's elements or ratings was found, such as “Content Model Reference”."),
    "no_skills_file": _("The folder holds no file of skills, such as skills_en.csv."),
    "missing_columns": _("The file %(file)s has no column %(columns)s."),
    "not_utf8_table": _("The file %(file)s is not UTF-8."),
    "no_framework_columns": _(
        "No columns of a framework were found. Found: %(found)s. Wanted: a column of abilities (%(ability)s) with "
        "their codes, areas or descriptions beside it, or of positions (%(position)s) with their abilities."
    ),
    "bad_csv": _("The file %(file)s is not CSV."),
}


def framework_problems() -> Problems:
    return Problems(MESSAGES)


def unreadable(code: str, *, message: str = "", **facts: object) -> UnreadableFile:
    return UnreadableFile(code, str(FILE_MESSAGES[message or code]) % facts, **facts)
