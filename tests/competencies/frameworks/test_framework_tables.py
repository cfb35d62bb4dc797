from __future__ import annotations

import copy
import io
import zipfile
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from competencies.frameworks.actions import save_framework
from competencies.frameworks.formats import formats, read_format
from competencies.frameworks.formats.talentgap import parsed_document, read_framework
from competencies.frameworks.rows import SECTIONS, ParsedFramework
from competencies.models import Framework
from tests.documents import framework_document
from tests.framework_files import RIVAL, a_document, as_file, many
from tests.uploads import zipped

pytestmark = pytest.mark.django_db


def read_tables(path: Path, *, slug: str) -> ParsedFramework:
    return read_format("csv", path, slug=slug)


def content(document: dict[str, Any], kind: str) -> bytes:
    return formats()[kind].writes(parsed_document(copy.deepcopy(document)))


def stored_document(document: dict[str, Any]) -> dict[str, Any]:
    save_framework(read_framework(as_file(document)))
    return framework_document(Framework.objects.get(slug=document["framework"]["slug"]))


def written(folder: Path, document: dict[str, Any], kind: str) -> Path:
    path = folder / f"framework.{ {'csv': 'zip', 'xlsx': 'xlsx'}[kind] }"
    path.write_bytes(content(document, kind))
    return path


def rows_of(parsed: ParsedFramework) -> ParsedFramework:
    """Without the places that rows stood in, which differ from format to format."""
    sections = {name: [row.model_copy(update={"row": 0}) for row in getattr(parsed, name)] for name in SECTIONS}
    return parsed.model_copy(update={"framework": parsed.framework.model_copy(update={"row": 0}), **sections})


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_tables_hold_all_that_the_document_holds(tmp_path: Path, kind: str) -> None:
    save_framework(read_framework(as_file(RIVAL)))
    document = stored_document(a_document())
    parsed = read_tables(written(tmp_path, document, kind), slug="trade")
    assert (parsed.refusals, parsed.warnings) == ((), ())
    assert rows_of(parsed) == rows_of(read_framework(as_file(document)))
    outcome = save_framework(parsed)
    assert (outcome.created, outcome.changed, outcome.removed) == (0, 0, 0)


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_texts_that_would_start_a_formula_survive_as_texts(tmp_path: Path, kind: str) -> None:
    texts = ["=1+1", "+1", "-1", "@x", "'=1", "''-x", "'quoted'", "a\nb", 'say "x", y; z', "1.10", "007", "true"]
    abilities = [{"code": f"{n}", "title": {"en": text}} for n, text in enumerate(texts)]
    document = stored_document({**RIVAL, "abilities": abilities})
    parsed = read_tables(written(tmp_path, document, kind), slug="rival")
    assert [row.title.en for row in parsed.abilities] == texts


def test_no_cell_of_the_csv_starts_a_formula() -> None:
    document = stored_document({**RIVAL, "abilities": [{"code": "=a", "title": {"en": "@b"}}]})
    with zipfile.ZipFile(io.BytesIO(content(document, "csv"))) as file:
        text = file.read("abilities.csv").decode("utf-8-sig")
    assert "'=a,,'@b," in text


def test_the_same_framework_gives_the_same_archive() -> None:
    document = stored_document(many(2))
    assert content(document, "csv") == content(document, "csv")


def test_refusals_name_the_row_of_the_table(tmp_path: Path) -> None:
    path = tmp_path / "tables.zip"
    path.write_bytes(
        zipped(
            abilities="code,title_en\na,A\n\nb,\n",
            positions="code,title_en\np,P\n",
            requirements="position,ability,item,weight\np,a,7,-1\np,a,two,1\n",
            terms="ability,text,language\na,x,en\nnobody,y,en\n",
        )
    )
    refusals = [(n.row, n.column, n.code) for n in read_tables(path, slug="x").refusals]
    assert refusals == [
        (3, "terms.ability", "unknown_reference"),
        (4, "abilities.title", "missing_key"),
        (2, "requirements.weight", "not_positive"),
        (3, "requirements.item", "wrong_type"),
    ]


def test_one_csv_file_holds_the_abilities(tmp_path: Path) -> None:
    path = tmp_path / "abilities.csv"
    path.write_bytes("Code;Title_EN;title_zh;colour\nA;Area;领域;red\nB;Other;;\n".encode("gb18030"))
    parsed = read_tables(path, slug="mine")
    assert [(row.code, row.title.en, row.title.zh) for row in parsed.abilities] == [
        ("A", "Area", "领域"),
        ("B", "Other", ""),
    ]
    assert [(notice.row, notice.column, notice.code) for notice in parsed.warnings] == [
        (2, "abilities.colour", "unknown_key")
    ]
    assert (parsed.framework.slug, parsed.framework.title.en, parsed.refusals) == ("mine", "mine", ())


def test_a_folder_is_read_as_its_archive_is(tmp_path: Path) -> None:
    with zipfile.ZipFile(io.BytesIO(content(stored_document(a_document()), "csv"))) as file:
        file.extractall(tmp_path / "tables")
    assert read_tables(tmp_path / "tables", slug="trade").refusals == ()


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", "empty_file"),
        (b"just a sentence", "missing_columns"),
        (b"just\na sentence", "missing_columns"),
        (b"PK\x03\x04 broken", "broken_workbook"),
        (b"code,title_en\n\xff\xfe\xff,x\n", "unknown_encoding"),
        (zipped(terms="ability,text,language\n"), "missing_key"),
    ],
)
def test_files_that_are_none_are_refused(tmp_path: Path, data: bytes, code: str) -> None:
    path = tmp_path / "framework.xlsx"
    path.write_bytes(data)
    assert code in [notice.code for notice in read_tables(path, slug="x").refusals]


def test_a_file_that_is_not_there_is_refused(tmp_path: Path) -> None:
    assert [notice.code for notice in read_tables(tmp_path / "absent.xlsx", slug="x").refusals] == ["unreadable"]


def test_an_archive_that_unpacks_to_too_much_is_refused(tmp_path: Path, settings: Any) -> None:
    settings.MAX_UPLOAD_BYTES = 10_000
    path = tmp_path / "framework.zip"
    path.write_bytes(zipped(abilities="x" * 100_000))
    assert [notice.code for notice in read_tables(path, slug="x").refusals] == ["too_large"]
    path.write_bytes(b"x" * 10_001)
    assert [notice.code for notice in read_tables(path, slug="x").refusals] == ["too_large"]


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_the_commands_write_and_read_tables(tmp_path: Path, kind: str) -> None:
    document = stored_document(a_document())
    path = str(tmp_path / f"out.{kind}")
    quiet = {"stdout": io.StringIO(), "stderr": io.StringIO()}
    call_command("export_framework", "trade", "--format", kind, "--output", path, **quiet)
    call_command("import_framework", path, "--format", kind, "--slug", "copy", **quiet)
    copied = framework_document(Framework.objects.get(slug="copy"))
    assert copied == document | {"framework": document["framework"] | {"slug": "copy"}}


def test_a_text_longer_than_a_cell_is_told(tmp_path: Path) -> None:
    stored_document({**RIVAL, "abilities": [{"code": "a", "title": {"en": "A"}, "statement": {"en": "x" * 40_000}}]})
    with pytest.raises(CommandError) as error:
        call_command("export_framework", "rival", "--format", "xlsx", "--output", str(tmp_path / "x.xlsx"))
    assert error.value.returncode == 2
    assert not (tmp_path / "x.xlsx").exists()
