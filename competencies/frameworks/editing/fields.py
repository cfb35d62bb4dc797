"""Fields that hold more than a line of text: terms one a line, and abilities by their codes or titles."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.functional import cached_property
from django.utils.translation import gettext as _

from competencies.models import Ability, Framework
from competencies.tabular.column_names import signless, unambiguous

_BETWEEN = " · "


def named(ability: Ability) -> str:
    """An ability as it stands in a field."""
    return f"{ability.code}{_BETWEEN}{ability.title}"


class AbilityNames:
    """The abilities of a framework that a course can serve, found by what somebody types."""

    def __init__(self, framework: Framework) -> None:
        self.framework = framework

    @cached_property
    def choices(self) -> list[str]:
        return [named(ability) for ability in self._leaves]

    @cached_property
    def _leaves(self) -> list[Ability]:
        return list(self.framework.abilities.leaves())

    @cached_property
    def _by_code(self) -> dict[str, Ability]:
        return {ability.code: ability for ability in self._leaves}

    @cached_property
    def _by_title(self) -> dict[str, str]:
        titles = [(title, one.code) for one in self._leaves for title in (one.title_en, one.title_zh)]
        return dict(unambiguous(titles))

    def found(self, text: str) -> Ability:
        """By "code · title", code or title. Raises ValidationError."""
        typed = text.strip()
        code = typed.split(_BETWEEN)[0].strip()
        for known in (typed, code, self._by_title.get(signless(typed), "")):
            if known in self._by_code:
                return self._by_code[known]
        message = _("The framework has no ability “%(name)s”: choose one from the list, or enter it first.")
        raise forms.ValidationError(message, code="unknown_ability", params={"name": typed})


class AbilityField(forms.CharField):
    """One ability, chosen from a list while it is typed."""

    def __init__(self, *, names: AbilityNames, **options: Any) -> None:
        super().__init__(**options)
        self.names = names
        self.widget.attrs |= {"list": "abilities", "autocomplete": "off"}

    def prepare_value(self, value: Any) -> Any:
        return named(value) if isinstance(value, Ability) else value

    def has_changed(self, initial: Any, data: Any) -> bool:
        return (self.prepare_value(initial) or "") != (data or "")

    def to_python(self, value: Any) -> Any:
        text = super().to_python(value)
        return self.names.found(text) if text else None


class LinesField(forms.CharField):
    """Several texts, one a line; a line that stands there twice counts once."""

    widget = forms.Textarea(attrs={"rows": 4})

    def __init__(self, *, longest: int = 0, **options: Any) -> None:
        super().__init__(**options)
        self.longest = longest

    def prepare_value(self, value: Any) -> Any:
        return "\n".join(value) if isinstance(value, list | tuple) else value

    def to_python(self, value: Any) -> Any:
        lines = [" ".join(line.split()) for line in (super().to_python(value) or "").splitlines()]
        return list(dict.fromkeys(filter(None, lines)))

    def has_changed(self, initial: Any, data: Any) -> bool:
        return str(self.prepare_value(initial) or "").split() != (data or "").split()

    def validate(self, value: Any) -> None:
        super().validate(value)
        if self.longest and (long := next((line for line in value if len(line) > self.longest), "")):
            message = _("A line has at most %(most)s characters: “%(line)s…”.")
            raise forms.ValidationError(message, params={"most": self.longest, "line": long[:30]})


class AbilitiesField(LinesField):
    """Several abilities, one a line."""

    def __init__(self, *, names: AbilityNames, **options: Any) -> None:
        super().__init__(**options)
        self.names = names

    def prepare_value(self, value: Any) -> Any:
        is_list = isinstance(value, Iterable) and not isinstance(value, str)
        return "\n".join(map(named, value)) if is_list else value

    def to_python(self, value: Any) -> Any:
        return list(dict.fromkeys(self.names.found(line) for line in super().to_python(value)))
