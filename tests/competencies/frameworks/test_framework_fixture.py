"""The framework in fixtures/ is counted and checked against the five papers that it cites."""

import json
import re
from collections import Counter
from typing import Any

import pytest

from tests.places import ROOT, SHARED
from tests.some import some

FRAMEWORKS = ROOT / "fixtures" / "frameworks"
PAPERS = SHARED / "papers"
MAIN = json.loads((FRAMEWORKS / "cross-border-e-commerce.json").read_text(encoding="utf-8"))
ABILITIES = {ability["code"]: ability for ability in MAIN["abilities"]}
PARENTS = {ability["parent"] for ability in MAIN["abilities"]} - {None}
AREAS = [code for code, ability in ABILITIES.items() if ability["parent"] is None]
LEAVES = [code for code, ability in ABILITIES.items() if ability["parent"]]
ITEMS_OF_POSITIONS = [3, 4, 5, 4, 4, 3, 3, 4, 5, 3, 3, 3, 3]
COURSES_OF_CELLS = {
    ("CBEE", "technology"): 4,
    ("CBEE", "operation"): 9,
    ("CBEE", "data"): 4,
    ("SCBEE", "technology"): 5,
    ("SCBEE", "operation"): 7,
    ("SCBEE", "data"): 4,
}
CHINESE = re.compile(r"[\u3000-\u303f\u3400-\u9fff]")
MASTERY = re.compile(
    r"excellent|proficient|master|skill?fully|strong|solid|good command|good at|rich experience", re.IGNORECASE
)
FILLER = {
    "a",
    "abili",
    "able",
    "and",
    "as",
    "at",
    "be",
    "can",
    "famil",
    "for",
    "from",
    "has",
    "have",
    "in",
    "is",
    "it",
}
FILLER |= {"know", "knows", "of", "on", "or", "that", "the", "their", "them", "to", "with"}
TOOLS_NAMED = {
    "RD.5": ["photoshop", "flash", "fireworks", "dreamweaver"],
    "RD.7": ["xhtml", "css", "xml", "javascript"],
    "RD.8": ["h5", "browser compatibility", "seo"],
    "RD.9": ["android", "ios"],
    "MK.4": ["aliexpress", "amazon", "dhgate"],
    "DA.2": ["personalized recommendation", "clustering", "association", "pagerank"],
    "DA.7": ["python", "r language", "java"],
    "DA.8": ["linux", "unix", "hadoop", "hbase", "hive", "storm"],
    "DA.9": ["database", "business intelligence"],
    "MO.5": ["mis", "erp"],
    "BN.4": ["wto"],
}


def paper(key: str) -> str:
    found = sorted(PAPERS.glob(f"{key}_*.txt"))
    if not found:
        pytest.skip("the papers are not beside this checkout")
    return found[0].read_text(encoding="utf-8")


def between(text: str, start: str, end: str) -> str:
    return text.split(start, 1)[1].split(end, 1)[0]


def cited(records: list[dict[str, Any]], place: str) -> set[str]:
    return {record["code"] for record in records if place in record["citation"].split("; ")}


def leaves_with(**wanted: str) -> set[str]:
    return {code for code in LEAVES if all(ABILITIES[code][key] == value for key, value in wanted.items())}


def table_two() -> dict[str, list[str]]:
    """Paper 002's Table II as printed: each position's title with its numbered items."""
    text = between(paper("002"), "TABLE II OCCUPATIONAL", "#### IV. CROSS-BORDER")
    rows = re.findall(r"^(\d+)\. ?([^\t\n]+)\t(.+?)(?=^\d+\. ?[A-Z]|\nTable II|\Z)", text, re.MULTILINE | re.DOTALL)
    split = {title.strip(): re.split(r"(?:^|[\s>])\d\. ", items)[1:] for _, title, items in rows}
    assert [int(number) for number, _, _ in rows] == list(range(1, 14))
    return split


def stems(text: str) -> set[str]:
    return {word[:5] for word in re.findall(r"[a-z0-9]{2,}", text.casefold())} - FILLER


def listed_courses(cell: str) -> list[str]:
    return [course.strip(" .") for course in cell.split(",")]


def table_three() -> dict[tuple[str, str], list[str]]:
    rows = between(paper("002"), "TABLE III", "Cross-border e-commerce enterprises should").splitlines()
    cells = [row.split("\t")[-1] for row in rows if re.search(r"\t(Tech|Oper|Math)", row)]
    return dict(zip(COURSES_OF_CELLS, map(listed_courses, cells), strict=True))


