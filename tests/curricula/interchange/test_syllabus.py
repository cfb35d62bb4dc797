import io
import zipfile
from pathlib import Path

import pytest
from pypdf import PdfReader, PdfWriter

from competencies.tabular.documents import DocumentLimits
from competencies.tabular.problems import UnreadableFile
from curricula.interchange.syllabus import MESSAGES, syllabus_text

WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
MARKUP = "http://schemas.openxmlformats.org/markup-compatibility/2006"


def docx(body: str, *, before: str = "") -> bytes:
    spaces = f'xmlns:w="{WORD}" xmlns:mc="{MARKUP}"'
    document = f'<?xml version="1.0"?>{before}<w:document {spaces}><w:body>{body}</w:body></w:document>'
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        archive.writestr("word/document.xml", document)
    return content.getvalue()


def paragraph(*texts: str) -> str:
    return "<w:p>" + "".join(f"<w:r><w:t>{text}</w:t></w:r>" for text in texts) + "</w:p>"


def pdf(*lines: str) -> bytes:
    """One page with the lines on it, written by hand: no PDF writer is among the dependencies."""
    shown = " T* ".join(f"({line}) Tj" for line in lines)
    stream = f"BT /F1 12 Tf 14 TL 72 720 Td {shown} ET".encode()
    parts = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Contents 4 0 R "
        b"/Resources << /Font << /F1 5 0 R >> >> >>",
        b"<< /Length %d >>\nstream\n%s\nendstream" % (len(stream), stream),
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
    ]
    out, places = b"%PDF-1.4\n", []
    for number, part in enumerate(parts, start=1):
        places.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, part)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    return out + b"xref\n0 6\n0000000000 65535 f \n%strailer << /Size 6 /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF" % (
        table,
        len(out),
    )


def locked_pdf() -> bytes:
    writer = PdfWriter(clone_from=PdfReader(io.BytesIO(pdf("secret"))))
    writer.encrypt("word", algorithm="RC4-128")
    content = io.BytesIO()
    writer.write(content)
    return content.getvalue()


def refused(source: bytes, **limits: int) -> str:
    with pytest.raises(UnreadableFile) as error:
        syllabus_text(source, limits=DocumentLimits(**limits))
    assert str(error.value) == str(MESSAGES[error.value.code]) % error.value.facts
    return error.value.code


# What is read


def test_paragraphs_of_a_word_document_are_lines():
    body = paragraph("Web ", "design") + paragraph("了解网页设计") + "<w:p/>"
    assert syllabus_text(docx(body)) == "Web design\n了解网页设计"


def test_cells_of_a_table_and_line_breaks_are_read_and_deleted_words_are_not():
    body = (
        f"<w:tbl><w:tr><w:tc>{paragraph('week 1')}</w:tc><w:tc>{paragraph('SQL')}</w:tc></w:tr></w:tbl>"
        "<w:p><w:r><w:t>a</w:t><w:br/><w:t>b</w:t><w:tab/><w:t>c</w:t></w:r><w:del><w:r><w:delText>gone</w:delText></w:r></w:del></w:p>"
    )
    assert syllabus_text(docx(body)) == "week 1\nSQL\na\nb\tc"


def test_what_a_word_document_says_twice_for_old_programs_is_read_once():
    body = (
        f"<mc:AlternateContent><mc:Choice>{paragraph('box')}</mc:Choice>"
        f"<mc:Fallback>{paragraph('box')}</mc:Fallback></mc:AlternateContent>"
    )
    assert syllabus_text(docx(body)) == "box"


def test_lines_of_a_pdf_are_read():
    assert syllabus_text(pdf("Web design", "and SQL")).splitlines() == ["Web design", "and SQL"]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
def test_plain_text_is_read_in_the_encodings_that_people_have(encoding):
    assert syllabus_text("了解网页设计\r\n\r\n\r\nSQL\n".encode(encoding)) == "了解网页设计\n\nSQL"


def test_a_file_on_disk_is_read_whatever_its_name(tmp_path: Path):
    path = tmp_path / "plan.txt"
    path.write_bytes(docx(paragraph("SQL")))
    assert syllabus_text(path) == "SQL"


def test_signs_that_nobody_sees_are_left_out():
    assert syllabus_text("S\u200bQL\x00\u202e".replace("\x00", "").encode()) == "SQL"


def test_of_a_web_page_its_words_are_read():
    page = b"<html><body><h1>Export</h1><p>Plan &amp; ship.</p><script>x()</script></body></html>"
    assert syllabus_text(page).split() == ["Export", "Plan", "&", "ship."]


# What is refused


def test_what_is_no_document_is_refused_with_its_reason():
    archive = io.BytesIO()
    with zipfile.ZipFile(archive, "w") as made:
        made.writestr("xl/workbook.xml", "<workbook/>")
    assert refused(b"") == "empty_file"
    assert refused(b"   \n ") == "no_text"
    assert refused(archive.getvalue()) == "not_a_syllabus"
    assert refused(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600) == "old_word"
    assert refused(b"abc\0def") == "not_text"
    assert refused(rb"{\rtf1\ansi SQL}") == "not_a_syllabus"
    assert refused(b"%PDF-1.4 and nothing else") == "broken_document"
    assert refused(docx("<w:p><w:r>")) == "broken_document"
    assert refused(docx(paragraph("SQL"))[:-40]) in ("broken_document", "not_a_syllabus")
    assert refused(pdf()) == "no_text"


def test_a_locked_pdf_asks_for_the_password_to_be_removed():
    assert refused(locked_pdf()) == "encrypted"


def test_entities_that_multiply_are_refused():
    laughs = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 10))
    before = f'<!DOCTYPE x [<!ENTITY l0 "lol">{laughs}]>'
    assert refused(docx(paragraph("&l9;"), before=before)) == "broken_document"


def test_a_file_of_another_place_is_never_opened():
    before = '<!DOCTYPE x [<!ENTITY out SYSTEM "file:///etc/hostname">]>'
    assert refused(docx(paragraph("&out;"), before=before)) == "broken_document"


def test_what_unpacks_to_far_more_than_it_weighs_is_refused():
    bomb = docx(paragraph("a" * 30_000_000))
    assert len(bomb) < 100_000
    assert refused(bomb) == "too_long"


def test_a_document_that_lies_about_its_size_is_read_no_further():
    assert refused(docx(paragraph("SQL " * 1000)), max_unpacked_bytes=500) == "too_long"


def test_too_many_letters_and_too_many_pages_are_refused():
    assert refused(b"word " * 100, max_letters=200) == "too_long"
    assert refused(docx(paragraph("word " * 100)), max_letters=200) == "too_long"
    assert refused(pdf("SQL"), max_pages=0) == "too_long"


def test_a_large_file_is_refused_before_it_is_read():
    assert refused(b"word " * 300_000, max_bytes=2**20) == "too_large"


def test_a_deeply_nested_document_harms_nothing():
    assert refused(docx("<w:p>" * 100_000 + "</w:p>" * 100_000)) in ("broken_document", "too_long", "no_text")
