"""What stands at the top level is what the owner fixed, and what tools look for there."""

import subprocess

import pytest
from django.conf import settings

OWNERS = {"competencies", "curricula", "docs", "fixtures", "static", "talentgap", "templates", "tests"}
OWNERS |= {"manage.py", "pyproject.toml", "README.md"}
TOOLS = {"Makefile", "Dockerfile", "compose.yaml"}


def test_nothing_else_stands_at_the_top_level() -> None:
    listed = subprocess.run(["git", "ls-files"], cwd=settings.BASE_DIR, capture_output=True, text=True)
    if listed.returncode:
        pytest.skip("not a checkout of git")
    top = {line.split("/")[0] for line in listed.stdout.splitlines()}
    assert {name for name in top if not name.startswith((".", "requirements"))} == OWNERS | TOOLS
