"""1EdTech CASE 1.0 and 1.1: a CFPackage in JSON.

Items become abilities, "is child of" their tree. The item itself is kept with its ability, and the document with the
associations and definitions with the framework, so that export gives back what is not modelled here.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Mapping
from typing import Any
from uuid import NAMESPACE_URL, uuid5

from django.utils import timezone

from competencies.frameworks.problems import framework_problems, unreadable
from competencies.frameworks.rows import LONGEST_CODE, LONGEST_TITLE, AbilityRow, FrameworkRow, ParsedFramework, Texts
from competencies.frameworks.validation import checked_framework
from competencies.tabular.problems import Problems

from . import Format
from .given import Given, text_of

_CHILD = "isChildOf"
_EXTENSION = "talentgap"  # of CASE 1.1's `extensions`: what an item has no place for

Json = dict[str, Any]


# Reading


def read_case(file: Given, slug: str) -> ParsedFramework:
    package = _package(file)
    document, problems = package["CFDocument"], framework_problems()
    language = text_of(document, "language")
    items = _known_items(package, problems)
    links = [link for link in _records(package, "CFAssociations") if link.get("associationType") == _CHILD]
    links.sort(key=_sequence)
    parents, codes = _parents(links, items, problems), _codes(items)
    places = {_node(link, "originNodeURI"): place for place, link in enumerate(links, start=1) if _sequence(link)}
    abilities = []
    for row, (key, item) in enumerate(items.items(), start=1):
        area = codes.get(parents.get(key, ""), "")
        place = {"row": row, "code": codes[key], "parent": area, "outside": {"case": item}}
        abilities.append((places.get(key, 0), _ability(item, _side(text_of(item, "language"), language)) | place))
    abilities.sort(key=lambda ability: ability[0])
    rest = {name: value for name, value in package.items() if name != "CFItems"}
    head = _framework(document) | {"slug": slug, "outside": {"case": rest}}
    rows = [ability for _place, ability in abilities]
    return checked_framework({"framework": head, "abilities": rows}, problems=problems)


def _package(file: Given) -> Json:
    package = file.json()
    if not _is_package(package):
        raise unreadable("not_case")
    return package  # type: ignore[return-value]


def _is_package(value: object) -> bool:
    return isinstance(value, dict) and isinstance(value.get("CFDocument"), dict)


def _records(package: Mapping[str, Any], name: str) -> list[Json]:
    found = package.get(name)
    return [record for record in found if isinstance(record, dict)] if isinstance(found, list) else []


def _known_items(package: Json, problems: Problems) -> dict[str, Json]:
    """The items by identifier, or by code where they have none."""
    items: dict[str, Json] = {}
    for row, item in enumerate(_records(package, "CFItems"), start=1):
        key = text_of(item, "identifier") or _last(text_of(item, "uri")) or text_of(item, "humanCodingScheme")
        if not key:
            problems.refuse("missing_key", row=row, column="CFItems.identifier", key="identifier")
        elif key in items:
            problems.refuse("duplicate_code", row=row, column="CFItems.identifier", value=key)
        else:
            items[key] = item
    return items


def _parents(links: list[Json], items: Mapping[str, Json], problems: Problems) -> dict[str, str]:
    """Of several areas, the first counts; the others stay in what is kept."""
    parents: dict[str, str] = {}
    for link in links:
        child, area = _node(link, "originNodeURI"), _node(link, "destinationNodeURI")
        if child in items and area in items and parents.setdefault(child, area) != area:
            problems.gather("several_areas", text_of(items[child], "fullStatement")[:60])
    problems.tell_gathered()
    return parents


def _sequence(link: Json) -> int:
    number = link.get("sequenceNumber")
    return number if isinstance(number, int) else 0


def _node(link: Json, name: str) -> str:
    node = link.get(name)
    if isinstance(node, dict):
        return text_of(node, "identifier") or _last(text_of(node, "uri"))
    return _last(node) if isinstance(node, str) else ""


def _last(uri: str) -> str:
    return uri.rstrip("/").rpartition("/")[2]


def _codes(items: Mapping[str, Json]) -> dict[str, str]:
    """The human coding scheme where it names one item only, else the identifier."""
    schemes = {key: text_of(item, "humanCodingScheme") for key, item in items.items()}
    often = Counter(schemes.values())
    return {
        key: scheme if scheme and often[scheme] == 1 and len(scheme) <= LONGEST_CODE else key[:LONGEST_CODE]
        for key, scheme in schemes.items()
    }


def _side(*stated: str) -> str:
    """Which of the two languages is spoken, as the first that says any tells."""
    return "zh" if next(filter(None, stated), "").startswith("zh") else "en"


def _ability(item: Mapping[str, Any], side: str) -> Json:
    full, short = text_of(item, "fullStatement"), text_of(item, "abbreviatedStatement")
    title = (short or full)[:LONGEST_TITLE]
    ability: Json = {
        "code": text_of(item, "humanCodingScheme"),
        "title": {side: title},
        "statement": {side: full if full != title else ""},
        "note": {side: text_of(item, "notes")},
        "citation": text_of(item, "uri")[:300],
    }
    extension = item.get("extensions")
    ours = extension.get(_EXTENSION) if isinstance(extension, dict) else None
    return ability | ours if isinstance(ours, dict) else ability


def _framework(document: Mapping[str, Any]) -> Json:
    language = text_of(document, "language")
    side = _side(language)
    return {
        "title": {side: text_of(document, "title")[:LONGEST_TITLE]},
        "note": {side: text_of(document, "description")},
        "version": text_of(document, "version")[:40],
        "language": language[:20],
        "publisher": (text_of(document, "publisher") or text_of(document, "creator"))[:300],
        "source": text_of(document, "officialSourceURL") or text_of(document, "uri"),
    }


# Writing


def write_case(rows: ParsedFramework) -> bytes:
    kept: Json = rows.framework.outside.get("case", {})
    document = _document(rows.framework, kept.get("CFDocument", {}))
    identifiers = {row.code: _identifier(rows.framework, row) for row in rows.abilities}
    items = [_item(row, identifiers[row.code], document) for row in rows.abilities]
    links = _links(rows, _records(kept, "CFAssociations"), identifiers, document)
    package = {**kept, "CFDocument": document, "CFItems": items, "CFAssociations": links}
    return f"{json.dumps(package, ensure_ascii=False, indent=1)}\n".encode()


def _identifier(framework: FrameworkRow, row: AbilityRow) -> str:
    kept = row.outside.get("case", {})
    return text_of(kept, "identifier") or _last(text_of(kept, "uri")) or _made(f"{framework.slug}/{row.code}")


def _made(name: str) -> str:
    return str(uuid5(NAMESPACE_URL, f"talentgap:{name}"))


def _named(identifier: str) -> Json:
    return {"identifier": identifier, "uri": f"urn:uuid:{identifier}"}


def _dated(identifier: str) -> Json:
    return _named(identifier) | {"lastChangeDateTime": timezone.now().isoformat(timespec="seconds")}


def _document(row: FrameworkRow, kept: Json) -> Json:
    side = _side(row.language)
    document = kept or _dated(_made(row.slug)) | {"creator": row.publisher or "TalentGap", "language": row.language}
    before = _framework(document)
    said = {"title": _said(before["title"]), "description": _said(before["note"]), "version": before["version"] or "1"}
    wanted = {"title": _in(row.title, side), "description": _in(row.note, side), "version": row.version}
    return document | {name: text for name, text in wanted.items() if text != said[name]}


def _in(texts: Texts, side: str) -> str:
    return texts.zh or texts.en if side == "zh" else texts.en or texts.zh


def _said(texts: Mapping[str, str]) -> str:
    return next(iter(texts.values()), "")


def _item(row: AbilityRow, identifier: str, document: Json) -> Json:
    """The item as it was, with what was changed since; what it cannot say stands in an extension."""
    kept: Json = row.outside.get("case", {})
    item = dict(kept) or _dated(identifier) | {"fullStatement": ""}
    side, stated = _side(text_of(item, "language"), text_of(document, "language")), _stated(row)
    item |= _changes(row, _ability(item, side), side)
    if _without_empty(_ability(item, side)) | {"code": row.code} != stated:
        item["extensions"] = {**item.get("extensions", {}), _EXTENSION: stated}
    return item


def _changes(row: AbilityRow, before: Json, side: str) -> dict[str, str]:
    title, statement, note = _in(row.title, side), _in(row.statement, side), _in(row.note, side)
    told = {name: _said(before[name]) for name in ("title", "statement", "note")}
    changes = {}
    if (title, statement) != (told["title"], told["statement"]):
        changes = {"fullStatement": statement or title} | ({"abbreviatedStatement": title} if statement else {})
    if note != told["note"]:
        changes["notes"] = note
    if not row.outside.get("case"):
        changes["humanCodingScheme"] = row.code
    return changes


def _stated(row: AbilityRow) -> Json:
    return _without_empty(row.model_dump(exclude={"outside", "parent", "row"}))


def _without_empty(values: Json) -> Json:
    plain = {
        name: {side: text for side, text in value.items() if text} if isinstance(value, dict) else value
        for name, value in values.items()
    }
    usual = {"kind": "professional", "horizon": "core"}
    return {name: value for name, value in plain.items() if value and usual.get(name) != value}


def _links(rows: ParsedFramework, kept: list[Json], identifiers: Mapping[str, str], document: Json) -> list[Json]:
    """What was associated before, with the tree as it is now."""
    children: dict[str, list[Json]] = {}
    for link in kept:
        if link.get("associationType") == _CHILD:
            children.setdefault(_node(link, "originNodeURI"), []).append(link)
    gone: set[int] = set()
    made: list[Json] = []
    for place, row in enumerate(rows.abilities, start=1):
        own = identifiers[row.code]
        above = identifiers[row.parent] if row.parent else text_of(document, "identifier")
        before = children.get(own, [])
        stands = any(_node(link, "destinationNodeURI") == above for link in before)
        if stands or not (row.parent or before or not row.outside.get("case")):
            continue  # an item of a package may stand outside its tree
        gone.update(map(id, before))
        made.append(_child_link(own, above, place))
    return [*(link for link in kept if id(link) not in gone), *made]


def _child_link(child: str, area: str, place: int) -> Json:
    ends = {"originNodeURI": _named(child), "destinationNodeURI": _named(area)}
    return _dated(_made(f"{child}/{area}")) | {"associationType": _CHILD, "sequenceNumber": place} | ends


FORMATS = (Format("case", lambda file: file.holds(_is_package), read_case, write_case),)
