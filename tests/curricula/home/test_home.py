from __future__ import annotations

from datetime import timedelta
from html import unescape
from io import BytesIO

import pytest
from django.core.management import CommandError, call_command
from django.urls import reverse
from django.utils import timezone
from openpyxl import load_workbook

from curricula.evaluation.reports import figures_for
from curricula.home.actions import VISIT_ENDS, note_visit
from curricula.home_blocks import _MAKERS, HomeBlock, home_block
from curricula.loop.actions import decide
from curricula.models import (
    Action,
    AssignedCourse,
    Assignment,
    Curriculum,
    Decision,
    Mapping,
    PlanFigures,
    Profile,
    School,
)
from curricula.records.versions import touch
from talentgap.seeded_plans import costs_with, make_plans
from tests.queries import queries_of
from tests.universe import Universe, add_courses, make_framework

pytestmark = pytest.mark.django_db


def body(client, path: str = "/") -> str:
    response = client.get(path)
    assert response.status_code == 200
    return unescape(response.content.decode())


def queries(client, path: str) -> int:
    client.get(path)
    return queries_of(client.get, path)


def computed(universe: Universe) -> PlanFigures:
    add_courses(universe.curriculum, 3)
    return figures_for(universe.curriculum)


def test_home_says_of_each_plan_what_its_overview_says(universe, as_user):
    row = computed(universe)
    for user in (universe.director, universe.viewer, universe.administrator, universe.faculty):
        shown = body(as_user(user))
        assert row.sentences["en"] in shown
        assert "3 / 3" in shown
        assert "figures out of date" not in shown


def test_home_says_so_when_the_plan_has_changed_since(universe, as_user):
    computed(universe)
    touch(universe.curriculum)
    client = as_user(universe.director)
    assert "figures out of date" in body(client)
    client.post(reverse("figures-refresh"), {"plan": universe.curriculum.pk})
    assert "figures out of date" not in body(client)


def test_a_plan_that_was_never_computed_is_named_and_computed_when_asked_for(universe, as_user):
    add_courses(universe.curriculum, 2)
    client = as_user(universe.viewer)
    assert "Its figures were not computed yet." in body(client)
    client.post(reverse("figures-refresh"), {"plan": universe.curriculum.pk})
    assert PlanFigures.objects.get().sentences["en"] in body(client)


def test_nobody_computes_or_sees_the_plans_of_another_school(universe, as_user):
    row = computed(universe)
    PlanFigures.objects.all().delete()
    client = as_user(universe.outsider)
    client.post(reverse("figures-refresh"), {"plan": universe.curriculum.pk})
    assert not PlanFigures.objects.exists()
    row.pk = None
    row.save(force_insert=True)
    for path in ("/", reverse("programs"), reverse("programs-csv")):
        assert "Sales" not in body(client, path)
        assert row.sentences["en"] not in body(client, path)


def test_the_next_step_is_the_first_that_waits(universe, as_user):
    plan, director = universe.curriculum, as_user(universe.director)
    assert "Import its courses" in body(director)
    add_courses(plan, 2)
    add_courses(plan, 1, mapped=False)
    assert "Map the 1 course left" in body(director)
    assert "Map the 1 course left" in body(as_user(universe.faculty))
    assert "Map the 1 course left" not in body(as_user(universe.viewer))
    action = Action.objects.create(program=plan.program, title="More practice", due=timezone.localdate())
    assert "overdue" not in body(director)
    Action.objects.filter(pk=action.pk).update(due=timezone.localdate() - timedelta(days=1))
    assert "Follow up 1 overdue action" in body(director)
    earlier = Curriculum.objects.create(program=plan.program, year=plan.year - 1, framework=plan.framework)
    add_courses(earlier, 1)
    assert body(director).count("Follow up 1 overdue action") == 1
    earlier.delete()
    decide(plan, Decision(kind=Decision.Kind.SENT), by=universe.administrator)
    assert "It is in review" in body(director)
    decide(plan, Decision(kind=Decision.Kind.RETURNED, reason="Too little practice"), by=universe.director)
    assert "Answer what the review returned it for" in body(director)


def test_what_changed_is_told_since_the_visit_before_and_only_what_others_did(universe, as_user):
    add_courses(universe.curriculum, 2, mapped=False)
    director = as_user(universe.director)
    assert "What changed since your last visit" not in body(director)
    Profile.objects.filter(user=universe.director).update(home_seen=timezone.now() - timedelta(hours=2))
    shown = body(director)
    assert "What changed since your last visit" in shown
    assert "Nobody else changed anything in your plans." in shown
    cell = {"ability": universe.ability("MK.1").pk, "level": "D"}
    for user, code in ((universe.director, "C1"), (universe.faculty, "C2")):
        sent = cell | {"course": universe.course(code).pk}
        as_user(user).post(universe.curriculum.page("matrix-cell"), sent)
    assert Mapping.objects.count() == 2
    shown = body(director)
    assert "1 mapping <" in shown
    assert "· faculty" in shown
    assert "· director" not in shown


def test_a_visit_lasts_while_somebody_goes_to_and_fro(universe):
    user = universe.viewer
    assert note_visit(user) is None
    first = Profile.objects.get(user=user).home_seen
    assert note_visit(user) is None
    earlier = first - VISIT_ENDS - timedelta(minutes=1)
    Profile.objects.filter(user=user).update(home_seen=earlier)
    user.profile.refresh_from_db()
    assert note_visit(user) == earlier
    assert note_visit(user) == earlier


