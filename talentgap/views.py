from __future__ import annotations

from ipaddress import ip_address
from typing import Any

from django.conf import settings
from django.contrib.auth.views import LoginView, LogoutView
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from curricula.accounts.forms import SignInForm
from curricula.accounts.lockout import know_browser, known_browser
from curricula.accounts.queries import nobody_is_here
from curricula.accounts.second_step import is_on
from curricula.accounts.second_step_views import ask_for_code
from curricula.rules import EntryNeeded, RatesAlone
from curricula.schools.visit_views import entry_page
from curricula.throttle import expect_left, spend

from . import errors
from .demo import demo_accounts


class SignInView(LoginView):
    form_class = SignInForm
    template_name = "talentgap/sign_in.html"
    redirect_authenticated_user = True

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Who tries many names from one address is slowed; browsers that know the account are not held up by it."""
        if not known_browser(request):
            expect_left(request, "sign-in")
        return super().post(request, *args, **kwargs)

    def form_invalid(self, form: Any) -> HttpResponse:
        if not known_browser(self.request):
            spend(self.request, "sign-in")
        return super().form_invalid(form)

    def form_valid(self, form: Any) -> HttpResponse:
        user = form.get_user()
        if is_on(user):
            return ask_for_code(self.request, user, then=self.get_success_url())
        response = super().form_valid(form)
        know_browser(self.request, response)
        return response

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        accounts = demo_accounts() if settings.DEMO and from_this_machine(self.request) else []
        shown = {"accounts": accounts, "nobody": nobody_is_here(), "sso": _university()}
        return super().get_context_data(**kwargs) | shown


class SignOutView(LogoutView):
    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """What the browser kept of pages goes with the session."""
        response = super().post(request, *args, **kwargs)
        response["Clear-Site-Data"] = '"cache", "storage"'
        return response


def _university() -> str:
    """What the button for the university's own sign-in says; "" where there is none."""
    return (settings.OIDC_NAME or str(_("my university"))) if settings.SSO else ""


def from_this_machine(request: HttpRequest) -> bool:
    """A direct visit over loopback; one that a proxy handed on does not count."""
    address = request.META.get("REMOTE_ADDR", "")
    forwarded = "HTTP_X_FORWARDED_FOR" in request.META or "HTTP_FORWARDED" in request.META
    try:
        return ip_address(address).is_loopback and not forwarded
    except ValueError:
        return False


@require_safe
def healthy(_request: HttpRequest) -> HttpResponse:
    """Whether the process answers; asks nothing of the database."""
    return HttpResponse("alive\n", content_type="text/plain")


@require_safe
def ready(_request: HttpRequest) -> HttpResponse:
    """Whether people can be let in: the database answers and has every migration."""
    executor = MigrationExecutor(connection)
    waiting = executor.migration_plan(executor.loader.graph.leaf_nodes())
    words = f"{len(waiting)} migrations wait\n" if waiting else "ready\n"
    return HttpResponse(words, content_type="text/plain", status=503 if waiting else 200)


def forbidden(request: HttpRequest, exception: Exception) -> HttpResponse:
    """403; to staff who may enter the school, with the form to do so, and to a second rater with the reason."""
    if isinstance(exception, EntryNeeded):
        return entry_page(request, exception.school, status=403)
    if isinstance(exception, RatesAlone):
        return render(request, "curricula/teaching/rates_alone.html", {"section": "my-courses"}, status=403)
    return errors.forbidden(request, exception)
