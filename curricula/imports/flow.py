"""The one way of a file: kept after the upload and tried, previewed, then saved whole or thrown away.

What differs between kinds of files is said by an `ImportKind`; what is the same for all of them is here.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from functools import cached_property, partial
from typing import Any, Final

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.db import connection, transaction
from django.db.models import QuerySet
from django.urls import reverse

from competencies.apart.orders import Budget, TimeUp
from competencies.apart.progress import tell
from competencies.models import DemandSource
from competencies.saving.on_a_copy import on_a_copy
from competencies.saving.outcome import Counts
from competencies.saving.undoing import Rows, Snapshot
from competencies.tabular.problems import Doubt, Problem, UnreadableFile
from competencies.tabular.reading_apart import read_apart
from competencies.tabular.recognised import RecognisedFile
from curricula.models import Curriculum, ImportRun, PendingImport, School, Work
from curricula.progress.actions import let_go
from curricula.records.saving import MissingTarget
from curricula.records.versions import touch
from curricula.rules import EDIT, schools_to_import_into

from .forms import UploadForm
from .memory import recall, remember
from .source_ownership import ForeignSource
from .tables import Table

Fact = tuple[str, str]  # what it is, and its value in words
REFUSALS = (UnreadableFile, ForeignSource, MissingTarget)  # of the file as a whole; the message says what to do
# Within a request; what takes longer, or holds more, goes on behind the page.
AT_ONCE: Final = Budget(seconds=2.5, megabytes=1024)
MOST_AT_ONCE: Final = 4_000  # records
REPLACED: Final = "replaced"  # among the changes of a file: the number of the source in whose place its own came


class TakesLonger(Exception):
    """The file cannot be read, tried or saved while a page waits."""


@dataclass(frozen=True)
class Found:
    """What the file says, and what saving it did or would do."""

    parsed: Any  # its rows, with `recognised` and `doubts` where its columns can be chosen
    outcome: Any  # with `refusals` and `warnings`; with refusals nothing was saved

    @cached_property
    def asked(self) -> frozenset[str]:
        """The questions that need an answer before anything is saved."""
        return frozenset(doubt.question for doubt in self.doubts if doubt.is_open)

    @property
    def doubts(self) -> Sequence[Doubt]:
        return getattr(self.parsed, "doubts", ())

    @property
    def refusals(self) -> list[Problem]:
        return [problem for problem in self.outcome.refusals if problem.message not in self.asked]

    @property
    def warnings(self) -> list[Problem]:
        return [problem for problem in self.outcome.warnings if problem.message not in self.asked]

    @property
    def saved(self) -> bool:
        return not (self.asked or self.outcome.refusals)


@dataclass(frozen=True)
class Scope:
    """Where a file goes, and the rows there that it may make, change or remove."""

    rows: Sequence[Rows]
    school: School | None = None
    curriculum: Curriculum | None = None
    source: DemandSource | None = None


class ImportKind(ABC):
    """A kind of file: its form, how it is read and saved, what its preview says, where it leads, and who may.

    A new kind is a subclass and its place in `kinds.KINDS`; nothing else knows the kinds by name. What its reader
    and its saving return is its own affair, as far as `Found` lets it be.
    """

    code: str
    title: Any  # on its tab, translated when it is shown
    form: type[UploadForm]
    of_any_table: bool = True  # workbook, text, document, page: whatever holds one

    @property
    def readable(self) -> str:
        """The template that says beside the form what can be read."""
        return f"curricula/imports/readable/{self.code}.html"

    def may_start(self, user: Any) -> bool:
        return schools_to_import_into(user).exists()

    def expect_allowed(self, pending: PendingImport) -> None:
        """Raises PermissionDenied, Http404 or ForeignSource where the file may not go where it was to go."""
        if not pending.user.has_perm(EDIT, self.school(pending)):
            raise PermissionDenied

    @abstractmethod
    def reading(self, pending: PendingImport) -> Callable[[], Any]:
        """What reads the file and needs no database: it goes into another process. It may raise UnreadableFile."""

    def completed(self, pending: PendingImport, parsed: Any) -> Any:
        """What was read, with what the database knows of it."""
        return parsed

    def read(self, pending: PendingImport) -> Any:
        """Raises UnreadableFile, and TakesLonger where somebody waits for it."""
        try:
            return self.completed(pending, read_apart(self.reading(pending), budget=AT_ONCE))
        except TimeUp as error:
            pending.take_long()
            raise TakesLonger from error

    def size(self, parsed: Any) -> int:
        """How many records the file holds."""
        return len(parsed.rows)

    @abstractmethod
    def save(self, pending: PendingImport, parsed: Any, *, dry_run: bool) -> Any: ...

    def stands_on(self, pending: PendingImport) -> Sequence[Any]:
        """What moves where somebody changes what the file goes into: what was found before is shown no longer."""
        return ()

    def scope(self, pending: PendingImport) -> Scope | None:
        """What saving the file may change, held for it; None where it cannot be undone, or is not there yet."""
        return None

    def undone(self, run: ImportRun) -> None:
        """Say that what an import had changed is as it was."""
        if run.curriculum:
            touch(run.curriculum)

    parts: tuple[type[Any], ...] = ()  # models whose rows only ever go with a row that the file made

    @abstractmethod
    def verdict(self, pending: PendingImport, parsed: Any) -> str:
        """What the file is and where it goes, in one sentence."""

    @abstractmethod
    def counts(self, outcome: Any) -> Sequence[tuple[str, Counts]]:
        """What saving does, by kind of record: unlike things are never added up."""

    def facts(self, found: Found) -> Sequence[Fact]:
        """What else there is to know of the file as a whole."""
        return ()

    def cautions(self, outcome: Any) -> Sequence[str]:
        """What to think of before saving."""
        return ()

    def meanings(self, pending: PendingImport) -> Sequence[tuple[str, Any]]:
        """What a column can be read as: its code, and what it is called. Its reader takes `pending.choices`."""
        return ()

    @abstractmethod
    def school(self, pending: PendingImport) -> School | None:
        """Whose file it is, and who remembers what its columns meant; None of a file for the site."""

    def columns_key(self, pending: PendingImport, found: RecognisedFile) -> str:
        """The same for files whose columns mean the same; "" where none can be chosen."""
        return found.columns_key

    def vocabularies(self) -> Mapping[str, Sequence[tuple[str, Any]]]:
        """Code of a meaning → what the words under its columns can mean."""
        return {}

    @abstractmethod
    def tables(self, pending: PendingImport, parsed: Any) -> Sequence[Table]: ...

    def place(self, pending: PendingImport, outcome: Any) -> str:
        """Where it was saved, as a sentence names it."""
        return pending.target

    @abstractmethod
    def next_page(self, pending: PendingImport, outcome: Any) -> str: ...

    def next_step(self, outcome: Any) -> str:
        """What is to be done there, or nothing."""
        return ""

    def start_page(self, pending: PendingImport) -> str:
        return f"{reverse('import')}?kind={self.code}"


def read_by(reader: Callable[..., Any], pending: PendingImport, **known: Any) -> Callable[[], Any]:
    """The reader of a kind of file with what every one of them takes, and what this one has to know."""
    stated = {"name": pending.name, "max_bytes": settings.MAX_UPLOAD_BYTES, "choices": pending.choices}
    return partial(reader, bytes(pending.content), **stated, **known)


MOST_WAITING = 10  # files of one person; each may be as large as an upload can be


def recognised_in(parsed: Any) -> RecognisedFile:
    return getattr(parsed, "recognised", RecognisedFile())


def recognised_of(seen: Any) -> RecognisedFile:
    """The columns of what was read or found, whether it can be saved or not."""
    refused = seen.recognised if isinstance(seen, UnreadableFile) else None
    return refused or recognised_in(getattr(seen, "parsed", seen))


def keep_upload(kind: ImportKind, form: UploadForm) -> PendingImport:
    """Keep a file for its preview. Raises UnreadableFile where nobody can make it readable by saying what is what."""
    pending = _upload(kind, form, **form.settings)
    with suppress(TakesLonger):  # then it is read for the first time behind its preview
        know_columns(kind, pending)
    return _put_aside(pending)


def know_columns(kind: ImportKind, pending: PendingImport) -> None:
    """Read a file for the first time: what was chosen before for such columns is chosen again."""
    before, read = pending.choices, _read_or_refused(kind, pending, waits=False)
    recall(pending, kind.columns_key(pending, recognised_of(read)), school=kind.school(pending))
    if pending.choices == before and not isinstance(read, UnreadableFile):
        pending.at_hand = read


def keep_for_correction(kind: ImportKind, form: UploadForm) -> None:
    """Keep a file whose other choices were refused, so that it is not asked for again."""
    if form.cleaned_data.get("file"):
        form.offer(_put_aside(_upload(kind, form, target="")))


def _upload(kind: ImportKind, form: UploadForm, **settings: Any) -> PendingImport:
    throw_away(PendingImport.objects.expired())  # whoever comes next, and also where the file cannot be read
    upload = form.cleaned_data["file"]
    return PendingImport(user=form.user, kind=kind.code, name=upload.name[:300], content=upload.read(), **settings)


@transaction.atomic
def _put_aside(pending: PendingImport) -> PendingImport:
    """In place of the one before it for the same target, and of the person's oldest where too many wait."""
    throw_away(PendingImport.objects.filter(user=pending.user, kind=pending.kind, target__in=("", pending.target)))
    pending.save()
    waiting = PendingImport.objects.of(pending.user).order_by("-created", "-pk").values_list("pk", flat=True)
    throw_away(PendingImport.objects.filter(pk__in=list(waiting[MOST_WAITING:])))
    return pending


