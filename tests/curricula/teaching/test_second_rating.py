"""A second rater rates alone; what two raters see differently, or somebody disputes, a meeting settles."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.utils import timezone

from curricula.analysis.gap import analyse
from curricula.evaluation.frames import frames_for
from curricula.models import AssignedCourse, CellDecision, CellQuestion, Mapping, Membership, Rating
from curricula.rater_codes import is_rater_code, member_code
from curricula.records.versions import next_version
from curricula.teaching.agenda import agenda_of
from curricula.teaching.assignment_actions import Request, ask_member, finish
from curricula.teaching.rating_actions import NothingRated, hand_in
from tests.permissions.table import TABLE
from tests.universe import Universe, add_courses, add_postings, make_universe

pytestmark = pytest.mark.django_db
MARK = "Zanzibar"  # stands in every row of the first rating
DUE = Request(due=date(2099, 6, 30))
SECOND = Request(due=date(2099, 6, 30), second=True)


@pytest.fixture
def rated(db: None) -> Universe:
    """C1 and C2 are mapped by the first lecturer; the second, of the faculty too, is asked to rate C1 alone."""
    universe = make_universe()
    first = add_member(universe, "first")
    courses = add_courses(universe.curriculum, 3, mapped=False)
    made = ask_member(universe.curriculum, courses[:2], user=first, request=DUE, by=universe.director).made[0]
    for course, code, level in ((courses[0], "MK.1", "D"), (courses[0], "DA.1", "I"), (courses[1], "MK.2", "A")):
        Mapping.objects.create(course=course, ability=universe.ability(code), level=level, evidence=f"{MARK} {code}")
    for line in made.courses.all():
        finish(line)
    ask_member(universe.curriculum, courses[:1], user=universe.faculty, request=SECOND, by=universe.director)
    return universe


def add_member(universe: Universe, name: str, role: str = "faculty") -> User:
    user = User.objects.create_user(name, password=name)
    Membership.objects.create(user=user, school=universe.school, role=role)
    return user


def task(universe: Universe, code: str = "C1") -> str:
    return universe.curriculum.page("course-task", universe.course(code).pk)


def second_line() -> AssignedCourse:
    return AssignedCourse.objects.get(assignment__second=True)


def rate(universe: Universe, client: Any, **levels: str) -> None:
    """MK_1="D" is level D of MK.1."""
    for name, level in levels.items():
        ability = universe.ability(name.replace("_", "."))
        sent = {"do": "cell", "ability": ability.pk, "level": level, "known": "null"}
        assert client.post(task(universe), sent).status_code == 302


def page_of(universe: Universe, name: str) -> str | None:
    """The address of a page of the plan, filled with what there is; None where it has more parameters than that."""
    for args in ((), (universe.course("C1").pk,), ("MK.1",), ("marketer",), ("json",)):
        try:
            return universe.curriculum.page(name, *args)
        except Exception:
            continue
    return None


def test_a_second_rater_sees_nothing_of_the_first_on_any_page_of_the_site(rated, as_user):
    add_postings(rated.curriculum, 3)
    second, viewer = as_user(rated.faculty), as_user(rated.viewer)
    seen = {name: page for name in TABLE if (page := page_of(rated, name)) is not None}
    assert len(seen) > 60
    opened = set()
    for name, page in seen.items():
        answer = second.get(page)
        body = b"".join(answer) if answer.streaming else answer.content
        assert MARK.encode() not in body, name
        if answer.status_code == 200:
            opened.add(name)
    assert opened == {"course-task"}
    told = {name for name, page in seen.items() if MARK in viewer.get(page).content.decode(errors="ignore")}
    assert "matrix" in told, "and the mark would be found where it stands"
    for page in ("/", "/my-courses/", "/compare/"):
        assert MARK not in second.get(page).content.decode()


def test_the_second_raters_page_tells_nothing_by_what_it_proposes_either(rated, as_user):
    rated.curriculum.courses.filter(code="C1").update(description="Search advertising and statistics.")
    shown = as_user(rated.faculty).get(task(rated)).context["task"]
    assert shown.chosen == []
    assert {each.ability.code for each in shown.shown.proposed} >= {"MK.1", "DA.1"}, "proposed here too"
    assert all(line.place == "" for line in shown.chosen)


def test_what_a_second_rater_enters_is_under_a_code_and_changes_no_cell_of_the_plan(rated, as_user):
    rate(rated, as_user(rated.faculty), MK_1="A", MK_2="I")
    rows = Mapping.objects.filter(course__code="C1").exclude(rater="")
    code = member_code(rated.school, rated.faculty)
    assert {(row.ability.code, row.level, row.rater) for row in rows} == {("MK.1", "A", code), ("MK.2", "I", code)}
    assert is_rater_code(code)
    assert "faculty" not in code
    assert Mapping.objects.cells().filter(course__code="C1").count() == 2


def test_until_it_is_handed_in_nobody_sees_it_and_no_measure_counts_it(rated, as_user):
    rate(rated, as_user(rated.faculty), MK_1="A")
    code = member_code(rated.school, rated.faculty)
    for user in (rated.director, rated.viewer, User.objects.get(username="first")):
        assert code not in as_user(user).get(rated.curriculum.page("matrix")).content.decode()
    assert frames_for(rated.curriculum).ratings.empty
    hand_in(second_line(), user=rated.faculty)
    assert code in as_user(rated.director).get(rated.curriculum.page("matrix")).content.decode()


def test_handing_in_needs_a_rating_happens_once_and_opens_the_pages(rated, as_user):
    client = as_user(rated.faculty)
    with pytest.raises(NothingRated):
        hand_in(second_line(), user=rated.faculty)
    client.post(task(rated), {"do": "done"})
    assert second_line().done is None
    rate(rated, client, MK_1="A")
    assert client.post(task(rated), {"do": "done"})["Location"] == "/my-courses/"
    assert client.get(rated.curriculum.page("matrix")).status_code == 200
    sent = {"do": "cell", "ability": rated.ability("MK.1").pk, "level": "D"}
    client.post(task(rated), sent)
    code = member_code(rated.school, rated.faculty)
    assert Mapping.objects.get(course__code="C1", ability__code="MK.1", rater=code).level == "A"


def test_the_first_rating_is_kept_as_it_stood_and_agreement_is_of_the_two(rated):
    for code, level in (("MK.1", "D"), ("DA.1", "D"), ("DA.2", "I")):
        rater = member_code(rated.school, rated.faculty)
        Mapping.objects.create(course=rated.course("C1"), ability=rated.ability(code), level=level, rater=rater)
    hand_in(second_line(), user=rated.faculty)
    Mapping.objects.filter(course__code="C1", rater="").update(level="A")
    frames = frames_for(rated.curriculum)
    first, second = member_code(rated.school, User.objects.get(username="first")), rater
    found = {(row.rater, row.ability): row.level for row in frames.ratings.itertuples()}
    assert found == {
        (first, "MK.1"): "D", (first, "DA.1"): "I",
        (second, "MK.1"): "D", (second, "DA.1"): "D", (second, "DA.2"): "I",
    }  # fmt: skip
    assert {tuple(row) for row in frames.part_rated.to_numpy()} == {(first, "C1"), (second, "C1")}
    agreement = analyse(frames, draws=50).agreement
    assert agreement.raters == 2
    assert set(agreement.unstable["ability"]) == {"DA.1", "DA.2"}


def test_only_faculty_are_second_raters_and_of_nothing_that_is_their_own(rated, as_user):
    client, page = as_user(rated.director), rated.curriculum.page("ask")
    sent = {"which": "chosen", "courses": [rated.course("C2").pk], "whom": "second", "due": "2099-01-01"}
    answer = client.post(page, sent | {"member": rated.administrator.pk})
    assert "member" in answer.context["form"].errors
    first = User.objects.get(username="first")
    client.post(page, sent | {"member": first.pk})
    assert not AssignedCourse.objects.filter(assignment__second=True, assignment__person=first).exists()
    client.post(page, sent | {"courses": [rated.course("C3").pk], "member": rated.faculty.pk})
    assert not AssignedCourse.objects.filter(course__code="C3").exists(), "it is not mapped yet"


def test_where_two_raters_differ_a_meeting_settles_cell_by_cell(rated, as_user):
    rate(rated, as_user(rated.faculty), MK_1="A", MK_2="I")
    hand_in(second_line(), user=rated.faculty)
    items = {item.ability.code: item for item in agenda_of(rated.curriculum).items}
    assert set(items) == {"MK.1", "DA.1", "MK.2"}
    assert sorted(said.level for said in items["DA.1"].said) == ["I – introduced", "not mapped"]
    client, page = as_user(rated.director), rated.curriculum.page("agenda-settle")
    sent = {
        "met_on": "2026-11-20",
        "present": [rated.director.pk, rated.faculty.pk],
        "others": "Wang Fang、Li Lei",
        f"{items['MK.1'].key}-level": "D",
        f"{items['MK.1'].key}-reason": "Students build one campaign.",
        f"{items['DA.1'].key}-level": "none",
    }
    assert client.post(page, sent).status_code == 302
    assert [item.ability.code for item in agenda_of(rated.curriculum).items] == ["MK.2"]
    cells = Mapping.objects.cells().filter(course__code="C1").values_list("ability__code", "level", "evidence")
    assert list(cells) == [("MK.1", "D", f"{MARK} MK.1")]
    decision = CellDecision.objects.get(ability__code="MK.1")
    assert (decision.met_on, decision.level, decision.reason) == (
        date(2026, 11, 20),
        "D",
        "Students build one campaign.",
    )
    assert len(decision.present) == 4
    assert all(map(is_rater_code, decision.present))
    assert (
        Mapping.history.filter(ability__code="DA.1", rater="", history_type="-").get().history_user == rated.director
    )
    told = client.get(rated.curriculum.page("agenda")).content.decode()
    assert "Wang Fang" not in told
    assert "Students build one campaign." in told


def test_plans_of_the_program_are_compared_neither(rated, as_user):
    page = f"/compare/?c={rated.curriculum.key}&c={rated.curriculum.key}"
    assert as_user(rated.faculty).get(page).status_code == 403
    assert as_user(rated.viewer).get(page).status_code == 200


def test_reports_over_all_programs_are_closed_to_a_second_rater_until_the_rating_is_handed_in(rated, as_user):
    """They tell every program's sentence and matrix, and with these what the first found."""
    pages = ["/schools/north/reports/", "/schools/north/reports/xlsx/", "/schools/north/reports/archive/1/"]
    for page in pages:
        assert as_user(rated.faculty).get(page).status_code == 403, page
    assert as_user(rated.viewer).get(pages[0]).status_code == 200
    rate(rated, as_user(rated.faculty), MK_1="A")
    hand_in(second_line(), user=rated.faculty)
    assert as_user(rated.faculty).get(pages[0]).status_code == 200


