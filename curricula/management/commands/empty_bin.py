from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand

from curricula.schools.bin_actions import empty_bin


class Command(BaseCommand):
    help = "Delete for good what was removed more than 30 days ago. Once a day is often enough."

    def handle(self, *args: Any, **options: Any) -> None:
        self.stdout.write(f"deleted: {empty_bin()}")
