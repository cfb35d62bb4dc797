"""Measures behind the figures and beside them, explained as those of `explanations.py` are."""

from __future__ import annotations

from typing import Final

from django.utils.translation import gettext_lazy as _

from .explanations import Explanation

FURTHER: Final[dict[str, Explanation]] = {
    "practice": Explanation(
        title=_("Practice that is not stated"),
        question=_("How much practice may there be where a course states only its total?"),
        formula=_("from the stated practice to the stated practice + unsplit hours; unsplit = total − stated stages"),
        low=_("The lower end: what the school has stated."),
        middle=_("An interval: every value in it agrees with what was stated."),
        high=_("The upper end: all unsplit hours are practice. Open where not even a total is stated."),
        changes=_("Stating hours by stage in the plan or the syllabus."),
        undefined=_("Where courses with open practice hold more than half of the hours, practice is not judged."),
        source=_("A rule of the method: what is not stated is unknown, not 0."),
    ),
    "breadth": Explanation(
        title=_("Breadth of the hours"),
        question=_("How many equally large areas would be as broad as this plan?"),
        formula=_("exp(−Σ x̂ ln x̂) over the areas"),
        low=_("1: all hours lie in one area."),
        middle=_("2.9 of 4: as broad as 2.9 equal areas."),
        high=_("The number of areas: each has the same hours."),
        changes=_("Moving hours between areas. More hours in the same parts do not."),
        undefined=_("Without hours."),
        source=_("Hill 1973, Ecology 54; Jost 2006, Oikos 113."),
    ),
    "exchange": Explanation(
        title=_("The grey band: abilities exchanged"),
        question=_("Is the index higher than if the abilities of one side were exchanged?"),
        formula=_("5 % to 95 % of the index over all orders of one side's abilities, or 20,000 random ones"),
        low=_("The lower end: one exchange in twenty is less alike."),
        middle=_("Mean: 1 − Σ Σ |x̂(a) − ŷ(b)| ÷ 2K, exactly."),
        high=_("The upper end: one exchange in twenty is more alike."),
        changes=_(
            "How uneven the two sides are. Random allocation of points (Fulmer 2011) is kept for two tables of coding "
            "decisions, which have no hours."
        ),
        undefined=_("With fewer than 5 abilities: they have too few orders."),
        source=_("Fisher 1935, The Design of Experiments; Pitman 1937, J. R. Stat. Soc. Suppl. 4."),
    ),
    "resampling": Explanation(
        title=_("Intervals of indices"),
        question=_("What would the index have been with other postings?"),
        formula=_("2 × index − the 2.5 % and 97.5 % points of at least 2,000 resamples of employers, within 0 to 1"),
        low=_("Narrow: other postings would have said the same."),
        middle=_("It covers the sample of postings. Errors of the search terms stand beside it, not in it."),
        high=_("Wide: a few employers decide the index."),
        changes=_("Postings of further employers."),
        undefined=_("With one employer, or where too many resamples have no mentions."),
        source=_("Davison and Hinkley 1997, ch. 5 (basic bootstrap); Efron and Tibshirani 1993, ch. 8."),
    ),
    "effective": Explanation(
        title=_("Effective postings"),
        question=_("How many independent postings are these worth, since one employer repeats itself?"),
        formula=_(
            "n* = min(n, n ÷ deff × (t(n−1) ÷ t(m−1))²), where deff compares how mentions vary between employers with "
            "how single postings vary, and m = n² ÷ Σ n(g)² counts the employers as if equally large"
        ),
        low=_("Near 0: hardly more than one employer speaks."),
        middle=_("200 of 1,000: the interval is as wide as that of 200 independent postings."),
        high=_("All: no employer repeats itself."),
        changes=_("Postings of further employers. More of the same employer do not."),
        undefined=_("With one employer: how employers differ is then unknown."),
        source=_(
            "Korn and Graubard 1998, Survey Methodology 24; Kish 1965; the limit of 8 employers by analogy to NCHS."
        ),
    ),
    "speed": Explanation(
        title=_("How fast demand moves"),
        question=_("How much did the rates of all abilities change between two years?"),
        formula=_(
            "Σ |rate now − rate before|, beside the total that sampling alone would give: E Σ |Δ| if none changed"
        ),
        low=_("At or below that total: no change is shown."),
        middle=_("Growth and decline apart say in which direction."),
        high=_("Far above it: demand has truly moved."),
        changes=_("Postings of either year. A new search term is left out, not counted as growth."),
        undefined=_("Where one of the years has no postings."),
        source=_("Deming and Noray 2020, Quarterly Journal of Economics 135; the floor is exact binomial."),
    ),
    "growth": Explanation(
        title=_("Growth that the plan does not touch"),
        question=_("Of what surely grows, how much is met by no hour at all?"),
        formula=_("Σ rise of the abilities with no hours ÷ Σ rise of all abilities that surely rise"),
        low=_("0: every rising ability has hours."),
        middle=_("The counts beside it say how many abilities stand behind the part."),
        high=_("1: the plan touches nothing that grows."),
        changes=_("Hours for a rising ability; postings of either year."),
        undefined=_("Where no ability surely rises."),
        source=_("After Deming and Noray 2020."),
    ),
    "lag": Explanation(
        title=_("The year that the plan is most like"),
        question=_("Which year's demand does the plan resemble most?"),
        formula=_("the smallest set of years that are most alike in 95 % of resamples, all brought to one size"),
        low=_("The newest year is in the set: not dated."),
        middle=_("Several years: they cannot be told apart."),
        high=_("Older years only: dated."),
        changes=_("Hours, or postings of further years in the same search terms."),
        undefined=_("With fewer than three years of 93 postings, or where the oldest and the newest do not differ."),
        source=_("Analogue of Biasi and Ma 2022, NBER working paper 29853."),
    ),
    "echelons": Explanation(
        title=_("Hours by echelon"),
        question=_("For which level of work do the hours prepare?"),
        formula=_("Σ hours of a × the part of its requirement weight that lies in the echelon"),
        low=_("0: no hours serve the echelon's requirements."),
        middle=_("Hours that no echelon requires stand apart."),
        high=_("The echelon that the plan prepares for most."),
        changes=_("Hours and requirement weights. Postings without a position stand apart."),
        undefined=_("The index has no value with fewer than 93 postings assigned to positions."),
        source=_("Porter 2002 for the index; sums of hours otherwise."),
    ),
    "next_evidence": Explanation(
        title=_("The evidence to collect next"),
        question=_("Which evidence would settle most of what is undecided, for the least work?"),
        formula=_(
            "Σ over the undecided findings of the part of 100 simulated outcomes in which the finding is settled ÷ "
            "minutes of work"
        ),
        low=_("Near 0: the evidence would leave nearly all as it is."),
        middle=_("5 of 15: on average a third of the undecided findings."),
        high=_("All that is undecided would be settled."),
        changes=_(
            "Each outcome draws what nobody knows yet: the answers of further postings from those there are, shares "
            "and practice that nobody stated as any value that they could have; then the rules of the labels judge."
        ),
        undefined=_("Where the mapping is unfinished. What another person would rate cannot be told beforehand."),
        source=_(
            "Raiffa and Schlaifer 1961, Applied Statistical Decision Theory. Pragmatic: 1 minute a posting, 2 a "
            "level, 3 a share or a rated cell, 10 for the practice of a course."
        ),
    ),
    "credibility": Explanation(
        title=_("Does the mapping tell abilities apart?"),
        question=_("Could the mapping have been filled in without looking?"),
        formula=_(
            "used cells of all possible ones; part at the highest level; courses mapped to 4/5 of the abilities or "
            "more; courses with all cells alike; and the index of a plan that served everything alike"
        ),
        low=_("Few cells, varied levels: the mapping distinguishes."),
        middle=_("An index close to that of the flat plan says little."),
        high=_("Nearly all cells, one level: nothing is told apart."),
        changes=_("Mapping only what a course truly serves, with its level and share."),
        undefined=_("Without a mapped course."),
        source=_("Plain counts; straight rows after Kim et al. 2019, Social Science Computer Review 37."),
    ),
    "needs": Explanation(
        title=_("What respondents need most"),
        question=_("Where is importance high and performance low?"),
        formula=_(
            "quadrants by the means and by the middle of the scale; need = Σ (importance − competence) × mean "
            "importance ÷ n; and the part of pairs in which importance is ranked higher"
        ),
        low=_("Negative: more competence than importance."),
        middle=_("An item that changes quadrant with the line is marked."),
        high=_("High: important and not mastered."),
        changes=_("Further respondents. A survey is never merged with postings."),
        undefined=_("Without one respondent who answered both."),
        source=_("Martilla and James 1977; Borich 1980; Narine and Harder 2021."),
    ),
    "questionnaires": Explanation(
        title=_("A share of answers"),
        question=_("How sure is a share of those who answered?"),
        formula=_(
            "Wilson interval with n* = n(N−1) ÷ (N−n) of N asked; k/N to (k+N−n)/N if those silent could have said "
            "anything"
        ),
        low=_("All asked answered: a census has no interval."),
        middle=_("Two options: “most” is said only where the interval of their difference excludes 0."),
        high=_("Few answered: the second pair of bounds shows how little is known."),
        changes=_("Answers of those who were silent."),
        undefined=_("Without answers to the item."),
        source=_("Wilson 1927; Cochran 1977; Manski 1989; Newcombe 1998, Statistics in Medicine 17."),
    ),
    "attainment": Explanation(
        title=_("What students showed"),
        question=_("Which part of the marks for an ability did students reach, and how many reached the standard?"),
        formula=_(
            "A = Σ w·m ÷ Σ w over the parts; k of n students at or above the standard, with the Wilson interval"
        ),
        low=_("Interval below the target: not met."),
        middle=_("Interval that holds the target: open."),
        high=_("Interval above the target: met. Marked where nearly all records are met."),
        changes=_("Further evidence. A standard set after the results is marked."),
        undefined=_("Without records. Fewer than 10 students are stored and not shown."),
        source=_(
            "Wilson 1927; Bhatia and Davis 2000, American Mathematical Monthly 107; Zou and Donner 2008, Statistics "
            "in Medicine 27; practice of engineering accreditation."
        ),
    ),
}
