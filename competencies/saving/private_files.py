from __future__ import annotations

import json
import os
from pathlib import Path
from typing import Any

from .archive import Exact


def write_private(path: Path, content: Any) -> None:
    """As JSON, whole or not at all, in a file that only its owner reads."""
    part = path.with_name(path.name + ".part")
    handle = os.open(part, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(handle, "w", encoding="utf-8") as file:
        json.dump(content, file, cls=Exact, ensure_ascii=False, indent=1)
    part.replace(path)
