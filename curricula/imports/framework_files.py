"""Competency frameworks on their way in, in any format that is known: new ones, and new versions of one's own."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from collections.abc import Mapping as Meanings
from functools import partial
from pathlib import PurePath
from typing import Any, Final

from django.core.exceptions import PermissionDenied
from django.db.models import Count
from django.urls import reverse
from django.utils.html import format_html
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from competencies.demand.actions.terms import begin_vocabulary
from competencies.frameworks.actions import over_stored, rows_of_framework, save_framework
from competencies.frameworks.completing import leaves_of, with_titles_as_terms
from competencies.frameworks.differences import AbilityChange, ability_changes
from competencies.frameworks.formats import read_any
from competencies.frameworks.rows import AbilityRow, ParsedFramework, PositionRow, Title
from competencies.models import Framework, VocabularyChange, in_reader_language
from competencies.permissions import COLLECT, CURATE
from competencies.saving.outcome import Counts, FrameworkOutcome
from competencies.tabular.plain_text import language_of
from curricula.models import Curriculum, ImportRun, Mapping, PendingImport, School
from curricula.wording import formats
from curricula.wording.phrases import in_a_row

from .flow import Fact, Found, ImportKind, Scope
from .framework_forms import FrameworkUploadForm
from .source_ownership import expect_owner, owner_of
from .tables import Column, Table

_COUNTED: Final = {
    "Ability": gettext_lazy("Abilities and areas"),
    "AbilityTerm": gettext_lazy("Search words"),
    "Position": gettext_lazy("Positions"),
    "Requirement": gettext_lazy("Requirements"),
    "Certification": gettext_lazy("Certificates"),
}


_MEANINGS: Final = {
    "ability": gettext_lazy("ability"),
    "code": gettext_lazy("code"),
    "area": gettext_lazy("area"),
    "area_statement": gettext_lazy("statement of the area"),
    "parent": gettext_lazy("code of the area"),
    "statement": gettext_lazy("statement"),
    "terms": gettext_lazy("search words"),
    "position": gettext_lazy("position"),
    "abilities": gettext_lazy("abilities that it asks for"),
    "level": gettext_lazy("level"),
    "weight": gettext_lazy("weight"),
    "marks": gettext_lazy("marks of a matrix"),
    "certificate": gettext_lazy("certificate"),
    "course": gettext_lazy("course of a certificate"),
    "citation": gettext_lazy("citation"),
    "identifier": gettext_lazy("identifier"),
    "framework": gettext_lazy("row of the framework itself"),
}


class FrameworkFile(ImportKind):
    code = "framework"
    title = gettext_lazy("A framework")
    form = FrameworkUploadForm
    parts = (VocabularyChange, PendingImport)

    def may_start(self, user: Any) -> bool:
        return user.has_perm(COLLECT)

    def expect_allowed(self, pending: PendingImport) -> None:
        stored = _stored(pending)
        if stored is None and pending.options:  # nothing is said beside one that is undone
            expect_owner(pending)
        elif stored is None:
            return
        elif not pending.user.has_perm(CURATE, stored):
            raise PermissionDenied

    def reading(self, pending: PendingImport) -> Callable[[], ParsedFramework]:
        content, choices = bytes(pending.content), pending.choices
        return partial(read_any, content, file_name=pending.name, slug=pending.target, choices=choices)

    def completed(self, pending: PendingImport, parsed: ParsedFramework) -> ParsedFramework:
        read = over_stored(_headed(parsed, pending))
        return with_titles_as_terms(read) if pending.options.get("titles_as_terms") else read

    def size(self, parsed: ParsedFramework) -> int:
        return sum(1 + len(row.terms) for row in parsed.abilities) + len(parsed.requirements)

    def save(self, pending: PendingImport, parsed: ParsedFramework, *, dry_run: bool) -> FrameworkOutcome:
        return save_framework(parsed, owner=owner_of(pending))

    def stands_on(self, pending: PendingImport) -> Sequence[Any]:
        return Framework.objects.filter(slug=pending.target).values_list("pk", "changed").first() or ()

    def scope(self, pending: PendingImport) -> Scope | None:
        framework = Framework.objects.select_for_update(no_key=True).filter(slug=pending.target).first()
        return Scope(rows_of_framework(framework), school=framework.owner) if framework else None

    def undone(self, run: ImportRun) -> None:
        framework = Framework.objects.filter(slug=run.target).first()
        if framework is not None:
            begin_vocabulary(framework, ())

    def school(self, pending: PendingImport) -> School | None:
        stored = _stored(pending)
        return stored.owner if stored else owner_of(pending)

    def verdict(self, pending: PendingImport, parsed: ParsedFramework) -> str:
        leaves = leaves_of(parsed)
        words = {
            "name": pending.name,
            "framework": in_reader_language(parsed.framework.title.en, parsed.framework.title.zh),
            "abilities": len(leaves),
            "areas": len(parsed.abilities) - len(leaves),
            "positions": len(parsed.positions),
        }
        if _stored(pending) is None:
            sentence = _(
                "“%(name)s” becomes the framework “%(framework)s”: abilities: %(abilities)s, areas: %(areas)s, "
                "positions: %(positions)s."
            )
        else:
            sentence = _(
                "“%(name)s” brings a new version of “%(framework)s”: abilities: %(abilities)s, areas: %(areas)s, "
                "positions: %(positions)s."
            )
        return sentence % words

    def counts(self, outcome: FrameworkOutcome) -> Sequence[tuple[str, Counts]]:
        return [(str(title), outcome.by_kind.get(name, Counts())) for name, title in _COUNTED.items()]

    def facts(self, found: Found) -> Sequence[Fact]:
        facts = {
            _("Records removed"): found.outcome.removed,
            _("Abilities without search words"): sum(not row.terms for row in leaves_of(found.parsed)),
        }
        return [(title, formats.show(number, "count")) for title, number in facts.items() if number]

    def meanings(self, pending: PendingImport) -> Sequence[tuple[str, Any]]:
        return list(_MEANINGS.items())

    def tables(self, pending: PendingImport, parsed: ParsedFramework) -> Sequence[Table]:
        stored = _stored(pending)
        changes = ability_changes(stored, parsed) if stored else []
        return (
            Table("changes", _("What changes"), changes, _change_columns(stored, pending.user) if changes else []),
            Table("abilities", _("Abilities"), parsed.abilities, _ability_columns(parsed)),
            Table("positions", _("Positions"), parsed.positions, _position_columns(parsed)),
        )

    def place(self, pending: PendingImport, outcome: FrameworkOutcome) -> str:
        return _saved(pending).title

    def cautions(self, outcome: FrameworkOutcome) -> Sequence[str]:
        stay = _(
            "What the file no longer names stays while something refers to it; mappings can be carried over next."
        )
        return (stay,) if _kept(outcome) else ()

    def next_page(self, pending: PendingImport, outcome: FrameworkOutcome) -> str:
        """Where one's plans are mapped on what the file no longer names, to where their mappings go over."""
        saved, kept = _saved(pending), _kept(outcome)
        if any(_mapped_by_plan(saved, pending.user).get(code) for code in kept):
            return f"{reverse('framework-carry', args=[saved.slug])}?{urlencode({'from': kept}, doseq=True)}"
        return saved.get_absolute_url()


