from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.db import models

from competencies.personal_data import mask_personal_data


class Kept(str):
    """A text as it is kept: history and database take it without looking for ways to reach a person once more."""

    __slots__ = ()


class FreeText(models.TextField):
    """Prose about courses and work, kept without ways to reach a person, by whichever form or file it comes in."""

    def deconstruct(self) -> tuple[str, str, Any, Any]:
        """For the database it is a text like any other."""
        name, _path, args, kwargs = super().deconstruct()
        return name, "django.db.models.TextField", args, kwargs

    def to_python(self, value: Any) -> Any:
        """Lines end as in files: a browser ends them with two characters, which a sheet does not give back."""
        if isinstance(value, Kept):
            return value
        text = super().to_python(value)
        return mask_personal_data(text.replace("\r\n", "\n")) if isinstance(text, str) else text

    def pre_save(self, model_instance: models.Model, add: bool) -> Any:
        """The record at hand says what is kept, and so does its history."""
        value = self.to_python(super().pre_save(model_instance, add))
        value = Kept(value) if isinstance(value, str) else value
        setattr(model_instance, self.attname, value)
        return value


def as_kept(record: models.Model, stated: Mapping[str, Any]) -> dict[str, Any]:
    """What is stated of a record as its free texts will hold it, to compare with what they hold."""
    texts = (field for field in record._meta.concrete_fields if isinstance(field, FreeText))
    return {**stated, **{text.name: text.to_python(stated[text.name]) for text in texts if text.name in stated}}
