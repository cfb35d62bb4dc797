"""The rules of METHOD.md once more, one ability and one posting at a time: slow, obvious, and sharing no code."""

from __future__ import annotations

import math
from datetime import date
from statistics import NormalDist, median

from scipy.stats import beta, binom, t

from curricula.analysis.frames import CurriculumFrames, Policy

LEVELS = ["", "I", "D", "A"]
TINY = 1e-12


def twin(frames: CurriculumFrames, policy: Policy) -> dict[str, dict[str, object]]:
    """For each ability its shares, counts, statuses, trend and label."""
    kinds = frames.abilities.get("kind", dict.fromkeys(frames.abilities.index, "professional"))
    rows: dict[str, dict] = {ability: {"kind": kinds[ability]} for ability in frames.abilities.index}
    _teach(rows, frames, policy)
    _require(rows, frames)
    counts = _count(rows, frames)
    for row in rows.values():
        sides = (row["exposed"], row["weight"], row["k"] or 0)
        row["counted"] = any(side > 0 for side in sides)
        row["known"] = row["k"] is not None and _told(counts["recent"], policy)
    for kind in ("exposed", "practised"):
        _judge(rows, kind, counts, policy)
    _trend(rows, counts, policy)
    for row in rows.values():
        row["label"] = _label(row, rows, frames, counts["n"], policy)
    return rows


def _teach(rows, frames, policy):  # noqa: C901 one line a rule
    for row in rows.values():
        row |= {"taught": 0.0, "practised": 0.0, "assessed": 0.0, "unsplit": 0.0, "assumed": 0.0, "levels": []}
        row |= {"open": False, "doubtful": False}
    any_practice = any(not math.isnan(value) for value in frames.hours[["simulation", "operation"]].to_numpy().ravel())
    everything = reached = by_open = 0.0
    for course in frames.courses.index:
        cells = [cell for cell in frames.mappings.to_dict("records") if cell["course"] == course]
        stated = sum(cell["share"] for cell in cells if not math.isnan(cell["share"]))
        missing = sum(math.isnan(cell["share"]) for cell in cells)
        hours = frames.hours.loc[course].to_dict()
        total = frames.courses["total_hours"][course] if "total_hours" in frames.courses else math.nan
        unstated = all(math.isnan(value) for value in hours.values()) and math.isnan(total)
        no_end = math.isnan(total) and not any_practice
        hours = {mode: 0.0 if math.isnan(value) else value for mode, value in hours.items()}
        theory, practice = hours["theory"], hours["simulation"] + hours["operation"]
        if policy.demonstration_is_practice:
            practice += hours["demonstration"]
        else:
            theory += hours["demonstration"]
        unsplit = 0.0 if math.isnan(total) else max(0.0, total - sum(hours.values()))
        everything += theory + practice + unsplit
        for cell in cells:
            share = (1 - stated) / missing if math.isnan(cell["share"]) else cell["share"]
            row = rows[cell["ability"]]
            row["taught"] += share * theory
            row["practised"] += share * practice
            row["assessed"] += share * hours["assessment"]
            row["unsplit"] += share * unsplit
            row["assumed"] += share * (theory + practice + unsplit) * math.isnan(cell["share"])
            row["open"] = row["open"] or (no_end and share > 0)
            row["doubtful"] = row["doubtful"] or ((no_end or unsplit > 0) and share > 0)
            reached += share * (theory + practice + unsplit)
            by_open += share * (theory + practice + unsplit) * no_end
            row["levels"].append(cell["level"])
            row["silent"] = row.get("silent", False) or (unstated and share > 0)
    for row in rows.values():
        row["exposed"] = row["taught"] + row["practised"] + row["unsplit"]
        row["mostly_assumed"] = row["assumed"] > row["exposed"] / 2 + TINY
        row["unmapped"] = 1 - reached / everything if everything else None
        row["reached"] = max(row["levels"], key=LEVELS.index, default="")
        row["silent"] = row.get("silent", False) and row["exposed"] == 0
    for kind in ("taught", "practised", "exposed"):
        total = sum(row[kind] for row in rows.values())
        for row in rows.values():
            row[f"{kind}_share"] = row[kind] / total if total else None
            row[f"{kind}_total"] = total
    practised = sum(row["practised"] for row in rows.values())
    for row in rows.values():
        row["practised_most"] = None
        if by_open > reached / 2 or not practised:
            row["practised_share"] = None
        elif not row["open"]:
            row["practised_most"] = (row["practised"] + row["unsplit"]) / (practised + row["unsplit"])


