"""What hangs on a course: the figures of the measure, the drawing, and what does not hold in plain words."""

from __future__ import annotations

from itertools import pairwise

import pytest

from curricula.analysis.prerequisites import complexity
from curricula.models import Course, Prerequisite
from curricula.plans.presenters.prerequisites import MOST_DRAWN, MOST_NAMED, MOST_PROBLEMS
from tests import pages
from tests.queries import queries_of
from tests.universe import add_courses

pytestmark = pytest.mark.django_db


def require(course: Course, *others: Course | str, kind: str = "pre") -> None:
    for other in others:
        named = {"external": other} if isinstance(other, str) else {"requires": other}
        Prerequisite.objects.create(course=course, kind=kind, **named)


@pytest.fixture
def chain(universe):
    """C1 → C2 → C4 and C1 → C3, in terms 1 to 4: the example of the measures' docstrings; C5 stands alone."""
    courses = add_courses(universe.curriculum, 5)
    require(courses[1], courses[0])
    require(courses[2], courses[0])
    require(courses[3], courses[1])
    return courses


def shown(client, universe, query: str = ""):
    return client.get(universe.curriculum.page("prerequisites") + query)


def figure_of(answer):
    return pages.figure_of(answer.content.decode(), "plan-graph")


def test_the_table_gives_the_measures_and_their_sums(universe, chain, as_user):
    page = shown(as_user(universe.viewer), universe).context["page"]
    expected = complexity(["C1", "C2", "C3", "C4", "C5"], [("C1", "C2"), ("C1", "C3"), ("C2", "C4")])
    assert {line.code: line.measures for line in page.lines} == expected.to_dict("index")
    assert page.totals == expected.sum().to_dict()
    assert {line.code: line.before for line in page.lines} == {"C1": 0, "C2": 1, "C3": 1, "C4": 2, "C5": 0}


def test_the_longest_chain_is_named_and_drawn_thick(universe, chain, as_user):
    answer = shown(as_user(universe.viewer), universe)
    assert [line.code for line in answer.context["page"].longest] == ["C1", "C2", "C4"]
    assert "The longest chain holds 3 courses" in answer.content.decode()
    figure = figure_of(answer)
    widths = {
        tuple(edge): trace["line"]["width"]
        for edge, trace in zip(figure["layout"]["meta"]["edges"], figure["data"], strict=True)
    }
    assert widths[("C1", "C2")] == widths[("C2", "C4")] > widths[("C1", "C3")]


def test_the_credits_of_a_course_over_several_terms_are_spread(universe, chain, as_user):
    Course.objects.filter(code="C2").update(term_last=3)
    answer = shown(as_user(universe.viewer), universe)
    assert [term.credits for term in answer.context["page"].terms] == [3, 1.5, 4.5, 3, 3]
    assert "spread evenly" in answer.content.decode()
    Course.objects.update(credits=None, term_last=None)
    answer = shown(as_user(universe.viewer), universe)
    assert [term.credits for term in answer.context["page"].terms] == [None] * 5
    assert "spread evenly" not in answer.content.decode()


def test_every_box_opens_its_course(universe, chain, as_user):
    client = as_user(universe.viewer)
    nodes = figure_of(shown(client, universe))["layout"]["meta"]["nodes"]
    assert {node["code"] for node in nodes} == {course.code for course in chain}
    assert all(client.get(node["href"]).status_code == 200 for node in nodes)


def test_the_table_is_sorted_as_asked(universe, chain, as_user):
    client = as_user(universe.viewer)

    def order(query: str) -> list[str]:
        return [line.code for line in shown(client, universe, query).context["table"].data]

    assert order("") == order("?sort=nonsense") == ["C1", "C2", "C3", "C4", "C5"]
    assert order("?sort=complexity") == ["C1", "C2", "C4", "C3", "C5"]
    Course.objects.filter(code="C1").update(term=None)
    assert order("?sort=term")[-1] == "C1"


def test_a_prerequisite_outside_the_plan_is_named(universe, chain, as_user):
    require(chain[4], "MATH 1")
    answer = shown(as_user(universe.viewer), universe)
    assert answer.context["page"].problems == ("C5 requires MATH 1, which is not a course of this plan.",)
    assert "MATH 1" in answer.content.decode()


