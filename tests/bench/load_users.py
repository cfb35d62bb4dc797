"""Fifty people at once for locust: they read, edit one field of one course, bring in files and make reports.

LOAD_PEOPLE names the file of who they are (`load_world.py`), LOAD_SAID the one into which goes what each was told was
saved: every edit and every file that is written there must be found in the database afterwards.
"""

from __future__ import annotations

import json
import os
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

from locust import HttpUser, between, events, task

PEOPLE: list[dict[str, Any]] = json.loads(Path(os.environ["LOAD_PEOPLE"]).read_text())
SAID: dict[str, dict[str, Any]] = {}


class Form(HTMLParser):
    """What a browser would send of the form that holds a field of this name."""

    def __init__(self, page: str, *, holds: str) -> None:
        super().__init__()
        self.forms: list[list[tuple[str, str]]] = []
        self.select, self.text = "", ""
        self.feed(page)
        self.fields = next(form for form in self.forms if any(name == holds for name, _value in form))

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        name, value = given.get("name") or "", given.get("value") or ""
        if tag == "form":
            self.forms.append([])
        elif not self.forms:
            return
        elif tag == "input" and name and not (given.get("type") in ("checkbox", "radio") and "checked" not in given):
            self.forms[-1].append((name, value))
        elif tag == "select":
            self.select = name
        elif tag == "option" and "selected" in given:
            self.forms[-1].append((self.select, value))
        elif tag == "textarea":
            self.text = name
            self.forms[-1].append((name, ""))

    def handle_data(self, data: str) -> None:
        if self.text:
            name, before = self.forms[-1].pop()
            self.forms[-1].append((name, (before + data).removeprefix("\n")))

    def handle_endtag(self, tag: str) -> None:
        if tag == "textarea":
            self.text = ""


class Person(HttpUser):
    wait_time = between(1, 3)

    def on_start(self) -> None:
        self.who = PEOPLE.pop()
        self.times = 0
        SAID[self.who["name"]] = {"edit": "", "edits": 0, "files": []}
        self.send("/sign-in/", {"username": self.who["name"], "password": self.who["password"]}, name="sign in")

    def send(self, place: str, fields: Any, *, name: str, **more: Any) -> Any:
        headers = {"X-CSRFToken": self.client.cookies.get("csrftoken") or self._token()}
        return self.client.post(place, fields, headers=headers, name=name, **more)

    def _token(self) -> str:
        page = self.client.get("/sign-in/", name="sign in: page").text
        return dict(Form(page, holds="username").fields)["csrfmiddlewaretoken"]

    @task(10)
    def read(self) -> None:
        pages = self.who["pages"]
        self.times += 1
        self.client.get(pages[self.times % len(pages)], name="read")

    @task(4)
    def edit(self) -> None:
        field = self.who["field"]
        sent = Form(self.client.get(self.who["edit"], name="edit: form").text, holds=field).fields
        self.times += 1
        title = f"{self.who['name']} {self.times}"
        changed: dict[str, list[str]] = {}
        for name, value in sent:
            changed.setdefault(name, []).append(title if name == field else value)
        answer = self.send(self.who["edit"], changed, name="edit: save", allow_redirects=False)
        if answer.status_code == 302:
            SAID[self.who["name"]] |= {"edit": title, "edits": SAID[self.who["name"]]["edits"] + 1}

    @task(2)
    def bring_in(self) -> None:
        self.times += 1
        partner = f"{self.who['name']} {self.times} Ltd"
        file = {"file": ("partners.csv", f"partner,cooperation\n{partner},order class\n".encode(), "text/csv")}
        fields = {"school": self.who["school"]}
        place = "/import/?kind=partnership"
        answer = self.send(place, fields, name="import: send", files=file, allow_redirects=False)
        if answer.status_code != 302:
            return
        preview = answer.headers["Location"]
        self.client.get(preview, name="import: preview")
        done = self.send(preview, {"do": "save"}, name="import: save", allow_redirects=False)
        if done.status_code == 302 and "/import/" not in done.headers["Location"]:
            SAID[self.who["name"]]["files"].append(partner)

    @task(1)
    def report(self) -> None:
        self.times += 1
        reports = self.who["reports"]
        self.client.get(reports[self.times % len(reports)], name="report")


@events.quitting.add_listener
def write_what_was_said(**_event: Any) -> None:
    Path(os.environ["LOAD_SAID"]).write_text(json.dumps(SAID))
