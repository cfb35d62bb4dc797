"""What home says of each plan, and what happened since somebody was last here."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cached_property
from typing import Any, Final

from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from competencies.models import in_reader_language
from curricula.evaluation.plan_figures import stamps_of
from curricula.evaluation.reports import figures_made_with
from curricula.home_blocks import HomeBlock, blocks_for
from curricula.models import Curriculum, Decision, PlanFigures, person_name
from curricula.queries import schools_read_by
from curricula.rules import roles_of
from curricula.wording import formats
from curricula.wording.phrases import headed, in_a_row

from .next_steps import NextStep, Situation, next_step
from .queries import (
    OpenActions,
    course_counts,
    decisions_since,
    gap_changes_since,
    last_decisions,
    mappings_since,
    newest_years,
    open_actions,
    these,
)

PLANS_A_PAGE: Final = 12
FIRST_VISIT_TELLS: Final = timedelta(days=14)
LISTED: Final = 12


@dataclass(frozen=True)
class PlanLine:
    """One plan: what was found of it, how far it is, and what to do next where the reader may do it."""

    now: Situation
    stale: bool  # never computed, or from an earlier state
    step: NextStep | None

    @property
    def plan(self) -> Curriculum:
        return self.now.plan

    @property
    def figures(self) -> PlanFigures | None:
        """None where they were never computed."""
        return self.now.figures

    @property
    def computable(self) -> bool:
        """Whether an analysis would say something that is not said yet."""
        return self.stale and self.now.mapped > 0

    @property
    def mapped_percent(self) -> int:
        return round(100 * self.now.mapped / self.now.courses) if self.now.courses else 0

    @cached_property
    def sentence(self) -> str:
        return sentence_of(self.figures)

    @cached_property
    def change(self) -> str:
        return change_of(self.figures)

    @cached_property
    def evidence(self) -> str:
        return evidence_of(self.figures)


def figures_of(plan: Curriculum) -> PlanFigures | None:
    """The stored row, which `plans_of` brings along."""
    found: PlanFigures | None = getattr(plan, "figures", None)
    return found


def sentence_of(figures: PlanFigures | None) -> str:
    if figures is None:
        return ""
    return str(figures.sentences.get(get_language() or "") or next(iter(figures.sentences.values()), ""))


def titles_of(abilities: dict[str, dict[str, str]]) -> list[str]:
    return [
        in_reader_language(title.get("en", ""), title.get("zh-hans", "")) or code for code, title in abilities.items()
    ]


def change_of(figures: PlanFigures | None) -> str:
    """Which gaps closed and opened when they last did; "" where they never changed."""
    if figures is None or figures.gaps_changed is None:
        return ""
    parts = []
    for words, abilities in ((_("closed: %(names)s"), figures.closed), (_("new: %(names)s"), figures.opened)):
        if abilities:
            parts.append(words % {"names": in_a_row(titles_of(abilities))})
    return " · ".join(parts)


def evidence_of(figures: PlanFigures | None) -> str:
    """How many postings stand behind it, and from when."""
    if figures is None or not figures.postings or not (figures.evidence_first and figures.evidence_last):
        return ""
    postings = ngettext("%(count)s posting", "%(count)s postings", figures.postings)
    period = formats.period(figures.evidence_first, figures.evidence_last)
    return " · ".join((postings % {"count": formats.count(figures.postings)}, period))


def is_stale(figures: PlanFigures | None, stamp: str) -> bool:
    return figures is None or figures.stamp != stamp or figures.made_with != figures_made_with()


def plan_lines(plans: Iterable[Curriculum], user: Any) -> list[PlanLine]:
    """In the given order; a constant number of queries."""
    plans = list(plans)
    stamps, counts, newest = stamps_of(plans), course_counts(plans), newest_years(plans)
    actions, decisions, roles = open_actions(plans), last_decisions(plans), roles_of(user)
    lines = []
    for plan in plans:
        figures, last = figures_of(plan), decisions.get(plan.pk)
        now = Situation(
            plan,
            figures,
            *counts.get(plan.pk, (0, 0)),
            returned=plan.state == Curriculum.State.DRAFT and last is not None and last.kind == Decision.Kind.RETURNED,
            newest=newest[plan.program_id] == plan.year,
            actions=actions.get(plan.program_id, OpenActions()),
        )
        step = next_step(now, roles.get(plan.program.school_id, ""))
        lines.append(PlanLine(now, stale=is_stale(figures, stamps[plan.pk]), step=step))
    return lines


@dataclass(frozen=True)
class Happened:
    """Something that others did, or that came of it."""

    when: datetime
    plan: Curriculum
    page: str
    what: str
    who: str

    @property
    def url(self) -> str:
        return self.plan.page(self.page)


@dataclass(frozen=True)
class HomePage:
    member: bool  # of a school, or visiting one
    lines: list[PlanLine]
    since: datetime | None  # None at the first visit
    happened: list[Happened]
    blocks: list[HomeBlock]


def home_page_for(
    user: Any, plans: QuerySet[Curriculum], lines: Iterable[PlanLine], *, since: datetime | None
) -> HomePage:
    """Of the user's plans; `lines` are those that the page shows."""
    return HomePage(
        member=bool(schools_read_by(user)),
        lines=sorted(lines, key=_usual_place),
        since=since,
        happened=what_happened(plans, since or timezone.now() - FIRST_VISIT_TELLS, but=user) if lines else [],
        blocks=blocks_for(user),
    )


