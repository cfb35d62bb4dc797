"""Many new rows at once: a COPY where the database has one, Django's own bulk insert elsewhere."""

from __future__ import annotations

import datetime
import io
from collections.abc import Callable, Iterable, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import AbstractContextManager, closing
from types import TracebackType
from typing import Any

from django.db import connection
from django.db.models import Model

from .bulk import CREATED_AT_ONCE

_SENT_AT_ONCE = 2**20  # bytes


class RowInserter(AbstractContextManager["RowInserter"]):
    """Writes rows given as tuples; on PostgreSQL a batch travels while the caller makes the next one.

    Rows are in the table once the inserter was left, or after `wait`.
    """

    def __init__(self) -> None:
        self._sender = ThreadPoolExecutor(max_workers=1) if connection.vendor == "postgresql" else None
        self._sent: Future[None] | None = None

    def insert(self, model: type[Model], names: Sequence[str], rows: Iterable[Sequence[Any]]) -> None:
        """`rows` in the order of `names`: every column that does not get its value from the database."""
        if self._sender:
            self._copy(model, names, rows)
        else:
            _created(model, names, rows)

    def insert_with_ids(self, model: type[Model], names: Sequence[str], rows: Sequence[Sequence[Any]]) -> list[int]:
        """The same, and the ids of the rows in their order."""
        if not self._sender:
            return [record.pk for record in _created(model, names, rows)]
        ids = self._new_ids(model, len(rows))
        self._copy(model, ("id", *names), ((pk, *row) for pk, row in zip(ids, rows, strict=True)))
        return ids

    def _copy(self, model: type[Model], names: Sequence[str], rows: Iterable[Sequence[Any]]) -> None:
        assert self._sender is not None  # noqa: S101 there is one where the database copies
        content = _copied(rows)
        self.wait()
        self._sent = self._sender.submit(_send, connection.cursor().cursor, _copy_statement(model, names), content)

    def _new_ids(self, model: type[Model], count: int) -> list[int]:
        self.wait()
        with connection.cursor() as cursor:
            sequence = "SELECT nextval(pg_get_serial_sequence(%s, 'id')) FROM generate_series(1, %s)"
            cursor.execute(sequence, [model._meta.db_table, count])
            return [row[0] for row in cursor.fetchall()]

    def wait(self) -> None:
        """Until what was sent has arrived; raises what went wrong with it."""
        if self._sent:
            sent, self._sent = self._sent, None
            sent.result()

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        try:
            if kind is None:
                self.wait()
        finally:
            if self._sender:
                self._sender.shutdown(wait=True)


def _created(model: type[Model], names: Sequence[str], rows: Iterable[Sequence[Any]]) -> list[Any]:
    records = (model(**dict(zip(names, row, strict=True))) for row in rows)
    return model._default_manager.bulk_create(records, batch_size=CREATED_AT_ONCE)


def _copy_statement(model: type[Model], names: Sequence[str]) -> str:
    columns = ", ".join(f'"{model._meta.get_field(name).column}"' for name in names)  # type: ignore[union-attr]
    return f'COPY "{model._meta.db_table}" ({columns}) FROM STDIN'


def _send(cursor: Any, statement: str, content: bytes) -> None:
    with closing(cursor):
        cursor.copy_expert(statement, io.BytesIO(content), size=_SENT_AT_ONCE)


def _copied(rows: Iterable[Sequence[Any]]) -> bytes:
    r"""Rows in the text form of COPY: a tab between cells, "\N" for nothing. Column by column, which is quicker."""
    columns = [_FORMATS[_kind(column)](column) for column in zip(*rows, strict=True)]
    return "\n".join(["\t".join(row) for row in zip(*columns, strict=True)] + [""]).encode("utf-8")


def _kind(column: Sequence[Any]) -> type:
    return next((type(cell) for cell in column if cell is not None), type(None))


def _texts(column: Iterable[str]) -> list[str]:
    return [cell if cell.isprintable() and "\\" not in cell else _escaped(cell) for cell in column]


def _numbers(column: Iterable[float | None]) -> list[str]:
    return ["\\N" if cell is None else str(cell) for cell in column]


def _escaped(cell: str) -> str:
    if "\\" in cell:
        cell = cell.replace("\\", "\\\\")
    return cell.replace("\t", "\\t").replace("\n", "\\n").replace("\r", "\\r")


_FORMATS: dict[type, Callable[[Any], list[str]]] = {
    str: _texts,
    int: _numbers,
    float: _numbers,
    bool: lambda column: ["t" if cell else "f" for cell in column],
    datetime.date: lambda column: ["\\N" if cell is None else cell.isoformat() for cell in column],
    bytes: lambda column: ["\\\\x" + cell.hex() for cell in column],
    type(None): lambda column: ["\\N"] * len(column),
}
