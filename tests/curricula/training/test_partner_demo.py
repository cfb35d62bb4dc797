"""The demo's own sheets of partners: read as a school's are, with the findings that docs/demo.md tells."""

from __future__ import annotations

from collections import Counter
from datetime import date

import pytest

from curricula.analysis.training.partners import COMMITMENTS, Partner, board, is_said
from curricula.fields.contribution import CONTRIBUTION
from curricula.fields.outcome import OUTCOME
from curricula.fields.partnership import ACTORS, PARTNERSHIP
from curricula.records.sheets import read_sheet
from talentgap.demo_data import FOLDER


def sheet(kind):
    path = FOLDER / "records" / f"{kind.name}.csv"
    return read_sheet(kind, path.read_bytes(), name=path.name)


@pytest.mark.parametrize(("kind", "count"), [(PARTNERSHIP, 7), (CONTRIBUTION, 7), (OUTCOME, 84)])
def test_each_sheet_goes_in_whole_and_leaves_no_column_out(kind, count):
    found = sheet(kind)
    assert (len(found.rows), found.refusals, found.ignored_columns) == (count, (), ())


def test_one_partnership_in_force_is_formal_only_and_one_is_not_recorded():
    rows = [row.stated for row in sheet(PARTNERSHIP).rows]
    partners = [
        Partner(
            key=number,
            name=row["partner"],
            actor=row.get("actor", ""),
            agreed=frozenset(each for each in COMMITMENTS if is_said(row.get(f"{each}_agreed", ""))),
            in_place=frozenset(each for each in COMMITMENTS if is_said(row.get(f"{each}_in_place", ""))),
            since=row.get("since"),
            until=row.get("until"),
        )
        for number, row in enumerate(rows)
    ]
    found = board(partners, [], [], {}, today=date(2026, 11, 29))
    assert [each.partner.name[:4] for each in found.formal_only] == ["云栈数据"]
    assert Counter(each.verdict for each in found.current) == {
        "in_place": 2,
        "partly_in_place": 2,
        "formal_only": 1,
        "not_recorded": 1,
    }
    assert found.absent == ()


@pytest.mark.parametrize(
    ("text", "actor"),
    [("行业协会", "industry"), ("某市电商行业协会", "industry"), ("协会", "society"), ("企业", "enterprise")],
)
def test_a_body_of_the_industry_is_told_from_other_associations(text, actor):
    assert ACTORS.read(text) == actor
