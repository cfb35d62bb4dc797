from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.db.models import Sum

from competencies.analysis.frames import selected
from competencies.analysis.quality import Quality, Wanted, source_quality, what_to_collect
from competencies.demand.queries.posting_frames import DemandChoice, computed_once, posting_frames
from competencies.demand.queries.readable import ReadableDemand
from competencies.models import DemandSource, Posting
from competencies.wording import CONCERNS


@dataclass(frozen=True)
class SourceLine:
    source: DemandSource
    quality: Quality

    @property
    def concerns(self) -> list[str]:
        return [str(CONCERNS[code]) for code in self.quality.concerns]


@dataclass(frozen=True)
class WantedLine:
    title: str
    wanted: Wanted

    @property
    def points(self) -> int:
        """Half the widest interval, in points."""
        return round(100 * self.wanted.margin)


@dataclass(frozen=True)
class QualityPage:
    lines: list[SourceLine]  # sources of postings
    others: list[DemandSource]  # surveys and official figures
    wanted: list[WantedLine]

    @property
    def sample(self) -> bool:
        return any(line.source.sample for line in self.lines) or any(source.sample for source in self.others)


def quality_page(demand: ReadableDemand, *, today: date) -> QualityPage:
    """How far each source can be trusted, and which postings are lacking most."""
    framework, sources = demand.framework, demand.of(DemandSource.Kind.POSTINGS)
    copied = Posting.objects.filter(source__in=sources).order_by().values_list("source")
    copies = dict(copied.annotate(copies=Sum("copies")))
    positions = {position.code: position.title for position in framework.positions.order_by("order", "code")}

    def compute() -> tuple[dict[str, Quality], list[Wanted]]:
        frames = posting_frames(demand)
        qualities = {
            source.slug: source_quality(
                selected(frames, source=source.slug),
                copies=copies.get(source.pk, 0),
                vocabulary=framework.vocabulary_version,
                today=today,
            )
            for source in sources
        }
        return qualities, what_to_collect(frames, list(positions))

    qualities, wanted = computed_once(demand, f"quality-{today}", DemandChoice(), compute)
    return QualityPage(
        lines=[SourceLine(source, qualities[source.slug]) for source in sources],
        others=[source for source in demand.sources if source not in sources],
        wanted=[WantedLine(positions[each.position], each) for each in wanted],
    )
