from __future__ import annotations

from argparse import ArgumentParser
from collections import Counter
from collections.abc import Iterable, Iterator
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from competencies.frameworks.rankers import AUTO, TIERS, ranker_for, tier_in_use
from competencies.management.imports import REFUSED, ProgressLine, existing_file, framework_named, wrong_usage
from competencies.matching import semantic
from competencies.matching.baselines import PROPOSED, ExactLabels, PlainAverage
from competencies.matching.evaluation import MEASURES, Answer, Estimate, Quality, difference, quality
from competencies.matching.gold import Gold, Names, read_gold
from competencies.matching.mixes import language_of
from competencies.matching.ranking import SEMANTIC, Ranker, Ranking
from competencies.models import Framework
from competencies.tabular.problems import UnreadableFile

LANGUAGES = ("en", "zh")
HEADINGS = ("precision", "recall", "hit@1", "hit@5", "hit@10", "RP@5", "MRR")


class Command(BaseCommand):
    help = "Measure matching against a gold file, beside two baselines, with 95 % bootstrap intervals over texts."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "gold", help="columns text (or sentence), ability (or label): a code or a title, or nothing for “no match”"
        )
        parser.add_argument("--framework", required=True, metavar="SLUG", help="whose abilities the gold names")
        parser.add_argument("--tier", choices=TIERS, default=AUTO, help="of the ranker; the best installed by default")

    def handle(self, *args: Any, **options: Any) -> None:
        path, framework = existing_file(options["gold"]), framework_named(options["framework"])
        if options["tier"] == SEMANTIC and not semantic.is_installed():
            wrong_usage("the extra “semantic” is not installed; see docs/matching.md")
        ranker = self._ranker(framework, tier=options["tier"])
        try:
            gold = read_gold(path, names=Names({n.ability: n.labels for n in ranker.vocabulary.namings}))
        except UnreadableFile as error:
            raise CommandError(str(error), returncode=REFUSED) from error
        for problem in gold.unknown:
            self.stdout.write(f"left out: {problem}")
        if not gold.matched:
            raise CommandError("refused: no text of the file has an ability of the framework", returncode=REFUSED)
        self._tell(framework, gold, ranker)

    def _ranker(self, framework: Framework, *, tier: str) -> Ranker:
        self.stdout.write(f"tier: {tier_in_use(tier)}")
        return ranker_for(framework, tier=tier, progress=ProgressLine(self.stderr, what="abilities embedded"))

    def _tell(self, framework: Framework, gold: Gold, ranker: Ranker) -> None:
        vocabulary = ranker.vocabulary
        self.stdout.write(
            f"{framework.slug}: {len(vocabulary.namings)} abilities, {len(vocabulary.forms)} forms\n"
            f"gold: {len(gold.texts)} texts, {gold.matched} with a match, {gold.pairs} pairs, "
            f"{len(gold.unknown)} pairs left out\n"
        )
        rankings = list(self._rankings(gold.texts, ranker))
        proposed = [Answer([c.ability for c in found.candidates], found.stated) for found in rankings]
        answers = {
            "exact label match": map(ExactLabels(vocabulary).answer, gold.texts),
            "plain average": map(PlainAverage(vocabulary).answer, gold.texts),
            "exact-term finder": map(ExactLabels(vocabulary, synonyms=True).answer, gold.texts),
            "ranker": proposed,
        }
        self.stdout.write(_line("", [heading.center(17) for heading in HEADINGS]))
        for name, given in answers.items():
            self.stdout.write(_quality_line(name, quality(list(gold.texts.values()), list(given))))
        self._tell_languages(gold, proposed, default=self._words_only(ranker, gold))
        for tier, texts in Counter(ranking.tier for ranking in rankings).items():
            self.stdout.write(f"ranker: tier {tier} at work on {texts} texts")

    def _words_only(self, ranker: Ranker, gold: Gold) -> list[Answer]:
        """What the default tier answers; nothing where it is the one at work."""
        words = ranker.words_alone()
        if words is ranker:
            return []
        found = (words.rank(text, most=PROPOSED) for text in gold.texts)
        return [Answer([c.ability for c in each.candidates], each.stated) for each in found]

    def _tell_languages(self, gold: Gold, proposed: list[Answer], *, default: list[Answer]) -> None:
        """The ranker by language where there are two, and by how much it is better than words alone, paired."""
        spoken = [language_of(text) for text in gold.texts]
        of_language = {language: [at for at, one in enumerate(spoken) if one == language] for language in LANGUAGES}
        wanted = list(gold.texts.values())
        for language, places in of_language.items():
            if not any(wanted[at] for at in places):
                continue
            judged = [wanted[at] for at in places]
            if len(places) < len(spoken):
                self.stdout.write(
                    _quality_line(f"ranker, {language}", quality(judged, [proposed[at] for at in places]))
                )
            if default:
                better = difference(judged, [proposed[at] for at in places], [default[at] for at in places])
                self.stdout.write(_quality_line(f"  − default, {language}", better))

    def _rankings(self, texts: Iterable[str], ranker: Ranker) -> Iterator[Ranking]:
        wanted = list(texts)
        tell = ProgressLine(self.stderr, what="texts ranked")
        for done, text in enumerate(wanted, start=1):
            yield ranker.rank(text, most=PROPOSED)
            tell(done, len(wanted))


def _quality_line(name: str, found: Quality) -> str:
    return _line(name, [_interval(getattr(found, measure)) for measure in MEASURES])


def _line(name: str, cells: Iterable[str]) -> str:
    return f"{name:18}" + " ".join(cells).rstrip()


def _interval(one: Estimate | None) -> str:
    return f"{one.value:.3f} {one.low:.3f}–{one.high:.3f}" if one else "–".center(17)
