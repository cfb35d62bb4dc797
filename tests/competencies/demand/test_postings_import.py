from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest

from competencies.demand.actions.postings import save_posting_file
from competencies.demand.actions.retagging import retag_source
from competencies.demand.actions.sources import SourceFacts
from competencies.demand.readers.postings import read_postings
from competencies.matching.terms import searched_text
from competencies.models import AbilityTerm, DemandSource, Framework, Position, Posting, PostingMention
from competencies.saving.outcome import PostingsOutcome
from tests.competencies.demand.saving import save_postings
from tests.queries import queries_of
from tests.universe import make_framework

pytestmark = pytest.mark.django_db

TODAY = date(2026, 9, 30)
LONG = "We look for somebody who knows our customers well and writes to them every day. " * 6
HEADER = "title,description,company,city,date,skills\n"
FILE = HEADER + (
    'Marketer,"Knows search advertising and Search Advertising again",Acme,Beijing,2026-09-01,"SQL, live selling"\n'
    "分析员,熟悉统计与建模,甲公司,上海,2026-08-01,\n"
    'Marketer,"Knows search advertising and Search Advertising again",Acme,Beijing,2026-09-01,"SQL, live selling"\n'
    "Cook,Cooks,,,,\n"
)


@pytest.fixture
def framework() -> Framework:
    return make_framework()


def save(text: str, framework: Framework, **options: Any) -> PostingsOutcome:
    parsed = read_postings(text.encode(), name="postings.csv", today=TODAY)
    given: dict[str, Any] = {"source_slug": "board", "collected": TODAY} | options
    return save_postings(parsed, framework=framework, **given)


def counts(outcome: PostingsOutcome) -> tuple[int, int, int, int]:
    return outcome.created, outcome.changed, outcome.unchanged, outcome.refused


def stored() -> list[tuple[Any, ...]]:
    """Everything that is kept of postings, for comparison before and after."""
    postings = Posting.objects.order_by("pk").values_list(
        "pk", "title", "text", "copies", "near_group", "collected", "position__code", "published", "vocabulary_version"
    )
    mentions = PostingMention.objects.order_by("pk").values_list("pk", "posting", "ability__code", "term", "start")
    return [*postings, *mentions, *DemandSource.objects.values_list("slug", "collected", "changed")]


def test_a_file_becomes_postings_mentions_and_positions(framework: Framework) -> None:
    outcome = save(FILE, framework, region="China", licence="none", note="A sample", sample=True)
    source = DemandSource.objects.get(slug="board")
    marketer = Posting.objects.get(employer="Acme")
    assert counts(outcome) == (3, 0, 0, 0)
    assert (outcome.duplicates, outcome.near_duplicates, outcome.undated) == (1, 0, 1)
    assert (outcome.with_position, outcome.mentions) == (1, 4)
    assert (source.region, source.licence, source.note, source.sample) == ("China", "none", "A sample", True)
    assert (marketer.published, marketer.region, marketer.language) == (date(2026, 9, 1), "Beijing", "en")
    assert (marketer.position, marketer.copies) == (Position.objects.get(code="marketer"), 1)
    assert marketer.text.splitlines()[-1] == "Skills: SQL, live selling"


def test_each_ability_counts_once_with_the_words_as_they_stand(framework: Framework) -> None:
    save(FILE, framework)
    marketer = Posting.objects.get(employer="Acme")
    text = searched_text(title=marketer.title, text=marketer.text)
    found = {mention.ability.code: mention for mention in marketer.mentions.all()}
    assert set(found) == {"MK.1", "MK.2"}
    assert found["MK.1"].term == "search advertising"
    for mention in found.values():
        assert text[mention.start : mention.start + len(mention.term)] == mention.term
    assert {m.term for m in Posting.objects.get(employer="甲公司").mentions.all()} == {"统计", "建模"}


