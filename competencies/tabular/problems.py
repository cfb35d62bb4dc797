"""What readers of files tell about places in a file, and how they refuse a file as a whole."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Self

from django.utils.translation import gettext as _

if TYPE_CHECKING:
    from .recognised import RecognisedFile

SHOWN_AT_MOST = 80  # characters of a value
NAMED_AT_MOST = 5


@dataclass(frozen=True)
class Problem:
    """One thing to tell about one place in a file; `row` counts from 1 as a spreadsheet does, 0 means the file."""

    row: int
    column: str
    value: str
    code: str  # stable, for tests and translation: "no_title_or_text", "negative_hours", …
    message: str  # already translated, one sentence that says what to do
    sheet: str = ""  # said only where a workbook has several

    def __str__(self) -> str:
        column = f"column {self.column}" if self.column else ""
        place = ", ".join(filter(None, (f"row {self.row}" if self.row else "", column)))
        sheet = f" (sheet {self.sheet})" if self.sheet else ""
        return f"{place}: {self.message}{sheet}" if place else f"{self.message}{sheet}"


@dataclass(frozen=True)
class Doubt:
    """What the file leaves open and would change findings. A page asks it before it saves; a command tells it.

    Its answer stands in the choices at `place`: ("columns", name), ("answers", code) or ("encoding",).
    """

    code: str
    question: str  # already translated
    place: tuple[str, ...]
    options: tuple[tuple[str, str], ...]  # code of the answer, and what it says
    answer: str = ""
    found: str = ""  # the answer that the file itself gives, where the question only lets somebody say otherwise

    @property
    def is_open(self) -> bool:
        return not (self.answer or self.found)

    @property
    def found_text(self) -> str:
        return dict(self.options).get(self.found, "")


class UnreadableFile(ValueError):
    """The file as a whole cannot be taken; the message says why and what to do. `code` is stable.

    `facts` are the figures of the message, for a reader that says the same in words of its own.
    """

    def __init__(self, code: str, message: str, **facts: object) -> None:
        super().__init__(message)
        self.code = code
        self.recognised: RecognisedFile | None = None
        self.facts = facts

    def __reduce__(self) -> tuple[Any, ...]:
        """It is raised in one process and told in another."""
        return type(self), (self.code, str(self)), self.__dict__

    def with_columns(self, recognised: RecognisedFile | None) -> Self:
        """Of a file that can be read once somebody says what its columns mean."""
        self.recognised = recognised
        return self

    def problem(self, name: str = "") -> Problem:
        """The same as a problem about the file of this name."""
        return Problem(row=0, column="", value=name, code=self.code, message=str(self))


def shown(value: object) -> str:
    """A value as a problem shows it: short, and without what no terminal or database takes."""
    if isinstance(value, dict | list):
        return "{…}" if isinstance(value, dict) else "[…]"
    text = value if isinstance(value, str) else repr(value)
    text = text if len(text) <= SHOWN_AT_MOST else text[:SHOWN_AT_MOST] + "…"
    return text.replace("\x00", "�").encode("utf-8", "replace").decode("utf-8")


def some(names: Sequence[str]) -> str:
    """The first few names; the count stands elsewhere in the sentence."""
    listed = ", ".join(names[:NAMED_AT_MOST])
    return f"{listed}, …" if len(names) > NAMED_AT_MOST else listed


@dataclass
class Problems:
    """Refusals and warnings, gathered while one file is read.

    `messages` has the sentence of each code, with %(value)s for the value and other names for what it is told beside
    it; `show` makes a value fit to be shown, where it may be personal.
    """

    messages: Mapping[str, Any]
    show: Callable[[object], str] = shown
    warnings: list[Problem] = field(default_factory=list)
    refusals: list[Problem] = field(default_factory=list)
    told: set[tuple[str, str]] = field(default_factory=set)
    gathered: dict[str, list[str]] = field(default_factory=dict)  # code → names, told once for all tables
    counted: Counter[str] = field(default_factory=Counter)  # code → how often it could have been told
    sheet: str = ""  # where the reader is now; empty when there is only one sheet
    answers: Mapping[str, str] = field(default_factory=dict)  # code of a doubt → the answer that was chosen
    doubts: list[Doubt] = field(default_factory=list)

    def refuse(self, code: str, *, row: int = 0, column: str = "", value: object = "", **words: object) -> None:
        self.refusals.append(self.problem(code, row=row, column=column, value=value, **words))

    def warn(self, code: str, *, row: int = 0, column: str = "", value: object = "", **words: object) -> None:
        self.warnings.append(self.problem(code, row=row, column=column, value=value, **words))

    def ask(
        self,
        code: str,
        options: Sequence[tuple[str, Any]],
        *,
        place: tuple[str, ...] = (),
        refused: bool = False,
        **words: Any,
    ) -> str:
        """The answer that was chosen. Without one it is warned how the file is read for now, or refused."""
        place = place or ("answers", code)
        answer = self.answers.get(code, "") if place[0] == "answers" else ""
        question = self.problem(code, **words).message
        told = tuple((option, str(text)) for option, text in options)
        self.doubts.append(Doubt(code, question, place, told, answer))
        if not answer:
            (self.refuse if refused else self.warn)(code, **words)
        return answer

    def offer(self, code: str, question: str, options: Sequence[tuple[str, Any]], *, found: str) -> None:
        """What the file says, to be said otherwise."""
        told = tuple((option, str(text)) for option, text in options)
        self.doubts.append(Doubt(code, question, ("answers", code), told, self.answers.get(code, ""), found))

    def forget(self, sheets: Collection[str]) -> None:
        """What was told of sheets that are not read after all."""
        self.warnings = [problem for problem in self.warnings if problem.sheet not in sheets]
        self.refusals = [problem for problem in self.refusals if problem.sheet not in sheets]

    def warn_once(self, code: str, *, about: str = "", **place: Any) -> None:
        """At the first place that needs it; once for each thing that it is about, where that is said."""
        if (code, about) not in self.told:
            self.told.add((code, about))
            self.warn(code, **place)

    def warn_some(self, code: str, *, most: int, **place: Any) -> None:
        """The first of a kind of warning; `tell_unlisted` says how many more there were."""
        self.counted[code] += 1
        if self.counted[code] <= most:
            self.warn(code, **place)

    def tell_unlisted(self, *, most: int) -> None:
        for code, count in self.counted.items():
            if count > most:
                message = _("%(count)d more cells of this kind are not listed.") % {"count": count - most}
                self.warnings.append(Problem(row=0, column="", value="", code=code, message=message))

    def gather(self, code: str, name: str) -> None:
        self.gathered.setdefault(code, []).append(name)

    def tell_gathered(self) -> None:
        for code, names in self.gathered.items():
            self.warn_about(code, names)
        self.gathered.clear()

    def warn_about(self, code: str, names: Sequence[str], **words: Any) -> None:
        """One warning for many, because eighty equal lines hide the other three."""
        if names:
            self.warn(code, count=len(names), names=some(names), **words)

    def problem(self, code: str, *, row: int = 0, column: str = "", value: object = "", **words: object) -> Problem:
        text = self.show(value)
        message = str(self.messages[code]) % {"value": text, "column": column, **words}
        return Problem(row=row, column=column, value=text, code=code, message=message, sheet=self.sheet)
