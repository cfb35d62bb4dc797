"""Forms of records that somebody else may change meanwhile: what they held when they were opened goes with them."""

from __future__ import annotations

from hashlib import sha256
from typing import Any

from django import forms
from django.http import HttpRequest
from django.utils.translation import gettext as _


def seen(form: Any, parts: Any = ()) -> str:
    """Stands for what the form and its parts hold before anything is typed."""
    held = [form.initial, *(part.initial for part in (parts.initial_forms if parts else ()))]
    return sha256(repr(held).encode()).hexdigest()[:20]


def is_ready(request: HttpRequest, form: Any, parts: Any = ()) -> bool:
    """What was sent can be saved, and nobody changed the record since the form was opened."""
    if request.method != "POST" or not all([form.is_valid(), not parts or parts.is_valid()]):
        return False
    if request.POST.get("seen") == seen(form, parts):
        return True
    message = _("Somebody else changed this meanwhile, see the history. Save again to put yours in its place.")
    form.add_error(None, forms.ValidationError(message, code="changed_meanwhile"))
    return False