@pytest.mark.parametrize(
    ("kind", "terms", "broken"),
    [
        ("pre", (1, 2), False),
        ("pre", (2, 2), True),
        ("pre", (3, 2), True),
        ("co", (2, 2), False),
        ("co", (3, 2), True),
        ("strict-co", (2, 2), False),
        ("strict-co", (1, 2), True),
        ("pre", (None, 2), False),
    ],
)
def test_a_prerequisite_that_the_terms_do_not_keep_is_named(kind, terms, broken, universe, as_user):
    first, second = add_courses(universe.curriculum, 2)
    require(second, first, kind=kind)
    for course, term in zip((first, second), terms, strict=True):
        Course.objects.filter(pk=course.pk).update(term=term)
    answer = shown(as_user(universe.viewer), universe)
    assert bool(answer.context["page"].problems) == broken
    assert (figure_of(answer)["data"][0]["line"].get("dash") == "dash") == broken


def test_a_circle_is_named_and_leaves_no_measure(universe, chain, as_user):
    require(chain[0], chain[3])
    answer = shown(as_user(universe.viewer), universe)
    page = answer.context["page"]
    assert page.ring == ("C1", "C2", "C4")
    assert page.problems[0] == "Prerequisites form a circle: C1 → C2 → C4 → C1."
    assert set(page.totals.values()) == {None}
    assert all(set(line.measures.values()) == {None} for line in page.lines)
    text = answer.content.decode()
    assert "have no value until it is opened" in text
    assert "None" not in pages.text_of(text)


def test_courses_without_a_term_stand_in_a_column_of_their_own(universe, chain, as_user):
    Course.objects.filter(code="C4").update(term=None)
    answer = shown(as_user(universe.viewer), universe)
    assert [term["title"] for term in figure_of(answer)["layout"]["meta"]["terms"]][-1] == "No term"


def test_titles_cannot_smuggle_markup_into_the_drawing(universe, chain, as_user):
    Course.objects.filter(code="C1").update(title_en="</script><b>x", title_zh="")
    text = shown(as_user(universe.viewer), universe).content.decode()
    assert "</script><b>x" not in text
    assert "&lt;/script&gt;&lt;b&gt;x" in text


def test_a_plan_without_courses_asks_for_them_and_one_without_prerequisites_says_so(universe, as_user):
    client = as_user(universe.director)
    assert "Import a teaching plan" in shown(client, universe).content.decode()
    add_courses(universe.curriculum, 2)
    text = shown(client, universe).content.decode()
    assert "No prerequisite is stated" in text
    assert "data-figure" not in text
    assert "Term 2" in text


def test_no_more_queries_for_more_courses(universe, as_user):
    client = as_user(universe.viewer)
    client.get("/")

    def queries() -> int:
        return queries_of(shown, client, universe)

    first, second = add_courses(universe.curriculum, 2)
    require(second, first)
    one = queries()
    for course in add_courses(universe.curriculum, 6):
        require(course, first, "OUT 1")
    assert queries() == one


@pytest.fixture
def long_chain(universe):
    """More courses than can be drawn, each requiring the one before it, all in one term."""
    number = MOST_DRAWN + 2
    courses = add_courses(universe.curriculum, number)
    Course.objects.filter(curriculum=universe.curriculum).update(term=1)
    Prerequisite.objects.bulk_create(Prerequisite(course=then, requires=first) for first, then in pairwise(courses))
    return courses


def test_a_plan_too_large_to_draw_says_so_and_keeps_its_totals(universe, long_chain, as_user):
    answer = shown(as_user(universe.viewer), universe)
    text, page, number = answer.content.decode(), answer.context["page"], len(long_chain)
    assert f"No picture: the plan has {number} courses" in text
    assert 'id="plan-graph"' not in text
    assert page.totals["blocking"] == number * (number - 1) // 2
    assert page.totals["delay"] == number**2
    assert page.totals["centrality"] == (number - 2) * number