def _require(rows, frames):
    for row in rows.values():
        row["weight"], row["level"], row["stated"] = 0.0, "", ""
    for item in frames.requirements.to_dict("records"):
        if not frames.prepares_for or item["position"] in frames.prepares_for:
            row = rows[item["ability"]]
            row["weight"] += item["weight"]
            row["level"] = max(row["level"], item["level"], key=LEVELS.index)
            if not item.get("level_assumed", False):
                row["stated"] = max(row["stated"], item["level"], key=LEVELS.index)
    total = sum(row["weight"] for row in rows.values())
    for row in rows.values():
        row["required_share"] = row["weight"] / total if total else 0.0


def _count(rows, frames):
    counts: dict = {"n": 0, "now": [], "before": []}
    postings = frames.demand.postings.reset_index().to_dict("records") if frames.demand is not None else []
    for ability, row in rows.items():
        searchable = bool(postings) and ability in frames.demand.searchable
        row |= dict.fromkeys(("k", "now", "old"), 0 if searchable else None)
    mentioned: dict[str, set[str]] = {}
    for mention in frames.demand.mentions.to_dict("records") if postings else []:
        if rows.get(mention["ability"], {}).get("k") is not None:
            mentioned.setdefault(mention["posting"], set()).add(mention["ability"])
    days = [posting["counted_on"].date() for posting in postings]
    recent = []
    for posting, day in zip(postings, days, strict=True):
        if frames.prepares_for and posting["position"] not in frames.prepares_for:
            continue
        said = mentioned.get(posting["posting"], set())
        if day > _years_before(max(days), 1):
            counts["n"] += 1
            recent.append((posting["employer"], said))
            _add(rows, said, "k")
            if posting["dated"]:
                counts["now"].append((posting["employer"], said))
                _add(rows, said, "now")
        elif day > _years_before(max(days), 2) and posting["dated"]:
            counts["before"].append((posting["employer"], said))
            _add(rows, said, "old")
    counts["recent"] = recent
    _worth(rows, recent, "k")
    counts["mentions"] = sum(row["k"] or 0 for row in rows.values())
    return counts


def _add(rows, said, name):
    for ability in said:
        rows[ability][name] += 1


def _years_before(day: date, years: int) -> date:
    if (day.month, day.day) == (2, 29):
        day = day.replace(day=28)
    return day.replace(year=day.year - years)


def _employers(recent):
    """How many postings each employer has; a posting without one is an employer of its own."""
    sizes: dict[object, int] = {}
    for place, (employer, _said) in enumerate(recent):
        name = employer if isinstance(employer, str) else place
        sizes[name] = sizes.get(name, 0) + 1
    return sizes


def _effective_employers(recent):
    sizes = _employers(recent)
    return len(recent) ** 2 / sum(size**2 for size in sizes.values()) if sizes else 0.0


def _told(recent, policy):
    """Whether demand is known: postings enough, of employers enough."""
    return len(recent) >= policy.min_postings and _effective_employers(recent) >= 8