def test_the_five_areas_of_paper_002_lead_the_tree():
    assert AREAS == ["RD", "MK", "MO", "DA", "BN", "LC", "SO", "ME"]
    assert [ABILITIES[code]["citation"] for code in AREAS[:5]] == [f"002 §III.{letter}" for letter in "ABCDE"]


def test_the_five_areas_bear_the_names_of_the_papers_paragraphs():
    headings = re.findall(r"^#### \*[A-E]\. (.+) ability\*$", paper("002"), re.MULTILINE)
    assert [ABILITIES[code]["title"]["en"] for code in AREAS[:5]] == headings


def test_abilities_of_section_three_stand_under_their_own_area():
    named = {
        area: {c for c in cited(MAIN["abilities"], f"002 §III.{x}") if "." in c}
        for area, x in zip(AREAS[:5], "ABCDE", strict=True)
    }
    assert {area: len(codes) for area, codes in named.items()} == {"RD": 3, "MK": 6, "MO": 10, "DA": 6, "BN": 9}
    assert all(ABILITIES[code]["parent"] == area for area, codes in named.items() for code in codes)


def test_there_are_eighty_leaf_abilities():
    assert Counter(ABILITIES[code]["parent"] for code in LEAVES) == {
        "RD": 15,
        "MK": 15,
        "MO": 19,
        "DA": 9,
        "BN": 13,
        "LC": 4,
        "SO": 5,
    }


def test_ability_codes_are_unique_and_of_one_scheme():
    assert len(ABILITIES) == len(MAIN["abilities"])
    assert all(re.fullmatch(r"[A-Z]{2}(\.\d+)?", code) for code in ABILITIES)


def test_every_leaf_hangs_directly_on_the_area_its_code_names():
    assert all(ABILITIES[code]["parent"] == code.split(".")[0] for code in some(LEAVES))
    assert set(AREAS) - {"ME"} == PARENTS


def test_the_methodological_area_is_empty_and_says_why():
    assert "ME" not in PARENTS
    assert ABILITIES["ME"]["kind"] == "methodological"
    assert set(ABILITIES["ME"]["note"]) == {"en", "zh"}
    assert [code for code in ABILITIES if ABILITIES[code]["kind"] == "methodological"] == ["ME"]


def test_paper_004_names_three_social_and_four_professional_abilities():
    of_004 = cited(MAIN["abilities"], "004 §2")
    assert of_004 & leaves_with(kind="social") == {"SO.1", "SO.2", "SO.3"}
    assert of_004 & leaves_with(kind="professional") == {"MO.13", "MO.14", "MK.10", "MO.11"}


def test_the_emerging_abilities_are_those_of_papers_000_and_003():
    emerging = leaves_with(horizon="emerging")
    assert emerging & cited(MAIN["abilities"], "000 §IV.C") == {"MO.19", "RD.12", "RD.13", "RD.14"}
    assert emerging & cited(MAIN["abilities"], "000 §V.A.1") == {"RD.12", "RD.15"}
    assert emerging & cited(MAIN["abilities"], "003 §2.4") == {"MK.14", "MO.18"}
    assert emerging & cited(MAIN["abilities"], "003 §4.5") == {"MK.14", "MK.15"}
    assert len(emerging) == 8


def test_platform_and_data_operation_of_paper_003_are_core():
    assert cited(MAIN["abilities"], "003 §4.1") & leaves_with(horizon="core") == {"MO.11", "DA.6"}


def test_the_practice_topics_that_paper_001_misses_are_abilities():
    missed = {"MO.12": "Online store operation", "MK.13": "Product image processing", "MK.3": "Online promotion"}
    of_001 = cited(MAIN["abilities"], "001 §3.2")
    assert {code: ABILITIES[code]["title"]["en"] for code in missed} == missed
    assert of_001 == {*missed, "SO.3", "SO.4"}


def test_thirteen_positions_hold_47_items():
    items = Counter(requirement["position"] for requirement in MAIN["requirements"])
    assert [position["code"] for position in MAIN["positions"]] == [f"P{n}" for n in range(1, 14)]
    assert [items[f"P{n}"] for n in range(1, 14)] == ITEMS_OF_POSITIONS
    assert sum(ITEMS_OF_POSITIONS) == 47


def test_table_two_as_printed_has_the_same_titles_and_items():
    printed = table_two()
    assert [title.casefold() for title in printed] == [p["title"]["en"].casefold() for p in MAIN["positions"]]
    assert [len(items) for items in printed.values()] == ITEMS_OF_POSITIONS


