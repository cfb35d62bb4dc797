from __future__ import annotations

from typing import Any

import pytest
from django.contrib.auth.models import AnonymousUser, User
from django.test import Client
from django.urls import reverse
from django.utils.translation import override

from competencies.ability_tree import (
    areas_below,
    framework_leaves,
    framework_tree,
)
from competencies.analysis.demand import wilson_interval
from competencies.citations import cited, own_half, plain_word
from competencies.demand.queries.ability_evidence import ability_evidence
from competencies.demand.queries.readable import ReadableDemand
from competencies.frameworks.actions import save_framework
from competencies.frameworks.formats.talentgap import read_framework
from competencies.frameworks.queries import (
    framework_summaries,
    position_requirements,
)
from competencies.models import Ability, DemandSource, Framework, Position, Posting, PostingMention
from tests.framework_files import DOCUMENT, RIVAL, as_file, many
from tests.queries import queries_of
from tests.universe import all_demand, make_framework

pytestmark = pytest.mark.django_db


def save(document: object) -> None:
    assert save_framework(read_framework(as_file(document))).refused == 0


@pytest.fixture
def reader(client: Client) -> Client:
    client.force_login(User.objects.create_user("reader"))
    return client


@pytest.fixture
def trade() -> Framework:
    save(RIVAL)
    save(DOCUMENT)
    return Framework.objects.get(slug="trade")


def page(client: Client, name: str, *args: object, query: str = "") -> str:
    response = client.get(reverse(name, args=args) + query)
    assert response.status_code == 200
    return response.content.decode()


def test_empty_pages_say_what_to_do_first(reader: Client) -> None:
    assert "Import a list as you have it" in page(reader, "frameworks")
    Framework.objects.create(slug="bare", title_en="Bare")
    assert "Import a framework file with abilities" in page(reader, "framework", "bare")
    assert "Import a framework file with positions" in page(reader, "framework-positions", "bare")
    assert "Import a framework file with certificates" in page(reader, "certifications", "bare")


def test_the_summary_counts_areas_and_leaves(trade: Framework) -> None:
    summaries = {summary.framework.slug: summary for summary in framework_summaries(AnonymousUser())}
    assert (summaries["trade"].areas, summaries["trade"].abilities, summaries["trade"].positions) == (2, 1, 1)
    assert (summaries["rival"].areas, summaries["rival"].abilities) == (0, 1)


def test_an_area_with_many_abilities_counts_once() -> None:
    make_framework()
    (summary,) = framework_summaries(AnonymousUser())
    assert (summary.areas, summary.abilities, summary.positions, summary.certifications) == (2, 4, 2, 1)


def test_the_tree_counts_what_lies_below_each_area(trade: Framework) -> None:
    tree = framework_tree(trade)
    assert [(node.ability.code, node.leaves) for node in tree] == [("MK", 1), ("SO", 0)]
    assert framework_tree(Framework.objects.get(slug="rival")) == []


def test_an_area_stands_for_all_areas_in_it() -> None:
    save(
        {
            **RIVAL,
            "abilities": [
                {"code": code, "parent": code[:-1] or None, "title": {"en": code}} for code in ("a", "ab", "abc", "d")
            ],
        }
    )
    tree = framework_tree(Framework.objects.get())
    codes = dict(Ability.objects.values_list("pk", "code"))
    assert [(node.ability.code, node.leaves) for node in tree] == [("a", 1), ("d", 0)]
    assert {codes[pk] for pk in areas_below(tree, "a")} == {"a", "ab"}
    assert {codes[pk] for pk in areas_below(tree, "ab")} == {"ab"}
    assert areas_below(tree, "abc") == set()


def test_counts_of_a_leaf_do_not_multiply_one_another() -> None:
    framework = make_framework()
    leaf = framework.abilities.get(code="MK.1")
    source = DemandSource.objects.create(slug="board", framework=framework, collected="2026-01-01")
    for n in range(3):
        posting = Posting.objects.create(source=source, fingerprint=str(n), title="x", collected="2026-01-01")
        PostingMention.objects.create(posting=posting, ability=leaf, term="x")
    found: Any = framework_leaves(framework, sources=all_demand(framework).ids).get(pk=leaf.pk)
    assert (found.term_count, found.requirement_count, found.mention_count) == (2, 1, 3)