def _worth(rows, recent, name):
    """n* of each ability in these postings, under `<name>*`; None with one employer."""
    n, employers = len(recent), len(_employers(recent))
    effects = {}
    for ability, row in rows.items():
        by_employer: dict[object, float] = {}
        squares = 0.0
        for place, (employer, said) in enumerate(recent):
            residual = (ability in said) - (row[name] or 0) / n
            key = employer if isinstance(employer, str) else place
            by_employer[key] = by_employer.get(key, 0.0) + residual
            squares += residual**2
        between = sum(value**2 for value in by_employer.values())
        factor = (n - 1) / n * employers / (employers - 1) if employers > 1 else 1.0
        effects[ability] = max(1.0, factor * between / squares) if squares > TINY else 1.0
    told = [effects[ability] for ability, row in rows.items() if (row[name] or 0) >= 5]
    fewer = 1.0
    if (kish := _effective_employers(recent)) > 1:
        fewer = (t.ppf(0.975, n - 1) / t.ppf(0.975, kish - 1)) ** 2
    for ability, row in rows.items():
        effect = effects[ability]
        if told and (row[name] or 0) < 5:
            effect = max(effect, median(told))
        row[f"{name}*"] = min(n, n / effect * fewer) if employers != 1 else None
        row["effect"] = effect if name == "k" else row["effect"]


def _judge(rows, kind, counts, policy):
    """Statuses of one kind, with its own family for the false-discovery rate."""
    judged = [row for row in rows.values() if row["known"] and row[f"{kind}_share"] is not None and counts["mentions"]]
    tested = [row for row in judged if row["counted"]]
    p = []
    for row in tested:
        n = row["k*"]
        rate = min(1.0, row[f"{kind}_share"] * counts["mentions"] / counts["n"])
        p.append(_midp(row["k"] / counts["n"] * n, n, rate))
    sure = {id(row): value <= policy.fdr for row, value in zip(tested, _adjusted(p), strict=True)}
    for row in rows.values():
        row[f"{kind}_status"] = "unknown"
    for row in judged:
        if kind == "exposed" or not row["open"]:
            row[f"{kind}_status"] = _status(row, kind, sure.get(id(row), False), counts, policy)


def _status(row, kind, sure, counts, policy):
    share, hours, scale = row[f"{kind}_share"], row[f"{kind}_total"], counts["n"] / counts["mentions"]
    demand = row["k"] / counts["mentions"]
    most = row["practised_most"] if kind == "practised" else share
    if sure and _short(share, demand, hours, policy) and _short(most, demand, hours, policy):
        return "below"
    if sure and _excess(share, demand, hours, policy):
        return "above"
    ends = [end * scale for end in _wilson(row["k"] / counts["n"] * row["k*"], row["k*"], 0.90)]
    shares = {share, most}
    if any(_short(x, end, hours, policy) or _excess(x, end, hours, policy) for end in ends for x in shares):
        return "unsure"
    return "within"


def _short(share, demand, hours, policy):
    margin = max(policy.least_hours / hours, min(demand - demand / policy.ratio, policy.cap))
    return demand - share >= margin - TINY


def _excess(share, demand, hours, policy):
    margin = max(policy.least_hours / hours, min(policy.ratio * demand - demand, policy.cap))
    return share - demand >= margin - TINY


def _wilson(k, n, level):
    z = NormalDist().inv_cdf((1 + level) / 2)
    middle = (k + z * z / 2) / (n + z * z)
    half = z / (n + z * z) * math.sqrt(k * (n - k) / n + z * z / 4)
    return max(0.0, middle - half), min(1.0, middle + half)


def _midp(k, n, rate):
    """Twice the smaller of two tails that each hold half of k itself; beta tails where k is not whole."""
    if k == int(k) and n == int(n):
        upper = sum(binom.pmf(j, n, rate) for j in range(int(k) + 1, int(n) + 1)) + binom.pmf(k, n, rate) / 2
    else:
        at_least = 1.0 if k == 0 else beta.cdf(rate, k, n - k + 1)
        above = 0.0 if k == n else beta.cdf(rate, k + 1, n - k)
        upper = (at_least + above) / 2
    return max(0.0, min(1.0, 2 * min(upper, 1 - upper)))


def _adjusted(p):
    """Benjamini–Hochberg, from the largest p-value down."""
    adjusted, least = [1.0] * len(p), 1.0
    for rank, place in reversed(list(enumerate(sorted(range(len(p)), key=p.__getitem__), start=1))):
        least = min(least, p[place] * len(p) / rank)
        adjusted[place] = least
    return adjusted


