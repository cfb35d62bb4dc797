"""Benchmarks are measured by `make bench` only: a shared machine may stall any of them, and then a test would lie."""

from __future__ import annotations

from pathlib import Path

import pytest


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--benchmark", action="store_true", help="measure speed, as ratios within one run")


def pytest_ignore_collect(collection_path: Path, config: pytest.Config) -> bool | None:
    return None if config.getoption("--benchmark", default=False) else True
