"""Two people open one form: each one's changes are kept, and where both changed the same, the second is asked."""

from __future__ import annotations

from html.parser import HTMLParser
from typing import Any

import pytest

from curricula.models import Course, ElectiveGroup, Mapping, Partnership, Prerequisite, Scenario, School
from tests.universe import add_courses, add_postings

pytestmark = pytest.mark.django_db
Sent = dict[str, list[str]]


class _Fields(HTMLParser):
    """What a browser would send of the form on a page that holds a certain field."""

    def __init__(self, field: str) -> None:
        super().__init__()
        self.field, self.name = field, ""
        self.forms: list[dict[str, Any]] = [{}]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        stated = {name: value or "" for name, value in attrs}
        if tag == "form":
            self.forms.append({})
        name, kind = stated.get("name", ""), stated.get("type", "")
        if tag == "input" and name and (kind not in ("checkbox", "radio") or "checked" in stated):
            usual = "on" if kind in ("checkbox", "radio") else ""
            self.forms[-1].setdefault(name, []).append(stated.get("value", usual))
        if tag in ("select", "textarea"):
            self.name = name
        if tag == "option" and ("selected" in stated or self.name not in self.forms[-1]):
            self.forms[-1][self.name] = [stated["value"]]
        self.area = tag == "textarea"

    def handle_data(self, data: str) -> None:
        if getattr(self, "area", False):
            self.forms[-1].setdefault(self.name, []).append(data.removeprefix("\n").replace("\n", "\r\n"))
            self.area = False


def opened(client: Any, address: str, field: str) -> Sent:
    return as_sent(client.get(address).content.decode(), field)


def as_sent(page: str, field: str) -> Sent:
    read = _Fields(field)
    read.feed(page)
    return next(form for form in read.forms if field in form or f"initial-{field}" in form)


def changed(sent: Sent, **facts: Any) -> Sent:
    return sent | {name: value if isinstance(value, list) else [value] for name, value in facts.items()}


def test_two_who_change_other_fields_of_a_course_lose_nothing(universe, as_user):
    course = add_courses(universe.curriculum, 1)[0]
    Course.objects.update(note="one\ntwo", lecturers=["T01"], required=True)
    client, address = as_user(universe.director), universe.curriculum.page("course-edit", course.pk)
    mine, other = opened(client, address, "code"), opened(client, address, "code")
    assert client.post(address, changed(mine, credits="4")).status_code == 302
    assert client.post(address, changed(other, title_en="Renamed", lecturers="T02; T03")).status_code == 302
    course.refresh_from_db()
    assert (course.credits, course.title_en, course.lecturers) == (4, "Renamed", ["T02", "T03"])
    assert (course.note, course.required, course.theory) == ("one\ntwo", True, 32)


def test_who_changed_nothing_undoes_nothing(universe, as_user):
    course = add_courses(universe.curriculum, 1)[0]
    client, address = as_user(universe.director), universe.curriculum.page("course-edit", course.pk)
    old = opened(client, address, "code")
    client.post(address, changed(old, credits="4", description="New"))
    assert client.post(address, old).status_code == 302
    course.refresh_from_db()
    assert (course.credits, course.description) == (4, "New")


def test_two_who_change_the_same_field_are_shown_both_and_the_second_decides(universe, as_user):
    course = add_courses(universe.curriculum, 1)[0]
    client, address = as_user(universe.director), universe.curriculum.page("course-edit", course.pk)
    old = opened(client, address, "code")
    client.post(address, changed(old, title_en="First", credits="4"))
    answer = client.post(address, changed(old, title_en="Second"))
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "changed this meanwhile to: First" in page
    course.refresh_from_db()
    assert course.title_en == "First"
    assert client.post(address, as_sent(page, "code")).status_code == 302
    course.refresh_from_db()
    assert (course.title_en, course.credits) == ("Second", 4)


def test_two_who_change_a_field_to_the_same_agree(universe, as_user):
    course = add_courses(universe.curriculum, 1)[0]
    client, address = as_user(universe.director), universe.curriculum.page("course-edit", course.pk)
    old = opened(client, address, "code")
    assert [client.post(address, changed(old, credits="4")).status_code for _time in range(2)] == [302, 302]


def test_a_prerequisite_that_somebody_else_changed_stays_changed(universe, as_user):
    first, second = add_courses(universe.curriculum, 2)
    Prerequisite.objects.create(course=second, requires=first)
    client, address = as_user(universe.director), universe.curriculum.page("course-edit", second.pk)
    old = opened(client, address, "code")
    client.post(address, changed(old, **{"prerequisites-0-kind": "co"}))
    assert client.post(address, changed(old, credits="4")).status_code == 302
    assert Prerequisite.objects.get().kind == "co"


def test_a_prerequisite_that_is_gone_is_told_of_and_nothing_is_saved(universe, as_user):
    first, second = add_courses(universe.curriculum, 2)
    Prerequisite.objects.create(course=second, requires=first)
    client, address = as_user(universe.director), universe.curriculum.page("course-edit", second.pk)
    old = opened(client, address, "code")
    Prerequisite.objects.all().delete()
    answer = client.post(address, changed(old, credits="4"))
    assert answer.status_code == 422
    assert "removed this prerequisite meanwhile" in answer.content.decode()
    assert universe.course("C2").credits == 3
    assert not Prerequisite.objects.exists()


