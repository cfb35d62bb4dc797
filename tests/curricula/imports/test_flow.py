"""What holds for every kind of file: read once in a request, saved once however often it is sent."""

from __future__ import annotations

import re
from typing import Any
from unittest.mock import Mock

import pytest

from curricula.imports.flow import save
from curricula.imports.kinds import KINDS
from curricula.interchange.export import SheetOfRows, workbook_of
from curricula.models import PendingImport, Questionnaire
from tests.universe import Universe
from tests.uploads import PLAN, POSTINGS, upload

pytestmark = pytest.mark.django_db
FILES: dict[str, Any] = {
    "curriculum": PLAN,
    "framework": "领域,能力\n营销,搜索广告\n",
    "postings": POSTINGS,
    "survey": "respondent,importance: MK.1,competence: MK.1\nE1,5,2\n",
    "figures": "year,position,openings,graduates\n2025,Marketer,120,300\n",
    "partnership": "企业全称,合作形式\n云海电商,订单班\n",
    "teacher": "工号,职称\n1001,讲师\n",
    "contribution": "投入方,金额\n云海电商,3万元\n",
    "resource": "实验室名称,工位\n跨境实训室,60\n",
    "competition": "赛事名称,奖项\n跨境电商大赛,二等奖\n",
    "placement": "学号,实习单位\n2101,云海电商\n",
    "incentive": "文件名称,对象\n竞赛奖励办法,学生\n",
    "outcome": "学号,毕业去向\n2101,升学\n",
    "attainment": "课程编码,课程目标,达成值\nC1,CO1,0.78\n",
    "assessment_part": "课程编码,考核环节,占比\nC1,期末,60%\n",
    "answers": "序号,1、您的身份,2、您认为应采用校企合作培养吗？\n1,学生,是\n",
    "cohort": "专业,年级,在校人数\n电子商务,2023,120\n",
    "records": workbook_of([SheetOfRows("教师 teacher", ("工号", "职称"), [("1001", "讲师")])]),
}
EVERY = pytest.mark.parametrize("code", KINDS)


def send(client: Any, universe: Universe, code: str) -> Any:
    stated = {"source": "mine", "school": universe.school.pk, "collected": "2026-05-01"}
    stated |= {"target": universe.curriculum.key} if code == "curriculum" else {}
    if code == "answers":
        asked = {"title": "Asked", "asked": {"student": 40}}
        questionnaire = Questionnaire.objects.get_or_create(school=universe.school, defaults=asked)[0]
        stated |= {"questionnaire": questionnaire.pk, "audience": "student"}
    file = upload(FILES[code], f"{code}.csv")
    return client.post(f"/import/?kind={code}", stated | {"framework": universe.framework.pk, "file": file})


@EVERY
def test_a_file_is_read_once_where_it_is_sent_and_once_where_it_is_saved(code, universe, as_user, monkeypatch):
    kind = KINDS[code]
    reading = Mock(side_effect=kind.read)
    monkeypatch.setattr(kind, "read", reading)
    client = as_user(universe.director)
    sent = send(client, universe, code)
    assert reading.call_count == 1
    assert client.get(sent["Location"]).status_code == 200
    assert reading.call_count == 1, "a page that shows what was found reads nothing"
    assert client.post(sent["Location"], {"do": "save"}).status_code == 302
    assert reading.call_count == 2


@EVERY
def test_a_second_press_saves_nothing_and_says_so(code, universe, as_user):
    send(as_user(universe.director), universe, code)
    first, second = PendingImport.objects.get(), PendingImport.objects.get()
    done = save(KINDS[code], first)
    assert done is not None
    assert not done.outcome.refusals
    assert sum(counts.created for _title, counts in KINDS[code].counts(done.outcome)) > 0
    assert save(KINDS[code], second) is None


WRONG = {"curriculum": {"target": "", "program": ""}, "postings": {"source": ""}, "survey": {"source": ""}}


@pytest.mark.parametrize("code", WRONG)
def test_a_file_whose_choices_are_refused_is_not_asked_for_again(code, universe, as_user):
    client = as_user(universe.director)
    stated = {"target": universe.curriculum.key, "source": "mine", "collected": "2026-05-01"}
    stated |= {"framework": universe.framework.pk}
    refused = client.post(f"/import/?kind={code}", stated | WRONG[code] | {"file": upload(FILES[code], f"{code}.csv")})
    assert refused.status_code == 422
    kept = PendingImport.objects.get()
    assert f"“{code}.csv” is kept; choose a file only if" in refused.content.decode()
    assert client.get(kept.get_absolute_url())["Location"] == "/import/", "it has no preview before it goes anywhere"
    corrected = client.post(f"/import/?kind={code}", stated | {"kept": kept.pk})
    pending = PendingImport.objects.get()
    assert corrected["Location"] == pending.get_absolute_url()
    assert (pending.name, bytes(pending.content)) == (f"{code}.csv", FILES[code].encode())


def test_a_kept_file_is_its_senders_only(universe, as_user):
    as_user(universe.director).post("/import/?kind=postings", {"file": upload(POSTINGS, "postings.csv")})
    kept = PendingImport.objects.get()
    stated = {"source": "mine", "collected": "2026-05-01", "framework": universe.framework.pk, "kept": kept.pk}
    assert as_user(universe.administrator).post("/import/?kind=postings", stated).status_code == 422
    assert list(PendingImport.objects.all()) == [kept]


def test_what_a_new_curriculum_needs_is_marked(universe, as_user):
    page = as_user(universe.director).get("/import/").content.decode()
    for label in ("File", "School", "Program, short name", "Year of entry", "Framework"):
        assert re.search(rf"{label}<span class=\"asteriskField\">\*</span>", page), label