def test_one_decision_that_cannot_be_written_leaves_all_of_them_unwritten_and_typed(rated, as_user):
    Mapping.objects.filter(course__code="C1", ability__code="DA.1").update(share=0.8)
    rate(rated, as_user(rated.faculty), MK_1="A", MK_2="I")
    hand_in(second_line(), user=rated.faculty)
    items = {item.ability.code: item for item in agenda_of(rated.curriculum).items}
    sent = {
        "met_on": "2026-11-20", "present": [rated.director.pk],
        f"{items['MK.2'].key}-level": "I", f"{items['MK.1'].key}-level": "A", f"{items['MK.1'].key}-share": "40",
    }  # fmt: skip
    answer = as_user(rated.director).post(rated.curriculum.page("agenda-settle"), sent)
    assert answer.status_code == 422
    assert "add up to 120 %" in answer.context["refusal"]
    assert 'value="40"' in answer.content.decode()
    assert not CellDecision.objects.exists()
    assert Mapping.objects.cells().get(course__code="C1", ability__code="MK.1").level == "D"


@pytest.mark.parametrize(
    ("changed", "wrong"),
    [({"present": []}, "present"), ({"met_on": "2999-01-01"}, "met_on"), ({"met_on": ""}, "met_on")],
)
def test_a_meeting_has_a_day_and_somebody_there(rated, as_user, changed, wrong):
    rate(rated, as_user(rated.faculty), MK_1="A")
    hand_in(second_line(), user=rated.faculty)
    [*_others, item] = agenda_of(rated.curriculum).items
    sent = {"met_on": "2026-11-20", "present": [rated.director.pk], f"{item.key}-level": "D"} | changed
    answer = as_user(rated.director).post(rated.curriculum.page("agenda-settle"), sent)
    assert (answer.status_code, list(answer.context["meeting"].errors)) == (422, [wrong])
    assert not CellDecision.objects.exists()


