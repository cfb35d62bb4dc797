from __future__ import annotations

from typing import Any

from django.conf import settings
from django.db import models
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _


def in_reader_language(english: str, chinese: str) -> str:
    """The text in the reader's language, or in the other one where only that exists."""
    chinese_reader = (get_language() or "").startswith("zh")
    return (chinese or english) if chinese_reader else (english or chinese)


def person_field(title: Any, *, related: str = "+", **options: Any) -> Any:
    """Who did something; nobody once the account is gone."""
    return models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name=related, verbose_name=title, **options
    )


def in_own_language(name: str) -> Any:
    """The text of a record of which there is one in English and one in Chinese, as the reader wants it."""

    def text(record: Any) -> str:
        return in_reader_language(getattr(record, f"{name}_en"), getattr(record, f"{name}_zh"))

    return property(text)


class Bilingual(models.Model):
    """A record with a title in English and in Chinese; `title` is the one the reader wants."""

    title_en = models.CharField(_("title in English"), max_length=300, blank=True)
    title_zh = models.CharField(_("title in Chinese"), max_length=300, blank=True)

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return self.title

    @property
    def title(self) -> str:
        return in_reader_language(self.title_en, self.title_zh)


def account_field(related: str, **options: Any) -> Any:
    """Whose it is; it goes with the account."""
    return models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name=related, verbose_name=_("user"), **options
    )
