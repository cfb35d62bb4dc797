"""The page and the print: complete by themselves, safe with any title, and honest about fonts."""

from __future__ import annotations

import re
from functools import partial
from html.parser import HTMLParser
from io import BytesIO
from typing import Any

import pytest
import typst
from pypdf import PdfReader

from curricula.reports import checks, fonts
from curricula.reports.html_report import html_report
from curricula.reports.pdf_report import pdf_report, printed_table
from curricula.reports.printed_tables import printed_tables
from curricula.reports.table import Column, Table
from curricula.wording.formats import Value
from tests.report_universe import NO_COURSES, TITLES, abilities, analysis, frames, names, report, subject
from tests.some import some

HOSTILE = {
    "MK.1": "#panic() $x$ *a* _b_ `c` @d <e> = f",
    "MK.2": "<script>alert(\"1\")</script> & 'quoted'",
    "MK.3": "back\\slash \\u{41} // comment /* open",
    "DA.1": "W" * 200,
    "DA.2": "\u202eright to left\u202c שלום \u200b\x00\x07",
    "DA.3": "emoji 😀 🧑‍🎓",
    "MK": '#eval("1+1") ]]]',
    "DA": "{{ report }} {% now 'Y' %} %(count)s",
}
CHINESE = TITLES | {"MK.1": "直播销售", "MK.2": "报关", "MK": "市场营销"}


class Cells(HTMLParser):
    """The texts of an HTML file's table cells, and every tag with its attributes."""

    def __init__(self) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.texts: list[str] = []
        self.inside = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))
        if tag in {"td", "th"}:
            self.inside = True
            self.texts.append("")

    def handle_endtag(self, tag: str) -> None:
        if tag in {"td", "th"}:
            self.inside = False

    def handle_data(self, data: str) -> None:
        if self.inside:
            self.texts[-1] += data


def page(**changes: object) -> str:
    return html_report(report(**changes)).decode()


def parsed(text: str) -> Cells:
    reader = Cells()
    reader.feed(text)
    return reader


def printed(**changes: object) -> PdfReader:
    return PdfReader(BytesIO(pdf_report(report(**changes))))


def text_of(document: PdfReader) -> str:
    return " ".join(" ".join(one.extract_text() for one in document.pages).split())


def root_of(document: PdfReader) -> Any:
    return document.trailer["/Root"]


