"""docs/permissions.md out of the table: `python -m tests.permissions.page` writes it, a test holds it."""

from __future__ import annotations

from typing import Final

from tests.permissions.table import TABLE, Row
from tests.places import ROOT

PAGE: Final = ROOT / "docs" / "permissions.md"
HEAD: Final = """# Who reaches which address

Written from `tests/permissions/table.py`, of which a test tries every line: as a stranger, as each role of the school
and of another one, and as staff with and without an entry, with GET, HEAD and POST, on a record that is there and on
none. Other methods exist nowhere. A role includes those before it: viewer, faculty, director, administrator. A record
of another school is not found. Staff read a school like a viewer for eight hours after an entry that its
administrators see; what is *of the site* they change. Where
`SECOND_STEP_FOR` demands a second step of somebody's role, every address leads there until it is set up.

| address | of | read | post | read, of the site | post, of the site |
|---|---|---|---|---|---|
"""


def line(name: str, row: Row) -> str:
    said = (row.of, row.get, row.post, row.site_get, row.site_post)
    return f"| `{name}` | " + " | ".join(each or "–" for each in said) + " |"


def page() -> str:
    return HEAD + "\n".join(line(*each) for each in TABLE.items()) + "\n"


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")
