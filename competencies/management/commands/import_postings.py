from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from competencies.demand.actions.postings import save_posting_file
from competencies.management.imports import ProgressLine
from competencies.management.sources import SourceCommand
from competencies.saving.outcome import PostingsOutcome


class Command(SourceCommand):
    help = "Import job postings, whole or not at all, and find the abilities of a framework in them."
    framework = "whose terms the texts are searched for"
    save = staticmethod(save_posting_file)

    def more_of(self, options: Mapping[str, Any]) -> dict[str, Any]:
        return {"progress": ProgressLine(self.stderr, what="postings")}

    def told(self, outcome: PostingsOutcome) -> str:
        if outcome.refusals:
            return ""
        return (
            f"{outcome.duplicates} identical rows set aside, {outcome.near_duplicates} near-duplicates, "
            f"{outcome.undated} undated, {outcome.with_position} new with a position, {outcome.mentions} new mentions"
        )
