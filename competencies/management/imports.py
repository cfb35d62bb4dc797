"""How import commands tell what they did, show that they are at work, and end: 0 saved, 1 refused, 2 wrong usage."""

from __future__ import annotations

import time
from argparse import ArgumentParser
from collections.abc import Iterable, Mapping
from pathlib import Path
from types import MappingProxyType
from typing import Any, NoReturn

from django.core.exceptions import ValidationError
from django.core.management.base import CommandError, OutputWrapper
from django.core.validators import validate_slug

from competencies.models import Framework, owner_model
from competencies.saving.outcome import Outcome
from competencies.tabular.choices import NO_CHOICES, Choices, read_choices
from competencies.tabular.problems import Problem, UnreadableFile
from competencies.tabular.recognised import RecognisedFile

REFUSED, WRONG_USAGE = 1, 2
LONGEST_SLUG = Framework._meta.get_field("slug").max_length or 0  # schools, programs and sources have the same


class ProgressLine:
    """Says how far the work is: on a terminal in one line from the first step on, elsewhere in a line now and then.

    A total of 0 means that it is not known beforehand.
    """

    def __init__(self, stream: OutputWrapper, *, what: str) -> None:
        self.stream = stream
        self.what = what
        self.on_terminal = stream.isatty()
        self.pause = 0.2 if self.on_terminal else 5.0
        self.last = -self.pause if self.on_terminal else time.monotonic()

    def __call__(self, done: int, total: int) -> None:
        now = time.monotonic()
        if now - self.last < self.pause and not (done == total and self.on_terminal):
            return
        self.last = now
        end = "\r" if self.on_terminal and done != total else "\n"
        of_all = f" of {total}" if total else ""
        self.stream.write(f"{done}{of_all} {self.what}", str, end)
        self.stream.flush()


def add_columns_arguments(parser: ArgumentParser) -> None:
    parser.add_argument("--columns", metavar="FILE.json", help="which column means what, as --explain writes it")
    parser.add_argument("--explain", action="store_true", help="write what each column was taken for, as JSON")


def chosen(options: Mapping[str, Any]) -> Choices:
    if not options["columns"]:
        return NO_CHOICES
    try:
        return read_choices(existing_file(options["columns"]).read_bytes())
    except UnreadableFile as error:
        wrong_usage(str(error))


def tell_columns(recognised: RecognisedFile, options: Mapping[str, Any], *, to: OutputWrapper) -> None:
    """What was not used, for nobody looks for what is missing; and the whole assignment where it is asked for."""
    if unused := recognised.unused:
        to.write(f"columns not used: {', '.join(unused)}")
    if hidden := recognised.hidden:
        to.write(f"hidden sheets not read: {', '.join(hidden)}")
    if options.get("explain"):
        to.write(recognised.as_choices(chosen(options)).text())


def tell(
    outcome: Outcome, *, to: OutputWrapper, more: str = "", options: Mapping[str, Any] = MappingProxyType({})
) -> None:
    """The counts, unused columns, what was refused and what there is to know; an error ends it on a refusal."""
    counts = (
        f"created {outcome.created}, changed {outcome.changed}, "
        f"unchanged {outcome.unchanged}, refused {outcome.refused}"
    )
    to.write(counts + (f", removed {outcome.removed}" if outcome.removed else ""))
    if more:
        to.write(more)
    tell_columns(outcome.recognised, options, to=to)
    tell_notices(outcome.refusals, outcome.warnings, to=to)
    if outcome.dry_run:
        to.write("dry run: nothing was saved")


def tell_notices(refusals: Iterable[Problem], warnings: Iterable[Problem], *, to: OutputWrapper) -> None:
    """Each in a line; ends with an error where something was refused."""
    refused = [str(problem) for problem in refusals]
    told = [f"warning: {problem}" if problem.row else f"warning: {problem.message}" for problem in warnings]
    for line in (*refused, *told):
        to.write(line)
    if refused:
        raise CommandError("refused: nothing was saved", returncode=REFUSED)


def wrong_usage(message: str) -> NoReturn:
    raise CommandError(message, returncode=WRONG_USAGE)


def check_slug(slug: str, *, otherwise: str) -> None:
    try:
        validate_slug(slug)
    except ValidationError:
        wrong_usage(otherwise)
    if len(slug) > LONGEST_SLUG:
        wrong_usage(f"“{slug[:20]}…” is longer than {LONGEST_SLUG} characters")


def existing_path(value: str) -> Path:
    path = Path(value)
    if not path.exists():
        wrong_usage(f"there is no file “{value}”")
    return path


def existing_file(value: str) -> Path:
    path = existing_path(value)
    if not path.is_file():
        wrong_usage(f"“{value}” is no file")
    return path


def framework_named(slug: str) -> Framework:
    return _named(Framework, slug, what="framework")


def new_owner(model: Any, *, slug: str, school: str | None) -> Any:
    """The school that is named; a record of this slug that is there stays whose it is."""
    if not school:
        return None
    owner = _named(owner_model(), school, what="school")
    if model.objects.filter(slug=slug).exclude(owner=owner).exists():
        kind = model._meta.verbose_name
        wrong_usage(f"the {kind} “{slug}” does not belong to {owner.slug}; choose another name")
    return owner


def _named(model: Any, slug: str, *, what: str) -> Any:
    found = model.objects.filter(slug=slug).first()
    if found is None:
        known = ", ".join(model.objects.values_list("slug", flat=True)) or "none"
        wrong_usage(f"there is no {what} “{slug}”; there are: {known}")
    return found
