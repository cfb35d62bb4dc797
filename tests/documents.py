from __future__ import annotations

from typing import Any

from competencies.frameworks.formats.talentgap import document_of
from competencies.frameworks.stored import stored_framework
from competencies.models import Framework


def framework_document(framework: Framework) -> dict[str, Any]:
    """What an export holds of a framework as it is stored."""
    return document_of(stored_framework(framework))