def _kept(outcome: FrameworkOutcome) -> list[str]:
    """The codes of abilities that the file does not name, but that something refers to."""
    is_kept = {"code": "absent_kept", "column": "ability"}
    return [each.value for each in outcome.warnings if is_kept == {name: getattr(each, name) for name in is_kept}]


def _stored(pending: PendingImport) -> Framework | None:
    return Framework.objects.filter(slug=pending.target).first()


def _saved(pending: PendingImport) -> Framework:
    return Framework.objects.get(slug=pending.target)


def _headed(parsed: ParsedFramework, pending: PendingImport) -> ParsedFramework:
    """With the title and the version that were typed; a new list without a title is called as its file is."""
    typed, head = pending.options.get("title", ""), parsed.framework
    if not typed and pending.target in (head.title.en, head.title.zh) and _stored(pending) is None:
        typed = PurePath(pending.name).stem.replace("_", " ")
    changes: dict[str, Any] = {"title": Title.model_construct(**{language_of(typed): typed})} if typed else {}
    if pending.options.get("version"):
        changes["version"] = pending.options["version"]
    return parsed.model_copy(update={"framework": head.model_copy(update=changes)})


def _change_columns(stored: Framework | None, user: Any) -> list[Column]:
    mapped = _mapped_by_plan(stored, user)
    return [
        Column(_("Ability"), lambda change: change.title),
        Column(_("Change"), lambda change: change.kind_title),
        Column(_("Before"), lambda change: change.before, "wide"),
        Column(_("After"), lambda change: change.after, "wide"),
        Column(_("Mappings of my plans"), partial(_mapped_text, mapped), "wide", labelled=True),
    ]


def _mapped_by_plan(stored: Framework | None, user: Any) -> dict[str, list[tuple[str, int]]]:
    """For each ability by its code: the user's plans that are mapped on it, and by how many rows."""
    plan = ("school__slug", "slug")
    plans = Curriculum.objects.filter(program__school__memberships__user=user, framework=stored)
    own = Mapping.objects.filter(ability__framework=stored, course__curriculum__in=plans)
    keys = ("ability__code", *(f"course__curriculum__program__{name}" for name in plan), "course__curriculum__year")
    found: dict[str, list[tuple[str, int]]] = {}
    for code, *key, number in own.order_by(*keys).values_list(*keys).annotate(number=Count("pk")):
        found.setdefault(code, []).append(("/".join(map(str, key)), number))
    return found


def _mapped_text(mapped: Meanings[str, list[tuple[str, int]]], change: AbilityChange) -> str:
    return in_a_row(f"{plan}: {number}" for plan, number in mapped.get(change.code, ()))


def _title_of(row: Any) -> str:
    return in_reader_language(row.title.en, row.title.zh)


def _ability_columns(parsed: ParsedFramework) -> list[Column]:
    titles = {row.code: _title_of(row) for row in parsed.abilities}

    def coded(row: AbilityRow) -> str:
        return format_html('<span class="soft">{}</span> {}', row.code, _title_of(row))

    return [
        Column(_("Ability"), coded),
        Column(_("Area"), lambda row: titles.get(row.parent, ""), "wide", labelled=True),
        Column(_("Search words"), lambda row: str(len(row.terms)), "num", labelled=True),
    ]


def _position_columns(parsed: ParsedFramework) -> list[Column]:
    titles = {row.code: _title_of(row) for row in parsed.abilities}

    def needs(row: PositionRow) -> str:
        asked = [requirement.ability for requirement in parsed.requirements if requirement.position == row.code]
        return in_a_row(titles.get(code, code) for code in asked)

    return [Column(_("Position"), _title_of), Column(_("Requirements"), needs, "wide")]