def test_leaves_are_found_by_title_code_and_term_in_both_languages(trade: Framework) -> None:
    for words in ("search", "SEARCH adv", "搜索广告", "mk.1", "sem"):
        assert [leaf.code for leaf in framework_leaves(trade, sources=all_demand(trade).ids, words=words)] == ["MK.1"]
    assert not framework_leaves(trade, sources=all_demand(trade).ids, words="search nowhere").exists()
    assert not framework_leaves(trade, sources=all_demand(trade).ids, horizon="core").exists()


def test_an_empty_area_stands_in_the_browser_and_says_why(reader: Client, trade: Framework) -> None:
    html = page(reader, "framework", "trade")
    assert "Named without contents" in html
    assert "Search advertising" in html
    assert "Nothing found" in page(reader, "framework", "trade", query="?q=nowhere")


def test_the_browser_sorts_by_any_column(reader: Client) -> None:
    make_framework()
    for sort in ("title", "-requirements", "-terms", "-mentions", "weird"):
        assert "Live selling" in page(reader, "framework", "trade", query=f"?sort={sort}")
    html = page(reader, "framework", "trade", query="?sort=-requirements")
    assert html.index("Search advertising") < html.index("Modelling")


def test_long_lists_are_paged(reader: Client) -> None:
    save(many(101))
    html = page(reader, "framework", "many")
    assert "Page 1 of 2, 101 in all" in html
    assert "Ability 100" in page(reader, "framework", "many", query="?page=2")


def test_one_ability_shows_everything_that_speaks_of_it(reader: Client, trade: Framework) -> None:
    html = page(reader, "ability", "trade", "MK.1")
    shown = ["Buys words", "002 §III.A", "emerging", "SEM", "搜索广告", "Familiar with SEM", "Marketer", "assumed"]
    for words in [*shown, "Advertising", "Engineer", "Promotion", "close", "No postings have been searched"]:
        assert words in html
    assert "linked from there as close" in page(reader, "ability", "rival", "R1")


def test_records_are_shown_in_the_readers_language(reader: Client, trade: Framework) -> None:
    reader.cookies.load({"django_language": "zh-hans"})
    html = page(reader, "ability", "trade", "MK.1")
    assert "购买关键词" in html
    assert "Buys words" not in html


def test_an_ability_whose_code_has_a_slash_has_a_page(reader: Client) -> None:
    save({**RIVAL, "abilities": [{"code": "skill/C# 编程?", "title": {"en": "C sharp"}}]})
    assert "C sharp" in page(reader, "ability", "rival", "skill/C# 编程?")


def test_a_position_lists_its_items_with_their_citations(reader: Client, trade: Framework) -> None:
    html = page(reader, "position", "trade", "marketer")
    for words in ("Familiar with SEM", "1.5", "developed", "paper 002 Table II row 1 item 1", "13-1161", "B2C"):
        assert words in html
    assert "Marketer" in page(reader, "framework-positions", "trade", query="?direction=operation")
    assert "0 positions" in page(reader, "framework-positions", "trade", query="?direction=data")


def test_certificates_list_their_courses_by_direction(reader: Client, trade: Framework) -> None:
    html = page(reader, "certifications", "trade")
    for words in ("Engineer", "operation and promotion", "Advertising", "Search advertising"):
        assert words in html


def test_what_a_framework_says_is_shown_as_text_never_as_markup(reader: Client) -> None:
    evil = "<script>alert(1)</script>"
    abilities = [
        {"code": "a", "title": {"en": evil}, "statement": {"en": evil}, "terms": [{"text": evil, "language": "en"}]}
    ]
    save({**RIVAL, "abilities": abilities})
    for html in (page(reader, "framework", "rival"), page(reader, "ability", "rival", "a")):
        assert evil not in html
        assert "&lt;script&gt;" in html


