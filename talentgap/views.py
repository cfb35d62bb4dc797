from __future__ import annotations

from ipaddress import ip_address
from typing import Any

from django.conf import settings
from django.contrib.auth.views import LoginView
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from curricula.queries import home_page_for

from .demo import demo_accounts


class SignInView(LoginView):
    template_name = "talentgap/sign_in.html"
    redirect_authenticated_user = True

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        accounts = demo_accounts() if settings.DEMO and from_this_machine(self.request) else []
        return super().get_context_data(**kwargs) | {"accounts": accounts}


def from_this_machine(request: HttpRequest) -> bool:
    """A direct visit over loopback; one that a proxy handed on does not count."""
    address = request.META.get("REMOTE_ADDR", "")
    forwarded = "HTTP_X_FORWARDED_FOR" in request.META or "HTTP_FORWARDED" in request.META
    try:
        return ip_address(address).is_loopback and not forwarded
    except ValueError:
        return False


def home(request: HttpRequest) -> HttpResponse:
    return render(request, "talentgap/home.html", {"section": "home", "page": home_page_for(request.user)})
