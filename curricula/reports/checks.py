"""Said when the program starts: what reports would lack on this machine."""

from __future__ import annotations

from typing import Any

from django.core import checks

from .fonts import SAMPLE, missing_glyphs


@checks.register
def chinese_font_check(**_options: Any) -> list[checks.CheckMessage]:
    """Without a Chinese font a PDF shows boxes where the school's own titles should stand."""
    if not missing_glyphs(SAMPLE, most=1):
        return []
    return [
        checks.Warning(
            "No font with Chinese characters was found, so PDF reports cannot show them.",
            hint="Install one (Debian: fonts-noto-cjk) or set TALENTGAP_FONT_DIR to a folder that holds one.",
            id="curricula.W001",
        )
    ]
