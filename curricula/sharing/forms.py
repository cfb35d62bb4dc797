from __future__ import annotations

from typing import Any, Final

from django import forms
from django.utils.translation import gettext_lazy as _

from curricula.models import Curriculum, SharedLink

from .queries import snapshots_to_share

DAYS: Final = ((7, _("7 days")), (30, _("30 days")), (90, _("90 days")), (180, _("180 days")))
USUAL: Final = 30


class ShareForm(forms.ModelForm):
    """A link is made once and can only be revoked."""

    days = forms.TypedChoiceField(label=_("Open for"), choices=DAYS, coerce=int, initial=USUAL)

    class Meta:
        model = SharedLink
        fields = ["what", "snapshot", "note"]
        help_texts = {
            "snapshot": _("where a snapshot is shared: which"),
            "note": _("so that you know later whom you sent it to; only who directs the school reads it"),
        }

    def __init__(self, *args: Any, curriculum: Curriculum, **options: Any) -> None:
        super().__init__(*args, **options)
        fields: dict[str, Any] = self.fields
        fields["snapshot"].queryset = snapshots_to_share(curriculum)
        fields["what"].choices = SharedLink.What.choices
        self.initial.setdefault("what", SharedLink.What.COMMITTEE)

    def clean(self) -> dict[str, Any]:
        """A snapshot is named exactly where one is shared."""
        cleaned = super().clean() or {}
        if cleaned.get("what") != SharedLink.What.SNAPSHOT:
            cleaned["snapshot"] = None
        elif not cleaned.get("snapshot") and "snapshot" not in self.errors:
            self.add_error("snapshot", _("Choose the snapshot to share."))
        return cleaned
