"""Skill descriptors of OSMT and the tables of O*NET as frameworks."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from competencies.frameworks.formats import detected, read_format
from tests.uploads import zipped

SKILL = {
    "id": "http://osmt/api/skills/5f",
    "uuid": "5f",
    "skillName": "Access control",
    "skillStatement": "Control access to systems.",
    "categories": ["Security"],
    "keywords": ["IAM", "Access control"],
    "status": "published",
}
SHEET = (
    b"RSD Name,Authors,Skill Statement,Categories,Keywords,Standards,Certifications,O*NET Job Codes\n"
    b"Access control,A board,Control access.,Security,IAM; roles,NIST,CISSP,15-1212.00\n"
    b"Loose skill,,Does a thing.,,,,,\n"
)
MODEL = "Element ID\tElement Name\tDescription\n2\tSkill\tAll\n2.A\tBasic\tAll\n2.A.1\tReading\tReads\n3\tOther\t\n"
JOBS = "O*NET-SOC Code\tTitle\tDescription\n11-1011.00\tChief Executives\tLead\n11-1021.00\tManagers\tManage\n"
RATINGS = (
    "O*NET-SOC Code\tElement ID\tElement Name\tScale ID\tData Value\tN\tRecommend Suppress\tDate\n"
    "11-1011.00\t2.A.1\tReading\tIM\t4.12\t8\tN\t08/2023\n"
    "11-1011.00\t2.A.1\tReading\tLV\t4.62\t8\tN\t08/2023\n"
    "11-1021.00\t2.A.1\tReading\tIM\t2.9\t8\tN\t08/2023\n"
)


@pytest.mark.parametrize("content", [[SKILL], {"name": "Security", "skills": [SKILL], "author": "A board"}])
def test_descriptors_in_json_become_abilities_in_their_category(content: object) -> None:
    data = json.dumps(content).encode()
    parsed = read_format("osmt", data, slug="skills")
    assert detected(data) == "osmt"
    assert (parsed.refusals, parsed.warnings) == ((), ())
    area, ability = parsed.abilities
    assert (area.code, area.title.en) == ("area-security", "Security")
    assert (ability.code, ability.parent, ability.title.en) == ("5f", "area-security", "Access control")
    assert [term.text for term in ability.terms] == ["Access control", "IAM"]
    assert ability.outside == {"osmt": SKILL}


def test_descriptors_in_a_spreadsheet_get_codes_of_their_names() -> None:
    parsed = read_format("osmt", SHEET, slug="skills")
    assert detected(SHEET) == "osmt"
    assert parsed.refusals == ()
    assert [(row.row, row.code, row.parent) for row in parsed.abilities] == [
        (2, "area-security", ""),
        (2, "access-control", "area-security"),
        (3, "loose-skill", ""),
    ]
    assert [term.text for term in parsed.abilities[1].terms] == ["Access control", "IAM", "roles"]
    assert parsed.abilities[1].outside["osmt"]["certifications"] == "CISSP"


def test_the_tables_of_onet_become_elements_occupations_and_what_is_important(tmp_path: Path) -> None:
    for name, text in (("Content Model Reference", MODEL), ("Occupation Data", JOBS), ("Skills", RATINGS)):
        (tmp_path / f"{name}.txt").write_text(text)
    parsed = read_format("onet", tmp_path, slug="onet")
    assert detected(tmp_path) == "onet"
    assert (parsed.refusals, parsed.warnings) == ((), ())
    assert [(row.code, row.parent) for row in parsed.abilities] == [("2", ""), ("2.A", "2"), ("2.A.1", "2.A")]
    assert [(row.code, row.title.en) for row in parsed.positions] == [("11-1011.00", "Chief Executives")]
    assert [(row.position, row.ability, row.item, row.weight) for row in parsed.requirements] == [
        ("11-1011.00", "2.A.1", 1, 4.12)
    ]


def test_one_table_of_onet_is_read_alone_or_refused() -> None:
    assert [row.code for row in read_format("onet", MODEL.encode(), slug="x").abilities] == ["2", "2.A", "2.A.1", "3"]
    assert [problem.code for problem in read_format("onet", JOBS.encode(), slug="x").refusals] == ["not_onet"]
    archive = zipped(skills="a,b\n1,2\n")
    assert [problem.code for problem in read_format("onet", archive, slug="x").refusals] == ["not_onet"]


@pytest.mark.parametrize("data", [b"{}", b'[{"name": "x"}]', b'{"skills": 3}'])
def test_json_without_descriptors_is_refused(data: bytes) -> None:
    assert [problem.code for problem in read_format("osmt", data, slug="x").refusals] == ["not_osmt"]


def test_public_descriptors_are_read_whole(shared: Path) -> None:
    folder = shared / "data" / "osmt"
    for name, count in (("osmt_collection_sample.json", 0), ("osmt_skills_search_response_sample.json", 50)):
        content = json.loads((folder / name).read_text())
        skills = content["skills"] if isinstance(content, dict) else content
        parsed = read_format("osmt", folder / name, slug="osmt")
        assert parsed.refusals == ()
        assert sum("osmt" in row.outside for row in parsed.abilities) == len(skills) >= count


@pytest.mark.parametrize("folder", ["onet_29.3_text", "onet_29.3_xlsx"])
def test_public_tables_of_onet_are_read_whole(shared: Path, folder: str) -> None:
    parsed = read_format("onet", shared / "data" / folder, slug="onet")
    areas = {row.parent for row in parsed.abilities}
    assert parsed.refusals == ()
    assert sum(row.code not in areas for row in parsed.abilities) == 35
    assert len(parsed.positions) > 800
    assert min(row.weight for row in parsed.requirements) == 3.0
