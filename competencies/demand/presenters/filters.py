"""What all pages on a framework's demand share: what was chosen, what may be chosen, and whose figures they are."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Final, cast

import pandas as pd
from django.db.models import Count, Q, QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from competencies.demand.places import place_of, place_title
from competencies.demand.queries.posting_frames import EXPERIENCE, PAY, DemandChoice
from competencies.demand.queries.postings_chosen import in_band
from competencies.demand.queries.readable import ReadableDemand
from competencies.models import DemandSource, Framework, Posting, in_reader_language
from competencies.wording import TERMS_PRECISION, TERMS_UNMEASURED

REGIONS_OFFERED = 40
FILTERS: Final = {
    "education": (gettext_lazy("Education"), gettext_lazy("any education")),
    "experience": (gettext_lazy("Experience"), gettext_lazy("any experience")),
    "pay": (gettext_lazy("Lowest pay"), gettext_lazy("any pay")),
}


@dataclass(frozen=True)
class Option:
    """One value of a filter, with how many postings have it."""

    value: str
    title: str
    postings: int


@dataclass(frozen=True)
class Filter:
    name: str  # in an address
    title: str
    every: str  # what choosing none is called
    chosen: str
    options: list[Option]


@dataclass(frozen=True)
class DemandHead:
    demand: ReadableDemand
    choice: DemandChoice
    positions: list[Option]
    regions: list[Option]
    others: list[Filter]  # education, experience and pay, where the postings say any
    sources: list[Option]
    notes: list[DemandSource]  # the sources that the figures come from

    @property
    def terms_precision(self) -> str:
        """How often the framework's search words find what they mean, as far as it was measured."""
        return str(TERMS_PRECISION.get(self.demand.framework.slug, TERMS_UNMEASURED))

    @property
    def sample(self) -> bool:
        return any(source.sample for source in self.notes)


def demand_head(demand: ReadableDemand, choice: DemandChoice) -> DemandHead:
    sources = demand.of(DemandSource.Kind.POSTINGS)
    postings: QuerySet[Any] = demand.postings.order_by()
    by_source, by_position = (
        dict(postings.values_list(name).annotate(n=Count("pk"))) for name in ("source", "position")
    )
    positions = demand.framework.positions.order_by("order", "code")
    return DemandHead(
        demand=demand,
        choice=choice,
        positions=[Option(each.code, each.title, by_position.get(each.pk, 0)) for each in positions],
        regions=_regions(postings, choice.region),
        others=list(_others(postings, choice)),
        sources=[Option(source.slug, str(source), by_source.get(source.pk, 0)) for source in sources],
        notes=[source for source in sources if choice.source in ("", source.slug)],
    )


def _regions(postings: QuerySet[Any], chosen: str) -> list[Option]:
    """The regions that most postings name; the chosen one is among them however rare it is."""
    counted: Counter[str] = Counter()
    for region, n in postings.exclude(region="").values_list("region").annotate(n=Count("pk")):
        counted[place_of(region)] += n
    offered = sorted(counted, key=lambda place: (-counted[place], place))[:REGIONS_OFFERED]
    offered += [chosen] if chosen in counted and chosen not in offered else []
    return [Option(place, place_title(place), counted[place]) for place in offered]


def _others(postings: QuerySet[Any], choice: DemandChoice) -> Iterator[Filter]:
    """Counted in one query; a filter that no posting says anything for is not offered."""
    titles = {
        "education": {str(value): str(label) for value, label in Posting.Education.choices},
        "experience": {key: _years(*band) for key, band in EXPERIENCE.items()},
        "pay": {key: _pay(*band) for key, band in PAY.items()},
    }
    fits = {f"education_{value}": Q(education=value) for value in titles["education"]}
    fits |= {f"experience_{key}": in_band("years_low", EXPERIENCE, key) for key in EXPERIENCE}
    fits |= {f"pay_{key}": in_band("salary_low", PAY, key) for key in PAY}
    counts = postings.aggregate(**{name: Count("pk", filter=fit) for name, fit in fits.items()})
    for name, (title, every) in FILTERS.items():
        options = [Option(key, words, counts[f"{name}_{key}"]) for key, words in titles[name].items()]
        offered = [option for option in options if option.postings or option.value == getattr(choice, name)]
        if any(option.postings for option in options):
            yield Filter(name, str(title), str(every), getattr(choice, name), offered)


def _years(low: float, high: float) -> str:
    if not low:
        return _("no experience asked for")
    if math.isinf(high):
        return ngettext("from %(low)s year", "from %(low)s years", 1 if low == 1 else 2) % {"low": f"{low:g}"}
    return _("from %(low)s to under %(high)s years") % {"low": f"{low:g}", "high": f"{high:g}"}


def _pay(low: float, high: float) -> str:
    if math.isinf(high):
        return _("from %(low)s a month") % {"low": f"{low:,g}"}
    return _("from %(low)s to under %(high)s a month") % {"low": f"{low:,g}", "high": f"{high:,g}"}


def ability_titles(framework: Framework) -> dict[str, str]:
    rows = framework.abilities.values_list("code", "title_en", "title_zh")
    return {code: in_reader_language(en, zh) or code for code, en, zh in rows}


def postings_address(framework: Framework, choice: DemandChoice, **more: str) -> str:
    """Where the postings behind a figure are listed."""
    return reverse("demand-postings", args=[framework.slug]) + choice.query(**more)


def rows_of(table: pd.DataFrame) -> Iterator[tuple[str, dict[str, Any]]]:
    """Each ability's code with its columns, in the order of the table."""
    return iter(cast("dict[str, dict[str, Any]]", table.to_dict("index")).items())
