"""What is tried on a copy of a SQLite database neither changes the database nor keeps others from writing."""

from __future__ import annotations

import sqlite3

import pytest
from django.db.backends.sqlite3.base import DatabaseWrapper

from competencies.saving.on_a_copy import on_a_copy


@pytest.mark.django_db
def test_others_write_while_something_is_tried_and_nothing_of_it_stays(tmp_path, settings):
    settings.STATE_DIR = tmp_path
    path = tmp_path / "db.sqlite3"
    with sqlite3.connect(path) as made:
        made.execute("create table course (title text)")
    made.close()
    own = {"NAME": path, "OPTIONS": {"transaction_mode": "IMMEDIATE"}, "AUTOCOMMIT": True, "CONN_MAX_AGE": 0}
    tried = DatabaseWrapper(own | {"CONN_HEALTH_CHECKS": False, "TIME_ZONE": None}, "tried")
    with on_a_copy(tried), tried.cursor() as cursor:
        cursor.execute("begin immediate")
        cursor.execute("insert into course values ('tried')")
        with sqlite3.connect(path, timeout=0) as other:
            other.execute("insert into course values ('saved meanwhile')")
        other.close()
        assert [file.name for file in tmp_path.iterdir()] == ["db.sqlite3"], "the copy goes with the process"
        assert cursor.execute("select * from course").fetchall() == [("tried",)]
    with tried.cursor() as cursor:
        assert cursor.execute("select * from course").fetchall() == [("saved meanwhile",)]
    tried.close()
