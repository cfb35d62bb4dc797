from __future__ import annotations

import pytest
from django.core.cache import cache

from competencies.demand.actions.terms import add_own_term, withdraw_own_term
from competencies.models import DemandSource, Framework
from curricula.analysis.frames import Policy
from curricula.evaluation.frames import frames_for
from curricula.evaluation.plan_figures import stamps_of
from curricula.evaluation.reports import (
    as_of_today,
    data_stamp,
    figures_for,
    gap_analysis_for,
    gap_report_for,
)
from curricula.loop.actions import take_snapshot
from curricula.models import Curriculum, Mapping, PlanFigures, Program, School, Snapshot
from curricula.records.versions import touch
from tests.universe import Universe, add_courses, add_postings

pytestmark = pytest.mark.django_db


def mapped(universe: Universe) -> Curriculum:
    """Signed off, prepares for both positions, and maps the two abilities of marketing and statistics."""
    plan = universe.curriculum
    add_courses(plan, 3)
    plan.prepares_for.set(universe.framework.positions.all())
    plan.signed_off = True
    plan.save()
    return plan


def row_of(plan: Curriculum) -> PlanFigures:
    return PlanFigures.objects.get(curriculum=plan)


def test_an_analysis_writes_the_row_that_its_report_says(universe):
    plan = mapped(universe)
    gap_analysis_for(plan)
    row, report = row_of(plan), gap_report_for(plan, language="en")
    assert row.sentences["en"] == report.sentence
    assert row.sentences["zh-hans"] == gap_report_for(plan, language="zh-hans").sentence != report.sentence
    assert row.counts == {label: n for label in row.counts if (n := sum(a.label == label for a in report.abilities))}
    assert sum(row.counts.values()) == len(report.abilities)
    assert row.gaps == sum(line.tone == "gap" for line in report.abilities)
    assert (row.courses, row.mapped_courses, row.mapped_part) == (3, 3, 1.0)
    assert row.stamp == data_stamp(plan)


def test_an_analysis_under_other_parameters_and_one_of_today_write_nothing(universe):
    plan = mapped(universe)
    gap_analysis_for(plan, policy=Policy(min_postings=7))
    gap_analysis_for(as_of_today(plan))
    assert not PlanFigures.objects.exists()


def test_gaps_are_compared_with_the_last_time_that_others_were_gaps(universe):
    plan = mapped(universe)
    first = figures_for(plan)
    assert first.gap_change is None
    Mapping.objects.filter(course__curriculum=plan, ability__code="DA.1").delete()
    touch(plan)
    then = figures_for(plan)
    assert list(then.opened) == ["DA.1"]
    assert then.opened["DA.1"] == {"en": "Statistics", "zh-hans": "统计"}
    assert (then.gaps_before, then.gap_change) == (first.gaps, 1)
    touch(plan)  # computed anew, and nothing else was found
    assert figures_for(plan).gaps_changed == then.gaps_changed


def test_without_a_measure_there_is_no_number_of_gaps(universe):
    plan = universe.curriculum
    add_courses(plan, 2, mapped=False)
    row = figures_for(plan)
    assert (row.gaps, row.aligned, row.undecided, row.mapped_part) == (None, None, None, 0.0)
    assert "not mapped" in row.sentences["en"] or "mapped to an ability yet" in row.sentences["en"]


def test_stamps_of_many_plans_are_those_of_each(universe, django_assert_num_queries):
    plan = mapped(universe)
    mine, theirs, draft = (add_postings(plan, 1, slug=slug) for slug in ("mine", "theirs", "on-a-draft"))
    south = School.objects.get(slug="south")
    DemandSource.objects.filter(pk=mine.pk).update(owner=universe.school)
    DemandSource.objects.filter(pk=theirs.pk).update(owner=south)
    hidden = Framework.objects.create(slug="hidden", owner=south, status="draft")
    DemandSource.objects.filter(pk=draft.pk).update(framework=hidden)
    approved = Curriculum.objects.create(program=plan.program, year=2025, framework=plan.framework, state="approved")
    add_courses(approved, 2)
    take_snapshot(approved, by=universe.director)
    Snapshot.objects.update(kind="approval")
    plans = list(Curriculum.objects.select_related("program__school", "framework").order_by("pk"))
    with django_assert_num_queries(3):
        stamps = stamps_of(plans)
    assert stamps == {each.pk: data_stamp(each) for each in plans}
    DemandSource.objects.filter(pk=theirs.pk).update(published=True)
    assert stamps_of(plans)[plan.pk] == data_stamp(Curriculum.objects.get(pk=plan.pk)) != stamps[plan.pk]
    assert stamps_of(plans)[approved.pk] == stamps[approved.pk]


def test_a_word_of_a_school_renews_its_own_plans_alone(universe):
    """The framework is the site's: before, a word of one school made the analyses of all be computed anew."""
    plan = mapped(universe)
    south = Program.objects.create(school=School.objects.get(slug="south"), slug="trade", title_en="Trade")
    other = Curriculum.objects.create(program=south, year=2026, framework=plan.framework)
    plans = list(Curriculum.objects.select_related("program__school", "framework"))
    seen = [stamps_of(plans)]
    ability = plan.framework.abilities.get(code="MK.1")
    words = [add_own_term(ability, text, owner=universe.school) for text in ("one word", "another")]
    seen.append(stamps_of(plans))
    for word in words:
        withdraw_own_term(word)
        seen.append(stamps_of(plans))
    assert seen[-1] == {each.pk: data_stamp(Curriculum.objects.get(pk=each.pk)) for each in plans}
    assert len({stamps[plan.pk] for stamps in seen[:-1]}) == 3
    assert seen[-1][plan.pk] == seen[0][plan.pk], "as it was before"
    assert len({stamps[other.pk] for stamps in seen}) == 1


def test_the_row_goes_with_the_plan_and_is_written_once_for_each_state(universe, django_assert_num_queries):
    plan = mapped(universe)
    gap_analysis_for(plan)
    written = row_of(plan).computed
    gap_analysis_for(plan)
    assert row_of(plan).computed == written
    cache.clear()
    assert frames_for(plan).courses.shape[0] == 3
    plan.delete()
    assert not PlanFigures.objects.exists()
