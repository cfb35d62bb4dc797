from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from competencies.matching import semantic
from competencies.matching.gold import Names, read_gold
from competencies.models import AbilityTerm
from competencies.tabular.problems import UnreadableFile
from tests.matching_gold import annotation_file, gold_pairs, write_gold

NAMES = Names({"A1": ("SQL", "数据库"), "A2": ("Web design",), "A3": ("Twin",), "A4": ("Twin",), "A5": ("sql",)})


@pytest.fixture
def gold(tmp_path: Path):
    def write(text: str) -> Path:
        path = tmp_path / "gold.csv"
        path.write_text(text, encoding="utf-8")
        return path

    return write


# The gold file


def test_each_text_has_the_codes_of_its_rows_and_a_row_without_ability_is_no_match(gold):
    found = read_gold(gold("text,ability\nUse SQL,A1\nUse SQL,web DESIGN\nSing,\n"), names=NAMES)
    assert found.texts == {"Use SQL": {"A1", "A2"}, "Sing": frozenset()}
    assert (found.pairs, found.matched, found.unknown) == (2, 1, ())


def test_abilities_are_named_by_code_or_title_and_capitals_decide_only_between_two(gold):
    found = read_gold(gold("ability,text\nSQL,a\nsql,b\nSql,c\n数据库,d\nTwin,e\n"), names=NAMES)
    assert found.texts == {"a": {"A1"}, "b": {"A5"}, "d": {"A1"}}
    assert [(notice.row, notice.value) for notice in found.unknown] == [(4, "Sql"), (6, "Twin")]


def test_a_text_of_which_no_ability_is_known_is_left_out_and_one_of_two_stays(gold):
    found = read_gold(gold('text,ability\n"a, b",A1\n"a, b",Cooking\nc,Baking\n'), names=NAMES)
    assert found.texts == {"a, b": {"A1"}}
    assert [str(notice) for notice in found.unknown] == [
        "row 3, column ability: the framework has no ability “Cooking”",
        "row 4, column ability: the framework has no ability “Baking”",
    ]


def test_an_annotators_table_is_read_as_it_is(gold):
    rows = "sentence,span,sub_span,label\na b,a,,SQL\na b,b,,LABEL NOT PRESENT\na b,a,,SQL\nc,c,,UNDERSPECIFIED\n"
    found = read_gold(gold(rows), names=NAMES)
    assert found.texts == {"a b": {"A1"}, "c": frozenset()}
    assert (found.pairs, found.unknown) == (1, ())


def test_a_table_without_the_two_columns_is_refused(gold):
    with pytest.raises(UnreadableFile, match="text and ability"):
        read_gold(gold("text,skill\na,b\n"), names=NAMES)


# The command

pytestmark = pytest.mark.django_db


@pytest.fixture
def framework(universe):
    AbilityTerm.objects.create(ability=universe.ability("DA.1"), text="regression", language="en")
    return universe.framework


def run(path: Path, *more: str) -> list[str]:
    out = StringIO()
    call_command("evaluate_matching", str(path), "--framework", "trade", *more, stdout=out, stderr=StringIO())
    return out.getvalue().splitlines()


def failure(path: Path, *more: str) -> tuple[int, str]:
    with pytest.raises(CommandError) as error:
        run(path, *more)
    return error.value.returncode, str(error.value)


def figures(lines: list[str], name: str) -> list[float]:
    line = next(line for line in lines if line.startswith(name))
    return [float(part) for part in line[18:].split()[::2] if part != "–"]


def test_the_figures_stand_beside_two_baselines(framework, gold):
    path = gold("text,ability\nStatistics,DA.1\nregression,DA.1\nsinging,\nLive selling,MK.2\n")
    lines = run(path, "--tier", "default")
    assert lines[0] == "tier: default"
    assert "gold: 4 texts, 3 with a match, 3 pairs, 0 pairs left out" in lines
    # precision, recall, hit@1, hit@5, hit@10, RP@5, MRR
    assert figures(lines, "exact label match") == [1, 0.667, 0.667, 0.667, 0.667, 0.667, 0.667]
    assert figures(lines, "exact-term finder") == [1, 1, 1, 1, 1, 1, 1]
    assert figures(lines, "ranker") == [1, 1, 1, 1, 1, 1, 1]
    assert figures(lines, "plain average") == [1, 1, 1, 1, 1]
    assert lines[-1] == "ranker: tier default at work on 4 texts"


