"""What pages and exports read of frameworks and demand: nouns, each with a constant number of queries."""

from .abilities import AbilityEvidence, SourceCount, ability_evidence
from .demand import (
    AskedAbility,
    DemandSummary,
    PostingPage,
    abilities_asked,
    demand_sources_summary,
    posting_page,
    postings_of,
)
from .frameworks import (
    AreaNode,
    FrameworkSummary,
    areas_below,
    certification_table,
    framework_leaves,
    framework_summaries,
    framework_tree,
    leaf_abilities,
    position_requirements,
)

__all__ = [
    "AbilityEvidence",
    "AreaNode",
    "AskedAbility",
    "DemandSummary",
    "FrameworkSummary",
    "PostingPage",
    "SourceCount",
    "abilities_asked",
    "ability_evidence",
    "areas_below",
    "certification_table",
    "demand_sources_summary",
    "framework_leaves",
    "framework_summaries",
    "framework_tree",
    "leaf_abilities",
    "position_requirements",
    "posting_page",
    "postings_of",
]
