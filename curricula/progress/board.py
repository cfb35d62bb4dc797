"""Where work that is going on leaves a note of how far it is, and finds one that says to stop.

They are files of the state folder and not rows: while a large file is tried out on SQLite, nobody else can write one.
"""

from __future__ import annotations

import json
import time
from contextlib import suppress
from pathlib import Path
from typing import Any

from django.conf import settings


def post(handle: str, said: dict[str, Any]) -> None:
    """Say how far it is, in place of what was said before."""
    note = _path(handle, "json")
    part = note.with_suffix(".part")
    part.write_text(json.dumps(said), encoding="utf-8")
    part.chmod(0o600)
    part.replace(note)


def said(handle: str) -> dict[str, Any]:
    """What it said last; nothing where it said nothing yet."""
    try:
        return dict(json.loads(_path(handle, "json").read_text(encoding="utf-8")))
    except (OSError, ValueError):
        return {}


def be_seen(handle: str) -> None:
    """Say that somebody is still at it."""
    _path(handle, "alive").touch(mode=0o600)


def silent_for(handle: str) -> float:
    """Seconds since somebody was last seen at it; endless where nobody ever was."""
    try:
        return time.time() - _path(handle, "alive").stat().st_mtime
    except OSError:
        return float("inf")


def ask_to_stop(handle: str) -> None:
    _path(handle, "stop").touch(mode=0o600)


def is_asked_to_stop(handle: str) -> bool:
    return _path(handle, "stop").exists()


def clear(handle: str) -> None:
    """Take all its notes away."""
    for kind in ("json", "part", "alive", "stop"):
        with suppress(OSError):
            _path(handle, kind).unlink(missing_ok=True)


def _path(handle: str, kind: str) -> Path:
    folder = Path(settings.STATE_DIR) / "work"
    folder.mkdir(mode=0o700, exist_ok=True)
    return folder / f"{handle}.{kind}"
