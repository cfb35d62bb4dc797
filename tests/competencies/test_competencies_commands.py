from __future__ import annotations

import csv
import json
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from competencies.frameworks.formats import read_format
from competencies.frameworks.formats.esco import code_of
from competencies.management.imports import ProgressLine
from competencies.models import Ability, AbilityTerm, DemandSource, Framework, Posting
from tests.framework_files import DOCUMENT, RIVAL, as_file
from tests.universe import make_framework

pytestmark = pytest.mark.django_db


def run(*args: str) -> str:
    out = StringIO()
    call_command(*args, stdout=out, stderr=StringIO())
    return out.getvalue()


def failure(*args: str) -> tuple[int, str, str]:
    out = StringIO()
    with pytest.raises(CommandError) as error:
        call_command(*args, stdout=out, stderr=StringIO())
    return error.value.returncode, str(error.value), out.getvalue()


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "framework.json"
    path.write_bytes(as_file(DOCUMENT))
    return path


def import_framework(path: Path, *more: str, slug: str = "trade") -> tuple[str, ...]:
    return ("import_framework", str(path), "--format", "talentgap", "--slug", slug, *more)


# Frameworks


def test_an_import_tells_its_counts_and_a_second_one_finds_nothing_to_do(file: Path) -> None:
    first = run(*import_framework(file))
    assert first.splitlines()[0] == "created 13, changed 0, unchanged 0, refused 0"
    assert "warning: The framework rival has no ability R1 here" in first
    assert run(*import_framework(file)).splitlines()[0] == "created 0, changed 0, unchanged 13, refused 0"


def test_the_slug_names_the_framework_whatever_the_file_calls_it(file: Path) -> None:
    run(*import_framework(file, slug="mine"))
    assert Framework.objects.get().slug == "mine"


def test_a_refused_file_lists_its_rows_and_ends_with_1(file: Path) -> None:
    file.write_bytes(as_file({**DOCUMENT, "requirements": [{"position": "nobody", "ability": "MK.1"}]}))
    code, message, out = failure(*import_framework(file))
    assert (code, message) == (1, "refused: nothing was saved")
    assert out.splitlines() == [
        "created 0, changed 0, unchanged 0, refused 1",
        "row 1, column requirements.position: “nobody” is not in this file.",
    ]
    assert not Framework.objects.exists()


def test_a_dry_run_saves_nothing(file: Path) -> None:
    assert "dry run: nothing was saved" in run(*import_framework(file, "--dry-run"))
    assert not Framework.objects.exists()


def test_what_left_the_file_is_counted_as_removed(file: Path) -> None:
    run(*import_framework(file))
    file.write_bytes(as_file({**RIVAL, "framework": DOCUMENT["framework"]}))
    assert run(*import_framework(file)).splitlines()[0].endswith("refused 0, removed 12")


def test_wrong_usage_ends_with_2(file: Path, tmp_path: Path) -> None:
    assert failure(*import_framework(tmp_path / "absent.json"))[0] == 2
    assert failure(*import_framework(file, slug="a slug"))[0] == 2
    code, message, _out = failure("export_framework", "absent", "--format", "talentgap", "--output", "x")
    assert (code, message) == (2, "there is no framework “absent”; there are: none")
    run(*import_framework(file))
    nowhere = str(tmp_path / "no" / "folder.json")
    assert failure("export_framework", "trade", "--format", "talentgap", "--output", nowhere)[0] == 2


def test_export_and_import_lose_nothing(file: Path, tmp_path: Path) -> None:
    rival = tmp_path / "rival.json"
    rival.write_bytes(as_file(RIVAL))
    run(*import_framework(rival, slug="rival"))
    run(*import_framework(file))
    first, second = tmp_path / "first.json", tmp_path / "second.json"
    export = ("export_framework", "trade", "--format", "talentgap", "--output")
    run(*export, str(first))
    Framework.objects.get(slug="trade").delete()
    run(*import_framework(first))
    run(*export, str(second))
    assert first.read_bytes() == second.read_bytes()
    assert json.loads(first.read_text())["crosswalks"] == DOCUMENT["crosswalks"]


# ESCO

