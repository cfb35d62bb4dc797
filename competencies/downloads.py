"""Files that leave the site."""

from __future__ import annotations

from django.http import HttpResponse


def download(content: bytes | str, content_type: str, name: str) -> HttpResponse:
    """A file to be saved: opened in place it would be a page of this site that the site did not write."""
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return HttpResponse(content, content_type=content_type, headers=headers)
