from __future__ import annotations

from django.db import models
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _


def in_reader_language(english: str, chinese: str) -> str:
    """The text in the reader's language, or in the other one where only that exists."""
    chinese_reader = (get_language() or "").startswith("zh")
    return (chinese or english) if chinese_reader else (english or chinese)


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
