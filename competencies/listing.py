"""Lists as every page shows them: headers that sort, pages, and on a phone rows that become blocks."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any, NamedTuple

import django_tables2 as tables
from django import forms
from django.core.paginator import Paginator
from django.db.models import Q, QuerySet
from django.http import HttpRequest
from django.utils import timezone
from django.utils.formats import localize
from django.utils.functional import cached_property
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _
from django_tables2.utils import Accessor, signature


class ListColumn(tables.Column):
    """One column. On a phone its cells say its name, unless they are `wide` and fill the row.

    `show` writes a value that is known. `most_first`: who sorts by it wants to see the largest first.
    """

    def __init__(
        self,
        title: Any = None,
        *,
        css: str = "",
        show: Callable[[Any], str] | None = None,
        most_first: bool = False,
        **options: Any,
    ) -> None:
        self.show, self.most_first, self.labelled = show, most_first, bool(title) and "wide" not in css.split()
        attrs = {part: {"class": css} if css else {} for part in ("th", "td", "tf")}
        super().__init__(verbose_name=title, attrs=attrs, default="–", **options)

    def render(self, value: Any) -> Any:
        return self.show(value) if self.show else value


class MomentColumn(ListColumn):
    """A column of moments to the minute."""

    def __init__(self, title: Any, **options: Any) -> None:
        super().__init__(title, css="nowrap", show=local_time, **options)


class TemplateCell(ListColumn, tables.TemplateColumn):
    """A column whose cells are more than text: a template writes them from `record`."""

    empty_values = ()
    render = tables.TemplateColumn.render


class ButtonCell(TemplateCell):
    """A column without a name whose cells are forms."""

    def __init__(self, template: str, *, css: str = "num", accessor: str = "pk") -> None:
        super().__init__("\u200b", accessor=accessor, template_name=template, css=css, orderable=False)


def _shown(cell: Any) -> Any:
    """As a template writes it."""
    if isinstance(cell, str):
        return cell
    return localize(timezone.template_localtime(cell))  # type: ignore[attr-defined]


def _cell_writer(column: Any, example: Any) -> Callable[[Any], Any]:
    """Draws a column as django-tables2 does, which asks for each cell what is the same in every row."""
    path, unknown, default = _path_of(column, example), column.column.empty_values, column.default
    wanted, takes_all = signature(column.render)

    def cell(row: Any) -> Any:
        try:
            value = path.resolve(row.record)
        except ValueError:  # nothing there, or none of the record's own: the column draws what it likes
            value = None
        if value in unknown:
            return default
        offered = {
            "value": value,
            "record": row.record,
            "column": column.column,
            "bound_column": column,
            "bound_row": row,
            "table": row.table,
        }
        return column.render(**(offered if takes_all else {name: offered[name] for name in wanted}))

    return cell


def _path_of(column: Any, example: Any) -> Accessor:
    """Where the column's value is found; the words of it where there is a choice of them."""
    path = Accessor(column.accessor)
    if getattr(path.get_field(example), "choices", None):
        *before, name = path.bits
        return Accessor("__".join((*before, f"get_{name}_display")))
    return path


class Order(NamedTuple):
    """One order that a list can be put in."""

    alias: str
    title: str
    chosen: bool


