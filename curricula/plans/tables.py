"""The lists of a plan: each declares its columns."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any
from urllib.parse import quote

from django.utils.functional import lazy
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.text import Truncator, capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from competencies.listing import ListColumn, ListTable, MomentColumn, TemplateCell, linked, local_day, note, tag
from curricula.fields.course import COURSE
from curricula.fields.declaration import Place
from curricula.fields.values import NameList
from curricula.links import PlanTable
from curricula.models import HOUR_FIELDS, Curriculum, person_name
from curricula.plans.filters import ALL
from curricula.plans.plan_records import choices_among
from curricula.plans.presenters.prerequisites import MEASURES, CourseLine
from curricula.reports import svg_marks
from curricula.reports.evidence import rests_on_words
from curricula.reports.gap_report import AbilityLine, PositionLine
from curricula.wording import formats, phrases
from curricula.wording.facts import said

mode_title = lazy(phrases.mode_text, str)


def number_column(title: Any, name: str, *then: str, **options: Any) -> ListColumn:
    """A column of numbers of which the largest are asked for first; `then` decides between equal ones."""
    settings = {"show": formats.hours} | options
    return ListColumn(title, accessor=name, order_by=(f"-{name}", *then), css="num", most_first=True, **settings)


def stated_column(title: Any, name: str) -> ListColumn:
    """What a plan states, with the digits that it has."""
    return number_column(title, name, "code", show=formats.number)


def _total(name: str) -> Callable[[Any], str]:
    return lambda table: formats.show(table.totals[name], "hours")


def _required(each: Any) -> str:
    if isinstance(each, str):
        return each
    return format_html("{}", each.requires.code) if each.requires else note(each.external)


def _optional_columns(chosen: str) -> Iterator[tuple[str, ListColumn]]:
    """The declared columns that a reader may choose, or all of them."""
    for field in COURSE.at(Place.LIST):
        if chosen in (ALL[0], field.name):
            ordered = not isinstance(field.value, NameList)
            yield field.name, ListColumn(capfirst(field.label), orderable=ordered, show=said, css="small")


class CourseTable(PlanTable):
    """`also` names an optional column, or all of them."""

    code = ListColumn(gettext_lazy("Course"), order_by="code")
    title = ListColumn(gettext_lazy("Title"), order_by=("title_en", "title_zh"), visible=False)
    credits = stated_column(gettext_lazy("Credits"), "credits")
    term = ListColumn(gettext_lazy("Term"), order_by=("term", "order"), css="num")
    total_hours = stated_column(gettext_lazy("Total hours"), "total_hours")
    theory, demonstration, simulation, operation, assessment = (
        stated_column(mode_title(mode), mode) for mode in HOUR_FIELDS
    )
    requires = ListColumn(
        gettext_lazy("Prerequisites"), accessor="prerequisites__all", orderable=False, css="small beside"
    )
    mappings = number_column(gettext_lazy("Abilities"), "mapping_count", "code")

    unsorted = gettext_lazy("As in the plan")
    empty_text = gettext_lazy("No course matches.")

    class Meta:
        attrs = {"class": "data blocks plan"}

    def __init__(self, courses: Any, curriculum: Curriculum, *, also: str = "") -> None:
        super().__init__(courses, curriculum, extra_columns=list(_optional_columns(also)))

    def render_code(self, record: Any) -> SafeString:
        group = record.module or record.course_type
        rest = format_html('<br><span class="soft small">{}</span>', group) if group else ""
        return linked(self.curriculum.page("course", record.pk), f"{record.code} {record.title}", rest)

    def render_credits(self, record: Any) -> str:
        return formats.span(record.credits, record.credits_max)

    def render_term(self, record: Any) -> str:
        return formats.span(record.term, record.term_last)

    def render_total_hours(self, value: float, record: Any) -> SafeString:
        return format_html("{}{}", formats.number(value), note(_("assumed")) if record.hours_assumed else "")

    def render_requires(self, value: Any) -> str:
        said = (
            format_html_join("", "{}", ((_required(each),) for each in choice.said()))
            for choice in choices_among(value)
        )
        return format_html_join(", ", "{}", ((each,) for each in said)) or formats.MISSING


class RemovedCourseTable(PlanTable):
    """What can be brought back."""

    code = ListColumn(gettext_lazy("Course"), orderable=False)
    removed_at = MomentColumn(gettext_lazy("Removed"))
    removed_by = ListColumn(gettext_lazy("By"), orderable=False, show=person_name)
    kept_until = ListColumn(gettext_lazy("Kept until"), css="nowrap", show=local_day, orderable=False)
    restore = TemplateCell(
        "", template_name="curricula/plans/_restore_course.html", css="wide", orderable=False, accessor="pk"
    )

    unsorted = gettext_lazy("Newest first")
    empty_text = gettext_lazy("No course was removed in the last 30 days.")

    def render_code(self, record: Any) -> str:
        return str(record)


class AbilityTable(PlanTable):
    """The abilities of a report; `scale` is that of their share rows."""

    title = ListColumn(gettext_lazy("Ability"), order_by="title__casefold")
    gap = ListColumn(gettext_lazy("Difference"), order_by="-gap_size", most_first=True, visible=False)
    shares = ListColumn(
        gettext_lazy("Share of hours and of mentions"),
        accessor="code",
        orderable=False,
        css="plot wide",
        footer=lambda table: svg_marks.share_axis_svg(table.scale),
    )
    taught = number_column(gettext_lazy("Theory h"), "taught_hours")
    practised = number_column(gettext_lazy("Practice h"), "practised_hours")
    assessed = number_column(gettext_lazy("Assessed h"), "assessed_hours")
    demand = ListColumn(
        gettext_lazy("Postings"), accessor="demand_mentions", order_by="-demand_rate", css="num", most_first=True
    )
    label = ListColumn(gettext_lazy("Finding"), accessor="label_text", orderable=False, css="wide")

    unsorted = gettext_lazy("Most urgent first")

    class Meta:
        attrs = {"class": "data blocks rows"}

    def __init__(self, lines: Sequence[AbilityLine], curriculum: Curriculum, *, scale: svg_marks.Scale) -> None:
        self.scale = scale
        super().__init__(list(lines), curriculum)

    def render_title(self, value: str, record: AbilityLine) -> SafeString:
        return linked(self.curriculum.page("curriculum-ability", record.code), value)

    def render_shares(self, record: AbilityLine) -> SafeString:
        return svg_marks.share_row_of(record, self.scale)

    def render_demand(self, value: int, record: AbilityLine) -> SafeString | str:
        href = self.curriculum.page("postings", ability=record.code)
        return linked(href, formats.count(value)) if value else formats.count(value)

    def render_label(self, value: str, record: AbilityLine) -> SafeString:
        provisional = tag(_("provisional"), "na") if record.provisional else ""
        rests_on = format_html('<br><span class="soft small">{}</span>', rests_on_words([record]))
        return format_html("{}{}{}", tag(value, record.tone), provisional, rests_on)


class PositionTable(PlanTable):
    """How ready a plan makes for each position; `chosen`: the plan says which it prepares for."""

    title = ListColumn(gettext_lazy("Position"), order_by="title__casefold")
    bars = ListColumn(
        gettext_lazy("Taught (above), practised (below)"), accessor="code", orderable=False, css="bars wide"
    )
    required = number_column(gettext_lazy("Required"), "required")
    taught = number_column(gettext_lazy("Taught"), "taught")
    practised = number_column(gettext_lazy("Practised"), "practised")
    unstated = number_column(gettext_lazy("Practice not stated"), "unstated")
    assessed = number_column(gettext_lazy("Assessed"), "assessed")

    def __init__(self, lines: Sequence[PositionLine], curriculum: Curriculum, *, chosen: bool) -> None:
        self.chosen = chosen
        left_out = () if any(line.unstated for line in lines) else ("unstated",)
        super().__init__(sorted(lines, key=lambda line: not line.prepared), curriculum, exclude=left_out)

    def render_title(self, value: str, record: PositionLine) -> SafeString:
        prepared = tag(_("prepared for")) if self.chosen and record.prepared else ""
        return linked(self.curriculum.page("curriculum-position", record.code), value, prepared)

    def render_bars(self, record: PositionLine) -> SafeString:
        taught, practised = (round(100 * n / (record.required or 1)) for n in (record.taught, record.practised))
        return format_html('<span class="track" style="--t:{}%;--p:{}%"></span>', taught, practised)


class PostingTable(ListTable):
    """The postings that demand counts; `ability` is the code of the one that they were asked for, or nothing."""

    title = ListColumn(gettext_lazy("Posting"), empty_values=())
    employer = ListColumn(gettext_lazy("Employer"))
    published = ListColumn(
        gettext_lazy("Published"), css="nowrap", empty_values=(), most_first=True, order_by="-published"
    )
    position = ListColumn(gettext_lazy("Position"), order_by="position__order")
    words = ListColumn(
        gettext_lazy("Words found"), accessor="terms_found", orderable=False, css="wide soft small", empty_values=()
    )

    unsorted = gettext_lazy("Newest first")

    def __init__(self, postings: Any, *, ability: str, own: Mapping[int, Sequence[str]]) -> None:
        self.ability, self.own = ability, own
        super().__init__(postings)

    def render_words(self, value: Sequence[str], record: Any) -> SafeString:
        own = self.own.get(record.pk, ())
        said = phrases.in_a_row([*value, *own])
        return format_html("{} {}", said, tag(_("by a word of the school's own"))) if own else format_html("{}", said)

    def render_title(self, value: str, record: Any) -> SafeString:
        query = f"?ability={quote(self.ability, safe='')}" if self.ability else ""
        return linked(record.get_absolute_url() + query, value or Truncator(record.text).chars(80))

    def render_published(self, value: Any) -> str:
        return value.isoformat() if value else _("undated")


class HistoryTable(ListTable):
    """What was changed; its lines come page by page, in the order of time."""

    when = MomentColumn(gettext_lazy("When"))
    who = ListColumn(gettext_lazy("Who"), empty_values=())
    what = ListColumn(gettext_lazy("What"), accessor="kind")
    entries = TemplateCell(
        gettext_lazy("Which, and before → after"), template_name="curricula/plans/_changes.html", css="wide"
    )

    class Meta:
        attrs = {"class": "data blocks history"}
        orderable = False

    def render_who(self, value: str) -> str:
        return value or _("command line")

    def render_what(self, record: Any) -> SafeString:
        words = _("%(what)s %(done)s") % {"what": record.kind, "done": record.action}
        count = format_html(' <span class="soft">({})</span>', formats.count(record.count)) if record.count > 1 else ""
        return format_html("{}{}", words, count)


class PrerequisiteTable(ListTable):
    """What hangs on each course; `totals` are the sums of the whole plan."""

    course = ListColumn(
        gettext_lazy("Course"), accessor="name", order_by="code", footer=gettext_lazy("The whole plan")
    )
    term = ListColumn(gettext_lazy("Term"), order_by="place", css="num")
    needs = TemplateCell(
        gettext_lazy("Requires"),
        accessor="choices",
        template_name="curricula/_needs.html",
        css="wide",
        orderable=False,
        extra_context=lambda value: {"needs": value},
    )
    blocking, delay, centrality, complexity = (
        number_column(title, f"measures__{name}", "code", footer=_total(name)) for name, title in MEASURES.items()
    )

    unsorted = gettext_lazy("As in the plan")

    def __init__(self, lines: Sequence[CourseLine], *, totals: Mapping[str, int | None]) -> None:
        self.totals = totals
        super().__init__(list(lines))

    def render_course(self, value: str, record: CourseLine) -> SafeString:
        return linked(record.href, value, tag(_("longest chain"), "na") if record.critical else "")
