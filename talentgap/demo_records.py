"""The demo's records of conditions that come as sheets, read as a school's own sheets are."""

from __future__ import annotations

from pathlib import Path
from typing import Final

from django.db import transaction

from curricula.models import School, SchoolRecord, school_records
from curricula.records.school_records import save_records
from curricula.records.sheets import read_sheet

from .demo_data import FOLDER, DemoRefused, Done, Listener

SHEETS: Final = FOLDER / "records"  # one file a kind, named after it


@transaction.atomic
def load_record_sheets(school: School, listener: Listener) -> None:
    """Every sheet whose kind the school has no record of yet: what its users changed stays."""
    for path in sorted(SHEETS.glob("*.csv")):
        model = school_records()[path.stem]
        if model.objects.filter(school=school).exists():
            listener.done(Done(f"records {path.stem}", kept=True))
        else:
            _load(path, model, school, listener)


def _load(path: Path, model: type[SchoolRecord], school: School, listener: Listener) -> None:
    outcome = save_records(model, read_sheet(model.kind, path.read_bytes(), name=path.name), school=school)
    if outcome.refusals:
        raise DemoRefused(f"{path.name} was refused:\n" + "\n".join(map(str, outcome.refusals)))
    counts = outcome.counts
    listener.done(Done(f"records {path.stem}", counts.created, counts.changed, counts.unchanged))