def _usual_place(line: PlanLine) -> tuple[str, str, int]:
    """As `plans_of` has them, in whatever order a table shows them."""
    program = line.plan.program
    return program.school.slug, program.slug, -line.plan.year


def what_happened(plans: QuerySet[Curriculum], moment: datetime, *, but: Any) -> list[Happened]:
    """The newest first."""
    mappings = mappings_since(plans, moment, but=but)
    decisions, changes = decisions_since(plans, moment, but=but), gap_changes_since(plans, moment)
    named = {row["course__curriculum"] for row in mappings}
    named |= {each.curriculum_id for each in decisions} | {each.curriculum_id for each in changes}
    known = {plan.pk: plan for plan in these(named)} if named else {}
    found = [*_mappings(mappings, known), *_decisions(decisions, known), *_changes(changes, known)]
    return sorted(found, key=lambda each: each.when, reverse=True)[:LISTED]


def _mappings(rows: list[dict[str, Any]], known: dict[int, Curriculum]) -> Iterator[Happened]:
    for row in rows:
        number = row["cells"]
        what = ngettext("%(count)s mapping", "%(count)s mappings", number) % {"count": formats.count(number)}
        who = row["history_user__first_name"] or row["history_user__username"] or _("import")
        yield Happened(row["last"], known[row["course__curriculum"]], "history", what, who)


def _decisions(decisions: list[Decision], known: dict[int, Curriculum]) -> Iterator[Happened]:
    for each in decisions:
        who = person_name(each.by) if each.by else ""
        yield Happened(each.created, known[each.curriculum_id], "review", str(each.get_kind_display()), who)


def _changes(changes: list[PlanFigures], known: dict[int, Curriculum]) -> Iterator[Happened]:
    for each in changes:
        if each.gaps_changed is not None:
            what = headed(_("Gaps"), change_of(each))
            yield Happened(each.gaps_changed, known[each.curriculum_id], "abilities", what, "")


def stale_among(plans: Iterable[Curriculum]) -> frozenset[int]:
    """The keys of those whose stored figures are of an earlier state."""
    held = [plan for plan in plans if figures_of(plan)]
    stamps = stamps_of(held)
    return frozenset(plan.pk for plan in held if is_stale(figures_of(plan), stamps[plan.pk]))
