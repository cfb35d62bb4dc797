"""What public files and the demo gave; a rule that reads other files better may not read these worse."""

from collections import Counter
from collections.abc import Iterable
from datetime import date
from pathlib import Path

import pytest

from competencies.demand.readers.postings import read_postings
from curricula.interchange import ParsedCurriculum
from curricula.interchange.bundles import read_file
from tests.places import ROOT, SHARED

PUBLIC = SHARED / "data" / "curricula"
DEMO = ROOT / "fixtures" / "demo"
POSTINGS = SHARED / "data" / "postings"
COLLECTED = date(2026, 9, 30)
COUNTED = ("courses", "credits", "hours", "terms", "prerequisites", "external", "mappings", "levels", "refusals")

ANALYTICS = (101, (2080, 2080, 0, 1673, 1625, 0, 0, 0, 0))  # the other 24 files of the 125 are no plans
PLANS = {
    "uiuc_2019_fall.csv": (8589, 8589, 0, 0, 0, 0, 0, 0, 0),
    "zh_training_plan.csv": (87, 87, 0, 87, 0, 0, 0, 0, 0),
}
# rows, kept rows, with a title, text, employer, region, date, salary, labels; refusals
PUBLIC_POSTINGS = {
    "google_job_skills.csv": (1250, 1127, 1127, 1113, 1127, 1127, 0, 0, 0, 0),
    "lagou_data_analyst.csv": (1829, 1803, 1803, 0, 1803, 1803, 0, 1803, 1558, 0),
}
DEMO_POSTINGS = {
    "postings-2025.csv": (314, 308, 308, 308, 308, 308, 308, 234, 0, 0),
    "postings-2026.csv": (344, 339, 339, 339, 339, 339, 334, 256, 0, 0),
}
DEMO_PLANS = {
    "e-commerce-2025-mapping.csv": (0, 0, 0, 0, 0, 0, 87, 87, 0),
    "e-commerce-2025-plan.csv": (62, 62, 62, 62, 39, 0, 0, 0, 0),
    "e-commerce-2026-mapping.csv": (0, 0, 0, 0, 0, 0, 103, 103, 0),
    "e-commerce-2026-plan.xlsx": (63, 63, 63, 63, 43, 0, 0, 0, 0),
    "e-commerce-2026-raters.csv": (0, 0, 0, 0, 0, 0, 306, 306, 0),
    "international-trade-2025-courses.csv": (57, 57, 57, 57, 33, 0, 0, 0, 0),
    "international-trade-2025-mapping.csv": (0, 0, 0, 0, 0, 0, 65, 65, 0),
    "international-trade-2026.xlsx": (60, 60, 60, 60, 37, 0, 79, 79, 0),
}


def counts(parsed: Iterable[ParsedCurriculum]) -> tuple[int, ...]:
    total: Counter[str] = Counter()
    for file in parsed:
        total["courses"] += len(file.courses)
        total["credits"] += sum(course.credits is not None for course in file.courses)
        total["hours"] += sum(course.total_hours is not None or bool(course.hours) for course in file.courses)
        total["terms"] += sum(course.term is not None for course in file.courses)
        total["prerequisites"] += len(file.prerequisites)
        total["external"] += sum(requisite.external for requisite in file.prerequisites)
        total["mappings"] += len(file.mappings)
        total["levels"] += sum(bool(mapping.level) for mapping in file.mappings)
        total["refusals"] += len(file.refusals)
    return tuple(total[name] for name in COUNTED)


def read(path: Path) -> ParsedCurriculum:
    return read_file(path, name=path.name)


def test_the_curricular_analytics_files():
    paths = sorted((PUBLIC / "curricular_analytics").glob("*.csv"))
    if not paths:
        pytest.skip("the public files are not here")
    read_whole = []
    for path in paths:
        try:
            read_whole.append(read(path))
        except ValueError:
            continue
    assert len(paths) == 125
    assert (len(read_whole), counts(read_whole)) == ANALYTICS


@pytest.mark.parametrize("name", sorted(PLANS))
def test_the_public_plans(name):
    if not (PUBLIC / name).exists():
        pytest.skip("the public files are not here")
    assert counts([read(PUBLIC / name)]) == PLANS[name]


@pytest.mark.parametrize("name", sorted(PUBLIC_POSTINGS))
def test_the_public_postings(name):
    if not (POSTINGS / name).exists():
        pytest.skip("the public files are not here")
    parsed = read_postings(POSTINGS / name, name=name, today=COLLECTED)
    assert posting_counts(parsed) == PUBLIC_POSTINGS[name]


def posting_counts(parsed):
    rows = parsed.rows
    named = [sum(bool(getattr(row, field)) for row in rows) for field in ("title", "text", "employer", "region")]
    told = [sum(row.published is not None for row in rows), sum(row.salary_low is not None for row in rows)]
    return (parsed.rows_read, len(rows), *named, *told, sum(bool(row.skills) for row in rows), len(parsed.refusals))


@pytest.mark.parametrize("name", sorted(DEMO_POSTINGS))
def test_the_postings_of_the_demo(name):
    parsed = read_postings(DEMO / name, name=name, today=COLLECTED)
    assert posting_counts(parsed) == DEMO_POSTINGS[name]


def demo_curricula():
    return sorted(path for path in DEMO.iterdir() if path.name.startswith(("e-commerce", "international")))


@pytest.mark.parametrize("path", demo_curricula(), ids=lambda path: path.name)
def test_the_plans_and_mappings_of_the_demo(path):
    assert counts([read(path)]) == DEMO_PLANS[path.name]
