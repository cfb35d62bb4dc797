"""A file that takes longer than a page waits: done behind it, with the same end as one that does not."""

from __future__ import annotations

from typing import Any

import pytest

from curricula.imports import flow
from curricula.imports.behind import found_before
from curricula.imports.kinds import KINDS
from curricula.models import PendingImport, Work
from curricula.progress import actions
from tests.curricula.imports.test_flow import EVERY, FILES, send
from tests.universe import Universe
from tests.uploads import PLAN, upload

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def everything_takes_long(monkeypatch: pytest.MonkeyPatch, settings: Any, tmp_path: Any) -> None:
    settings.STATE_DIR = tmp_path
    monkeypatch.setattr(flow, "MOST_AT_ONCE", 0)


def led_on(client: Any, path: str) -> Any:
    """The page that work leads to, with its address."""
    answer = client.get(path, follow=True)
    return answer.redirect_chain[-1][0], answer.content.decode()


def preview_of(client: Any, universe: Universe, code: str = "curriculum") -> str:
    """Of a file that was sent and looked into."""
    return led_on(client, send(client, universe, code)["Location"])[0]


@EVERY
def test_every_kind_is_looked_into_and_saved_behind_its_page(code, universe, as_user):
    client, kind = as_user(universe.director), KINDS[code]
    work = send(client, universe, code)["Location"]
    assert work.startswith("/progress/")
    sent, page = led_on(client, work)
    assert sent == PendingImport.objects.get().get_absolute_url()
    assert 'value="save"' in page
    assert Work.objects.get().job == "look"
    saving = client.post(sent, {"do": "save"})["Location"]
    _address, page = led_on(client, saving)
    assert "Saved in" in page
    assert not PendingImport.objects.exists()
    assert list(Work.objects.values_list("job", "state")) == [("save", "done")], "what was found went with the file"
    assert client.get(sent, follow=True).content.decode().count("This file is saved already.") == 1
    assert kind.code == code


def test_the_preview_is_the_same_as_one_found_at_once(universe, as_user, monkeypatch):
    client = as_user(universe.director)
    sent = preview_of(client, universe)
    behind = client.get(sent).content.decode()
    monkeypatch.setattr(flow, "MOST_AT_ONCE", 1000)
    pending = PendingImport.objects.get()
    pending.options.pop("long")
    pending.save()
    assert client.post(sent, {"do": "look"})["Location"] == sent
    assert _without_tokens(client.get(sent).content.decode()) == _without_tokens(behind)


def _without_tokens(page: str) -> list[str]:
    return [line for line in page.splitlines() if "csrfmiddlewaretoken" not in line]


def test_what_was_found_is_kept_for_the_preview_and_found_anew_after_another_choice(universe, as_user):
    client = as_user(universe.director)
    sent = preview_of(client, universe)
    client.get(f"{sent}?courses=1")
    assert Work.objects.count() == 1, "turning a page looks into nothing again"
    assert client.get(f"{sent}columns/").json()["schema"] == "talentgap.columns/1"
    first = Work.objects.get().pk
    client.post(sent, {"do": "read"})
    client.get(sent)
    assert Work.objects.get().pk != first


def test_a_file_that_cannot_be_read_says_so_where_it_was_waited_for(universe, as_user, monkeypatch):
    client = as_user(universe.director)
    sent = preview_of(client, universe)
    PendingImport.objects.update(content=b"\x89PNG", options={"long": True})
    work = client.post(sent, {"do": "look"})["Location"]
    page = client.get(work).content.decode()
    assert "holds no table" in page
    assert "Nothing was saved. The file is kept for a day, for you only." in page
    assert f'href="{sent}"' in page


def test_a_file_that_goes_away_meanwhile_is_let_go(universe, as_user, monkeypatch):
    client = as_user(universe.director)
    monkeypatch.setattr(actions, "start", lambda _work: None)
    send(client, universe, "curriculum")
    sent = PendingImport.objects.get().get_absolute_url()
    work = Work.objects.get()
    assert work.state == Work.State.WAITING
    assert client.get(sent)["Location"] == work.get_absolute_url(), "one look at a time"
    client.post(sent, {"do": "discard"})
    assert not Work.objects.exists()


def test_who_comes_back_to_the_import_finds_what_goes_on(universe, as_user, monkeypatch):
    client = as_user(universe.director)
    monkeypatch.setattr(actions, "start", lambda _work: None)
    work = send(client, universe, "curriculum")["Location"]
    assert f'<a href="{work}">Looking into “curriculum.csv”</a>' in client.get("/import/").content.decode()
    assert work not in as_user(universe.administrator).get("/import/").content.decode()


def test_stopping_saves_nothing_and_keeps_the_file(universe, as_user, monkeypatch):
    client = as_user(universe.director)
    sent = preview_of(client, universe)
    before = universe.curriculum.courses.count()
    monkeypatch.setattr(actions, "start", lambda _work: None)
    saving = client.post(sent, {"do": "save"})["Location"]
    page = client.post(saving, follow=True).content.decode()
    assert "It was stopped, as you asked." in page
    assert universe.curriculum.courses.count() == before
    assert 'value="save"' in client.get(sent).content.decode()


def test_what_somebody_changed_meanwhile_is_found_before_it_is_saved(universe, as_user):
    client = as_user(universe.director)
    sent = preview_of(client, universe)
    PendingImport.objects.update(content=PLAN.replace("C1", "").encode())
    saving = client.post(sent, {"do": "save"})["Location"]
    Work.objects.get(job="save")
    page = client.get(saving, follow=True).content.decode()
    assert "Something has to be corrected first" in page or "Saved in" in page


def test_a_result_that_this_site_did_not_write_is_not_read(universe, as_user):
    client = as_user(universe.director)
    send(client, universe, "curriculum")
    pending, kind = PendingImport.objects.get(), KINDS["curriculum"]
    assert found_before(kind, pending)
    Work.objects.update(result=b"x" * 32 + bytes(Work.objects.get().result)[32:])
    assert found_before(kind, pending) is None


def test_a_small_file_leaves_no_work(universe: Universe, as_user, monkeypatch):
    monkeypatch.setattr(flow, "MOST_AT_ONCE", 1000)
    client = as_user(universe.director)
    file = upload(FILES["curriculum"], "plan.csv")
    sent = client.post("/import/?kind=curriculum", {"target": universe.curriculum.key, "file": file})["Location"]
    assert client.get(sent).status_code == 200
    client.post(sent, {"do": "save"})
    assert not Work.objects.exists()
