"""The program as it is served, with tables made without migrations, and with a save that can be held (`held.py`)."""

from __future__ import annotations

from talentgap.settings import *  # noqa: F403 - settings of another module
from talentgap.settings import INSTALLED_APPS, LOADED_APART

LOADED_APART = [*LOADED_APART, "tests.curricula.progress.held"]
MIGRATION_MODULES = {name.rpartition(".")[2]: None for name in INSTALLED_APPS} | {
    "competencies": None,
    "curricula": None,
}
