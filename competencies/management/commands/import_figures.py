from __future__ import annotations

from competencies.demand.actions.figures import save_figures_file
from competencies.management.sources import SourceCommand
from competencies.saving.outcome import FiguresOutcome


class Command(SourceCommand):
    help = "Import official figures, whole or not at all: openings and graduates by period."
    framework = "whose positions the figures are about"
    save = staticmethod(save_figures_file)

    def told(self, outcome: FiguresOutcome) -> str:
        return f"{outcome.duplicates} repeated rows set aside" if outcome.duplicates else ""
