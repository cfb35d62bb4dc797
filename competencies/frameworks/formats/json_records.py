"""Reading records out of JSON that somebody else wrote: nothing is assumed of a value before it was looked at.

What a field may hold (length, choices, whether it may be empty) is asked of the model, so that it is stated once.
"""

from __future__ import annotations

import json
import math
import unicodedata
from collections.abc import Iterator, Mapping
from typing import Any

from django.db import models
from django.utils.translation import gettext as _

from competencies.tabular.problems import Problem, UnreadableFile

MOST_OF_AN_INTEGER = 2_147_483_647  # what an integer column of PostgreSQL holds


class Report:
    """Collects what there is to say about a file while it is read."""

    def __init__(self) -> None:
        self.refusals: list[Problem] = []
        self.warnings: list[Problem] = []
        self._unknown: set[str] = set()

    def refuse(self, *, row: int, column: str, value: object, code: str, message: str) -> None:
        self.refusals.append(Problem(row, column, _shown(value), code, message))

    def warn(self, *, row: int, column: str, value: object, code: str, message: str) -> None:
        self.warnings.append(Problem(row, column, _shown(value), code, message))

    def warn_of_unknown(self, *, row: int, column: str) -> None:
        """Once for each name, at the first place where it stands."""
        if column not in self._unknown:
            self._unknown.add(column)
            message = _("This name is not known, and what stands there was not read.")
            self.warn(row=row, column=column, value="", code="unknown_key", message=message)


def load_json(data: bytes) -> object:
    """The JSON value of a file; raises UnreadableFile where it is none."""
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise UnreadableFile(
            "not_utf8",
            _("The file is not UTF-8: byte %(position)d cannot be read. Save it as UTF-8.")
            % {"position": error.start},
        ) from error
    try:
        return json.loads(text, parse_constant=_no_constant)
    except json.JSONDecodeError as error:
        raise UnreadableFile(
            "bad_json",
            _("The file is not JSON: line %(line)d, character %(character)d cannot be read.")
            % {"line": error.lineno, "character": error.colno},
        ) from error
    except (ValueError, RecursionError) as error:
        raise UnreadableFile(
            "bad_json", _("The file is not JSON that can be read: a number is not finite, or it is nested too deep.")
        ) from error


class TableRow(dict[str, Any]):
    """A record that a table gave, which knows the row that it stood in."""

    def __init__(self, row: int, values: Mapping[str, Any]) -> None:
        super().__init__(values)
        self.row = row