def test_two_languages_are_judged_apart(framework, gold):
    lines = run(gold("text,ability\nStatistics,DA.1\n统计,DA.1\nsinging,\n"), "--tier", "default")
    assert len(figures(lines, "ranker, en")) == len(figures(lines, "ranker, zh")) == 7
    assert not [line for line in lines if "− default" in line]


@pytest.mark.models
@pytest.mark.skipif(not semantic.is_installed(), reason="the extra “semantic” is not installed")
def test_the_models_are_compared_with_words_alone_on_the_same_texts(framework, gold):
    lines = run(gold("text,ability\nStatistics,DA.1\nselling goods on live streams,MK.2\n"))
    assert lines[0] == "tier: semantic"
    assert len(figures(lines, "  − default, en")) == 7


def test_every_figure_has_its_interval(framework, gold):
    lines = run(gold("text,ability\nStatistics,DA.1\nModelling,DA.1\n"), "--tier", "default")
    line = next(line for line in lines if line.startswith("exact label match"))
    assert line.endswith("0.500 0.000–1.000")


def test_what_the_framework_does_not_have_is_told_with_its_row(framework, gold):
    lines = run(gold("text,ability\nStatistics,DA.1\nCooking,Cooking\n"), "--tier", "default")
    assert "left out: row 3, column ability: the framework has no ability “Cooking”" in lines
    assert "gold: 1 texts, 1 with a match, 1 pairs, 1 pairs left out" in lines


def test_a_gold_file_that_measures_nothing_is_refused(framework, gold):
    assert failure(gold("text,ability\nCooking,Cooking\n"), "--tier", "default")[0] == 1
    assert failure(gold("text,ability\nSinging,\n"), "--tier", "default")[0] == 1
    assert failure(gold("a,b\n1,2\n"), "--tier", "default")[0] == 1


def test_wrong_usage_ends_with_2(framework, gold, tmp_path):
    path = gold("text,ability\nStatistics,DA.1\n")
    assert failure(tmp_path / "none.csv")[0] == 2
    with pytest.raises(CommandError) as error:
        call_command("evaluate_matching", str(path), "--framework", "nowhere", stdout=StringIO())
    assert error.value.returncode == 2


def test_a_tier_that_is_not_installed_is_wrong_usage(framework, gold, monkeypatch):
    monkeypatch.setattr(semantic, "is_installed", lambda: False)
    path = gold("text,ability\nStatistics,DA.1\n")
    code, message = failure(path, "--tier", "semantic")
    assert code == 2
    assert "docs/matching.md" in message
    assert run(path)[0] == "tier: default"


# The public annotations


def test_annotations_become_one_row_a_pair_and_no_match_where_no_label_fits(tmp_path):
    if not annotation_file("tech").exists():
        pytest.skip("the folder of public data is not beside the project")
    pairs = [pair for name in ("house", "tech") for pair in gold_pairs(annotation_file(name))]
    labels: dict[str, set[str]] = {}
    for text, label in pairs:
        labels.setdefault(text, set()).add(label)
    assert len(labels) == 178
    assert sum(found != {""} for found in labels.values()) == 136
    assert len([label for _, label in pairs if label]) == 262
    gold = read_gold(write_gold(iter(pairs), tmp_path / "gold.csv"), names=Names({x: (x,) for _, x in pairs if x}))
    assert (gold.pairs, gold.matched, len(gold.texts)) == (262, 136, 178)


def test_a_public_annotation_file_reads_like_its_pairs(tmp_path):
    if not annotation_file("house").exists():
        pytest.skip("the folder of public data is not beside the project")
    pairs = list(gold_pairs(annotation_file("house")))
    names = Names({label: (label,) for _, label in pairs if label})
    assert read_gold(annotation_file("house"), names=names).texts == (
        read_gold(write_gold(iter(pairs), tmp_path / "gold.csv"), names=names).texts
    )
