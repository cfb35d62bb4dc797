"""A file on its way into a curriculum: kept after the upload, tried for the preview, then saved or thrown away."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

from django.conf import settings
from django.db import transaction

from competencies.models import Framework
from curricula.interchange.aliases import has_chinese
from curricula.interchange.bundles import read_file
from curricula.interchange.parsed import LIMITS, ParsedCurriculum, ReadSettings
from curricula.models import PendingImport, Program, School
from curricula.records.outcome import ImportOutcome
from curricula.records.saving import import_curriculum


@dataclass(frozen=True)
class Preview:
    """What the file says, and what saving it would do."""

    parsed: ParsedCurriculum
    outcome: ImportOutcome


def read_settings(school: School) -> ReadSettings:
    limits = replace(LIMITS, max_bytes=settings.MAX_UPLOAD_BYTES)
    return ReadSettings(hours_per_week=school.hours_per_week, limits=limits)


@transaction.atomic
def keep_upload(
    user: Any,
    *,
    kind: str,
    name: str,
    content: bytes,
    target: str,
    framework: Framework,
    options: dict[str, Any],
) -> PendingImport:
    """Keep a file for its preview, in place of the one before it for the same target.

    Files that nobody came back for are thrown away on the way.
    """
    PendingImport.objects.expired().delete()
    PendingImport.objects.filter(user=user, kind=kind, target=target).delete()
    return PendingImport.objects.create(
        user=user, kind=kind, name=name[:300], content=content, target=target, framework=framework, options=options
    )


def preview_upload(pending: PendingImport, *, school: School) -> Preview:
    """Try the import and take it back. Raises UnreadableFile."""
    return _run(pending, school, dry_run=True)


def save_upload(pending: PendingImport, *, school: School) -> Preview:
    """Save the file whole or not at all; once saved it is no longer kept. Raises UnreadableFile."""
    done = _run(pending, school, dry_run=False)
    if done.outcome.saved:
        pending.delete()
    return done


def _run(pending: PendingImport, school: School, *, dry_run: bool) -> Preview:
    parsed = read_file(bytes(pending.content), name=pending.name, settings=read_settings(school))
    with transaction.atomic():
        _ensure_program(pending, school)
        outcome = import_curriculum(
            parsed, key=pending.target, framework=pending.framework, create=True, dry_run=dry_run
        )
        if dry_run or outcome.refusals:
            transaction.set_rollback(True)
    return Preview(parsed, outcome)


def _ensure_program(pending: PendingImport, school: School) -> None:
    """A new program gets the title that was typed; the import alone would only know its short name."""
    slug = pending.target.split("/")[1]
    titles = in_its_language(pending.options.get("program_title") or slug)
    Program.objects.get_or_create(school=school, slug=slug, defaults=titles)


def in_its_language(title: str) -> dict[str, str]:
    """The field of a bilingual record that a typed title belongs to."""
    return {"title_zh" if has_chinese(title) else "title_en": title}
