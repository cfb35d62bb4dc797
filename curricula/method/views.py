from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from .presenters import method_page


@require_safe
def method(request: HttpRequest) -> HttpResponse:
    return render(request, "curricula/method/method.html", {"page": method_page()})
