"""What the framework's terms find in real postings, against verdicts that a person gave after reading each place.

A mention is right where the posting, at that place, asks for or describes work with the ability as it is stated.
240 mentions were read: 170 drawn from all of the English file; of the Chinese one, whose mentions are "数据分析" nine
times out of ten, one for each term and 24 drawn from the rest. The postings' text is not kept here.
"""

import csv
import json
from functools import cache

import pytest

from competencies.demand.readers.postings import iter_postings
from competencies.matching.terms import Term, TermMatcher, searched_text
from tests.places import ROOT, SHARED

HERE = ROOT / "tests"
POSTINGS = SHARED / "data" / "postings"
FRAMEWORK = HERE.parent / "fixtures" / "frameworks" / "cross-border-e-commerce.json"
VERDICTS = HERE / "data" / "mention_verdicts.csv"
# One for each ability of a posting. What is new since the verdicts is unjudged; whoever changes a term looks at it.
KNOWN = {"google_job_skills.csv": 3096, "lagou_data_analyst.csv": 1958}
STILL_FOUND = 232

Place = tuple[str, int, int, str]  # file, row, offset, ability


@cache
def matcher() -> TermMatcher:
    framework = json.loads(FRAMEWORK.read_text(encoding="utf-8"))
    return TermMatcher(
        Term(term["text"], ability["code"], term["language"])
        for ability in framework["abilities"]
        for term in ability["terms"]
    )


def first_places(file: str) -> set[Place]:
    found = set()
    for posting in iter_postings(POSTINGS / file, name=file):
        text = searched_text(title=posting.title, text=posting.text)
        places: dict[str, int] = {}
        for mention in matcher().find(text):
            places.setdefault(mention.ability, mention.start)
        found |= {(file, posting.row, start, ability) for ability, start in places.items()}
    return found


@pytest.fixture(scope="module")
def places() -> set[Place]:
    if not POSTINGS.exists():
        pytest.skip("the folder of public data is not beside the project")
    return {place for file in KNOWN for place in first_places(file)}


@cache
def verdicts() -> dict[Place, str]:
    with VERDICTS.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    return {(row["file"], int(row["row"]), int(row["offset"]), row["ability"]): row["verdict"] for row in rows}


def test_at_least_two_hundred_mentions_were_judged_and_no_text_was_kept():
    assert len(verdicts()) == 240
    assert set(verdicts().values()) == {"right", "wrong"}
    assert max(map(len, VERDICTS.read_text(encoding="utf-8").splitlines())) < 80


def test_nine_in_ten_of_the_judged_mentions_are_right(places):
    found = [verdict for place, verdict in verdicts().items() if place in places]
    assert len(found) == STILL_FOUND
    assert found.count("right") / len(found) >= 0.90


def test_how_many_mentions_nobody_has_judged_is_known(places):
    assert {file: sum(place[0] == file for place in places) for file in KNOWN} == KNOWN


def test_what_was_wrong_because_of_a_longer_name_or_a_department_is_gone(places):
    gone = [place for place, verdict in verdicts().items() if verdict == "wrong" and place not in places]
    assert len(gone) == 7
