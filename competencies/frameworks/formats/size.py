"""The bytes of a framework file, as many as an upload may have."""

from __future__ import annotations

from pathlib import Path

from django.conf import settings
from django.utils.translation import gettext as _

from competencies.tabular.problems import UnreadableFile


def framework_bytes(source: Path | bytes) -> bytes:
    try:
        check_framework_size(len(source) if isinstance(source, bytes) else source.stat().st_size)
        return source if isinstance(source, bytes) else source.read_bytes()
    except OSError as error:
        raise UnreadableFile("unreadable", _("The file cannot be opened.")) from error


def check_framework_size(size: int) -> None:
    if size > settings.MAX_UPLOAD_BYTES:
        message = _("The file is larger than %(size)d MB.") % {"size": settings.MAX_UPLOAD_BYTES // 2**20}
        raise UnreadableFile("too_large", message)
