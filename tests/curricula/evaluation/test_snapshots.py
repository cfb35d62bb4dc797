"""A snapshot says the same again from what was frozen, bit for bit, whatever became of the records."""

from __future__ import annotations

import json
import zlib
from dataclasses import fields, replace
from typing import Any

import pandas as pd
import pytest

from competencies.models import Requirement
from curricula.evaluation import snapshots
from curricula.evaluation.frozen import packed, unpacked
from curricula.evaluation.reports import POLICY, gap_report_for
from curricula.evaluation.snapshots import frozen, inputs_of, kept_report, verification_of
from curricula.interchange.bundles import read_file
from curricula.models import Curriculum, Mapping, Snapshot
from curricula.records.saving import import_curriculum
from tests.universe import Universe, add_courses, add_postings

pytestmark = pytest.mark.django_db


@pytest.fixture
def plan(universe: Universe) -> Curriculum:
    """Five courses, one without a mapping, and 120 postings."""
    add_courses(universe.curriculum, 4)
    add_courses(universe.curriculum, 1, mapped=False)
    add_postings(universe.curriculum, 120)
    return Curriculum.objects.select_related("program__school", "framework").get()


def stored(plan: Curriculum, **facts: Any) -> Snapshot:
    snapshot = frozen(plan, **facts)
    snapshot.save()
    return Snapshot.objects.get(pk=snapshot.pk)


def test_what_is_frozen_comes_back_bit_for_bit(plan):
    before = inputs_of(plan)
    after = unpacked(packed(before))
    for field in fields(before.frames):
        one, other = getattr(before.frames, field.name), getattr(after.frames, field.name)
        if isinstance(one, pd.DataFrame):
            pd.testing.assert_frame_equal(one, other, check_index_type=False, check_column_type=False)
        elif field.name != "demand":
            assert one == other, field.name
    assert before.frames.demand is not None
    pd.testing.assert_frame_equal(before.frames.demand.postings, after.frames.demand.postings)
    pd.testing.assert_frame_equal(before.frames.demand.mentions, after.frames.demand.mentions, check_index_type=False)
    assert before.frames.demand.searchable == after.frames.demand.searchable
    assert (before.words, before.policy) == (after.words, after.policy)
    assert packed(before) == packed(after)


def test_a_snapshot_is_repeated_after_everything_around_it_has_changed(plan):
    snapshot = stored(plan)
    told = kept_report(snapshot, "zh-hans")
    Mapping.objects.all().delete()
    Requirement.objects.all().delete()
    plan.framework.abilities.filter(parent=None).update(title_en="Other", title_zh="别的")
    assert verification_of(snapshot).same
    assert kept_report(snapshot, "zh-hans") == told
    assert told.report["abilities"][0]["title"] in {"搜索广告", "直播销售", "统计", "建模"}
    assert [table.key for table in told.tables][:3] == ["abilities", "areas", "alignment"]


def test_it_freezes_what_the_page_says(plan):
    snapshot = stored(plan)
    report = gap_report_for(plan)
    assert kept_report(snapshot, "en").sentence == report.sentence
    assert [each["label"] for each in snapshot.findings] == [line.label for line in report.abilities]
    assert snapshot.counts["courses"] == 5
    assert snapshot.counts["mapped_courses"] == 4
    assert snapshot.counts["postings"] == 120
    assert snapshot.parameters["ratio"] == 2.0


def test_what_somebody_wrote_over_is_not_intact(plan):
    snapshot = stored(plan)
    result = unpacked(snapshot.result)
    result["en"]["report"]["abilities"][0]["taught_hours"] = 999.0
    Snapshot.objects.update(result=packed(result))
    found = verification_of(Snapshot.objects.get())
    assert not found.intact
    assert found.figures == ("en.report.abilities.0.taught_hours",)


def test_where_the_method_changed_it_says_what_it_was_made_with(plan, monkeypatch):
    snapshot = stored(plan)
    other = snapshots.made_with() | {"method": "ffffffffffff"}
    monkeypatch.setattr(snapshots, "made_with", lambda: other)
    found = verification_of(snapshot)
    assert found.changed == {"method": (snapshot.made_with["method"], "ffffffffffff")}


def test_a_snapshot_is_never_written_over(plan):
    snapshot = stored(plan)
    snapshot.note = "other"
    with pytest.raises(ValueError, match="never changed"):
        snapshot.save()


def test_what_is_frozen_is_plain_json(plan):
    assert json.loads(zlib.decompress(stored(plan).inputs))["is"] == "Inputs"


def test_a_snapshot_with_other_parameters_is_repeated_with_those(plan):
    strict = replace(inputs_of(plan), policy=replace(POLICY, ratio=1.1, min_postings=200))
    snapshot = stored(plan, inputs=strict)
    assert (snapshot.parameters["ratio"], snapshot.parameters["min_postings"]) == (1.1, 200)
    assert verification_of(snapshot).same
    assert kept_report(snapshot, "en").report["parameters"]["ratio"] == 1.1


def test_what_this_program_cannot_read_any_more_is_told_and_still_shown(plan):
    snapshot = stored(plan)
    inputs = unpacked(snapshot.inputs)
    older = replace(inputs, frames=replace(inputs.frames, courses=inputs.frames.courses.drop(columns="credits")))
    Snapshot.objects.update(inputs=packed(older))
    snapshot = Snapshot.objects.get()
    assert "credits" in verification_of(snapshot).refused
    assert kept_report(snapshot, "en").report["abilities"]


def test_a_plan_from_a_school_s_own_file_is_repeated_bit_for_bit(universe):
    rows = (
        "课程代码,课程名称,学分,总学时,理论学时,实践学时,开课学期",
        "A1,搜索推广,3,48,32,16,2",
        "A2,直播实务,2.5,40,,40,5-6",
        "A3,统计学,3,,48,,",
    )
    outcome = import_curriculum(
        read_file("\n".join(rows).encode(), name="plan.csv"), key="north/sales/2026", framework=universe.framework
    )
    assert outcome.refusals == []
    for course, ability in (("A1", "MK.1"), ("A2", "MK.2"), ("A3", "DA.1")):
        Mapping.objects.create(course=universe.course(course), ability=universe.ability(ability), level="D")
    snapshot = stored(Curriculum.objects.select_related("program__school", "framework").get())
    assert verification_of(snapshot).same
    assert len(kept_report(snapshot, "zh-hans").report["courses"]) == 3
