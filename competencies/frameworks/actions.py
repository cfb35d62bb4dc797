from __future__ import annotations

from collections import defaultdict
from collections.abc import Hashable, Sequence
from typing import Any

from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from competencies.demand.actions.terms import TermChange, begin_vocabulary
from competencies.models import (
    Ability,
    AbilityTerm,
    CareerEntry,
    Certification,
    CertificationCourse,
    Crosswalk,
    Framework,
    OwnTerm,
    Position,
    ReferenceCourse,
    Requirement,
    VocabularyChange,
)
from competencies.saving.outcome import Counts, FrameworkOutcome, Progress
from competencies.saving.undoing import Rows

from .checks import depths
from .completing import completed
from .framework_tables import Tables
from .rows import (
    AbilityRow,
    CertificationCourseRow,
    CertificationRow,
    ParsedFramework,
    PositionRow,
    ReferenceCourseRow,
    RequirementRow,
)
from .stored import stored_framework

_HEAD = (
    *("title_en", "title_zh", "version", "language", "publisher", "licence", "source", "sources"),
    *("note_en", "note_zh", "outside"),
)


def save_framework(
    parsed: ParsedFramework, *, owner: Any = None, dry_run: bool = False, progress: Progress | None = None
) -> FrameworkOutcome:
    """Brings the stored framework of this slug to what the file says, whole or not at all.

    What the file no longer names is removed where nothing refers to it, and kept with a warning where something
    does. A file that was saved before changes nothing. A new framework belongs to `owner`, as its draft; one that is
    there stays whose it is.
    """
    if parsed.refusals:
        return FrameworkOutcome(refusals=parsed.refusals, warnings=parsed.warnings, dry_run=dry_run)
    with transaction.atomic():
        tables = _save_all(over_stored(parsed), owner=owner, progress=progress)
        if dry_run:
            transaction.set_rollback(True)
    by_kind = {model.__name__: counts for model, counts in tables.counted.items()}
    warnings = (*parsed.warnings, *tables.warnings)
    return FrameworkOutcome(**vars(tables.counts), by_kind=by_kind, warnings=warnings, dry_run=dry_run)


def rows_of_framework(framework: Framework) -> list[Rows]:
    """What saving a file may make, change or remove; what refers to others comes first, the framework last."""
    of_ability, own = {"ability__framework": framework}, {"framework": framework}
    through: Any = ReferenceCourse.abilities.through
    return [
        Rows(AbilityTerm.objects.filter(**of_ability)),
        Rows(OwnTerm.objects.filter(**of_ability)),
        Rows(Requirement.objects.filter(position__framework=framework)),
        Rows(CertificationCourse.objects.filter(certification__framework=framework)),
        Rows(through.objects.filter(referencecourse__framework=framework)),
        Rows(Crosswalk.objects.filter(**of_ability)),
        *(Rows(model.objects.filter(**own)) for model in (CareerEntry, Position, Certification, ReferenceCourse)),
        Rows(Ability.objects.filter(**own)),
        Rows(Framework.objects.filter(pk=framework.pk), _HEAD),
    ]


def over_stored(parsed: ParsedFramework) -> ParsedFramework:
    """What would be saved: a list leaves alone what is stored and what it does not speak of."""
    stored = Framework.objects.filter(slug=parsed.framework.slug).first() if parsed.partial else None
    return completed(parsed, stored_framework(stored)) if stored else parsed


def _save_all(parsed: ParsedFramework, *, owner: Any, progress: Progress | None) -> Tables:
    framework, counts = _save_head(parsed, owner=owner)
    tables = Tables(framework, total=_size(parsed), progress=progress)
    tables.counted[Framework] += counts
    _save_abilities(tables, parsed)
    changes = _save_terms(tables, parsed)
    tables.save_listed(PositionRow, parsed.positions)
    tables.save_parts(RequirementRow, parsed.requirements, of=parsed.positions)
    entries = tables.stored(CareerEntry)
    tables.replace(CareerEntry, wanted=tables.listed(parsed.career_entries), existing=entries)
    tables.save_listed(CertificationRow, parsed.certifications)
    tables.save_listed(ReferenceCourseRow, parsed.reference_courses)
    _save_course_abilities(tables, parsed)
    tables.save_parts(CertificationCourseRow, parsed.certification_courses, of=parsed.certifications)
    _save_crosswalks(tables, parsed)
    changes += _remove_absent(tables, parsed)
    if changes and not counts.created:
        _begin_new_vocabulary(tables, changes)
    return tables


