"""The whole database in one file and back, on either database: consistent while others work, whole or not at all."""

from __future__ import annotations

import hashlib
import io
import json
import os
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import IO, Any, Final
from zipfile import BadZipFile, ZipFile

from django.apps import apps
from django.core import serializers
from django.core.management.color import no_style
from django.db import connection, models, transaction
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.recorder import MigrationRecorder

from competencies.saving.archive import Exact

FORMAT: Final = "talentgap.backup/1"
MANIFEST: Final = "manifest.json"
BATCH: Final = 2000
# They name people by a number that is somebody else's after a restore: single rights, sessions, uploads that wait.
OF_THOSE_BEFORE: Final = (
    *("auth.group_permissions", "auth.user_user_permissions"),
    *("sessions.session", "curricula.signedin", "curricula.pendingimport", "curricula.work"),
)
# Made again by Django or of this machine only: rights, attempts to sign in.
LEFT_OUT: Final = (
    *("contenttypes.contenttype", "auth.permission", *OF_THOSE_BEFORE),
    "django_tasks_db.dbtaskresult",
    *("axes.accessattempt", "axes.accessattemptexpiration", "axes.accesslog", "axes.accessfailurelog"),
)


class UnfitArchive(Exception):
    """What is wrong with a backup, in words; nothing was changed."""


def kept_models() -> list[type[models.Model]]:
    """Every table that a backup holds, tables between two records included."""
    every = apps.get_models(include_auto_created=True)
    return [m for m in every if m._meta.managed and not m._meta.proxy and m._meta.label_lower not in LEFT_OUT]


def write_archive(path: Path) -> dict[str, int]:
    """Everything as it is at one moment, in a file that only its owner reads. Returns rows by table."""
    part, counts, sums = path.with_name(path.name + ".part"), {}, {}
    handle = os.open(part, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    try:
        with os.fdopen(handle, "wb") as file, ZipFile(file, "w", compression=8) as archive, _one_moment():
            for model in kept_models():
                label = model._meta.label_lower
                with archive.open(f"{label}.jsonl", "w", force_zip64=True) as entry:
                    counts[label], sums[label] = _write_rows(model, entry)
            told = {"format": FORMAT, "created": datetime.now(UTC).isoformat(), "migrations": _applied()}
            archive.writestr(MANIFEST, json.dumps(told | {"rows": counts, "sha256": sums}, indent=1))
        part.replace(path)
    finally:
        part.unlink(missing_ok=True)
    return counts


def read_archive(path: Path) -> dict[str, int]:
    """Puts the backup in the place of all that the database holds. Raises UnfitArchive before it changes anything."""
    try:
        with ZipFile(path) as archive:
            told = _checked_manifest(archive)
            with transaction.atomic():
                _empty()
                for label in told["rows"]:
                    _read_rows(archive, label)
                _reset_sequences()
            return dict(told["rows"])
    except (BadZipFile, KeyError, EOFError, ValueError, zlib.error) as error:
        raise UnfitArchive("this file is no backup of TalentGap, or it is damaged") from error


@contextmanager
def _one_moment() -> Iterator[None]:
    """All reads see the same moment, and nobody waits: a plain transaction would take SQLite's lock of writers."""
    isolation = " ISOLATION LEVEL REPEATABLE READ READ ONLY" if connection.vendor == "postgresql" else ""
    with connection.cursor() as cursor:
        cursor.execute("BEGIN" + isolation)
        try:
            yield
        finally:
            cursor.execute("ROLLBACK")


def _write_rows(model: type[models.Model], entry: IO[bytes]) -> tuple[int, str]:
    names, digest, count = [f.name for f in model._meta.concrete_fields], hashlib.sha256(), 0
    rows = model._base_manager.order_by("pk").iterator(chunk_size=BATCH)
    for row in rows:
        line = serializers.serialize("jsonl", [row], fields=names, cls=Exact).encode()
        digest.update(line)
        entry.write(line)
        count += 1
    return count, digest.hexdigest()


def _applied() -> list[str]:
    return sorted(f"{app}.{name}" for app, name in MigrationRecorder(connection).applied_migrations())


def _checked_manifest(archive: ZipFile) -> dict[str, Any]:
    told = json.loads(archive.read(MANIFEST))
    if told.get("format") != FORMAT:
        raise UnfitArchive(f"this backup is of the format {told.get('format')!r}; this program reads {FORMAT!r}")
    known = {f"{app}.{name}" for app, name in MigrationLoader(connection).disk_migrations}
    if newer := sorted(set(told["migrations"]) - known):
        raise UnfitArchive(f"this backup was made by a newer version, which has {newer[-1]}: install that one first")
    if missing := sorted(set(_applied()) - set(told["migrations"])):
        raise UnfitArchive(
            f"this backup was made by an older version, without {missing[0]}: restore it there, then upgrade"
        )
    for label, digest in told["sha256"].items():
        if _digest(archive, label) != digest:
            raise UnfitArchive(f"the backup is damaged: {label} is not what was written")
    return dict(told)


def _digest(archive: ZipFile, label: str) -> str:
    with archive.open(f"{label}.jsonl") as entry:
        return hashlib.file_digest(entry, "sha256").hexdigest()  # type: ignore[arg-type]


def _empty() -> None:
    """Rows of all tables, in any order: the database asks for its references when the transaction ends."""
    before = map(apps.get_model, OF_THOSE_BEFORE)
    with connection.cursor() as cursor:
        for model in (*kept_models(), *before):
            cursor.execute("DELETE FROM " + connection.ops.quote_name(model._meta.db_table))  # noqa: S608 - our own names


def _read_rows(archive: ZipFile, label: str) -> None:
    with archive.open(f"{label}.jsonl") as entry:
        for row in serializers.deserialize("jsonl", io.TextIOWrapper(entry, encoding="utf-8")):
            row.save(force_insert=True)


def _reset_sequences() -> None:
    statements = connection.ops.sequence_reset_sql(no_style(), kept_models())
    with connection.cursor() as cursor:
        for statement in statements:
            cursor.execute(statement)