def test_an_undated_posting_counts_at_its_collection(framework: Framework) -> None:
    save(FILE, framework)
    cook = Posting.objects.get(title="Cook")
    assert (cook.published, cook.collected) == (None, TODAY)


def test_a_second_import_changes_nothing(framework: Framework) -> None:
    save(FILE, framework)
    before = stored()
    outcome = save(FILE, framework, collected=date(2026, 12, 31))
    assert counts(outcome) == (0, 0, 3, 0)
    assert (outcome.duplicates, outcome.mentions) == (1, 0)
    assert stored() == before


def test_a_second_file_adds_what_is_new_and_keeps_the_larger_count_of_copies(framework: Framework) -> None:
    save(FILE, framework)
    first_row = FILE.splitlines()[1]
    newer = HEADER + "\n".join([first_row] * 4) + "\nCashier,Sells,,,,\n"
    outcome = save(newer, framework, collected=date(2026, 10, 31))
    assert counts(outcome) == (1, 1, 0, 0)
    assert Posting.objects.get(employer="Acme").copies == 3
    assert DemandSource.objects.get().collected == date(2026, 10, 31)
    save(FILE, framework)
    assert Posting.objects.get(employer="Acme").copies == 3


def test_near_duplicates_are_kept_counted_and_grouped(framework: Framework) -> None:
    rows = [f"Marketer,{LONG}{end},Acme,Beijing,2026-09-0{n},\n" for n, end in enumerate(("Now.", "Today."), start=1)]
    outcome = save(HEADER + "".join(rows) + FILE.splitlines()[1], framework)
    groups = Posting.objects.exclude(near_group="").values_list("near_group", flat=True)
    assert (outcome.created, outcome.near_duplicates) == (3, 1)
    assert list(groups) == [Posting.objects.order_by("pk")[0].fingerprint] * 2


def near_duplicate(day: int, end: str, employer: str = "Acme") -> str:
    return f"Marketer,{LONG}{end},{employer},Beijing,2026-09-0{day},\n"


def test_near_duplicates_are_found_across_the_files_of_a_source(framework: Framework) -> None:
    save(HEADER + near_duplicate(1, "Now.") + FILE.splitlines()[1], framework)
    outcome = save(HEADER + near_duplicate(2, "Today.") + "Cashier,Sells,,,,\n", framework)
    first, second = Posting.objects.filter(text__startswith="We look").order_by("pk")
    assert (counts(outcome), outcome.near_duplicates) == ((2, 1, 0, 0), 1)
    assert first.near_group == second.near_group == first.fingerprint
    assert not Posting.objects.exclude(pk__in=[first.pk, second.pk]).exclude(near_group="").exists()


def test_a_posting_between_two_groups_makes_one_of_them(framework: Framework) -> None:
    words = [a + b + c + " " for a in "bcdf" for b in "aeiou" for c in "klmnpr"]
    between, left = "".join(words), "".join(["quite other " * 2, *words[7:]])
    right = "".join([*words[:-7], "again new " * 2])
    rows = [f'Marketer,"{text}",Acme,Beijing,2026-09-01,\n' for text in (left, right, between)]
    save(HEADER + rows[0] + rows[1], framework)
    apart = set(Posting.objects.values_list("near_group", flat=True))
    save(HEADER + rows[2], framework)
    assert len(apart) == 1
    assert set(Posting.objects.values_list("near_group", flat=True)) == {Posting.objects.order_by("pk")[0].fingerprint}


def test_near_duplicates_of_another_source_are_another_matter(framework: Framework) -> None:
    save(HEADER + near_duplicate(1, "Now."), framework)
    save(HEADER + near_duplicate(2, "Today."), framework, source_slug="other")
    assert not Posting.objects.exclude(near_group="").exists()


def test_postings_stored_before_sketches_were_kept_get_theirs(framework: Framework) -> None:
    save(HEADER + near_duplicate(1, "Now."), framework)
    Posting.objects.update(sketch=b"")
    outcome = save(HEADER + near_duplicate(2, "Today."), framework)
    assert outcome.near_duplicates == 1
    assert not Posting.objects.filter(sketch=b"").exists()


