"""A stored framework as the rows that every writer of framework files starts from."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from typing import Any

from competencies.models import AbilityTerm, Framework

from .rows import SECTIONS, CrosswalkRow, FrameworkRow, ParsedFramework, Row, SourceRow, TermRow, Texts

Terms = Mapping[int, list[TermRow]]


def stored_framework(framework: Framework) -> ParsedFramework:
    """All of a framework in its stored order; its queries do not grow with its size."""
    terms: defaultdict[int, list[TermRow]] = defaultdict(list)
    for term in AbilityTerm.objects.filter(ability__framework=framework).order_by("id"):
        terms[term.ability_id].append(TermRow.model_construct(text=term.text, language=term.language))
    return ParsedFramework.model_construct(
        None,
        framework=_row(FrameworkRow, framework, terms),
        sources=[SourceRow.model_construct(**source) for source in framework.sources],
        **{
            section: [_row(kind, record, terms) for record in _records(kind, framework)]
            for section, kind in SECTIONS.items()
        },
    )


def _records(kind: type[Row], framework: Framework) -> Any:
    within = f"{kind.within}__" if kind.within else ""
    related = [name for name in kind.refers if name not in kind.tables]
    if kind is CrosswalkRow:
        related.append("counterpart__framework")
    records: Any = kind.stored_as._default_manager
    records = records.filter(**{f"{within}framework": framework}).select_related(*related)
    for name in kind.refers.keys() & kind.tables.keys():
        records = records.prefetch_related(name)
    order = {"position": ("position__order", "position__code", "item"), "certification": ("id",), "ability": ("id",)}
    return records.order_by(*order[kind.within]) if kind.within else records


def _row(kind: type[Row], record: Any, terms: Terms) -> Any:
    values = {}
    for name, field in kind.model_fields.items():
        if name != "row":
            values[name] = _value(kind, name, field.annotation, record, terms)
    return kind.model_construct(**values)


def _value(kind: type[Row], name: str, annotation: Any, record: Any, terms: Terms) -> Any:
    if isinstance(annotation, type) and issubclass(annotation, Texts):
        return annotation.model_construct(en=getattr(record, f"{name}_en"), zh=getattr(record, f"{name}_zh"))
    if kind is CrosswalkRow and name in ("framework", "to"):
        return record.counterpart.framework.slug if name == "framework" else record.counterpart.code
    if name == "terms":
        return terms.get(record.pk, [])
    value = getattr(record, name)
    if name == "title_terms":
        return [TermRow.model_construct(**term) for term in value]
    if name in kind.refers:
        return [one.code for one in value.all()] if name in kind.tables else value.code if value else ""
    return value