SKILLS = [
    {"conceptUri": "http://data.europa.eu/esco/skill/1", "preferredLabel": "use SQL", "altLabels": "SQL\nquery  data"},
    {
        "conceptUri": "http://data.europa.eu/esco/skill/2",
        "preferredLabel": "use joins",
        "altLabels": "join | SQL joins",
    },
    {"conceptUri": "http://data.europa.eu/esco/skill/3", "preferredLabel": "alone", "altLabels": ""},
]
GROUPS = [
    {"conceptUri": "http://data.europa.eu/esco/skill/g", "preferredLabel": "databases"},
    {"conceptUri": "http://data.europa.eu/esco/skill/top", "preferredLabel": "skills"},
    {"conceptUri": "http://data.europa.eu/esco/skill/empty", "preferredLabel": "nothing in it"},
]
BROADER = [("2", "1"), ("1", "elsewhere"), ("elsewhere", "g"), ("g", "top"), ("empty", "top")]


@pytest.fixture
def esco(tmp_path: Path) -> Path:
    folder = tmp_path / "esco"
    folder.mkdir()
    _write(folder / "skills_en.csv", SKILLS)
    _write(folder / "skillGroups_en.csv", GROUPS)
    base = "http://data.europa.eu/esco/skill/"
    _write(
        folder / "broaderRelationsSkillPillar_en.csv",
        [{"conceptUri": base + a, "broaderType": "", "broaderUri": base + b} for a, b in BROADER],
    )
    return folder


def _write(path: Path, rows: list[dict[str, Any]]) -> None:
    with path.open("w", newline="", encoding="utf-8-sig") as file:
        writer = csv.DictWriter(file, rows[0])
        writer.writeheader()
        writer.writerows(rows)


def test_a_folder_of_esco_becomes_a_tree_with_skills_as_its_leaves(esco: Path) -> None:
    out = run("import_framework", str(esco), "--format", "esco", "--slug", "esco")
    parents = dict(Ability.objects.values_list("code", "parent__code"))
    assert "refused 0" in out
    assert parents == {
        "skill/top": None,
        "skill/g": "skill/top",
        "skill/1": "skill/g",
        "skill/2": "skill/g",
        "skill/3": None,
    }
    assert set(AbilityTerm.objects.values_list("ability__code", "text")) == {
        ("skill/1", "use SQL"),
        ("skill/1", "SQL"),
        ("skill/1", "query data"),
        ("skill/2", "use joins"),
        ("skill/2", "join"),
        ("skill/2", "SQL joins"),
        ("skill/3", "alone"),
    }
    assert Ability.objects.get(code="skill/1").citation == "http://data.europa.eu/esco/skill/1"


def test_labels_without_addresses_become_codes_and_a_warning(tmp_path: Path) -> None:
    path = tmp_path / "skills_en.csv"
    _write(path, [{"preferredLabel": "C#"}, {"preferredLabel": "manage  Musical\xa0staff"}])
    parsed = read_format("esco", path, slug="esco")
    assert [row.code for row in parsed.abilities] == ["c#", "manage-musical-staff"]
    assert [notice.code for notice in parsed.warnings] == ["codes_from_labels"]


def test_a_label_too_long_for_a_code_keeps_one_of_its_own() -> None:
    codes = {code_of("", label="x" * 130 + end) for end in "ab"}
    assert len(codes) == 2
    assert {len(code) for code in codes} == {120}


def test_files_that_are_not_escos_are_refused(tmp_path: Path) -> None:
    path = tmp_path / "skills_en.csv"
    for data, code in (
        (b"", "missing_columns"),
        (b"a,b\n1,2\n", "missing_columns"),
        (b"preferredLabel\n\xff\n", "not_utf8"),
        (b'preferredLabel,altLabels\n"' + b"x" * 200_000 + b'",\n', "bad_csv"),
        (b"preferredLabel,altLabels\n,x\n", "missing_key"),
        (b"preferredLabel\nsame\nSAME\n", "duplicate_code"),
    ):
        path.write_bytes(data)
        assert [notice.code for notice in read_format("esco", path, slug="esco").refusals] == [code]
    (tmp_path / "folder").mkdir()
    for name, code in (("absent.csv", "unreadable"), ("folder", "no_skills_file")):
        assert [notice.code for notice in read_format("esco", tmp_path / name, slug="esco").refusals] == [code]


def test_the_public_labels_are_read_whole(shared: Path) -> None:
    parsed = read_format("esco", shared / "data" / "esco_v1.1.1_labels" / "skills_en.csv", slug="esco")
    assert (len(parsed.abilities), parsed.refusals) == (13_891, ())
    assert sum(len(row.terms) for row in parsed.abilities) > 110_000


