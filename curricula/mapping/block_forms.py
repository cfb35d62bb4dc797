"""The JSON by which the matrix's script sends many cells at once, checked before anything is looked for."""

from __future__ import annotations

from typing import Annotated, Any, Final, Literal

from django.utils.translation import gettext as _
from pydantic import BaseModel, ConfigDict, Field, ValidationError

from curricula.models import Mapping

from .actions import Cell
from .block_actions import Edit
from .forms import cell_from, written

MOST_EDITS: Final = 5_000
Key = Annotated[int, Field(ge=1, lt=2**31)]


class Refused(ValueError):
    """What was sent is no block of cells; the message says so."""


class SentCell(BaseModel):
    model_config = ConfigDict(extra="ignore", strict=True)

    level: Literal["mapped", "I", "D", "A"]
    share: Annotated[float, Field(ge=0, le=100, allow_inf_nan=False)] | None = None
    provenance: Literal["declared", "syllabus", "assessed", "artefact"] = "declared"
    evidence: Annotated[str, Field(max_length=2000)] = ""
    strength: Literal["", "H", "M", "L"] = ""

    def cell(self) -> Cell | None:
        return cell_from(self.model_dump())


class SentEdit(BaseModel):
    model_config = ConfigDict(extra="forbid", strict=True)

    course: Key
    ability: Key
    cell: SentCell | None
    known: SentCell | None

    def edit(self) -> Edit:
        (cell, strength), (known, known_strength) = (
            (sent.cell(), sent.strength) if sent else (None, "") for sent in (self.cell, self.known)
        )
        return Edit((self.course, self.ability), cell, known, strength, known_strength)


class SentBlock(BaseModel):
    model_config = ConfigDict(extra="forbid", strict=True)

    edits: Annotated[list[SentEdit], Field(min_length=1, max_length=MOST_EDITS)]


def edits_from(text: str) -> list[Edit]:
    """Raises Refused, also where a cell is named twice."""
    try:
        edits = [sent.edit() for sent in SentBlock.model_validate_json(text).edits]
    except (ValidationError, RecursionError) as error:
        raise Refused(_("What was pasted could not be read; nothing was saved.")) from error
    if len({edit.place for edit in edits}) < len(edits):
        raise Refused(_("What was pasted could not be read; nothing was saved."))
    return edits


def shown(row: Mapping | None, cell: Cell | None) -> dict[str, Any] | None:
    """The cell as the script reads it, with what a single cell's form does not hold."""
    told = written(cell)
    return None if told is None or row is None else told | {"strength": row.strength, "state": row.state}
