"""`make audit`, `make licences`: what the lock brings, asked of the database of known faults and of the packages.

`python -m tests.supply audit PIP_AUDIT LOCK…` ends with 1 where a finding is not waived by docs/waivers.txt, and says
that it did not run where the database does not answer; `licences` prints a table of what is installed.
"""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterator
from datetime import UTC, date, datetime
from importlib.metadata import PackageNotFoundError, distribution
from pathlib import Path
from typing import Any

from tests.places import ROOT
from tests.test_licences import licence_of, names

WAIVERS = ROOT / "docs" / "waivers.txt"
CORE = "requirements.txt"


def waived(text: str, *, today: date) -> set[str]:
    """The ids that still count.

    >>> waived("# said\\nCVE-1 2026-12-31 never called\\nCVE-2 2026-01-01 was mended", today=date(2026, 11, 29))
    {'CVE-1'}
    """
    lines = [line.split(maxsplit=2) for line in text.splitlines() if line.strip() and not line.startswith("#")]
    return {number for number, until, _reason in lines if date.fromisoformat(until) >= today}


def findings(told: dict[str, Any]) -> Iterator[tuple[set[str], str]]:
    """Each known fault by all its ids, and how it is said."""
    for package in told["dependencies"]:
        for fault in package.get("vulns", ()):
            ids = {fault["id"], *fault.get("aliases", ())}
            mended = ", ".join(fault["fix_versions"]) or "no version yet"
            yield ids, f"{package['name']} {package['version']}: {', '.join(sorted(ids))}, mended in {mended}"


def audit(tool: str, locks: list[str]) -> int:
    today, open_faults = datetime.now(UTC).date(), []
    for lock in locks:
        command = [tool, "--requirement", lock, "--require-hashes", "--disable-pip", "--format", "json"]
        done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
        if not done.stdout.startswith("{"):
            reason = (done.stderr.strip().splitlines() or ["no answer"])[-1][:200]
            sys.stdout.write(f"{lock}: the audit did NOT run, because its database does not answer: {reason}\n")
            continue
        told = json.loads(done.stdout)
        known = waived(WAIVERS.read_text(), today=today)
        open_faults += [said for ids, said in findings(told) if not ids & known]
        sys.stdout.write(f"{lock}: {len(told['dependencies'])} packages asked about\n")
    sys.stdout.write("".join(f"{said}\n" for said in sorted(set(open_faults))))
    return bool(open_faults)


def licences() -> int:
    for name in names(CORE):
        try:
            package = distribution(name)
        except PackageNotFoundError:
            continue
        sys.stdout.write(f"| {name} | {package.version} | {licence_of(package)} |\n")
    return 0


if __name__ == "__main__":
    task, *given = sys.argv[1:]
    sys.exit(audit(str(Path(given[0])), given[1:]) if task == "audit" else licences())
