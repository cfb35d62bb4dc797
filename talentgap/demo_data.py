"""The demo: frameworks, one invented school and invented postings, brought in as a user's own files are."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any, Final

from django.conf import settings
from django.db import transaction

from competencies.demand.actions.figures import save_figures_file
from competencies.demand.actions.postings import save_posting_file
from competencies.demand.actions.sources import SourceFacts
from competencies.demand.actions.surveys import save_survey_file
from competencies.frameworks.actions import save_framework
from competencies.frameworks.formats.talentgap import read_framework
from competencies.models import DemandSource, Framework
from competencies.saving.outcome import Outcome, Progress
from curricula.imports.curriculum_files import read_settings
from curricula.interchange.bundles import read_file
from curricula.models import CourseEquivalence, Curriculum, Program, School
from curricula.plans.actions import link_reference_course
from curricula.plans.settings_actions import save_settings
from curricula.records.outcome import Counts
from curricula.records.saving import import_curriculum

FRAMEWORKS: Final = Path(settings.BASE_DIR) / "fixtures" / "frameworks"
FOLDER: Final = Path(settings.BASE_DIR) / "fixtures" / "demo"

Entry = Mapping[str, Any]  # one record of demo.json


class DemoRefused(ValueError):
    """A file of the demo was refused, or a real school has its name; the message says why."""


@dataclass(frozen=True)
class Done:
    """What came of one part of the demo; `kept` where it was there and was left as its users made it."""

    part: str
    created: int = 0
    changed: int = 0
    unchanged: int = 0
    kept: bool = False

    def __str__(self) -> str:
        if self.kept:
            return f"{self.part}: no change, there already"
        if not self.created and not self.changed:
            return f"{self.part}: no change"
        return f"{self.part}: created {self.created}, changed {self.changed}, unchanged {self.unchanged}"


@dataclass(frozen=True)
class Listener:
    """Who hears of each part when it is done, and how far a long part is."""

    done: Callable[[Done], None]
    progress: Callable[[str], Progress]  # what is counted -> what hears the counts


@transaction.atomic
def load_demo(listener: Listener, *, restore: bool = False) -> School:
    """Load every framework and the demo, whole or not at all.

    Curricula and sources that are there already keep what their users did to them, unless `restore` asks for
    what the files say. Raises DemoRefused.
    """
    file = json.loads((FOLDER / "demo.json").read_text(encoding="utf-8"))
    for path in sorted(FRAMEWORKS.glob("*.json")):
        _load_framework(path, listener)
    loading = _Loading(file, Framework.objects.get(slug=file["framework"]), listener, restore)
    school = loading.school()
    for entry in file["sources"]:
        loading.load_source(entry, school)
    for entry in file["curricula"]:
        loading.load_curriculum(entry, school)
    return school


def _load_framework(path: Path, listener: Listener) -> None:
    outcome = save_framework(read_framework(path), progress=listener.progress(f"rows of {path.name}"))
    _expect_saved(path.name, outcome.refusals)
    changed = outcome.changed + outcome.removed
    listener.done(Done(f"framework {path.stem}", outcome.created, changed, outcome.unchanged))


def _expect_saved(name: str, refusals: Iterable[object]) -> None:
    if told := "\n".join(str(refusal) for refusal in refusals):
        raise DemoRefused(f"{name} was refused:\n{told}")


def _titles(entry: Entry) -> dict[str, str]:
    return {"title_en": entry["title"]["en"], "title_zh": entry["title"]["zh"]}


@dataclass(frozen=True)
class _Loading:
    file: Entry
    framework: Framework
    listener: Listener
    restore: bool

    def school(self) -> School:
        """The school with its programs; the import of a curriculum alone would know their short names only."""
        entry = self.file["school"]
        school, _new = School.objects.get_or_create(
            slug=entry["slug"], defaults={**_titles(entry), "sample": True, "faculty_map_all": True}
        )
        if not school.sample:
            raise DemoRefused(f"the school “{school.slug}” is not sample data: give it another slug to load the demo")
        for program in self.file["programs"]:
            stated = {name: program[name] for name in ("host_major", "degree")}
            Program.objects.get_or_create(school=school, slug=program["slug"], defaults={**_titles(program), **stated})
        return school

    def load_source(self, entry: Entry, school: School) -> None:
        slug, kind = entry["slug"], entry.get("kind", DemandSource.Kind.POSTINGS)
        existing = DemandSource.objects.filter(slug=slug).first()
        if existing is not None and not self.restore:
            self.listener.done(Done(f"{kind} {slug}", kept=True))
            return
        facts = SourceFacts(
            slug=slug,
            framework=self.framework,
            collected=date.fromisoformat(entry["collected"]),
            sample=True,
            owner=school,
            **{name: entry[name] for name in ("region", "licence", "note")},
        )
        outcome = self._save(kind, FOLDER / entry["file"], facts)
        _expect_saved(entry["file"], outcome.refusals)
        if existing is None:
            _give_title(DemandSource.objects.get(slug=slug), entry)
        self.listener.done(Done(f"{kind} {slug}", outcome.created, outcome.changed, outcome.unchanged))

    def _save(self, kind: str, path: Path, facts: SourceFacts) -> Outcome:
        if kind == DemandSource.Kind.SURVEY:
            return save_survey_file(path, facts=facts, scale=(1, 5))
        if kind == DemandSource.Kind.FIGURES:
            return save_figures_file(path, facts=facts)
        return save_posting_file(path, facts=facts, progress=self.listener.progress(f"postings of {path.name}"))

    def load_curriculum(self, entry: Entry, school: School) -> None:
        key = f"{school.slug}/{entry['program']}/{entry['year']}"
        existing = _newest(school, entry["program"], entry["year"])
        if existing is not None and not (self.restore and existing.editable):
            self.listener.done(Done(f"curriculum {key}", kept=True))
            return
        counted: dict[str, Counts] = {}
        for name in entry["files"]:
            parsed = read_file(FOLDER / name, name=name, settings=read_settings(school))
            outcome = import_curriculum(parsed, key=key, framework=self.framework, create=True)
            _expect_saved(name, outcome.refusals)
            for kind, counts in outcome.by_kind.items():
                counted[kind] = counted.get(kind, Counts()) + counts
        self._settle(entry, school)
        for kind, counts in counted.items():
            told = Done(f"curriculum {key}, {kind}", counts.created, counts.changed, counts.unchanged)
            self.listener.done(told)

    def _settle(self, entry: Entry, school: School) -> None:
        """What a director says of a plan beside its courses and mappings."""
        curriculum = plan_of(school, f"{entry['program']}/{entry['year']}")
        save_settings(
            curriculum,
            prepares_for=self.framework.positions.filter(code__in=entry["prepares_for"]),
            certifications=self.framework.certifications.filter(code__in=entry["certifications"]),
            demand_sources=DemandSource.objects.filter(
                slug__in=[source["slug"] for source in self.file["sources"]], kind=DemandSource.Kind.POSTINGS
            ),
            signed_off=entry["signed_off"],
        )
        revised = _newest(school, entry["program"], entry["revises"]) if entry["revises"] else None
        if curriculum.revises != revised:
            curriculum.revises = revised
            curriculum.save()
        self._offer(curriculum, entry["offers"])

    def _offer(self, curriculum: Curriculum, offers: Mapping[str, str]) -> None:
        found = CourseEquivalence.objects.of(curriculum)
        offered = dict(found.values_list("reference_course__code", "course__code"))
        for reference, code in offers.items():
            if offered.get(reference) != code:
                link_reference_course(
                    curriculum,
                    reference_course=self.framework.reference_courses.get(code=reference),
                    course=curriculum.courses.get(code=code),
                )


def _give_title(source: DemandSource, entry: Entry) -> None:
    source.title_en, source.title_zh = _titles(entry).values()
    source.save()


def _newest(school: School, program: str, year: int) -> Curriculum | None:
    return Curriculum.objects.newest_version(school=school.slug, program=program, year=year)


def plan_of(school: School, key: str) -> Curriculum:
    """A plan that the demo has just made, by its program and year: e-commerce/2026."""
    program, year = key.split("/")
    plan = _newest(school, program, int(year))
    assert plan is not None  # noqa: S101
    return plan
