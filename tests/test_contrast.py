"""The colours of words and the grounds that they stand on, by day and by night."""

from __future__ import annotations

import re
from typing import Final

import pytest
from django.conf import settings

LEAST: Final = 4.5  # WCAG 2, AA
GROUNDS: Final = {
    "ink": ("paper", "ground", "hover", "heat-0", "heat-1"),
    "soft": ("paper", "ground", "hover", "heat-0", "track"),
    "accent": ("paper", "ground"),
    "accent-ink": ("accent",),
    "gap": ("paper", "ground", "gap-bg"),
    "ok": ("paper", "ok-bg"),
    "over": ("paper", "over-bg"),
    "na": ("paper", "na-bg"),
    "sample": ("sample-bg",),
}


def tokens(sheet: str) -> list[dict[str, str]]:
    """The colours of the light scheme, and of the dark one, which changes some of them."""
    light, dark = (
        dict(re.findall(r"--([\w-]+): ?#([0-9a-fA-F]{3,6})", block))
        for block in re.findall(r":root ?{([^}]*)}", sheet)[:2]
    )
    return [light, light | dark]


def luminance(colour: str) -> float:
    whole = colour if len(colour) == 6 else "".join(2 * digit for digit in colour)
    parts = (int(whole[place : place + 2], 16) / 255 for place in (0, 2, 4))
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    low, high = sorted((luminance(one), luminance(other)))
    return (high + 0.05) / (low + 0.05)


@pytest.mark.parametrize("scheme", [0, 1], ids=["light", "dark"])
def test_words_stand_out_from_every_ground_that_they_stand_on(scheme):
    colours = tokens((settings.BASE_DIR / "static" / "talentgap.css").read_text())[scheme]
    pairs = {(word, ground): contrast(colours[word], colours[ground]) for word in GROUNDS for ground in GROUNDS[word]}
    assert {pair: round(ratio, 2) for pair, ratio in pairs.items() if ratio < LEAST} == {}


def test_contrast_is_what_the_guideline_computes():
    assert contrast("000", "ffffff") == pytest.approx(21)
    assert contrast("777777", "fff") == pytest.approx(4.48, abs=0.01)