def test_a_cell_is_disputed_with_a_note_counts_for_nothing_and_is_settled(rated, as_user):
    first = User.objects.get(username="first")
    client, mk1 = as_user(first), rated.ability("MK.1")
    answer = client.post(task(rated), {"do": "dispute", "ability": mk1.pk, "disputing": ""})
    assert answer.status_code == 422
    client.post(task(rated), {"do": "dispute", "ability": mk1.pk, "disputing": "Nobody teaches this any more."})
    assert Mapping.objects.get(course__code="C1", ability=mk1, rater="").state == "disputed"
    assert "MK.1" not in set(frames_for(rated.curriculum).mappings["ability"])
    assert "Nobody teaches this any more." in client.get(task(rated)).content.decode()
    [item] = agenda_of(rated.curriculum).items
    assert (item.disputed, [each.note for each in item.questions]) == (True, ["Nobody teaches this any more."])
    sent = {"met_on": "2026-11-20", "present": [first.pk], f"{item.key}-level": "I"}
    as_user(rated.director).post(rated.curriculum.page("agenda-settle"), sent)
    assert agenda_of(rated.curriculum).items == []
    assert Mapping.objects.cells().get(course__code="C1", ability=mk1).level == "I"
    CellQuestion.objects.create(
        curriculum=rated.curriculum, course="C1", ability=mk1, note="Still.", raised=timezone.now()
    )
    assert len(agenda_of(rated.curriculum).items) == 1, "what is said after a decision opens it again"


