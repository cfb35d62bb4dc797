"""Tagging, from a text to its evidence, beside a bare automaton and beside spaCy; ratios within one run."""

from __future__ import annotations

import csv
import time
from collections.abc import Callable, Iterable
from typing import Any

import ahocorasick
import pytest

from competencies.demand.readers.postings import iter_postings
from competencies.matching.terms import Term, TermMatcher, searched_text
from tests.places import SHARED

DATA = SHARED / "data"
SPACY_TEXTS = 250  # spaCy takes its time


@pytest.fixture(scope="module")
def terms() -> list[Term]:
    """ESCO's labels and synonyms, each as a term of the skill it names."""
    path = DATA / "esco_v1.1.1_labels" / "skills_en.csv"
    if not path.exists():
        pytest.skip("the folder of public data is not beside the project")
    with path.open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    return [
        Term(form, row["preferredLabel"], "en")
        for row in rows
        for form in (row["preferredLabel"], *row["altLabels"].splitlines())
        if form.strip()
    ]


@pytest.fixture(scope="module")
def texts() -> list[str]:
    path = DATA / "postings" / "google_job_skills.csv"
    if not path.exists():
        pytest.skip("the folder of public data is not beside the project")
    return [searched_text(title=row.title, text=row.text) for row in iter_postings(path, name=path.name)]


def seconds(work: Callable[[], object], *, times: int) -> float:
    """The best of several runs, of the processor's time: a busy machine stalls no figure."""
    found = []
    for _ in range(times):
        start = time.process_time()
        work()
        found.append(time.process_time() - start)
    return min(found)


def consume(work: Iterable[object]) -> int:
    return sum(1 for _ in work)


def bare_automaton(terms: Iterable[Term]) -> Any:
    automaton = ahocorasick.Automaton()
    for form in {term.text.strip().lower() for term in terms}:
        automaton.add_word(form, form)
    automaton.make_automaton()
    return automaton


def report(name: str, ratio: float, *, least: float) -> None:
    print(f"\n{name}: {ratio:.2f} (at least {least:g})")  # noqa: T201 - the figure is what a benchmark is for
    assert ratio >= least


def test_tagging_runs_at_half_the_speed_of_a_bare_automaton_or_faster(terms, texts):
    matcher, automaton = TermMatcher(terms), bare_automaton(terms)
    small = [text.lower() for text in texts]
    # In turns, so that both meet the same machine.
    ratios = []
    for _ in range(5):
        bare = seconds(lambda: [consume(automaton.iter(text)) for text in small], times=3)
        ratios.append(bare / seconds(lambda: list(map(matcher.find, texts)), times=3))
    report("tagging / bare automaton, in speed", sorted(ratios)[2], least=0.5)


def test_tagging_runs_at_five_times_the_speed_of_a_phrase_matcher_or_faster(terms, texts):
    spacy = pytest.importorskip("spacy", reason="the group bench is not installed; see requirements-bench.txt")
    from spacy.matcher import PhraseMatcher

    language = spacy.blank("en")
    phrases = PhraseMatcher(language.vocab, attr="LOWER")
    forms = sorted({term.text.strip().lower() for term in terms})
    phrases.add("ability", list(language.tokenizer.pipe(forms)))
    matcher, some = TermMatcher(terms), texts[:SPACY_TEXTS]
    theirs = seconds(lambda: [phrases(document) for document in language.pipe(some)], times=2)
    ours = seconds(lambda: list(map(matcher.find, some)), times=5)
    report("tagging / spaCy's PhraseMatcher, in speed", theirs / ours, least=5)
