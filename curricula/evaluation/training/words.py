"""Words and figures that several panels share: verdicts, lights, intervals, and what is not stated."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any, Final

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from curricula.analysis.training.checks import Light, Verdict
from curricula.analysis.training.flows import Age
from curricula.analysis.training.readings import Reading as Number
from curricula.reports.panels import Block, Figure
from curricula.wording import formats, phrases
from curricula.wording.names import Names
from curricula.wording.training import no_interval, reason

from .gathered import Gathered

LIGHTS: Final[dict[Light, tuple[str, object]]] = {
    "green": ("ok", gettext_lazy("in place")),
    "amber": ("part", gettext_lazy("partly in place")),
    "red": ("gap", gettext_lazy("not in place")),
    "grey": ("na", gettext_lazy("no evidence yet")),
}
VERDICTS: Final[dict[Verdict | None, tuple[str, object]]] = {
    "met": ("ok", gettext_lazy("met")),
    "not_met": ("gap", gettext_lazy("not met")),
    "open": ("na", gettext_lazy("cannot be told yet")),
    None: ("na", gettext_lazy("no evidence yet")),
}
NO_EVIDENCE: Final = VERDICTS[None][1]
MOST_NAMED: Final = 5
DECIMALS: Final = 2  # of plain numbers


def first_titles(names: Names, codes: Sequence[str]) -> str:
    """The first few abilities of a sentence, and how many more there are."""
    named = names.abilities_of(codes[:MOST_NAMED])
    more = len(codes) - MOST_NAMED
    return _("%(list)s and %(count)s more") % {"list": named, "count": more} if more > 0 else named


def light_words(light: Light) -> tuple[str, str]:
    """The tone of a light and its word."""
    tone, word = LIGHTS[light]
    return tone, str(word)


def judged(figure: Figure, verdict: Verdict | None) -> Figure:
    """The figure with the word of its check."""
    tone, word = VERDICTS[verdict]
    return replace(figure, tone=tone, verdict=str(word))


def truth(value: bool | None) -> str:
    return _("not stated") if value is None else _("yes") if value else _("no")


def not_stated(silent: int) -> str:
    """What a note ends with where some records say nothing."""
    return _("; not stated for %(count)s") % {"count": silent} if silent else ""


def months(count: float) -> str:
    text = formats.number(count)
    return ngettext("%(count)s month", "%(count)s months", _form(text)) % {"count": text}


def years(count: float) -> str:
    text = formats.number(count)
    return ngettext("%(count)s year", "%(count)s years", _form(text)) % {"count": text}


def weeks(count: float) -> str:
    text = formats.hours(count)
    return ngettext("%(count)s week", "%(count)s weeks", _form(text)) % {"count": text}


def _form(text: str) -> int:
    """One as it is written: what is rounded to it has the singular too."""
    return 1 if text == "1" else 2


def out_of(part: Any, whole: Any) -> str:
    return _("%(k)s out of %(n)s") % {"k": int(part), "n": int(whole)}


def range_of(low: str, high: str) -> str:
    return _("%(low)s to %(high)s") % {"low": low, "high": high}


def counted(*wants: tuple[int, Any]) -> list[str]:
    """Each sentence with its number, singular or plural; none for what lacks nothing."""
    return [str(words % {"count": lacking}) for lacking, words in wants if lacking]


def mapping_unfinished(gathered: Gathered) -> str:
    """Why nothing is judged by the mapping; "" where it is finished."""
    return _("the mapping of the courses is not finished") if gathered.analysis.unfinished else ""


def by_tone(blocks: Sequence[Block], words: Mapping[str, str]) -> str:
    """One sentence for each tone: which parts have it."""
    words = {**words, "na": _("No evidence yet: %(parts)s.")}
    titles = {tone: [block.title for block in blocks if block.tone == tone] for tone in words}
    return phrases.sentences(
        *(words[tone] % {"parts": phrases.in_a_row(held)} for tone, held in titles.items() if held)
    )


def untold(name: str, title: str, figure: Figure, *, verdict: object = VERDICTS["open"][1], **parts: Any) -> Block:
    """A part of which nothing can be said: its figure says why."""
    return Block(name, title, tone="na", verdict=str(verdict), figures=(figure,), **parts)


def figure_of(name: str, label: str, number: Number, kind: formats.Kind, *, note: str = "", href: str = "") -> Figure:
    """The number, and beside it its interval or why it has none."""
    if number.value is None:
        return Figure(name, label, None, kind, reason(number.undefined), href)
    said = no_interval(number.no_interval) or interval(number.low, number.high, kind)
    value = round(number.value, DECIMALS) if kind == "number" else number.value
    return Figure(name, label, value, kind, phrases.space().join(filter(None, (note, said))), href)


def interval(low: float | None, high: float | None, kind: formats.Kind) -> str:
    """Both ends; an open one is said."""
    if low is None and high is None:
        return ""
    if high is None:
        return _("at least %(low)s: some courses state neither practice nor a total") % {"low": _shown(low, kind)}
    return _("between %(low)s and %(high)s") % {"low": _shown(low, kind), "high": _shown(high, kind)}


def _shown(value: float | None, kind: formats.Kind) -> str:
    return formats.show(value, kind)


def age_figure(name: str, label: str, age: Age) -> Figure:
    """The day of the newest record, how old it is, and whether that is too old by the school's limit."""
    if age.newest is None or age.months is None:
        return Figure(name, label, None, "date", _("no day is recorded"), tone="na", verdict=str(_("no date")))
    words = _("%(months)s ago; stale after %(limit)s")
    note = words % {"months": months(age.months), "limit": months(age.limit)}
    tone, verdict = ("gap", _("stale")) if age.is_stale else ("ok", _("current"))
    return Figure(name, label, age.newest, "date", note, tone=tone, verdict=verdict)
