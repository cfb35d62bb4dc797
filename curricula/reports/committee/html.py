"""The committee edition as one HTML file that asks nothing of any host."""

from __future__ import annotations

from base64 import b64encode
from dataclasses import dataclass
from typing import Any

from django.template.loader import render_to_string
from django.utils.translation import override

from .edition import CommitteeEdition, section_titles
from .matrix import Matrix
from .pdf import empty_columns
from .words import fixed_words, opinion_cells, signature_cells, title_of


@dataclass(frozen=True)
class Page:
    """What the template shows."""

    edition: CommitteeEdition
    title: str
    sample: str
    logo: str  # as base64, or ""
    sections: tuple[tuple[str, str], ...]
    matrix: Matrix
    matrix_notes: tuple[str, ...]
    counts: tuple[tuple[str, tuple[int, ...]], ...]  # of each letter by column, where there are several
    opinions: tuple[list[str], ...]
    signatures: tuple[list[str], ...]


def committee_html(edition: CommitteeEdition) -> bytes:
    subject = edition.report.subject
    with override(subject.language):
        context: dict[str, Any] = {"page": _page(edition), "words": fixed_words(), "language": subject.language}
        return render_to_string("curricula/reports/committee.html", context).encode()


def _page(edition: CommitteeEdition) -> Page:
    titles, matrix = section_titles(), edition.matrix.for_paper()
    several = matrix.letters if len(matrix.letters) > 1 else ()
    return Page(
        edition=edition,
        title=title_of(edition),
        sample=edition.report.sample_note,
        logo=b64encode(edition.choices.logo).decode(),
        sections=tuple((code, titles[code]) for code in edition.shown),
        matrix=matrix,
        matrix_notes=(*empty_columns(matrix), *matrix.notes),
        counts=tuple(
            (letter, tuple(column.counts[place] for column in matrix.columns)) for place, letter in enumerate(several)
        ),
        opinions=tuple(map(opinion_cells, edition.opinions)),
        signatures=tuple(map(signature_cells, edition.signatures)),
    )
