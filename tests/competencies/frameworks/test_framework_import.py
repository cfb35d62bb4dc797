from __future__ import annotations

import json
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from competencies.frameworks.actions import save_framework
from competencies.frameworks.checks import depths, first_cycle
from competencies.frameworks.formats.talentgap import read_framework
from competencies.models import Framework
from tests.framework_files import DOCUMENT, RIVAL, a_document, as_file, parse
from tests.universe import make_universe


def refusal_codes(document: object) -> list[str]:
    return [notice.code for notice in parse(document).refusals]


def refusal(document: object) -> tuple[int, str, str]:
    (notice,) = parse(document).refusals
    return notice.row, notice.column, notice.code


# Reading


def test_a_whole_file_is_read_without_a_word() -> None:
    parsed = parse(DOCUMENT)
    assert (parsed.refusals, parsed.warnings) == ((), ())
    assert [row.code for row in parsed.abilities] == ["MK.1", "MK", "SO"]
    assert parsed.abilities[0].terms[1].text == "搜索广告"
    assert parsed.requirements[0].weight == 1.5


def test_a_byte_order_mark_is_no_part_of_the_file() -> None:
    assert read_framework(b"\xef\xbb\xbf" + as_file(DOCUMENT)).refusals == ()


def test_a_path_is_read_as_its_bytes_are(tmp_path: Any) -> None:
    path = tmp_path / "framework.json"
    path.write_bytes(as_file(DOCUMENT))
    assert read_framework(path) == parse(DOCUMENT)
    assert [notice.code for notice in read_framework(tmp_path / "absent.json").refusals] == ["unreadable"]


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", "bad_json"),
        (b"{", "bad_json"),
        (b"[" * 100_000, "bad_json"),
        (b'{"schema": NaN}', "bad_json"),
        (b'{"schema": ' + b"9" * 5000 + b"}", "bad_json"),
        ("框架".encode("gb18030"), "not_utf8"),
        (b"[]", "wrong_schema"),
        (b'{"schema": "talentgap.framework/2"}', "wrong_schema"),
    ],
)
def test_a_file_that_is_none_is_refused_with_one_reason(data: bytes, code: str) -> None:
    (notice,) = read_framework(data).refusals
    assert (notice.row, notice.code) == (0, code)


def test_a_file_above_the_limit_is_refused_before_it_is_read(settings: Any, tmp_path: Any) -> None:
    settings.MAX_UPLOAD_BYTES = 1000
    path = tmp_path / "framework.json"
    path.write_bytes(b" " * 1001)
    assert [notice.code for notice in read_framework(path).refusals] == ["too_large"]
    assert [notice.code for notice in read_framework(b" " * 1001).refusals] == ["too_large"]


def test_what_is_missing_is_named() -> None:
    assert refusal(a_document(framework={"slug": "x"})) == (0, "framework.title", "missing_key")
    assert refusal(a_document(framework={"title": {"en": "x"}})) == (0, "framework.slug", "missing_key")
    abilities = [*DOCUMENT["abilities"], {"title": {"en": "No code"}}]
    assert refusal(a_document(abilities=abilities)) == (4, "abilities.code", "missing_key")
    assert refusal(a_document(requirements=[{"ability": "MK.1"}])) == (1, "requirements.position", "missing_key")
    crosswalk = {"ability": "MK.1", "framework": "rival", "relation": "close"}
    assert refusal(a_document(crosswalks=[crosswalk])) == (1, "crosswalks.to", "missing_key")
    document = a_document()
    del document["abilities"]
    assert "missing_key" in refusal_codes(document)