def test_every_requirement_restates_the_item_it_cites_better_than_any_other():
    printed = [item for items in table_two().values() for item in items]
    for original, requirement in zip(printed, MAIN["requirements"], strict=True):
        ours = requirement["statement"]["en"]
        shared = len(stems(original) & stems(ours))
        assert shared >= max(2, *(len(stems(other) & stems(ours)) for other in printed)), (original, ours)
        assert ours.strip(" .").casefold() not in original.casefold()


def test_requirements_cite_their_items_in_the_order_of_the_table():
    assert [(r["position"], r["item"], r["citation"]) for r in MAIN["requirements"]] == [
        (f"P{number}", item, f"002 Table II, position {number}, item {item}")
        for number, items in enumerate(ITEMS_OF_POSITIONS, 1)
        for item in range(1, items + 1)
    ]


def test_an_item_asks_for_level_a_exactly_where_its_words_say_mastery():
    printed = list(table_two().values())
    for requirement in some(MAIN["requirements"]):
        original = printed[int(requirement["position"].removeprefix("P")) - 1][requirement["item"] - 1]
        assert requirement["level"] == ("A" if MASTERY.search(original) else "D"), original


def test_levels_and_weights_are_marked_as_assumed():
    assert {(r["weight"], r["level_assumed"]) for r in MAIN["requirements"]} == {(1, True)}
    assert {r["level"] for r in MAIN["requirements"]} == {"A", "D"}


def test_items_that_mean_the_same_share_one_ability():
    shared = Counter(requirement["ability"] for requirement in MAIN["requirements"])
    assert len(shared) == 43
    assert {code for code, items in shared.items() if items > 1} == {"MK.4", "MK.7", "MK.10", "SO.4"}
    assert set(shared) <= set(LEAVES)


def test_an_ability_that_cites_an_item_is_required_by_it():
    asked = {(r["ability"], r["citation"]) for r in MAIN["requirements"]}
    claimed = {
        (code, place) for code in LEAVES for place in ABILITIES[code]["citation"].split("; ") if "Table II," in place
    }
    assert claimed == asked


def test_thirteen_career_entries_bear_twelve_titles():
    entries = MAIN["career_entries"]
    assert len(entries) == 13
    assert len({entry["title"]["en"] for entry in entries}) == 12
    assert Counter((entry["direction"], entry["degree"]) for entry in entries) == {
        ("technology", "bachelor"): 2,
        ("technology", "master"): 2,
        ("operation", "bachelor"): 2,
        ("operation", "master"): 3,
        ("data", "bachelor"): 2,
        ("data", "master"): 2,
    }


def test_table_one_as_printed_has_the_same_entries():
    rows = re.findall(r"Bachelor: (.+) Master: (.+)", between(paper("002"), "TABLE I ANALYSIS", "TABLE II"))
    printed = [title for row in rows for cell in row for title in listed_courses(cell)]
    assert len(printed) == 13
    for entry, title in zip(MAIN["career_entries"], printed, strict=True):
        assert stems(title) == stems(entry["title"]["en"]), title


def test_entries_without_a_counterpart_in_table_two_stay_unlinked():
    unlinked = [entry["title"]["en"] for entry in MAIN["career_entries"] if entry["position"] is None]
    assert unlinked == ["Planner of website needs", "E-commerce system architect", "Data modeler"]


def test_a_position_takes_direction_and_degree_from_its_entries():
    for position in some(MAIN["positions"]):
        linked = [entry for entry in MAIN["career_entries"] if entry["position"] == position["code"]]
        degrees = {entry["degree"] for entry in linked}
        assert position["degree"] == (degrees.pop() if len(degrees) == 1 else "")
        given = {entry["direction"] for entry in linked}
        assert given == {position["direction"]} or (
            not given and (not position["direction"] or "direction" in position["citation"])
        )


def test_layer_follows_the_title_and_the_echelon_is_marked_as_assumed():
    for position in some(MAIN["positions"]):
        assert position["layer"] == ("manager" if "manager" in position["title"]["en"] else "specialist")
        assert position["echelon"] in {"basic", "professional", "senior"}
        assert position["citation"].endswith("echelon assumed)")


def test_only_the_customer_service_item_names_trade_models():
    assert {p["code"]: p["trade_model"] for p in MAIN["positions"] if p["trade_model"]} == {"P7": "B2C, C2C"}