def test_new_postings_touch_their_source_whatever_day_they_were_collected(framework: Framework) -> None:
    save(FILE, framework)
    before = DemandSource.objects.get().changed
    save(HEADER + "Cashier,Sells,,,,\n", framework)
    assert DemandSource.objects.get().changed > before


def test_signs_that_a_copy_reads_otherwise_are_stored_as_they_stand(framework: Framework) -> None:
    text = r"C:\new\N and \. then	a tab"
    save(HEADER + f'\\N,"{text}\nnext line\n\\.\nend",Acme\\,Beijing,,\n', framework)
    posting = Posting.objects.get()
    assert (posting.title, posting.employer) == ("\\N", "Acme\\")
    assert posting.text == text.replace("\t", " ") + "\nnext line\n\\.\nend"


def test_a_dry_run_saves_nothing_and_tells_the_same_counts(framework: Framework) -> None:
    dry = save(FILE, framework, dry_run=True)
    assert not DemandSource.objects.exists()
    wet = save(FILE, framework)
    assert (counts(dry), dry.mentions, dry.saved) == (counts(wet), wet.mentions, False)


def test_a_refused_row_refuses_the_file(framework: Framework, tmp_path: Path) -> None:
    bad = FILE + ",,Nobody,,,\n"
    assert counts(save(bad, framework)) == (0, 0, 0, 1)
    path = tmp_path / "postings.csv"
    path.write_text(bad)
    outcome = save_posting_file(path, facts=SourceFacts("board", framework, TODAY))
    assert [(notice.row, notice.code) for notice in outcome.refusals] == [(6, "no_title_or_text")]
    assert not DemandSource.objects.exists()


def test_a_file_that_passes_by_row_by_row_is_saved_as_one_read_whole(framework: Framework, tmp_path: Path) -> None:
    path = tmp_path / "postings.csv"
    path.write_text(FILE)
    seen: list[tuple[int, int]] = []
    facts = SourceFacts("streamed", framework, TODAY)
    streamed = save_posting_file(path, facts=facts, progress=lambda done, total: seen.append((done, total)))
    whole = save(FILE, framework)
    fields = ("title", "text", "copies", "near_group", "position", "fingerprint", "published")
    first, second = (Posting.objects.filter(source__slug=slug).order_by("pk") for slug in ("streamed", "board"))
    assert list(first.values_list(*fields)) == list(second.values_list(*fields))
    assert (streamed.mentions, streamed.duplicates) == (whole.mentions, whole.duplicates)
    assert seen == [(3, 0)]


def test_a_file_that_cannot_be_read_is_one_refusal(framework: Framework, tmp_path: Path) -> None:
    path = tmp_path / "postings.xlsx"
    path.write_text("text")
    outcome = save_posting_file(path, facts=SourceFacts("board", framework, TODAY))
    assert len(outcome.refusals) == 1
    assert not DemandSource.objects.exists()


def test_a_source_belongs_to_one_framework(framework: Framework) -> None:
    save(FILE, framework)
    outcome = save(FILE, make_framework("other"), region="Elsewhere")
    assert [notice.code for notice in outcome.refusals] == ["other_framework"]
    assert DemandSource.objects.get().region == ""


def test_what_no_column_holds_is_cut_to_what_fits(framework: Framework) -> None:
    save(HEADER + f"{'t' * 600},x,{'e' * 400},{'r' * 300},,\n", framework)
    posting = Posting.objects.get()
    assert (len(posting.title), len(posting.employer), len(posting.region)) == (500, 300, 200)


def test_no_personal_data_is_stored(framework: Framework) -> None:
    save(HEADER + 'Marketer,"Write to jane@example.com or call 13812345678",Acme,,,\n', framework)
    text = Posting.objects.get().text
    assert "jane" not in text
    assert "13812345678" not in text


