from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from .presenters import method_page


def method(request: HttpRequest) -> HttpResponse:
    return render(request, "curricula/method/method.html", {"page": method_page()})
