"""What computes an analysis: the program, its method by its own text, and the libraries whose arithmetic it uses."""

from __future__ import annotations

import platform
import tomllib
from functools import cache
from hashlib import sha256
from importlib.metadata import version
from pathlib import Path
from typing import Final

from django.conf import settings

import competencies.analysis
import curricula.analysis

LIBRARIES: Final = ("pandas", "numpy", "scipy")


@cache
def made_with() -> dict[str, str]:
    """What computes: the program, its method by its own text, and the libraries whose arithmetic it uses."""
    libraries = {name: version(name) for name in LIBRARIES}
    return {"program": version_of_program(), "method": _method(), "python": platform.python_version()} | libraries


def version_of_program() -> str:
    """As pyproject.toml says it; the program runs from its folder and need not be installed."""
    return str(tomllib.loads((Path(settings.BASE_DIR) / "pyproject.toml").read_text())["project"]["version"])


def _method() -> str:
    """Changes with every line of the analysis."""
    folders = [Path(package.__path__[0]) for package in (competencies.analysis, curricula.analysis)]
    files = sorted(path for folder in folders for path in folder.rglob("*.py"))
    return sha256(b"".join(path.read_bytes() for path in files)).hexdigest()[:12]
