"""Turning the second step on and off, and asking for it while somebody signs in."""

from __future__ import annotations

from time import time
from typing import Any, Final

from django.contrib import messages
from django.contrib.auth import login
from django.contrib.auth.decorators import login_not_required
from django.contrib.auth.models import User
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.safestring import mark_safe
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from curricula.accounts import second_step
from curricula.accounts.door_views import BACKEND
from curricula.accounts.forms import CodeForm, FirstCodeForm
from curricula.accounts.lockout import know_browser, known_browser
from curricula.pages import render_form, sent
from curricula.throttle import spend

WAITING: Final = "second_step"
WAITS_FOR: Final = 600  # seconds between password and code


def ask_for_code(request: HttpRequest, user: User, *, then: str) -> HttpResponse:
    """The password was right; nobody is signed in before the code is."""
    request.session[WAITING] = {"user": user.pk, "then": then, "until": int(time()) + WAITS_FOR}
    return redirect("sign-in-code")


@never_cache
@login_not_required
def sign_in_code(request: HttpRequest) -> HttpResponse:
    waiting = request.session.get(WAITING, {"until": 0})
    user = User.objects.filter(pk=waiting["user"], is_active=True).first() if waiting["until"] > time() else None
    if user is None:
        return redirect("sign-in")
    form = CodeForm(sent(request))
    if request.method == "POST" and form.is_valid():
        spend(request, "code", who=f"code of {user.pk} {known_browser(request)}")
        if second_step.is_right(user, form.cleaned_data["code"]):
            login(request, user, backend=BACKEND)
            del request.session[WAITING]
            answer = redirect(waiting["then"])
            know_browser(request, answer)
            return answer
        form.add_error("code", _("This code is not right, or was used already. Wait for the next one."))
    return render_form(request, "curricula/accounts/sign_in_code.html", {"form": form})


@never_cache
def turn_on(request: HttpRequest) -> HttpResponse:
    """Show the secret until a code proves that the phone has it; then the spare codes, once."""
    user: Any = request.user
    if second_step.is_on(user):
        return redirect("profile")
    step, form = second_step.begin(user), FirstCodeForm(sent(request))
    if request.method == "POST" and form.is_valid():
        spend(request, "code")
        if spare := second_step.confirm(step, form.cleaned_data["code"]):
            return render(request, "curricula/accounts/spare_codes.html", {"section": "profile", "codes": spare})
        form.add_error("code", _("This code is not right. Check the clock of your phone, and type the newest one."))
    secret = second_step.secret_of(step)
    context = {
        "section": "profile",
        "form": form,
        "drawn": mark_safe(second_step.drawn(step)),  # noqa: S308 - drawn here, from letters and digits
        "demanded": second_step.is_demanded(user),
        "secret": " ".join(secret[at : at + 4] for at in range(0, len(secret), 4)),
    }
    return render_form(request, "curricula/accounts/second_step.html", context)


@require_POST
def turn_off(request: HttpRequest) -> HttpResponse:
    """With the password, so that nobody does it in a browser that was left open."""
    user: Any = request.user
    spend(request, "code")
    if user.check_password(request.POST.get("password", "")):
        second_step.turn_off(user)
        messages.success(request, _("The second step is off: your password is enough."))
    else:
        messages.error(request, _("The password is not right; the second step stays on."))
    return redirect("profile")
