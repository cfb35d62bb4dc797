"""Message catalogues: texts out of code and templates, into .po, and compiled, without gettext tools."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path
from typing import Any

from babel.messages.catalog import Catalog
from babel.messages.extract import extract_python
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po
from django.conf import settings
from django.utils.translation.template import templatize

KEYWORDS: dict[str, Any] = {
    name: spec
    for spec, names in {
        None: ("_", "gettext", "gettext_lazy", "gettext_noop"),
        (1, 2): ("ngettext", "ngettext_lazy", "plural"),
        ((1, "c"), 2): ("pgettext", "pgettext_lazy"),
        ((1, "c"), 2, 3): ("npgettext", "npgettext_lazy"),
    }.items()
    for name in names
}
CODE_FOLDERS = ("talentgap", "competencies", "curricula")


def catalogue_path(language: str = "zh_Hans") -> Path:
    return Path(settings.LOCALE_PATHS[-1]) / language / "LC_MESSAGES" / "django.po"


def compile_stale() -> None:
    """Compile each catalogue that is newer than its compiled form: beside it, or where the program is read only, in
    the state folder, which is read first."""
    state, program = (Path(path) for path in settings.LOCALE_PATHS)
    for po in program.glob("*/LC_MESSAGES/django.po"):
        beside = po.with_suffix(".mo")
        kept = state / beside.relative_to(program)
        if _is_stale(kept, po):
            kept.unlink(missing_ok=True)
        if _is_stale(beside, po) and not kept.exists():
            try:
                compile_catalogue(po, beside)
            except OSError:
                compile_catalogue(po, kept)


def _is_stale(mo: Path, po: Path) -> bool:
    return not mo.exists() or mo.stat().st_mtime < po.stat().st_mtime


def compile_catalogue(po: Path, mo: Path) -> None:
    """Whole or not at all, because several processes start at once."""
    content = BytesIO()
    write_mo(content, read_catalogue(po), use_fuzzy=False)
    mo.parent.mkdir(parents=True, exist_ok=True)
    part = mo.with_suffix(f".{os.getpid()}")
    part.write_bytes(content.getvalue())
    part.replace(mo)


def read_catalogue(path: Path) -> Catalog:
    with path.open("rb") as file:
        return read_po(file, locale="zh_Hans")


Message = tuple[str | tuple[str, ...], str | None]


def messages_in_project() -> Iterator[tuple[Path, int, Message]]:
    """Every wrapped string of the project with its place: code, then templates."""
    root = Path(settings.BASE_DIR)
    for folder in CODE_FOLDERS:
        for path in sorted((root / folder).rglob("*.py")):
            yield from _messages(path, path.read_bytes())
    for path in sorted((root / "templates").rglob("*.*")):
        if path.suffix in {".html", ".txt"}:
            yield from _messages(path, _template_as_python(path.read_text(encoding="utf-8")))


def _template_as_python(text: str) -> bytes:
    # The helper blanks what is not a message; without its indentation the rest reads as plain lines of code.
    lines = (line.strip() for line in templatize(text).splitlines())
    return "\n".join(line if re.search(r"gettext\(", line) else "" for line in lines).encode()


def _messages(path: Path, source: bytes) -> Iterator[tuple[Path, int, Message]]:
    found = extract_python(BytesIO(source), KEYWORDS, [], {"encoding": "utf-8"})
    for line, name, message, _comments in found:
        # A message that is a variable was wrapped where it is written out.
        values = message if isinstance(message, tuple) else (message,)
        if None not in values[:2]:
            yield path, line, _message(str(name), values)


def _message(function: str, values: tuple[object, ...]) -> Message:
    context = str(values[0]) if function.startswith(("pgettext", "npgettext")) else None
    texts = values[1:] if context is not None else values
    if len(texts) > 1:
        return (str(texts[0]), str(texts[1])), context
    return str(texts[0]), context


def template_catalogue() -> Catalog:
    """All messages of the project, untranslated."""
    catalogue = Catalog(locale="zh_Hans", project="TalentGap", charset="utf-8", fuzzy=False)
    for path, _line, (message, context) in messages_in_project():
        place = str(path.relative_to(settings.BASE_DIR))
        catalogue.add(message, context=context, locations=[(place, 0)])
    return catalogue


def update_catalogue(path: Path) -> Catalog:
    """Bring the catalogue at `path` up to the project's strings; translations are kept, unused ones dropped."""
    catalogue = read_catalogue(path) if path.exists() else Catalog(locale="zh_Hans", charset="utf-8", fuzzy=False)
    catalogue.update(template_catalogue(), no_fuzzy_matching=True, update_creation_date=False)
    catalogue.obsolete.clear()
    content = BytesIO()
    write_po(content, catalogue, sort_output=True, width=110, no_location=True, ignore_obsolete=True)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content.getvalue())
    return catalogue


def untranslated(catalogue: Catalog) -> list[str]:
    """The messages that have no translation, or only a fuzzy one."""
    return [str(m.id) for m in catalogue if m.id and (m.fuzzy or not all(_forms(m.string)))]


def _forms(string: str | tuple[str, ...] | list[str] | None) -> tuple[str, ...]:
    return (string or "",) if isinstance(string, str | None) else tuple(string)