class Record:
    """One JSON object at a known place; `path` is what a problem calls the column."""

    def __init__(self, values: dict[str, Any], *, report: Report, path: str = "", row: int = 0) -> None:
        self.values = values
        self.report = report
        self.path = path
        self.row = row

    def place(self, key: str) -> str:
        return f"{self.path}.{key}" if self.path else key

    def refuse(self, key: str, value: object, *, code: str, message: str) -> None:
        self.report.refuse(row=self.row, column=self.place(key), value=value, code=code, message=message)

    def field(self, model: type[models.Model], name: str, *, key: str = "") -> str:
        """A text for a model's field; a field without default that may not be empty must be there."""
        column = model._meta.get_field(name)
        key = key or name
        choices = [value for value, _label in getattr(column, "choices", None) or []]
        text = self.text(key, limit=None if choices else getattr(column, "max_length", None))
        if not text and column.has_default():  # type: ignore[union-attr]
            return str(column.get_default())  # type: ignore[union-attr]
        if not column.blank and self._is_empty(key):  # type: ignore[union-attr]
            self._missing(key)
        if choices and text and text not in choices:
            self._not_among(key, text, choices)
        return text

    def both(self, model: type[models.Model], stem: str, *, required: bool = False) -> dict[str, str]:
        """A text in two languages, `{"en": …, "zh": …}`, under the names of the model's two fields."""
        inner = self.record(stem)
        limit = getattr(model._meta.get_field(f"{stem}_en"), "max_length", None)
        texts = {f"{stem}_{language}": inner.text(language, limit=limit) for language in ("en", "zh")}
        if required and not any(texts.values()):
            self._missing(stem)
        inner.warn_of_unknown({"en", "zh"})
        return texts

    def text(self, key: str, *, limit: int | None = None) -> str:
        value = self.values.get(key)
        if value is None:
            return ""
        if not isinstance(value, str):
            self._wrong_type(key, value, _("a text"))
            return ""
        return self._storable(key, value.strip(), limit=limit)

    def required_text(self, key: str, *, limit: int | None = None) -> str:
        text = self.text(key, limit=limit)
        if self._is_empty(key):
            self._missing(key)
        return text

    def whole(self, key: str, *, default: int) -> int:
        value = self.values.get(key, default)
        if isinstance(value, bool) or not isinstance(value, int) or not 0 <= value <= MOST_OF_AN_INTEGER:
            self._wrong_type(key, value, _("a whole number, 0 or more"))
            return default
        return value

    def positive(self, key: str, *, default: float) -> float:
        value = self.values.get(key, default)
        if isinstance(value, bool) or not isinstance(value, int | float):
            self._wrong_type(key, value, _("a number"))
            return default
        if not _is_finite(value) or value <= 0:
            self.refuse(key, value, code="not_positive", message=_("A number above 0 is expected here."))
            return default
        return float(value)

    def flag(self, key: str) -> bool:
        value = self.values.get(key, False)
        if not isinstance(value, bool):
            self._wrong_type(key, value, _("true or false"))
        return value is True

    def record(self, key: str) -> Record:
        value = self.values.get(key)
        if not isinstance(value, dict):
            if value is not None:
                self._wrong_type(key, value, _("an object"))
            value = {}
        return Record(value, report=self.report, path=self.place(key), row=self.row)

    def records(self, key: str, *, required: bool = False, numbered: bool = False) -> Iterator[Record]:
        """The objects of a list; numbered ones tell their own place in notices, others that of their record."""
        for place, value in enumerate(self._list(key, required=required), start=1):
            row = getattr(value, "row", place) if numbered else self.row
            if isinstance(value, dict):
                yield Record(value, report=self.report, path=self.place(key), row=row)
            else:
                self.report.refuse(
                    row=row, column=self.place(key), value=value, code="wrong_type", message=_expected(_("an object"))
                )

    def texts(self, key: str, *, limit: int | None = None) -> tuple[str, ...]:
        texts = []
        for value in self._list(key):
            if isinstance(value, str) and value.strip():
                texts.append(self._storable(key, value.strip(), limit=limit))
            else:
                self._wrong_type(key, value, _("a text"))
        return tuple(texts)

    def warn_of_unknown(self, known: set[str]) -> None:
        for key in self.values.keys() - known:
            self.report.warn_of_unknown(row=self.row, column=self.place(key))

    def _list(self, key: str, *, required: bool = False) -> list[object]:
        value = self.values.get(key)
        if isinstance(value, list):
            return value
        if value is not None:
            self._wrong_type(key, value, _("a list"))
        elif required:
            self._missing(key)
        return []

    def _storable(self, key: str, text: str, *, limit: int | None) -> str:
        if limit is not None and len(text) > limit:
            message = _("At most %(limit)d characters fit here.") % {"limit": limit}
            self.refuse(key, text, code="too_long", message=message)
            return text[:limit]
        # No database stores these two kinds: the null character, and half of a pair.
        if any(character == "\x00" or unicodedata.category(character) == "Cs" for character in text):
            self.refuse(key, text, code="unstorable_text", message=_("The text holds a character that is none."))
            return ""
        return text

    def _is_empty(self, key: str) -> bool:
        value = self.values.get(key)
        return value is None or (isinstance(value, str) and not value.strip())

    def _missing(self, key: str) -> None:
        message = _("%(key)s is missing or empty.") % {"key": key}
        self.refuse(key, "", code="missing_key", message=message)

    def _wrong_type(self, key: str, value: object, expected: str) -> None:
        self.refuse(key, value, code="wrong_type", message=_expected(expected))

    def _not_among(self, key: str, text: str, choices: list[str]) -> None:
        message = _("“%(value)s” is not known here; known are %(choices)s.") % {
            "value": text,
            "choices": ", ".join(choice for choice in choices if choice),
        }
        self.refuse(key, text, code="unknown_value", message=message)


def _expected(what: str) -> str:
    return _("%(what)s is expected here.") % {"what": what}


def _is_finite(value: float) -> bool:
    try:
        return math.isfinite(float(value))
    except OverflowError:
        return False


def _shown(value: object) -> str:
    """A value as a problem shows it: short, and without what no terminal or database takes."""
    if isinstance(value, dict | list):
        return "{…}" if isinstance(value, dict) else "[…]"
    text = value if isinstance(value, str) else repr(value)
    return text[:120].replace("\x00", "�").encode("utf-8", "replace").decode("utf-8")


def _no_constant(name: str) -> None:
    raise ValueError(name)
