import csv
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from competencies.frameworks.rankers import ranker_for
from competencies.matching.feedback import Decision, Experience, Outcome
from competencies.matching.lexical import LexicalIndex
from competencies.matching.ranking import Ranker
from competencies.matching.suggestions import suggest
from competencies.matching.vocabulary import Naming, Vocabulary
from curricula.mapping.suggestions import suggestions_for_curriculum
from curricula.models import Course, Mapping, SuggestionDecision

VOCABULARY = Vocabulary.of(
    [
        Naming("WEB", ("Web design", "网页设计"), ("web sites", "网页制作")),
        Naming("LAW", ("Trade law", "贸易法规"), ("law of trade",)),
        Naming("NEG", ("Negotiation", "商务谈判")),
    ]
)
RANKER = Ranker(VOCABULARY, scorers=[LexicalIndex(VOCABULARY)])


def suggested(*parts: str, **more: object) -> list[tuple[str, str, str]]:
    return [(found.ability, found.level, found.verb) for found in suggest(parts, RANKER, **more)]  # type: ignore[arg-type]


# From a text


def test_each_ability_comes_with_the_level_of_the_verbs_beside_its_words():
    parts = ("Online shops", "Students understand trade law. They design and evaluate web sites.")
    assert set(suggested(*parts)) == {("LAW", "I", "understand"), ("WEB", "A", "design")}


def test_a_course_in_chinese_is_read_like_one_in_english():
    parts = ("网店建设", "了解贸易法规，能够设计网页制作方案，掌握商务谈判。")
    assert set(suggested(*parts)) == {("LAW", "I", "了解"), ("WEB", "A", "设计"), ("NEG", "D", "掌握")}


def test_a_title_without_a_verb_takes_the_level_of_the_same_words_in_the_description():
    (found,) = suggest(("Web design", "Learners critique the design of others."), RANKER)
    assert (found.words, found.level, found.verb) == (("Web design",), "A", "critique")


def test_a_course_about_other_things_gets_no_suggestion():
    assert suggested("Physical education", "Running, swimming and a healthy diet.") == []


def test_scores_words_and_tier_are_told():
    (found,) = suggest(("Negotiation",), RANKER)
    assert found.words == ("Negotiation",)
    assert found.tier == "default"
    assert found.score > 0.5


def test_empty_parts_are_no_course():
    assert suggest(("", "  "), RANKER) == []


def test_what_a_school_rejected_before_is_suggested_no_more():
    decisions = [Decision("WEB", ("web sites",), Outcome.REJECTED)] * 20
    assert ("WEB", "", "") in suggested("Web sites and trade law")
    kept = suggested("Web sites and trade law", experience=Experience(decisions))
    assert [ability for ability, _, _ in kept] == ["LAW"]


# Of a curriculum

pytestmark = pytest.mark.django_db


@pytest.fixture
def curriculum(universe):
    Course.objects.filter(curriculum=universe.curriculum).delete()
    for order, (code, title, description) in enumerate(
        [("C1", "Search advertising", ""), ("C2", "Sport", ""), ("C3", "直播销售", "了解直播销售。")]
    ):
        Course.objects.create(
            curriculum=universe.curriculum, code=code, title_en=title, description=description, order=order
        )
    return universe.curriculum


def run(*args: str) -> str:
    out = StringIO()
    call_command("suggest_mappings", *args, stdout=out, stderr=StringIO())
    return out.getvalue()


def test_the_command_lists_course_ability_score_and_words(curriculum, tmp_path):
    path = tmp_path / "suggestions.csv"
    told = run(curriculum.key, "--tier", "default", "--output", str(path))
    assert told.splitlines() == [f"wrote {path}", "2 suggestions for 2 of 3 courses"]
    with path.open(encoding="utf-8-sig", newline="") as file:
        rows = [list(row.values())[:7] for row in csv.DictReader(file)]
    assert [(row[0], row[1], *row[3:]) for row in rows] == [
        ("C1", "MK.1", "Search advertising", "", "", "no"),
        ("C3", "MK.2", "直播销售", "I", "了解", "no"),
    ]
    assert all(0.25 <= float(row[2]) <= 1.05 for row in rows)


def test_without_a_file_the_list_is_shown(curriculum):
    assert "C1  MK.1" in run(curriculum.key, "--tier", "default")


def test_nothing_is_saved(curriculum):
    run(curriculum.key, "--tier", "default")
    assert not curriculum.courses.filter(mappings__isnull=False).exists()


def test_what_the_school_rejected_before_is_scored_lower_by_the_command_too(universe, curriculum, tmp_path):
    path = tmp_path / "suggestions.csv"
    Course.objects.filter(code="C1").update(title_en="Search advertising for shops")

    def score() -> float:
        run(curriculum.key, "--tier", "default", "--output", str(path))
        with path.open(encoding="utf-8-sig", newline="") as file:
            return next(float(row["score"]) for row in csv.DictReader(file) if row["ability"] == "MK.1")

    before = score()
    decision = SuggestionDecision.objects.create(
        course=curriculum.courses.get(code="C2"),
        ability=universe.ability("MK.1"),
        decision=SuggestionDecision.Decision.REJECTED,
        words=["search advertising"],
        score=0.5,
        who="faculty",
    )
    assert score() < before
    SuggestionDecision.objects.filter(pk=decision.pk).update(undone=True)
    assert score() == before


def test_what_was_rejected_for_a_course_is_listed_no_more_unless_that_is_undone(universe, curriculum):
    decision = SuggestionDecision.objects.create(
        course=curriculum.courses.get(code="C1"),
        ability=universe.ability("MK.1"),
        decision=SuggestionDecision.Decision.REJECTED,
        words=["search advertising"],
        score=1.0,
        who="faculty",
    )
    assert "C1  MK.1" not in run(curriculum.key, "--tier", "default")
    SuggestionDecision.objects.filter(pk=decision.pk).update(undone=True)
    assert "C1  MK.1" in run(curriculum.key, "--tier", "default")


def test_what_is_mapped_already_is_marked(universe, curriculum):
    course = curriculum.courses.get(code="C1")
    Mapping.objects.create(course=course, ability=universe.ability("MK.1"))
    ranker = ranker_for(universe.framework, tier="default")
    found = {one.course.code: one.mapped for one in suggestions_for_curriculum(curriculum, ranker)}
    assert found == {"C1": True, "C3": False}


@pytest.mark.parametrize(
    ("args", "code"),
    [(("nowhere",), 2), (("a/b/2020",), 2), (("{key}", "--output", "/nowhere/x.csv"), 2)],
)
def test_wrong_usage_ends_with_2(curriculum, args, code):
    with pytest.raises(CommandError) as error:
        run(*(arg.format(key=curriculum.key) for arg in args))
    assert error.value.returncode == code


def test_courses_are_read_in_as_many_queries_whatever_their_number(curriculum, django_assert_num_queries):
    ranker = ranker_for(curriculum.framework, tier="default")
    with django_assert_num_queries(5):
        list(suggestions_for_curriculum(curriculum, ranker))


def test_a_ranker_is_kept_until_the_vocabulary_changes(universe):
    first = ranker_for(universe.framework, tier="default")
    assert ranker_for(universe.framework, tier="default") is first
    universe.framework.vocabulary_version += 1
    assert ranker_for(universe.framework, tier="default") is not first
