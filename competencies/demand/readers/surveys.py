"""From a file of an employer survey to checked answers, one for a respondent and an ability."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from hashlib import blake2b
from itertools import product
from typing import Any

from django.utils.crypto import salted_hmac
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from competencies.personal_data import mask_personal_data
from competencies.tabular.choices import NO_CHOICES, Choices
from competencies.tabular.column_names import signless
from competencies.tabular.plain_text import plain_line
from competencies.tabular.problems import Problem, Problems
from competencies.tabular.records import Cells, Look, NoHeader, Record, Source, read_records

from .parsed import Parsed, masked, missing_columns, no_rows
from .survey_columns import COMPETENCE, IMPORTANCE, RATINGS, SurveyColumns, joined_header, questions_in, survey_columns

Scale = tuple[float, float]
USUAL_SCALES: tuple[Scale, ...] = ((1, 5), (0, 5), (1, 7), (0, 7), (1, 10), (0, 10), (0, 100))
_OTHER_SCALES: tuple[Scale, ...] = ((1, 3), (0, 3), (1, 4), (0, 4), (1, 6), (0, 6), (1, 9))
_SCALE_CHOSEN = re.compile(r"(\d{1,3}(?:\.\d{1,3})?)-(\d{1,3}(?:\.\d{1,3})?)")
LOWEST_ANSWER = 0  # Borich's score weighs by importance, which a number below 0 would turn round
_RATING = re.compile(r"^[^\d-]*?(-?\d+(?:[.,]\d+)?)\D*$")
_CODE = re.compile(r"^(?=.{1,20}$)(?=\D*\d)[^\W\d]{0,8}[-_# .]?\d{1,6}[a-zA-Z]?$")
_HIGHEST_USUAL = 11  # scales reach to 10, or to 100
_FEWEST = 6  # answers among which one can stand out
_RARE = 20  # fewer than one answer in so many
_UNREADABLE_ROW = gettext_lazy("The row cannot be read.")
_MESSAGES = {
    "bad_json": _UNREADABLE_ROW,
    "not_an_object": _UNREADABLE_ROW,
    "unknown_ability": gettext_lazy("The framework has no ability of this code or title, or more than one."),
    "unknown_column": gettext_lazy(
        "The framework has no ability of this code or title, or more than one; correct or remove it."
    ),
    "unreadable_answer": gettext_lazy("No answer can be read here; write the number that was ticked."),
    "answered_twice": gettext_lazy("The respondent answered otherwise in row %(first)s; leave one of the two."),
    "employer_answered_twice": gettext_lazy(
        "The employer answered otherwise in row %(first)s; leave one of the two, or add a column “respondent” with a "
        "code for each person who answered."
    ),
    "no_answers": gettext_lazy("No row holds an answer."),
    "outside_scale": gettext_lazy("The answer lies outside the scale %(low)s to %(high)s."),
    "scale_below_0": gettext_lazy(
        "The scale begins at %(low)s, and needs can be computed only from 0 on. Add %(shift)s to every answer, so "
        "that the scale goes from 0 to %(high)s, and import the file again."
    ),
    "scale_assumed": gettext_lazy(
        "No scale was stated; the answers fit the scale %(low)s to %(high)s, so that was assumed."
    ),
    "no_respondent_column": gettext_lazy(
        "No column names the respondents; an answer that is corrected later would count once more."
    ),
    "employers_as_respondents": gettext_lazy(
        "The column of employers was taken for the respondents: each employer counts once, by a code."
    ),
    "respondents_coded": gettext_lazy(
        "%(count)d rows name their respondent by more than a code; a code is stored in its place."
    ),
    **dict.fromkeys(
        ("no_importance", "no_competence"),
        gettext_lazy("No answer says it; needs cannot be computed without both."),
    ),
    "rare_zeros": gettext_lazy(
        "0 stands in %(count)d of %(all)d answers only; if it means “not applicable”, clear these cells or "
        "state the scale, because 0 counts as the lowest answer."
    ),
    "rare_outlier": gettext_lazy(
        "%(value)s stands in %(count)d of %(all)d answers only, far above all others; it was read as no answer."
    ),
}
_OUTLIER = (
    ("not_applicable", gettext_lazy("it means that nothing was answered")),
    ("highest", gettext_lazy("it is an answer")),
)
_ZEROS = (
    ("lowest", gettext_lazy("0 is the lowest answer")),
    ("not_applicable", gettext_lazy("0 means not applicable and is no answer")),
)


@dataclass(frozen=True)
class AnswerRow:
    row: int
    respondent: str  # a code, never a name
    ability: str  # its code
    importance: float | None
    competence: float | None

    @property
    def ratings(self) -> tuple[float | None, float | None]:
        return self.importance, self.competence


@dataclass(frozen=True)
class ParsedSurvey(Parsed):
    """Answers that were given; a question without an answer makes no row."""

    rows: tuple[AnswerRow, ...] = ()
    scale: Scale = USUAL_SCALES[0]
    scale_assumed: bool = False
    duplicates: int = 0  # rows that repeat another one

    @property
    def respondents(self) -> int:
        return len({row.respondent for row in self.rows})


def read_survey(
    source: Source,
    *,
    name: str,
    abilities: Mapping[str, str],
    scale: Scale | None = None,
    max_bytes: int | None = None,
    choices: Choices = NO_CHOICES,
) -> ParsedSurvey:
    """All answers of a file, wide or long. `abilities` gives the code for a signless code or title.

    Raises UnreadableFile where no column can be an answer; what is wrong in a row is a refusal.
    """

    asked: list[Cells] = []  # the row of questions over that of abilities, as SurveyMonkey writes them

    def recognised(cells: Cells) -> int:
        columns = survey_columns(cells, abilities)
        if columns.usable:
            return columns.recognised
        found = sum(signless(cell) in abilities for cell in cells)
        if not found and (questions := questions_in(cells)):
            asked.append(cells)
            return questions
        return 0 if asked else found

    look = Look(choices, mask=mask_personal_data, hidden=frozenset({"respondent", "employer"}))
    reader = _Reader(abilities=abilities, stated=scale, look=look)
    reader.problems.answers = choices.answers
    try:
        for record in read_records(source, name=name, recognise=recognised, max_bytes=max_bytes, look=look):
            reader.take(record)
    except NoHeader as error:
        message = _(
            "No column holds answers. Name each “importance: ability” and “competence: ability” by the ability's code "
            "or title, or make the columns respondent, ability, importance, competence. Found: %(found)s."
        )
        raise missing_columns(message, error.found, error.recognised) from error
    return reader.parsed()


@dataclass
class _Reader:
    abilities: Mapping[str, str]
    stated: Scale | None
    look: Look
    problems: Problems = field(default_factory=lambda: Problems(_MESSAGES, show=masked))
    columns: SurveyColumns | None = None
    rows_read: int = 0
    duplicates: int = 0
    renamed: int = 0
    answers: dict[tuple[str, str], AnswerRow] = field(default_factory=dict)
    header: tuple[str, ...] = ()
    seen: dict[str, int] = field(default_factory=dict)  # content of a row without a respondent -> how often

    def take(self, record: Record) -> None:
        if self.columns is None:
            joined = joined_header(record.header, record.cells, self.abilities)
            self.header = joined or record.header
            self.columns = survey_columns(joined or record.names, self.abilities)
            self._refuse_unknown_columns()
            if joined:
                return
        if any('"ImportId"' in cell for cell in record.cells):
            return  # below its questions Qualtrics writes their own names
        if record.problem:
            self.problems.refuse(record.problem, row=record.row)
        elif any(map(str.strip, record.cells)):
            self.rows_read += 1
            self._take(record, self.columns)

    def _take(self, record: Record, columns: SurveyColumns) -> None:
        respondent = self._respondent(record, columns)
        answers = list(self._answers(record, columns))
        for ability in dict.fromkeys(ability for _rating, ability, _value in answers):
            given = {rating: value for rating, about, value in answers if about == ability}
            self._keep(AnswerRow(record.row, respondent, ability, given.get(IMPORTANCE), given.get(COMPETENCE)))

    def _answers(self, record: Record, columns: SurveyColumns) -> Iterator[tuple[str, str, float]]:
        places = columns.by_ability
        if columns.long:
            ability = self._ability(record, columns)
            places = {place: (rating, ability) for rating, place in columns.plain.items()} if ability else {}
        for place, (rating, code) in places.items():
            value = self._value(record, place)
            if value is not None:
                yield rating, code, value

    def _ability(self, record: Record, columns: SurveyColumns) -> str:
        named = _cell(record.cells, columns.ability)
        code = self.abilities.get(signless(named), "")
        if not code:
            column = self.header[columns.ability or 0]
            self.problems.refuse("unknown_ability", row=record.row, column=column, value=named)
        return code

    def _value(self, record: Record, place: int) -> float | None:
        cell = _cell(record.cells, place)
        if not cell:
            return None
        match = _RATING.match(cell)
        if match is None:
            self.problems.refuse("unreadable_answer", row=record.row, column=self.header[place], value=cell)
            return None
        return float(match[1].replace(",", "."))

    def _respondent(self, record: Record, columns: SurveyColumns) -> str:
        """A code as it stands; a name or an address becomes a code that is the same in the next file."""
        named = _cell(record.cells, columns.respondent)
        # A firm may be called “Forever 21”, which only looks like a code.
        if _CODE.match(named) and not columns.by_employer:
            return named
        if named:
            self.renamed += 1
            return "R" + salted_hmac("survey respondent", named).hexdigest()[:10]
        content = blake2b("\x1f".join(record.cells).encode("utf-8", "replace"), digest_size=5).hexdigest()
        self.seen[content] = self.seen.get(content, 0) + 1
        return f"A{content}-{self.seen[content]}"

    def _keep(self, answer: AnswerRow) -> None:
        key = answer.respondent, answer.ability
        before = self.answers.setdefault(key, answer)
        if before is answer:
            return
        if before.ratings == answer.ratings:
            self.duplicates += 1
            return
        words = "employer_answered_twice" if self.columns and self.columns.by_employer else "answered_twice"
        told = self.problems.problem(words, row=answer.row, value=answer.respondent, first=before.row)
        self.problems.refusals.append(replace(told, code="answered_twice"))

    def _refuse_unknown_columns(self) -> None:
        assert self.columns is not None  # noqa: S101 it was just made
        for place, about in self.columns.unknown.items():
            told = self.problems.problem("unknown_column", column=self.header[place], value=about)
            self.problems.refusals.append(replace(told, code="unknown_ability"))

    def parsed(self) -> ParsedSurvey:
        if not self.rows_read:
            raise no_rows()
        assert self.columns is not None  # noqa: S101 a row was read with it
        stated = _chosen_scale(self.problems.answers.get("scale", "")) or self.stated or self.columns.scale
        rows = self._rows(assumed=stated is None)
        scale = stated or _usual_scale(rows)
        found = self.stated or self.columns.scale or _usual_scale(rows)
        self.problems.offer("scale", _("Scale of the answers"), _scales(rows, found, scale), found=_code(found))
        self._check_scale(rows, scale)
        if not rows and not self.problems.refusals:
            self.problems.refuse("no_answers")
        return ParsedSurvey(
            rows=rows,
            rows_read=self.rows_read,
            scale=scale,
            scale_assumed=stated is None,
            duplicates=self.duplicates,
            warnings=(*self._warnings(scale, assumed=stated is None), *self.problems.warnings, *self.look.failed),
            doubts=tuple(self.problems.doubts),
            refusals=tuple(self.problems.refusals),
            recognised=self.look.recognised(self.columns.places),
        )

    def _warnings(self, scale: Scale, *, assumed: bool) -> Iterator[Problem]:
        columns, warning = self.columns, self.problems.problem
        if assumed:
            yield warning("scale_assumed", **_ends_of(scale))
        if columns and columns.respondent is None:
            yield warning("no_respondent_column", column="respondent")
        if columns and columns.by_employer:
            yield warning("employers_as_respondents", column="respondent")
        elif self.renamed:
            yield warning("respondents_coded", column="respondent", count=self.renamed)
        for rating in RATINGS:
            if all(getattr(answer, rating) is None for answer in self.answers.values()):
                yield warning(f"no_{rating}", column=rating)

    def _rows(self, *, assumed: bool) -> tuple[AnswerRow, ...]:
        """A 0 that hardly anybody gave may mean “not applicable”; unless that is said, it is the lowest answer."""
        rows = self._without_outlier(tuple(self.answers.values())) if assumed else tuple(self.answers.values())
        given = _given(rows)
        zeros = given.count(0)
        if not (assumed and _usual_scale(rows)[0] == 0 and _is_rare(zeros, given)):
            return rows
        answer = self.problems.ask("rare_zeros", _ZEROS, value="0", count=zeros, all=len(given))
        return tuple(_without(0, rows)) if answer == "not_applicable" else rows

    def _without_outlier(self, rows: tuple[AnswerRow, ...]) -> tuple[AnswerRow, ...]:
        """A 99 among answers from 1 to 7 says that there is none."""
        given = _given(rows)
        highest = max(given, default=0)
        rest = max((value for value in given if value < highest), default=highest)
        if len(given) < _FEWEST or not (rest < _HIGHEST_USUAL < highest and _is_rare(given.count(highest), given)):
            return rows
        counts: dict[str, Any] = {"count": given.count(highest), "all": len(given)}
        answer = self.problems.ask("rare_outlier", _OUTLIER, value=f"{highest:g}", **counts)
        return rows if answer == "highest" else tuple(_without(highest, rows))

    def _check_scale(self, rows: Sequence[AnswerRow], scale: Scale) -> None:
        low, high = scale
        if low < LOWEST_ANSWER:
            ends: dict[str, Any] = {"low": f"{low:g}", "shift": f"{-low:g}", "high": f"{high - low:g}"}
            self.problems.refuse("scale_below_0", value=f"{low:g}–{high:g}", **ends)
            return
        for row, rating in product(rows, RATINGS):
            value = getattr(row, rating)
            if value is not None and not low <= value <= high:
                shown = f"{value:g}"
                self.problems.refuse("outside_scale", row=row.row, column=rating, value=shown, **_ends_of(scale))


def _is_rare(count: int, given: Sequence[object]) -> bool:
    return count == 1 or 0 < count * _RARE < len(given)


def _without(value: float, rows: Iterable[AnswerRow]) -> Iterator[AnswerRow]:
    for row in rows:
        importance, competence = (each if each != value else None for each in row.ratings)
        if importance is not None or competence is not None:
            yield replace(row, importance=importance, competence=competence)


def _cell(cells: Cells, place: int | None) -> str:
    return plain_line(cells[place]) if place is not None and place < len(cells) else ""


def _chosen_scale(answer: str) -> Scale | None:
    """What was chosen on a page; None where nothing was, or what is no scale."""
    match = _SCALE_CHOSEN.fullmatch(answer)
    ends = (float(match[1]), float(match[2])) if match else (0.0, 0.0)
    return ends if ends[0] < ends[1] else None


def _code(scale: Scale) -> str:
    return f"{scale[0]:g}-{scale[1]:g}"


def _ends_of(scale: Scale) -> dict[str, Any]:
    return {"low": f"{scale[0]:g}", "high": f"{scale[1]:g}"}


def _scales(rows: Sequence[AnswerRow], *known: Scale) -> list[tuple[str, str]]:
    """Those on which all answers lie, and what is known whatever it is."""
    low, high = _ends(rows)
    fitting = {scale for scale in (*USUAL_SCALES, *_OTHER_SCALES) if scale[0] <= low and high <= scale[1]}
    words = _("%(low)s to %(high)s")
    ends = sorted({*fitting, *known}, key=lambda scale: (scale[1], scale[0]))
    return [(_code(scale), words % _ends_of(scale)) for scale in ends]


def _given(rows: Iterable[AnswerRow]) -> list[float]:
    return [value for row in rows for value in row.ratings if value is not None]


def _ends(rows: Sequence[AnswerRow]) -> Scale:
    given = _given(rows)
    return min(given, default=1.0), max(given, default=1.0)


def _usual_scale(rows: Sequence[AnswerRow]) -> Scale:
    """The first usual scale on which all answers lie."""
    low, high = _ends(rows)
    return next((scale for scale in USUAL_SCALES if scale[0] <= low and high <= scale[1]), USUAL_SCALES[0])
