"""A graduation requirement (毕业要求) is attained as far as its weakest indicator point (指标点): the minimum, named.

Sheets name points by their numbers: 3.1 and 3.2 are the points of requirement 3. A sheet that names an ability of a
framework whose codes are such numbers names a point too. Direct evidence only; small groups were left out before.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from curricula.analysis.attainment import MET, NOT_MET, OPEN, WeakestPoint, weakest_point

from .attained import MARKS, NOTHING, SHARE, Pooled, Shown, over_courses, shown

_POINT: Final = re.compile(
    r"(?:毕业要求|指标点|指标|GR)?\s{0,3}([1-9]\d?)[.．-](\d{1,2}(?:[.．-]\d{1,2})?)(?![\d.．-])", re.I
)


@dataclass(frozen=True)
class PointAttained:
    point: str  # like 3.1
    shown: Shown

    @property
    def courses(self) -> tuple[str, ...]:
        return tuple(dict.fromkeys(part.course for part in self.shown.parts))


@dataclass(frozen=True)
class RequirementAttained:
    requirement: str  # like 3
    points: tuple[PointAttained, ...]  # that a sheet names, in their order
    weakest: WeakestPoint | None  # of the points with a value; None where none has one

    @property
    def valued(self) -> tuple[PointAttained, ...]:
        return tuple(each for each in self.points if each.shown.value is not None)

    @property
    def lowest(self) -> PointAttained | None:
        return next((each for each in self.points if self.weakest and each.point == self.weakest.name), None)

    @property
    def shown(self) -> Shown:
        """What the weakest point shows."""
        return self.lowest.shown if self.lowest else NOTHING

    @property
    def courses(self) -> tuple[str, ...]:
        return self.lowest.courses if self.lowest else ()

    @property
    def verdict(self) -> str:
        """One point that is not met is enough; met only where every point is. "" where a point says neither."""
        said = [each.shown.verdict for each in self.points]
        for word in (NOT_MET, "", OPEN):
            if word in said:
                return word
        return MET


def point_of(indicator: str) -> tuple[str, str] | None:
    """The requirement and the point that an indicator names, or None.

    >>> point_of("3.1"), point_of("指标点 3-2 能够分析"), point_of("GR10.1"), point_of("MK.3")
    (('3', '3.1'), ('3', '3.2'), ('10', '10.1'), None)
    """
    match = _POINT.match(indicator.strip())
    if match is None:
        return None
    return match[1], f"{match[1]}.{re.sub(r'[．-]', '.', match[2])}"


def requirements_attained(parts: Iterable[Pooled], names: Mapping[str, str]) -> tuple[RequirementAttained, ...]:
    """Every requirement of which sheets name points. `names` gives the code of an ability that an indicator names."""
    by_point: defaultdict[str, defaultdict[str, list[Pooled]]] = defaultdict(lambda: defaultdict(list))
    for part in parts:
        if found := point_of(names.get(part.indicator, part.indicator)):
            requirement, point = found
            by_point[requirement][point].append(part)
    return tuple(_requirement(each, by_point[each]) for each in sorted(by_point, key=int))


def _requirement(requirement: str, by_point: Mapping[str, Sequence[Pooled]]) -> RequirementAttained:
    """On the scale on which more of its points have a value, in marks where both have as many."""
    ordered = sorted(by_point, key=lambda point: [int(part) for part in point.split(".")])
    found = {
        scale: [PointAttained(each, _point(by_point[each], scale)) for each in ordered] for scale in (MARKS, SHARE)
    }
    points = max(found.values(), key=lambda each: sum(point.shown.value is not None for point in each))
    values = {each.point: each.shown.value.value for each in points if each.shown.value is not None}
    students = min((each.shown.students for each in points if each.shown.value is not None), default=0)
    return RequirementAttained(requirement, tuple(points), weakest_point(values, students) if values else None)


def _point(parts: Sequence[Pooled], scale: str) -> Shown:
    """Over the courses that serve the point, each alike: what weight a course has for a point no sheet says."""
    by_course: defaultdict[str, list[Pooled]] = defaultdict(list)
    for part in parts:
        by_course[part.course].append(part)
    found = [each for rows in by_course.values() if (each := shown(rows, scale)).parts]
    return over_courses(found, [0.0] * len(found)) if found else shown((), scale)