def _size(parsed: ParsedFramework) -> int:
    """How many rows there are to save; terms and the links of courses with abilities are one each."""
    rows = sum(len(records) for _section, records in parsed.sections())
    terms = sum(len(ability.terms) for ability in parsed.abilities)
    return rows + terms + sum(len(course.abilities) for course in parsed.reference_courses)


def _save_head(parsed: ParsedFramework, *, owner: Any) -> tuple[Framework, Counts]:
    values = parsed.framework.stored_values() | {"sources": [source.model_dump() for source in parsed.sources]}
    slug = values.pop("slug")
    own = {"owner": owner, "status": Framework.Status.DRAFT} if owner else {}
    framework, is_new = Framework.objects.get_or_create(slug=slug, defaults=values | own)
    if framework.owner_id is not None:
        values.pop("status")  # its school publishes it, not a file
    differing = {name: value for name, value in values.items() if getattr(framework, name) != value}
    for name, value in differing.items():
        setattr(framework, name, value)
    if differing:
        framework.save()
    return framework, Counts(int(is_new), int(bool(differing)), int(not is_new and not differing))


def _save_abilities(tables: Tables, parsed: ParsedFramework) -> None:
    rows = parsed.abilities
    depth = depths((row.code for row in rows), {row.code: row.parent for row in rows if row.parent})
    levels: defaultdict[int, list[tuple[int, AbilityRow]]] = defaultdict(list)
    for order, row in enumerate(rows):
        levels[depth[row.code]].append((order, row))
    existing = tables.stored(Ability)
    # Upper levels first: a new ability needs the id of its area.
    for _depth, level in sorted(levels.items()):
        own = {"framework_id": tables.framework.pk}
        wanted = {row.code: tables.values_of(row) | own | {"order": order} for order, row in level}
        tables.synchronise(Ability, wanted=wanted, existing=existing)


def _save_terms(tables: Tables, parsed: ParsedFramework) -> list[TermChange]:
    """What came and what went; the terms of abilities that the file does not name wait for `_remove_absent`."""
    ids = tables.ids[Ability]
    keys = [(ids[row.code], term.language, term.text) for row in parsed.abilities for term in row.terms]
    wanted = {key: dict(zip(("ability_id", "language", "text"), key, strict=True)) for key in keys}
    named = tables.named(Ability, parsed.abilities)
    stored = _terms_of(tables.framework)
    existing = {(term.ability_id, term.language, term.text): term for term in stored if term.ability_id in named}
    tables.replace(AbilityTerm, wanted=wanted, existing=existing)
    codes = {pk: code for code, pk in ids.items()}
    kinds = {
        VocabularyChange.Kind.ADDED: wanted.keys() - existing.keys(),
        VocabularyChange.Kind.WITHDRAWN: existing.keys() - wanted.keys(),
    }
    return [
        TermChange(kind, codes[ability], text, language)
        for kind, terms in kinds.items()
        for ability, language, text in sorted(terms)
    ]


def _terms_of(framework: Framework) -> QuerySet[AbilityTerm]:
    return AbilityTerm.objects.filter(ability__framework=framework)


def _begin_new_vocabulary(tables: Tables, changes: Sequence[TermChange]) -> None:
    begin_vocabulary(tables.framework, changes)
    sources = tables.framework.demand_sources.open_to(tables.framework.owner).values_list("slug", flat=True)
    if sources:
        message = _("The terms changed; search these sources again with retag_postings: %(sources)s.")
        listed = ", ".join(sources)
        tables.warn(
            column="abilities.terms", value=listed, code="older_vocabulary", message=message % {"sources": listed}
        )


