"""Static files that lie inside installed wheels."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import plotly
from django.contrib.staticfiles.finders import BaseFinder
from django.core.files.storage import FileSystemStorage


class PlotlyFinder(BaseFinder):
    """Serves the plotly.min.js that the plotly wheel brings, as plotly/plotly.min.js."""

    name = "plotly/plotly.min.js"
    folder = Path(plotly.__file__).parent / "package_data"

    def find(self, path: str, find_all: bool = False, **kwargs: Any) -> Any:
        found = str(self.folder / "plotly.min.js") if path == self.name else None
        return [found] if find_all and found else (found or [])

    def list(self, ignore_patterns: Any) -> Iterator[tuple[str, FileSystemStorage]]:
        storage = FileSystemStorage(location=str(self.folder))
        storage.prefix = "plotly"  # type: ignore[attr-defined]
        yield "plotly.min.js", storage

    def check(self, **kwargs: Any) -> Any:
        return []
