"""Both languages are complete: a string without a Chinese translation, or with a fuzzy one, fails."""

from __future__ import annotations

import re

import pytest

from talentgap.catalogues import catalogue_path, messages_in_project, read_catalogue, untranslated

CATALOGUE = read_catalogue(catalogue_path())
PLACEHOLDER = re.compile(r"%\((\w+)\)[sd]|%%")


def translated() -> set[tuple[str | None, str]]:
    entries = (entry for entry in CATALOGUE if entry.id)
    return {(entry.context, entry.id if isinstance(entry.id, str) else entry.id[0]) for entry in entries}


def wrapped() -> set[tuple[str | None, str]]:
    return {
        (context, message if isinstance(message, str) else message[0])
        for _path, _line, (message, context) in messages_in_project()
    }


def test_every_wrapped_string_is_in_the_chinese_catalogue():
    assert sorted(text for _context, text in wrapped() - translated()) == []


def test_no_translation_is_missing_or_fuzzy():
    assert untranslated(CATALOGUE) == []


def test_the_catalogue_holds_nothing_that_is_no_longer_used():
    assert sorted(text for _context, text in translated() - wrapped()) == []


def test_translations_keep_their_placeholders():
    for entry in CATALOGUE:
        if not entry.id:
            continue
        sources = [entry.id] if isinstance(entry.id, str) else list(entry.id)
        wanted = {name for source in sources for name in PLACEHOLDER.findall(source) if name}
        for text in [entry.string] if isinstance(entry.string, str) else entry.string or []:
            found = {name for name in PLACEHOLDER.findall(text) if name}
            assert found <= wanted, entry.id
            if isinstance(entry.id, str):
                assert found == wanted, entry.id


@pytest.mark.django_db
def test_the_sign_in_page_speaks_chinese(client):
    page = client.get("/sign-in/", HTTP_ACCEPT_LANGUAGE="zh-hans").content.decode()
    assert "登录" in page
    assert 'lang="zh-hans"' in page