def _trend(rows, counts, policy):
    now, before = counts["now"], counts["before"]
    for row in rows.values():
        row["trend"] = "unknown"
    if not (_told(now, policy) and _told(before, policy)):
        return
    _worth(rows, now, "now")
    _worth(rows, before, "old")
    tested, p = [], []
    for row in rows.values():
        if row["k"] is not None:
            row["rate"], row["rate_before"] = row["now"] / len(now), row["old"] / len(before)
            if row["now"] + row["old"] >= 5:
                tested.append(row)
    for row in tested:
        n, m = row["now*"], row["old*"]
        pooled = (row["rate"] * n + row["rate_before"] * m) / (n + m)
        spread = math.sqrt(pooled * (1 - pooled) * (1 / n + 1 / m)) if 0 < pooled < 1 else 0.0
        z = abs(row["rate"] - row["rate_before"]) / spread if spread else 0.0
        p.append(2 * NormalDist().cdf(-z))
    for row, value in zip(tested, _adjusted(p), strict=True):
        row["trend"] = "steady"
        if value <= policy.fdr and row["rate"] != row["rate_before"]:
            row["trend"] = "rising" if row["rate"] > row["rate_before"] else "falling"


def _label(row, rows, frames, n, policy):  # noqa: C901 one line a rule, as in the table
    low, high = _wilson(row["k"] / n * row["k*"], row["k*"], 0.95) if row["known"] else (0.0, 1.0)
    required, chosen = row["weight"] > 0, bool(frames.prepares_for)
    wanted = (required and chosen) or low > policy.demand_floor
    seldom = high < policy.demand_floor
    exposed = row["exposed"] > 0
    absent = not exposed and not row["silent"]
    level = row["stated"] if chosen else ""
    met = LEVELS.index(row["reached"]) >= LEVELS.index(level)
    e, p = row["exposed_status"], row["practised_status"]
    sized = row["kind"] == "professional" or policy.social_by_size
    if wanted and not row["levels"] and not frames.signed_off:
        return "mapping_missing"
    if not frames.signed_off and row["unmapped"] is not None and row["unmapped"] > 0.25:
        return "no_finding"
    if absent and row["trend"] == "rising" and row["rate"] >= 2 * row["rate_before"] - TINY and low > 0.01:
        return "untaught_emerging"
    if absent and wanted:
        return "untaught"
    if absent and seldom:
        return "outside"
    if row["taught"] > 0 and row["practised"] == 0 and wanted:
        return "practice_unstated" if row["open"] or row["unsplit"] > 0 else "theory_without_practice"
    halved = row["trend"] == "falling" and row["rate"] <= row["rate_before"] / 2 + TINY
    if exposed and not required and seldom and halved:
        return "obsolete_candidate"
    if exposed and sized and "below" in (e, p):
        both = e == p == "below"
        return "under_taught_and_practised" if both else "under_taught" if e == "below" else "under_practised"
    if exposed and not met and row["reached"] != "":
        return "level_below"
    least = policy.least_hours / sum(other["exposed"] for other in rows.values()) if exposed else 0.0
    beyond = exposed and row["exposed_share"] - row["required_share"] >= least - TINY
    if exposed and sized and e == "above" and beyond and row["k"] / n <= 0.5:
        return "over_taught"
    if exposed and sized and e == p == "within" and met and not row["mostly_assumed"]:
        return "aligned"
    if exposed and met and (not sized or (not row["known"] and required)):
        return "covered"
    findable = row["k"] is not None or all(other["k"] is None for other in rows.values())
    if not exposed:
        return "inconclusive" if absent and findable else "no_finding"
    unsure = "unsure" in (e, p) or row["mostly_assumed"] or (p == "unknown" and row["doubtful"])
    return "inconclusive" if sized and (unsure if row["known"] else findable) else "no_finding"