def test_the_matrix_finds_what_a_meeting_has_to_settle_and_no_rater_alone_is_told(rated, as_user):
    """By what the agenda says, which is more than the state of a cell: raters differ without anybody disputing."""

    def told(**asked: str) -> list[list[int]]:
        answer = as_user(rated.director).get(rated.curriculum.page("matrix", **asked))
        return answer.context["payload"]["unsettled"]

    assert told() == []
    rate(rated, as_user(rated.faculty), MK_1="A")
    hand_in(second_line(), user=rated.faculty)
    items = agenda_of(rated.curriculum).items
    assert items
    assert not Mapping.objects.filter(state="disputed").exists()
    assert told() == sorted([item.course.pk, item.ability.pk] for item in items)
    assert told(**{"as": "R1"}) == []
    sent: dict[str, Any] = {"met_on": "2026-11-20", "present": [rated.director.pk]}
    sent |= {f"{item.key}-level": "I" for item in items}
    as_user(rated.director).post(rated.curriculum.page("agenda-settle"), sent)
    assert told() == []


def test_who_reads_settles_nothing(rated, as_user):
    page = rated.curriculum.page("agenda-settle")
    first = User.objects.get(username="first")
    assert as_user(first).get(rated.curriculum.page("agenda")).status_code == 200
    for user, status in ((first, 403), (rated.viewer, 403), (rated.outsider, 404)):
        assert as_user(user).post(page, {}).status_code == status


def test_the_next_version_takes_along_what_is_asked_what_was_rated_and_what_was_settled(rated, as_user):
    rate(rated, as_user(rated.faculty), MK_1="A")
    hand_in(second_line(), user=rated.faculty)
    items = agenda_of(rated.curriculum).items
    sent: dict[str, Any] = {"met_on": "2026-11-20", "present": [rated.director.pk]}
    as_user(rated.director).post(
        rated.curriculum.page("agenda-settle"), sent | {f"{item.key}-level": "D" for item in items}
    )
    third = add_member(rated, "third")
    ask_member(rated.curriculum, [rated.course("C3")], user=third, request=DUE, by=None)
    copy = next_version(rated.curriculum)
    assert agenda_of(copy).items == []
    assert Rating.objects.filter(course__curriculum=copy).count() == 2
    line = AssignedCourse.objects.get(assignment__person=third)
    assert line.course.curriculum == line.assignment.curriculum == copy


def test_the_agenda_costs_the_same_for_one_cell_and_for_three(rated, as_user, django_assert_max_num_queries):
    def queries() -> int:
        with django_assert_max_num_queries(60) as counted:
            assert as_user(rated.director).get(rated.curriculum.page("agenda")).status_code == 200
        return len(counted.captured_queries)

    def raters(code: str) -> None:
        for rater, level in (("R1", "I"), ("R2", "A")):
            Mapping.objects.create(course=rated.course("C3"), ability=rated.ability(code), level=level, rater=rater)

    raters("MK.1")
    one = queries()
    raters("MK.2")
    raters("DA.1")
    assert queries() == one
