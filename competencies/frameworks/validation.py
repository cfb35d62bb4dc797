"""From a document that somebody else wrote to checked rows: what pydantic finds, said in our words."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _
from pydantic import ValidationError

from competencies.tabular.problems import Problems

from .checks import check_rows
from .problems import MESSAGES, framework_problems
from .rows import LENIENT, SECTIONS, FrameworkDocument, ParsedFramework

_CODES = {
    "extra_forbidden": "unknown_key",
    "string_too_long": "too_long",
    "string_unicode": "unstorable_text",
    "string_pattern_mismatch": "unstorable_text",
    "greater_than": "not_positive",
    "finite_number": "not_positive",
}
_WHOLE_NUMBER = _("a whole number, 0 or more")
_EXPECTED = {
    "string": _("a text"),
    "int": _WHOLE_NUMBER,
    "less": _WHOLE_NUMBER,
    "greater": _WHOLE_NUMBER,
    "float": _("a number"),
    "bool": _("true or false"),
    "list": _("a list"),
    "model": _("an object"),
}


def checked_framework(
    document: dict[str, Any], *, strict: bool = True, problems: Problems | None = None
) -> ParsedFramework:
    """The rows of a document, which is used up; where it is not `strict`, "7" is a number and "true" is true.

    What is refused or not known is told and left out, so that the rest is still checked.
    """
    problems = problems or framework_problems()
    if document.get("abilities") is None:
        problems.refuse("missing_key", column="abilities", key="abilities")
    rows = check_rows(_rows(document, strict=strict, problems=problems), problems)
    return ParsedFramework.model_construct(
        None, **vars(rows), warnings=tuple(problems.warnings), refusals=tuple(problems.refusals)
    )


def _rows(document: dict[str, Any], *, strict: bool, problems: Problems) -> FrameworkDocument:
    context = None
    while True:
        try:
            return FrameworkDocument.model_validate(document, strict=strict, context=context)
        except ValidationError as found:
            errors = found.errors(include_url=False)
        for error in errors:
            _tell(error, document=document, problems=problems)
        # From the end, so that places in a list stay what they are.
        for error in reversed(errors):
            _leave_out(document, error["loc"])
        context = LENIENT


def _tell(error: Any, *, document: dict[str, Any], problems: Problems) -> None:
    names = [part for part in error["loc"] if isinstance(part, str)]
    code = _code(error)
    column, row = ".".join(names), _row_of(document, error["loc"])
    if code == "unknown_key":
        problems.warn_once(code, about=column, row=row, column=column)
        return
    facts = {"limit": error.get("ctx", {}).get("max_length"), **error.get("ctx", {})}
    facts |= {"key": names[-1] if names else "", "expected": _EXPECTED.get(error["type"].split("_")[0])}
    problems.refuse(code, row=row, column=column, value="" if code == "missing_key" else error["input"], **facts)


def _code(error: Any) -> str:
    if error["type"] == "float_type" and type(error["input"]) is int:
        return "not_positive"  # it has more digits than a float holds
    return _CODES.get(error["type"], error["type"] if error["type"] in MESSAGES else "wrong_type")


def _row_of(document: dict[str, Any], place: tuple[str | int, ...]) -> int:
    """Where the record stood; 0 for what belongs to none."""
    if len(place) < 2 or not isinstance(place[1], int) or place[0] not in SECTIONS:
        return 0
    record = document[str(place[0])][place[1]]
    return record["row"] if isinstance(record, dict) else place[1] + 1


def _leave_out(document: Any, place: tuple[str | int, ...]) -> None:
    if not place:
        document.clear()
        return
    step: Any
    for step in place[:-1]:
        if isinstance(document, dict) and step not in document:
            return
        document = document[step]
    step = place[-1]
    if isinstance(document, list) or step in document:
        del document[step]
