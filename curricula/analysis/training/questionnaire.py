"""What stakeholders answered: shares of a finite population with their intervals (paper 000 §III)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from curricula.analysis.frames import Notice
from curricula.analysis.measures.questionnaires import AnswerShare, PairedDifference, answer_share, paired_difference

from .readings import FEWEST_SHOWN, because

YES, NO, UNSURE = "yes", "no", "unsure"


@dataclass(frozen=True)
class Answered:
    audience: str
    answers: Mapping[str, str]  # item → yes, no or unsure; what is not answered is not there


@dataclass(frozen=True)
class ItemShare:
    item: str
    answered: int
    yes: int | None  # None, as all below, where too few answered to be shown
    unsure: int | None
    share: AnswerShare | None
    undefined: Notice | None = None


@dataclass(frozen=True)
class AudienceCount:
    """`answered` None: fewer than 10, or one that would tell of those by what is left of the whole."""

    audience: str
    answered: int | None
    asked: int | None
    response: float | None


@dataclass(frozen=True)
class QuestionnaireReading:
    respondents: int
    asked: int | None  # None where it is not known for each audience that answered
    items: tuple[ItemShare, ...]  # in the order of the questionnaire
    any_problem: ItemShare  # who sees any of the three problems of the paper
    audiences: tuple[AudienceCount, ...]
    by_audience: Mapping[str, tuple[ItemShare, ...]]  # of those that may be shown
    most: tuple[str, str, PairedDifference] | None  # the problem seen most, the next, and whether they differ
    undefined: Notice | None = None

    @property
    def most_is_sure(self) -> bool:
        return self.most is not None and self.most[2].low > 0


def questionnaire_reading(
    answers: Sequence[Answered],
    *,
    items: Sequence[str],
    problems: Sequence[str],
    cited: Sequence[str],
    asked: Mapping[str, int],
) -> QuestionnaireReading:
    """Shares of yes by item, of those who answered it ("cannot say" among them), each with an interval.

    `asked` gives by audience how many were asked; where it is known for every audience that answered, the interval
    is that of a finite population: Wilson with n* = n(N − 1)/(N − n), none for a census, and k/N to (k + N − n)/N
    for those who stayed silent (Cochran 1977; Wilson 1927; Manski 1989). It treats those who answered as a chance
    sample of those asked, and says nothing of others. Fewer than 10 answers are not shown, nor an audience whose
    answers would tell those of a smaller one. `problems` are compared by Newcombe's paired interval (1998).
    """
    groups = Counter(each.audience for each in answers)
    population = _population(groups, asked)
    shown = _shown(groups)
    by_audience = {
        audience: tuple(_share(item, own, _asked_of(len(own), asked.get(audience))) for item in items)
        for audience in shown
        for own in [[each for each in answers if each.audience == audience]]
    }
    few = 0 < len(answers) < FEWEST_SHOWN
    return QuestionnaireReading(
        respondents=len(answers),
        asked=population,
        items=tuple(_share(item, answers, population) for item in items),
        any_problem=_share("any_problem", _any_of(answers, cited), population),
        audiences=tuple(
            _count(audience, n, asked.get(audience), audience in shown) for audience, n in sorted(groups.items())
        ),
        by_audience=by_audience,
        most=None if len(answers) < FEWEST_SHOWN else _most(answers, problems),
        undefined=because("no_answers") if not answers else _too_few(len(answers)) if few else None,
    )


def _population(groups: Mapping[str, int], asked: Mapping[str, int]) -> int | None:
    """Undefined where an audience answered more often than it was asked: a link went further than it was sent."""
    if not groups or any(_asked_of(n, asked.get(audience)) is None for audience, n in groups.items()):
        return None
    return sum(asked.values())


def _asked_of(answered: int, asked: int | None) -> int | None:
    return asked if asked is not None and asked >= answered else None


def _shown(groups: Mapping[str, int]) -> frozenset[str]:
    """Audiences of 10 or more, less the smallest where those hidden could be told from what is left."""
    shown = sorted((audience for audience, n in groups.items() if n >= FEWEST_SHOWN), key=lambda each: -groups[each])
    hidden = sum(n for n in groups.values() if n < FEWEST_SHOWN)
    if shown and 0 < hidden < FEWEST_SHOWN:
        shown.pop()
    return frozenset(shown)


def _count(audience: str, answered: int, asked: int | None, shown: bool) -> AudienceCount:
    known = _asked_of(answered, asked)
    return AudienceCount(audience, answered if shown else None, asked, answered / known if shown and known else None)


def _share(item: str, answers: Sequence[Answered], asked: int | None) -> ItemShare:
    found = [each.answers[item] for each in answers if item in each.answers]
    if len(found) < FEWEST_SHOWN:
        return ItemShare(item, len(found), None, None, None, _too_few(len(found)))
    share = answer_share(found.count(YES), len(found), asked)
    return ItemShare(item, len(found), found.count(YES), found.count(UNSURE), share)


def _too_few(answered: int) -> Notice:
    return because("too_few_people", people=answered, needed=FEWEST_SHOWN)


def _any_of(answers: Sequence[Answered], cited: Sequence[str]) -> list[Answered]:
    """Yes to any of the cited problems is a yes; no to all is a no; anything between says nothing."""
    found = []
    for each in answers:
        said = [each.answers[item] for item in cited if item in each.answers]
        if YES in said or len(said) == len(cited):
            verdict = YES if YES in said else NO if set(said) == {NO} else UNSURE
            found.append(Answered(each.audience, {"any_problem": verdict}))
    return found


def _most(answers: Sequence[Answered], problems: Sequence[str]) -> tuple[str, str, PairedDifference] | None:
    counts = Counter({item: sum(each.answers.get(item) == YES for each in answers) for item in problems})
    (first, _k), (second, _m) = counts.most_common(2)
    both = [each for each in answers if first in each.answers and second in each.answers]
    if len(both) < FEWEST_SHOWN or not counts[first]:
        return None
    table = Counter((each.answers[first] == YES, each.answers[second] == YES) for each in both)
    cells = (table[True, True], table[True, False], table[False, True], table[False, False])
    return first, second, paired_difference(*cells)
