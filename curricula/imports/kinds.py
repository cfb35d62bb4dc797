"""Every kind of file that comes in; whoever adds one adds it here."""

from __future__ import annotations

from typing import Final

from .curriculum_files import CurriculumFile
from .demand_files import FiguresFile, PostingsFile, SurveyFile
from .flow import ImportKind

_ALL: Final[tuple[ImportKind, ...]] = (CurriculumFile(), PostingsFile(), SurveyFile(), FiguresFile())
KINDS: Final = {kind.code: kind for kind in _ALL}
USUAL: Final = _ALL[0]  # where an address names none
