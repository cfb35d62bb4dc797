"""Lists: their orders, their pages, and what a phone is told."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import pytest
from django.template.loader import render_to_string
from django.test import RequestFactory

from competencies.listing import ListColumn, ListTable, arranged


@dataclass(frozen=True)
class Row:
    name: str
    hours: float | None


class Rows(ListTable):
    name = ListColumn("Name", order_by="name__casefold")
    hours = ListColumn("Hours", order_by=("-hours", "name"), css="num", show="{:.1f} h".format, most_first=True)
    note = ListColumn("Note", accessor="name", css="wide", orderable=False)
    plain = ListColumn("Plain", accessor="name", orderable=False)


ROWS = (Row("b", 2), Row("A", None), Row("c", 16), Row("<d>", 2))


def table(query: str = "", per_page: int = 0) -> Any:
    return arranged(Rows(list(ROWS)), RequestFactory().get(f"/list/{query}"), per_page=per_page)


def html_of(made: Any) -> str:
    return render_to_string("competencies/_table.html", {"table": made}, made.request)


@pytest.mark.parametrize(
    ("query", "names"),
    [
        ("", ["b", "A", "c", "<d>"]),
        ("?sort=name", ["<d>", "A", "b", "c"]),
        ("?sort=-name", ["c", "b", "A", "<d>"]),
        ("?sort=hours", ["c", "<d>", "b", "A"]),  # the most first, equal ones by name, last what is unknown
        ("?sort=-hours", ["A", "b", "<d>", "c"]),
        ("?sort=note", ["b", "A", "c", "<d>"]),
        ("?sort=nonsense", ["b", "A", "c", "<d>"]),
    ],
)
def test_a_list_is_in_the_order_that_the_address_asks_for(query, names):
    assert [row.record.name for row in table(query).rows] == names


def test_an_empty_list_says_so_in_words():
    class Nothing(Rows):
        empty_text = "No row yet."

    pages = [html_of(arranged(made([]), RequestFactory().get("/list/"))) for made in (Rows, Nothing)]
    assert "Nothing matches." in pages[0]
    assert "No row yet." in pages[1]
    assert "None" not in "".join(pages)


def test_a_page_that_is_not_there_is_the_nearest_one():
    pages = {
        query: [row.record.name for row in table(query, 3).paginated_rows] for query in ("", "?page=9", "?page=x")
    }
    assert pages == {"": ["b", "A", "c"], "?page=9": ["<d>"], "?page=x": ["b", "A", "c"]}


def test_cells_are_escaped_named_for_a_phone_and_a_dash_where_nothing_is_known():
    html = html_of(table())
    assert '<th scope="row">&lt;d&gt;</th>' in html
    assert html.count('<td class="num" data-label="Hours">2.0 h</td>') == 2
    assert html.count('<td class="num" data-label="Hours">–</td>') == 1
    assert html.count('<td class="wide">') == len(ROWS)


def test_a_header_says_the_order_and_turns_it_round_from_the_first_page():
    html = html_of(table("?sort=hours&page=2&q=x"))
    assert 'aria-sort="descending"><a href="?sort=-hours&amp;q=x">Hours ↓</a>' in html
    assert '<a href="?sort=name&amp;q=x">Name</a>' in html
    assert 'aria-sort="ascending"><a href="?sort=hours">Hours ↑</a>' in html_of(table("?sort=-hours"))


def test_the_select_offers_every_order_and_the_one_that_a_header_turned_round():
    offered = [tuple(order) for order in table("?sort=-name").orders]
    assert offered == [("name", "Name ↑", False), ("hours", "Hours ↓", False), ("-name", "Name ↓", True)]


def test_a_cell_has_the_class_of_its_column_or_none_at_all():
    page = html_of(table())
    assert page.count('<td class="num"') == page.count('<td data-label="Plain"') == len(ROWS)
    assert 'class="None"' not in page
