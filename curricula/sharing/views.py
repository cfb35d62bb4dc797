"""Where who directs a plan makes links, sees who opened them, and revokes them."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from competencies.listing import arranged
from curricula.models import Curriculum, SharedLink
from curricula.pages import only_posted, render_page, sent
from curricula.rules import EDIT, curriculum_page

from .actions import revoke, share
from .forms import ShareForm
from .queries import links_of
from .tables import OpeningTable, SharedLinkTable, shared_what, state_tag

ROWS = 30


@never_cache
@curriculum_page(EDIT)
def sharing(request: HttpRequest, curriculum: Curriculum) -> HttpResponse:
    """The links of the program; a new one is shown this once."""
    form = ShareForm(sent(request), curriculum=curriculum)
    shown: dict[str, Any] = {"link": ""}
    if form.is_valid():
        link = form.save(commit=False)
        link.curriculum = link.snapshot.curriculum if link.snapshot else curriculum
        token = share(link, days=form.cleaned_data["days"], by=request.user)
        address = request.build_absolute_uri(f"{reverse('shared')}?{urlencode({'token': token})}")
        shown = {"link": address, "made": link, "made_what": shared_what(link)}
        form = ShareForm(curriculum=curriculum)
    table = arranged(SharedLinkTable(links_of(curriculum), curriculum), request, per_page=ROWS)
    return render_page(
        request,
        "curricula/sharing/sharing.html",
        curriculum,
        "sharing",
        form=form,
        table=table,
        **shown,
    )


def _link(curriculum: Curriculum, pk: int) -> SharedLink:
    return get_object_or_404(links_of(curriculum), pk=pk)


@require_safe
@curriculum_page(EDIT)
def shared_link(request: HttpRequest, curriculum: Curriculum, pk: int) -> HttpResponse:
    """One link: who opened it when, as coarsely as it is kept."""
    link = _link(curriculum, pk)
    table = arranged(OpeningTable(link.openings.all()), request, per_page=ROWS)
    context: dict[str, Any] = {"shared": link, "what": shared_what(link), "state": state_tag(link), "table": table}
    return render_page(request, "curricula/sharing/shared_link.html", curriculum, "sharing", **context)


@curriculum_page(EDIT)
@only_posted("shared-link")
def revoke_link(request: HttpRequest, curriculum: Curriculum, pk: int) -> HttpResponse:
    revoke(_link(curriculum, pk))
    messages.success(request, _("The link is revoked: it opens nothing any more."))
    return redirect(curriculum.page("sharing"))
