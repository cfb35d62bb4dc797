"""The only writers of shared links and of who opened them."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.http import HttpRequest
from django.utils import timezone

from curricula.models import OPENINGS_KEPT, LinkOpening, SharedLink
from curricula.throttle import client_address

from .visitors import agent_of, network_of


def share(link: SharedLink, *, days: int, by: Any) -> str:
    """Store a link and give the token that opens it, which is stored nowhere."""
    token = link.give_token(lasts=timedelta(days=days))
    link.made_by = by
    link.save()
    return token


def revoke(link: SharedLink) -> None:
    """At once; a link that is revoked stays so."""
    SharedLink.objects.filter(pk=link.pk, revoked=None).update(revoked=timezone.now())


def record_opening(link: SharedLink, request: HttpRequest, *, file: str = "") -> LinkOpening:
    """Who opened it, coarsely, and forget what is older than it may be kept."""
    LinkOpening.objects.filter(link=link, opened__lt=timezone.now() - OPENINGS_KEPT).delete()
    return LinkOpening.objects.create(
        link=link,
        file=file,
        network=network_of(client_address(request)),
        agent=agent_of(request.headers.get("User-Agent", "")),
    )