def test_settings_of_two_are_put_together_choice_by_choice(universe, as_user):
    plan = universe.curriculum
    add_courses(plan, 4)
    source = add_postings(plan, 1)
    marketer, analyst = universe.framework.positions.order_by("-code")
    plan.prepares_for.add(marketer)
    client, address = as_user(universe.director), plan.page("curriculum-settings")
    mine, other = opened(client, address, "prepares_for"), opened(client, address, "prepares_for")
    client.post(address, changed(mine, prepares_for=[str(marketer.pk), str(analyst.pk)]))
    client.post(address, changed(other, prepares_for=[], signed_off="on", demand_sources=[]))
    plan.refresh_from_db()
    assert list(plan.prepares_for.all()) == [analyst]
    assert plan.signed_off
    assert list(plan.demand_sources.all()) == []
    client.post(address, changed(mine, demand_sources=[str(source.pk)]))
    assert plan.signed_off


def test_the_courses_of_a_group_are_put_together_choice_by_choice(universe, as_user):
    first, second, third = add_courses(universe.curriculum, 3)
    group = ElectiveGroup.objects.create(curriculum=universe.curriculum, title="Options", choose=1)
    Course.objects.filter(pk=first.pk).update(elective_group=group)
    client, address = as_user(universe.director), universe.curriculum.page("elective-group", group.pk)
    old = opened(client, address, "title")
    client.post(address, changed(old, courses=[str(first.pk), str(second.pk)], choose="2"))
    client.post(address, changed(old, courses=[str(third.pk)], title="Renamed"))
    group.refresh_from_db()
    assert (group.title, group.choose) == ("Renamed", 2)
    assert list(group.courses.values_list("code", flat=True)) == ["C2", "C3"]


@pytest.mark.parametrize("name", ["school", "program", "record"])
def test_titles_and_records_of_two_lose_nothing(name, universe, as_user):
    record = Partnership.objects.create(school=universe.school, partner="Cloud", state="new", content="one\ntwo")
    addresses = {
        "school": ("/schools/north/", "title_en", "title_zh"),
        "program": ("/schools/north/programs/sales/", "title_en", "title_zh"),
        "record": (f"/schools/north/records/partnership/{record.pk}/edit/", "partner", "state"),
    }
    address, first, second = addresses[name]
    client = as_user(universe.administrator)
    mine, other = opened(client, address, first), opened(client, address, first)
    assert client.post(address, changed(mine, **{first: "Mine"})).status_code == 302
    assert client.post(address, changed(other, **{second: "Theirs"})).status_code == 302
    held = {"school": School.objects.get(slug="north"), "program": universe.curriculum.program, "record": record}[name]
    held.refresh_from_db()
    assert (getattr(held, first), getattr(held, second)) == ("Mine", "Theirs")
    answer = client.post(address, changed(other, **{second: "Once more"}))
    assert (answer.status_code, "changed this meanwhile" in answer.content.decode()) == (422, True)


def test_the_matrix_without_script_asks_before_it_writes_over_another(universe, as_user):
    course = add_courses(universe.curriculum, 1)[0]
    cell = Mapping.objects.get()
    client, save = as_user(universe.faculty), universe.curriculum.page("matrix-cell")
    page = f"{universe.curriculum.page('matrix')}?course={course.pk}&ability={cell.ability_id}"
    old = opened(client, page, "level")
    assert client.post(save, changed(old, level="A")).status_code == 302
    answer = client.post(save, changed(old, level="I"))
    assert answer.status_code == 409
    assert "It holds now: A" in answer.content.decode()
    assert Mapping.objects.get().level == "A"
    assert client.post(save, as_sent(answer.content.decode(), "level")).status_code == 302
    assert Mapping.objects.get().level == "I"


def test_the_matrix_without_script_asks_where_the_form_showed_another_cell(universe, as_user):
    first, _second = add_courses(universe.curriculum, 2)
    cell = Mapping.objects.get(course=first)
    client, save = as_user(universe.faculty), universe.curriculum.page("matrix-cell")
    other = opened(client, universe.curriculum.page("matrix"), "level")
    sent = changed(other, course=str(first.pk), ability=str(cell.ability_id), level="I")
    assert client.post(save, sent).status_code == 409
    free = universe.ability("DA.2")
    assert client.post(save, changed(sent, ability=str(free.pk), share="")).status_code == 302
    assert Mapping.objects.filter(ability=free, level="I").exists()


def test_a_new_scenario_that_is_sent_twice_is_one(universe, as_user):
    add_courses(universe.curriculum, 1)
    client, address = as_user(universe.faculty), universe.curriculum.page("scenario-new")
    places = {client.post(address, {"title": "Less theory", "note": ""})["Location"] for _time in range(2)}
    assert len(places) == 1
    assert as_user(universe.director).post(address, {"title": "Less theory", "note": ""})["Location"] not in places
    Scenario.objects.update(edits=[{"edit": "something"}])
    client.post(address, {"title": "Less theory", "note": ""})
    assert Scenario.objects.count() == 3
