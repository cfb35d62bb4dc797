"""One's own account: name, mail, language and time zone take effect everywhere; passwords are changed and set anew."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from threading import Event

import pytest
from django.contrib.auth.models import User
from django.core import mail
from django.core.mail import EmailMultiAlternatives
from django.core.management import call_command
from django.test import Client

from curricula.models import Membership, Profile
from tests.queries import queries_of
from tests.universe import Universe

pytestmark = pytest.mark.django_db
SAID = {"name": "Li Na", "email": "", "language": "", "time_zone": ""}
NEW_MAIL = {"email": "li@north.example", "password": "director"}
NEW = "quite another sentence"


def signs_in(typed: str, password: str) -> bool:
    return Client().post("/sign-in/", {"username": typed, "password": password}).status_code == 302


@pytest.fixture
def mailed(universe: Universe) -> Universe:
    User.objects.filter(username="director").update(email="director@north.example")
    return universe


def test_the_name_and_mail_are_saved_and_shown(universe, as_user):
    page = as_user(universe.director).post("/profile/", SAID | NEW_MAIL, follow=True).content.decode()
    assert "Your profile is saved." in page
    assert ">Li Na</a>" in page
    assert User.objects.get(username="director").email == "li@north.example"


@pytest.mark.parametrize("typed", ["", "viewer"])
def test_a_new_mail_is_taken_with_the_password_alone(typed, mailed, as_user):
    client = as_user(User.objects.get(username="director"))
    refused = client.post("/profile/", SAID | NEW_MAIL | {"password": typed})
    assert refused.status_code == 422
    assert "Type your password" in refused.content.decode()
    director = User.objects.get(username="director")
    assert (director.email, director.first_name) == ("director@north.example", "")
    kept = {"email": "Director@North.example", "password": typed}
    assert client.post("/profile/", SAID | kept).status_code == 302, "the same address is no new one"


def test_the_password_is_not_guessed_at_the_profile(mailed, as_user, settings):
    settings.THROTTLES = settings.THROTTLES | {"sign-in": "2/900"}
    client = as_user(User.objects.get(username="director"))
    tries = [client.post("/profile/", SAID | NEW_MAIL | {"password": "wrong"}).status_code for _time in range(3)]
    assert tries == [422, 422, 429]


def test_who_signs_in_by_the_university_has_no_password_to_type(universe, as_user):
    universe.director.set_unusable_password()
    universe.director.save()
    client = as_user(universe.director)
    assert 'name="password"' not in client.get("/profile/").content.decode()
    assert client.post("/profile/", SAID | {"email": "li@north.example"}).status_code == 302


def test_the_language_holds_on_every_page_whatever_the_browser_asks_for(universe, as_user):
    client = as_user(universe.director)
    client.post("/profile/", SAID | {"language": "zh-hans"})
    page = client.get("/", headers={"accept-language": "en"})
    assert '<html lang="zh-hans">' in page.content.decode()
    assert page["Content-Language"] == "zh-hans"


def test_the_button_for_the_language_changes_a_language_that_was_chosen(universe, as_user):
    client = as_user(universe.director)
    client.post("/profile/", SAID | {"language": "zh-hans"})
    client.post("/language/", {"language": "en", "next": "/"})
    assert '<html lang="en">' in client.get("/").content.decode()
    client.post("/language/", {"language": "xx"})
    assert Profile.objects.get(user=universe.director).language == "en"


def test_times_stand_in_the_time_zone_of_the_reader(universe, as_user):
    # 20:30 in London is 04:30 of the next day in Shanghai, the zone of the site.
    User.objects.filter(username="viewer").update(last_login=datetime(2026, 1, 5, 20, 30, tzinfo=UTC))
    client = as_user(universe.administrator)
    assert "2026-01-06 04:30" in client.get("/schools/north/members/").content.decode()
    client.post("/profile/", SAID | {"time_zone": "Europe/London"})
    page = client.get("/schools/north/members/").content.decode()
    assert "2026-01-05 20:30" in page
    assert "2026-01-06 04:30" not in page


@pytest.mark.parametrize(
    "wrong", [{"language": "fr"}, {"time_zone": "Mars/Base"}, {"email": "director@NORTH.example"}]
)
def test_what_does_not_exist_or_belongs_to_another_account_is_refused(wrong, mailed, as_user):
    assert as_user(mailed.viewer).post("/profile/", SAID | wrong).status_code == 422
    assert User.objects.get(username="viewer").first_name == ""


@pytest.mark.parametrize("typed", ["director", "director@north.example", " Director@NORTH.example "])
def test_one_signs_in_by_name_or_by_mail(typed, mailed):
    assert signs_in(typed, "director")
    assert not signs_in(typed, "viewer")


def test_an_address_that_two_accounts_have_signs_nobody_in(mailed):
    User.objects.filter(username="viewer").update(email="Director@north.example")
    assert not signs_in("director@north.example", "director")
    assert signs_in("director", "director")


def test_accounts_of_the_demo_sign_in_while_it_is_the_demo_only(db, settings):
    User.objects.create_user("demo-director", password="word of a file")
    for demo in (True, False):
        settings.DEMO = demo
        assert signs_in("demo-director", "word of a file") == demo


def test_a_changed_password_signs_out_everywhere_else(universe):
    here, elsewhere = Client(), Client()
    for client in (here, elsewhere):
        client.force_login(universe.director)
    sent = {"old_password": "director", "new_password1": NEW, "new_password2": NEW}
    assert here.post("/profile/password/", sent | {"old_password": "wrong"}).status_code == 200
    assert "The password is changed." in here.post("/profile/password/", sent, follow=True).content.decode()
    assert here.get("/").status_code == 200
    assert elsewhere.get("/")["Location"].startswith("/sign-in/")
    assert signs_in("director", NEW)


@pytest.mark.parametrize(
    ("language", "words"), [("en", "asked for a new password"), ("zh-hans", "申请重设您的账号密码")]
)
def test_a_forgotten_password_is_set_by_the_link_of_a_mail_once(language, words, mailed):
    client = Client(headers={"accept-language": language})
    client.post("/password/", {"email": "director@north.example"})
    [sent] = mail.outbox
    assert words in sent.body
    link = re.search(r"http://testserver(/password/\S+)", sent.body)[1]
    address = client.get(link)["Location"]
    assert link.split("/")[-2] not in address, "what sets the password stands in no address that is passed on"
    client.post(address, {"new_password1": NEW, "new_password2": NEW})
    assert signs_in("director", NEW)
    assert 'name="new_password1"' not in Client().get(link, follow=True).content.decode()


def test_who_asks_for_a_password_does_not_learn_who_has_an_account(mailed):
    there, not_there = (
        Client().post("/password/", {"email": email}) for email in ("director@north.example", "nobody@north.example")
    )
    assert (there.status_code, there["Location"]) == (not_there.status_code, not_there["Location"])
    assert len(mail.outbox) == 1


def test_the_answer_waits_for_no_mail_because_its_time_would_tell_who_has_an_account(mailed, settings, monkeypatch):
    settings.APART = True
    answered, sent = Event(), Event()

    def send(_mail: EmailMultiAlternatives) -> None:
        answered.wait(20)
        sent.set()

    monkeypatch.setattr(EmailMultiAlternatives, "send", send)
    assert Client().post("/password/", {"email": "director@north.example"}).status_code == 302
    assert not sent.is_set()
    answered.set()
    assert sent.wait(20)


def test_language_and_time_zone_cost_no_further_query(universe, as_user):
    client = as_user(universe.viewer)

    def queries() -> int:
        return queries_of(client.get, "/profile/password/")

    before = queries()
    Profile.objects.create(user=universe.viewer, language="zh-hans", time_zone="Europe/London")
    assert queries() == before


def test_a_first_visitor_makes_the_account_a_school_and_is_led_on(db, capsys):
    client = Client()
    assert "Nobody has an account here yet." in client.get("/sign-in/").content.decode()
    call_command("first_visit", site="http://testserver")
    link = re.search(r"http://testserver(\S+)", capsys.readouterr().out)[1]
    assert client.get(link[:-1]).status_code == 410
    person = {"name": "Li Na", "email": "li@north.example", "password": NEW}
    page = client.post(link, person, follow=True).content.decode()
    assert "A new school" in page
    assert "The next step is your school." in page
    made = {"slug": "north", "title_en": "North", "hours_per_week": "16"}
    page = client.post("/schools/", made, follow=True).content.decode()
    assert "Import a teaching plan" in page
    assert "Invite colleagues" in page
    assert Membership.objects.get().role == "administrator"
    assert Client().get(link).status_code == 410, "once there is an account it opens nothing"
    assert User.objects.get().is_staff


def test_where_no_mail_is_sent_a_forgotten_password_leads_to_who_runs_the_server(client, settings):
    assert "Look into your mail" in client.get("/password/sent/").content.decode()
    settings.EMAIL_BACKEND = "django.core.mail.backends.console.EmailBackend"
    assert "ask whoever runs it" in client.get("/password/sent/").content.decode()