def test_a_table_too_long_for_a_page_has_pages_in_the_order_asked_for(universe, long_chain, as_user):
    client = as_user(universe.viewer)
    tables = [shown(client, universe, f"?sort=blocking&page={n}").context["table"] for n in (1, 2)]
    first, second = ([row.record for row in table.paginated_rows] for table in tables)
    assert [len(first), len(second)] == [MOST_DRAWN, 2]
    assert [line.measures["blocking"] for line in second] == [1, 0]


def test_a_chain_too_long_to_name_is_named_at_both_ends(universe, long_chain, as_user):
    answer = shown(as_user(universe.viewer), universe)
    first, last = answer.context["page"].ends_of_longest
    assert [first[0].code, last[-1].code] == ["C1", f"C{len(long_chain)}"]
    assert f"{len(long_chain) - MOST_NAMED} more courses" in answer.content.decode()


def test_many_prerequisites_that_do_not_hold_are_counted_and_not_all_named(universe, long_chain, as_user):
    answer = shown(as_user(universe.viewer), universe)
    page = answer.context["page"]
    assert [len(page.problems), page.more_problems] == [MOST_PROBLEMS, len(long_chain) - 1 - MOST_PROBLEMS]
    assert f"and {page.more_problems} more" in answer.content.decode()


@pytest.fixture
def choice(universe):
    """C3 in term 3 requires C1 or C5, and C2 beside them; C5 comes only in term 5."""
    courses = add_courses(universe.curriculum, 5)
    for other in (courses[0], courses[4]):
        Prerequisite.objects.create(course=courses[2], requires=other, alternative=1)
    require(courses[2], courses[1])
    return courses


def test_alternatives_are_shown_as_such_and_one_in_time_is_enough(universe, choice, as_user):
    answer = shown(as_user(universe.viewer), universe)
    page = answer.context["page"]
    assert page.problem_count == 0
    assert page.lines[2].measures["delay"] == 2
    assert [line.measures["blocking"] for line in page.lines] == [0, 1, 0, 0, 0]
    assert "C1 or C5" in " ".join(pages.text_of(answer.content.decode()).split())
    assert "one of several is enough" in answer.content.decode()
    edges = zip(figure_of(answer)["layout"]["meta"]["edges"], figure_of(answer)["data"], strict=True)
    assert {tuple(edge): trace["line"].get("dash") for edge, trace in edges} == {
        ("C1", "C3"): "longdashdot",
        ("C5", "C3"): "longdashdot",
        ("C2", "C3"): None,
    }


def test_alternatives_that_all_come_too_late_are_told(universe, choice, as_user):
    Course.objects.filter(pk=choice[0].pk).update(term=4)
    page = shown(as_user(universe.viewer), universe).context["page"]
    assert page.problem_count == 2
    assert "C1 before it, which comes in term 4" in page.problems[0]


def test_what_stands_outside_the_plan_may_be_the_alternative(universe, as_user):
    first, second = add_courses(universe.curriculum, 2)
    Prerequisite.objects.create(course=first, requires=second, alternative=1)
    Prerequisite.objects.create(course=first, external="Consent", alternative=1)
    Prerequisite.objects.create(course=second, requires=first)
    page = shown(as_user(universe.viewer), universe).context["page"]
    assert page.ring == ()
    assert page.lines[1].measures["delay"] == 2


def test_courses_that_are_taken_together_form_no_circle(universe, as_user):
    first, second = add_courses(universe.curriculum, 2)
    Course.objects.update(term=1)
    require(first, second, kind="co")
    require(second, first, kind="co")
    page = shown(as_user(universe.viewer), universe).context["page"]
    assert (page.ring, page.problem_count) == ((), 0)
    assert [line.measures["delay"] for line in page.lines] == [1, 1]


def test_the_list_and_the_page_of_a_course_name_the_alternatives(universe, choice, as_user):
    client = as_user(universe.viewer)
    listed = " ".join(pages.text_of(client.get(universe.curriculum.page("courses")).content.decode()).split())
    assert "C1 or C5, C2" in listed
    course = " ".join(pages.text_of(client.get(choice[2].get_absolute_url()).content.decode()).split())
    assert "C1 Course 1 before or C5 Course 5 before" in course
