"""What a survey site exports → answers to the stakeholder questionnaire; no address of a machine, no name."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Final

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from competencies.tabular.choices import NO_CHOICES, Choices
from competencies.tabular.column_names import signless
from competencies.tabular.problems import Doubt, Problem, Problems, UnreadableFile, some
from competencies.tabular.recognised import RecognisedFile, RecognisedSheet, RecognisedTable
from competencies.tabular.records import Look, NoHeader, Record, read_records
from curricula.fields.questionnaire import (
    ANSWERS,
    AUDIENCES,
    BY_CODE,
    MACHINE_WORDS,
    PERSON_WORDS,
    PROBLEMS,
    QUESTIONS,
)
from curricula.fields.texts import BadValue, is_blank
from curricula.fields.values import Choice, Day
from curricula.interchange.spreadsheet import clean

NUMBER, ANSWERED, AUDIENCE, OPTIONS, TEXT = "number", "answered", "audience", "options", "text"
MEANINGS: Final = {
    NUMBER: gettext_lazy("number of the answer"),
    ANSWERED: gettext_lazy("day"),
    AUDIENCE: gettext_lazy("who answered"),
    OPTIONS: gettext_lazy("problems that were ticked"),
    TEXT: gettext_lazy("in their own words"),
    **{question.code: question.label for question in QUESTIONS},
}
_WORDS: Final = {
    NUMBER: "序号 编号 答卷编号 答卷序号 number no id",
    ANSWERED: "提交答卷时间 提交时间 答题时间 填写时间 时间 日期 submitted timestamp date",
    AUDIENCE: "身份 您的身份 您的身份是 您是 角色 类别 audience role youare",
    OPTIONS: "存在哪些问题 存在的问题 哪些问题 主要问题 whichproblems problems",
    TEXT: "建议 意见 补充 其他 您的建议 suggestion suggestions comment comments",
}
_NUMBERING: Final = re.compile(r"^\s*(?:[qQ]?\d{1,3}\s*[、.．:：)）]\s*)+")
_PARTS: Final = re.compile(r"[┋|;；\n]")
_DAY: Final = re.compile(r"\d{4}\s*[-./年]\s*\d{1,2}\s*[-./月]\s*\d{1,2}日?")
_MIDDLE: Final = 3  # of a scale of 1 to 5
MESSAGES: Final = {
    "names_dropped": gettext_lazy("Columns that name people are not read, and nothing of them is kept: %(names)s"),
    "machines_dropped": gettext_lazy(
        "Columns on the machine that answered, such as its address, are not read, and nothing of them is kept: "
        "%(names)s"
    ),
    "scale_read": gettext_lazy("Answered on a scale of 1 to 5: 4 and 5 are read as yes, 1 and 2 as no: %(names)s"),
    "unknown_answer": gettext_lazy("“%(value)s” is neither yes, no nor “cannot say”; correct it, or leave it empty."),
    "unknown_audience": gettext_lazy("“%(value)s” is none of those who are asked; correct it, or leave it empty."),
    "number_twice": gettext_lazy("Number %(value)s stands there twice; each answer has its own."),
    "nothing_answered": gettext_lazy("Rows without an answer to any question are left out: %(names)s"),
    "added_to_links": gettext_lazy(
        "The file gives its answers no number, so they are added to the %(value)s that came by link. If they are the "
        "same ones, make a new questionnaire and import them there."
    ),
    "no_rows": gettext_lazy("The columns were recognised, but nothing stands under them."),
    "unreadable_date": gettext_lazy("“%(value)s” cannot be read as a date; write it like 2025-03-01."),
}


@dataclass(frozen=True)
class AnswerRow:
    row: int
    number: str
    audience: str  # "" where the file does not say it
    answers: Mapping[str, str]
    text: str = ""
    answered: date | None = None


@dataclass(frozen=True)
class ParsedAnswers:
    """Nothing may be saved while there are refusals."""

    rows: tuple[AnswerRow, ...]
    questions: tuple[str, ...]  # those that the file asks
    numbered: bool = True  # a column says by which number each answer is known again
    warnings: tuple[Problem, ...] = ()
    refusals: tuple[Problem, ...] = ()
    doubts: tuple[Doubt, ...] = ()
    recognised: RecognisedFile = RecognisedFile()  # noqa: RUF009 - frozen


def meaning_of(header: str) -> str:
    """The question or fact that a header names; "" where it is none.

    >>> [meaning_of(text) for text in ("6、(内容不完整)", "2. 您认为应采用校企合作培养吗？", "序号", "来自IP", "姓名")]
    ['content', 'cooperation', 'number', '', '']
    """
    if header in MEANINGS:
        return header
    key = signless(_NUMBERING.sub("", header))
    if not key or key in _MACHINES or key in _PEOPLE:
        return ""
    for code, words in _WORDS.items():
        if key in {signless(word) for word in words.split()}:
            return code
    question = _question_in(key)
    if question:
        return question
    return next((code for code in (OPTIONS, AUDIENCE, TEXT) if _holds(key, _WORDS[code])), "")


def _question_in(key: str) -> str:
    """By the longest words that it holds: 师资投入不足 is no 投入不足 of any kind."""
    held = [(len(word), each.code) for each in QUESTIONS for word in _signless(each.words) if word in key]
    return max(held, default=(0, ""))[1]


def _signless(words: str) -> list[str]:
    return [signless(word) for word in words.split()]


def _holds(key: str, words: str) -> bool:
    return any(word in key for word in _signless(words))


_MACHINES: Final = frozenset(signless(word) for word in MACHINE_WORDS.split())
_PEOPLE: Final = frozenset(signless(word) for word in PERSON_WORDS.split())


def read_answers(
    content: bytes, *, name: str, max_bytes: int | None = None, choices: Choices = NO_CHOICES
) -> ParsedAnswers:
    """Raises UnreadableFile."""
    choices.expect_meanings(set(MEANINGS))
    look = Look(choices, words={code: code for code in MEANINGS}, hidden=frozenset((TEXT,)))

    def recognise(cells: Sequence[str]) -> int:
        found = {meaning_of(cell) for cell in cells if cell.strip()}
        return len(found & set(MEANINGS)) if found & {OPTIONS, *BY_CODE} else 0

    try:
        records = list(read_records(content, name=name, recognise=recognise, max_bytes=max_bytes, look=look))
    except NoHeader as error:
        message = _("No column of this questionnaire was found; found: %(found)s.")
        refused = UnreadableFile("missing_columns", message % {"found": some(error.found)})
        raise refused.with_columns(error.recognised) from error
    return _Answers(records, look).parsed()


@dataclass
class _Answers:
    records: Sequence[Record]
    look: Look
    problems: Problems = field(default_factory=lambda: Problems(MESSAGES))
    columns: dict[int, str] = field(default_factory=dict)

    def parsed(self) -> ParsedAnswers:
        header, names = (self.records[0].header, self.records[0].names) if self.records else ((), ())
        for place, named in enumerate(names):
            meaning = meaning_of(named)
            if meaning and meaning not in self.columns.values():
                self.columns[place] = meaning
        self._tell_dropped(header)
        scales, offered = self._scales(), self._offered()
        rows = tuple(self._rows(scales, offered))
        self.problems.tell_gathered()
        if not rows and not self.problems.refusals:
            self.problems.refuse("no_rows")
        asked = {meaning for meaning in self.columns.values() if meaning in BY_CODE} | offered
        return ParsedAnswers(
            rows=rows,
            questions=tuple(code for code in BY_CODE if code in asked),
            numbered=NUMBER in self.columns.values(),
            warnings=tuple(self.problems.warnings),
            refusals=tuple(self.problems.refusals),
            recognised=_without_samples(self.look.recognised(self.columns)),
        )

    def _tell_dropped(self, header: Sequence[str]) -> None:
        for place, text in enumerate(header):
            key = signless(_NUMBERING.sub("", text))
            if place not in self.columns and (key in _MACHINES or "ip" in key[:4]):
                self.problems.gather("machines_dropped", text)
            elif place not in self.columns and key in _PEOPLE:
                self.problems.gather("names_dropped", text)

    def _cells(self, meaning: str) -> Iterator[str]:
        for place, each in self.columns.items():
            if each == meaning:
                yield from (text for row in self.records if (text := _cell(row, place)))

    def _scales(self) -> frozenset[str]:
        """Questions whose every answer is a figure of 1 to 5 and some figure above 1: a 0 and a 1 are no and yes."""
        found = set()
        for code in BY_CODE:
            said = set(self._cells(code))
            if said and said <= set("12345") and said - {"1"}:
                found.add(code)
                self.problems.gather("scale_read", str(BY_CODE[code].label))
        return frozenset(found)

    def _offered(self) -> frozenset[str]:
        """The problems that anybody ticked: an option that nobody did may never have been there."""
        ticked = {_question_in(signless(part)) for text in self._cells(OPTIONS) for part in _PARTS.split(text)}
        return frozenset(ticked & set(PROBLEMS))

    def _rows(self, scales: frozenset[str], offered: frozenset[str]) -> Iterator[AnswerRow]:
        seen: set[str] = set()
        for record in self.records:
            texts = {each: _cell(record, place) for place, each in self.columns.items()}
            if not any(texts.values()):
                continue
            number = texts.get(NUMBER) or str(record.row)
            if number in seen:
                self.problems.refuse("number_twice", row=record.row, value=number)
            seen.add(number)
            answers = self._answers(record.row, texts, scales, offered)
            if answers or texts.get(TEXT):
                audience = self._chosen(AUDIENCES, texts.get(AUDIENCE, ""), "unknown_audience", record.row)
                day = self._day(texts.get(ANSWERED, ""), record.row)
                yield AnswerRow(record.row, number[:40], audience, answers, texts.get(TEXT, "")[:2000], day)
            else:
                self.problems.gather("nothing_answered", number)

    def _answers(
        self, row: int, texts: Mapping[str, str], scales: frozenset[str], offered: frozenset[str]
    ) -> dict[str, str]:
        found = {}
        if options := texts.get(OPTIONS, ""):
            ticked = {_question_in(signless(part)) for part in _PARTS.split(options)}
            found = {code: "yes" if code in ticked else "no" for code in offered}
        for code in BY_CODE:
            if text := texts.get(code, ""):
                if code in scales:
                    found[code] = _of_scale(int(text))
                elif said := self._chosen(ANSWERS, text, "unknown_answer", row):
                    found[code] = said
        return found

    def _chosen(self, choice: Choice, text: str, code: str, row: int) -> str:
        if not text:
            return ""
        try:
            return str(choice.read(text))
        except BadValue:
            self.problems.refuse(code, row=row, value=text)
            return ""

    def _day(self, text: str, row: int) -> date | None:
        if not text:
            return None
        try:
            found = _DAY.search(text)
            return Day().read(found[0] if found else text)
        except BadValue:
            self.problems.warn("unreadable_date", row=row, value=text)
            return None


def _without_samples(found: RecognisedFile) -> RecognisedFile:
    """Nothing is shown of columns that are not read, which may hold addresses and names, nor of the rows below."""
    sheets = tuple(
        replace(sheet, tables=tuple(map(_unseen, sheet.tables)), top=_down_to_header(sheet)) for sheet in found.sheets
    )
    return replace(found, sheets=sheets)


def _down_to_header(sheet: RecognisedSheet) -> tuple[tuple[int, Sequence[str]], ...]:
    last = max((int(table.header.split("-")[-1]) for table in sheet.tables if table.header), default=0)
    return tuple((number, cells) for number, cells in sheet.top if number <= last)


def _unseen(table: RecognisedTable) -> RecognisedTable:
    return replace(table, columns=tuple(each if each.meaning else replace(each, samples=()) for each in table.columns))


def _cell(record: Record, place: int) -> str:
    text = clean(record.cells[place]) if place < len(record.cells) else ""
    return (
        "" if not text or (is_blank(text) and text != "无") or text in ("(空)", "(跳过)") else text.removesuffix(".0")
    )


def _of_scale(answer: int) -> str:
    return "unsure" if answer == _MIDDLE else "yes" if answer > _MIDDLE else "no"
