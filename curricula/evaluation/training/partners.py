"""The panel of partners: who agreed what, what of it is in place, and who touches which ability."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from typing import Final

from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from curricula.analysis.training.partners import (
    COMMITMENTS,
    Board,
    Given,
    Partner,
    PartnerReading,
    board,
    is_said,
)
from curricula.fields.contribution import CONTRIBUTED
from curricula.fields.partnership import ACTORS
from curricula.models import Action, Competition, Contribution, Partnership, Placement
from curricula.reports.panels import Block, Figure, Listing, Reading, Rule, listing
from curricula.wording import formats, phrases

from .facts import copied
from .gathered import Gathered
from .panel import nothing, panel
from .words import out_of

VERDICTS: Final = {
    "formal_only": ("gap", gettext_lazy("formal only")),
    "partly_in_place": ("part", gettext_lazy("partly in place")),
    "in_place": ("ok", gettext_lazy("in place")),
    "beyond_agreement": ("ok", gettext_lazy("in place without an agreement")),
    "not_recorded": ("na", gettext_lazy("nothing recorded")),
}
COMMITTED: Final = {
    "training": gettext_lazy("training"),
    "assessment": gettext_lazy("talent assessment"),
    "development": gettext_lazy("talent development"),
}


@panel(
    "partners",
    gettext_lazy("Partners"),
    group="conditions",
    papers=("0.5", "0.8", "1.4", "2.7"),
    question=gettext_lazy("Who agreed what, and what of it is in place?"),
    asks=gettext_lazy("This page will show what each actor agreed, what of it is in place, and what each gives."),
    how=(
        gettext_lazy(
            "Each partnership records three commitments: responsibility for training, assessment of talents and their "
            "development, each agreed and in place. A blank says nothing; a word such as “no” or “无” says no."
        ),
        gettext_lazy(
            "All of it is counted whole, so nothing has an interval: a record that is missing is not known to be."
        ),
    ),
)
def partners(gathered: Gathered) -> Reading:
    """The board of actors, the partnerships behind it, and what stands on paper alone."""
    held, given = gathered.of(Partnership), gathered.of(Contribution)
    actions = list(Action.objects.filter(program=gathered.curriculum.program_id).values_list("actor", "state"))
    if not held and not given:
        return nothing(gathered.enter(Partnership), gathered.enter(Contribution))
    found = board(
        _partners(gathered, held),
        [copied(Given, each, courses=tuple(each.courses)) for each in given],
        [(actor, state == Action.State.DONE) for actor, state in actions if state != Action.State.DROPPED],
        served(gathered),
        today=gathered.today,
    )
    block = Block(
        "board",
        figures=tuple(_figures(found)),
        wanted=tuple(map(_wanted, found.formal_only)),
        listings=(_board(found), _listed(gathered, found, held), _touched(gathered, found)),
        rules=_rules(),
        missing=() if held else (gathered.enter(Partnership),),
    )
    return Reading(_sentence(found), (block,))


def served(gathered: Gathered) -> dict[str, list[str]]:
    """Course → abilities that it is mapped to, in the order of the framework."""
    if not gathered.courses:
        return {}
    order = {code: place for place, code in enumerate(gathered.analysis.abilities.index)}
    found: dict[str, list[str]] = defaultdict(list)
    mapped = gathered.analysis.cells
    for course, ability in zip(mapped["course"], mapped["ability"], strict=True):
        found[str(course)].append(str(ability))
    # The order of the whole framework, also where a first course serves a late ability only.
    return {course: sorted(codes, key=order.__getitem__) for course, codes in found.items()}


def _partners(gathered: Gathered, held: list[Partnership]) -> list[Partner]:
    counts = Counter(("competitions", _same(each.organiser)) for each in gathered.of(Competition))
    counts.update(
        ("projects" if each.kind_of == "project" else "placements", _same(each.organisation))
        for each in gathered.of(Placement)
    )
    return [_partner(gathered, each, counts) for each in held]


def _same(name: str) -> str:
    return name.strip().casefold()


def _partner(gathered: Gathered, record: Partnership, counts: Mapping[tuple[str, str], int]) -> Partner:
    name = _same(record.partner)
    return Partner(
        key=record.pk,
        name=record.partner,
        actor=record.actor,
        agreed=frozenset(each for each in COMMITMENTS if is_said(getattr(record, f"{each}_agreed"))),
        in_place=frozenset(each for each in COMMITMENTS if is_said(getattr(record, f"{each}_in_place"))),
        since=record.since or record.signed,
        until=record.until,
        courses=tuple(code for code in record.courses if code in gathered.courses),
        other=tuple(code for code in record.courses if code not in gathered.courses),
        **{each: counts.get((each, name), 0) for each in ("competitions", "projects", "placements")},
    )


def _sentence(found: Board) -> str:
    formal = len(found.formal_only)
    said = []
    if formal:
        words = ngettext(
            "%(count)s of %(of)s partnerships in force is formal only: agreed, and nothing of it in place.",
            "%(count)s of %(of)s partnerships in force are formal only: agreed, and nothing of it in place.",
            formal,
        )
        said.append(words % {"count": formal, "of": len(found.current)})
    elif found.current:
        said.append(_("No partnership is formal only: wherever something is agreed, some of it is in place."))
    else:
        said.append(_("No partnership is in force."))
    if found.absent:
        said.append(_("Not there at all: %(actors)s.") % {"actors": phrases.in_a_row(map(_actor, found.absent))})
    return phrases.sentences(*said)


def _figures(found: Board) -> Iterator[Figure]:
    agreed, kept = (sum(getattr(row, name) for row in found.actors) for name in ("agreed", "in_place"))
    unsaid = sum(each.verdict == "not_recorded" for each in found.current)
    here, none = "#partners", "" if found.current else _("no partnership is in force")
    recorded = _("of %(n)s recorded") % {"n": len(found.partners)}
    yield Figure("partners", _("Partnerships in force"), len(found.current), note=recorded, href=here)
    formal = Figure("formal_only", _("Formal only"), len(found.formal_only), href=here)
    otherwise = ("na", _("unknown")) if none else ("ok", _("none"))
    tone, word = VERDICTS["formal_only"] if found.formal_only else otherwise
    said = _("something agreed, nothing in place")
    yield replace(formal, note=said, tone=tone, verdict=str(word)).unless(none)
    note = _("of %(count)s agreed, counted over partnerships that have not ended") % {"count": agreed}
    commitments = Figure("commitments", _("Commitments in place"), kept, note=note)
    yield commitments.unless("" if agreed else _("no partnership says what was agreed"))
    yield Figure("unsaid", _("Partnerships without a word on what was agreed"), unsaid, href=here)
    yield Figure("touched", _("Abilities that somebody outside touches"), len(_outside(found)), href="#touched")


def _outside(found: Board) -> dict[str, tuple[str, ...]]:
    return {code: who for code, actors in found.touched.items() if (who := tuple(a for a in actors if a != "school"))}


def _wanted(reading: PartnerReading) -> str:
    words = _("%(partner)s: put in place what was agreed on %(what)s.")
    what = phrases.in_a_row(str(COMMITTED[each]) for each in reading.open_commitments)
    return words % {"partner": reading.partner.name, "what": what}


def _actor(code: str) -> str:
    return str(ACTORS.known[code][0]) if code in ACTORS.known else _("actor not recorded")


def _board(found: Board) -> Listing:
    of_agreed = _("Commitments in place, of those agreed")
    return listing(
        "board",
        _("The board of actors"),
        found.actors,
        (
            ("actor", _("Actor"), "text", lambda row: capfirst(_actor(row.actor))),
            ("partners", _("Partnerships in force"), "count", lambda row: row.partners),
            ("in_place", of_agreed, "text", lambda row: _of(row.in_place, row.agreed)),
            ("contributions", _("Contributions"), "count", lambda row: row.contributions),
            ("given", _("What was given"), "text", lambda row: _types(row.by_type)),
            ("money", _("Amounts"), "text", lambda row: _money(row.money)),
            ("actions", _("Actions done, of all"), "text", lambda row: _of(row.actions_done, row.actions)),
            ("abilities", _("Abilities touched"), "count", lambda row: len(row.abilities)),
        ),
        notes=(_("Amounts are added within one currency only. A partnership that has ended counts in no sum."),),
    )


def _of(part: int, whole: int) -> str:
    return out_of(part, whole) if whole else formats.MISSING


def _types(by_type: Mapping[str, int]) -> str:
    known = {code: str(label) for code, (label, _words) in CONTRIBUTED.known.items()}
    return phrases.in_a_row(known[code] for code in by_type if code in known) or formats.MISSING


def _money(money: Mapping[str, float]) -> str:
    said = (f"{formats.number(amount)} {currency}".strip() for currency, amount in money.items())
    return phrases.in_a_row(said) or formats.MISSING


def _listed(gathered: Gathered, found: Board, held: list[Partnership]) -> Listing:
    order = {"formal_only": 0, "partly_in_place": 1, "not_recorded": 2, "in_place": 3, "beyond_agreement": 4}
    addresses = {record.pk: record.get_absolute_url() for record in held}
    return listing(
        "partners",
        _("Partnerships"),
        sorted(found.partners, key=lambda each: (order[each.verdict], each.partner.name)),
        (
            ("partner", _("Partner"), "text", lambda each: each.partner.name),
            ("actor", _("Actor"), "text", lambda each: _actor(each.partner.actor)),
            ("verdict", _("Agreed and in place"), "text", lambda each: str(VERDICTS[each.verdict][1])),
            *((name, capfirst(str(COMMITTED[name])), "text", _commitment(name)) for name in COMMITMENTS),
            ("until", _("In force"), "text", _in_force),
            ("brings", _("What it brings"), "text", lambda each: _brings(gathered, each.partner)),
            ("abilities", _("Abilities"), "count", lambda each: len(each.abilities)),
        ),
        href=lambda each: addresses[each.partner.key],
    )


def _commitment(name: str) -> Callable[[PartnerReading], str]:
    words = {
        (True, True): _("agreed, in place"),
        (True, False): _("agreed, not in place"),
        (False, True): _("in place, not agreed"),
        (False, False): formats.MISSING,
    }
    return lambda each: words[name in each.partner.agreed, name in each.partner.in_place]


def _in_force(reading: PartnerReading) -> str:
    if reading.in_force is None:
        return _("no day recorded")
    return _("yes") if reading.in_force else _("has ended")


def _brings(gathered: Gathered, partner: Partner) -> str:
    found = [*map(gathered.names.course, partner.courses), *partner.other]
    counted = (
        (partner.competitions, _("competitions: %(n)s")),
        (partner.projects, _("projects: %(n)s")),
        (partner.placements, _("placements: %(n)s")),
    )
    found += [words % {"n": count} for count, words in counted if count]
    return phrases.in_a_row(found) or formats.MISSING


def _touched(gathered: Gathered, found: Board) -> Listing:
    outside = _outside(found)
    return listing(
        "touched",
        _("Who touches which ability"),
        outside,
        (
            ("ability", _("Ability"), "text", gathered.names.ability),
            ("actors", _("Who touches it"), "text", lambda code: phrases.in_a_row(map(_actor, outside[code]))),
        ),
        href=gathered.ability_page,
        notes=(_("An actor touches an ability through the courses that its partnerships and contributions name."),),
    )


def _rules() -> tuple[Rule, ...]:
    formal = _("Formal only: one of the three commitments at least is agreed, and none is in place.")
    actors = _("Government, school, enterprise and society; paper 001 adds the industry's bodies.")
    return (Rule(formal, "000 §III", "paper"), Rule(actors, "000 §V.B; 001 §4.2", "paper"))
