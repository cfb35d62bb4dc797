"""Every framework file in fixtures/ is complete in both languages, and every record cites a place in a paper."""

import json
import re
from collections.abc import Iterator
from typing import Any

import pytest

from tests.places import ROOT, SHARED
from tests.some import some

FRAMEWORKS = ROOT / "fixtures" / "frameworks"
PAPERS = SHARED / "papers"
FILES = {path.stem: json.loads(path.read_text(encoding="utf-8")) for path in sorted(FRAMEWORKS.glob("*.json"))}
MAIN = FILES["cross-border-e-commerce"]
RIVALS = [slug for slug in FILES if slug != "cross-border-e-commerce"]
PLACE = r"00[0-4] (?:§[IV]+(?:\.[A-F](?:\.\d)?)?|§\d(?:\.\d)?|Table I{1,3})(?:, [^;()]+)?"
CITATION = re.compile(rf"{PLACE}(?:; {PLACE})*(?: \([a-z ]+ assumed\))?")
CHINESE = re.compile(r"[\u3000-\u303f\u3400-\u9fff]")


def paper(key: str) -> str:
    found = sorted(PAPERS.glob(f"{key}_*.txt"))
    if not found:
        pytest.skip("the papers are not beside this checkout")
    return found[0].read_text(encoding="utf-8")


def bilingual_texts(value: Any) -> Iterator[dict[str, str]]:
    """All `{"en", "zh"}` objects anywhere in a framework file."""
    if isinstance(value, list):
        for entry in value:
            yield from bilingual_texts(entry)
    elif isinstance(value, dict):
        if value and set(value) <= {"en", "zh"}:
            yield value
        for entry in value.values():
            yield from bilingual_texts(entry)


def citations(value: Any) -> Iterator[str]:
    """All citations of records; a source's own entry under the same name is not one."""
    for kind, records in value.items():
        if isinstance(records, list) and kind != "sources":
            yield from (record["citation"] for record in records)


def section_is_in(text: str, section: str) -> bool:
    """Whether every step of a section number (`V`, `A`, `1`, or `4.1`) heads a line of the paper."""
    steps = section.split(".") if section[0] in "IV" else [section]
    return all(re.search(rf"^[#* ]*{re.escape(step)}(?:[.)]|\s)", text, re.MULTILINE) for step in steps)


@pytest.mark.parametrize("slug", FILES)
def test_a_file_is_complete_in_its_keys_and_both_languages(slug):
    document = FILES[slug]
    assert list(document) == list(MAIN)
    assert (document["schema"], document["framework"]["slug"]) == ("talentgap.framework/1", slug)
    for text in some(bilingual_texts(document)):
        assert text.get("en", "").strip(), text
        assert not CHINESE.search(text["en"]), text
        assert CHINESE.search(text.get("zh", "")), text
        assert not re.search(r"[\u3400-\u9fff][,;:?!]", text["zh"]), text


@pytest.mark.parametrize("slug", FILES)
def test_abilities_positions_and_requirements_state_themselves(slug):
    for ability in some(FILES[slug]["abilities"]):
        assert ability["title"], ability
        assert ability["statement"], ability
    assert all(record["statement"] for record in FILES[slug]["requirements"])


@pytest.mark.parametrize("slug", FILES)
def test_every_record_cites_a_place_in_a_source(slug):
    keys = {source["key"] for source in FILES[slug]["sources"]}
    for citation in some(citations(FILES[slug])):
        assert CITATION.fullmatch(citation), citation
        assert {place[:3] for place in citation.split("; ")} <= keys


@pytest.mark.parametrize("slug", FILES)
def test_cited_sections_and_tables_exist_in_the_papers(slug):
    places = {place for citation in citations(FILES[slug]) for place in citation.split("; ")}
    for key, section in {(place[:3], match[1]) for place in places if (match := re.search(r"§([\w.]+)", place))}:
        assert section_is_in(paper(key), section), (key, section)
    for table in {match[0] for place in places if (match := re.search(r"Table I+", place))}:
        assert f"{table.upper()} " in paper("002")


@pytest.mark.parametrize("slug", FILES)
def test_a_tree_has_known_parents_and_no_cycle(slug):
    parents = {ability["code"]: ability["parent"] for ability in FILES[slug]["abilities"]}
    assert len(parents) == len(FILES[slug]["abilities"])
    for code in parents:
        seen: list[str | None] = []
        step: str | None = code
        while step is not None:
            assert step not in seen
            seen.append(step)
            step = parents[step]


def leaves(document: dict[str, Any]) -> set[str]:
    return {ability["code"] for ability in document["abilities"] if ability["parent"]}


def test_the_rival_lists_of_paper_002_are_entered_ability_by_ability():
    assert {slug: len(leaves(FILES[slug])) for slug in RIVALS} == {
        "qian-2017": 3,
        "yu-2017": 6,
        "yu-2018": 3,
        "zhang-hu-2016": 5,
        "zhuang-2015": 4,
    }


@pytest.mark.parametrize("slug", RIVALS)
def test_a_rival_holds_abilities_and_crosswalks_alone(slug):
    filled = {kind for kind, records in FILES[slug].items() if isinstance(records, list) and records}
    assert filled == {"sources", "abilities", "crosswalks"}
    assert {ability["citation"] for ability in FILES[slug]["abilities"]} == {"002 §II.A"}


@pytest.mark.parametrize("slug", RIVALS)
def test_a_crosswalk_leads_once_from_a_rival_ability_to_a_main_leaf(slug):
    links = FILES[slug]["crosswalks"]
    assert {link["framework"] for link in links} == {"cross-border-e-commerce"}
    assert {link["ability"] for link in links} <= {ability["code"] for ability in FILES[slug]["abilities"]}
    assert {link["to"] for link in links} <= leaves(MAIN)
    assert {link["relation"] for link in links} <= {"exact", "close", "broader", "narrower", "related"}
    assert len({(link["ability"], link["to"]) for link in links}) == len(links)


@pytest.mark.parametrize("slug", RIVALS)
def test_a_rival_ability_without_a_counterpart_says_so(slug):
    linked = {link["ability"] for link in FILES[slug]["crosswalks"]}
    noted = {ability["code"] for ability in FILES[slug]["abilities"] if ability["note"]}
    assert leaves(FILES[slug]) - linked == noted


def test_the_researchers_of_the_rivals_are_named_in_the_paper_with_their_year():
    review = paper("002").split("## II.")[1].split("### III.")[0]
    for slug in RIVALS:
        year = slug[-4:]
        assert f"({year})" in review
        assert FILES[slug]["framework"]["source"].split()[0] in review
