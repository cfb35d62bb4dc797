"""From a file of an employer survey to checked answers, one for a respondent and an ability."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from hashlib import blake2b
from typing import Any

from django.utils.crypto import salted_hmac
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from competencies.personal_data import mask_personal_data
from competencies.tabular.choices import NO_CHOICES, Choices
from competencies.tabular.column_names import signless
from competencies.tabular.plain_text import plain_line
from competencies.tabular.problems import Doubt, Problem, Problems, UnreadableFile
from competencies.tabular.recognised import RecognisedFile
from competencies.tabular.records import Cells, Look, NoHeader, Record, Source, read_records

from .survey_columns import COMPETENCE, IMPORTANCE, SurveyColumns, joined_header, questions_in, survey_columns

Scale = tuple[float, float]
USUAL_SCALES: tuple[Scale, ...] = ((1, 5), (0, 5), (1, 7), (0, 7), (1, 10), (0, 10), (0, 100))
_OTHER_SCALES: tuple[Scale, ...] = ((1, 3), (0, 3), (1, 4), (0, 4), (1, 6), (0, 6), (1, 9))
_SCALE_CHOSEN = re.compile(r"(\d{1,3}(?:\.\d{1,3})?)-(\d{1,3}(?:\.\d{1,3})?)")
LOWEST_ANSWER = 0  # Borich's score weighs by importance, which a number below 0 would turn round
_RATING = re.compile(r"^[^\d-]*?(-?\d+(?:[.,]\d+)?)\D*$")
_CODE = re.compile(r"^(?=.{1,20}$)(?=\D*\d)[^\W\d]{0,8}[-_# .]?\d{1,6}[a-zA-Z]?$")
_LONGEST_VALUE = 80
_HIGHEST_USUAL = 11  # scales reach to 10, or to 100
_FEWEST = 6  # answers among which one can stand out
_RARE = 20  # fewer than one answer in so many
_QUESTIONS = {
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


@dataclass(frozen=True)
class ParsedSurvey:
    """Answers that were given; a question without an answer makes no row."""

    rows: tuple[AnswerRow, ...] = ()
    rows_read: int = 0
    scale: Scale = USUAL_SCALES[0]
    scale_assumed: bool = False
    duplicates: int = 0  # rows that repeat another one
    columns: Mapping[str, str] = field(default_factory=dict)  # the file's header -> what it was taken for
    ignored_columns: tuple[str, ...] = ()
    warnings: tuple[Problem, ...] = ()
    refusals: tuple[Problem, ...] = ()
    doubts: tuple[Doubt, ...] = ()
    recognised: RecognisedFile = RecognisedFile()  # noqa: RUF009 - frozen

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
    reader.questions.answers = choices.answers
    try:
        for record in read_records(source, name=name, recognise=recognised, max_bytes=max_bytes, look=look):
            reader.take(record)
    except NoHeader as error:
        raise _no_answers(error) from error
    return reader.parsed()


def _no_answers(error: NoHeader) -> UnreadableFile:
    names = ", ".join(mask_personal_data(name)[:_LONGEST_VALUE] for name in error.found[:30]) or _("nothing")
    message = _(
        "No column holds answers. Name each “importance: ability” and “competence: ability” by the ability's code or "
        "title, or make the columns respondent, ability, importance, competence. Found: %(found)s."
    )
    return UnreadableFile("missing_columns", message % {"found": names}).with_columns(error.recognised)


@dataclass
class _Reader:
    abilities: Mapping[str, str]
    stated: Scale | None
    look: Look = field(default_factory=Look)
    questions: Problems = field(default_factory=lambda: Problems(_QUESTIONS))
    columns: SurveyColumns | None = None
    rows_read: int = 0
    duplicates: int = 0
    renamed: int = 0
    answers: dict[tuple[str, str], AnswerRow] = field(default_factory=dict)
    refusals: list[Problem] = field(default_factory=list)
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
            self._refuse(record.row, "", "", record.problem, _("The row cannot be read."))
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
            message = _("The framework has no ability of this code or title, or more than one.")
            self._refuse(record.row, self.header[columns.ability or 0], named, "unknown_ability", message)
        return code

    def _value(self, record: Record, place: int) -> float | None:
        cell = _cell(record.cells, place)
        if not cell:
            return None
        match = _RATING.match(cell)
        if match is None:
            message = _("No answer can be read here; write the number that was ticked.")
            self._refuse(record.row, self.header[place], cell, "unreadable_answer", message)
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
        if (before.importance, before.competence) == (answer.importance, answer.competence):
            self.duplicates += 1
            return
        message = _("The respondent answered otherwise in row %(row)s; leave one of the two.")
        if self.columns and self.columns.by_employer:
            message = _(
                "The employer answered otherwise in row %(row)s; leave one of the two, or add a column “respondent” "
                "with a code for each person who answered."
            )
        self._refuse(answer.row, "", answer.respondent, "answered_twice", message % {"row": before.row})

    def _refuse_unknown_columns(self) -> None:
        assert self.columns is not None  # noqa: S101 it was just made
        for place, about in self.columns.unknown.items():
            message = _("The framework has no ability of this code or title, or more than one; correct or remove it.")
            self._refuse(0, self.header[place], about, "unknown_ability", message)

    def _refuse(self, row: int, column: str, value: str, code: str, message: str) -> None:
        self.refusals.append(Problem(row, column, mask_personal_data(value)[:_LONGEST_VALUE], code, message))

    def parsed(self) -> ParsedSurvey:
        if not self.rows_read:
            raise UnreadableFile("no_rows", _("The file has a header and no rows below it."))
        assert self.columns is not None  # noqa: S101 a row was read with it
        stated = _chosen_scale(self.questions.answers.get("scale", "")) or self.stated or self.columns.scale
        rows = self._rows(assumed=stated is None)
        scale = stated or _usual_scale(rows)
        found = self.stated or self.columns.scale or _usual_scale(rows)
        self.questions.offer("scale", _("Scale of the answers"), _scales(rows, found, scale), found=_code(found))
        self.refusals += _outside(rows, scale) if scale[0] >= LOWEST_ANSWER else [_below_0(scale)]
        if not rows and not self.refusals:
            self._refuse(0, "", "", "no_answers", _("No row holds an answer."))
        return ParsedSurvey(
            rows=rows,
            rows_read=self.rows_read,
            scale=scale,
            scale_assumed=stated is None,
            duplicates=self.duplicates,
            columns=self.columns.taken(self.header),
            ignored_columns=self.columns.ignored,
            warnings=(*self._warnings(scale, assumed=stated is None), *self.questions.warnings, *self.look.failed),
            doubts=tuple(self.questions.doubts),
            refusals=tuple(self.refusals),
            recognised=self.look.recognised(self.columns.places),
        )

    def _warnings(self, scale: Scale, *, assumed: bool) -> Iterator[Problem]:
        columns = self.columns
        if assumed:
            ends = {"low": f"{scale[0]:g}", "high": f"{scale[1]:g}"}
            message = _("No scale was stated; the answers fit the scale %(low)s to %(high)s, so that was assumed.")
            yield Problem(0, "", "", "scale_assumed", message % ends)
        if columns and columns.respondent is None:
            message = _("No column names the respondents; an answer that is corrected later would count once more.")
            yield Problem(0, "respondent", "", "no_respondent_column", message)
        if columns and columns.by_employer:
            message = _("The column of employers was taken for the respondents: each employer counts once, by a code.")
            yield Problem(0, "respondent", "", "employers_as_respondents", message)
        elif self.renamed:
            message = _("%(count)d rows name their respondent by more than a code; a code is stored in its place.")
            yield Problem(0, "respondent", "", "respondents_coded", message % {"count": self.renamed})
        for rating in (IMPORTANCE, COMPETENCE):
            if all(getattr(answer, rating) is None for answer in self.answers.values()):
                message = _("No answer says it; needs cannot be computed without both.")
                yield Problem(0, rating, "", f"no_{rating}", message)

    def _rows(self, *, assumed: bool) -> tuple[AnswerRow, ...]:
        """A 0 that hardly anybody gave may mean “not applicable”; unless that is said, it is the lowest answer."""
        rows = self._without_outlier(tuple(self.answers.values())) if assumed else tuple(self.answers.values())
        answers = [value for row in rows for value in (row.importance, row.competence)]
        given = [value for value in answers if value is not None]
        zeros = given.count(0)
        if not (assumed and _usual_scale(rows)[0] == 0 and _is_rare(zeros, given)):
            return rows
        answer = self.questions.ask("rare_zeros", _ZEROS, value="0", count=zeros, all=len(given))
        return tuple(_without(0, rows)) if answer == "not_applicable" else rows

    def _without_outlier(self, rows: tuple[AnswerRow, ...]) -> tuple[AnswerRow, ...]:
        """A 99 among answers from 1 to 7 says that there is none."""
        given = [value for row in rows for value in (row.importance, row.competence) if value is not None]
        highest = max(given, default=0)
        rest = max((value for value in given if value < highest), default=highest)
        if len(given) < _FEWEST or not (rest < _HIGHEST_USUAL < highest and _is_rare(given.count(highest), given)):
            return rows
        words: dict[str, Any] = {"value": f"{highest:g}", "count": given.count(highest), "all": len(given)}
        answer = self.questions.ask("rare_outlier", _OUTLIER, **words)
        return rows if answer == "highest" else tuple(_without(highest, rows))


def _is_rare(count: int, given: Sequence[object]) -> bool:
    return count == 1 or 0 < count * _RARE < len(given)


def _without(value: float, rows: Iterable[AnswerRow]) -> Iterator[AnswerRow]:
    for row in rows:
        importance, competence = (each if each != value else None for each in (row.importance, row.competence))
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


def _scales(rows: Sequence[AnswerRow], *known: Scale) -> list[tuple[str, str]]:
    """Those on which all answers lie, and what is known whatever it is."""
    low, high = _ends(rows)
    fitting = {scale for scale in (*USUAL_SCALES, *_OTHER_SCALES) if scale[0] <= low and high <= scale[1]}
    words = _("%(low)s to %(high)s")
    ends = sorted({*fitting, *known}, key=lambda scale: (scale[1], scale[0]))
    return [(_code(scale), words % {"low": f"{scale[0]:g}", "high": f"{scale[1]:g}"}) for scale in ends]


def _ends(rows: Sequence[AnswerRow]) -> Scale:
    given = [value for row in rows for value in (row.importance, row.competence) if value is not None]
    return min(given, default=1.0), max(given, default=1.0)


def _usual_scale(rows: Sequence[AnswerRow]) -> Scale:
    """The first usual scale on which all answers lie."""
    low, high = _ends(rows)
    return next((scale for scale in USUAL_SCALES if scale[0] <= low and high <= scale[1]), USUAL_SCALES[0])


def _below_0(scale: Scale) -> Problem:
    low, high = scale
    message = _(
        "The scale begins at %(low)s, and needs can be computed only from 0 on. Add %(shift)s to every answer, so "
        "that the scale goes from 0 to %(high)s, and import the file again."
    )
    ends = {"low": f"{low:g}", "shift": f"{-low:g}", "high": f"{high - low:g}"}
    return Problem(0, "", f"{low:g}–{high:g}", "scale_below_0", message % ends)


def _outside(rows: Sequence[AnswerRow], scale: Scale) -> Iterator[Problem]:
    message = _("The answer lies outside the scale %(low)s to %(high)s.")
    ends = {"low": f"{scale[0]:g}", "high": f"{scale[1]:g}"}
    for row in rows:
        for rating in (IMPORTANCE, COMPETENCE):
            value = getattr(row, rating)
            if value is not None and not scale[0] <= value <= scale[1]:
                yield Problem(row.row, rating, f"{value:g}", "outside_scale", message % ends)
