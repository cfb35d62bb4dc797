"""The source that a file goes into: made when it is first named, never of two kinds or two frameworks."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Any, TypeVar

from django.db import transaction
from django.utils.translation import gettext as _

from competencies.demand.readers.parsed import Parsed
from competencies.models import DemandSource, Framework
from competencies.saving.outcome import Counts, Outcome
from competencies.tabular.column_names import unambiguous
from competencies.tabular.problems import Problem, UnreadableFile

Told = TypeVar("Told", bound=Outcome)


@dataclass(frozen=True)
class SourceFacts:
    """What is said of a source when a file is imported into it; what is empty leaves the stored as it is."""

    slug: str
    framework: Framework
    collected: date
    region: str = ""
    licence: str = ""
    covers: str = ""  # a period, as `readers.periods` reads it
    note: str = ""
    sample: bool = False
    kind: str = DemandSource.Kind.POSTINGS
    owner: Any = None  # the school that a new source belongs to, else the site


class OtherSource(ValueError):
    """The slug is that of a source of another framework, kind or scale; `problem` says so."""

    def __init__(self, problem: Problem) -> None:
        super().__init__(problem.message)
        self.problem = problem


def source_for(facts: SourceFacts) -> DemandSource:
    """The source with what is newly said of it, held until the transaction ends. Raises OtherSource."""
    stated = {name: getattr(facts, name) for name in ("region", "licence", "covers", "note", "sample")}
    fixed = {"framework": facts.framework, "kind": facts.kind}
    own = {"collected": facts.collected, "owner": facts.owner}
    DemandSource.objects.get_or_create(slug=facts.slug, defaults={**stated, **fixed, **own})
    source = held_source(slug=facts.slug)
    _check(source, facts)
    differing = {name: value for name, value in stated.items() if value and getattr(source, name) != value}
    for name, value in differing.items():
        setattr(source, name, value)
    if differing:
        source.save()
    return source


def held_source(**lookup: Any) -> DemandSource:
    """The source for one writer at a time: two who add the same rows at once would break what is unique in it.

    Plans may still come to be judged by it meanwhile.
    """
    held = DemandSource.objects.select_for_update(of=("self",), no_key=True)
    return held.select_related("framework").get(**lookup)


def _check(source: DemandSource, facts: SourceFacts) -> None:
    if source.framework_id != facts.framework.pk:
        message = _("The source %(source)s belongs to the framework %(framework)s; choose another name for this one.")
        names = {"source": source.slug, "framework": source.framework.slug}
        raise OtherSource(Problem(0, "", source.slug, "other_framework", message % names))
    if source.kind != facts.kind:
        message = _("The source %(source)s holds something else: %(kind)s. Choose another name for this one.")
        names = {"source": source.slug, "kind": source.get_kind_display()}
        raise OtherSource(Problem(0, "", source.slug, "other_kind", message % names))


@transaction.atomic
def publish_source(source: DemandSource, *, published: bool) -> None:
    """Opens a school's source to all, or closes it; figures of the plans that it judged are computed anew."""
    held = held_source(pk=source.pk)
    if held.published != published:
        held.published = source.published = published
        held.save()


@transaction.atomic
def correct_source(source: DemandSource, *, collected_before: date) -> None:
    """What a person says of it; postings that were collected on the day that was stated wrongly follow."""
    if source.collected != collected_before:
        source.postings.filter(collected=collected_before).update(collected=source.collected)
    source.save()


def renew(source: DemandSource, collected: date) -> None:
    """What changed makes the source as young as it is, and figures kept from before are computed anew."""
    source.collected = max(source.collected, collected)
    source.save()


def codes_by_name(records: Any) -> Mapping[str, str]:
    """What a file may call a framework's abilities or positions → their codes."""
    titles = records.values_list("code", "title_en", "title_zh")
    return unambiguous((title, code) for code, *others in titles for title in (code, *others))


def saved_file(
    path: Path,
    kind: type[Told],
    *,
    read: Callable[..., Parsed],
    save: Callable[..., Told],
    facts: SourceFacts,
    dry_run: bool,
) -> Told:
    """What `save` makes of what `read` finds in a file; a file that cannot be read is refused."""
    try:
        parsed = read(path, name=path.name)
    except UnreadableFile as error:
        return kind.of_unreadable(error, path.name, dry_run=dry_run)
    return save(parsed, facts=facts, dry_run=dry_run)


def saved_whole(told: Told, parsed: Parsed, save: Callable[[DemandSource], Counts], *, facts: SourceFacts) -> Told:
    """What came of a file in its source; nothing stays where something is refused, or in a rehearsal."""
    told = replace(told, warnings=parsed.warnings, refusals=parsed.refusals, recognised=parsed.recognised)
    if told.refusals:
        return told
    try:
        with transaction.atomic():
            counts = save(source := source_for(facts))
            if told.dry_run:
                transaction.set_rollback(True)
            elif counts.created or counts.changed:
                renew(source, facts.collected)
    except OtherSource as refused:
        return replace(told, refusals=(refused.problem,))
    return replace(told, **vars(counts))
