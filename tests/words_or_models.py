"""Whether the models would do better than words where words alone are used: `python -m tests.words_or_models`.

Needs the demo in the database and the extra `semantic`; docs/matching.md has the figures. Two questions:

- *carriers*: an ability of a mapped plan is taken as if nobody taught it. Is the course whose text is most like it one
  that is really mapped to it?
- *mentions*: a person judged places where a posting names an ability. Are right ones more like the ability than wrong?
"""

from __future__ import annotations

import os
import sys
from collections import defaultdict
from collections.abc import Iterator, Sequence

import django
import numpy as np

TRIES = 2000
AROUND = 120  # characters on each side of a mention


def likeness_by_models(ranker, texts: Sequence[str]) -> np.ndarray:
    """Texts × abilities, by the tier that would be at work on the page of suggestions."""
    found = np.zeros((len(texts), len(ranker.vocabulary.namings)))
    for row, text in zip(found, texts, strict=True):
        for candidate in ranker.rank(text, most=len(row)).candidates:
            row[ranker.vocabulary.at[candidate.ability]] = candidate.score
    return found


def first_ranks(likeness: np.ndarray, carriers: Sequence[set[int]], columns: Sequence[int]) -> np.ndarray:
    """For each ability 1 over the place of the first course that is mapped to it, by likeness."""
    orders = np.argsort(-likeness[:, columns], axis=0, kind="stable")
    return np.array(
        [
            1 / next(place for place, row in enumerate(orders[:, at], 1) if row in rows)
            for at, rows in enumerate(carriers)
        ]
    )


def paired(first: np.ndarray, second: np.ndarray) -> str:
    difference = second - first
    drawn = np.random.default_rng(2026).choice(difference, (TRIES, len(difference))).mean(axis=1)
    low, high = np.percentile(drawn, [2.5, 97.5])
    return f"{difference.mean():+.3f} ({low:+.3f} to {high:+.3f})"


def carriers() -> Iterator[str]:
    from competencies.frameworks.rankers import ranker_for
    from competencies.matching.suggestions import course_text
    from curricula.models import Curriculum, Mapping

    for plan in Curriculum.objects.filter(program__school__slug="demo", year=2026):
        mapped: dict[str, set[str]] = defaultdict(set)
        rows = Mapping.objects.filter(course__curriculum=plan, rater="").exclude(level="")
        for ability, course in rows.values_list("ability__code", "course__code"):
            mapped[ability].add(course)
        ranker = ranker_for(plan.framework)
        courses = [each for each in plan.courses.all() if any(each.code in found for found in mapped.values())]
        abilities = [each for each in mapped if each in ranker.vocabulary.at]
        known = [{at for at, each in enumerate(courses) if each.code in mapped[ability]} for ability in abilities]
        columns = [ranker.vocabulary.at[each] for each in abilities]
        for language, names in (("both", ("title_en", "title_zh", "description")), ("Chinese titles", ("title_zh",))):
            texts = [course_text([getattr(each, name) for name in names]) for each in courses]
            words = first_ranks(ranker.words_alone().likeness(texts), known, columns)
            models = first_ranks(likeness_by_models(ranker, texts), known, columns)
            yield (
                f"{plan}, {language}: hit@1 {(words == 1).mean():.2f} by words, {(models == 1).mean():.2f} by models; "
                f"MRR {words.mean():.2f}, {models.mean():.2f}, {paired(words, models)}; {len(columns)} abilities"
            )


def mentions() -> Iterator[str]:
    from competencies.demand.readers.postings import iter_postings
    from competencies.frameworks.rankers import ranker_for
    from competencies.matching.terms import searched_text
    from competencies.models import Framework
    from tests.competencies.matching.test_mention_precision import POSTINGS, first_places, verdicts

    ranker = ranker_for(Framework.objects.get(slug="cross-border-e-commerce"))
    for file in sorted({place[0] for place in verdicts()}):
        texts = {
            each.row: searched_text(title=each.title, text=each.text)
            for each in iter_postings(POSTINGS / file, name=file)
        }
        judged = [place for place in verdicts() if place[0] == file and place in first_places(file)]
        around = [texts[row][max(0, start - AROUND) : start + AROUND] for _file, row, start, _ability in judged]
        columns = [ranker.vocabulary.at[ability] for *_place, ability in judged]
        right = np.array([verdicts()[place] == "right" for place in judged])
        by_words = ranker.words_alone().likeness(around)[np.arange(len(judged)), columns]
        by_models = likeness_by_models(ranker, around)[np.arange(len(judged)), columns]
        yield (
            f"{file}: {right.sum()} right, {(~right).sum()} wrong; "
            f"AUC {auc(by_words, right):.2f} by words, {auc(by_models, right):.2f} by models"
        )


def auc(score: np.ndarray, right: np.ndarray) -> float:
    """How often a right one has the higher score of a right and a wrong one; half where both are equal."""
    pairs = score[right][:, None] - score[~right][None, :]
    return float((pairs > 0).mean() + (pairs == 0).mean() / 2) if pairs.size else float("nan")


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "talentgap.settings")
    django.setup()
    for line in (*carriers(), *mentions()):
        sys.stdout.write(line + "\n")


if __name__ == "__main__":
    main()
