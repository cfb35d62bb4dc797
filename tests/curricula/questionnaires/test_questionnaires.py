from __future__ import annotations

import logging
from datetime import timedelta
from urllib.parse import parse_qs, urlparse

import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client, override_settings
from django.urls import reverse
from django.utils import timezone

from competencies.tabular.limits import Limits
from competencies.tabular.sheets import raw_sheets
from curricula.evaluation.questionnaires import reading_of
from curricula.fields.questionnaire import AUDIENCES, BY_CODE
from curricula.models import Questionnaire, QuestionnaireAnswer, QuestionnaireLink
from curricula.questionnaires.actions import make_links, revoke
from tests.queries import queries_of
from tests.universe import Universe

pytestmark = pytest.mark.django_db
ANSWER = "/questionnaire/"


@pytest.fixture
def asked(universe: Universe) -> Questionnaire:
    return Questionnaire.objects.create(school=universe.school, title="Asked in 2026", asked={"student": 40})


def link(asked: Questionnaire, **stated: object) -> str:
    usual = {"audience": "student", "single": True, "count": 1, "days": 30, "by": None}
    return make_links(asked, **(usual | stated))[0]


def send(token: str, **stated: str):
    return Client().post(ANSWER, {"token": token, "cooperation": "yes", **stated})


def test_a_link_is_answered_without_an_account_and_once(asked):
    token = link(asked)
    assert b"Asked in 2026" in Client().get(ANSWER, {"token": token}).content
    assert send(token, content="no", words="More accounts, call 13812345678").status_code == 200
    kept = QuestionnaireAnswer.objects.get()
    assert (kept.answers, kept.audience) == ({"cooperation": "yes", "content": "no"}, "student")
    assert "13812345678" not in kept.text
    assert kept.answered == timezone.localdate()
    assert send(token).status_code == 410
    assert QuestionnaireAnswer.objects.count() == 1


def test_of_a_link_only_the_hash_is_kept_and_an_answer_does_not_know_its_link(asked):
    token = link(asked)
    send(token)
    stored = [
        str(value)
        for row in (*QuestionnaireLink.objects.values(), *QuestionnaireAnswer.objects.values())
        for value in row.values()
    ]
    assert not any(token in each for each in stored)
    assert "link" not in {field.name for field in QuestionnaireAnswer._meta.get_fields()}


def test_a_link_for_many_takes_many_until_it_is_withdrawn(asked):
    token = link(asked, single=False)
    assert [send(token).status_code for _each in range(3)] == [200, 200, 200]
    revoke(QuestionnaireLink.objects.get())
    assert send(token).status_code == 410
    assert Client().get(ANSWER, {"token": token}).status_code == 410


def test_a_link_ends_by_its_day_by_the_questionnaires_day_and_with_the_school(asked, universe):
    token = link(asked)
    QuestionnaireLink.objects.update(
        created=timezone.now() - timedelta(days=9), expires=timezone.now() - timedelta(minutes=1)
    )
    assert send(token).status_code == 410
    token = link(asked)
    Questionnaire.objects.update(closes=timezone.localdate() - timedelta(days=1))
    assert send(token).status_code == 410
    Questionnaire.objects.update(closes=timezone.localdate())
    assert Client().get(ANSWER, {"token": token}).status_code == 200
    universe.school.removed_at = timezone.now()
    universe.school.save()
    assert send(token).status_code == 410


def test_an_answer_to_nothing_is_refused_and_what_was_typed_stays(asked):
    token = link(asked)
    answer = Client().post(ANSWER, {"token": token, "words": "Typed already"})
    assert answer.status_code == 422
    assert b"Typed already" in answer.content
    assert not QuestionnaireAnswer.objects.exists()
    assert send(token, content="perhaps").status_code == 422


@override_settings(THROTTLES={"questionnaire": "2/3600"})
def test_answers_of_one_address_are_limited(asked):
    token = link(asked, single=False)
    assert [send(token).status_code for _each in range(3)] == [200, 200, 429]


