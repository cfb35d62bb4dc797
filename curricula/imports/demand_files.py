"""Job postings, employer surveys and official figures on their way into a source of demand."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date
from hashlib import sha256
from typing import Any, ClassVar, Final

from django.template.defaultfilters import floatformat, truncatechars
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from competencies.demand.actions.figures import save_figures
from competencies.demand.actions.filling import search_again
from competencies.demand.actions.postings import save_postings
from competencies.demand.actions.sources import SourceFacts, codes_by_name
from competencies.demand.actions.surveys import save_survey
from competencies.demand.presenters.filters import ability_titles
from competencies.demand.readers import figures, posting_columns, survey_columns
from competencies.demand.readers.figures import ParsedFigures, read_figures
from competencies.demand.readers.postings import ParsedPostings, read_postings
from competencies.demand.readers.surveys import ParsedSurvey, read_survey
from competencies.models import DemandSource, Posting, PostingMention
from competencies.permissions import COLLECT
from competencies.saving.outcome import Counts, Outcome, PostingsOutcome
from competencies.saving.undoing import Rows
from competencies.tabular.recognised import RecognisedFile
from curricula.models import ImportRun, PendingImport, School
from curricula.wording import formats

from .actions import replace_source
from .flow import Fact, Found, ImportKind, Scope, read_by
from .forms import FiguresUploadForm, PostingsUploadForm, SurveyUploadForm, in_its_language
from .source_ownership import expect_own_source, expect_owner, owner_of
from .tables import Column, Table

MEANINGS: Final = {
    "title": gettext_lazy("title"),
    "text": gettext_lazy("text"),
    "employer": gettext_lazy("employer"),
    "region": gettext_lazy("region"),
    "published": gettext_lazy("day of publication"),
    "salary": gettext_lazy("salary"),
    "education": gettext_lazy("education"),
    "experience": gettext_lazy("experience"),
    "salary_low": gettext_lazy("lowest salary"),
    "salary_high": gettext_lazy("highest salary"),
    "pay_period": gettext_lazy("what the salary is paid for: a year, a month, an hour"),
    "skills": gettext_lazy("labels of skills"),
    "respondent": gettext_lazy("respondent"),
    "ability": gettext_lazy("ability"),
    "importance": gettext_lazy("importance"),
    "competence": gettext_lazy("competence"),
    "kind": gettext_lazy("openings or graduates"),
    "number": gettext_lazy("number"),
    "openings": gettext_lazy("openings"),
    "graduates": gettext_lazy("graduates"),
    "position": gettext_lazy("position"),
    "period": gettext_lazy("period"),
    "from": gettext_lazy("first day"),
    "to": gettext_lazy("last day"),
    "citation": gettext_lazy("citation"),
}


SOURCE_FACTS: Final = ("title_en", "title_zh", "region", "licence", "covers", "note", "collected")
# What else a posting holds is found in these by the program, or by a person.
_FOUND: Final = ("source", "fingerprint", "sketch", "position", "position_corrected", "vocabulary_version")
_WORDS: Final = ("title", "text")
POSTING_FACTS: Final = tuple(each.name for each in Posting._meta.concrete_fields if each.name not in _FOUND)


class DemandFile(ImportKind):
    """A file of one table whose rows go into a source of demand."""

    rows: ClassVar[Any]  # what they are called
    page: ClassVar[str]  # of a framework, where they are shown
    save_rows: ClassVar[Callable[..., Outcome]]  # parsed, facts=…, dry_run=…

    def may_start(self, user: Any) -> bool:
        return user.has_perm(COLLECT)

    def expect_allowed(self, pending: PendingImport) -> None:
        expect_owner(pending)
        expect_own_source(pending.user, pending.target)

    def school(self, pending: PendingImport) -> School | None:
        return owner_of(pending)

    def stands_on(self, pending: PendingImport) -> Sequence[Any]:
        return DemandSource.objects.filter(slug=pending.target).values_list("pk", "changed").first() or ()

    def scope(self, pending: PendingImport) -> Scope | None:
        source = DemandSource.objects.select_for_update(of=("self",), no_key=True).filter(slug=pending.target).first()
        if source is None:
            return None
        facts = Rows(DemandSource.objects.filter(pk=source.pk), names=SOURCE_FACTS)
        return Scope((facts, self.rows_in(source)), school=source.owner, source=source)

    def rows_in(self, source: DemandSource) -> Rows:
        raise NotImplementedError

    def undone(self, run: ImportRun) -> None:
        DemandSource.objects.get(pk=run.source_id).save()  # moves the date that figures kept from before ask for

    def save(self, pending: PendingImport, parsed: Any, *, dry_run: bool) -> Outcome:
        if pending.options.get("replace"):
            replace_source(pending.target, by=pending.user)
        outcome = self.save_rows(parsed, facts=_facts(pending), dry_run=dry_run)
        if outcome.saved:
            _name_source(pending)
        return outcome

    def held(self, count: int) -> str:
        raise NotImplementedError

    def verdict(self, pending: PendingImport, parsed: Any) -> str:
        count = len(parsed.rows)
        words = {"name": pending.name, "source": pending.target, "rows": self.held(count)}
        words["rows"] %= {"n": formats.count(count)}
        return _("“%(name)s” holds %(rows)s for the source %(source)s.") % words

    def place(self, pending: PendingImport, outcome: Any) -> str:
        source = DemandSource.objects.filter(slug=pending.target).first()
        return _("the source %(source)s") % {"source": source or pending.target}

    def counts(self, outcome: Outcome) -> Sequence[tuple[str, Counts]]:
        return ((str(self.rows), Counts(outcome.created, outcome.changed, outcome.unchanged, outcome.removed)),)

    def facts(self, found: Found) -> Sequence[Fact]:
        return (
            (_("Rows read"), formats.count(found.parsed.rows_read)),
            (_("Identical rows set aside"), formats.count(found.outcome.duplicates)),
        )

    def tables(self, pending: PendingImport, parsed: Any) -> Sequence[Table]:
        return (Table(self.code, str(self.rows), parsed.rows, self.table_columns(pending)),)

    def table_columns(self, pending: PendingImport) -> Sequence[Column]:
        raise NotImplementedError

    def next_page(self, pending: PendingImport, outcome: Any) -> str:
        return f"{reverse(self.page, args=[pending.chosen_framework.slug])}?source={pending.target}"


class PostingsFile(DemandFile):
    code = "postings"
    parts = (PostingMention,)
    title = gettext_lazy("Job postings")
    rows = gettext_lazy("Postings")
    save_rows = staticmethod(save_postings)
    form = PostingsUploadForm

    def reading(self, pending: PendingImport) -> Callable[[], ParsedPostings]:
        return read_by(read_postings, pending, today=_facts(pending).collected)

    def meanings(self, pending: PendingImport) -> Sequence[tuple[str, Any]]:
        return _called(posting_columns.ALIASES)

    def held(self, count: int) -> str:
        return ngettext("%(n)s posting", "%(n)s postings", count)

    def verdict(self, pending: PendingImport, parsed: Any) -> str:
        told = super().verdict(pending, parsed)
        held = Posting.objects.filter(source__in=DemandSource.objects.filter(slug=pending.target))
        if not pending.options.get("replace") or not held.exists():
            return told
        corrected = held.filter(position_corrected=True).count()
        words = {"n": formats.count(held.count()), "corrected": formats.count(corrected)}
        goes = _(
            "What the source holds now goes into the bin: postings %(n)s, of these with a position that a person "
            "corrected %(corrected)s."
        )
        return f"{told} {goes % words}"

    def facts(self, found: Found) -> Sequence[Fact]:
        outcome = found.outcome
        return (
            *super().facts(found),
            (_("Nearly identical, kept and marked"), formats.count(outcome.near_duplicates)),
            (_("Without a date"), formats.count(outcome.undated)),
            (_("New ones with a position found"), formats.count(outcome.with_position)),
            (_("Mentions of abilities in new ones"), formats.count(outcome.mentions)),
        )

    def cautions(self, outcome: PostingsOutcome) -> Sequence[str]:
        undated = _("Postings without a date count on the day of collection and feed no trend.")
        unfound = _(
            "No term of the framework was found in these postings. Is it the right framework, and the right column "
            "of text?"
        )
        said = ((outcome.undated, undated), (outcome.created and not outcome.mentions, unfound))
        return [text for holds, text in said if holds]

    def table_columns(self, pending: PendingImport) -> Sequence[Column]:
        return (
            Column(_("Title"), lambda row: truncatechars(row.title, 80)),
            Column(_("Employer"), lambda row: truncatechars(row.employer, 40), labelled=True),
            Column(_("Region"), lambda row: truncatechars(row.region, 40), labelled=True),
            Column(_("Published"), lambda row: str(row.published or ""), "nowrap", labelled=True),
            Column(_("Education"), lambda row: dict(Posting.Education.choices).get(row.education, ""), labelled=True),
            Column(_("Experience"), lambda row: "–".join(str(year) for year in row.years if year is not None)),
            Column(_("Salary"), lambda row: truncatechars(row.salary, 30), "nowrap"),
            Column(_("Text"), lambda row: truncatechars(row.text, 140), "wide small soft"),
        )

    def next_page(self, pending: PendingImport, outcome: Any) -> str:
        return reverse("source-judges", args=[pending.target])

    def rows_in(self, source: DemandSource) -> Rows:
        return Rows(source.postings.all(), names=POSTING_FACTS, filled=_WORDS)

    def undone(self, run: ImportRun) -> None:
        assert run.source is not None  # as its scope says  # noqa: S101
        changed = (row for row in run.changes["changed"] if row["fields"].keys() & set(_WORDS))
        search_again(run.source, [row["pk"] for row in changed])
        super().undone(run)


class SurveyFile(DemandFile):
    code = "survey"
    title = gettext_lazy("Employer survey")
    rows = gettext_lazy("Answers")
    save_rows = staticmethod(save_survey)
    form = SurveyUploadForm
    page = "demand-needs"

    def reading(self, pending: PendingImport) -> Callable[[], ParsedSurvey]:
        low_and_high = pending.options.get("scale")
        known = codes_by_name(pending.chosen_framework.abilities)
        return read_by(read_survey, pending, abilities=known, scale=tuple(low_and_high) if low_and_high else None)

    def held(self, count: int) -> str:
        return ngettext("%(n)s answer", "%(n)s answers", count)

    def facts(self, found: Found) -> Sequence[Fact]:
        parsed = found.parsed
        scale = " – ".join(floatformat(end, "-1") for end in parsed.scale)
        return (
            *super().facts(found),
            (_("Respondents"), formats.count(parsed.respondents)),
            (_("Scale"), f"{scale} {_('assumed')}" if parsed.scale_assumed else scale),
        )

    def meanings(self, pending: PendingImport) -> Sequence[tuple[str, Any]]:
        """A field, or where a column holds the ratings of one ability, the rating and the ability."""
        titles = ability_titles(pending.chosen_framework)
        rated = [
            (f"{rating}: {code}", _("%(rating)s: %(ability)s") % {"rating": MEANINGS[rating], "ability": title})
            for rating in survey_columns.RATINGS
            for code, title in titles.items()
        ]
        return [*_called(name for name in survey_columns.ALIASES if name != "employer"), *rated]

    def columns_key(self, pending: PendingImport, found: RecognisedFile) -> str:
        """Abilities of two frameworks may have the same codes."""
        return sha256(f"{found.columns_key} {pending.framework_id}".encode()).hexdigest() if found.columns_key else ""

    def table_columns(self, pending: PendingImport) -> Sequence[Column]:
        titles = ability_titles(pending.chosen_framework)
        return (
            Column(_("Respondent"), lambda row: row.respondent),
            Column(_("Ability"), lambda row: titles[row.ability]),
            Column(_("Importance"), lambda row: formats.show(row.importance, "hours"), "num", labelled=True),
            Column(_("Competence"), lambda row: formats.show(row.competence, "hours"), "num", labelled=True),
        )

    def rows_in(self, source: DemandSource) -> Rows:
        return Rows(source.answers.all())


class FiguresFile(DemandFile):
    code = "figures"
    title = gettext_lazy("Official figures")
    rows = title
    save_rows = staticmethod(save_figures)
    form = FiguresUploadForm
    page = "demand-figures"

    def rows_in(self, source: DemandSource) -> Rows:
        return Rows(source.figures.all())

    def reading(self, pending: PendingImport) -> Callable[[], ParsedFigures]:
        return read_by(read_figures, pending, positions=codes_by_name(pending.chosen_framework.positions))

    def meanings(self, pending: PendingImport) -> Sequence[tuple[str, Any]]:
        return _called(figures.ALIASES)

    def vocabularies(self) -> Mapping[str, Sequence[tuple[str, Any]]]:
        return {"kind": _called(figures.KINDS)}

    def held(self, count: int) -> str:
        return ngettext("%(n)s figure", "%(n)s figures", count)

    def table_columns(self, pending: PendingImport) -> Sequence[Column]:
        titles = {position.code: position.title for position in pending.chosen_framework.positions.all()}
        return (
            Column(_("Period"), lambda row: f"{row.first} – {row.last}", "nowrap"),
            Column(_("Kind"), lambda row: MEANINGS[row.kind]),
            Column(_("Position"), lambda row: titles.get(row.position) or _("whole field")),
            Column(_("Region"), lambda row: row.region),
            Column(_("Number"), lambda row: formats.count(row.number), "num", labelled=True),
            Column(_("Citation"), lambda row: row.citation, "wide soft small"),
        )


def _called(names: Iterable[str]) -> list[tuple[str, Any]]:
    return [(name, MEANINGS[name]) for name in names]


def _facts(pending: PendingImport) -> SourceFacts:
    stated = pending.options
    return SourceFacts(
        slug=pending.target,
        framework=pending.chosen_framework,
        collected=date.fromisoformat(stated["collected"]),
        owner=owner_of(pending),
        **{name: stated.get(name, "") for name in ("region", "licence", "covers", "note")},
    )


def _name_source(pending: PendingImport) -> None:
    """A title that was typed names the source; none leaves the title it has."""
    source = DemandSource.objects.get(slug=pending.target)
    for field, title in in_its_language(pending.options["title"]).items():
        if title and getattr(source, field) != title:
            setattr(source, field, title)
            source.save()
