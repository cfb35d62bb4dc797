"""Where people come in: an invitation, and the first visit to a new installation."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.contrib.auth import login
from django.contrib.auth.decorators import login_not_required
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from curricula.accounts import actions
from curricula.accounts.forms import NewAccountForm
from curricula.accounts.queries import may_begin
from curricula.accounts.roles import may
from curricula.models import Invitation
from curricula.pages import render_form, sent
from curricula.throttle import throttled

BACKEND = "curricula.accounts.backends.ByMailOrName"


def _token(request: HttpRequest) -> str:
    return request.POST.get("token") or request.GET.get("token", "")


@never_cache
@login_not_required
@throttled("invitation")
def invitation(request: HttpRequest) -> HttpResponse:
    """What one is invited to; accepted as the person who is signed in, or as a new one."""
    token = _token(request)
    found = Invitation.objects.open().by_token(token).select_related("school", "invited_by").first()
    if found is None:
        return render(request, "curricula/accounts/no_invitation.html", status=410)
    form = None
    if not request.user.is_authenticated:
        form = NewAccountForm(sent(request), initial={"email": found.email})
    if request.method == "POST" and (form is None or form.is_valid()):
        return _accepted(request, token, form)
    context = {"invitation": found, "token": token, "may": may(found.role), "form": form}
    return render_form(request, "curricula/accounts/invitation.html", context)


def _accepted(request: HttpRequest, token: str, form: NewAccountForm | None) -> HttpResponse:
    try:
        if form is None:
            school = actions.accept(token, user=request.user)
        else:
            user, school = actions.accept_as_new(token, **form.cleaned_data)
            login(request, user, backend=BACKEND)
    except actions.NotOpen:
        return render(request, "curricula/accounts/no_invitation.html", status=410)
    messages.success(request, _("You belong to “%(school)s” now.") % {"school": school})
    return redirect("home")


@never_cache
@login_not_required
def first_visit(request: HttpRequest) -> HttpResponse:
    """Whoever has the address that the server printed becomes staff, once: then there is an account."""
    token = _token(request)
    if not may_begin(token):
        return render(request, "curricula/accounts/no_first_visit.html", status=410)
    form = NewAccountForm(sent(request))
    if request.method == "POST" and form.is_valid():
        login(request, _first_account(form.cleaned_data), backend=BACKEND)
        messages.success(request, _("You look after this site now. The next step is your school."))
        return redirect("schools")
    context = {"form": form, "token": token}
    return render_form(request, "curricula/accounts/first_visit.html", context)


@transaction.atomic
def _first_account(person: dict[str, Any]) -> Any:
    return actions.new_account(**person, is_staff=True, is_superuser=True)