def test_made_links_are_shown_once_and_work(asked, client, universe):
    client.force_login(universe.director)
    page = reverse("questionnaire-links", args=[universe.school.slug, asked.pk])
    made = client.post(page, {"audience": "teacher", "single": "on", "count": "2", "days": "7"}).context["made"]
    tokens = [parse_qs(urlparse(each).query)["token"][0] for each in made]
    assert len(set(tokens)) == 2
    assert send(tokens[0]).status_code == 200
    assert QuestionnaireAnswer.objects.get().audience == "teacher"
    assert tokens[1] not in client.get(page).content.decode()


def answers(asked: Questionnaire, n: int, audience: str = "student", **said: str) -> None:
    QuestionnaireAnswer.objects.bulk_create(
        QuestionnaireAnswer(questionnaire=asked, audience=audience, answers=said, text="Private words")
        for _each in range(n)
    )


def test_results_have_the_interval_of_those_asked_and_the_papers_figures_as_lines(asked, client, universe):
    answers(asked, 15, cooperation="yes", content="yes", investment="no", settings="no")
    answers(asked, 5, cooperation="no", content="no", investment="no", settings="no")
    client.force_login(universe.viewer)
    text = client.get(asked.get_absolute_url()).content.decode()
    assert "<b>75" in text
    assert "15 out of 20" in text
    assert "59.6" in text  # Wilson with n* = 39
    assert "67.86" in text
    assert "Private words" not in text


def test_fewer_than_ten_answers_are_not_shown(asked, client, universe):
    answers(asked, 9, cooperation="yes")
    client.force_login(universe.viewer)
    text = client.get(asked.get_absolute_url()).content.decode()
    assert "Too few answers" in text
    assert "9 out of 9" not in text


def test_free_words_are_for_directors_only(asked, client, universe):
    answers(asked, 12, cooperation="yes")
    page = reverse("questionnaire-words", args=[universe.school.slug, asked.pk])
    client.force_login(universe.faculty)
    assert client.get(page).status_code == 403
    client.force_login(universe.director)
    assert "Private words" in client.get(page).content.decode()


def test_the_list_asks_as_often_for_three_as_for_one(asked, client, universe, django_assert_num_queries):
    client.force_login(universe.viewer)
    page = reverse("questionnaires", args=[universe.school.slug])
    client.get(page)
    one = queries_of(client.get, page)
    for title in ("B", "C"):
        Questionnaire.objects.create(school=universe.school, title=title)
    with django_assert_num_queries(one):
        client.get(page)


_ASKED = "1、您的身份,2、您认为应采用校企合作培养吗？,3、目前存在哪些问题？,4、(软硬件投入),5、其他建议"
EXPORT = f"""序号,提交答卷时间,所用时间,来源,来源详情,来自IP,姓名,{_ASKED}
1,2026/6/1 9:30:12,88秒,微信,N/A,10.1.2.3(河南-郑州),张三,学生,是,内容不完整┋投入不足,5,多些真实账号
2,2026/6/2 9:31:00,70秒,链接,N/A,10.1.2.4(河南-郑州),李四,企业人员,否,内容不完整,2,
3,2026/6/3 9:31:00,70秒,链接,N/A,10.1.2.5(河南-郑州),王五,教师,不清楚,(空),3,无
"""


def upload(client, asked, text: str):
    file = SimpleUploadedFile("answers.csv", text.encode("gb18030"))
    preview = client.post("/import/?kind=answers", {"questionnaire": asked.pk, "audience": "student", "file": file})
    return preview["Location"]


def test_what_a_survey_site_exports_goes_in_without_addresses_and_names(asked, client, universe):
    client.force_login(universe.director)
    preview = upload(client, asked, EXPORT)
    page = client.get(preview).content.decode()
    assert "such as its address" in page
    assert "Columns that name people are not read" in page
    client.post(preview, {"do": "save"})
    first, second, third = QuestionnaireAnswer.objects.order_by("number")
    assert first.audience == "student"
    assert first.answers == {"content": "yes", "investment": "yes", "cooperation": "yes", "equipment": "yes"}
    assert second.answers == {"content": "yes", "investment": "no", "cooperation": "no", "equipment": "no"}
    assert third.answers == {"cooperation": "unsure", "equipment": "unsure"}
    assert (first.text, first.answered.isoformat()) == ("多些真实账号", "2026-06-01")
    stored = str(list(QuestionnaireAnswer.objects.values()))
    assert not any(kept in stored for kept in ("10.1.2", "张三", "郑州", "9:30"))
    client.post(upload(client, asked, EXPORT), {"do": "save"})
    assert QuestionnaireAnswer.objects.count() == 3  # known again by their numbers


