"""What the matrix's script says; it has no catalogue of its own."""

from __future__ import annotations

from typing import Final

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

WORDS: Final = {
    "grid": gettext_noop("Courses by abilities"),
    "course": gettext_noop("Course"),
    "no_group": gettext_noop("Not stated"),
    "hours": gettext_noop("a course of {hours} hours"),
    "no_hours": gettext_noop("a course without stated hours"),
    "unmapped": gettext_noop("unmapped"),
    "not_mapped": gettext_noop("not mapped"),
    "level_mapped": gettext_noop("mapped, level not stated"),
    "level_I": gettext_noop("introduced"),
    "level_D": gettext_noop("developed"),
    "level_A": gettext_noop("assessed"),
    "percent": gettext_noop("{share} %"),
    "share": gettext_noop("{share} % of the course"),
    "share_assumed": gettext_noop("share not stated, assumed {share} %"),
    "proposed": gettext_noop("proposed, not accepted yet"),
    "disputed": gettext_noop("disputed"),
    "cell": gettext_noop("{course} × {ability}: {state}"),
    "saved": gettext_noop("All changes are saved."),
    "saving": gettext_noop("Saving {count} …"),
    "offline": gettext_noop(
        "No connection. {count} not saved yet: kept on this page and tried again; do not close it."
    ),
    "trouble": gettext_noop("The server has trouble. {count} not saved yet: kept on this page and tried again."),
    "signed_out": gettext_noop(
        "You are signed out. {count} not saved yet: sign in again in another tab, and they will be saved from here."
    ),
    "changes_one": gettext_noop("1 change"),
    "changes": gettext_noop("{count} changes"),
    "undone": gettext_noop("Undone: {cell}"),
    "redone": gettext_noop("Done again: {cell}"),
    "cells": gettext_noop("{count} cells"),
    "nothing_to_redo": gettext_noop("There is nothing to do again."),
    "copied": gettext_noop("Copied: {count} cells"),
    "bad_mark": gettext_noop("“{typed}” is neither a level, a strength, a tick nor a share. Nothing was pasted."),
    "left_out": gettext_noop("What was pasted is larger than the grid from here on; the rest was left out."),
    "conflict": gettext_noop("{cell}: now {theirs}, yours {mine}"),
    "and_more": gettext_noop("and {count} more"),
    "gaps": gettext_noop("Gaps now: {gaps}"),
    "gaps_from": gettext_noop("Gaps now: {gaps}, when the page was opened: {before}"),
    "nothing_to_undo": gettext_noop("There is nothing to undo on this page."),
    "bad_share": gettext_noop("A share is a number from 0 to 100; {typed} was not taken."),
    "typing": gettext_noop("{typed} % – Enter takes it, Escape leaves it"),
    "refused": gettext_noop("Not saved, the cell is as before: {reason}"),
    "forbidden": gettext_noop("you may not map courses any more"),
    "rows_shown": gettext_noop("{shown} of {all} courses are drawn; a filter finds the others."),
    "comments": gettext_noop("Comments"),
    "comments_open": gettext_noop("Comments ({count} open)"),
    "counts": gettext_noop("{courses} of {all_courses} courses and {abilities} of {all_abilities} abilities unmapped"),
}


def words() -> dict[str, str]:
    return {name: _(text) for name, text in WORDS.items()}