def test_the_public_folder_is_read_with_its_tree(shared: Path) -> None:
    parsed = read_format("esco", shared / "data" / "esco_v1.2", slug="esco")
    areas = {row.parent for row in parsed.abilities}
    skills = [row for row in parsed.abilities if row.code not in areas]
    assert (len(skills), parsed.refusals) == (2334, ())
    assert all(row.parent for row in skills)


# Postings

POSTINGS = "title,description\nMarketer,Knows search advertising\nMarketer,Knows search advertising\n"


@pytest.fixture
def postings(tmp_path: Path) -> Path:
    make_framework()
    path = tmp_path / "postings.csv"
    path.write_text(POSTINGS)
    return path


def import_postings(path: Path, *more: str) -> tuple[str, ...]:
    return ("import_postings", str(path), "--source", "board", "--framework", "trade", *more)


def test_an_import_of_postings_tells_what_it_set_aside(postings: Path) -> None:
    out = run(
        *import_postings(
            postings, "--collected", "2026-03-31", "--region", "China", "--licence", "L", "--covers", "2025"
        )
    )
    source = DemandSource.objects.get()
    assert out.splitlines()[:2] == [
        "created 1, changed 0, unchanged 0, refused 0",
        "1 identical rows set aside, 0 near-duplicates, 1 undated, 1 new with a position, 1 new mentions",
    ]
    assert (source.slug, source.region, source.licence, source.covers) == ("board", "China", "L", "2025")
    assert str(source.collected) == "2026-03-31"
    assert run(*import_postings(postings)).startswith("created 0, changed 0, unchanged 1, refused 0")


def test_refused_postings_end_with_1_and_are_listed(postings: Path) -> None:
    postings.write_text("title,description\n,\nx,y,z\n")
    code, _message, out = failure(*import_postings(postings))
    assert (code, out.splitlines()[0]) == (1, "created 0, changed 0, unchanged 0, refused 1")
    assert out.splitlines()[1].startswith("row 3: ")
    assert not DemandSource.objects.exists()


def test_wrong_usage_of_postings_ends_with_2(postings: Path, tmp_path: Path) -> None:
    assert failure(*import_postings(tmp_path / "absent.csv"))[0] == 2
    assert failure(*import_postings(postings, "--collected", "yesterday"))[0] == 2
    assert failure("import_postings", str(postings), "--source", "a b", "--framework", "trade")[0] == 2
    assert failure("import_postings", str(postings), "--source", "board", "--framework", "absent")[0] == 2
    assert not Posting.objects.exists()


def test_a_source_of_another_framework_refuses_the_file(postings: Path) -> None:
    run(*import_postings(postings))
    make_framework("other")
    code, _message, out = failure("import_postings", str(postings), "--source", "board", "--framework", "other")
    assert code == 1
    assert "belongs to the framework trade" in out


def test_searching_again_tells_what_came_and_went(postings: Path) -> None:
    run(*import_postings(postings))
    AbilityTerm.objects.filter(text="search advertising").delete()
    assert run("retag_postings", "board").strip() == "created 0, changed 0, unchanged 0, refused 0, removed 1"
    assert failure("retag_postings", "absent")[0] == 2


# Progress


class Stream(StringIO):
    """What a command's error stream looks like to the line that shows progress."""

    def __init__(self, *, terminal: bool) -> None:
        super().__init__()
        self.terminal = terminal

    def isatty(self) -> bool:
        return self.terminal

    def write(self, text: str, _style: Any = None, ending: str = "") -> int:
        return super().write(text + ending)


def test_progress_on_a_terminal_is_one_line_that_ends(monkeypatch: pytest.MonkeyPatch) -> None:
    times = iter([0.1, 0.2, 1.0, 1.1])
    monkeypatch.setattr("time.monotonic", lambda: next(times))
    stream = Stream(terminal=True)
    line = ProgressLine(stream, what="rows")  # type: ignore[arg-type]
    for done in (1, 2, 3, 4):
        line(done, 4)
    assert stream.getvalue() == "1 of 4 rows\r3 of 4 rows\r4 of 4 rows\n"


def test_progress_elsewhere_is_a_line_now_and_then(monkeypatch: pytest.MonkeyPatch) -> None:
    times = iter([0.0, 1.0, 6.0])
    monkeypatch.setattr("time.monotonic", lambda: next(times))
    stream = Stream(terminal=False)
    line = ProgressLine(stream, what="postings")  # type: ignore[arg-type]
    for done in (500, 1000):
        line(done, 0)
    assert stream.getvalue() == "1000 postings\n"