@pytest.mark.parametrize(
    ("section", "record", "place"),
    [
        ("requirements", {"item": "one"}, "requirements.item"),
        ("requirements", {"item": True}, "requirements.item"),
        ("requirements", {"item": -1}, "requirements.item"),
        ("requirements", {"item": 2**31}, "requirements.item"),
        ("requirements", {"weight": "heavy"}, "requirements.weight"),
        ("requirements", {"level_assumed": "yes"}, "requirements.level_assumed"),
        ("requirements", {"statement": "plain text"}, "requirements.statement"),
        ("requirements", {"citation": 7}, "requirements.citation"),
    ],
)
def test_a_value_of_the_wrong_type_is_refused_at_its_place(section: str, record: dict, place: str) -> None:
    changed = [DOCUMENT[section][0] | record]
    assert refusal(a_document(**{section: changed})) == (1, place, "wrong_type")


@pytest.mark.parametrize("weight", [0, -1, 10**400])
def test_a_weight_is_above_0(weight: float) -> None:
    changed = [DOCUMENT["requirements"][0] | {"weight": weight}]
    assert refusal(a_document(requirements=changed)) == (1, "requirements.weight", "not_positive")


@pytest.mark.parametrize(
    ("section", "name"),
    [
        ("abilities", "kind"),
        ("abilities", "horizon"),
        ("requirements", "level"),
        ("positions", "direction"),
        ("positions", "layer"),
        ("career_entries", "direction"),
        ("certification_courses", "direction"),
        ("crosswalks", "relation"),
    ],
)
def test_a_word_that_is_not_one_of_the_known_is_refused(section: str, name: str) -> None:
    changed = [DOCUMENT[section][0] | {name: "weird"}, *DOCUMENT[section][1:]]
    assert refusal(a_document(**{section: changed})) == (1, f"{section}.{name}", "unknown_value")


@pytest.mark.parametrize(
    "section", ["abilities", "positions", "career_entries", "certifications", "reference_courses"]
)
def test_a_code_that_stands_twice_is_refused_the_second_time(section: str) -> None:
    records = DOCUMENT[section]
    place = (len(records) + 1, f"{section}.code", "duplicate_code")
    assert refusal(a_document(**{section: [*records, records[0]]})) == place


@pytest.mark.parametrize(
    ("section", "name"), [("requirements", "item"), ("certification_courses", "course"), ("crosswalks", "to")]
)
def test_a_link_that_stands_twice_is_refused_the_second_time(section: str, name: str) -> None:
    assert refusal(a_document(**{section: DOCUMENT[section] * 2})) == (2, f"{section}.{name}", "duplicate_item")


@pytest.mark.parametrize(
    ("section", "change"),
    [
        ("abilities", {"parent": "nowhere"}),
        ("requirements", {"position": "nowhere"}),
        ("requirements", {"ability": "nowhere"}),
        ("career_entries", {"position": "nowhere"}),
        ("reference_courses", {"abilities": ["nowhere"]}),
        ("certification_courses", {"certification": "nowhere"}),
        ("certification_courses", {"course": "nowhere"}),
        ("crosswalks", {"ability": "nowhere"}),
    ],
)
def test_a_reference_to_nothing_is_refused(section: str, change: dict) -> None:
    records = [DOCUMENT[section][0] | change, *DOCUMENT[section][1:]]
    (name,) = change
    assert refusal(a_document(**{section: records})) == (1, f"{section}.{name}", "unknown_reference")


def test_areas_that_lie_in_one_another_are_refused_and_named() -> None:
    abilities = [
        {"code": "a", "parent": "b", "title": {"en": "A"}},
        {"code": "b", "parent": "c", "title": {"en": "B"}},
        {"code": "c", "parent": "a", "title": {"en": "C"}},
    ]
    (notice,) = parse({**RIVAL, "abilities": abilities}).refusals
    assert notice.code == "cycle"
    assert "a → b → c → a" in notice.message
    assert refusal_codes({**RIVAL, "abilities": [{"code": "a", "parent": "a", "title": {"en": "A"}}]}) == ["cycle"]


def test_a_chain_of_areas_has_an_end() -> None:
    chain = [{"code": f"{n}", "parent": f"{n - 1}" if n else None, "title": {"en": "x"}} for n in range(25)]
    assert refusal_codes({**RIVAL, "abilities": chain}) == ["too_deep"]
    assert refusal_codes({**RIVAL, "abilities": chain[:20]}) == []