def throw_away(files: QuerySet[PendingImport]) -> None:
    """What is being found out about them is of no use any more."""
    let_go(Work.objects.filter(file__in=files).unfinished())
    files.delete()


def _tried(kind: ImportKind, pending: PendingImport, parsed: Any) -> Found:
    with transaction.atomic():
        outcome = kind.save(pending, parsed, dry_run=True)
        transaction.set_rollback(True)
    return Found(parsed, outcome)


def _tried_behind(kind: ImportKind, pending: PendingImport, parsed: Any) -> Found:
    """Nobody waits for the page, and nobody shall wait for the database either."""
    with on_a_copy(connection):
        return _tried(kind, pending, parsed)


def look_into(kind: ImportKind, pending: PendingImport, *, waits: bool = False) -> Found | UnreadableFile:
    """All that a preview shows, found by saving the file and taking that back: also a refusal of columns that
    somebody can say the meaning of.

    Where nothing can be shown it raises what `expect_allowed` and REFUSALS say, and TakesLonger where somebody waits.
    """
    kind.expect_allowed(pending)
    tell(step=0)
    before, parsed = pending.choices, _read_or_refused(kind, pending, waits=waits)
    if "columns_key" not in pending.options:
        recall(pending, kind.columns_key(pending, recognised_of(parsed)), school=kind.school(pending))
        pending.save(update_fields=["options"])
        parsed = parsed if pending.choices == before else _read_or_refused(kind, pending, waits=waits)
    if isinstance(parsed, UnreadableFile):
        return parsed
    tell(step=1, of=kind.size(parsed))
    return _tried(kind, pending, parsed) if waits else _tried_behind(kind, pending, parsed)