def test_two_certificates_name_33_courses_in_six_cells():
    rows = MAIN["certification_courses"]
    assert [(c["code"], c["degree"]) for c in MAIN["certifications"]] == [("CBEE", "bachelor"), ("SCBEE", "master")]
    assert Counter((row["certification"], row["direction"]) for row in rows) == COURSES_OF_CELLS
    assert len(rows) == 33


def test_table_three_as_printed_has_the_same_courses_in_the_same_places():
    titles = {course["code"]: course["title"]["en"] for course in MAIN["reference_courses"]}
    printed = [title for cell in table_three().values() for title in cell]
    for row, title in zip(MAIN["certification_courses"], printed, strict=True):
        assert len(stems(title) & stems(titles[row["course"]])) >= min(2, len(stems(title))), title


def test_a_course_named_in_two_cells_is_one_reference_course():
    named = Counter(row["course"] for row in MAIN["certification_courses"])
    titles = {course["code"]: course["title"]["en"] for course in MAIN["reference_courses"]}
    assert {titles[code] for code, times in named.items() if times > 1} == {
        "E-commerce security",
        "International trade practice",
    }
    assert len(named) == 31


def test_the_eight_courses_of_paper_001_are_reference_courses():
    sentence = between(paper("001"), "we provide international", "practical teaching adopts")
    titles = {course["code"]: course["title"]["en"] for course in MAIN["reference_courses"]}
    for number in range(1, 9):
        (code,) = cited(MAIN["reference_courses"], f"001 §4.1, course {number}")
        assert len(stems(titles[code]) & stems("international " + sentence)) >= 2, titles[code]


def test_reference_courses_are_the_31_of_table_three_and_six_more_of_paper_001():
    codes = [course["code"] for course in MAIN["reference_courses"]]
    assert len(codes) == len(set(codes)) == 37
    assert {row["course"] for row in MAIN["certification_courses"]} <= set(codes)


def test_every_reference_course_serves_leaf_abilities():
    for course in some(MAIN["reference_courses"]):
        assert course["abilities"]
        assert len(set(course["abilities"])) == len(course["abilities"])
        assert set(course["abilities"]) <= set(LEAVES)


@pytest.mark.parametrize("code", LEAVES)
def test_a_leaf_has_three_to_twelve_terms_in_each_language(code):
    languages = Counter(term["language"] for term in ABILITIES[code]["terms"])
    assert set(languages) == {"en", "zh"}
    assert all(3 <= number <= 12 for number in languages.values()), languages


def test_no_term_stands_on_two_abilities():
    seen = Counter((t["language"], t["text"].casefold()) for a in MAIN["abilities"] for t in a["terms"])
    assert {term: times for term, times in seen.items() if times > 1} == {}


def test_terms_are_written_in_the_script_of_their_language():
    terms = [t for a in MAIN["abilities"] for t in a["terms"]]
    terms += [t for p in MAIN["positions"] for t in p["title_terms"]]
    assert [t for t in terms if (t["language"] == "zh") != bool(CHINESE.search(t["text"]))] == []
    assert [t for t in terms if t["text"] != t["text"].strip() or len(t["text"]) < 2] == []


@pytest.mark.parametrize(("code", "tools"), TOOLS_NAMED.items())
def test_tools_that_the_paper_names_are_search_terms(code, tools):
    words = " · ".join(term["text"].casefold() for term in ABILITIES[code]["terms"])
    assert [tool for tool in tools if not re.search(rf"\b{tool}\b", words)] == []


def test_title_terms_name_one_position_each_in_both_languages():
    seen = Counter((t["language"], t["text"].casefold()) for p in MAIN["positions"] for t in p["title_terms"])
    assert {term: times for term, times in seen.items() if times > 1} == {}
    assert all({t["language"] for t in p["title_terms"]} == {"en", "zh"} for p in some(MAIN["positions"]))


def test_references_of_the_main_file_lead_to_records():
    positions = {position["code"] for position in MAIN["positions"]}
    certificates = {certificate["code"] for certificate in MAIN["certifications"]}
    courses = {course["code"] for course in MAIN["reference_courses"]}
    assert {entry["position"] for entry in MAIN["career_entries"]} - {None} <= positions
    assert {requirement["position"] for requirement in MAIN["requirements"]} == positions
    assert {row["certification"] for row in MAIN["certification_courses"]} == certificates
    assert {row["course"] for row in MAIN["certification_courses"]} <= courses
