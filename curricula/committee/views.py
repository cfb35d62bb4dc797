from __future__ import annotations

from base64 import b64encode

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from curricula.evaluation.committee import committee_edition, edition_choices, logo_of, stored_choices
from curricula.models import Curriculum
from curricula.pages import language_asked, once_filled, only_posted, render_page
from curricula.reports.committee.edition import section_titles
from curricula.reports.committee.render import FORMATS, render_committee
from curricula.reports.render import FormatChoice
from curricula.rules import EDIT, curriculum_page
from curricula.throttle import throttled

from .actions import remove_logo, save_choices, save_logo
from .forms import ChoicesForm, LogoForm, own_names
from .logo import NotAPicture


def format_choices() -> list[FormatChoice]:
    return [
        FormatChoice("pdf", _("PDF"), _("to print, the matrix on a landscape page")),
        FormatChoice("html", _("Web page"), _("one file to send or to keep")),
        FormatChoice("xlsx", _("Excel"), _("the matrix as a sheet, every change, the credits")),
    ]


@require_safe
@curriculum_page()
@once_filled("committee")
def committee(request: HttpRequest, curriculum: Curriculum) -> HttpResponse:
    """What the edition holds, chosen before it is made."""
    return _page(request, curriculum)


def _page(request: HttpRequest, curriculum: Curriculum, form: ChoicesForm | None = None) -> HttpResponse:
    stored, logo = stored_choices(curriculum), logo_of(curriculum)
    language = stored.language
    return render_page(
        request,
        "curricula/committee/committee.html",
        curriculum,
        "committee",
        form=form or ChoicesForm(instance=stored),
        logo_form=LogoForm(),
        logo=b64encode(bytes(logo.png)).decode() if logo else "",
        titles=[title for code, title in section_titles().items() if code in stored.sections],
        stored=stored,
        language=language,
        languages=own_names(),
        choices=format_choices(),
    )


@curriculum_page(EDIT)
@only_posted("committee")
def choose(request: HttpRequest, curriculum: Curriculum) -> HttpResponse:
    form = ChoicesForm(request.POST, instance=stored_choices(curriculum))
    if not form.is_valid():
        return _page(request, curriculum, form)
    save_choices(form.save(commit=False))
    messages.success(request, _("What you chose is saved; the edition is made with it."))
    return redirect(curriculum.page("committee"))


@throttled("upload")
@curriculum_page(EDIT)
@only_posted("committee")
def logo(request: HttpRequest, curriculum: Curriculum) -> HttpResponse:
    """The picture on the cover of every edition of the school; `remove` takes it away."""
    form = LogoForm(request.POST, request.FILES)
    try:
        if "remove" in request.POST:
            remove_logo(curriculum.school)
            messages.success(request, _("The logo is removed."))
        elif form.is_valid():
            save_logo(curriculum.school, form.cleaned_data["logo"].read())
            messages.success(request, _("The logo is saved; it stands on every committee edition of the school."))
        else:
            messages.error(request, _("Choose a picture first."))
    except NotAPicture as refusal:
        messages.error(request, str(refusal))
    return redirect(curriculum.page("committee"))


@require_safe
@throttled("report", method="GET")
@curriculum_page()
@once_filled("committee")
def download(request: HttpRequest, curriculum: Curriculum, edition_format: str) -> HttpResponse:
    """The edition as a file; `?language=` chooses its language, the one that was chosen unless given."""
    language = language_asked(request, usual=stored_choices(curriculum).language)
    if edition_format not in FORMATS:
        raise Http404
    edition = committee_edition(curriculum, choices=edition_choices(curriculum), language=language)
    return render_committee(edition, edition_format).download()
