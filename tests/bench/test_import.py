"""The whole import of postings into PostgreSQL, tagging left aside: beside a COPY of the same rows, and its memory."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from statistics import median
from typing import Any

import pytest

from tests.bench.posting_files import posting_file
from tests.places import ROOT
from tests.postgres import new_database


@pytest.fixture(scope="module")
def environment(tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[str, str]]:
    with new_database() as address:
        state = str(tmp_path_factory.mktemp("state"))
        given = os.environ | {"DATABASE_URL": address, "TALENTGAP_STATE": state, "PYTHONPATH": str(ROOT)}
        given["DJANGO_SETTINGS_MODULE"] = "talentgap.settings"
        run(given, str(ROOT / "manage.py"), "migrate", "--verbosity", "0")
        yield given


def run(environment: dict[str, str], *arguments: str) -> str:
    done = subprocess.run([sys.executable, *arguments], env=environment, cwd=ROOT, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    return done.stdout


def measured(environment: dict[str, str], path: Path, *, times: int) -> dict[str, Any]:
    return json.loads(run(environment, "-m", "tests.bench.import_postings", str(path), str(times)))


def test_a_whole_import_takes_at_most_three_times_a_copy_of_its_rows(environment, tmp_path):
    found = measured(environment, posting_file(tmp_path / "postings.csv", 20_000), times=6)
    assert found["created"] == 20_000
    # Each import stands beside the COPY that followed it, under the same load of the machine.
    ratio = median(once / copy for once, copy in zip(found["imports"], found["copies"], strict=True))
    print(f"\nwhole import / COPY of the same rows: {ratio:.2f} (at most 3)")  # noqa: T201
    assert ratio <= 3


def test_memory_stays_flat_from_ten_thousand_to_two_hundred_thousand_postings(environment, tmp_path):
    few, many = (
        measured(environment, posting_file(tmp_path / f"{count}.csv", count), times=1)["megabytes"]
        for count in (10_000, 200_000)
    )
    print(f"\nmemory at 10,000 postings: {few:.0f} MB, at 200,000: {many:.0f} MB ({many / few:.2f} of it)")  # noqa: T201
    assert many <= 1.5 * few
