"""What was chosen for the committee edition of a plan."""

from __future__ import annotations

from django.utils.translation import get_language

from curricula.models import CommitteeChoices, Curriculum, SchoolLogo
from curricula.reports.committee.edition import EVERY_SECTION, EditionChoices


def stored_choices(curriculum: Curriculum) -> CommitteeChoices:
    """Those of the plan, or new ones that are not stored yet, in the reader's language."""
    found = CommitteeChoices.objects.filter(curriculum=curriculum).first()
    every, language = list(EVERY_SECTION), get_language() or "en"
    return found or CommitteeChoices(curriculum=curriculum, sections=every, language=language)


def logo_of(curriculum: Curriculum) -> SchoolLogo | None:
    return SchoolLogo.objects.filter(school=curriculum.program.school_id).first()


def edition_choices(curriculum: Curriculum) -> EditionChoices:
    """As the edition reads them, with the school's logo."""
    stored, logo = stored_choices(curriculum), logo_of(curriculum)
    return EditionChoices(
        sections=tuple(stored.sections),
        prepared_by=stored.prepared_by,
        recipients=tuple(line.strip() for line in stored.recipients.splitlines() if line.strip()),
        reason=stored.reason,
        weeks=stored.weeks,
        logo=bytes(logo.png) if logo else b"",
    )
