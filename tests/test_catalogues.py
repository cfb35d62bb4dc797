"""Both languages are complete: a string without a Chinese translation, or with a fuzzy one, fails."""

from __future__ import annotations

import errno
import os
import re
from gettext import GNUTranslations
from pathlib import Path
from time import time

import pytest
from django.conf import settings
from django.utils.translation import gettext, override

from curricula.wording import formats
from curricula.wording.phrases import LABELS
from talentgap.catalogues import catalogue_path, compile_stale, messages_in_project, read_catalogue, untranslated

CATALOGUE = read_catalogue(catalogue_path())
PLACEHOLDER = re.compile(r"%\((\w+)\)[sd]|%%")
GLOSSARY = (Path(settings.BASE_DIR) / "docs" / "glossary-zh.md").read_text(encoding="utf-8")
SPACED = re.compile(
    r"[\u4e00-\u9fff] (?:[\d{]|%\()|(?:[\d}]|\)[sd]) [\u4e00-\u9fff]|[\u4e00-\u9fff] ?[,;:?!]| [，。；：！？、）]"
)


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


def test_a_program_in_a_read_only_folder_speaks_chinese_from_its_state_folder(tmp_path, settings, monkeypatch):
    program, state = tmp_path / "program", tmp_path / "state"
    settings.LOCALE_PATHS = [state, program]
    po, kept = (folder / "zh_Hans" / "LC_MESSAGES" / "django.po" for folder in (program, state))
    po.parent.mkdir(parents=True)
    po.write_text('msgid "no"\nmsgstr "否"\n')
    written = Path.write_bytes

    def refuse(path: Path, content: bytes) -> int:
        if path.is_relative_to(program):
            raise OSError(errno.EROFS, "Read-only file system")
        return written(path, content)

    monkeypatch.setattr(Path, "write_bytes", refuse)
    compile_stale()
    with kept.with_suffix(".mo").open("rb") as file:
        assert GNUTranslations(file).gettext("no") == "否"
    monkeypatch.undo()
    os.utime(po, (time() + 60,) * 2)
    compile_stale()
    assert not kept.with_suffix(".mo").exists(), "what is out of date is not read before what lies beside"


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


def glossary_rows(section: str) -> list[list[str]]:
    """The cells of the glossary's table under `section`, without its header."""
    table = GLOSSARY.split(f"## {section}")[1].split("\n## ")[0]
    rows = [line.strip("| ").split(" | ") for line in table.splitlines() if line.startswith("| ")]
    return rows[1:]


def chinese_texts() -> list[str]:
    strings = ([entry.string] if isinstance(entry.string, str) else entry.string for entry in CATALOGUE if entry.id)
    return [text for forms in strings for text in forms]


def test_no_chinese_text_uses_a_word_that_the_glossary_forbids():
    forbidden = [word for word, _use in glossary_rows("不用的说法")]
    notes = [path.read_text(encoding="utf-8") for path in (Path(settings.BASE_DIR) / "fixtures").rglob("*.json")]
    assert len(forbidden) > 20
    assert [(word, text[:80]) for text in chinese_texts() + notes for word in forbidden if word in text] == []


def test_labels_are_called_what_the_glossary_calls_them():
    with override("zh-hans"):
        called = {f"`{code}`": gettext(words) for code, words in LABELS.items()}
    assert called == dict(glossary_rows("结论标签"))


def test_no_space_stands_between_chinese_and_a_number_and_no_half_width_mark_behind_it():
    assert [text for text in chinese_texts() if SPACED.search(text)] == []


def test_percentages_have_no_space_in_chinese():
    with override("zh-hans"):
        assert (formats.share(0.43), formats.percent(0.05)) == ("43.0%", "5%")
    assert formats.share(0.43) == "43.0\u00a0%"


@pytest.mark.django_db
def test_the_sign_in_page_speaks_chinese(client):
    page = client.get("/sign-in/", HTTP_ACCEPT_LANGUAGE="zh-hans").content.decode()
    assert "登录" in page
    assert 'lang="zh-hans"' in page
