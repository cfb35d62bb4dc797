"""The contradiction in time: the year whose demand the plan is most like, or what is missing to say it."""

from __future__ import annotations

from collections.abc import Sequence

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from competencies.analysis import UndefinedMeasure
from competencies.analysis.effective import LEAST_EMPLOYERS
from competencies.analysis.frames import MIN_POSTINGS
from curricula.analysis.measures.lag import LEAST_PERIODS, CurriculumLag, YearOfDemand
from curricula.analysis.training.readings import because
from curricula.reports.panels import Block, Figure, Listing, Missing, Rule, listing
from curricula.wording.training import reason

from .gathered import Gathered
from .postings import lag_of, posting_counts, years_behind
from .words import untold


def time_block(gathered: Gathered) -> Block:
    """The lag with its years; without it the years that there are, how like them the plan is, and what is missing."""
    if not posting_counts(gathered).total:
        return _untold(reason(because("no_postings_at_all")), ())
    if gathered.analysis.unfinished:
        return _untold(reason(because("mapping_unfinished")), ())
    years = years_behind(gathered)
    if (lacking := _lacking(years)) > 0:
        why = because("lag_too_few_years", needed=MIN_POSTINGS, years=LEAST_PERIODS - lacking)
        return _untold(reason(why), years, wanted=(_wanted(lacking),))
    try:
        return _told(lag_of(gathered), years)
    except UndefinedMeasure:
        return _untold(reason(because("lag_no_change")), years)


def _lacking(years: Sequence[YearOfDemand]) -> int:
    return LEAST_PERIODS - sum(not each.unknown for each in years)


def _wanted(lacking: int) -> str:
    said = ngettext(
        "%(count)s more year of at least %(postings)s postings for the positions of the plan.",
        "%(count)s more years of at least %(postings)s postings for the positions of the plan.",
        lacking,
    )
    return said % {"count": lacking, "postings": MIN_POSTINGS}


def _rule() -> Rule:
    text = _(
        "The year whose demand the plan is most like, of at least three years of 93 postings; a finding only where "
        "the newest year is not among those that are best in 19 of 20 draws."
    )
    return Rule(text, "001 §3.1", "method")


def _untold(why: str, years: Sequence[YearOfDemand], *, wanted: tuple[str, ...] = ()) -> Block:
    text, page = _("Add postings of further years to the sources of the plan."), f"{reverse('import')}?kind=postings"
    return untold(
        "time",
        _("In time"),
        Figure("lag", _("Years behind the newest demand"), None, "number", why),
        wanted=wanted,
        listings=(_listing(years),) if years else (),
        rules=(_rule(),),
        missing=(Missing("", text, page, _("Import")),),
    )


def _told(found: CurriculumLag, years: Sequence[YearOfDemand]) -> Block:
    likely = "–".join(dict.fromkeys(str(year) for year in (found.likely[0], found.likely[-1])))
    note = _("most like the demand of %(best)s; years that may be the closest: %(likely)s")
    said = note % {"best": found.best, "likely": likely}
    tone, verdict = ("gap", _("dated")) if found.is_finding else ("ok", _("no lag shown"))
    label = _("Years behind the newest demand")
    figure = Figure("lag", label, found.lag_years, "count", said, "#years", tone, verdict)
    return Block(
        "time",
        _("In time"),
        tone=tone,
        verdict=verdict,
        figures=(figure,),
        listings=(_listing(years),),
        rules=(_rule(),),
    )


def _listing(years: Sequence[YearOfDemand]) -> Listing:
    why = {
        "too_few_postings": _("fewer than %(count)s postings") % {"count": MIN_POSTINGS},
        "too_few_employers": _("fewer than %(count)s effective employers") % {"count": LEAST_EMPLOYERS},
    }
    return listing(
        "years",
        _("The plan and the demand of each year"),
        years,
        (
            ("year", _("Twelve months up to"), "text", lambda each: str(each.year)),
            ("postings", _("Postings for its positions"), "count", lambda each: each.postings),
            ("index", _("Index with the plan"), "index", lambda each: each.index),
            ("unknown", _("Why not known"), "text", lambda each: why.get(each.unknown)),
        ),
        notes=(_("An index of one year with another says nothing of a lag: years of unequal size are not alike."),),
    )
