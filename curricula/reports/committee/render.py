"""The committee edition in each of its formats, for pages and for the command line."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from curricula.reports.render import Rendered

from .edition import CommitteeEdition
from .html import committee_html
from .pdf import committee_pdf
from .xlsx import committee_xlsx

_FORMATS: Final[dict[str, tuple[Callable[[CommitteeEdition], bytes], str]]] = {
    "pdf": (committee_pdf, "application/pdf"),
    "html": (committee_html, "text/html; charset=utf-8"),
    "xlsx": (committee_xlsx, "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
}
FORMATS: Final = tuple(_FORMATS)


def render_committee(edition: CommitteeEdition, format: str) -> Rendered:  # noqa: A002  the word of the command line
    """The edition in one of FORMATS. Raises KeyError for any other."""
    write, content_type = _FORMATS[format]
    name = edition.report.subject.key.replace("/", "-")
    return Rendered(content=write(edition), content_type=content_type, filename=f"committee-{name}.{format}")
