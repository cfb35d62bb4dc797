from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand

from curricula.records.masking import mask_raters, mask_texts


class Command(BaseCommand):
    help = "Mask what was stored before masking existed: names of raters, and ways to reach people in free texts."

    def handle(self, *_args: Any, **_options: Any) -> None:
        self.stdout.write(f"raters: {mask_raters()}")
        self.stdout.write(f"texts: {mask_texts()}")
