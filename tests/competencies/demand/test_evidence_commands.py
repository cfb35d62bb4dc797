"""Surveys and official figures from the command line: counts, refusals, exit codes, and twice changes nothing."""

from __future__ import annotations

from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from competencies.models import DemandSource, Framework, OfficialFigure, SurveyAnswer
from curricula.models import School
from tests.queries import queries_of
from tests.universe import make_framework

pytestmark = pytest.mark.django_db
SURVEY = "id,importance: MK.1,competence: MK.1,importance: DA.1,competence: DA.1\nE1,5,3,4,4\nE2,4,,3,2\n"
FIGURES = "year,position,openings,graduates,source\n2024,Marketer,120,300,Yearbook\n2025,,150,,Yearbook\n"


@pytest.fixture(autouse=True)
def framework(db: None) -> None:
    make_framework()


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "file.csv"


def run(command: str, path: Path, *more: str, source: str = "s") -> list[str]:
    out = StringIO()
    options = ("--source", source, "--framework", "trade")
    call_command(command, str(path), *options, *more, stdout=out, stderr=StringIO())
    return out.getvalue().splitlines()


def failure(command: str, path: Path, *more: str, source: str = "s") -> tuple[int, list[str]]:
    out = StringIO()
    options = ("--source", source, "--framework", "trade")
    with pytest.raises(CommandError) as error:
        call_command(command, str(path), *options, *more, stdout=out, stderr=StringIO())
    return error.value.returncode, out.getvalue().splitlines()


def test_a_survey_is_saved_and_a_second_import_changes_nothing(file: Path) -> None:
    file.write_text(SURVEY)
    first = run("import_survey", file, "--region", "China", "--collected", "2026-05-01")
    assert first[:2] == [
        "created 4, changed 0, unchanged 0, refused 0",
        "2 respondents on the scale 1 to 5, 0 repeated answers set aside",
    ]
    source = DemandSource.objects.get()
    assert (source.kind, source.region, str(source.collected)) == ("survey", "China", "2026-05-01")
    before = source.changed
    assert run("import_survey", file)[0] == "created 0, changed 0, unchanged 4, refused 0"
    assert DemandSource.objects.get().changed == before


def test_an_edited_answer_is_changed_and_a_blank_one_stays(file: Path) -> None:
    file.write_text(SURVEY)
    run("import_survey", file)
    file.write_text(SURVEY.replace("E1,5,3,4,4", "E1,5,,2,4"))
    assert run("import_survey", file)[0] == "created 0, changed 1, unchanged 3, refused 0"
    answers = {(a.respondent, a.ability.code): (a.importance, a.competence) for a in SurveyAnswer.objects.all()}
    assert answers["E1", "MK.1"] == (5, 3)
    assert answers["E1", "DA.1"] == (2, 4)


def test_a_survey_with_a_refusal_saves_nothing(file: Path) -> None:
    file.write_text(SURVEY + "E3,9,1,1,1\n")
    code, lines = failure("import_survey", file, "--scale", "1", "5")
    assert code == 1
    assert lines[0] == "created 0, changed 0, unchanged 0, refused 1"
    assert "row 4, column importance: The answer lies outside the scale 1 to 5." in lines
    assert not DemandSource.objects.exists()


def test_answers_on_two_scales_are_not_mixed(file: Path) -> None:
    file.write_text(SURVEY)
    run("import_survey", file)
    file.write_text("id,importance: MK.1\nE9,7\n")
    code, lines = failure("import_survey", file)
    assert code == 1
    assert "scale 1 to 5" in lines[1]
    assert not SurveyAnswer.objects.filter(respondent="E9").exists()


def test_a_scale_below_0_is_refused_and_nothing_saved(file: Path) -> None:
    file.write_text(SURVEY)
    code, lines = failure("import_survey", file, "--scale", "-5", "5")
    assert (code, lines[0]) == (1, "created 0, changed 0, unchanged 0, refused 1")
    assert "Add 5 to every answer" in lines[1]
    assert not DemandSource.objects.exists()


def test_figures_are_saved_and_a_second_import_changes_nothing(file: Path) -> None:
    file.write_text(FIGURES)
    assert run("import_figures", file)[0] == "created 3, changed 0, unchanged 0, refused 0"
    assert run("import_figures", file)[0] == "created 0, changed 0, unchanged 3, refused 0"
    file.write_text(FIGURES.replace("150", "155"))
    assert run("import_figures", file)[0] == "created 0, changed 1, unchanged 2, refused 0"
    assert DemandSource.objects.get().kind == "figures"
    rows = OfficialFigure.objects.values_list("kind", "position__code", "first__year", "number")
    assert set(rows) == {
        ("openings", "marketer", 2024, 120),
        ("graduates", "marketer", 2024, 300),
        ("openings", None, 2025, 155),
    }


@pytest.mark.parametrize(("command", "text"), [("import_survey", SURVEY), ("import_figures", FIGURES)])
def test_a_dry_run_saves_nothing_and_a_bad_file_ends_with_1(command: str, text: str, file: Path) -> None:
    file.write_text(text)
    assert run(command, file, "--dry-run")[-1] == "dry run: nothing was saved"
    file.write_text("nothing,of this kind\n1,2\n")
    assert failure(command, file)[0] == 1
    assert not DemandSource.objects.exists()


@pytest.mark.parametrize(("command", "text"), [("import_survey", SURVEY), ("import_figures", FIGURES)])
def test_a_source_of_another_kind_or_framework_refuses_the_file(command: str, text: str, file: Path) -> None:
    file.write_text(text)
    DemandSource.objects.create(slug="s", framework=make_framework("other"), collected="2026-01-01")
    code, lines = failure(command, file)
    assert (code, "belongs to the framework other" in lines[1]) == (1, True)
    DemandSource.objects.create(slug="board", framework=Framework.objects.get(slug="trade"), collected="2026-01-01")
    code, lines = failure(command, file, source="board")
    assert (code, "job postings" in lines[1]) == (1, True)


def test_wrong_usage_ends_with_2(file: Path) -> None:
    assert failure("import_survey", file)[0] == 2
    file.write_text(SURVEY)
    assert failure("import_survey", file, source="a b")[0] == 2
    assert failure("import_survey", file, "--scale", "5", "1")[0] == 2
    assert failure("import_figures", file, "--collected", "tomorrow")[0] == 2


def test_queries_do_not_grow_with_the_answers(file: Path) -> None:
    def queries(respondents: int, source: str) -> int:
        file.write_text("id,importance: MK.1,competence: MK.1\n" + "".join(f"E{n},4,2\n" for n in range(respondents)))
        return queries_of(run, "import_survey", file, source=source)

    assert queries(1, "one") == queries(30, "thirty")


# Whose a source is

FILES = {"import_survey": SURVEY, "import_figures": FIGURES, "import_postings": "title,text\nMarketer,We sell\n"}


@pytest.mark.parametrize("command", FILES)
def test_a_new_source_belongs_to_the_school_that_is_named_or_to_the_site(command: str, file: Path) -> None:
    file.write_text(FILES[command])
    north, south = (School.objects.create(slug=slug) for slug in ("north", "south"))
    run(command, file, "--school", "north")
    run(command, file, source="of-the-site")
    owners = dict(DemandSource.objects.values_list("slug", "owner"))
    assert owners == {"s": north.pk, "of-the-site": None}
    assert failure(command, file, "--school", "nowhere")[0] == 2
    for source in owners:
        assert failure(command, file, "--school", south.slug, source=source)[0] == 2
    run(command, file, source="s")  # the command line is trusted, and the source stays whose it is
    assert DemandSource.objects.get(slug="s").owner == north
