"""docs/validity.md, written from the same numbers that the page of the method shows."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from .outcomes import ANY_UNDER, UNDER

CHECKS = {
    "under:wrong_sign": "`under_…` said, truly enough or more",
    "under:false": "`under_…` said, not true by the margin",
    "under:missed": "`under_…` true, not said",
    "under:missed_unknown": "of the same, because demand is unknown",
    "demand_unknown": "programs in which demand is unknown",
    "aligned:false": "`aligned` said, truly a gap",
    "trend:of_unchanged": "unchanged, said to rise or fall",
    "trend:false": "said to rise or fall, not so",
    "trend:missed": "truly changed, not said",
    "coverage:rate": "95 % intervals of rates that hold the truth",
    "coverage:true_rate": "the same, had the terms found every mention",
    "coverage:change": "95 % intervals of changes that hold the truth",
    "coverage:index": "95 % intervals of the index that hold the truth",
    "band:below": "plans made at random, below the band",
    "band:above": "plans made at random, above the band",
    "band:recognised": "plans that half follow demand, above the band",
    "age:false": "unchanged demand, plan said to be dated or ahead",
}
HEAD = """# What the labels get wrong, and how often

Written by `{command}`; the page of the method (`/method/`) shows the same numbers, from
`curricula/method/validity.json`. {programs} programs of known truth, seeded, were drawn with {abilities} abilities and
{postings} postings, judged by `curricula.analysis.gap.analyse`, and held against their truth
(`tests/simulation/programs.py` draws them, `outcomes.py` says what counts as wrong).

- **independent**: each employer posts once.
- **uneven**: unevenly tagged. The terms of an ability find 80 % of its mentions on average (of some half), and some
  that are none; long postings mention three times as much as short ones. The truth is the demand, not what was found.
- **clustered**: an employer posts 8 times on average and repeats three lines in five from its standing text.
- **heavy**: one employer has a fifth to a half of all postings and repeats four lines in five; others post 3 times.

Half of the abilities follow demand, the others are short, too many, between, or have no hours; a third is required;
three in ten changed within the year. Employers of the two years are different ones, the harder case for a change.
Every rate stands with its 95 % interval, whole programs being the sample, and its cases. A program without such cases
does not count.
"""
COST = """Of the shortfalls that are true, {independent} are missed with independent postings, {uneven} where terms
err, {clustered} where employers repeat themselves and {heavy} where one employer posts a large part. Of the last,
{unknown} of {programs} programs have fewer than 8 effective employers, so that demand is unknown in them: that alone
misses {without} of all shortfalls. The remedy is no other formula but postings of further employers.

Where terms err unevenly, intervals hold what the terms find and not what is asked for: they cover sampling, not
tagging, and so the precision and recall of the terms stand beside demand. Intervals of the index resample employers,
and hold the truth less often than they say where few employers speak: {clustered_index} clustered, where a bound is
set, and {heavy_index} where one employer speaks loudest, where none is, because no resampling of a few voices can
tell what others would have said.

## What is not drawn

Every program is mapped once and truly. What a second rater would say is not simulated, because the method asks for
no model of raters: mapping error is shown on a plan by judging it again with each rater's own mapping ("Does it hold
under other choices?"), and the agreement of raters with its interval decides whether findings are *provisional*. With
one rater the report says that agreement is unknown, and no rate of this page speaks of it. Errors of tagging are drawn
(*uneven*), errors of mapping are not.
"""


def document(told: dict[str, Any]) -> str:
    """The whole page in Markdown."""
    numbers = {name: ", ".join(f"{value:,}" for value in told[name]) for name in ("abilities", "postings")}
    head = HEAD.format(command=told["command"], programs=f"{sum(told['programs'].values()):,}", **numbers)
    parts = [head, "## What is held against a bound, and what stands beside it\n", _checks(told), _not_held(told)]
    return "\n".join([*parts, "## What repetition costs\n", _cost(told), "## Word by word\n", _labels(told)])


def _checks(told: dict[str, Any]) -> str:
    bounds = {bound["what"]: _bound(bound) for bound in told["bounds"]}
    rows = ([title, bounds.get(what, ""), *_rates(told, what)] for what, title in CHECKS.items())
    return _table(["how often", "bound", *told["designs"]], rows)


def _bound(bound: dict[str, Any]) -> str:
    ends = [f"≥ {bound['least']:.0%}"] * (bound["least"] > 0) + [f"≤ {bound['most']:.0%}"] * (bound["most"] < 1)
    return ", ".join(ends)


def _not_held(told: dict[str, Any]) -> str:
    broken = [bound for bound in told["bounds"] if not bound["held"]]
    lines = [
        f"- {CHECKS[bound['what']]}, {bound['design']}: {_value(bound)}, bound {_bound(bound)}"
        + (f". Why: {bound['why']}." if bound["why"] else ".")
        for bound in broken
    ]
    return "\n".join([*(["Not held:", "", *lines] if lines else ["All bounds are held."]), ""])


def _value(bound: dict[str, Any]) -> str:
    return "no case" if bound["value"] is None else f"{bound['value']:.1%}"


def _cost(told: dict[str, Any]) -> str:
    """Honesty about repeating employers is paid for in misses: how many."""
    missed = {design: _part(told, design, "under:missed") for design in told["designs"]}
    unknown = told["designs"]["heavy"]["demand_unknown"]
    return COST.format(
        **{design: f"{part:.0%}" for design, part in missed.items()},
        clustered_index=f"{_part(told, 'clustered', 'coverage:index'):.0%}",
        heavy_index=f"{_part(told, 'heavy', 'coverage:index'):.0%}",
        unknown=unknown["hits"],
        programs=unknown["cases"],
        without=f"{_part(told, 'heavy', 'under:missed_unknown'):.0%}",
    )


def _part(told: dict[str, Any], design: str, what: str) -> float:
    found = told["designs"][design][what]
    return found["hits"] / max(found["cases"], 1)


def _labels(told: dict[str, Any]) -> str:
    """Of each label three lines: false of those said, missed of those true, and left inconclusive of those true."""
    some = next(iter(told["designs"].values()))
    labels = dict.fromkeys(what.split(":")[0] for what in some if what.endswith(":undecided"))
    lines = {"false": "said, not true", "missed": "true, not said", "undecided": "true, left inconclusive"}
    rows = (
        [
            f"`{label}`" if label != ANY_UNDER else f"any of the {len(UNDER)} `under_…`",
            words,
            *_rates(told, f"{label}:{end}"),
        ]
        for label in labels
        for end, words in lines.items()
    )
    return _table(["label", "", *told["designs"]], rows)


def _rates(told: dict[str, Any], what: str) -> list[str]:
    return [_rate(found.get(what, {})) for found in told["designs"].values()]


def _rate(found: dict[str, Any]) -> str:
    if not found.get("cases"):
        return "–"
    interval = f" ({found['low']:.1%}–{found['high']:.1%})" if "low" in found else ""
    return f"{found['hits'] / found['cases']:.1%}{interval} of {found['cases']:,}"


def _table(head: list[str], rows: Iterator[list[str]]) -> str:
    lines = [head, ["---"] * len(head), *rows]
    return "\n".join("| " + " | ".join(cells) + " |" for cells in lines) + "\n"