def test_depth_counts_the_areas_above() -> None:
    parents = {"a": "b", "b": "c"}
    assert depths("abcd", parents) == {"a": 2, "b": 1, "c": 0, "d": 0}
    assert first_cycle(parents) == []


def test_texts_that_no_database_takes_are_refused() -> None:
    assert refusal_codes(a_document(framework={"slug": "x", "title": {"en": "a\x00b"}})) == ["unstorable_text"]
    assert "unstorable_text" in [
        n.code for n in read_framework(json.dumps(a_document(sources=[{"key": "\ud800"}])).encode()).refusals
    ]
    abilities = [DOCUMENT["abilities"][1] | {"code": "x" * 121}]
    assert refusal_codes({**RIVAL, "abilities": abilities}) == ["too_long"]
    assert refusal_codes(a_document(framework={"slug": "a slug", "title": {"en": "x"}})) == ["bad_slug"]


def test_a_repeated_term_and_an_unknown_key_are_told_and_do_no_harm() -> None:
    term = {"text": "SEM", "language": "en"}
    ability = {"code": "a", "title": {"en": "A"}, "terms": [term, term], "colour": "red"}
    parsed = parse({**RIVAL, "abilities": [ability]})
    assert [notice.code for notice in parsed.warnings] == ["unknown_key", "repeated_term"]
    assert (parsed.refusals, len(parsed.abilities[0].terms)) == ((), 1)


# Whatever stands in the file

VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8) | st.sampled_from(["MK", "D", "en"]),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(st.sampled_from([*DOCUMENT, "code", "title", "en", "terms", "parent"]), inner, max_size=4)
    ),
    max_leaves=8,
)


@st.composite
def damaged_documents(draw: Any) -> object:
    """The whole document with one value anywhere in it replaced or left out."""
    document = a_document()
    place: Any = document
    while True:
        keys = list(place) if isinstance(place, dict) else list(range(len(place)))
        key = draw(st.sampled_from(keys))
        inner = place[key]
        if not inner or not isinstance(inner, dict | list) or draw(st.integers(0, 3)) == 0:
            break
        place = inner
    if draw(st.booleans()):
        place[key] = draw(VALUES)
    else:
        del place[key]
    return document


@given(document=VALUES)
@settings(max_examples=60, deadline=None)
def test_any_json_is_answered_with_reasons(document: object) -> None:
    assert read_framework(json.dumps(document).encode()).refusals


@given(data=st.binary(max_size=200))
@settings(max_examples=60, deadline=None)
def test_any_bytes_are_answered_with_reasons(data: bytes) -> None:
    assert read_framework(data).refusals


@pytest.mark.django_db
@given(document=damaged_documents())
@settings(max_examples=80, deadline=None, suppress_health_check=list(HealthCheck))
def test_a_damaged_file_is_refused_or_can_be_saved(document: object) -> None:
    parsed = read_framework(json.dumps(document).encode())
    outcome = save_framework(parsed, dry_run=True)
    assert outcome.refused == len(parsed.refusals)


@pytest.mark.django_db
def test_a_framework_of_a_school_is_its_draft_and_stays_whose_it_is(tmp_path: Path) -> None:
    school = make_universe().school
    path = tmp_path / "mine.csv"
    path.write_text("Area,Ability\nShops,Plan a shop\n")
    asked = ("import_framework", str(path), "--format", "csv", "--slug")
    call_command(*asked, "mine", "--school", "north", stdout=StringIO())
    made = Framework.objects.get(slug="mine")
    assert (made.owner, made.status) == (school, "draft")
    call_command(*asked, "open", stdout=StringIO())
    assert (Framework.objects.get(slug="open").owner, Framework.objects.get(slug="open").status) == (None, "published")
    for slug, named in (("mine", "south"), ("open", "north"), ("other", "nowhere")):
        with pytest.raises(CommandError) as refused:
            call_command(*asked, slug, "--school", named, stdout=StringIO())
        assert refused.value.returncode == 2
