"""What can be wrong with a file before anything in it is understood, under stable codes."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from .problems import UnreadableFile

_FAR_MORE = _("The workbook unpacks to far more than its size lets expect. Save the sheet with the rows as .csv.")

MESSAGES = {
    "cannot_open": _("The file cannot be opened: %(reason)s."),
    "empty_file": _("The file is empty."),
    "too_large": _("The file has %(size)d MB; at most %(most)d MB are read. Split it, or leave columns out."),
    "unknown_encoding": _("The file is neither UTF-8 nor UTF-16 nor GB18030 text. Save it as UTF-8 or as .xlsx."),
    "not_text": _("The file holds bytes that no text has. Save it as .csv or .xlsx."),
    "line_too_long": _("A line of the file is longer than a million characters."),
    "bad_csv": _("The table breaks off: %(reason)s. A quotation mark may be missing its second one."),
    "no_table": _(
        "The file is a picture, a PDF or an archive and holds no table. Tables are read from Excel (.xlsx, .xls), "
        "Word (.docx), .ods, .csv, .tsv, .html and .json files."
    ),
    "not_json": _("The file is not JSON lines: its first line is no JSON object."),
    "not_a_workbook": _(
        "The file is named as a workbook but is none. Save it as .xlsx or .csv from a spreadsheet program."
    ),
    "encrypted": _("The workbook is locked with a password. Save it without one."),
    "broken_workbook": _("The workbook is damaged. Open it in a spreadsheet program and save it again."),
    "broken_document": _("The Word file is damaged. Open it and save it again as .docx."),
    "too_long": _("The Word file is longer than any that is read. Save the pages with the tables as another file."),
    "no_table_in_word": _("The Word file holds no table; only tables are read."),
    "unpacks_too_large": _FAR_MORE,
    "too_many_cells": _FAR_MORE,
    "workbook_failed": _FAR_MORE,
    "too_much_memory": _(
        "Reading the file took more than %(megabytes)d MB of memory, and it was let go. Leave out sheets and columns "
        "that are not needed, or split it."
    ),
    "broke_off": _("The file could not be read to its end. Save it anew as .xlsx or .csv, and choose that one."),
    "bad_choices": _("The assignment of columns cannot be used: %(place)s: %(reason)s."),
    "bad_archive": _("The archive cannot be unpacked."),
}


def unreadable(code: str, **facts: object) -> UnreadableFile:
    return UnreadableFile(code, str(MESSAGES[code]) % facts, **facts)
