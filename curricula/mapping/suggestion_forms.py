"""The syllabus of a course, pasted or out of a file; it is read and not stored."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from competencies.tabular.documents import DocumentLimits
from competencies.tabular.problems import UnreadableFile
from curricula.interchange.syllabus import syllabus_text
from curricula.pages import chosen_file

MOST_LETTERS = DocumentLimits().max_letters


class SyllabusForm(forms.Form):
    syllabus = forms.CharField(
        label=_("Text of the syllabus"),
        required=False,
        max_length=MOST_LETTERS,
        widget=forms.Textarea({"rows": 6}),
    )
    file = forms.FileField(
        label=_("or its file"),
        required=False,
        allow_empty_file=True,
        widget=forms.FileInput({"accept": ".docx,.pdf,.txt"}),
        help_text=_("Word (.docx), PDF or plain text"),
    )

    def clean_file(self) -> str:
        upload = self.cleaned_data["file"]
        if not upload:
            return ""
        try:
            return syllabus_text(chosen_file(upload).read())
        except UnreadableFile as error:
            raise forms.ValidationError(str(error), code=error.code) from error

    @property
    def text(self) -> str:
        """What was pasted and what the file says, as far as it could be read; browsers send other line ends."""
        read: dict[str, Any] = getattr(self, "cleaned_data", {})
        return "\n\n".join(filter(None, (read.get("syllabus"), read.get("file")))).replace("\r\n", "\n")