def test_a_change_of_the_gaps_is_told_with_the_abilities(universe, as_user):
    plan = universe.curriculum
    add_courses(plan, 3)
    plan.prepares_for.set(universe.framework.positions.all())
    plan.signed_off = True
    plan.save()
    figures_for(plan)
    Mapping.objects.filter(ability__code="DA.1").delete()
    touch(plan)
    figures_for(plan)
    shown = body(as_user(universe.viewer))
    assert "new: Statistics" in shown
    assert "Gaps: new: Statistics" in shown


def test_other_rooms_put_blocks_above_the_plans(universe, as_user, monkeypatch):
    monkeypatch.setattr("curricula.home_blocks._MAKERS", [])
    add_courses(universe.curriculum, 1)
    assert _MAKERS is not None
    home_block(lambda user: HomeBlock("curricula/_key.html", {}) if user == universe.faculty else None)
    calls = []
    home_block(lambda user: calls.append(user.username))
    body(as_user(universe.faculty))
    assert calls == ["faculty"]


def test_the_table_sorts_filters_and_exports_the_same_rows(universe, as_user):
    make_plans(40, school=universe.school, framework=universe.framework)
    computed(universe)
    client = as_user(universe.administrator)
    most = PlanFigures.objects.exclude(gaps=None).order_by("-gaps").first()
    shown = body(client, reverse("programs") + "?sort=-gaps")
    assert shown.index(most.curriculum.program.title) > 0
    assert "Page 1 of 3" in shown
    assert "Program 7 " not in body(client, reverse("programs") + "?q=sales")
    approved = PlanFigures.objects.filter(curriculum__state="approved").count()
    sheet = load_workbook(BytesIO(client.get(reverse("programs-xlsx") + "?state=approved").content)).active
    assert sheet.max_row - 1 == approved
    rows = client.get(reverse("programs-csv")).content.decode("utf-8-sig").splitlines()
    assert len(rows) == 42
    assert rows[1].startswith("North University,Program 1,")
    assert f">{universe.curriculum.name}</a>" not in body(client, reverse("programs") + "?school=south")


def test_an_administrator_of_many_programs_sees_the_table_and_of_few_the_cards_too(universe, as_user):
    computed(universe)
    client = as_user(universe.administrator)
    assert "All programs</h2>" in body(client)
    assert "plan-line" in body(client)
    make_plans(20, school=universe.school, framework=universe.framework)
    assert "<article" not in body(client)
    assert "<article" in body(as_user(universe.director))


@pytest.mark.parametrize("path", ["/", "/programs/"])
@pytest.mark.parametrize("role", ["viewer", "director", "administrator"])
def test_one_plan_and_many_cost_the_same_queries(universe, as_user, path, role):
    approved = {"school": universe.school, "framework": universe.framework, "states": ["approved"]}
    client = as_user(getattr(universe, role))
    make_plans(1, **approved)
    one = queries(client, path)
    make_plans(2, **approved)
    assert queries(client, path) == one
    make_plans(30, **approved)
    assert queries(client, path) <= one


def test_with_5000_plans_home_and_the_table_take_less_than_twice_as_long_as_with_one(framework_only):
    costs = costs_with(1, 5_000, seed=7)
    assert [many.queries for _one, many in costs] == [one.queries for one, _many in costs]
    slow = {(one.role, one.path): round(many.seconds / one.seconds, 2) for one, many in costs}
    assert max(slow.values()) < 2, slow


def test_drawn_plans_are_the_same_for_a_seed_and_keep_away_from_real_schools(framework_only, capsys):
    call_command("seed_plans", "30", "--seed", "5")
    assert "30 plans in the sample school “seeded”" in capsys.readouterr().out
    drawn = list(PlanFigures.objects.order_by("curriculum__program__slug").values_list("gaps", "aligned", "postings"))
    call_command("seed_plans", "30", "--seed", "5")
    assert PlanFigures.objects.count() == 30
    School.objects.all().delete()
    call_command("seed_plans", "30", "--seed", "5")
    again = PlanFigures.objects.order_by("curriculum__program__slug").values_list("gaps", "aligned", "postings")
    assert list(again) == drawn
    call_command("seed_plans", "2", "--measure")
    assert School.objects.count() == 1, "what was measured is taken back"
    School.objects.create(slug="real", title_en="Real")
    with pytest.raises(CommandError, match="“real” is a real school"):
        call_command("seed_plans", "40")
    assert PlanFigures.objects.count() == 30


def test_measuring_without_collected_static_files_says_what_to_do(framework_only, settings, tmp_path):
    settings.STATIC_ROOT = tmp_path
    settings.STORAGES = {"staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"}}
    with pytest.raises(CommandError, match="not collected yet: run collectstatic first"):
        call_command("seed_plans", "2", "--measure")


@pytest.fixture
def framework_only(db):
    return make_framework()


def test_a_second_rater_reads_no_figures_of_the_plan_before_handing_in(universe, as_user):
    row = computed(universe)
    asked = Assignment.objects.create(
        curriculum=universe.curriculum, person=universe.faculty, second=True, due=timezone.localdate()
    )
    AssignedCourse.objects.create(assignment=asked, course=universe.course("C1"))
    client = as_user(universe.faculty)
    for path in ("/", reverse("programs"), reverse("programs-csv")):
        assert row.sentences["en"] not in body(client, path)
    AssignedCourse.objects.update(done=timezone.now())
    assert row.sentences["en"] in body(client)