def test_an_answer_that_nobody_can_read_refuses_the_file_whole(asked, client, universe):
    client.force_login(universe.director)
    preview = upload(client, asked, EXPORT.replace("学生,是", "学生,也许吧"))
    assert "neither yes, no nor" in client.get(preview).content.decode()
    client.post(preview, {"do": "save"})
    assert not QuestionnaireAnswer.objects.exists()


def exported(client, asked):
    return client.get(reverse("questionnaire-answers", args=[asked.school.slug, asked.pk]))


def rows_in(content: bytes) -> list[tuple[str, ...]]:
    return [tuple(row) for sheet in raw_sheets(content, limits=Limits()) for row in sheet.rows]


def taken(client, into, content: bytes):
    """The preview of an export that goes back in."""
    file = SimpleUploadedFile("answers.xlsx", content)
    return client.post("/import/?kind=answers", {"questionnaire": into.pk, "audience": "student", "file": file})


@pytest.mark.parametrize("language", ["en", "zh-hans"])
def test_answers_come_out_as_rows_and_back_with_the_same_shares(asked, client, universe, language, caplog):
    caplog.set_level(logging.INFO, logger="talentgap.security")
    everything = dict.fromkeys(BY_CODE, "unsure")
    answers(asked, 6, cooperation="yes", content="no", time_place="unsure")
    answers(asked, 9, **everything)
    for audience in AUDIENCES.known:
        answers(asked, 10, audience, **(everything | {"cooperation": "no", "equipment": "yes"}))
    answers(asked, 3)  # own words alone
    client.force_login(universe.director)
    client.cookies[settings.LANGUAGE_COOKIE_NAME] = language
    content = exported(client, asked).content
    assert not any(kept in str(rows_in(content)) for kept in ("Private words", "2026-"))
    assert caplog.messages[-1:] == [
        f"answers exported: account {universe.director.pk}, questionnaire {asked.pk}, 85 rows"
    ]
    again = Questionnaire.objects.create(school=universe.school, title="Again", asked=asked.asked)
    preview = taken(client, again, content)["Location"]
    assert ("身份" if language == "zh-hans" else "audience") in client.get(preview).content.decode()
    client.post(preview, {"do": "save"})
    assert reading_of(again) == reading_of(asked)
    assert rows_in(exported(client, again).content) == rows_in(content)


def test_rows_of_an_export_stand_in_an_order_that_tells_nothing_and_hide_small_audiences(asked, client, universe):
    said = ["yes", "no", "unsure"] * 5
    for each in said:
        answers(asked, 1, "student" if each != "no" else "enterprise", cooperation=each)
    client.force_login(universe.director)
    rows = [row[:2] for row in rows_in(exported(client, asked).content)[1:]]
    assert rows == sorted(("", each) for each in said)  # 10 students would tell of 5 enterprises


def test_no_file_of_fewer_than_ten_answers_is_made_and_the_page_says_why(asked, client, universe):
    answers(asked, 9, cooperation="yes")
    client.force_login(universe.director)
    assert exported(client, asked)["Location"] == asked.get_absolute_url()
    page = client.get(asked.get_absolute_url()).content.decode()
    assert "there is no file of them yet" in page
    assert "Export answers" not in page


def test_an_export_into_a_questionnaire_with_answers_from_links_says_that_it_adds_them(asked, client, universe):
    answers(asked, 12, cooperation="yes")
    client.force_login(universe.director)
    preview = taken(client, asked, exported(client, asked).content)["Location"]
    assert "added to the 12 that came by link" in client.get(preview).content.decode()
