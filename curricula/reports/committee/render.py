"""The committee edition in each of its formats, for pages and for the command line."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from curricula.reports.render import Rendered, rendered

from .edition import CommitteeEdition
from .html import committee_html
from .pdf import committee_pdf
from .xlsx import committee_xlsx

_WRITERS: Final[dict[str, Callable[[CommitteeEdition], bytes]]] = {
    "pdf": committee_pdf,
    "html": committee_html,
    "xlsx": committee_xlsx,
}
FORMATS: Final = tuple(_WRITERS)


def render_committee(edition: CommitteeEdition, format: str) -> Rendered:  # noqa: A002  the word of the command line
    """The edition in one of FORMATS. Raises KeyError for any other."""
    name = edition.report.subject.key.replace("/", "-")
    return rendered(_WRITERS[format](edition), name=f"committee-{name}", format=format)
