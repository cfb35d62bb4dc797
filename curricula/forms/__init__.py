from __future__ import annotations

from django.http import HttpRequest, QueryDict


def sent(request: HttpRequest) -> QueryDict | None:
    """What was sent with a form, also where nothing was ticked; None where the form is only opened."""
    return request.POST if request.method == "POST" else None
