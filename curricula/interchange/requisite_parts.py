"""The text of a requisite → names, groups in brackets and the joints between them, whatever they mean."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

NOT_OR = (
    r"\bor\s+(?:better|higher|above|greater|more|equivalent|consent|permission|approval|instructor|by|the equivalent"
    r"|department|graduate|junior|senior|sophomore)\b|或(?:同等|以上|相当|等同)|n/a"
)
_TOKEN = re.compile(
    rf"(?P<none>{NOT_OR})|(?P<open>[(（\[])|(?P<close>[)）\]])|(?P<or>\band/or\b|\bor\b|或者?)|(?P<slash>/)"
    r"|(?P<and>\band\b|并且|且)|(?P<soft>&|\+|和|与|以?及)|(?P<comma>[,，、])|(?P<semi>[;；\n])",
    re.IGNORECASE,
)
_DEEPEST = 12  # brackets within each other


class NotUnderstood(ValueError):
    """Clauses cannot say it: it stays in its words."""


@dataclass(frozen=True)
class Part:
    """A name, a group in brackets or a joint, with its place in the text."""

    kind: str  # name, group, or, slash, and, soft, comma, semi
    start: int
    end: int
    inner: tuple[Part, ...] = ()

    @property
    def joins(self) -> bool:
        return self.kind not in ("name", "group")


@dataclass(frozen=True)
class Joint:
    kind: str
    comma: bool = False  # “, or”


@dataclass(frozen=True)
class Operand:
    """What stands between two joints."""

    parts: tuple[Part, ...]
    first: int  # with the words that say how many are needed
    last: int
    needed: int = 0  # “two of” before it
    closing: int = 0  # “任选两门” behind it

    @property
    def start(self) -> int:
        return self.parts[0].start

    @property
    def end(self) -> int:
        return self.parts[-1].end


@dataclass(frozen=True)
class Level:
    """Operands with joints between them, none of them in brackets of its own."""

    operands: tuple[Operand, ...]
    joints: tuple[Joint, ...]

    def cut(self, places: Sequence[int]) -> list[Level]:
        """The levels between these joints."""
        firsts, lasts = [0, *(place + 1 for place in places)], [*places, len(self.joints)]
        pairs = zip(firsts, lasts, strict=True)
        return [Level(self.operands[first : last + 1], self.joints[first:last]) for first, last in pairs]

    def places(self, *kinds: str) -> list[int]:
        return [place for place, joint in enumerate(self.joints) if joint.kind in kinds]

    def has(self, *kinds: str) -> bool:
        return bool(self.places(*kinds))

    def with_joints(self, kind: str, places: Sequence[int]) -> Level:
        joints = (Joint(kind) if place in places else joint for place, joint in enumerate(self.joints))
        return replace(self, joints=tuple(joints))


def parts_of(text: str) -> tuple[Part, ...]:
    """Raises NotUnderstood where brackets do not close."""
    levels: list[tuple[int, list[Part]]] = [(0, [])]
    last = 0
    for token in _TOKEN.finditer(text):
        kind = token.lastgroup or ""
        if kind == "none":
            continue
        levels[-1][1].extend(name_in(text, last, token.start()))
        last = token.end()
        if kind == "open":
            levels.append((token.start(), []))
        elif kind == "close":
            start, inner = levels.pop()
            if not levels:
                raise NotUnderstood
            levels[-1][1].append(Part("group", start, last, tuple(inner)))
        else:
            levels[-1][1].append(Part(kind, token.start(), last))
        if len(levels) > _DEEPEST:
            raise NotUnderstood
    if len(levels) > 1:
        raise NotUnderstood
    return (*levels[0][1], *name_in(text, last, len(text)))


def name_in(text: str, start: int, end: int) -> Iterator[Part]:
    if bare := text[start:end].strip():
        first = text.index(bare, start)
        yield Part("name", first, first + len(bare))


def between_listed(level: Level) -> list[int]:
    """All joints, but for those of “A/B” within a list."""
    return [place for place, joint in enumerate(level.joints) if joint.kind != "slash"] or level.places("slash")


def edge_of_choice(level: Level) -> int | None:
    """The joint before “two of …”, or behind “… 任选两门”, where something else stands beside it."""
    for place in range(len(level.joints)):
        if level.operands[place + 1].needed or level.operands[place].closing:
            return place
    return None


def with_lists(level: Level) -> Level:
    """Commas say what the next joint says: “A, B or C”."""
    joints: list[Joint] = []
    said = next(joint for joint in reversed(level.joints) if joint.kind not in ("comma", "slash"))
    for joint in reversed(level.joints):
        said = joint if joint.kind not in ("comma", "slash") else said
        joints.append(Joint(said.kind) if joint.kind == "comma" else joint)
    return replace(level, joints=tuple(reversed(joints)))


def apart_at_commas(parts: Sequence[Part], text: str) -> Iterator[Part]:
    """“A，B、C任选一门”: beside “、” another comma parts what binds apart."""
    listed = any(part.kind == "comma" and text[part.start] == "、" for part in parts)
    for part, following in zip(parts, (*parts[1:], None), strict=True):
        alone = part.kind == "comma" and text[part.start] != "、" and not (following and following.joins)
        yield replace(part, kind="semi") if listed and alone else part


def merged(joint: Joint, kind: str) -> Joint:
    if kind == "end" or kind == joint.kind:
        return joint
    if "semi" in (joint.kind, kind):
        return Joint("semi")
    if joint.kind != "comma" and kind != "comma":
        raise NotUnderstood
    return Joint(kind if joint.kind == "comma" else joint.kind, comma=joint.kind == "comma")