def test_evidence_counts_postings_of_each_source() -> None:
    framework = make_framework()
    ability = framework.abilities.get(code="MK.1")
    for slug, mentioning in (("first", 2), ("second", 0)):
        source = DemandSource.objects.create(slug=slug, framework=framework, collected="2026-01-01")
        for n in range(4):
            posting = Posting.objects.create(source=source, fingerprint=str(n), title="x", collected="2026-01-01")
            if n < mentioning:
                PostingMention.objects.create(posting=posting, ability=ability, term="x")
    DemandSource.objects.create(slug="third", framework=framework, collected="2026-01-01")
    evidence = ability_evidence(ability, all_demand(ability.framework), user=AnonymousUser())
    assert [(count.mentions, count.postings, count.rate) for count in evidence.sources] == [
        (2, 4, 0.5),
        (0, 4, 0.0),
        (0, 0, None),
    ]
    first = evidence.sources[0]
    assert (first.low, first.high) == pytest.approx(wilson_interval(2, 4))
    assert (first.effective, first.unknown) == (4, "Employers' demand is unknown: 4 postings, 93 needed.")
    only_second = ReadableDemand(framework, tuple(DemandSource.objects.filter(slug="second")))
    assert [count.source.slug for count in ability_evidence(ability, only_second, user=AnonymousUser()).sources] == [
        "second"
    ]


def test_positions_count_the_postings_that_name_them() -> None:
    framework = make_framework()
    source = DemandSource.objects.create(slug="board", framework=framework, collected="2026-01-01")
    marketer = Position.objects.get(code="marketer")
    Posting.objects.create(source=source, fingerprint="1", title="x", collected="2026-01-01", position=marketer)
    found: Any = position_requirements(framework, AnonymousUser())
    assert {position.code: position.posting_count for position in found} == {"marketer": 1, "analyst": 0}


@pytest.mark.parametrize(
    ("name", "args"),
    [
        ("frameworks", []),
        ("framework", ["many"]),
        ("ability", ["many", "A0"]),
        ("ability", ["many", "A0.1"]),
        ("framework-positions", ["many"]),
        ("position", ["many", "P0"]),
        ("certifications", ["many"]),
    ],
)
def test_no_page_makes_more_queries_for_more_rows(reader: Client, name: str, args: list[str]) -> None:
    assert _queries(reader, 1, name, args) == _queries(reader, 3, name, args)


def _queries(client: Client, rows: int, name: str, args: list[Any]) -> int:
    save(_grown(rows))
    return queries_of(page, client, name, *args)


def _grown(rows: int) -> dict[str, Any]:
    """A framework in which everything that a page lists comes `rows` times."""
    document = many(rows)
    document["abilities"] += [{"code": f"A0.x{n}", "parent": "A0", "title": {"en": f"More {n}"}} for n in range(rows)]
    document["requirements"] += [{"position": "P0", "ability": f"A{n}.1", "item": n + 2} for n in range(rows)]
    document["requirements"] += [{"position": f"P{n}", "ability": "A0.1", "item": 100} for n in range(rows)]
    document["career_entries"] = [
        {"code": f"E{n}", "title": {"en": "Entry"}, "direction": "data", "degree": "master", "position": f"P{n}"}
        for n in range(rows)
    ]
    document["crosswalks"] = [
        {"ability": "A0.1", "framework": "many", "to": f"A{n}", "relation": "related"} for n in range(rows)
    ]
    return document


@pytest.mark.parametrize(
    ("citation", "chinese"),
    [
        ("002 Table II, position 3, item 4", "文献002 表II，岗位3，第4项"),
        ("002 Table III, row bachelor; 004 §3.1", "文献002 表III，“本科”行；文献004 §3.1"),
        ("Luo, Y.X., Research; Taking Zhejiang", "Luo, Y.X., Research; Taking Zhejiang"),
    ],
)
def test_a_citation_is_said_in_the_readers_language_and_one_of_another_form_stays(citation, chinese):
    with override("zh-hans"):
        assert cited(citation) == chinese


BOTH = "认识情绪与压力，练习自我调节与求助。 Students recognise stress and practise self-regulation."


@pytest.mark.parametrize(
    ("text", "english", "chinese"),
    [
        (BOTH, "Students recognise stress and practise self-regulation.", "认识情绪与压力，练习自我调节与求助。"),
        ("用Python编程。Only this.", "用Python编程。Only this.", "用Python编程。Only this."),
        ("先学Python。 Then SQL and Excel follow. 最后做项目。", None, None),
    ],
)
def test_of_prose_in_both_languages_the_readers_half_is_shown_and_nothing_else_is_hidden(text, english, chinese):
    for language, wanted in (("en", english), ("zh-hans", chinese)):
        with override(language):
            assert own_half(text) == (wanted or text)


def test_a_region_in_both_languages_is_said_in_the_readers():
    for language, wanted in (("en", "China"), ("zh-hans", "中国")):
        with override(language):
            assert (plain_word("China · 中国"), cited("China · 中国")) == (wanted, wanted)