@pytest.fixture
def without_system_fonts(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(typst, "Compiler", partial(typst.Compiler, ignore_system_fonts=True))


def needs_chinese_font() -> None:
    if fonts.missing_glyphs(fonts.SAMPLE, most=1):
        pytest.skip("no font with Chinese characters on this machine")


def test_the_page_asks_nothing_of_any_host():
    text = page()
    assert {tag for tag, _attributes in parsed(text).tags}.isdisjoint({"script", "link", "img", "iframe", "object"})
    assert re.findall(r"\b(?:src|href)=|url\(|@import", text) == []
    assert set(re.findall(r"https?://[^\s\"'<]+", text)) == {"http://www.w3.org/2000/svg"}


def test_the_page_states_the_finding_and_marks_the_gap():
    text = page()
    assert "<strong>only lectures on 1, leaves out 1</strong>" in text
    assert "312 postings from 187 employers" in text


def test_the_page_says_why_an_index_has_no_value():
    assert "Theory and requirements: no index. No position requires any of the abilities compared here." in page()


def test_tables_are_folded_on_the_page_and_open_on_paper():
    tags = [tag for tag, _attributes in parsed(page()).tags]
    assert tags.count("details") == tags.count("summary") == len(printed_tables(report()))
    assert "details::details-content{content-visibility:visible" in page().partition("@media print")[2]


def test_a_phrase_in_a_printed_table_is_not_broken_inside_its_words():
    rows = [("Under-taught, under-practised", "1"), *(("Aligned", "2") for _ in range(20))]
    columns = (Column("label", "Finding", "text"), Column("n", "Abilities", "count"))
    cells = tuple((Value(label), Value(int(n), "count")) for label, n in rows)
    label, _number = printed_table(Table("shares", "Shares", columns, cells))["columns"]
    assert label["whole"]
    assert label["share"] > 0.5 * len("under-practised")


def test_sample_data_is_said_on_page_and_print_only_where_it_is_true():
    assert 'class="ribbon"' in page()
    assert 'class="ribbon"' not in page(subject=subject(sample=False))
    document = printed()
    assert all("Invented sample data" in one.extract_text() for one in some(document.pages))
    assert "Invented sample data" not in text_of(printed(subject=subject(sample=False)))


def test_titles_are_text_on_the_page():
    text = page(names=names(abilities=HOSTILE, courses={"EC101": "<img src=x onerror=alert(1)>"}))
    tags = {tag for tag, _attributes in parsed(text).tags}
    assert tags.isdisjoint({"script", "img", "e"})
    assert HOSTILE["MK.2"] in parsed(text).texts
    assert "{{ report }} {% now 'Y' %} %(count)s" in parsed(text).texts


def test_every_cell_names_its_column_for_a_narrow_screen():
    cells = [attributes for tag, attributes in parsed(page()).tags if tag == "td" and "colspan" not in attributes]
    in_tables = [one for one in cells if "style" not in one and one.get("class") != "zero"]
    assert all(one.get("data-label") for one in some(in_tables))


def test_the_print_is_a4_with_title_language_and_page_numbers():
    document = printed()
    assert document.metadata is not None
    assert document.metadata.title == "Gap report: E-commerce 2026"
    assert root_of(document)["/Lang"] in {"en", "en-GB"}
    assert (float(document.pages[0].mediabox.width), float(document.pages[0].mediabox.height)) == pytest.approx(
        (595.3, 841.9), abs=0.1
    )
    count = len(document.pages)
    assert [f"page {n} of {count}" in one.extract_text() for n, one in enumerate(document.pages, 1)] == [True] * count


def test_the_print_is_tagged_to_be_read_aloud():
    catalogue = root_of(printed())
    assert catalogue["/MarkInfo"]["/Marked"]
    assert "pdfuaid" in catalogue["/Metadata"].get_object().get_data().decode()


def test_the_print_holds_finding_evidence_method_and_thresholds():
    text = text_of(printed())
    assert "This plan practises 2, only lectures on 1, leaves out 1" in text
    assert "312 postings from 187 employers" in text
    assert "Fewest postings for a statement 93" in text
    assert "Invented postings, China." in text
    assert "never what graduates can do" in text


def test_titles_are_text_in_print():
    text = text_of(
        printed(names=names(abilities=HOSTILE), subject=subject(school="#panic()", program="$ x", sample=False))
    )
    assert "#panic() $x$ *a* _b_ `c` @d <e> = f" in text
    assert '<script>alert("1")</script>' in text
    assert "back\\slash \\u{41} // comment /* open" in text
    assert '#eval("1+1") ]]]' in text


def test_a_very_long_word_is_broken_rather_than_lost():
    text = text_of(printed(names=names(abilities=TITLES | {"MK.1": "W" * 200})))
    assert text.replace("\u200b", "").replace(" ", "").count("W" * 200) >= 2


def test_chinese_titles_are_printed_and_claimed_accessible():
    needs_chinese_font()
    document = printed(names=names(abilities=CHINESE), subject=subject(school="示范大学", language="zh-hans"))
    text = text_of(document)
    assert "直播销售" in text
    assert "示范大学" in text
    assert "cannot be shown" not in text
    assert str(root_of(document)["/Lang"]).startswith("zh")


def test_characters_without_a_font_are_named_on_the_report(without_system_fonts):
    text = text_of(printed(names=names(abilities=CHINESE)))
    assert "Some characters cannot be shown, because no font on this machine has them (U+76F4, U+64AD, " in text
    assert "set TALENTGAP_FONT_DIR to its folder" in text


def test_missing_characters_are_found_among_many_and_their_list_is_cut(without_system_fonts):
    assert fonts.missing_glyphs("abc直def播 ghi") == ("直", "播")
    assert fonts.missing_glyphs("plain — text − with ±") == ()
    assert len(fonts.missing_glyphs("".join(map(chr, range(0x4E00, 0x4E80))))) == fonts.MOST_NAMED


def test_a_configured_folder_of_fonts_is_used(settings, without_system_fonts, tmp_path):
    (tmp_path / "empty").mkdir()
    settings.TALENTGAP_FONT_DIR = str(tmp_path / "empty")
    assert fonts.font_paths() == [str(tmp_path / "empty")]
    assert fonts.families()[0] == fonts.LATIN


def test_start_up_warns_where_no_font_has_chinese(without_system_fonts):
    (warning,) = checks.chinese_font_check()
    assert warning.id == "curricula.W001"
    assert "TALENTGAP_FONT_DIR" in (warning.hint or "")


def test_start_up_is_quiet_where_a_font_has_chinese():
    needs_chinese_font()
    assert checks.chinese_font_check() == []


def test_a_plan_without_anything_still_makes_a_page_and_a_print():
    nothing = abilities().assign(counted=False)
    changes = {
        "analysis": analysis(abilities=nothing, recommendations=(), evidence=None, certifications=()),
        "frames": frames(**NO_COURSES),
    }
    text = page(**changes)
    assert "There is no share to draw yet" in text
    assert "Nothing can be recommended on this evidence." in text
    assert "This plan has no courses yet" in text_of(printed(**changes))


def test_zero_is_hatched_and_unknown_is_a_dash():
    cells = parsed(page()).texts
    assert "–" in cells
    assert not {"nan", "None", "NaN"} & set(cells)
    assert 'class="zero"' in page()