def test_queries_do_not_grow_with_the_postings(framework: Framework) -> None:
    def queries(rows: int, slug: str) -> int:
        lines = "".join(f"Marketer,Knows search advertising {n},Acme {n},,,\n" * 2 for n in range(rows))
        return queries_of(save, HEADER + lines, framework, source_slug=slug)

    assert queries(3, "three") == queries(40, "forty")  # SQLite takes 999 values at once


# Searching again


def test_postings_added_under_new_terms_warn_that_the_others_wait(framework: Framework) -> None:
    save(FILE, framework)
    framework.vocabulary_version = 2
    framework.save()
    outcome = save(HEADER + "Analyst,Statistics,,,,\n", framework)
    assert "older_vocabulary" in [notice.code for notice in outcome.warnings]
    retag_source(DemandSource.objects.get())
    assert "older_vocabulary" not in [notice.code for notice in save(FILE, framework).warnings]


def test_searching_again_with_the_same_terms_changes_nothing(framework: Framework) -> None:
    save(FILE, framework)
    before = stored()
    outcome = retag_source(DemandSource.objects.get())
    assert (outcome.created, outcome.changed, outcome.unchanged, outcome.removed) == (0, 0, 4, 0)
    assert stored() == before


def test_searching_again_follows_the_terms_and_leaves_what_a_person_accepted(framework: Framework) -> None:
    save(FILE, framework)
    marketer = Posting.objects.get(employer="Acme")
    accepted = marketer.mentions.get(ability__code="MK.2")
    accepted.found = PostingMention.Found.PERSON
    accepted.save()
    AbilityTerm.objects.filter(ability__code__in=["MK.1", "MK.2", "DA.1"]).delete()
    AbilityTerm.objects.create(ability=framework.abilities.get(code="MK.1"), text="advertising again", language="en")
    AbilityTerm.objects.create(ability=framework.abilities.get(code="DA.2"), text="cooks", language="en")
    framework.vocabulary_version = 2
    framework.save()
    outcome = retag_source(DemandSource.objects.get())
    found = set(PostingMention.objects.values_list("posting__title", "ability__code", "term", "vocabulary_version"))
    assert (outcome.created, outcome.changed, outcome.unchanged, outcome.removed) == (1, 1, 2, 1)
    assert found == {
        ("Marketer", "MK.1", "Advertising again", 2),
        ("Marketer", "MK.2", "live selling", 1),
        ("分析员", "DA.2", "建模", 2),
        ("Cook", "DA.2", "Cooks", 2),
    }


def test_searching_again_reads_positions_from_titles_but_not_over_a_person(framework: Framework) -> None:
    save(FILE, framework)
    analyst, marketer = (Position.objects.get(code=code) for code in ("analyst", "marketer"))
    Posting.objects.filter(title="Marketer").update(position=analyst, position_corrected=True)
    marketer.title_terms = [{"text": "cook", "language": "en"}]
    marketer.save()
    retag_source(DemandSource.objects.get())
    assert dict(Posting.objects.values_list("title", "position__code")) == {
        "Marketer": "analyst",
        "Cook": "marketer",
        "分析员": None,
    }


# Real files


@pytest.mark.parametrize(
    ("name", "postings", "duplicates"), [("google_job_skills.csv", 1127, 123), ("lagou_data_analyst.csv", 1803, 26)]
)
def test_real_files_import_with_their_duplicates(
    framework: Framework, shared: Path, name: str, postings: int, duplicates: int
) -> None:
    path = shared / "data" / "postings" / name
    facts = SourceFacts("real", framework, TODAY)
    outcome = save_posting_file(path, facts=facts)
    assert (counts(outcome), outcome.duplicates) == ((postings, 0, 0, 0), duplicates)
    assert outcome.undated == postings
    assert "no_published_column" in [notice.code for notice in outcome.warnings]
    assert counts(save_posting_file(path, facts=facts)) == (0, 0, postings, 0)