def _read_or_refused(kind: ImportKind, pending: PendingImport, *, waits: bool) -> Any:
    try:
        return _read_within(kind, pending) if waits else kind.read(pending)
    except UnreadableFile as refusal:
        if refusal.recognised is None:
            raise
        return refusal


def _read_within(kind: ImportKind, pending: PendingImport) -> Any:
    if pending.is_long:
        raise TakesLonger
    parsed = pending.at_hand or kind.read(pending)
    if kind.size(parsed) > MOST_AT_ONCE:
        pending.take_long()
        raise TakesLonger
    return parsed


def save(
    kind: ImportKind, pending: PendingImport, *, waits: bool = True, then: Callable[[Found], None] | None = None
) -> Found | None:
    """Save the file whole or not at all; once saved it is no longer kept. Raises as `look_into` does.

    None where it was saved already: a second press waits for the first one and finds the file gone. What `then` writes
    is saved with it.
    """
    kind.expect_allowed(pending)
    parsed = _read_within(kind, pending) if waits else pending.at_hand or kind.read(pending)
    tell(step=1, of=kind.size(parsed))
    with transaction.atomic():
        if PendingImport.objects.select_for_update().filter(pk=pending.pk).first() is None:
            return None
        before = kind.scope(pending)
        snapshot = Snapshot(before.rows if before else ())
        outcome = kind.save(pending, parsed, dry_run=False)
        found = Found(parsed, outcome)
        if not found.saved:
            transaction.set_rollback(True)
        else:
            kind.expect_allowed(pending)  # what it went into is locked by now
            remember(pending, school=kind.school(pending))
            _keep_changes(kind, pending, before, snapshot)
            PendingImport.objects.filter(pk=pending.pk).delete()
            if then is not None:
                then(found)
    return found


def _keep_changes(kind: ImportKind, pending: PendingImport, before: Scope | None, snapshot: Snapshot) -> None:
    scope = kind.scope(pending)
    replaced = before.source if before and scope and before.source != scope.source else None
    if replaced:
        snapshot = Snapshot(())  # the source that went keeps its rows
    if scope and (changes := snapshot.changes(scope.rows)):
        into: dict[str, Any] = {"school": scope.school, "curriculum": scope.curriculum, "source": scope.source}
        into["replaced"] = replaced
        stated = {"user": pending.user, "kind": kind.code, "name": pending.name, "target": pending.target}
        kept = changes.as_json() | ({REPLACED: replaced.pk} if replaced else {})
        ImportRun.objects.create(counts=changes.counts(), changes=kept, **into, **stated)