class ListTable(tables.Table):
    """A list whose first column names the row."""

    empty_text: Any = _("Nothing matches.")
    unsorted: Any = _("In the usual order")

    def __init__(self, *args: Any, **options: Any) -> None:
        """What an empty list says is declared on the class, which the library passes over."""
        super().__init__(*args, **{"empty_text": type(self).empty_text, **options})

    @property
    def orders(self) -> Iterator[Order]:
        """The orders in a select, because a phone shows no headers; one that a header turned round is among them."""
        for column in self.columns.iterall():
            if column.orderable:
                yield self._order(column, column.name, down=column.column.most_first)
        for alias in self.order_by or ():
            if alias.is_descending:
                column = self.columns[alias.bare]
                yield self._order(column, alias, down=not column.column.most_first)

    def drawn_rows(self) -> Iterator[SafeString]:
        """The rows of the page as they stand between <tr> and </tr>, which a template draws more slowly."""
        rows = list(self.paginated_rows)
        begin, end = self._opening_tags, self._closing_tags
        cells = [_cell_writer(column, rows[0].record) for column in self.columns] if rows else []
        for row in rows:
            drawn = (_shown(cell(row)) for cell in cells)
            yield format_html_join("", "{}{}{}", zip(begin, drawn, end, strict=True))

    @cached_property
    def _opening_tags(self) -> list[SafeString]:
        """Of each column's cells, said once for all rows."""
        return [self._opening_tag(number, column) for number, column in enumerate(self.columns)]

    def _opening_tag(self, number: int, column: Any) -> SafeString:
        if number == 0:
            return format_html('<th scope="{}">', "row")
        label = {"data-label": column.header} if column.column.labelled else {}
        stated = ((name, value) for name, value in (column.attrs["td"] | label).items() if value)
        attributes = format_html_join("", ' {}="{}"', stated)
        return format_html("<td{}>", attributes)

    @cached_property
    def _closing_tags(self) -> list[SafeString]:
        return [SafeString("</td>" if number else "</th>") for number, _column in enumerate(self.columns)]

    def _order(self, column: Any, alias: str, *, down: bool) -> Order:
        return Order(str(alias), f"{column.header} {'↓' if down else '↑'}", alias in list(self.order_by or ()))


def arranged(table: ListTable, request: HttpRequest, *, per_page: int = 0) -> ListTable:
    """The table as `?sort=` and `?page=` ask for it; an order or a page that it does not have is passed over."""
    table.request = request
    if request.GET.get("sort"):
        table.order_by = request.GET["sort"]
    if per_page:
        table.page = _RowPages(table.rows, per_page).get_page(request.GET.get("page"))
    return table


class _RowPages(Paginator):
    """Rows of records are counted in the database; their own length would read all of them."""

    @cached_property
    def count(self) -> int:
        rows: Any = self.object_list
        records = rows.data.data
        return records.count() if isinstance(records, QuerySet) else len(rows)


def holding(words: str, *fields: str) -> Q:
    """That one of the fields holds the words, in capitals or not."""
    return Q(*((f"{field}__icontains", words) for field in fields), _connector=Q.OR)


def search_input(placeholder: Any) -> forms.TextInput:
    """Where a list is searched; it fills what the other filters leave of the line."""
    return forms.TextInput({"type": "search", "class": "form-control", "placeholder": placeholder})


def select_input() -> forms.Select:
    """One of the choices that a list is filtered by."""
    return forms.Select({"class": "form-select"})


def linked(href: str, text: Any, *tags: SafeString | str) -> SafeString:
    """What names a row, with the address that it opens and what stands after it."""
    return format_html_join("", "{}", ((part,) for part in (format_html('<a href="{}">{}</a>', href, text), *tags)))


def tag(text: str, tone: str = "") -> SafeString:
    """A word on its ground; `tone` is a class of the style sheet."""
    return format_html(' <span class="{}">{}</span>', f"tag {tone}".rstrip(), text)


def note(text: str) -> SafeString:
    """What is said in small letters after a value."""
    return format_html(' <span class="soft small">{}</span>', text)


def local_day(moment: Any) -> SafeString:
    """The day of a moment, in the time zone of the site."""
    day = timezone.localtime(moment).date().isoformat()
    return format_html('<time datetime="{}">{}</time>', day, day)


def local_time(moment: Any) -> SafeString:
    """A moment to the minute, in the time zone of the site."""
    local = timezone.localtime(moment)
    return format_html('<time datetime="{}">{}</time>', local.isoformat(), f"{local:%Y-%m-%d %H:%M}")