def _save_course_abilities(tables: Tables, parsed: ParsedFramework) -> None:
    through: Any = ReferenceCourse.abilities.through
    courses, abilities = tables.ids[ReferenceCourse], tables.ids[Ability]
    links = {(courses[row.code], abilities[code]) for row in parsed.reference_courses for code in row.abilities}
    named = tables.named(ReferenceCourse, parsed.reference_courses)
    stored = through.objects.filter(referencecourse__framework=tables.framework)
    wanted = {link: {"referencecourse_id": link[0], "ability_id": link[1]} for link in sorted(links)}
    pairs = {(link.referencecourse_id, link.ability_id): link for link in stored}
    existing = {pair: link for pair, link in pairs.items() if pair[0] in named}
    tables.replace(through, wanted=wanted, existing=existing)


def _save_crosswalks(tables: Tables, parsed: ParsedFramework) -> None:
    counterparts = _counterparts({row.framework for row in parsed.crosswalks}, owner=tables.framework.owner)
    wanted: dict[Hashable, dict[str, Any]] = {}
    for row in parsed.crosswalks:
        ability, counterpart = tables.ids[Ability][row.ability], counterparts.get((row.framework, row.to))
        if counterpart is None:
            _warn_of_unknown_counterpart(tables, framework=row.framework, code=row.to)
            continue
        wanted[ability, counterpart] = {
            "ability_id": ability,
            "counterpart_id": counterpart,
            "relation": row.relation,
            "citation": row.citation,
        }
    stored = Crosswalk.objects.filter(ability__framework=tables.framework)
    existing = {(record.ability_id, record.counterpart_id): record for record in stored}
    tables.replace(Crosswalk, wanted=wanted, existing=existing)


def _counterparts(slugs: set[str], *, owner: Any) -> dict[tuple[str, str], int]:
    """The drafts of others are as if they were not there: nobody learns of them, or holds an ability of them fast."""
    named = Framework.objects.open_to(owner).filter(slug__in=slugs).values("pk")
    found = Ability.objects.filter(framework__in=named).values_list("framework__slug", "code", "pk")
    return {(slug, code): pk for slug, code, pk in found}


def _warn_of_unknown_counterpart(tables: Tables, *, framework: str, code: str) -> None:
    message = _("The framework %(framework)s has no ability %(code)s here; import it, and then this file again.")
    tables.warn(
        column="crosswalks.to",
        value=code,
        code="unknown_counterpart",
        message=message % {"framework": framework, "code": code},
    )


def _remove_absent(tables: Tables, parsed: ParsedFramework) -> list[TermChange]:
    """What points to others goes first, so that it does not hold them back; gives back the terms that went."""
    links: Any = ReferenceCourse.abilities.through
    tables.remove_absent(Position, parsed.positions, parts={Requirement: "position"})
    tables.remove_absent(Certification, parsed.certifications, parts={CertificationCourse: "certification"})
    tables.remove_absent(ReferenceCourse, parsed.reference_courses, parts={links: "referencecourse"})
    before = set(_named(_terms_of(tables.framework))) if _any_unnamed(tables, parsed) else set()
    tables.remove_absent(Ability, parsed.abilities, parts={AbilityTerm: "ability", OwnTerm: "ability"})
    gone = before and before.difference(_named(_terms_of(tables.framework)))
    return [TermChange(VocabularyChange.Kind.WITHDRAWN, *term) for term in sorted(gone)]


def _any_unnamed(tables: Tables, parsed: ParsedFramework) -> bool:
    return len(tables.ids[Ability]) > len(tables.named(Ability, parsed.abilities))


def _named(terms: QuerySet[AbilityTerm]) -> QuerySet[Any, tuple[str, str, str]]:
    return terms.values_list("ability__code", "text", "language")
