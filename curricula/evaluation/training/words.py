"""Words that several panels share: verdicts, lights, and what is not stated."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Final

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from curricula.analysis.training.checks import Light, Verdict
from curricula.wording import phrases
from curricula.wording.formats import Showable, Value

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


MOST_NAMED: Final = 5


def first_titles(titles: Mapping[str, str], codes: Sequence[str]) -> str:
    """The first few abilities of a sentence, and how many more there are."""
    named = phrases.in_a_row(titles.get(code, code) for code in codes[:MOST_NAMED])
    more = len(codes) - MOST_NAMED
    return _("%(list)s and %(count)s more") % {"list": named, "count": more} if more > 0 else named


def light_words(light: Light) -> tuple[str, str]:
    """The tone of a light and its word."""
    tone, word = LIGHTS[light]
    return tone, str(word)


def verdict_words(verdict: Verdict | None) -> tuple[str, str]:
    """The tone of a check and its word."""
    tone, word = VERDICTS[verdict]
    return tone, str(word)


def truth(value: bool | None) -> str:
    return _("not stated") if value is None else _("yes") if value else _("no")


def cells(*values: Showable) -> tuple[Value, ...]:
    """A row of texts, figures as they are."""
    return tuple(Value(value, "text" if isinstance(value, str) else "number") for value in values)


def counted(*wants: tuple[int, Any]) -> list[str]:
    """Each sentence with its number, singular or plural; none for what lacks nothing."""
    return [str(words % {"count": lacking}) for lacking, words in wants if lacking]
