"""What pages post: the forms that stand on them, and the names that a view asks of what it was sent."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from html.parser import HTMLParser
from typing import Any, Final
from unittest.mock import patch
from urllib.parse import urljoin

from django.core.handlers.wsgi import WSGIRequest
from django.http import QueryDict
from django.utils.datastructures import MultiValueDict

Body = dict[str, list[str]]
FILLED: Final = {"number": "1", "date": "2026-10-01", "email": "somebody@example.org", "month": "2026-10"}
SENT_OTHERWISE: Final = {"csrfmiddlewaretoken", "password"}


class PostedForms(HTMLParser):
    """The forms of a page that are sent by POST: where to, and with what as they stand there."""

    def __init__(self, address: str) -> None:
        super().__init__()
        self.address, self.found = address, list[tuple[str, Body]]()
        self._body: Body | None = None
        self._select = self._text = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        if tag == "form":
            self._body = {} if given.get("method", "").lower() == "post" else None
            if self._body is not None:
                self.found.append((urljoin(self.address, given.get("action", "")), self._body))
        elif self._body is not None and (name := given.get("name", "") or self._select) not in SENT_OTHERWISE:
            self._take(tag, name, given)

    def _take(self, tag: str, name: str, given: dict[str, str]) -> None:
        assert self._body is not None
        values = self._body.setdefault(name, []) if tag in ("input", "select", "textarea", "button", "option") else []
        chosen = given.keys() & {"checked", "selected"} or not values
        if tag == "select":
            self._select = name
        elif tag == "textarea":
            self._text = name
        elif tag == "option" and given.get("value") and chosen:
            values[:] = [given["value"]]
        elif tag == "input" and given.get("type") in ("checkbox", "radio"):
            values += [given.get("value", "on")] if "checked" in given else []
        elif tag == "input" and given.get("type") != "file":
            values += [given.get("value") or FILLED.get(given.get("type", ""), "")]

    def handle_data(self, data: str) -> None:
        if self._text and self._body is not None:
            self._body[self._text].append(data.strip())

    def handle_endtag(self, tag: str) -> None:
        if tag == "form":
            self._body = None
        if tag == "select":
            self._select = ""
        if tag == "textarea":
            self._text = ""


def forms_of(page: str, address: str) -> list[tuple[str, Body]]:
    parser = PostedForms(address)
    parser.feed(page)
    return [(action, {name: values for name, values in body.items() if name}) for action, body in parser.found]


@contextmanager
def names_asked() -> Iterator[set[str]]:
    """The names that views look up in what was posted; numbers of a form among several are left out."""
    asked: set[str] = set()
    posted: set[int] = set()
    kept: list[Any] = []  # so that no other gets its place in memory

    reading, setting = _post_of_requests()

    def post(request: WSGIRequest) -> QueryDict:
        sent: QueryDict = reading(request)
        posted.add(id(sent))
        kept.append(sent)
        return sent

    def noted(method: Any) -> Any:
        def look_up(self: Any, key: Any, *more: Any, **named: Any) -> Any:
            if id(self) in posted and isinstance(key, str):
                asked.add(general(key))
            return method(self, key, *more, **named)

        return look_up

    methods = ("__getitem__", "get", "getlist", "_getlist")
    contains = patch.object(MultiValueDict, "__contains__", noted(dict.__contains__), create=True)
    with patch.object(WSGIRequest, "POST", property(post, setting)), contains:
        patches = [patch.object(MultiValueDict, name, noted(getattr(MultiValueDict, name))) for name in methods]
        for each in patches:
            each.start()
        try:
            yield asked
        finally:
            for each in patches:
                each.stop()


def general(name: str) -> str:
    return re.sub(r"\d+", "#", name)


def _post_of_requests() -> tuple[Any, Any]:
    own: Any = WSGIRequest.__dict__["POST"]
    return own.fget, own.fset
