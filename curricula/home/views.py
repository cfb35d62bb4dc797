"""Home, and the table of all programs with its files."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from competencies.downloads import download
from competencies.listing import arranged
from competencies.request_numbers import key_of
from curricula.models import Membership
from curricula.rules import roles_of

from .actions import bring_up_to_date, note_visit
from .exported import FORMATS
from .filters import ProgramFilter
from .presenters import PLANS_A_PAGE, home_page_for, plan_lines
from .queries import computable, plans_of, these, with_figures
from .tables import ProgramTable

ROWS_A_PAGE = 15


@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """What waits for somebody, what was found of each plan, and what changed since the visit before."""
    user, table, plans = request.user, None, plans_of(request.user)
    since = note_visit(user)
    if Membership.Role.ADMINISTRATOR in roles_of(user).values():
        table = _table(request, plans, rows=PLANS_A_PAGE)
        pages, lines = table.page, list(table.lines.values())
    else:
        pages = Paginator(plans.values_list("pk", flat=True), PLANS_A_PAGE).get_page(request.GET.get("page"))
        lines = plan_lines(these(pages), user)
    page = home_page_for(user, plans, lines, since=since)
    cards = [] if table and pages.paginator.num_pages > 1 else page.lines
    stale = [line for line in lines if line.computable]
    context = {"section": "home", "page": page, "pages": pages, "table": table, "cards": cards, "stale": stale}
    return render(request, "curricula/home/home.html", context)


@require_POST
def refresh(request: HttpRequest) -> HttpResponse:
    """Compute the figures of the named plans, as opening them would; back to where it was asked for."""
    sent = request.POST.getlist("plan")[:PLANS_A_PAGE]
    named = [key for value in sent if (key := key_of(value)) is not None]
    number = bring_up_to_date(computable(plans_of(request.user).filter(pk__in=named)))
    told = ngettext(
        "The figures of %(count)s plan are up to date.", "The figures of %(count)s plans are up to date.", number
    )
    messages.success(request, told % {"count": number})
    return redirect("home")


@require_safe
def programs(request: HttpRequest) -> HttpResponse:
    """Every plan that the reader sees, with its stored figures."""
    plans = plans_of(request.user)
    filtered = ProgramFilter(request.GET, plans, request=request)
    table = _table(request, filtered.qs, rows=ROWS_A_PAGE)
    context = {"section": "home", "filter": filtered, "table": table}
    return render(request, "curricula/home/programs.html", context)


@require_safe
def export(request: HttpRequest, kind: str) -> HttpResponse:
    """The rows that the table shows under the same filters, all pages of them."""
    write, content_type = FORMATS[kind]
    plans = list(with_figures(ProgramFilter(request.GET, plans_of(request.user), request=request).qs))
    name = f"programs-{timezone.localdate():%Y-%m-%d}.{kind}"
    return download(write(plans), content_type, name)


def _table(request: HttpRequest, plans: Any, *, rows: int) -> ProgramTable:
    table: Any = arranged(ProgramTable(plans, user=request.user), request, per_page=rows)
    return table
